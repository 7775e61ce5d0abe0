"""The settings of a workshop as arguments: the same fields when it is created and when it is edited."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError
from sqlalchemy import exists, select

from workshop.clock import today
from workshop.door.arguments import Args, Words
from workshop.extensions import db
from workshop.models import (
    Amendment,
    Comment,
    Commitment,
    Consent,
    ConsentGiven,
    Idea,
    IdeaSupport,
    Objection,
    Participation,
    Workshop,
)
from workshop.rules import mandate
from workshop.rules.cleaning import clean
from workshop.rules.dates import parse_date
from workshop.rules.refusal import Refused
from workshop.rules.times import parse_time


class Settings(Args):
    """Any setting of the `workshop` record; what is not given stays as it is. Levels are read in English and Danish."""

    title: Annotated[str | None, Words("workshop.title", needed=True)] = None
    question: Annotated[str | None, Words("workshop.question")] = None
    language: Literal["da", "en"] | None = None
    participation_level: str | None = None
    promise: Annotated[str | None, Words("workshop.promise")] = None
    decision_level: str | None = None
    fixed_frame: Annotated[str | None, Words("workshop.fixed_frame")] = None
    negotiable: Annotated[str | None, Words("workshop.negotiable")] = None
    commissioning_body: Annotated[str | None, Words("workshop.commissioning_body")] = None
    receiving_body: Annotated[str | None, Words("workshop.receiving_body")] = None
    response_due: str | None = None
    day: str | None = None
    begins: str | None = None
    place: Annotated[str | None, Words("workshop.place")] = None
    ground_rules: Annotated[str | None, Words("workshop.ground_rules")] = None
    privacy_minimum: Annotated[int | None, Field(ge=3, le=50)] = None
    group_labels: bool | None = None
    retention_days: Annotated[int | None, Field(ge=0, le=3650)] = None
    ideas_always_open: bool | None = None
    locked: bool | None = None
    decision_rules: dict[str, Any] | None = None

    @field_validator("participation_level", "decision_level")
    @classmethod
    def _known_level(cls, value: str | None, info: Any) -> str | None:
        if value is None:
            return None
        read = mandate.participation_level if info.field_name == "participation_level" else mandate.decision_level
        try:
            return read(value)
        except Refused as refusal:
            raise PydanticCustomError("unknown_level", "not a level") from refusal

    @field_validator("begins")
    @classmethod
    def _a_time(cls, value: str | None) -> str | None:
        if not value or not clean(value):
            return None
        time = parse_time(clean(value, one_line=True))
        if time is None:
            raise PydanticCustomError("not_a_time", "not a time of day")
        return time

    @field_validator("response_due", "day")
    @classmethod
    def _a_date(cls, value: str | None) -> str | None:
        if not value or not clean(value):
            return None
        day = parse_date(clean(value, one_line=True), today())
        if day is None:
            raise PydanticCustomError("not_a_date", "not a date")
        return day.isoformat()


#: settings that are a day; none is a value of its own
_DATES = frozenset({"response_due", "day"})
#: what people write, each of which was written under the privacy minimum of its moment
_WRITTEN: tuple[Any, ...] = (Idea, Comment, Amendment, Commitment, Objection)


def something_said(workshop_id: int) -> bool:
    """Returns whether anything has been written or voted in the workshop, taken back or not: from then on the privacy
    minimum can only be raised (docs/rules.md section 7)."""
    wanted = [exists().where(model.workshop_id == workshop_id, model.participant_id.is_not(None)) for model in _WRITTEN]
    wanted.append(exists().where(Participation.workshop_id == workshop_id, Participation.voted.is_(True)))
    wanted.append(exists().where(IdeaSupport.idea_id == Idea.id, Idea.workshop_id == workshop_id))
    wanted.append(exists().where(ConsentGiven.consent_id == Consent.id, Consent.workshop_id == workshop_id))
    return any(db.session.execute(select(*wanted)).one())


def refuse_lowered(workshop: Workshop, before: int, after: int) -> None:
    """Raises `closed` naming `privacy_minimum`, with the lowest it may be, where people wrote or voted under a higher one."""
    if after < before and something_said(workshop.id):
        raise Refused("closed", "privacy_minimum", lowest=before)


def apply(workshop: Workshop, settings: Settings) -> list[str]:
    """Write the given settings onto the row; returns the names of those that changed."""
    changed = []
    for name in Settings.model_fields:
        if name not in settings.model_fields_set:
            continue
        value: Any = getattr(settings, name)
        if name in _DATES:
            value = parse_date(value) if value else None
        elif value is None and name != "begins":
            continue
        if getattr(workshop, name) != value:
            setattr(workshop, name, value)
            changed.append(name)
    return changed
