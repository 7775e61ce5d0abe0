"""Reminders: the mails that are due on a day, and the results of those that were sent.

There is one mail for each address and day. The organiser sees them all; without a mail server they are copied by hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from workshop.extensions import db
from workshop.identity import RECEIVER, link_text
from workshop.mail_keys import address_hash, plain, stop_token
from workshop.models import Outgoing, Workshop
from workshop.models.items import items
from workshop.rules.reminders import Task, untold
from workshop.screens.mail_words import Doing, reminder, subject
from workshop.screens.reminder_tasks import Link, living_links, tasks

_PATHS = {RECEIVER: "r"}

_SHOWN_AS = {"claimed": "perhaps", "waiting": "would_be_sent"}


@dataclass(frozen=True)
class Message:
    """One mail. `state`: `would_be_sent`, `no_address`, `on_page` (the organiser's own), `sent`, `perhaps`, `refused`.
    `who` names the recipients, `to` is the address, `told` the keys of the tasks, `links` the numbers of the links, `stop`
    the address that ends the mails, `words` the answer of the mail server, `day` the day of a mail that was sent."""

    workshop_id: int
    who: str
    to: str
    subject: str
    body: str
    state: str
    language: str
    told: tuple[str, ...] = ()
    links: tuple[int, ...] = ()
    stop: str = ""
    words: str = ""
    day: date | None = None


@dataclass(frozen=True)
class _Person:
    """The links of one address, or one link without an address; without links, the organiser."""

    address: str
    links: tuple[Link, ...] = ()

    @property
    def names(self) -> str:
        """Returns whose mail it is, as the organiser reads it."""
        return ", ".join(dict.fromkeys(link.name or link.body or link.party for link, _ in self.links))


def messages(workshop: Workshop, today: date, root: str) -> list[Message]:
    """Returns the mails of a workshop on a day: those that are due, then the earlier ones, the newest first. `root` is the
    server's address without a slash at the end."""
    links = living_links(workshop)
    all_tasks = tasks(workshop, links, today)
    past = _past(workshop)
    people = _people(workshop, links)
    makes = _Maker(workshop, root, all_tasks)
    due = [found for person in people if (found := makes.due(person, past)) is not None]
    by_hash = {address_hash(person.address): person for person in people if person.address}
    told = [makes.past(row, by_hash[row.address_hash]) for row in past if row.address_hash in by_hash]
    return [*due, *(found for found in told if found.state != "would_be_sent")]


def due_messages(workshop: Workshop, today: date, root: str) -> list[Message]:
    """Returns the mails that are due on a day and have an address."""
    return [message for message in messages(workshop, today, root) if message.state == "would_be_sent"]


def _past(workshop: Workshop) -> list[Outgoing]:
    mine = select(Outgoing).where(Outgoing.workshop_id == workshop.id, Outgoing.kind == "reminder")
    return list(db.session.scalars(mine.order_by(Outgoing.id.desc())))


def _people(workshop: Workshop, links: Sequence[Link]) -> list[_Person]:
    """Returns the organiser, then the links grouped by address; a link without an address is by itself."""
    by_address: dict[str, list[Link]] = defaultdict(list)
    for link, token in links:
        by_address[plain(link.address) or f"link:{link.token_id}"].append((link, token))
    return [_Person(""), *(_Person(mine[0][0].address, tuple(mine)) for mine in by_address.values())]


class _Maker:
    """Makes the mails of one workshop from its tasks."""

    def __init__(self, workshop: Workshop, root: str, all_tasks: Sequence[Task]) -> None:
        self.workshop = workshop
        self.root = root
        self.titles = {found.id: found.title for found in items(workshop)}
        self.by_link: dict[int | None, list[Task]] = defaultdict(list)
        for task in all_tasks:
            self.by_link[task.link].append(task)

    def due(self, person: _Person, past: Sequence[Outgoing]) -> Message | None:
        """Returns the mail that is due for a person; None where there are no tasks, or all were told."""
        mine = address_hash(person.address) if person.address else None
        rows = [row for row in past if row.address_hash == mine]
        told = {str(key) for row in rows if row.state != "waiting" for key in row.told}
        left = untold(self._tasks(person), told)
        if not left:
            return None
        waiting = next((row.words for row in rows if row.state == "waiting"), "")
        state = "would_be_sent" if person.address else "no_address" if person.links else "on_page"
        return self._message(person, left, state, words=waiting)

    def past(self, row: Outgoing, person: _Person) -> Message:
        """Returns an earlier mail. If it may not have arrived, its text is made again for the tasks that are left, so that it
        can be copied by hand."""
        left = [task for task in untold(self._tasks(person), ()) if task.key in row.told]
        state = _SHOWN_AS.get(row.state, row.state)
        if left and state != "sent":
            return self._message(person, left, state, words=row.words, day=row.day)
        return Message(
            self.workshop.id, person.names, person.address, row.subject, "", state, self.workshop.language,
            tuple(row.told), words=row.words, day=row.day,
        )  # fmt: skip

    def _tasks(self, person: _Person) -> list[Task]:
        numbers: list[int | None] = [link.token_id for link, _ in person.links] or [None]
        return [task for number in numbers for task in self.by_link[number]]

    def _message(self, person: _Person, left: Sequence[Task], state: str, words: str, day: date | None = None) -> Message:
        lang = self.workshop.language
        addresses = {link.token_id: self._address(link.role, link_text(token)) for link, token in person.links}
        doing = [
            Doing(task, self.titles.get(task.on, ""), addresses.get(task.link, "") if task.link else "") for task in left
        ]
        stop = f"{self.root}/unsubscribe/{stop_token(person.links[0][0].token_id)}" if person.address else ""
        return Message(
            self.workshop.id,
            person.names,
            person.address,
            subject(doing, lang),
            reminder(doing, self.workshop.title, person.names, stop, lang),
            state,
            lang,
            tuple(task.key for task in left),
            tuple(link.token_id for link, _ in person.links),
            stop,
            words,
            day,
        )

    def _address(self, role: str, token: str | None) -> str:
        """Returns the address of a link; "" where its token cannot be read, because the server's key has changed."""
        return f"{self.root}/{_PATHS.get(role, 's')}/{token}" if token else ""
