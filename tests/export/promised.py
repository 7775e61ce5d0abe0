"""A seminar and everything that was said and done after it, played once, with the clock moved; and its JSON file on any day."""

from __future__ import annotations

import json
import pickle
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from unittest import mock

from tests.export import seminar as played_seminar
from tests.export.conftest import kept, opened_again, played
from tests.export.proved import copied
from tests.export.seminar import Seminar
from workshop import clock, identity
from workshop.commands.follow_up import panel as panel_commands
from workshop.commands.privacy.retention import erase_names_of
from workshop.door import perform
from workshop.export import export
from workshop.export.follow_up import follow_up
from workshop.extensions import db
from workshop.identity import ORGANISER, Actor
from workshop.models import Workshop

Document = dict[str, Any]

TODAY = clock.today()
#: what no file may hold: names and addresses of who was given a link, and a note beside a handover
NEVER = ("Karen Kontakt", "karen@fjordby.example", "Otto Opfølger", "En note til Karen", "Efterfølger Else")
#: what a public file may not hold: said of an agreement that is for its parties only
WITHHELD = ("Kun mellem os", "Sagt mellem parterne", "Parternes egen grund")


def day(ahead: int) -> str:
    """The day so many days after the seminar, as it travels; also while the clock is moved."""
    return (TODAY + timedelta(days=ahead)).isoformat()


class Promised:
    """A closed seminar with an agreed goal, an agreed agreement, one for its parties only, and an intention."""

    def __init__(self, seminar: Seminar) -> None:
        self.seminar = seminar
        room = self.room = self.seminar.room
        values = {"openness": "parties_only", "parties": PARTIES, "contributions": LINES, "mandates": MANDATES}
        made = room.do(room.chair, "draft_agreement", purpose="Kun mellem os", **values, disagreement="Vi mødes.")
        assert made["agreement"] != self.seminar.agreement
        self.private = str(made["agreement"])
        room.do(room.chair, "edit_agreement", agreement=self.private, version=1, review_date=day(300))
        played_seminar._decide(room, self.private, room.everybody)
        room.do(room.chair, "close_workshop")
        organiser = db.session.get_one(Workshop, room.id).organiser_id
        self.organiser = Actor(ORGANISER, room.id, organiser_id=organiser)
        self.goal, self.agreement, self.intention = self.seminar.goal, self.seminar.agreement, self.seminar.intention
        #: where each promise stood by the program, on the evening of days along the way
        self.stood: dict[str, list[Document]] = {}

    def do(self, actor: Actor, name: str, /, **args: Any) -> dict[str, Any]:
        return perform(actor, name, args, secrets.token_hex(16)).get("result") or {}

    def link(self, role: str, **args: Any) -> Actor:
        made = self.do(self.room.chair, "make_link", role=role, name=NEVER[0], address=NEVER[1], **args)
        return identity.find(made["link"])

    @contextmanager
    def after(self, days: int) -> Iterator[None]:
        """So many days after the seminar; then where the promises stand is kept."""
        with after(days) as today:
            yield
            db.session.rollback()
            said = follow_up(db.session.get_one(Workshop, self.room.id), public=False)
            assert said is not None
            self.stood[today.isoformat()] = said["items"]

    def play(self) -> None:
        """Everything that can be said and done, over a year. The names are erased on the way."""
        with self.after(1):
            receiver = self.link("receiver")
            self.do(self.room.chair, "hand_over_result", to=NEVER[2], due=day(40), note=NEVER[3])
            self.do(receiver, "confirm_handover")
            self.do(self.organiser, "set_rhythm", dates=[day(90), day(270)])
        with self.after(10):
            self._answers(receiver)
        with self.after(20):
            other = self.link("receiver", on=self.goal, body="Regionen")
            self.do(other, "postpone_answer", on=self.goal, to=day(120), reason="Vi mødes sjældent")
            self.do(receiver, "postpone_answer", on=self.intention, to=day(80), reason="Først på næste møde")
            self._path(receiver)
        self._reports()

    def _answers(self, receiver: Actor) -> None:
        answers = (
            (self.goal, {"answer": "not_ours", "reason": "Det er regionens", "body": "Regionen"}),
            (self.agreement, {"answer": "later", "reason": "Efter budgettet", "date": day(200)}),
            (self.private, {"answer": "needs_clarification", "reason": "Sagt mellem parterne"}),
        )
        for on, answer in answers:
            self.do(receiver, "answer_item", on=on, **answer)
        self.do(receiver, "publish_answers")
        self.do(receiver, "answer_item", on=self.agreement, answer="follows", reason="Budgettet er vedtaget")
        self.do(receiver, "publish_answers")
        self.do(receiver, "answer_item", on=self.agreement, answer="does_not_follow", reason="Kun en kladde")

    def _path(self, receiver: Actor) -> None:
        step = {"body": "Kulturudvalget", "date": day(30), "title": "Åbne skoler", "case_number": "27/1234"}
        made = self.do(receiver, "add_path_step", **step)["path_step"]
        self.do(self.organiser, "edit_path_step", path_step=made, outcome="Anbefalet", date=day(37))
        self.do(receiver, "add_path_step", on=self.goal, body="Regionsrådet", date=day(90), title="Målet")

    def _reports(self) -> None:
        council, youth = (self.link("steward", on=self.agreement, party=name) for name in ("Byrådet", "Ungerådet"))
        owner = self.link("steward", on=self.goal, party="Ungeenheden")
        partner = self.link("steward", on=self.private, party="Byrådet")
        with self.after(30):
            self.do(owner, "report_line", on=self.goal, line=0, state="delivered", evidence="set af klubben")
            report = {"on": self.goal, "value": "95 %", "value_date": day(29), "status": "on_track", "source": "Tælling"}
            mistaken = self.do(owner, "report_follow_up", **report)["follow_up"]
            self.do(owner, "report_follow_up", **(report | {"value": "45", "corrects": mistaken}))
        with self.after(60):
            self.do(self.organiser, "correct_overdue", on=self.private, reason="Parternes egen grund")
        with self.after(95):
            self.do(youth, "report_line", on=self.agreement, line=1, state="partly", words="Hver anden måned")
            self.do(council, "confirm_line", on=self.agreement, line=1, verdict="contested", words="Vi så intet")
            self.do(council, "confirm_line", on=self.agreement, line=1, verdict="confirmed", words="Nu så vi det")
            self.do(partner, "report_line", on=self.private, line=0, state="delivered", words="Sagt mellem parterne")
            passed = self.do(council, "pass_on", to_name=NEVER[4], words="Ny sag, ny hånd")["link"]
            self.do(identity.find(passed), "accept_work")
            other = self.do(youth, "pass_on", to_name=NEVER[4], words="Hvem vil?")["link"]
            self.do(identity.find(other), "refuse_work", words="Ikke mig")
        with self.after(100):
            panel = self.link("panel")
            asked = self.do(panel, "ask_question", on=self.goal, words="Hvem har talt dem?")["question"]
            self.do(owner, "answer_question", question=asked, words="Klubberne selv")
            self.do(panel, "panel_statement", words="Det går den rigtige vej")
            # The panel could once write on what it does not see: a database of before may hold this.
            with mock.patch.object(panel_commands, "_seen_by_panel"):
                self.do(panel, "panel_statement", on=self.private, words="Sagt mellem parterne")
        with self.after(150):
            assert erase_names_of(self.room.id)["people"]
        with self.after(200):
            words = {"what_worked": "Klubberne kom med", "what_went_wrong": "Nøglen kom sent", "lesson": "Spørg før"}
            values = {"value": "52", "value_date": day(190), "status": "partly", "next_date": day(280)}
            self.do(owner, "report_follow_up", on=self.goal, **values, **words)
            self.do(self.organiser, "end_agreement", agreement=self.agreement, reason="Pengene er brugt")

    def file(self, public: bool = False) -> Document:
        """The JSON file as it is made now."""
        db.session.rollback()
        found: Document = json.loads(export(db.session.get_one(Workshop, self.room.id), "json", public=public)[2])
        return found


PARTIES = [{"name": "Byrådet", "group": "politicians"}, {"name": "Ungerådet", "group": "citizens"}]
LINES = [{"party": "Byrådet", "what": "Et lokale", "by_when": day(50)}, {"party": "Ungerådet", "what": "To timer"}]
MANDATES = [{"party": "Byrådet", "kind": "may_decide"}, {"party": "Ungerådet", "kind": "may_decide"}]


@contextmanager
def after(days: int) -> Iterator[date]:
    """So many days from today, at noon in UTC."""
    found = TODAY + timedelta(days=days)
    with clock.frozen(datetime(found.year, found.month, found.day, 12, tzinfo=UTC)):
        yield found


@cache
def _closed() -> tuple[bytes, Promised]:
    database, seminar = played(close=False)
    return kept(lambda: Promised(seminar), database)


@contextmanager
def promised() -> Iterator[Promised]:
    """The closed seminar before anything is said after it, with an application around it."""
    with opened_again(_closed()) as found:
        yield found


#: days after the seminar on which the file is made: before most, in the middle, at the end, and long after
DAYS = (210, 420)


@cache
def _documents() -> tuple[dict[tuple[int, bool], bytes], dict[str, list[Document]]]:
    found = {}
    with promised() as year:
        year.play()
        for days in DAYS:
            with year.after(days):
                found |= {(days, public): pickle.dumps(year.file(public)) for public in (False, True)}
    return found, year.stood


def stood() -> dict[str, list[Document]]:
    """Where each promise stood by the program, on days along the way."""
    return _documents()[1]


def document(days: int = 210, public: bool = False) -> Document:
    """A copy of the file as it was made so many days after the seminar."""
    return copied(_documents()[0][days, public])


def acts(whole: Document, act: str) -> list[Document]:
    """The acts of a kind, to do something to."""
    found: list[Document] = whole["proof"]["follow_up"]["acts"][act]
    return found
