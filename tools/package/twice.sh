#!/usr/bin/env bash
# Builds the frozen app twice from the same checkout and compares every file:  tools/package/twice.sh
# Says which files differ; ends with 1 if any does.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Python orders sets by a seed that changes with every run; dates come from the commit.
export PYTHONHASHSEED=0 PYTHONPATH=tools
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
.venv/bin/python -m package.prepare
for time in first second; do
    .venv/bin/pyinstaller --noconfirm --clean --log-level ERROR --distpath "$work/$time" --workpath "$work/build-$time" build.spec
    (cd "$work/$time/partnerwizard" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum && find . -type l -printf '%l  %p\n' | LC_ALL=C sort) >"$work/$time.list"
done
if diff "$work/first.list" "$work/second.list" >"$work/difference"; then
    echo "twice: $(wc -l <"$work/first.list") files, the same in both builds"
else
    echo "twice: these differ:"
    awk '/^[<>]/ {print $3}' "$work/difference" | sort -u
    exit 1
fi
