#!/bin/sh
# Installs Debian packages where that can be done without asking for a password: as root, or with sudo -n.
# usage: scripts/apt_install.sh PACKAGE...     Ends with 1, and changes nothing, where it cannot.
set -eu

command -v apt-get >/dev/null 2>&1 || exit 1
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    exit 1
fi

printf 'Installing with apt: %s\n' "$*"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if { $as_root apt-get update -q &&
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"; } >"$log" 2>&1; then
    exit 0
fi
tail -n 15 "$log" >&2
exit 1
