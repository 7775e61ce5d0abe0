#!/bin/sh
# Runs the tests, but for browser and load tests, with the clock set to other days.
# usage: scripts/test_dates.sh [pytest arguments]     DAYS="2027-07-01 2028-02-29" names the days, WORKERS=6 how many run them
#
# libfaketime moves the clock of pytest and of every process that a test starts (servers, the command line, Node), which a
# Python library such as time-machine cannot: that one reaches a single process. The clock is moved by one distance and
# runs on, so all processes agree; the monotonic clock, by which programs wait, is left alone. PostgreSQL and Redis keep
# the real time. Tried with libfaketime 0.9.10 (Debian 12).
set -eu
cd "$(dirname "$0")/.."

python=.venv/bin/python
days=${DAYS:-2027-07-01 2028-02-29}

library() { find /usr/lib /usr/local/lib -name libfaketimeMT.so.1 2>/dev/null | head -n 1; }

[ -n "$(library)" ] || scripts/apt_install.sh libfaketime || true
found=$(library)
if [ -z "$found" ]; then
    echo "libfaketime is missing. On Debian: sudo apt install libfaketime" >&2
    exit 1
fi

if [ "$#" = 0 ]; then set -- tests; fi

for day in $days; do
    distance=$(($(date -u -d "$day 12:00" +%s) - $(date -u +%s)))
    dated() {
        # Compiled files would be made again: their times are compared with those on the disk.
        env LD_PRELOAD="$found" FAKETIME="$(printf '%+d' "$distance")" FAKETIME_DONT_FAKE_MONOTONIC=1 \
            PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$PWD/scripts/dated" "$@"
    }
    seen=$(dated "$python" -c 'import datetime, time; time.sleep(0.01); print(datetime.datetime.now(datetime.UTC).date())')
    if [ "$seen" != "$day" ]; then
        echo "libfaketime does not set the clock: it is $seen, not $day" >&2
        exit 1
    fi
    echo "The clock is set to $day"
    dated "$python" -m pytest -n "${WORKERS:-6}" --dist loadfile -p no:cacheprovider -m "not browser and not slow" \
        --ignore=tests/browser --ignore=tests/load "$@"
done
