#!/bin/sh
# What the tests need outside Python: Chromium, Node for the tests of the scripts, strace to see what reaches the disk,
# libfaketime to move a server's clock, nginx with our configuration. Installed with apt where missing.
# Where that cannot be done it says what to install and goes on: those tests are then skipped, or fail under
# REQUIRE_SERVICES=1 (tests/services.py).
set -eu
cd "$(dirname "$0")/.."

first_of() {
    for name in "$@"; do
        if command -v "$name" >/dev/null 2>&1; then return 0; fi
    done
    return 1
}

missing=""
# Chromium without windows draws the same pages with half of the work; an older Debian has the whole browser only.
if [ -z "${CHROMIUM:-}" ] && ! first_of chromium-headless-shell; then
    first_of chromium chromium-browser google-chrome google-chrome-stable || missing=" chromium"
    if apt-cache show chromium-headless-shell >/dev/null 2>&1; then missing=" chromium-headless-shell"; fi
fi
first_of node || missing="$missing nodejs"
first_of strace || missing="$missing strace"
first_of nginx /usr/sbin/nginx || missing="$missing nginx-light"
[ -n "$(find /usr/lib /usr/local/lib -name libfaketimeMT.so.1 2>/dev/null | head -n 1)" ] || missing="$missing libfaketime"

[ -n "$missing" ] || exit 0
# shellcheck disable=SC2086 # one word for each package
if ! scripts/apt_install.sh $missing; then
    printf 'Missing for the tests:%s. On Debian: sudo apt install%s\n' "$missing" "$missing" >&2
    printf 'A browser that lies somewhere else can be named: CHROMIUM=/path/to/chrome make test\n' >&2
fi
