"""The checks of a goal, G01 to G15 (docs/rules.md section 2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from workshop.rules.checks.found import Check, Values, date_of, text_of
from workshop.rules.checks.words import has_vague_verb, is_nobody_in_particular, says_and_twice, says_unknown
from workshop.rules.dates import find_date, years_after
from workshop.rules.numbers import (
    Amount,
    has_amount,
    has_number,
    is_percent,
    read_amount,
    says_percent,
    target_amount,
)

LONGEST_CLEAR_TITLE = 140
YEARS_A_COUNCIL_SITS = 4
FIRST_STEP_DAYS = 60


@dataclass(frozen=True)
class GoalContext:
    """What a goal is checked against.

    `checked_in`: people checked in per group key (0 for a missing key). `idea_groups`: the name of the group on each idea
    the goal builds on, None where it has none. `lang`: the language that figures are written in.
    """

    today: date
    checked_in: Mapping[str, int] = field(default_factory=dict)
    idea_groups: tuple[str | None, ...] = ()
    lang: str = "da"


def check_goal(values: Values, context: GoalContext) -> list[Check]:
    """Returns all findings on a goal, in the order of their codes; at most one per code."""
    return [check for rule in _RULES for check in rule(values, context)]


def _indicator(values: Values, context: GoalContext) -> Iterator[Check]:
    if not text_of(values, "indicator"):
        yield Check("G01", "B", "indicator")


def _target(values: Values, context: GoalContext) -> Iterator[Check]:
    if not has_amount(text_of(values, "target"), context.lang):
        yield Check("G02", "B", "target")


def _baseline(values: Values, context: GoalContext) -> Iterator[Check]:
    """Treats a baseline that says "unknown" as missing, and a date in its text ("unknown, measured by …") as its date."""
    baseline = text_of(values, "baseline")
    known = bool(baseline) and not says_unknown(baseline)
    if not known and date_of(values, "baseline_date") is None and find_date(baseline) is None:
        yield Check("G03", "W", "baseline")


def _deadline(values: Values, context: GoalContext) -> Iterator[Check]:
    """Finds at most one of G04, G05 and G06. A text that is not a date counts as no deadline."""
    deadline = date_of(values, "deadline")
    if deadline is None:
        yield Check("G04", "B", "deadline")
    elif deadline <= context.today:
        yield Check("G05", "B", "deadline")
    elif deadline > years_after(context.today, YEARS_A_COUNCIL_SITS):
        yield Check("G06", "W", "deadline")


def _owner(values: Values, context: GoalContext) -> Iterator[Check]:
    """Blocks without an owner; warns where the owner is nobody in particular ("alle", "vi")."""
    owner = text_of(values, "owner")
    if not owner:
        yield Check("G07", "B", "owner")
    elif is_nobody_in_particular(owner):
        yield Check("G07", "W", "owner")


def _vague_title(values: Values, context: GoalContext) -> Iterator[Check]:
    title = text_of(values, "title")
    if has_vague_verb(title) and not has_number(title, context.lang):
        yield Check("G08", "W", "title")


def _moves(values: Values, context: GoalContext) -> Iterator[Check]:
    """Compares target and baseline where both are figures of the same kind, shares or not. "Up" and "at least" are wrong
    below the baseline, "down" and "at most" above it; of a range the end that goes further counts."""
    baseline, target = _figures(values, context)
    if baseline is None or target is None or target.change or target.share != baseline.share:
        return
    direction = text_of(values, "direction")
    wrong = (direction in ("up", "at_least") and target.high < baseline.low) or (
        direction in ("down", "at_most") and target.low > baseline.high
    )
    if wrong or target == baseline:
        yield Check("G09", "W", "target")


def _percent(values: Values, context: GoalContext) -> Iterator[Check]:
    _, target = _figures(values, context)
    if target is not None and not target.change and _in_percent(values) and not 0 <= target.low <= target.high <= 100:
        yield Check("G10", "W", "target")


def _two_goals(values: Values, context: GoalContext) -> Iterator[Check]:
    title = text_of(values, "title")
    if len(title) > LONGEST_CLEAR_TITLE or says_and_twice(title):
        yield Check("G11", "H", "title")


def _first_step(values: Values, context: GoalContext) -> Iterator[Check]:
    """Warns also where the first step has no date: it is then not known to be within sixty days."""
    due = date_of(values, "first_step_due")
    if not text_of(values, "first_step"):
        yield Check("G12", "W", "first_step")
    elif due is None or due > context.today + timedelta(days=FIRST_STEP_DAYS):
        yield Check("G12", "W", "first_step_due")


def _owner_here(values: Values, context: GoalContext) -> Iterator[Check]:
    """Asks only where the owner's group is known: from a name alone nobody can tell who is in the room."""
    group = text_of(values, "owner_group")
    if group and context.checked_in.get(group, 0) == 0:
        yield Check("G13", "W", "owner")


def _data_source(values: Values, context: GoalContext) -> Iterator[Check]:
    if not text_of(values, "data_source"):
        yield Check("G14", "W", "data_source")


def _one_sided(values: Values, context: GoalContext) -> Iterator[Check]:
    """Asks only where every idea carries the name of its group; otherwise the question would tell who wrote the others."""
    groups = set(context.idea_groups)
    if len(groups) == 1 and None not in groups:
        yield Check("G15", "W", "from_ideas")


def _figures(values: Values, context: GoalContext) -> tuple[Amount | None, Amount | None]:
    """Returns baseline and target as exact values, None where they are not figures."""
    text, percent = text_of(values, "baseline"), _in_percent(values)
    baseline = None if says_unknown(text) else read_amount(text, context.lang)
    if baseline is not None and percent:
        baseline = baseline.in_percent()
    level = None if baseline is None else baseline.high
    return baseline, target_amount(text_of(values, "target"), level, percent=percent, lang=context.lang)


def _in_percent(values: Values) -> bool:
    unit = text_of(values, "unit")
    return is_percent(unit) if unit else says_percent(text_of(values, "target"))


_RULES: tuple[Callable[[Values, GoalContext], Iterator[Check]], ...] = (
    _indicator,
    _target,
    _baseline,
    _deadline,
    _owner,
    _vague_title,
    _moves,
    _percent,
    _two_goals,
    _first_step,
    _owner_here,
    _data_source,
    _one_sided,
)
