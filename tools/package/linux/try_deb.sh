#!/usr/bin/env bash
# Installs, runs and removes the Debian package in a clean root:  tools/package/linux/try_deb.sh PACKAGE.deb [OUTDIR]
# Needs root and debootstrap. The mirror is the one this machine's own package settings name; it is not shown.
set -euo pipefail
package=$(realpath "$1")
out=${2:-}
here=$(cd "$(dirname "$0")/../../.." && pwd)
fail() { echo "try_deb: $*" >&2; exit 1; }
((EUID == 0)) || fail "run this as root: it makes a root of its own with debootstrap."
command -v debootstrap >/dev/null || fail "debootstrap is not here. On Debian: apt-get install debootstrap"

mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | sed -nE 's/^(deb [^#]*|URIs: *)?(\[[^]]*\] *)?((https?|file|copy):[^ ]+).*/\3/p' | head -n 1) || true
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
[[ -n $mirror ]] || fail "no package mirror stands in this machine's settings."
root=$(mktemp -d)
cleanup() {
    local mounted
    for mounted in dev proc; do ! mountpoint -q "$root/$mounted" || umount -R -l "$root/$mounted"; done
    rm -rf --one-file-system "$root"
}
trap cleanup EXIT
chmod 755 "$root"
log=$root.log
quietly() { "$@" >"$log" 2>&1 || { sed -E 's#[a-z]+://[^ ]+#(mirror)#g' "$log" | tail -n 20 >&2; fail "this did not work: ${*:1:3} …"; }; }
inside() { chroot "$root" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@"; }

echo "try_deb: making a clean root ($suite)"
quietly debootstrap --variant=minbase "$suite" "$root" "$mirror"
# The machine's own settings, certificates and proxies hold inside as well.
cp -a /etc/apt/. "$root/etc/apt/"
for file in /etc/resolv.conf /etc/hosts; do [[ -e $file ]] && cp -L "$file" "$root$file"; done
[[ -d /etc/ssl/certs ]] && mkdir -p "$root/etc/ssl" && cp -aL /etc/ssl/certs "$root/etc/ssl/"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev" 2>/dev/null || mount --bind /dev "$root/dev"
mount --make-rslave "$root/dev"
quietly inside apt-get update -qq
quietly inside apt-get install -y -qq --no-install-recommends xvfb xauth desktop-file-utils shared-mime-info hicolor-icon-theme man-db file
inside useradd --create-home ann
inside find / -xdev -path /proc -prune -o -path /dev -prune -o -path /tmp -prune -o -path /home -prune -o -print | sort >"$root.before"

echo "try_deb: installing it"
cp "$package" "$root/tmp/partnerwizard.deb"
quietly inside apt-get install -y -qq --no-install-recommends /tmp/partnerwizard.deb
as_ann() { inside setpriv --reuid=ann --regid=ann --init-groups env HOME=/home/ann USER=ann "$@"; }
# A session's own search path finds them; the desktop knows the file type and the program for it.
as_ann sh -c 'cd && cp /usr/lib/partnerwizard/_internal/guidance/examples/fragile-stroke-service.partnering case.partnering'
[[ $(as_ann sh -c 'cd && XDG_DATA_DIRS=/usr/share file --brief --mime-type case.partnering >/dev/null; grep -l partnering /usr/share/mime/globs2' ) ]] || fail "the file type is not registered"
grep -q 'application/x-partnerwizard-case=partnerwizard.desktop' "$root/usr/share/applications/mimeinfo.cache" || fail "no program is registered for the file type"
echo "try_deb: running it as an ordinary user"
as_ann sh -c 'cd && partnerwizard appraise case.partnering' | head -n 3
as_ann sh -c 'cd && mkdir report && partnerwizard report case.partnering --to html,pdf,docx,xlsx,json -o report/' >/dev/null
as_ann sh -c 'cd && mkdir window && timeout 180 xvfb-run -a -s "-screen 0 1280x800x24" partnerwizard-app --smoke window' || fail "the window did not come up"
as_ann sh -c 'man -w partnerwizard partnerwizard-app' >/dev/null || fail "the manual pages are not found"
for kind in html pdf docx xlsx json; do [[ -s $root/home/ann/report/case.$kind ]] || fail "no $kind report was written"; done
if [[ -n $out ]]; then mkdir -p "$out" && cp -r "$root/home/ann/report" "$root/home/ann/window" "$out/"; fi

echo "try_deb: removing it"
quietly inside apt-get purge -y -qq partnerwizard
quietly inside apt-get autoremove -y -qq --purge
inside find / -xdev -path /proc -prune -o -path /dev -prune -o -path /tmp -prune -o -path /home -prune -o -print | sort >"$root.after"
left=$(comm -13 "$root.before" "$root.after" | grep -vE '^/var/(cache|log|lib/(apt|dpkg|systemd))|^/etc/ld.so.cache' || true)
[[ -z $left ]] || fail "these stayed behind: $left"
echo "try_deb: nothing is left but what is in the user's home: $(as_ann sh -c 'cd && find . -type f | wc -l') files"
