#!/usr/bin/env bash
# Times the decision engine into out/benchmarks.md, beside its peers. The peers bring a hundred packages with them, so they
# get an environment of their own under build/ and never touch .venv.  run.sh [--without-peers]
set -euo pipefail
cd "$(dirname "$0")/../.."
if [[ ${1:-} == --without-peers ]]; then
    exec env PYTHONPATH=. .venv/bin/python tools/bench/measure.py out/benchmarks.md --without-peers
fi
venv=build/bench-venv
mark=$venv/.installed
if ! cat requirements/run.txt requirements/bench.txt | cmp -s - "$mark"; then
    rm -rf "$venv"
    .venv/bin/python -m venv "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
        -r requirements/run.txt -r requirements/bench.txt
    cat requirements/run.txt requirements/bench.txt >"$mark"
fi
MPLBACKEND=agg PYTHONPATH=. "$venv/bin/python" tools/bench/measure.py out/benchmarks.md
echo "Copy out/benchmarks.md over the tables of docs/benchmarks.md to keep these figures." >&2
