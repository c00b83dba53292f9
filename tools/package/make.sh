#!/usr/bin/env bash
# What is handed out, from the frozen app:  tools/package/make.sh dist/partnerwizard OUTDIR
#   Debian package, tarball for installing without rights, portable zip, list of parts, hashes of all of them.
# As root with debootstrap the package is installed, run and removed in a clean root; TRY_DEB=0 leaves that out, visibly.
set -euo pipefail
cd "$(dirname "$0")/../.."
frozen=$1 out=$2
python=$PWD/.venv/bin/python
export PYTHONPATH=tools
rm -rf "$out"
mkdir -p "$out"
if command -v dpkg-deb >/dev/null; then
    deb=$("$python" -m package.linux.deb "$frozen" "$out")
    echo "package: $deb"
    if command -v lintian >/dev/null; then
        lintian --no-tag-display-limit --fail-on error "$deb" | grep -v '^N:' || { ((PIPESTATUS[0] == 0)) || { echo "package: lintian found errors" >&2; exit 1; }; }
        echo "package: lintian finds no error"
    else
        echo "package: LEFT OUT: lintian is not here (Debian package lintian)"
    fi
else
    echo "package: LEFT OUT: no Debian package, since dpkg-deb is not here"
fi
echo "package: $("$python" -m package.linux.tarball "$frozen" "$out")"
echo "package: $("$python" -m package.portable "$frozen" "$out")"
cp build/package/sbom.cdx.json "$out/"
if [[ -n ${SIGN_KEY:-} ]]; then
    for file in "$out"/*; do gpg --batch --yes --local-user "$SIGN_KEY" --detach-sign --armor "$file"; done
    echo "package: signed with $SIGN_KEY"
else
    echo "package: LEFT OUT: nothing is signed, since SIGN_KEY names no key"
fi
(cd "$out" && sha256sum -- * >SHA256SUMS)
if [[ ${TRY_DEB:-1} == 1 && $EUID -eq 0 && -n ${deb:-} ]] && command -v debootstrap >/dev/null; then
    tools/package/linux/try_deb.sh "$deb" "$out/tried"
else
    echo "package: LEFT OUT: the Debian package was not tried in a clean root (needs root and debootstrap)"
fi
