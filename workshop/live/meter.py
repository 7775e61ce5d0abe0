"""Counts what one connection sends, when it is received and before it is processed."""

from __future__ import annotations

import time

from workshop.live import limits


class TooMuch(Exception):
    """Raised when a connection has sent more than docs/running.md allows; the connection is closed."""


class Bucket:
    """A token bucket: `at_once` units may be taken at once, and `per_second` more each second."""

    __slots__ = ("_left", "_per_second", "_room", "_seen")

    def __init__(self, at_once: float, per_second: float) -> None:
        self._room = self._left = at_once
        self._per_second = per_second
        self._seen = time.monotonic()

    def take(self, amount: float = 1) -> float:
        """Takes the amount. Returns 0 if it was available, otherwise the seconds until it will have been."""
        now = time.monotonic()
        self._left = min(self._room, self._left + (now - self._seen) * self._per_second)
        self._seen = now
        self._left -= amount
        return max(0.0, -self._left / self._per_second)


class Meter:
    """Frames and bytes received on one connection."""

    __slots__ = ("_bytes", "_frames")

    def __init__(self) -> None:
        self._frames = Bucket(limits.FRAMES_AT_ONCE, limits.FRAMES_PER_SECOND)
        self._bytes = Bucket(limits.BYTES_AT_ONCE, limits.BYTES_PER_SECOND)

    def count(self, size: int) -> None:
        """Counts one frame of so many bytes. Raises `TooMuch` over the limit."""
        if self._frames.take() or self._bytes.take(size):
            raise TooMuch
