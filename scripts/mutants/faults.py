"""A fault: one small change of one source file."""

from __future__ import annotations

import difflib
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """Bytes `start` to `end` of a file are replaced by `new`.

    `first` and `last` are the lines whose tests are asked. Where `names` is not empty, the code runs while the module is
    imported, and the tests of the functions that mention one of these names are asked instead.
    """

    path: str
    line: int
    kind: str
    start: int
    end: int
    new: str
    first: int
    last: int
    names: tuple[str, ...] = ()

    def apply(self, source: bytes) -> bytes:
        """Returns the source with the fault in it."""
        return source[: self.start] + self.new.encode() + source[self.end :]

    def diff(self, source: bytes) -> str:
        """Returns the changed lines, as a unified diff without its heading."""
        before, after = source.decode().splitlines(), self.apply(source).decode().splitlines()
        lines = list(difflib.unified_diff(before, after, lineterm="", n=0))
        return "\n".join(line for line in lines[2:] if not line.startswith("@@"))
