"""Reading what is kept of a text's versions: which of them differ in language only, and who proposed the present words."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from ..extensions import db
from ..rules import language
from .texts import Agreement, Amendment, Goal, TextVersion


def versions_of(subject: str) -> list[TextVersion]:
    """Every version of a text, the first first."""
    rows = select(TextVersion).where(TextVersion.subject == subject).order_by(TextVersion.version)
    return list(db.session.scalars(rows))


def base_version(text: Goal | Agreement) -> int:
    """The version whose words the present ones are, but for corrections of the language (docs/rules.md section 1)."""
    return base_of(text.record_id, text.version)


def base_of(subject: str, version: int) -> int:
    """The same for any version of a text."""
    if version < 2:
        return version
    causes = db.session.execute(
        select(TextVersion.version, TextVersion.cause).where(
            TextVersion.subject == subject, TextVersion.cause == language.CAUSE
        )
    )
    return language.base_version(dict(causes.all()), version)


def proposer_of_words(subject: str, field: str) -> int | None:
    """The participant whose amendment gave a field its present words, corrections of the language left out; None where
    they are not from the floor."""
    last = next(
        (row for row in reversed(versions_of(subject)) if field in row.changed and row.cause != language.CAUSE), None
    )
    if last is None:
        return None
    found: Any = db.session.scalar(
        select(Amendment.participant_id).where(
            Amendment.on == subject,
            Amendment.field == field,
            Amendment.in_version == last.version,
            Amendment.state == "accepted",
        )
    )
    return int(found) if found is not None else None


def may_confirm(amendment: Amendment, participant_id: int) -> bool:
    """Whether a participant may confirm a correction: one of words that they proposed, and not their own."""
    return (
        amendment.sort == language.CAUSE
        and amendment.state == "open"
        and not amendment.stale
        and amendment.participant_id != participant_id
        and proposer_of_words(amendment.on, amendment.field) == participant_id
    )
