"""Erasing people's names and words, on request and when the retention time is over.

Importing the package registers its commands.
"""

from workshop.commands.privacy import (
    erasure,
    retention,
    server_clock,
)

__all__ = [
    "erasure",
    "retention",
    "server_clock",
]
