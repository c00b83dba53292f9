#!/usr/bin/env bash
# Tries the frozen app as a person gets it:  tools/smoke_frozen.sh [FOLDER, default dist/partnerwizard]
# It is moved to a folder with a space and an accent, away from the checkout, and run with an empty environment.
#   - the window opens the example, appraises it and writes HTML and PDF (a real window where xvfb-run is there)
#   - the command line gives the same JSON, HTML and PDF as the source, byte for byte
set -euo pipefail
cd "$(dirname "$0")/.."
frozen=${1:-dist/partnerwizard}
example=fragile-stroke-service.partnering
[[ -x $frozen/partnerwizard-app && -x $frozen/partnerwizard ]] || { echo "smoke: no frozen app in $frozen; make it with: make app" >&2; exit 1; }
[[ -f guidance/examples/$example ]] || { echo "smoke: guidance/examples/$example is missing" >&2; exit 1; }

source=$PWD/.venv/bin/partnerwizard
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
app="$work/Partner Wizard é"
mkdir "$work/home" "$work/window" "$work/frozen" "$work/source"
cp -R "$frozen" "$app"
cp "guidance/examples/$example" "$work/"
cd "$work"

fail() { echo "smoke: $*" >&2; exit 1; }
limit() { if command -v timeout >/dev/null; then timeout 180 "$@"; else "$@"; fi; }
bare=(env -i "HOME=$work/home" "PATH=/usr/bin:/bin" "TMPDIR=$work")

# --- the window ---
if [[ $(uname) != Linux ]]; then
    show=("${bare[@]}")
elif command -v xvfb-run >/dev/null; then
    echo "smoke: a real window, on a virtual screen"
    show=("${bare[@]}" xvfb-run -a -s "-screen 0 1280x800x24" env QT_QPA_PLATFORM=xcb)
else
    echo "smoke: no xvfb-run here (Debian packages xvfb xauth), so the window is drawn off screen"
    show=("${bare[@]}" QT_QPA_PLATFORM=offscreen)
fi
said=$(limit "${show[@]}" "$app/partnerwizard-app" --smoke "$work/window") || fail "the frozen window ended with status $?: $said"
grep '^smoke ok' <<<"$said" || fail "the frozen window did not say 'smoke ok': $said"
for kind in html pdf; do
    found=$(find "$work/window" -name "*.$kind" -size +1k | head -n 1)
    [[ -n $found ]] || fail "the frozen window wrote no $kind report"
done

# --- the command line ---
for side in frozen source; do
    if [[ $side == frozen ]]; then program="$app/partnerwizard"; else program=$source; fi
    limit "${bare[@]}" "$program" appraise "$example" --json >"$side/appraisal.json" || fail "appraise failed ($side)"
    limit "${bare[@]}" "$program" report "$example" --to html,pdf,docx,xlsx -o "$side/" >/dev/null || fail "report failed ($side)"
done
diff -rq source frozen || fail "the frozen command line and the source differ (see above)"
if command -v pdfinfo >/dev/null; then
    pdfinfo "frozen/${example%.partnering}.pdf" 2>/dev/null | grep -E '^(Title|Tagged|Pages|Page size):'
fi
echo "smoke: the frozen command line and the source agree byte for byte: $(cd frozen && echo *)"
echo "smoke: $(du -sm "$app" | cut -f1) MB, all good"
