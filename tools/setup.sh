#!/usr/bin/env bash
# Makes .venv and installs what is asked for, by hash:  tools/setup.sh run [test] [check] [app] [verify]
# A second run does nothing unless a requirements file, pyproject.toml or the place of the checkout has changed.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
venv=$root/.venv
marks=$venv/.installed

say() { printf 'setup: %s\n' "$*" >&2; }
fail() { say "$@"; exit 1; }

# One set-up at a time in one checkout.
if command -v flock >/dev/null; then
    exec 9<"$root/pyproject.toml"
    flock -n 9 || { say "waiting for another set-up of this folder to finish"; flock 9; }
fi

version_of() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null; }
wanted() { case $1 in 3.11 | 3.12 | 3.13) true ;; *) false ;; esac; }

python='' version=''
find_python() {
    local candidate v seen='' without=''
    if [[ -n ${PYTHON:-} ]]; then
        v=$(version_of "$PYTHON") || fail "PYTHON=$PYTHON does not run."
        wanted "$v" || fail "PYTHON=$PYTHON is Python $v; Partner Wizard needs 3.11, 3.12 or 3.13."
        set -- "$PYTHON"
    else
        set -- python3 python3.13 python3.12 python3.11 python
    fi
    for candidate in "$@"; do
        v=$(version_of "$candidate") || continue
        seen="$seen $v"
        wanted "$v" || continue
        if "$candidate" -c 'import ensurepip, venv' 2>/dev/null; then
            python=$candidate version=$v
            return
        fi
        without=${without:-$v}
    done
    if [[ -n $without ]]; then
        fail "Python $without is here but cannot make environments. On Debian or Ubuntu: apt-get install python$without-venv"
    fi
    fail "no Python 3.11, 3.12 or 3.13 was found (seen:${seen:- none}). On Debian 12: apt-get install python3 python3-venv." \
        "If it has another name: make run PYTHON=/path/to/python3.12"
}

# --- the environment -------------------------------------------------------------------------------------------
mark() { printf '%s\n%s\n' "$root" "$(version_of "$venv/bin/python")"; }

usable() {
    [[ -f $marks/venv ]] && [[ -x $venv/bin/python ]] || return 1
    [[ $(cat "$marks/venv") == "$(mark)" ]] || return 1
    [[ -z ${PYTHON:-} || $(version_of "$PYTHON") == "$(version_of "$venv/bin/python")" ]]
}

if ! usable; then
    find_python
    [[ -e $venv ]] && say "making .venv anew (half made, moved, or for another Python)"
    rm -rf "$venv"
    say "making .venv with Python $version"
    "$python" -m venv "$venv" || fail "the environment could not be made. On Debian or Ubuntu: apt-get install python$version-venv"
    mkdir -p "$marks"
    mark >"$marks/venv"
fi

# --- what goes into it -----------------------------------------------------------------------------------------
pip() { PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 "$venv/bin/python" -m pip "$@"; }
quiet=(--quiet)
[[ -t 2 ]] && quiet=()

install() {  # install NAME...: every requirements file that is new or has changed
    local name files=() new=()
    for name in "$@"; do
        [[ -f requirements/$name.txt ]] || fail "requirements/$name.txt is missing."
        cmp -s "requirements/$name.txt" "$marks/$name.txt" && continue
        files+=(-r "requirements/$name.txt")
        new+=("$name")
    done
    ((${#new[@]})) || return 0
    say "installing the pinned packages for: ${new[*]}"
    pip install ${quiet[@]+"${quiet[@]}"} --require-hashes --only-binary :all: "${files[@]}" ||
        fail "the packages could not be installed; the reason stands above. Is the package registry in reach?"
    for name in "${new[@]}"; do cp "requirements/$name.txt" "$marks/$name.txt"; done
}

install build "$@"

# The checkout itself: .venv/bin/partnerwizard and .venv/bin/partnerwizard-app run the files of this folder.
current() { cat pyproject.toml partnerwizard/__init__.py; }
if ! [[ -x $venv/bin/partnerwizard && -x $venv/bin/partnerwizard-app ]] || ! current | cmp -s - "$marks/project"; then
    say "linking this folder into .venv"
    pip install --quiet --no-index --no-deps --no-build-isolation --editable . ||
        fail "the checkout could not be installed into .venv; the reason stands above."
    current >"$marks/project"
fi
# Compiled once here, since a machine may be set to keep no byte code: each start would then compile everything anew.
"$venv/bin/python" -m compileall -q partnerwizard ui || fail "the program could not be compiled; the reason stands above."
