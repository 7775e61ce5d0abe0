"""Running a coroutine apart: in a thread of its own, so that it never meets the loop of another library.

Playwright's plain interface keeps a loop running in the main thread while a browser is open, also between tests, and
asyncio refuses a second one in the same thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """`asyncio.run(coroutine)` in a new thread; its answer, or its exception."""
    with ThreadPoolExecutor(1, thread_name_prefix="apart") as thread:
        return thread.submit(asyncio.run, coroutine).result()
