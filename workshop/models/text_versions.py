"""Reads the versions of a text: which of them only correct the language, and who proposed the present words."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from workshop.extensions import db
from workshop.models.reopening import CAUSE as CAUSE_OF_REOPENED
from workshop.models.reopening import Reopening, proposed
from workshop.models.texts import Agreement, Amendment, Goal, TextVersion, text_by
from workshop.models.votes import Decision
from workshop.rules import history, language


def versions_of(text_id: str, until: int) -> list[TextVersion]:
    """Returns the versions of a text up to the number `until`, the oldest first, without those that were proposed by
    reopening an agreement and are not in force."""
    rows = select(TextVersion).where(TextVersion.text_id == text_id, TextVersion.version <= until)
    found = list(db.session.scalars(rows.order_by(TextVersion.version)))
    left_out = proposed(text_id) if any(row.cause == CAUSE_OF_REOPENED for row in found) else set()
    return [row for row in found if row.version not in left_out]


class Saved(NamedTuple):
    """The columns that tell which versions were written in one go (`rules.history.Saved`)."""

    number: int
    at: datetime
    by_role: str
    cause: str


_DECIDED_ON = select(Decision.text_version).where(Decision.text_id == bindparam("text"))


def decided_on(text_id: str) -> set[int]:
    """Returns the versions of a text that a decision was bound to."""
    return set(db.session.scalars(_DECIDED_ON, {"text": text_id}))


_SAVED = (
    select(TextVersion.version, TextVersion.at, TextVersion.by_role, TextVersion.cause)
    .where(TextVersion.text_id == bindparam("text"))
    .order_by(TextVersion.version)
)


def editions(text_id: str) -> dict[int, int]:
    """Returns the number that people read for each version of a text (`rules.history`)."""
    rows = db.session.execute(_SAVED, {"text": text_id})
    return history.editions([Saved(*row) for row in rows], decided_on(text_id))


def edition_of(text_id: str, version: int) -> int:
    """Returns the number that people read for one version; the version itself where its row is gone."""
    return version if version < 2 else editions(text_id).get(version, version)


def base_version(text: Goal | Agreement) -> int:
    """Returns the number of the last version that is no correction of the language (docs/rules.md section 1), of those the
    room was shown."""
    return base_of(text.record_id, text.version)


def base_of(text_id: str, version: int) -> int:
    """Returns the number of the last version up to `version` that is no correction of the language."""
    if version < 2:
        return version
    causes = db.session.execute(
        select(TextVersion.version, TextVersion.cause).where(
            TextVersion.text_id == text_id, TextVersion.cause == language.CAUSE
        )
    )
    # A proposed version that is not in force is passed over in the same way.
    passed = dict.fromkeys(proposed(text_id), language.CAUSE)
    return language.base_version(passed | dict(causes.all()), version)


_CORRECTIONS = select(TextVersion.text_id, TextVersion.version, TextVersion.cause).where(
    TextVersion.text_id.in_(bindparam("texts", expanding=True)), TextVersion.cause == language.CAUSE
)
_PASSED_OVER = select(Reopening.on, Reopening.version).where(
    Reopening.on.in_(bindparam("texts", expanding=True)), Reopening.state != "carried", Reopening.version.is_not(None)
)


def base_versions(texts: Collection[Goal | Agreement]) -> dict[int, int]:
    """Returns the `base_version` of several texts of one kind, by their numbers, with two statements for all of them."""
    later = [text.record_id for text in texts if text.version >= 2]
    causes: dict[str, dict[int, str]] = {}
    if later:
        for text_id, version, cause in db.session.execute(_CORRECTIONS, {"texts": later}):
            causes.setdefault(text_id, {})[version] = cause
        for on, number in db.session.execute(_PASSED_OVER, {"texts": later}):
            causes.setdefault(on, {})[int(number or 0)] = language.CAUSE
    return {text.id: language.base_version(causes.get(text.record_id, {}), text.version) for text in texts}


def proposer_of_words(text_id: str, field: str, until: int | None = None) -> int | None:
    """Returns the participant whose amendment gave a field its words, not counting corrections of the language; None where
    no participant's amendment did. The words are those the room is shown, or those of the version `until`."""
    if until is None:
        text = text_by(text_id)
        until = text.version if text is not None else 0
    shown = reversed(versions_of(text_id, until))
    last = next((row for row in shown if field in row.changed and row.cause != language.CAUSE), None)
    if last is None:
        return None
    found: Any = db.session.scalar(
        select(Amendment.participant_id).where(
            Amendment.on == text_id,
            Amendment.field == field,
            Amendment.in_version == last.version,
            Amendment.state == "accepted",
        )
    )
    return int(found) if found is not None else None


def who_may_confirm(amendment: Amendment) -> int | None:
    """Returns the participant who may confirm a correction: whoever proposed the words it corrects, unless the correction is
    their own. None where there is nobody, or nothing to confirm."""
    if amendment.variant != language.CAUSE or amendment.state != "open" or amendment.stale:
        return None
    proposer = proposer_of_words(amendment.on, amendment.field)
    return proposer if proposer != amendment.participant_id else None
