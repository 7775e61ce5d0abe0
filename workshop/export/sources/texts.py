"""Reads the present goals, agreements and commitments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from workshop.export import document as d
from workshop.export.sources.history import revisions
from workshop.export.sources.reading import Reading
from workshop.extensions import db
from workshop.models import Agreement, Commitment, Goal, text_versions

_GOAL_TEXTS = (
    "challenge", "target_group", "indicator", "unit", "data_source", "baseline", "baseline_date", "target",
    "direction", "deadline", "owner", "contributors", "decision_level", "first_step", "first_step_due",
)  # fmt: skip
_AGREEMENT_TEXTS = (
    "decision_rule", "ground_rules", "disagreement", "resources", "review_date", "end_date", "exit_terms",
    "what_we_try", "how_we_will_know", "stop_or_widen",
)  # fmt: skip


def goals(reading: Reading) -> tuple[d.Goal, ...]:
    """Returns every goal that was not dropped."""
    return tuple(_goal(row, reading) for row in reading.goals)


def _goal(row: Goal, reading: Reading) -> d.Goal:
    content = row.content
    return d.Goal(
        id=row.record_id,
        label=reading.labels[row.record_id],
        standing=reading.standing(row),
        version=row.version,
        base_version=text_versions.base_version(row),
        title=_text(content, "title"),
        from_ideas=reading.references(content.get("from_ideas") or ()),
        open_checks=_checks(row),
        revisions=revisions(row, reading),
        **{name: _text(content, name) for name in _GOAL_TEXTS},
    )


def agreements(reading: Reading) -> tuple[d.Agreement, ...]:
    """Returns every agreement this document shows."""
    return tuple(_agreement(row, reading) for row in reading.agreements)


def _agreement(row: Agreement, reading: Reading) -> d.Agreement:
    content = row.content
    days = content.get("notice_days")
    return d.Agreement(
        id=row.record_id,
        label=reading.labels[row.record_id],
        standing=reading.standing(row),
        version=row.version,
        base_version=text_versions.base_version(row),
        kind=_text(content, "kind") or "agreement",
        purpose=_text(content, "purpose"),
        goals=reading.references(content.get("goals") or ()),
        parties=_parties(content, reading),
        openness=_text(content, "openness"),
        notice_days=int(days) if isinstance(days, int) else None,
        dissent=tuple(str(words) for words in content.get("dissent") or ()),
        open_checks=_checks(row),
        revisions=revisions(row, reading),
        **{name: _text(content, name) for name in _AGREEMENT_TEXTS},
    )


def _parties(content: Mapping[str, Any], reading: Reading) -> tuple[d.Party, ...]:
    """Returns the parties with their contributions and mandates, which are matched by the party's name."""
    gives, bound = content.get("contributions") or (), content.get("mandates") or ()
    parties = []
    for party in content.get("parties") or ():
        name = _text(party, "name")
        mandate: Mapping[str, Any] = next((one for one in bound if _text(one, "party") == name), {})
        parties.append(
            d.Party(
                name=name,
                group=reading.group_name(_text(party, "group")),
                contributions=tuple(_contribution(one, reading) for one in gives if _text(one, "party") == name),
                mandate=_text(mandate, "kind"),
                ask_whom=_text(mandate, "ask_whom"),
                answer_by=_text(mandate, "by_when"),
            )
        )
    return tuple(parties)


def _contribution(one: Mapping[str, Any], reading: Reading) -> d.Contribution:
    contact = "" if reading.public else _text(one, "contact")
    return d.Contribution(_text(one, "what"), _text(one, "how_much"), _text(one, "by_when"), contact)


def _checks(row: Goal | Agreement) -> tuple[d.Check, ...]:
    return tuple(d.Check(check["code"], check["severity"], check.get("field")) for check in row.checks)


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    return "" if value is None else str(value)


def commitments(reading: Reading) -> tuple[d.Commitment, ...]:
    """Returns the commitments. The group of somebody without a name is shown only where it is large enough."""
    rows = db.session.scalars(
        select(Commitment).where(Commitment.workshop_id == reading.workshop.id).order_by(Commitment.id)
    )
    shown = [row for row in rows if row.on in reading.labels and row.on not in reading.withheld]
    made = [
        d.Commitment(
            on=reading.reference(row.on),
            standing=row.standing,
            name=row.name,
            group=reading.name_by_id(row.group_id) if row.name else reading.label(row.group_id),
            words=row.words,
        )
        for row in shown
    ]
    return tuple(sorted(made, key=lambda one: (one.on.label, one.name is None, one.name or "", one.group or "")))
