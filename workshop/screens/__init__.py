"""What each audience sees. Reads only.

`changes(workshop_id, since, audience)` is the first snapshot (`since=0`), the live push and the catch-up after a lost
connection (docs/architecture.md, law 4). What an audience may see of a row is decided in that kind's `present_*` function
alone (law 5).
"""

from .changes import FACILITATOR, ROOM, changes
from .mine import mine
from .snapshots import snapshot

__all__ = ["FACILITATOR", "ROOM", "changes", "mine", "snapshot"]
