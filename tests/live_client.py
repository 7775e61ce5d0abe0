"""A client of the live room, and what it has after a command compared with what a new one is sent."""

from __future__ import annotations

import secrets
from typing import Any

from tests.giving import Given
from tests.rich_room import RichRoom
from workshop import screens
from workshop.door import perform
from workshop.extensions import db
from workshop.models import JournalEntry


class Client:
    """The client's whole rule (docs/protocol.md), as short as it can be."""

    def __init__(self, workshop_id: int, audience: str) -> None:
        self.workshop_id, self.audience = workshop_id, audience
        self.records: dict[str, Any] = {}
        self.seq = 0

    def begin(self) -> None:
        """Reads the snapshot, which is kept and brought up to date when it is asked for again."""
        db.session.rollback()
        found = screens.snapshot(self.workshop_id, self.audience)
        self.records, self.seq = {record["id"]: record for record in found["put"]}, found["to"]

    def catch_up(self, since: int | None = None) -> None:
        db.session.rollback()
        found = screens.changes(self.workshop_id, self.seq if since is None else since, self.audience)
        if found["from"] == 0:
            self.records = {}
        for record in found["put"]:
            self.records[record["id"]] = record
        for record_id in found["gone"]:
            self.records.pop(record_id, None)
        self.seq = found["to"]


def fresh(workshop_id: int, audience: str) -> dict[str, Any]:
    client = Client(workshop_id, audience)
    client.catch_up(0)
    return client.records


def assert_same_after(rich: RichRoom, name: str, given: Given) -> None:
    """Give the command with a client of each audience beside it: what they have then is what a new one is sent."""
    actor, args = given
    clients = [Client(rich.room.id, audience) for audience in screens.AUDIENCES]
    for client in clients:
        client.begin()
    answer = perform(actor, name, args, secrets.token_hex(16))
    for client in clients:
        client.catch_up()
        assert client.records == fresh(rich.room.id, client.audience), f"{client.audience} after {name}"
        kept = screens.snapshot(rich.room.id, client.audience)
        assert {record["id"]: record for record in kept["put"]} == client.records
    entry = db.session.get(JournalEntry, (rich.room.id, answer["seq"]))
    assert entry is not None and entry.name == name
