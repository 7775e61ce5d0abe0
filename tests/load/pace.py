"""Jobs at a pace, and what the machine is doing meanwhile."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import psutil


async def gather_bounded(jobs: Sequence[Callable[[], Awaitable[Any]]], at_once: int) -> list[Any]:
    """Run every job, at most `at_once` at a time; what they gave, in order."""
    gate = asyncio.Semaphore(at_once)

    async def run(job: Callable[[], Awaitable[Any]]) -> Any:
        async with gate:
            return await job()

    return await asyncio.gather(*(run(job) for job in jobs))


async def at_a_pace(jobs: Sequence[Callable[[], Awaitable[Any]]], per_second: float) -> list[Any]:
    """Start so many jobs per second, however long each takes; what they gave, in order."""
    began = time.perf_counter()

    async def run(number: int, job: Callable[[], Awaitable[Any]]) -> Any:
        await asyncio.sleep(max(0.0, began + number / per_second - time.perf_counter()))
        return await job()

    return await asyncio.gather(*(run(number, job) for number, job in enumerate(jobs)))


def load_of_machine() -> str:
    """How busy the machine is, per core: figures of a busy machine are not the server's."""
    cores = os.cpu_count() or 1
    return f"{os.getloadavg()[0] / cores:.1f} per core, {cores} cores"


def pin(process: psutil.Process, core: int) -> None:
    """Bind every thread of a process to one core; threads it starts later inherit it."""
    for thread in process.threads():
        os.sched_setaffinity(thread.id, {core})
