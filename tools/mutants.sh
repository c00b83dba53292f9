#!/usr/bin/env bash
# Changes the code in a copy of the tree, one small thing at a time, and lists the changes that no related test notices.
#   tools/mutants.sh gates      the gates and the case file (some 800 changes, about ten minutes)
#   tools/mutants.sh engine     the decision engine (some thousand changes, an hour or more)
#   tools/mutants.sh engine 'partnerwizard.decision.groups*'      only changes of this name
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
case $1 in
    gates)
        sources='"partnerwizard/appraisal/gates.py", "partnerwizard/case/file.py", "partnerwizard/case/migrations.py"'
        tests='"tests/appraisal/test_gates.py", "tests/case/test_file.py", "tests/case/test_formats.py", "tests/case/test_hostile.py"'
        ;;
    engine)
        sources='"partnerwizard/decision"'
        tests='"tests/decision", "tests/test_cli_analyse.py"'
        ;;
    *) echo "mutants: gates or engine" >&2; exit 2 ;;
esac
shift
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -z | tar --null --files-from - --create --file - | tar --extract --file - --directory "$copy"
cat >>"$copy/pyproject.toml" <<END

[tool.mutmut]
source_paths = [$sources]
also_copy = ["partnerwizard", "ui", "guidance", "report_templates", "tests", "tools", "pyproject.toml"]
pytest_add_cli_args_test_selection = [$tests]
END
cd "$copy"
"$root/.venv/bin/mutmut" run "$@" | tail -2
"$root/.venv/bin/mutmut" results >"$root/build/mutants.txt"
echo "What survived stands in build/mutants.txt; its changes:"
for each in $(sed -n 's/^ *\(.*\): survived$/\1/p' "$root/build/mutants.txt"); do
    "$root/.venv/bin/mutmut" show "$each" | grep '^[-+] ' || true
done
