"""Python's garbage collector, kept out of the moments when people wait.

A collection of the old generation walks every object of the process and stops everybody meanwhile, 0.1 to 0.25 s with a
full hall. So what exists at the start is taken out of its sight, and it is run by the ticker in a calm second.
"""

from __future__ import annotations

import gc
import logging
import time

from workshop import metrics

#: allocations until a young collection, young ones until a middle one, and middle ones until an old one: the last is a
#: safeguard for a server that never has a calm second
THRESHOLDS = (2_000, 10, 1_000)
#: middle collections since the last old one that make another worthwhile
ENOUGH = 10
#: the least seconds between two old collections
_REST = 30.0
#: a second is calm if the process used less than this share of it
_CALM = 0.1
#: pauses longer than this are logged, seconds
_LONG = 0.05
_log = logging.getLogger(__name__)


class Collector:
    """Runs the old generation in calm seconds, and remembers long pauses until the ticker logs them."""

    def __init__(self) -> None:
        self._used = self._seen = self._last = 0.0
        self._began = 0.0
        self._pauses: list[tuple[int, float]] = []

    def start(self) -> None:
        """Takes what exists now out of all later collections, and watches those to come. Called once, after the start."""
        gc.collect()
        gc.freeze()
        gc.set_threshold(*THRESHOLDS)
        gc.callbacks.append(self._note)
        self._used, self._seen = time.process_time(), time.monotonic()
        self._last = self._seen

    def tick(self) -> None:
        """Called each second: collects the old generation if it is worthwhile and the last second was calm, and logs what
        took long."""
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
        """Called by Python before and after each collection, in the middle of anything: so nothing is logged here."""
        if phase == "start":
            self._began = time.perf_counter()
            return
        seconds = time.perf_counter() - self._began
        if seconds > _LONG:
            self._pauses.append((info["generation"], seconds))
