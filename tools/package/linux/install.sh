#!/bin/sh
# Installs Partner Wizard for you alone, without administrator rights:  ./install.sh [PREFIX, default ~/.local]
# What it lays down is written to PREFIX/lib/partnerwizard.files, from which uninstall.sh takes it away again.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
prefix=${1:-$HOME/.local}
list=$prefix/lib/partnerwizard.files

if [ -e "$list" ]; then
    echo "An earlier Partner Wizard is installed in $prefix; it is replaced."
    "$here/uninstall.sh" "$prefix" >/dev/null
fi
mkdir -p "$prefix/lib"
(cd "$here/files" && find . ! -type d | sed 's|^\./||' | LC_ALL=C sort) >"$list"
cp -R "$here/files/." "$prefix/"
cp "$here/uninstall.sh" "$prefix/lib/partnerwizard/uninstall.sh"
echo "lib/partnerwizard/uninstall.sh" >>"$list"
# A desktop finds the program by its full path even where PREFIX/bin is not on the path.
desktop=$prefix/share/applications/partnerwizard.desktop
sed "s|^Exec=partnerwizard-app|Exec=\"$prefix/bin/partnerwizard-app\"|" "$desktop" >"$desktop.new" && mv "$desktop.new" "$desktop"
"$prefix/lib/partnerwizard/uninstall.sh" --refresh "$prefix"
echo "Partner Wizard is in $prefix/bin. Take it away again with: $prefix/lib/partnerwizard/uninstall.sh"
case ":$PATH:" in *":$prefix/bin:"*) ;; *) echo "$prefix/bin is not on your path; the desktop's menu finds the program all the same." ;; esac
