#!/bin/sh
# Takes away what install.sh laid down, and nothing else:  uninstall.sh [PREFIX, default ~/.local]
# Cases, settings and recovered work stay where they are.
set -eu
refresh() {
    if command -v update-desktop-database >/dev/null 2>&1; then update-desktop-database -q "$1/share/applications" 2>/dev/null || :; fi
    if command -v update-mime-database >/dev/null 2>&1 && [ -d "$1/share/mime/packages" ]; then update-mime-database "$1/share/mime" >/dev/null 2>&1 || :; fi
}
if [ "${1:-}" = --refresh ]; then
    refresh "$2"
    exit 0
fi
here=$(cd "$(dirname "$0")" && pwd)
case $here in */lib/partnerwizard) default=${here%/lib/partnerwizard} ;; *) default=$HOME/.local ;; esac
prefix=${1:-$default}
list=$prefix/lib/partnerwizard.files
if [ ! -e "$list" ]; then
    echo "No Partner Wizard was installed in $prefix by install.sh: $list is missing." >&2
    exit 1
fi
while IFS= read -r file; do rm -f "$prefix/$file"; done <"$list"
# Folders go only if nothing else is in them, the deepest first.
sed 's|/[^/]*$||' "$list" | LC_ALL=C sort -ru | while IFS= read -r folder; do
    while [ "$folder" != . ] && rmdir "$prefix/$folder" 2>/dev/null; do
        case $folder in */*) folder=${folder%/*} ;; *) break ;; esac
    done
done
rm -f "$list"
# The desktop's indexes are made from what lies in two folders; where that was ours alone, the indexes go as well.
mime=$prefix/share/mime
if [ -d "$mime" ] && [ ! -d "$mime/packages" ]; then
    (cd "$mime" && rm -f application/x-partnerwizard-case.xml XMLnamespaces aliases generic-icons globs globs2 icons magic \
        mime.cache subclasses treemagic types version)
    rmdir "$mime/application" "$mime" 2>/dev/null || :
fi
applications=$prefix/share/applications
if [ -z "$(find "$applications" -name '*.desktop' 2>/dev/null | head -n 1)" ]; then rm -f "$applications/mimeinfo.cache"; fi
rmdir "$applications" "$prefix/share" 2>/dev/null || :
rmdir "$prefix/lib" 2>/dev/null || :
[ ! -d "$prefix/share" ] || refresh "$prefix"
echo "Partner Wizard is gone from $prefix. Cases and settings are still there."
