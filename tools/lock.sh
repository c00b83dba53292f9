#!/usr/bin/env bash
# Writes requirements/*.txt from pyproject.toml: exact versions with the hash of every file, for Python 3.11 to
# 3.13 on every system, naming no address. Needs uv (pip install uv); nobody else does, since plain pip installs.
#   tools/lock.sh               keeps the versions that still fit
#   tools/lock.sh --upgrade     takes the newest that fit
set -euo pipefail
cd "$(dirname "$0")/.."
uv=${UV:-uv}
command -v "$uv" >/dev/null || { echo "lock: uv is not installed. Install it with: pip install uv" >&2; exit 1; }

lock() {  # lock NAME ARGUMENTS...
    local name=$1
    shift
    "$uv" pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --no-annotate --no-build-isolation --only-binary :all: \
        --output-file "requirements/$name.txt" "${extra[@]}" "$@"
}

extra=("$@")
mkdir -p requirements
lock run pyproject.toml
lock build --group build
lock test pyproject.toml --group test --constraint requirements/run.txt --constraint requirements/build.txt
lock check --group check --constraint requirements/test.txt --constraint requirements/build.txt
lock app --group app --constraint requirements/test.txt --constraint requirements/check.txt
lock bench --group bench --constraint requirements/run.txt
lock oracles --group oracles --constraint requirements/run.txt --constraint requirements/test.txt
lock fuzz --group fuzz --constraint requirements/run.txt
lock mutants --group mutants --constraint requirements/test.txt
lock verify --group verify --constraint requirements/run.txt --constraint requirements/test.txt

if grep -nE '://|--(extra-)?index|--find-links|@ ' requirements/*.txt; then
    echo "lock: a requirements file names an address" >&2
    exit 1
fi
wc -l requirements/*.txt
