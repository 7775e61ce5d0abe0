"""Runs the quick tests: those that need no browser, no server of their own and no load (docs/testing.md).

usage: python -m scripts.quick_tests [pytest arguments]
"""

from __future__ import annotations

import os
import sys

#: folders whose tests start servers, browsers or Node, or wait for the disk
APART = ("tests/browser", "tests/js", "tests/live", "tests/load", "tests/nightly", "tests/storage")
QUICK = ("tests", *(f"--ignore={folder}" for folder in APART), "-m", "not slow")

if __name__ == "__main__":
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile", *QUICK, *sys.argv[1:]]
    os.execv(sys.executable, command)
