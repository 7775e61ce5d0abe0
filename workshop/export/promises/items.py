"""One item of the follow-up in full: its text, how the groups decided, the answer, the three measures (done, reached, kept),
the reports, the meetings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workshop.catalogue import t
from workshop.export.document import Agreement, Decision, Goal, GroupResult
from workshop.export.parts import agreements, decisions, goals, history, method
from workshop.export.promises import answered, kept, lines, reopened
from workshop.export.promises.curves import Drawn, drawn
from workshop.export.promises.dates import is_cancelled, next_report, steps
from workshop.export.promises.told import Record, Text, Told, anchor

STATUS = ("what_worked", "what_went_wrong", "lesson")


@dataclass(frozen=True)
class InGroup:
    """The result in one group: its name and marks, its status, and what was required of it and why."""

    name: str
    marks: tuple[int, ...]
    status: str
    requires: str


@dataclass(frozen=True)
class Decided:
    """How the room decided: whether the decision was carried (`good`), a sentence, the room's counts, and each group."""

    good: bool
    sentence: str
    room: str
    groups: tuple[InGroup, ...]


@dataclass(frozen=True)
class Report:
    """A report of an owner: when and by whom, three labelled texts, and a note with the measured value, the owner's own status
    and the next date."""

    heading: str
    on: str
    by: str
    parts: tuple[tuple[str, str], ...]
    note: str


@dataclass(frozen=True)
class Item:
    """One item as the page shows it. `facts` are its owner, deadline and next report; `terms` are the other fields of its
    text."""

    id: str
    kind: str
    label: str
    version: str
    wording: str
    facts: tuple[tuple[str, str], ...]
    state: str
    decided: Decided | None
    answer: answered.Stamp
    done: lines.Done
    reached: lines.Reached | None
    see_goals: tuple[tuple[str, str], ...]
    kept: kept.Kept
    drawn: Drawn | None
    reports: tuple[Report, ...]
    path: tuple[str, ...]
    terms: tuple[tuple[str, str], ...]
    intention: bool
    missing: tuple[str, ...]
    reopened: tuple[reopened.NewVersion, ...] = ()


def heads(told: Told) -> dict[str, tuple[str, str]]:
    """Returns the columns of the overview by key: the name of each measure, and who decides it."""
    by = {"answer": told.say("line.answer.from")}
    lines_ = {key: told.say(f"line.{key}.by") for key in ("done", "reached", "kept")}
    return {key: (told.say(f"line.{key}"), said) for key, said in (by | lines_).items()}


def ordered(told: Told) -> list[Record]:
    """Returns the items in the order of the page: goals first, because agreements serve them, and intentions last."""
    order = {"goal": 0, "agreement": 1, "idea": 2}
    return sorted(told.items, key=lambda item: (item["intention"], order[item["kind"]]))


def items(told: Told) -> list[Item]:
    """Returns every item as the page shows it."""
    return [item(one, told) for one in ordered(told)]


def item(one: Record, told: Told) -> Item:
    """Returns one item as the page shows it."""
    text, words = told.texts[one["id"]], told.words
    decision = told.outcome.decision_on(text) if isinstance(text, (Goal, Agreement)) else None
    return Item(
        id=anchor(one["id"]),
        kind=one["kind"],
        label=label(text, told),
        version=_version(text, decision, told),
        wording=told.title(one["id"]),
        facts=tuple((label, value) for label, value in _facts(one, text, told) if value),
        state=state(one, told),
        decided=_decided(decision, told) if decision else None,
        answer=answered.stamp(one, told),
        done=lines.done(one, told),
        reached=lines.reached(one, told),
        see_goals=served(text, told),
        kept=kept.kept(one, told),
        drawn=drawn(one, text, told) if isinstance(text, Goal) else None,
        reports=tuple(_report(report, told) for report in reversed(one["reports"])),
        path=tuple(_station(step, told) for step, on in steps(told) if on == one["id"]),
        terms=_terms(text, told),
        intention=one["intention"],
        missing=agreements.open_points(text, words) if isinstance(text, Agreement) and one["intention"] else (),
        reopened=reopened.of_item(one, told),
    )


def label(text: Text, told: Told) -> str:
    """Returns the name of an item: "Mål 2", "Aftale A", "Forsøg B"."""
    return agreements.heading(text, told.words) if isinstance(text, Agreement) else text.label


def _version(text: Text, decision: Decision | None, told: Told) -> str:
    if not isinstance(text, (Goal, Agreement)):
        return ""
    number = decision.number if decision else history.number(text, text.version)
    return told.words("version", version=number)


def _facts(one: Record, text: Text, told: Told) -> Iterator[tuple[str, str]]:
    if isinstance(text, Goal):
        yield told.words("goal.owner"), text.owner
        yield told.words("goal.deadline"), told.day(text.deadline)
    if isinstance(text, Agreement):
        yield told.say("item.parties"), told.words.listed(party.name for party in text.parties)
        yield told.words("term.review_date"), told.day(text.review_date)
    if not is_cancelled(one):
        yield told.say("item.next"), told.day(next_report(one, told.status["dates"], told.today))


def state(one: Record, told: Told) -> str:
    """Returns a sentence for an item that is not continued: ended, by whom and why, or dropped; else an empty text."""
    ended = one["ended"]
    if ended is not None:
        by = told.say("organiser") if ended["by"] == "organiser" else ended["by"]
        return told.say(
            "item.ended", by=by, on=told.day(ended["said_on"]), day=told.day(ended["from"]), reason=ended["reason"]
        )
    return told.say("item.dropped") if is_cancelled(one) else ""


def _decided(decision: Decision, told: Told) -> Decided:
    carried = decision.outcome == "ratified"
    state = t(f"mandate.result.{told.words.level}", told.language) if carried else ""
    by = told.say("item.by_cards") if decision.electorate == "cards" else ""
    return Decided(
        carried,
        " ".join(part for part in (state and f"{state}.", told.words.in_short(decision), by) if part),
        told.words.overall(decision),
        tuple(_in_group(group, decision, told) for group in decision.groups),
    )


def _in_group(group: GroupResult, decision: Decision, told: Told) -> InGroup:
    status = decisions.status(group, decision.rules, told.words).text
    required = decisions.required(group, decision.rules, told.words, lambda share: method.fraction(share, told.words))
    return InGroup(group.name, group.marks, status, told.say("item.requires", what=required))


def served(text: Text, told: Told) -> tuple[tuple[str, str], ...]:
    """Returns the goals of an agreement that are on the page, each with its anchor."""
    if not isinstance(text, Agreement):
        return ()
    return tuple((goal.label, anchor(goal.id)) for goal in text.goals if goal.id in told.by_id)


def _report(one: Record, told: Told) -> Report:
    corrected = (
        told.say("report.corrected") if one["corrected_by"] else told.say("report.corrects") if one["corrects"] else ""
    )
    value = told.say("report.value", value=one["value"], day=told.day(one["value_date"])) if one["value"] else ""
    status = told.say("report.status", status=told.say(f"status.{one['status']}"))
    following = told.say("report.next", day=told.day(one["next_date"])) if one["next_date"] else ""
    return Report(
        told.say("report.heading", day=told.day(one["date"])),
        told.day(one["date"]),
        told.say("report.by", party=one["party"]),
        tuple((told.say(f"report.{key}"), one[key]) for key in STATUS if one[key]),
        " ".join(part for part in (corrected, value, status, following) if part),
    )


def _station(step: Record, told: Told) -> str:
    parts = (step["title"], step["case_number"] and told.say("path.case", number=step["case_number"]), step["outcome"])
    return f"{told.day(step['date'])}, {step['body']}: {'. '.join(part.rstrip('.') for part in parts if part)}."


def _terms(text: Text, told: Told) -> tuple[tuple[str, str], ...]:
    if isinstance(text, Goal):
        measure = (told.words("goal.measure"), goals.measure(text, told.words))
        rest = goals.particulars(text, told.words).pairs
        return tuple(pair for pair in (measure, *rest) if pair[1])
    if isinstance(text, Agreement):
        given = tuple((agreements.named(party), agreements.mandate(party, told.words)) for party in text.parties)
        return tuple(pair for pair in (*given, *agreements.terms(text, told.words).pairs) if pair[1])
    return ()
