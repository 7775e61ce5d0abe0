"""The ring of copies that a running server keeps of its SQLite database (docs/running.md)."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from workshop.backup.copying import copy
from workshop.backup.stamps import made_at, stamped

#: bytes that stay free on the disk beside twice the size of the database
LEAST_ROOM = 200 * 1024 * 1024


@dataclass(frozen=True)
class Ring:
    """The folder in which a running server keeps its copies: at most `copies`, made `minutes` apart while something changes."""

    folder: Path
    minutes: int
    copies: int

    def kept(self) -> list[Path]:
        """Returns the copies, oldest first."""
        return sorted(self.folder.glob("rundbord-*.sqlite"))

    def turn(self, source: str, changed: bool, moment: datetime) -> str:
        """Make a copy if the database has changed since the last one, and let go of those that are too many or too old.

        Returns `made`, `same`, or `full` where the disk has too little room: nothing is made then. Raises `BackupError`.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        done = "same" if not changed else "made" if self._has_room(Path(source)) else "full"
        if done == "made":
            copy(source, str(self.folder / stamped("rundbord", moment)))
        # The newest is what the database holds now, unless it could not be made.
        self._let_go(moment, spared=0 if done == "full" else 1)
        return done

    def _has_room(self, source: Path) -> bool:
        needed = 2 * source.stat().st_size + LEAST_ROOM
        return shutil.disk_usage(self.folder).free >= needed

    def _let_go(self, moment: datetime, spared: int) -> None:
        """What was erased from the database may not live on in old copies."""
        oldest = moment.timestamp() - 60 * self.minutes * self.copies
        kept = self.kept()
        too_many = kept[: -self.copies]
        for file in kept[: len(kept) - spared]:
            if file in too_many or made_at(file) < oldest:
                file.unlink(missing_ok=True)
        for part in self.folder.glob(".*.sqlite.*.part*"):
            if made_at(part) < oldest:
                part.unlink(missing_ok=True)


def turn_ring(given: str) -> str:
    """`Ring.turn` for a process aside: `given` is JSON of `source`, `folder`, `minutes`, `copies` and `changed`."""
    facts = json.loads(given)
    ring = Ring(Path(facts["folder"]), facts["minutes"], facts["copies"])
    return ring.turn(facts["source"], facts["changed"], datetime.now(UTC))
