"""What each audience sees. Reads only.

`changes(workshop_id, since, audience)` gives the first snapshot (`since=0`), the live push and the catch-up after a lost
connection (docs/architecture.md, law 4). What an audience may see of a row is decided only in the `present_*` function of
its kind (law 5).
"""

from workshop.screens.changes import AUDIENCES, BOARD, FACILITATOR, ROOM, changes, live_changes
from workshop.screens.mine import mine, mine_of
from workshop.screens.snapshots import catch_up, follow, snapshot

__all__ = [
    "AUDIENCES",
    "BOARD",
    "FACILITATOR",
    "ROOM",
    "catch_up",
    "changes",
    "follow",
    "live_changes",
    "mine",
    "mine_of",
    "snapshot",
]
