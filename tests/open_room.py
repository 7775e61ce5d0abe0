"""The rich room where people vote by name, and a scenario for each command that shows or hides what they voted."""

from __future__ import annotations

from tests.giving import Given, Scenario, chair, other
from tests.rich_room import RichRoom
from workshop.door import perform
from workshop.identity import SYSTEM, Actor


def open_room(built: RichRoom) -> RichRoom:
    """The politicians vote by name in a ballot that is closed, in one that is open, and in a decision; the leaders, of whom
    there is nobody, would too."""
    rich = RichRoom(built.room, {**built.ids, "secret_ballot": built.ids["ballot"]})
    settings = {"openness": "some_open", "open_groups": ["leaders", "politicians"]}
    step = rich.do(rich.chair, "add_step", kind="decisions", settings=settings)["step"]
    rich.do(rich.chair, "start_step", step=step)
    perform(rich.other, "set_name", {"name": "Mette Holm"})
    for name in ("closed_ballot", "ballot"):
        rich.ids[name] = rich.room.ballot([rich.ids["on_ballot"]])
        rich.room.cast(rich.other, rich.ids[name], choices={rich.ids["on_ballot"]: 1})
        if name == "closed_ballot":
            rich.do(rich.chair, "close_ballot", ballot=rich.ids[name])
    rich.do(rich.chair, "drop_text", on=rich.ids["decided"])
    rich.ids["decision"] = rich.room.decision(rich.ids["goal"])
    rich.room.stance(rich.other, rich.ids["decision"], "reservation", "Kun i år")
    return rich


def erase_who_voted(rich: RichRoom) -> Given:
    """Published votes are seen without the name."""
    rich.do(rich.chair, "close_decision", decision=rich.ids["decision"])
    rich.do(rich.chair, "publish_ballot", ballot=rich.ids["closed_ballot"])
    return rich.chair, {"participant": f"participant:{rich.other.participant_id}"}


def late_leader(rich: RichRoom) -> Given:
    """The first of an open group comes after the ballot has opened, and stands by itself."""
    late = rich.room.join("leaders")
    perform(late, "set_name", {"name": "Sen Leder"})
    return late, {"ballot": rich.ids["ballot"], "choices": {rich.ids["on_ballot"]: 1}}


def every_name_goes(rich: RichRoom) -> Given:
    erase_who_voted(rich)
    for name in ("ballot", "secret_ballot"):
        rich.do(rich.chair, "close_ballot", ballot=rich.ids[name])
    rich.do(rich.chair, "close_workshop")
    return Actor(SYSTEM, rich.room.id), {}


WITH_OPEN_VOTES: list[tuple[str, Scenario]] = [
    ("publish_ballot", chair(ballot="@closed_ballot")),
    ("close_ballot", chair(ballot="@ballot")),
    ("close_decision", chair(decision="@decision")),
    ("cast_ballot", other(ballot="@ballot", choices={}, keep=True)),
    ("cast_ballot", late_leader),
    ("take_stance", other(decision="@decision", stance="against", reason="For dyrt")),
    ("set_name", other(name="Mette Holm Andersen")),
    ("erase_person", erase_who_voted),
    ("erase_names", every_name_goes),
    ("remove_group", lambda rich: (rich.chair, {"group": rich.ids["group"]})),
]
