"""Heavy pure work done aside, in a process of its own: one busy processor must not hold up a thousand phones.

The work is a function of this package and plain values; the answer is a plain value. Nothing here knows the async engine:
waiting for a process is something both engines make cooperative.
"""

from __future__ import annotations

import importlib
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parent.parent
#: longer than the largest result and the longest document take on a slow machine, seconds
_LONGEST = 120


class AsideError(RuntimeError):
    """The work ended without an answer; the message holds what it printed."""


def run(function: str, *arguments: Any) -> Any:
    """The answer of `function` ("workshop.rules.results:ballot_result") for the arguments, worked out aside.

    Call it outside any transaction: other phones are served meanwhile. Raises `AsideError` when the work fails.
    """
    finished = subprocess.run(
        [sys.executable, "-m", "workshop.aside"],
        input=pickle.dumps((function, arguments)),
        capture_output=True,
        cwd=_ROOT,
        timeout=_LONGEST,
        check=False,
    )
    if finished.returncode != 0:
        raise AsideError(finished.stderr.decode(errors="replace")[-2000:])
    return pickle.loads(finished.stdout)


def main() -> None:
    """The process aside: read the work, do it, write the answer."""
    function, arguments = pickle.load(sys.stdin.buffer)
    module, _, name = function.partition(":")
    if not module.startswith("workshop."):
        raise ValueError(f"not ours: {module}")
    answer = getattr(importlib.import_module(module), name)(*arguments)
    sys.stdout.buffer.write(pickle.dumps(answer))


if __name__ == "__main__":
    main()
