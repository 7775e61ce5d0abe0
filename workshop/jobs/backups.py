"""Copies of the database of a running server, made in another process so that no request waits (docs/running.md, "Backup")."""

from __future__ import annotations

import json
import logging
from subprocess import SubprocessError

from flask import Flask
from sqlalchemy import func, select

from workshop import offload
from workshop.config import Settings
from workshop.extensions import db, socketio
from workshop.models import Workshop

#: seconds after the start until the first copy, so that it does not slow down the start
_FIRST = 60
_log = logging.getLogger(__name__)


class Backups:
    """Makes a copy every `BACKUP_MINUTES` if something has changed. Does nothing on PostgreSQL, which has its own tools."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        settings: Settings = app.config["RUNDBORD"]
        self.settings = settings
        self.on = settings.backup_minutes > 0 and settings.database_url.startswith("sqlite")
        self._copied: tuple[int, int] | None = None
        self._under_way = False
        self._faulty = False

    def tick(self, ticks: int) -> None:
        """Starts a copy in the background if it is time. `ticks` is the seconds since the start of the server."""
        if (
            self.on
            and not self._under_way
            and ticks % (60 * self.settings.backup_minutes) == _FIRST % (60 * self.settings.backup_minutes)
        ):
            self._under_way = True
            socketio.start_background_task(self._turn_in_background)

    def _turn_in_background(self) -> None:
        try:
            with self.app.app_context():
                self.turn()
        finally:
            self._under_way = False

    def turn(self) -> str:
        """Makes a copy if something has changed, and deletes copies that are too many or too old. Returns what
        `backup.Ring.turn` does, or `failed`. A fault that lasts is logged once."""
        state = self._state()
        facts = {
            "source": db.engine.url.database,
            "folder": str(self.settings.instance_path / "backups"),
            "minutes": self.settings.backup_minutes,
            "copies": self.settings.backup_copies,
            "changed": state != self._copied,
        }
        try:
            done = str(offload.run("workshop.backup:turn_ring", json.dumps(facts)))
        except (offload.AsideError, OSError, SubprocessError) as error:
            done, reason = "failed", str(error)[-300:]
        else:
            reason = "the disk is nearly full"
        if done == "made":
            self._copied = state
        self._say(done in ("failed", "full"), reason)
        return done

    def _say(self, faulty: bool, reason: str) -> None:
        """Logs once that no copies can be made, and once that they are made again."""
        if faulty and not self._faulty:
            _log.error("no copy of the database was made: %s", reason)
        elif self._faulty and not faulty:
            _log.info("copies of the database are made again")
        self._faulty = faulty

    def _state(self) -> tuple[int, int]:
        """Returns the number of workshops and the sum of their clocks, which change with every accepted command."""
        row = db.session.execute(
            select(func.count(), func.coalesce(func.sum(Workshop.clock), 0)).select_from(Workshop)
        ).one()
        db.session.remove()
        return int(row[0]), int(row[1])
