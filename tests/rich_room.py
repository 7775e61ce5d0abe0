"""A room in the middle of everything: something of each kind, so that every command has something to work on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from tests.commands.voting import AGREEMENT, GOAL, Room
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import Group, Step, Workshop


@dataclass
class RichRoom:
    """`ids` names the records of the room by what they are."""

    room: Room
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def chair(self) -> Actor:
        return self.room.chair

    @property
    def author(self) -> Actor:
        """The citizen who has written everything."""
        return self.room.people["citizens"][0]

    @property
    def other(self) -> Actor:
        return self.room.people["politicians"][0]

    @property
    def helper(self) -> Actor:
        """The device of a helper, who has a seat."""
        return self.room.helper

    def do(self, actor: Actor, name: str, /, **args: Any) -> dict[str, Any]:
        return self.room.do(actor, name, **args)

    def start(self, kind: str) -> None:
        """Start the first step of a kind, if it is not running."""
        step = db.session.scalar(select(Step).where(Step.workshop_id == self.room.id, Step.step_kind == kind))
        assert step is not None
        if step.state != "running":
            self.do(self.chair, "start_step", step=step.record_id)


def build() -> RichRoom:
    """A room of five citizens and six politicians with ideas, votes, texts and all that hangs on them."""
    groups = [{"key": key, "required": False} for key in ("citizens", "politicians", "leaders")]
    room = Room(
        {"citizens": 5, "politicians": 6},
        groups=groups,
        template="collaboration",
        ground_rules="Vi lytter",
        ideas_always_open=False,
        receiving_body="Byrådet",
        response_due="2030-01-01",
    )
    rich = RichRoom(room)
    _ideas(rich)
    _votes(rich)
    _texts(rich)
    _apart(rich)
    return rich


def _apart(rich: RichRoom) -> None:
    """What stands beside phones and votes: a seat, and a show of hands."""
    rich.ids["seat"] = rich.do(rich.helper, "create_seat", group="citizens", name="Karen")["seat"]
    rows = [{"label": "For", "count": 12}, {"label": "Imod", "count": 3}]
    hands = rich.do(rich.chair, "record_hands", question="Holder vi pause?", rows=rows, on=rich.ids["goal"])
    rich.ids["hands"] = hands["show_of_hands"]


def _ideas(rich: RichRoom) -> None:
    rich.start("ideas")
    for name in ("idea", "second", "third", "hidden", "on_ballot"):
        rich.ids[name] = rich.do(rich.author, "post_idea", text=f"Idé {name}")["idea"]
    rich.do(rich.chair, "reveal_ideas")
    step = next(s for s in db.session.get_one(Workshop, rich.room.id).steps if s.step_kind == "ideas")
    rich.do(rich.chair, "edit_step", step=step.record_id, settings={"writing": "private"})
    rich.ids["private"] = rich.do(rich.author, "post_idea", text="Kun min egen")["idea"]
    rich.do(rich.chair, "hide_idea", idea=rich.ids["hidden"], reason="Nævner en person")
    rich.ids["theme"] = rich.do(rich.chair, "create_theme", title="Steder")["theme"]
    rich.ids["other_theme"] = rich.do(rich.chair, "create_theme", title="Veje")["theme"]
    rich.do(rich.chair, "move_idea", idea=rich.ids["idea"], theme=rich.ids["theme"])
    rich.ids["merged"] = rich.ids["third"]
    rich.do(rich.chair, "merge_ideas", into=rich.ids["second"], ideas=[rich.ids["third"]])
    for name, sort in (("comment", "question"), ("hidden_comment", "concern")):
        rich.ids[name] = rich.do(rich.other, "post_comment", on=rich.ids["idea"], text="Hvordan?", sort=sort)["comment"]
    rich.do(rich.chair, "hide_comment", comment=rich.ids["hidden_comment"], reason="Personlig")


def _votes(rich: RichRoom) -> None:
    rich.ids["ballot"] = rich.room.ballot([rich.ids["on_ballot"]])
    rich.room.cast(rich.author, rich.ids["ballot"], choices={rich.ids["on_ballot"]: 1})
    rich.ids["closed_ballot"] = rich.room.ballot([rich.ids["on_ballot"]])
    for person in rich.room.everybody:
        rich.room.cast(person, rich.ids["closed_ballot"], choices={rich.ids["on_ballot"]: 1})
    rich.do(rich.chair, "close_ballot", ballot=rich.ids["closed_ballot"])


def _texts(rich: RichRoom) -> None:
    do = rich.do
    rich.ids["goal"] = do(rich.chair, "draft_goal", **GOAL, from_ideas=[rich.ids["idea"]])["goal"]
    rich.ids["other_goal"] = do(rich.chair, "draft_goal", **GOAL)["goal"]
    rich.ids["agreement"] = do(rich.chair, "draft_agreement", **AGREEMENT, goals=[rich.ids["goal"]])["agreement"]
    rich.ids["decided"] = do(rich.chair, "draft_goal", **GOAL)["goal"]
    rich.ids["decision"] = rich.room.decision(rich.ids["decided"])
    rich.ids["amendment"] = _amend(rich, "Sundere mad i skolen")
    rich.ids["rival"] = _amend(rich, "Mere mad i skolen")
    rich.start("rules")
    workshop = f"workshop:{rich.room.id}"
    rich.ids["consent"] = do(rich.chair, "open_consent", on=workshop)["consent"]
    rich.ids["objection"] = do(rich.other, "object", on=workshop, reason="For strenge")["objection"]
    do(rich.author, "make_commitment", on=rich.ids["agreement"], standing="behind")
    for name, key in (("group", "leaders"), ("politicians", "politicians")):
        group = db.session.scalar(select(Group).where(Group.workshop_id == rich.room.id, Group.key == key))
        assert group is not None
        rich.ids[name] = group.record_id


def _amend(rich: RichRoom, title: str) -> str:
    return rich.do(rich.author, "propose_amendment", on=rich.ids["goal"], field="title", new=title)["amendment"]
