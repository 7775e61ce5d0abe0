"""People with a seat for the tests, the list on a helper's device, and things done at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from flask import Flask

from workshop import screens
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import Participant
from workshop.rules.refusal import Refused


def person(actor: Actor) -> Participant:
    db.session.rollback()
    return db.session.get_one(Participant, actor.participant_id)


def seats_of(device: Actor) -> list[dict[str, Any]]:
    db.session.rollback()
    return screens.mine(device)["seats"]


def at_once(app: Flask, *acts: Callable[[], Any]) -> list[Any]:
    """Do several things at the same moment, each in a thread; what came of each, refusals too."""
    start = threading.Barrier(len(acts))
    found: list[Any] = []

    def run(act: Callable[[], Any]) -> None:
        with app.app_context():
            start.wait()
            try:
                found.append(act())
            except Refused as error:
                found.append(error)
            db.session.remove()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
