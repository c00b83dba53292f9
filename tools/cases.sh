#!/usr/bin/env bash
# Makes the example and the decided cases anew from their plain answers, so that they name the pack as it stands.
set -euo pipefail
cd "$(dirname "$0")/.."
for answers in guidance/examples/*.answers.json tests/cases/*.answers.json; do
    case_file=${answers%.answers.json}.partnering
    rm -f "$case_file"
    .venv/bin/partnerwizard new "$case_file" --from "$answers" --date 2026-11-23
done
