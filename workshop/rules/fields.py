"""The fields of goals, agreements and what follows them, as one table (docs/rules.md section 1).

Commands check values by it; screens, editors and exports take the order of the fields from it. The catalogue holds each
label (`label_key`) and each choice (`choice_key`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workshop.rules.limits import (
    AGREEMENT_GOALS,
    CONTRIBUTIONS,
    FROM_IDEAS,
    GOAL_TITLE,
    LONG_FIELD,
    PARTIES,
    PERSON_NAME,
    SHORT_FIELD,
)
from workshop.rules.mandate import DECISION_LEVELS

DIRECTIONS: tuple[str, ...] = ("up", "down", "at_least", "at_most")
AGREEMENT_KINDS: tuple[str, ...] = ("agreement", "ground_rule", "experiment")
OPENNESS: tuple[str, ...] = ("public", "parties_only")
MANDATES: tuple[str, ...] = ("may_decide", "must_ask", "personal")
FOLLOW_UP_STATUSES: tuple[str, ...] = ("on_track", "reached", "partly", "not_reached", "dropped")
RECEIVER_ANSWERS: tuple[str, ...] = ("follows", "changes", "does_not_follow")


@dataclass(frozen=True)
class Field:
    """One field of a noun.

    `kind`: `text` (one line), `longtext`, `date` (ISO), `number` (a whole number from 0), `choice` (one
    of `choices`), `group` (a key of one of the workshop's groups), `list` (of record ids, or of objects
    with the fields `items`). `limit`: most characters of a text, most entries of a list. `needed`: marked **!** in
    section 1. `checks`: the codes of section 2 that are about it. `only_for`: the only agreement kind that has it.
    `derived`: kept by the program, never edited.
    """

    noun: str
    name: str
    kind: str
    needed: bool = False
    limit: int | None = None
    choices: tuple[str, ...] = ()
    items: tuple[Field, ...] = ()
    checks: tuple[str, ...] = ()
    only_for: str | None = None
    derived: bool = False

    @property
    def label_key(self) -> str:
        """Returns the catalogue key of the field's label."""
        return f"field.{self.noun}.{self.name}"

    def choice_key(self, value: str) -> str:
        """Returns the catalogue key of one of the choices."""
        return f"choice.{self.name}.{value}"


def _text(noun: str, name: str, *checks: str, needed: bool = False, limit: int = SHORT_FIELD) -> Field:
    return Field(noun, name, "text", needed, limit, checks=checks)


def _long(noun: str, name: str, *checks: str, needed: bool = False, only_for: str | None = None) -> Field:
    return Field(noun, name, "longtext", needed, LONG_FIELD, checks=checks, only_for=only_for)


def _date(noun: str, name: str, *checks: str, needed: bool = False) -> Field:
    return Field(noun, name, "date", needed, checks=checks)


def _choice(noun: str, name: str, choices: tuple[str, ...], *, needed: bool = False) -> Field:
    return Field(noun, name, "choice", needed, choices=choices)


GOAL: tuple[Field, ...] = (
    _text("goal", "title", "G08", "G11", needed=True, limit=GOAL_TITLE),
    _long("goal", "challenge"),
    _text("goal", "target_group", needed=True),
    _text("goal", "indicator", "G01", needed=True),
    _text("goal", "unit", "G10", needed=True),
    _text("goal", "data_source", "G14", needed=True),
    _text("goal", "baseline", "G03", needed=True),
    _date("goal", "baseline_date", "G03", needed=True),
    _text("goal", "target", "G02", "G09", "G10", needed=True),
    _choice("goal", "direction", DIRECTIONS, needed=True),
    _date("goal", "deadline", "G04", "G05", "G06", needed=True),
    _text("goal", "owner", "G07", "G13", needed=True),
    Field("goal", "owner_group", "group", checks=("G13",)),
    _text("goal", "contributors"),
    _choice("goal", "decision_level", DECISION_LEVELS, needed=True),
    _text("goal", "first_step", "G12", needed=True),
    _date("goal", "first_step_due", "G12", needed=True),
    Field("goal", "from_ideas", "list", True, FROM_IDEAS, checks=("G15",)),
)
"""A goal. `owner_group` is the group in the room that the owner belongs to, so that check G13 can tell whether anybody of it
is here."""

PARTY: tuple[Field, ...] = (
    _text("party", "name", needed=True, limit=PERSON_NAME),
    Field("party", "group", "group", True),
)
CONTRIBUTION: tuple[Field, ...] = (
    _text("contribution", "party", needed=True, limit=PERSON_NAME),
    _text("contribution", "what", needed=True),
    _text("contribution", "how_much"),
    _date("contribution", "by_when"),
    _text("contribution", "contact"),
)
MANDATE: tuple[Field, ...] = (
    _text("mandate", "party", needed=True, limit=PERSON_NAME),
    _choice("mandate", "kind", MANDATES, needed=True),
    _text("mandate", "ask_whom"),
    _date("mandate", "by_when"),
)

AGREEMENT: tuple[Field, ...] = (
    _choice("agreement", "kind", AGREEMENT_KINDS),
    _long("agreement", "purpose", needed=True),
    Field("agreement", "goals", "list", True, AGREEMENT_GOALS, checks=("A08",)),
    Field("agreement", "parties", "list", True, PARTIES, items=PARTY, checks=("A01",)),
    Field("agreement", "contributions", "list", True, CONTRIBUTIONS, items=CONTRIBUTION, checks=("A02", "A07")),
    Field("agreement", "mandates", "list", True, PARTIES, items=MANDATE, checks=("A03",)),
    _text("agreement", "decision_rule", needed=True),
    _long("agreement", "ground_rules"),
    _long("agreement", "disagreement", "A05", needed=True),
    _long("agreement", "resources"),
    _choice("agreement", "openness", OPENNESS, needed=True),
    _date("agreement", "review_date", "A04", needed=True),
    _date("agreement", "end_date"),
    _long("agreement", "exit_terms", "A06"),
    Field("agreement", "notice_days", "number", True, checks=("A06",)),
    _long("agreement", "what_we_try", needed=True, only_for="experiment"),
    _long("agreement", "how_we_will_know", needed=True, only_for="experiment"),
    _long("agreement", "stop_or_widen", needed=True, only_for="experiment"),
    Field("agreement", "dissent", "list", derived=True),
)
"""An agreement. `dissent` is attached word for word and for ever, so it is never edited."""

FOLLOW_UP: tuple[Field, ...] = (
    _date("follow_up", "date", needed=True),
    _text("follow_up", "measured_value"),
    _choice("follow_up", "status", FOLLOW_UP_STATUSES, needed=True),
    _long("follow_up", "what_worked"),
    _long("follow_up", "what_went_wrong"),
    _long("follow_up", "lesson"),
    _text("follow_up", "shared_with"),
    _date("follow_up", "next_date"),
)

RECEIVER_ANSWER: tuple[Field, ...] = (
    _choice("receiver_answer", "answer", RECEIVER_ANSWERS, needed=True),
    _long("receiver_answer", "reason", needed=True),
    _date("receiver_answer", "date", needed=True),
)

FIELDS: dict[str, tuple[Field, ...]] = {
    "goal": GOAL,
    "agreement": AGREEMENT,
    "party": PARTY,
    "contribution": CONTRIBUTION,
    "mandate": MANDATE,
    "follow_up": FOLLOW_UP,
    "receiver_answer": RECEIVER_ANSWER,
}
"""All tables by noun."""


def is_open(value: object) -> bool:
    """Returns whether a field is empty: None, blank text or an empty list. The number 0 is a value."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, list | tuple) and not value)


def of_kind(noun: str, agreement_kind: str | None = None) -> tuple[Field, ...]:
    """Returns the fields of a noun; for an agreement those that its kind has, without a kind those that all kinds have."""
    return tuple(field for field in FIELDS[noun] if field.only_for is None or field.only_for == agreement_kind)


def missing_needed(noun: str, values: Mapping[str, object]) -> tuple[str, ...]:
    """Returns the names of the needed fields that are empty, in the order of the table.

    An agreement with any of these when the workshop closes is an *intention* (docs/rules.md section 1). A
    baseline may be unknown when its date says when it will be measured.
    """
    kind = values.get("kind") if noun == "agreement" else None
    missing = [
        field.name
        for field in of_kind(noun, kind if isinstance(kind, str) else None)
        if field.needed and is_open(values.get(field.name))
    ]
    if noun == "goal" and "baseline" in missing and "baseline_date" not in missing:
        missing.remove("baseline")
    return tuple(missing)
