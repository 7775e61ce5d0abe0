"""Makes the plot of a goal, and the table beside it, from the goal and its reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from babel.dates import format_date
from markupsafe import Markup

from workshop.clock import day_of
from workshop.export.document import Goal
from workshop.export.parts.goals import with_unit
from workshop.export.promises import plots
from workshop.export.promises.lines import aim, deadline
from workshop.export.promises.told import Record, Told, anchor
from workshop.rules.dates import parse_date
from workshop.rules.measures import aim_of

LONGEST_TEXT = 16
"""Characters; a value that is longer than this with its unit is written at its dot without the unit."""


@dataclass(frozen=True)
class Drawn:
    """A plot and its table: caption, and rows of day, value and source."""

    plot: Markup
    caption: str
    rows: tuple[tuple[str, str, str], ...]


def drawn(item: Record, goal: Goal, told: Told) -> Drawn | None:
    """Returns the plot of a goal; None before something was measured."""
    found = item["reached"]
    if not found["values"]:
        return None
    values = [
        plots.Value(date.fromisoformat(one["value_date"]), Fraction(one["number"]), one["value"])
        for one in sorted(found["values"], key=lambda one: one["value_date"])
    ]
    baseline = _baseline(goal, told)
    rows = [
        (_short(goal.baseline_date, told) or told.say("plot.start"), with_unit(goal.baseline, goal.unit), goal.data_source)
    ]
    rows = rows if baseline else []
    rows += [
        (_short(one["value_date"], told), with_unit(one["value"], goal.unit), one["source"] or "")
        for one in sorted(found["values"], key=lambda one: one["value_date"])
    ]
    shown = [*values[:-1], plots.Value(values[-1].on, values[-1].value, _brief(values[-1].text, goal.unit))]
    curve = plots.Curve(
        values=shown,
        targets=list(targets(goal, told)),
        upward=goal.direction not in ("at_most", "down"),
        baseline=baseline,
        deadline=parse_date(goal.deadline),
        title=told.say("plot.title", label=goal.label, what=goal.indicator or goal.title),
        told=_in_words(item, goal, rows, told),
        baseline_text=told.say("plot.baseline", value=_brief(goal.baseline, goal.unit)) if baseline else "",
    )
    first, last = plots.span(curve)
    ends = "plot.deadline" if curve.deadline == last else "plot.last"
    curve = plots.with_ends(curve, _month(first, told), told.say(ends, month=_month(last, told)))
    return Drawn(plots.draw(curve, f"{anchor(goal.id)}-plot"), told.say("plot.caption", label=goal.label), tuple(rows))


def _brief(text: str, unit: str) -> str:
    whole = with_unit(text, unit)
    return whole if len(whole) <= LONGEST_TEXT else text


def _short(text: str, told: Told) -> str:
    """Returns a day in a short form for a narrow table; a text that is no day is not changed."""
    day = parse_date(text)
    pattern = "d. MMM y" if told.language == "da" else "d MMM y"
    return format_date(day, pattern, locale=told.words.locale) if day is not None else text


def _month(day: date, told: Told) -> str:
    return format_date(day, "MMM y", locale=told.words.locale)


def _aim(goal: Goal, target: str, told: Told) -> Fraction | None:
    fields = {name: getattr(goal, name) for name in ("baseline", "unit", "direction", "deadline")}
    return aim_of({**fields, "target": target}, told.written_in).target


def _baseline(goal: Goal, told: Told) -> plots.Value | None:
    fields = {name: getattr(goal, name) for name in ("baseline", "unit", "direction", "target")}
    value = aim_of(fields, told.written_in).baseline
    if value is None:
        return None
    return plots.Value(parse_date(goal.baseline_date) or told.outcome.held_on, value, goal.baseline)


def targets(goal: Goal, told: Told) -> Iterator[plots.Target]:
    """Yields the targets, the oldest first. A new one applies from the day on which a version with another target was
    carried."""
    carried = sorted(
        (one.closed_at, one.subject_version, one.number)
        for one in told.outcome.decisions
        if one.subject.id == goal.id and one.outcome == "ratified" and one.closed_at is not None
    )
    found: list[tuple[date | None, str, int | None]] = []
    for at, version, number in carried:
        target = target_in(goal, version)
        if not found or found[-1][1] != target:
            found.append((day_of(at) if found else None, target, number))
    if not found:
        found = [(None, goal.target, None)]
    several = len(found) > 1
    for on, target, edition in found:
        value = _aim(goal, target, told)
        if value is None:
            continue
        text = told.say("plot.target", target=_brief(_with_aim(goal, target, told), ""))
        yield plots.Target(on, value, f"{text} {told.say('plot.version', n=edition)}" if several and edition else text)


def _with_aim(goal: Goal, target: str, told: Told) -> str:
    whole = with_unit(target, goal.unit)
    whole = whole if len(whole) <= LONGEST_TEXT else target
    return (
        told.say(f"aim.{goal.direction}", target=whole) if goal.direction in ("at_least", "at_most", "up", "down") else whole
    )


def target_in(goal: Goal, version: int) -> str:
    """Returns the target of a version, by undoing the later changes."""
    target = goal.target
    for revision in reversed(goal.revisions):
        if revision.last > version:
            for change in revision.changes:
                target = str(change.old or "") if change.field == "target" else target
    return target


def _in_words(item: Record, goal: Goal, rows: list[tuple[str, str, str]], told: Told) -> str:
    """Returns the plot as sentences, for readers who use a screen reader."""
    said = ["; ".join(f"{day}: {value}" for day, value, _ in rows) + "."]
    if aim(item, told):
        said.append(told.say("plot.told.target", aim=aim(item, told)))
    if goal.deadline:
        said.append(deadline(goal.deadline, told))
    return " ".join([*said, told.say("plot.told.hatched")])
