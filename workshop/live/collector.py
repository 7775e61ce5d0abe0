"""Runs Python's garbage collector when the server has little to do.

A collection of the old generation visits every object of the process and stops the server meanwhile, 0.1 to 0.25 s with a
full hall. So objects that exist at the start are excluded (`gc.freeze`), and the ticker collects the old generation in a
calm second.
"""

from __future__ import annotations

import gc
import logging
import time

from workshop import metrics

#: the arguments of `gc.set_threshold`: allocations until a young collection, young collections until a middle one, and middle
#: ones until an old one; the last applies to a server that never has a calm second
THRESHOLDS = (2_000, 10, 1_000)
#: middle collections since the last old one after which another is worthwhile
ENOUGH = 10
#: the least seconds between two old collections
_REST = 30.0
#: a second is calm if the process used less than this share of a processor in it
_CALM = 0.1
#: pauses longer than this are logged, seconds
_LONG = 0.05
_log = logging.getLogger(__name__)


class Collector:
    """Collects the old generation in calm seconds, and stores long pauses until the ticker logs them."""

    def __init__(self) -> None:
        self._used = self._seen = self._last = 0.0
        self._began = 0.0
        self._pauses: list[tuple[int, float]] = []

    def start(self) -> None:
        """Excludes what exists now from later collections, and begins to time them. Called once, after the start, during
        which nothing was collected (run.py)."""
        gc.collect()
        gc.freeze()
        gc.set_threshold(*THRESHOLDS)
        gc.enable()
        gc.callbacks.append(self._note)
        self._used, self._seen = time.process_time(), time.monotonic()
        self._last = self._seen

    def tick(self) -> None:
        """Collects the old generation if it is worthwhile and the last second was calm, and logs long pauses. Called each
        second."""
        if self._is_calm() and gc.get_count()[2] >= ENOUGH and self._seen - self._last >= _REST:
            self._last = self._seen
            gc.collect()
        pauses, self._pauses = self._pauses, []
        for generation, seconds in pauses:
            metrics.pauses.observe(seconds)
            _log.info("collecting generation %d stopped the server for %.0f ms", generation, 1000 * seconds)

    def _is_calm(self) -> bool:
        """Returns whether the process had little to do since the last call."""
        used, seen = time.process_time(), time.monotonic()
        share = (used - self._used) / max(seen - self._seen, 0.001)
        self._used, self._seen = used, seen
        return share < _CALM

    def _note(self, phase: str, info: dict[str, int]) -> None:
        """Stores a long pause. Python calls this before and after each collection, at any point of the program, so it must
        not log."""
        if phase == "start":
            self._began = time.perf_counter()
            return
        seconds = time.perf_counter() - self._began
        if seconds > _LONG:
            self._pauses.append((info["generation"], seconds))
