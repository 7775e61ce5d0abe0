"""Periodic tasks: whether the database can be written, presence each second, votes at their deadline, look-backs on their days,
drafts whose editor is silent, erasing names after the retention time, times of last activity, attendance samples; and the
copies and mails of `jobs`."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from workshop import faults, locks, store, vacuum
from workshop.commands.follow_up import clockwork
from workshop.commands.people import attendance
from workshop.commands.privacy import retention
from workshop.commands.texts.silent import show_silent
from workshop.commands.votes.overdue import close_overdue
from workshop.commands.votes.turnout import tell_moved
from workshop.door import answers
from workshop.extensions import db, socketio
from workshop.jobs.backups import Backups
from workshop.jobs.mails import Mails
from workshop.live.collector import Collector
from workshop.live.connections import Connections
from workshop.live.feed import Feed
from workshop.live.presence import Presence
from workshop.live.trouble import Trouble

_SECONDS_BETWEEN_SEEN = 60
#: often enough that a connected chair never counts as silent (commands/people/chair.py)
_SECONDS_BETWEEN_DEVICES = 15
_SECONDS_BETWEEN_ERASING = 60 * 60
_SECONDS_BETWEEN_LOOK_BACKS = 60
#: how long an open vote's own record may show an older turnout than the record of the turnout
_SECONDS_BETWEEN_TURNOUTS = 2
#: how often it is checked whether a draft is to be shown
_SECONDS_BETWEEN_DRAFTS = 5
#: how often it is checked whether a sample of attendance is due (rules/attendance.py says when it is)
_SECONDS_BETWEEN_SAMPLES = 10
#: how long the ticker waits for one lock, seconds
_LONGEST_WAIT = 0.2
#: if the wall clock moved by more seconds than this against the monotonic clock, it was set
_LEAP = 5.0
_log = logging.getLogger(__name__)


def start(app: Flask, connections: Connections, feed: Feed, presence: Presence, collector: Collector) -> None:
    """Starts the green thread that runs the periodic tasks."""
    socketio.start_background_task(_run, app, connections, feed, presence, collector)


def _run(app: Flask, connections: Connections, feed: Feed, presence: Presence, collector: Collector) -> None:
    ticks = 0
    backups, mails = Backups(app), Mails(app)
    while True:
        socketio.sleep(1)
        ticks += 1
        # No error may end the loop. A task that meets a lock is left for the next second, so that one workshop does not
        # delay the tasks of the others.
        with faults.survived("the ticker"), app.app_context(), locks.waiting_at_most(_LONGEST_WAIT):
            _look_for_trouble(app, presence.trouble, ticks)
            backups.tick(ticks)
            mails.tick(ticks)
            tick(connections, feed, presence, ticks)
            if vacuum.is_waiting():
                socketio.start_background_task(_rewrite, app)
            # Last, so that it also collects the garbage of this tick.
            collector.tick()


def _look_for_trouble(app: Flask, trouble: Trouble, ticks: int) -> None:
    """Tries a write when one is due, and tells every screen what was found."""
    with _task("telling whether the database can be written"):
        if trouble.is_due(ticks):
            trouble.note(app.extensions["rundbord_health"].fault(db.engine))
        trouble.tell()


def _rewrite(app: Flask) -> None:
    with app.app_context():
        vacuum.rewrite_if_waiting()


def tick(connections: Connections, feed: Feed, presence: Presence, ticks: int) -> None:
    """Runs the tasks that are due in this second. A task that fails does not keep the others from running."""
    rooms = list(connections.by_workshop)
    for workshop_id in rooms:
        with _task(f"presence of workshop {workshop_id}"):
            presence.tell(workshop_id)
    presence.forget_lost()
    with _task("closing votes whose time is out"):
        close_overdue()
    if ticks % _SECONDS_BETWEEN_DRAFTS == 0:
        with _task("showing drafts whose editor is silent"):
            show_silent()
    if ticks % _SECONDS_BETWEEN_TURNOUTS == 0:
        with _task("telling the turnout of open votes"):
            tell_moved(rooms)
    if ticks % _SECONDS_BETWEEN_LOOK_BACKS == 2:
        with _task("closing and opening what the cards are asked"):
            clockwork.close_overdue()
            clockwork.close_reopened()
            clockwork.open_due()
    if ticks % _SECONDS_BETWEEN_ERASING == 1:
        with _task("erasing names whose time is over"):
            retention.erase_overdue()
        with _task("forgetting old answers"):
            answers.forget_old()
    if ticks % _SECONDS_BETWEEN_SAMPLES == 0:
        with _task("sampling who is present"):
            attendance.take_samples(rooms)
    with _task("looking for changes written elsewhere"):
        feed.check_clocks()
    with _task("noting who is here"):
        _note_seen(connections, ticks)


@contextmanager
def _task(name: str) -> Iterator[None]:
    """Runs one task and closes its session afterwards. A task that meets a held lock is left for the next time."""
    with faults.survived(f"the ticker, {name},"):
        try:
            yield
        except locks.Locked:
            _log.debug("somebody else holds a lock that %s needs; it is tried again in a second", name)
        finally:
            db.session.remove()


class _Clocks:
    """Detects that the wall clock was set, by comparing it with the monotonic clock."""

    apart: float | None = None

    def were_set(self) -> bool:
        """Returns whether the wall clock was set since the last call."""
        apart = time.time() - time.monotonic()
        before, self.apart = self.apart, apart
        return before is not None and abs(apart - before) > _LEAP


_clocks = _Clocks()


def _note_seen(connections: Connections, ticks: int) -> None:
    # After the clock was set, everybody connected is stored again at once; otherwise they would count as absent until then.
    leapt = _clocks.were_set()
    if leapt or ticks % _SECONDS_BETWEEN_SEEN == 0:
        connections.seen |= connections.everybody()
    devices = connections.facilitators() if leapt or ticks % _SECONDS_BETWEEN_DEVICES == 0 else set()
    seen = set(connections.seen)
    store.note_seen(seen, devices)
    connections.seen -= seen
