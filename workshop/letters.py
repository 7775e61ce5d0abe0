"""What processes write to each other: enclosed for one receiver, numbered, and of no effect after some seconds.

A message is encrypted and authenticated (`secrecy.enclose`) with the server's key and the name of the process it is for. Of
each sender only a higher number than the last one is taken, and only what is new by the database's clock: a message that is
forged, changed, for somebody else or sent again does nothing.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

from workshop import secrecy
from workshop.rules.refusal import Refused

#: in the place of a process: every other one
EVERYBODY = "all"
#: a message that is older by the database's clock does nothing, seconds
TOO_OLD = 10.0
_log = logging.getLogger(__name__)


class Envelopes:
    """Closes and opens the messages of one process, which is called `name`; `clock` returns the database's time."""

    def __init__(self, secret: str, name: str, clock: Callable[[], float | None]) -> None:
        self._secret, self._name, self._clock = secret, name, clock
        self._number = 0
        #: the newest number of a message from each process
        self._newest: dict[str, int] = {}
        #: when each process last said something, on the monotonic clock
        self.lived: dict[str, float] = {}

    def close(self, process: str, letters: Sequence[str]) -> bytes:
        """Returns one message with letters, each a text of JSON, for a process or for `EVERYBODY`."""
        self._number += 1
        head = json.dumps({"from": self._name, "number": self._number, "at": self._clock()})
        content = f'{head[:-1]}, "letters": [{", ".join(letters)}]}}'
        return secrecy.enclose(self._secret, _purpose(process), content.encode())

    def open(self, to: str, message: bytes) -> tuple[str, list[dict[str, Any]]]:
        """Returns who wrote a message that came to this process or to `EVERYBODY`, and the letters in it: none where it is
        not to be taken."""
        try:
            content = json.loads(secrecy.disclose(self._secret, _purpose(to), message))
        except secrecy.CannotOpen:
            _log.debug("a message that is not ours")
            return "", []
        process, number, at, here = content["from"], content["number"], content["at"], self._clock()
        if process == self._name or number <= self._newest.get(process, 0):
            return process, []
        self._newest[process], self.lived[process] = number, time.monotonic()
        new = at is not None and here is not None and abs(here - at) <= TOO_OLD
        return process, content["letters"] if new else []


def _purpose(process: str) -> str:
    """Returns what a message is enclosed for. The name of a process is random, does not pass Redis and ends with it, so
    what somebody has recorded cannot be opened with the server's key alone afterwards."""
    return f"for process {process}"


def as_parts(refused: Refused) -> dict[str, Any]:
    """Returns a refusal as JSON, with all its fields."""
    others = [as_parts(other) for other in refused.others]
    return {"code": refused.code, "field": refused.field, "facts": refused.facts, "others": others}


def as_refused(parts: dict[str, Any]) -> Refused:
    """Returns the refusal of `as_parts`."""
    refused = Refused(parts["code"], parts["field"], **parts["facts"])
    refused.others = tuple(as_refused(other) for other in parts["others"])
    return refused
