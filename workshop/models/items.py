"""Items: what is answered and followed up after the seminar (docs/rules.md section 11).

Items are agreed goals and agreements; in a workshop that decided on neither, the ideas of its published shortlists.
Intentions are listed with them and may be answered, but are never late.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select

from workshop.extensions import db
from workshop.models.by_kind import by_record_id
from workshop.models.ideas import Idea
from workshop.models.rooms import Workshop
from workshop.models.texts import Agreement, Goal
from workshop.models.votes import Ballot
from workshop.rules.promise_lines import Line, lines_of


def for_parties_only(content: Mapping[str, Any]) -> bool:
    """Returns whether an agreement's fields say that only its parties may read it."""
    return content.get("openness") == "parties_only"


@dataclass(frozen=True)
class Item:
    """One item in its version in force: its record id, the number of the version, and its fields (an idea has none; its text
    is the title)."""

    id: str
    kind: str
    title: str
    version: int
    content: Mapping[str, Any] = field(default_factory=dict)
    #: an agreement that stayed an intention
    intention: bool = False

    @property
    def lines(self) -> list[Line]:
        """Returns what is to be delivered; an intention and an idea have no lines."""
        return [] if self.intention or self.kind == "idea" else lines_of(self.kind, self.content)

    @property
    def withheld(self) -> bool:
        """Returns whether the item is for its parties only, so that it is in no public page or file."""
        return self.kind == "agreement" and for_parties_only(self.content)

    @property
    def owners(self) -> list[str]:
        """Returns the names of those who may report on the item: the owner of a goal, the parties of an agreement."""
        if self.kind == "goal":
            return [str(self.content.get("owner") or "")]
        return [str(party.get("name") or "") for party in self.content.get("parties") or []]


def items(workshop: Workshop) -> list[Item]:
    """Returns the items of a workshop: agreements, goals, then intentions, each in the order set in the workshop; in place of
    agreements and goals the shortlisted ideas where there are neither."""
    agreements = _texts(Agreement, workshop, ("agreed", "intention"))
    goals = _texts(Goal, workshop, ("agreed",))
    agreed = [row for row in agreements if row.state == "agreed"]
    intentions = [_of_text(row) for row in agreements if row.state == "intention"]
    decided = [_of_text(row) for row in (*agreed, *goals)]
    return [*(decided or _shortlisted(workshop)), *intentions]


def item(workshop: Workshop, record_id: str) -> Item | None:
    """Returns the item with this record id; None where the workshop has none."""
    return next((one for one in items(workshop) if one.id == record_id), None)


@cache
def _in_states(model: Any, states: tuple[str, ...]) -> Any:
    wanted = select(model).where(model.workshop_id == bindparam("workshop"), model.state.in_(states))
    return wanted.order_by(model.position, model.id)


def _texts(model: Any, workshop: Workshop, states: tuple[str, ...]) -> list[Any]:
    return list(db.session.scalars(_in_states(model, states), {"workshop": workshop.id}))


def _of_text(row: Goal | Agreement) -> Item:
    title = row.content.get("title" if row.kind == "goal" else "purpose") or ""
    return Item(row.record_id, row.kind, str(title), row.version, dict(row.content), row.state == "intention")


def _shortlisted(workshop: Workshop) -> list[Item]:
    """Returns the ideas on the published shortlists, each once, in the order they were chosen."""
    ballots = db.session.scalars(
        select(Ballot).where(Ballot.workshop_id == workshop.id, Ballot.state == "published").order_by(Ballot.id)
    )
    chosen: dict[str, None] = {}
    for ballot in ballots:
        chosen |= dict.fromkeys(((ballot.result or {}).get("shortlist") or {}).get("winners") or ())
    found = [idea for record_id in chosen if (idea := by_record_id(record_id, (Idea,))) is not None]
    return [Item(idea.record_id, "idea", idea.text, 1) for idea in found if idea.state == "open"]
