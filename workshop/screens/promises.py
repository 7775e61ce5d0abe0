"""Reads everything that was said about a workshop's items after the seminar, with the same few statements for any number of
items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import select

from workshop.extensions import db
from workshop.models import (
    EndedAgreement,
    FollowUpDate,
    FollowUpLink,
    FollowUpReport,
    Handover,
    LineReport,
    LineVerdict,
    LookBack,
    OverdueCorrection,
    PanelAnswer,
    PanelQuestion,
    PanelStatement,
    PartyWord,
    PathStep,
    Postponement,
    ReceiverAnswer,
    Reopening,
    Workshop,
)

Row = TypeVar("Row")


@dataclass
class Promises:
    """The rows of a workshop by the record id of the item, in the order in which they were written (the path by its dates).
    Rows about all items are under None. `verdicts`, `question_answers` and `party_words` are by the row they belong to."""

    workshop: Workshop
    handovers: list[Handover] = field(default_factory=list)
    answers: dict[str | None, list[ReceiverAnswer]] = field(default_factory=dict)
    postponements: dict[str | None, list[Postponement]] = field(default_factory=dict)
    corrections: dict[str | None, list[OverdueCorrection]] = field(default_factory=dict)
    passed_to: dict[str | None, list[FollowUpLink]] = field(default_factory=dict)
    path: dict[str | None, list[PathStep]] = field(default_factory=dict)
    line_reports: dict[str | None, list[LineReport]] = field(default_factory=dict)
    verdicts: dict[int, list[LineVerdict]] = field(default_factory=dict)
    reports: dict[str | None, list[FollowUpReport]] = field(default_factory=dict)
    ended: dict[str | None, list[EndedAgreement]] = field(default_factory=dict)
    questions: dict[str | None, list[PanelQuestion]] = field(default_factory=dict)
    question_answers: dict[int, list[PanelAnswer]] = field(default_factory=dict)
    statements: dict[str | None, list[PanelStatement]] = field(default_factory=dict)
    reopenings: dict[str | None, list[Reopening]] = field(default_factory=dict)
    party_words: dict[int, list[PartyWord]] = field(default_factory=dict)
    look_backs: list[LookBack] = field(default_factory=list)
    dates: list[FollowUpDate] = field(default_factory=list)

    @property
    def handover(self) -> Handover | None:
        """Returns the handover that counts, the newest; None where there is none."""
        return self.handovers[-1] if self.handovers else None


def promises(workshop: Workshop) -> Promises:
    """Returns what was said about the workshop's items. Drafts of answers are left out."""
    published = [row for row in _all(ReceiverAnswer, workshop) if row.published_at is not None]
    # Sorted by publication, because a draft may have been begun before an answer that was published earlier.
    published.sort(key=lambda row: (row.published_at, row.id))
    verdicts: dict[int, list[LineVerdict]] = defaultdict(list)
    for verdict in _all(LineVerdict, workshop):
        verdicts[verdict.report_id].append(verdict)
    question_answers: dict[int, list[PanelAnswer]] = defaultdict(list)
    for answer in _all(PanelAnswer, workshop):
        question_answers[answer.question_id].append(answer)
    party_words: dict[int, list[PartyWord]] = defaultdict(list)
    for word in _all(PartyWord, workshop):
        party_words[word.reopening_id].append(word)
    receivers = select(FollowUpLink).where(
        FollowUpLink.workshop_id == workshop.id, FollowUpLink.role == "receiver", FollowUpLink.on.is_not(None)
    )
    dates = select(FollowUpDate).where(FollowUpDate.workshop_id == workshop.id).order_by(FollowUpDate.day)
    return Promises(
        workshop,
        _all(Handover, workshop),
        _by_item(published),
        _by_item(_all(Postponement, workshop)),
        _by_item(_all(OverdueCorrection, workshop)),
        _by_item(db.session.scalars(receivers.order_by(FollowUpLink.token_id))),
        _by_item(sorted(_all(PathStep, workshop), key=lambda step: (step.date, step.id))),
        _by_item(_all(LineReport, workshop)),
        dict(verdicts),
        _by_item(_all(FollowUpReport, workshop)),
        _by_item(_all(EndedAgreement, workshop)),
        _by_item(_all(PanelQuestion, workshop)),
        dict(question_answers),
        _by_item(_all(PanelStatement, workshop)),
        _by_item(_all(Reopening, workshop)),
        dict(party_words),
        _all(LookBack, workshop),
        list(db.session.scalars(dates)),
    )


def _all(model: Any, workshop: Workshop) -> list[Any]:
    return list(db.session.scalars(select(model).where(model.workshop_id == workshop.id).order_by(model.id)))


def _by_item(rows: Iterable[Row]) -> dict[str | None, list[Row]]:
    found: dict[str | None, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.on].append(row)  # type: ignore[attr-defined]
    return dict(found)
