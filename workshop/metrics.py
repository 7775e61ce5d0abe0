"""What a running server counts: commands and how long they took, people, pauses of the garbage collector. It holds no names
and no texts.

`/metrics` (`web/measured.py`) shows it in the format of Prometheus, and each command is one line in the log. The numbers are
those of this process: with several processes Prometheus must ask each.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector

from workshop.rules.refusal import Refused

REGISTRY = CollectorRegistry()
#: upper bounds in seconds; a person notices a delay of a tenth of a second
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)

_commands = Counter("rundbord_commands", "Commands that were answered.", ["command", "outcome"], registry=REGISTRY)
_seconds = Histogram(
    "rundbord_command_seconds", "From a command's arrival to its answer.", ["command"], buckets=_BUCKETS, registry=REGISTRY
)
batches = Histogram(
    "rundbord_batch_commands", "Commands in one transaction.", buckets=(1, 2, 4, 8, 16, 32), registry=REGISTRY
)
pauses = Histogram(
    "rundbord_collector_pause_seconds", "Long pauses by Python's garbage collector.", buckets=_BUCKETS, registry=REGISTRY
)
connections = Gauge("rundbord_connections", "Open connections, by what they see.", ["audience"], registry=REGISTRY)
people = Gauge("rundbord_people", "Participants with an open connection.", registry=REGISTRY)
workshops = Gauge("rundbord_workshops", "Workshops that somebody is connected to.", registry=REGISTRY)


leases = Gauge("rundbord_leases", "Workshops whose commands this process carries out.", registry=REGISTRY)
forwarded = Counter(
    "rundbord_forwarded_commands",
    "Commands sent to the process that holds the workshop: `answered` there, or `fallback` where it did not answer.",
    ["outcome"],
    registry=REGISTRY,
)
for_others = Counter("rundbord_commands_for_others", "Commands carried out for other processes.", registry=REGISTRY)


class Frames(Collector):
    """Counts the frames given to websockets, and the bytes that wait because a phone does not read. They are plain numbers
    because a Prometheus counter takes a lock, which costs more than sending a frame."""

    def __init__(self) -> None:
        self.given = 0
        self.waiting = 0

    def collect(self) -> Iterator[Metric]:
        """Yields both numbers."""
        yield CounterMetricFamily("rundbord_frames", "Frames that websockets were given.", value=self.given)
        yield GaugeMetricFamily("rundbord_waiting_bytes", "Bytes that wait for phones to read.", value=self.waiting)


frames = Frames()
REGISTRY.register(frames)

_log = logging.getLogger("rundbord.commands")


@contextmanager
def command(workshop: int | None, name: str) -> Iterator[None]:
    """Counts and logs one command with its outcome: `ok`, the code of its refusal, or `fault` for any other exception. The
    name must be of a fixed set, because each name is a series of its own in Prometheus."""
    began = time.perf_counter()
    outcome = "fault"
    try:
        yield
        outcome = "ok"
    except Refused as refusal:
        outcome = refusal.code
        raise
    finally:
        took = time.perf_counter() - began
        _commands.labels(name, outcome).inc()
        _seconds.labels(name).observe(took)
        _log.info("command workshop=%s name=%s outcome=%s ms=%.1f", workshop, name, outcome, took * 1000)


def told() -> bytes:
    """Returns everything in the text format of Prometheus."""
    return bytes(generate_latest(REGISTRY))
