"""The table of ideas on the public page: what each idea became, and the present state of that."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.export.document import Agreement, Goal, Idea, Reference
from workshop.export.promises import answered, lines
from workshop.export.promises.told import Told

SHOWN = 12
"""The number of ideas that are shown; the others are folded."""


@dataclass(frozen=True)
class Row:
    """One idea: its name and text, what became of it in the room, and what has happened since."""

    label: str
    text: str
    agreed: str
    happened: str


@dataclass(frozen=True)
class Ideas:
    """All ideas: a sentence with their number, those that are shown, and those that are folded."""

    lead: str
    first: tuple[Row, ...]
    rest: tuple[Row, ...]


def ideas(told: Told) -> Ideas | None:
    """Returns what became of each idea, first of those that became part of a text; None without ideas."""
    found = told.outcome.ideas
    if not found:
        return None
    taken = [one for one in found if _became(one, told)]
    rows = [_row(one, told) for one in sorted(found, key=lambda one: one not in taken)]
    lead = told.say("ideas.lead", n=len(found), taken=len(taken), left=len(found) - len(taken))
    return Ideas(lead, tuple(rows[:SHOWN]), tuple(rows[SHOWN:]))


def _became(idea: Idea, told: Told) -> tuple[Reference, ...]:
    """Returns the texts an idea is part of: first by itself, then through the idea into which it was merged."""
    merged = told.texts.get(idea.merged_into.id) if idea.merged_into else None
    through = merged.became if isinstance(merged, Idea) else ()
    return tuple(dict.fromkeys((*idea.became, *through)))


def _row(idea: Idea, told: Told) -> Row:
    became = _became(idea, told)
    agreed = [_agreed(one, told) for one in became]
    if idea.merged_into is not None:
        agreed.insert(0, told.words("ideas.merged_into", idea=idea.merged_into.label))
    if not agreed and not idea.chosen:
        chosen_from = any(ballot.shortlist for ballot in told.outcome.ballots)
        agreed = [told.say("ideas.not_chosen" if chosen_from else "ideas.not_taken")]
    if idea.id in told.by_id:
        agreed, became = [told.say("ideas.chosen")], (Reference(idea.id, idea.label, idea.text),)
    happened = [said for one in became if (said := _happened(one, told))]
    return Row(
        idea.label,
        idea.text,
        " ".join(agreed) or told.say("ideas.chosen_only"),
        " ".join(dict.fromkeys(happened)) or told.say("ideas.nothing"),
    )


def _agreed(one: Reference, told: Told) -> str:
    """Returns the name of a text; for one that was not agreed also why."""
    text = told.texts.get(one.id)
    if not isinstance(text, (Goal, Agreement)) or text.standing == "agreed":
        return f"{one.label}."
    if text.standing == "intention":
        return told.say("ideas.intention", label=one.label)
    decision = told.outcome.decision_on(text)
    if decision is None:
        return told.say("ideas.unfinished", label=one.label)
    return f"{one.label}: {told.words.in_short(decision)}"


def _happened(one: Reference, told: Told) -> str:
    """Returns the state of an item in short: the receiver's answer, then the measured value or what was delivered."""
    item = told.by_id.get(one.id)
    if item is None:
        return ""
    reached = lines.reached(item, told)
    parts = [answered.stamp(item, told).short]
    if reached is not None and item["reached"]["value"] is not None:
        parts.append(reached.short)
    elif item["lines"]:
        parts.append(told.say("ideas.done", done=lines.done(item, told).short))
    return f"{one.label}: {'. '.join(part.rstrip('.') for part in parts)}."
