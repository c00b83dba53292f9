#!/usr/bin/env bash
# Builds the wheel and the source package, installs the wheel in a clean environment, and does the main job from another
# folder:  tools/package/try_wheel.sh
# Packages come by hash from wherever pip is set to find them; where none can be had this is said, and is a failure only
# with VERIFY_STRICT=1.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pip() { PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 "$1" -m pip --quiet "${@:2}"; }
fail() { echo "wheel: $*" >&2; exit 1; }

.venv/bin/python -m hatchling build -d "$work/dist" >/dev/null 2>&1 || fail "the wheel could not be built"
wheel=$(ls "$work"/dist/*.whl)
.venv/bin/python -m venv "$work/clean"
if ! pip "$work/clean/bin/python" install --require-hashes --only-binary :all: -r requirements/run.txt 2>"$work/log"; then
    [[ ${VERIFY_STRICT:-} == 1 ]] && { tail -n 5 "$work/log" >&2; fail "the pinned packages cannot be had"; }
    echo "wheel: LEFT OUT: the pinned packages cannot be had here"
    exit 0
fi
pip "$work/clean/bin/python" install --no-index --no-deps "$wheel" || fail "the wheel cannot be installed"
mkdir "$work/elsewhere" "$work/home"
cd "$work/elsewhere"
cp "$root/guidance/examples/fragile-stroke-service.partnering" .
run() { env -i HOME="$work/home" PATH=/usr/bin:/bin QT_QPA_PLATFORM=offscreen "$@"; }
for program in "$work/clean/bin/partnerwizard" "$work/clean/bin/python -m partnerwizard"; do
    # shellcheck disable=SC2086 # two words where it is a module
    run $program appraise fragile-stroke-service.partnering >/dev/null || fail "$program does not appraise"
    # shellcheck disable=SC2086
    run $program report fragile-stroke-service.partnering --to html,pdf,docx,xlsx,json -o report/ >/dev/null || fail "$program writes no report"
done
for program in "$work/clean/bin/partnerwizard-app" "$work/clean/bin/python -m ui"; do
    mkdir -p window
    # shellcheck disable=SC2086
    run $program --smoke window | grep -q '^smoke ok' || fail "$program shows no window"
done
run "$work/clean/bin/partnerwizard" check "$work"/clean/lib/python3*/site-packages/partnerwizard/_data/guidance || fail "the installed guidance has faults"
run "$work/clean/bin/python" -m pip --disable-pip-version-check check >"$work/log" || fail "packages do not go together: $(cat "$work/log")"
echo "wheel: installed in a clean environment; both commands, both modules, every format, the window: all good"
