"""Runs a program without the libraries that only the tests have: `python tests/as_installed.py run.py`, or `-m flask …`.

engineio, mako and openpyxl load some of these where they find them. Nobody who installs Rundbord has them, and a start with
them takes a fifth longer. A script given to `python -c` calls `hide` first.
"""

from __future__ import annotations

import runpy
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from pathlib import Path
from types import ModuleType

#: the words that run a program so, before its own
AS_INSTALLED = (sys.executable, __file__)
#: none of them is in requirements.txt
ONLY_HERE = ("aiohttp", "numpy", "PIL", "pygments", "requests", "websocket")


class _Hidden(MetaPathFinder):
    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        if name.partition(".")[0] in ONLY_HERE:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def hide() -> None:
    """From here on an import of these fails as where they are not installed. `sys.modules` does not name them either: psycopg
    takes what is named there for loaded."""
    sys.meta_path.insert(0, _Hidden())


def main() -> None:
    hide()
    # As if the program had been started itself: its folder is the first place where modules are looked for.
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    del sys.argv[0]
    if sys.argv[0] == "-m":
        del sys.argv[0]
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    else:
        runpy.run_path(sys.argv[0], run_name="__main__")


if __name__ == "__main__":
    main()
