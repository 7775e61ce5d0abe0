"""What happens by the clock: presence each second, votes whose time is out, names whose time is over, who was last seen,
who is there over the day."""

from __future__ import annotations

import logging

from flask import Flask
from sqlalchemy.exc import OperationalError

from .. import store
from ..commands import attendance, retention, rewriting
from ..commands.interim import refresh_due
from ..commands.overdue import close_overdue
from ..extensions import db, socketio
from .connections import Connections
from .feed import Feed
from .presence import Presence

_SECONDS_BETWEEN_SEEN = 60
#: often enough that a chair who is here is never taken for silent (commands/chair.py)
_SECONDS_BETWEEN_DEVICES = 15
_SECONDS_BETWEEN_ERASING = 60 * 60
#: how often it is asked whether a mood has moved: seldom enough that its moment says nothing of whose answer came last
_SECONDS_BETWEEN_MOODS = 5
#: how often it is asked whether it is time to look round a room (rules/attendance.py says when it is)
_SECONDS_BETWEEN_LOOKS = 10
_log = logging.getLogger(__name__)


def start(app: Flask, connections: Connections, feed: Feed, presence: Presence) -> None:
    """Start the one green thread that follows the clock."""
    socketio.start_background_task(_run, app, connections, feed, presence)


def _run(app: Flask, connections: Connections, feed: Feed, presence: Presence) -> None:
    ticks = 0
    while True:
        socketio.sleep(1)
        ticks += 1
        try:
            with app.app_context():
                tick(connections, feed, presence, ticks)
        except OperationalError:
            # A database that is away for a moment must not end the clock for good.
            _log.exception("the database did not answer the ticker; it goes on in a second")


def tick(connections: Connections, feed: Feed, presence: Presence, ticks: int) -> None:
    """One second has passed."""
    for workshop_id in list(connections.by_workshop):
        presence.tell(workshop_id)
    close_overdue()
    if ticks % _SECONDS_BETWEEN_MOODS == 0:
        refresh_due()
    if ticks % _SECONDS_BETWEEN_ERASING == 1:
        retention.erase_due()
    if ticks % _SECONDS_BETWEEN_LOOKS == 0:
        attendance.look_round(list(connections.by_workshop))
    rewriting.rewrite_if_waiting()
    feed.look()
    if ticks % _SECONDS_BETWEEN_SEEN == 0:
        connections.seen |= connections.everybody()
    seen, connections.seen = connections.seen, set()
    devices = connections.facilitators() if ticks % _SECONDS_BETWEEN_DEVICES == 0 else set()
    store.note_seen(seen, devices)
    db.session.remove()
