"""The questions and statements of the panel, as they are shown beside the owners' reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workshop.clock import stamp
from workshop.models import PanelAnswer, PanelQuestion, PanelStatement
from workshop.rules.record_ids import RecordId


def questions(asked: Sequence[PanelQuestion], answers: Mapping[int, Sequence[PanelAnswer]]) -> list[dict[str, Any]]:
    """Returns the panel's questions about an item, oldest first, each `{id, words, at, answers: [{by, words, at}]}`."""
    return [
        {
            "id": str(RecordId(row.kind, row.id)),
            "words": row.words,
            "at": stamp(row.at),
            "answers": [{"by": one.by, "words": one.words, "at": stamp(one.at)} for one in answers.get(row.id, ())],
        }
        for row in asked
    ]


def statement(made: Sequence[PanelStatement]) -> dict[str, Any] | None:
    """Returns the panel's newest statement `{words, at, earlier: [{words, at}]}`; None where it made none."""
    if not made:
        return None
    earlier = [{"words": row.words, "at": stamp(row.at)} for row in made[:-1]]
    return {"words": made[-1].words, "at": stamp(made[-1].at), "earlier": earlier}
