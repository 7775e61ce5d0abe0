"""The state of the follow-up for the board and the console of a closed workshop, in the sentences of the public page."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from workshop.clock import today
from workshop.export.document import Agreement, Goal
from workshop.export.outcome import outcome
from workshop.export.promises import answered, kept, lines, reopened
from workshop.export.promises import items as presented
from workshop.export.promises import today as top
from workshop.export.promises.told import Record, Told
from workshop.models import Workshop
from workshop.rules.answers import OVERDUE
from workshop.screens.follow_up import follow_up


def standing(workshop: Workshop, lang: str) -> dict[str, Any]:
    """Returns what the public page says about every item, in short and in a language: `{handed_over, day, sentence,
    counters, late_heading, late, next_heading, next, heads, items, withheld}` (docs/protocol.md, "After the seminar"). It is
    shown to a whole room, so agreements that only their parties may read are always left out."""
    status = follow_up(workshop, today(), lambda item: not item.withheld)
    return said(Told(outcome(workshop, lang, public=True), status, today(), workshop.language))


def said(told: Told) -> dict[str, Any]:
    """Returns the content of `standing` from an outcome and its follow-up."""
    stands = top.today(told)
    withheld = told.outcome.withheld_agreements
    return {
        "handed_over": told.status["handover"] is not None,
        "day": stands.day,
        "sentence": stands.sentence,
        "counters": [asdict(one) for one in stands.counters],
        "late_heading": stands.late_heading,
        "late": [asdict(one) for one in stands.late],
        "next": [{"day": day, "what": list(what)} for day, what in stands.next],
        "next_heading": told.say("next.heading"),
        "heads": {
            "item": told.say("items.item"),
            **{key: {"name": name, "by": by} for key, (name, by) in presented.heads(told).items()},
        },
        "items": [_item(one, told) for one in presented.ordered(told)],
        "withheld": told.words("agreements.withheld", n=withheld) if withheld else "",
    }


def _item(one: Record, told: Told) -> Record:
    text = told.texts[one["id"]]
    stamp, done, reached = answered.stamp(one, told), lines.done(one, told), lines.reached(one, told)
    goals = [label for label, _ in presented.served(text, told)]
    return {
        "id": one["id"],
        "kind": one["kind"],
        "label": presented.label(text, told),
        "wording": told.title(one["id"]),
        "carried_by": _about(one, text, told),
        "ended": presented.state(one, told),
        "answer": {
            "words": stamp.short,
            "note": stamp.note if stamp.settled else "",
            "settled": stamp.settled,
            "overdue": one["answer"]["state"] in OVERDUE,
        },
        "done": {"words": done.heading, "note": done.note},
        "reached": reached.heading if reached else None,
        "see": told.say("reached.see.short", labels=", ".join(goals)) if goals else "",
        "kept": kept.kept(one, told).short,
    }


def _about(one: Record, text: object, told: Told) -> str:
    """Returns who is responsible for an item, and whether its agreement is reopened."""
    again = reopened.in_short(one, told.language)
    return ". ".join(part for part in (_carried_by(text, told), again) if part)


def _carried_by(text: object, told: Told) -> str:
    """Returns who is responsible for an item: "Ansvarlig: Ungechefen", or the parties of an agreement."""
    if isinstance(text, Goal):
        return _named(told.words("goal.owner"), text.owner)
    if isinstance(text, Agreement):
        return _named(told.say("item.parties"), told.words.listed(party.name for party in text.parties))
    return ""


def _named(label: str, name: str) -> str:
    return f"{label}: {name}" if name else ""
