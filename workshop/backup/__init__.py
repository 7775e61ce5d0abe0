"""Copies of a SQLite database that is in use, putting one back, and the ring of copies a running server keeps.

A leaf: the standard library only. Copies are made in a process of their own: by the command line, or by `aside`.
"""

from workshop.backup.copying import BackupError, copy
from workshop.backup.restoring import Restored, is_in_use, restore
from workshop.backup.ring import LEAST_ROOM, Ring, turn_ring
from workshop.backup.stamps import made_at, stamped

__all__ = [
    "LEAST_ROOM",
    "BackupError",
    "Restored",
    "Ring",
    "copy",
    "is_in_use",
    "made_at",
    "restore",
    "stamped",
    "turn_ring",
]
