#!/bin/sh
# Makes the virtual environment in .venv and installs a requirements file into it, again only when that file changed.
# usage: scripts/ensure_venv.sh requirements.txt [requirements-dev.txt]
# Works on a Debian that has only Python 3.11 and make: python3-venv is fetched with apt where that may be done.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

# The system's own Python comes first if it is new enough and can make an environment: a distribution builds it with
# optimisations, which others often lack: the tests need an eighth less of the processor with it.
find_python() {
    if [ -z "${PYTHON:-}" ] && /usr/bin/python3 -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        echo /usr/bin/python3
        return
    fi
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    say "Rundbord needs Python 3.11 or newer. On Debian or Ubuntu: sudo apt install python3 python3-venv"
    say "If it lies somewhere else, name it: make run PYTHON=/path/to/python3"
    exit 1
}

make_venv() {
    say "Making the virtual environment in .venv ..."
    rm -rf .venv
    if "$1" -m venv .venv >/dev/null 2>&1; then
        return
    fi
    # Debian keeps the part of venv that brings pip in a package of its own.
    version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if scripts/apt_install.sh "python$version-venv" >&2; then
        rm -rf .venv
        if "$1" -m venv .venv; then
            return
        fi
    fi
    # A pip outside the environment can install into it.
    rm -rf .venv
    if "$1" -m pip --version >/dev/null 2>&1 && "$1" -m venv --without-pip .venv &&
        "$1" -m pip --python .venv/bin/python install --quiet pip; then
        return
    fi
    rm -rf .venv
    say "Python cannot make a virtual environment here. On Debian or Ubuntu: sudo apt install python$version-venv"
    say "Then run the same command again."
    exit 1
}

if ! .venv/bin/python -c 'import pip' >/dev/null 2>&1; then
    python=$(find_python)
    make_venv "$python"
fi

for file in "$@"; do
    stamp=".venv/.installed-$file"
    if ! cat requirements.txt "$file" | cmp -s - "$stamp"; then
        say "Installing $file (a minute or two the first time) ..."
        .venv/bin/python -m pip install -qq --disable-pip-version-check -r "$file"
        cat requirements.txt "$file" >"$stamp"
    fi
done
