"""The checks of an agreement, A01 to A10 (docs/rules.md section 2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from workshop.rules.checks.found import Check, Values, date_of, rows_of, text_of
from workshop.rules.checks.words import says_decided
from workshop.rules.fields import AGREEMENT, MANDATES, is_open
from workshop.rules.mandate import ONLY_ADVICE

MOST_OF_THE_BURDEN = Fraction(4, 5)


@dataclass(frozen=True)
class LinkedGoal:
    """A goal that the agreement serves: its deadline, and whether it has open B checks or was left behind."""

    deadline: date | None = None
    blocked: bool = False


@dataclass(frozen=True)
class AgreementContext:
    """What an agreement is checked against.

    `version`: the version being checked, not counting versions that only correct the language. `stances_on`: the version
    that the newest stances were taken on, None where there are none. `goals_moved`: a goal it serves has changed since
    then in more than its language.
    """

    today: date
    goals: tuple[LinkedGoal, ...] = ()
    decision_level: str | None = None
    version: int = 1
    stances_on: int | None = None
    goals_moved: bool = False


def check_agreement(values: Values, context: AgreementContext) -> list[Check]:
    """Returns all findings on an agreement, in the order of their codes; A02 and A03 once per party."""
    return [check for rule in _RULES for check in rule(values, context)]


def _two_sides(values: Values, context: AgreementContext) -> Iterator[Check]:
    parties = rows_of(values, "parties")
    groups = {text_of(party, "group") for party in parties} - {""}
    if len(parties) < 2 or len(groups) < 2:
        yield Check("A01", "B", "parties")


def _contributions(values: Values, context: AgreementContext) -> Iterator[Check]:
    giving = {_name(row, "party") for row in rows_of(values, "contributions") if text_of(row, "what")}
    for party in rows_of(values, "parties"):
        if _name(party, "name") not in giving:
            yield Check("A02", "B", "contributions", text_of(party, "name"))


def _mandates(values: Values, context: AgreementContext) -> Iterator[Check]:
    """Blocks for a party without a mandate; warns for one that must ask, but does not say whom or by when."""
    mandates = {_name(row, "party"): row for row in rows_of(values, "mandates")}
    for party in rows_of(values, "parties"):
        mandate = mandates.get(_name(party, "name"), {})
        kind = text_of(mandate, "kind")
        if kind not in MANDATES:
            yield Check("A03", "B", "mandates", text_of(party, "name"))
        elif kind == "must_ask" and not (text_of(mandate, "ask_whom") and date_of(mandate, "by_when")):
            yield Check("A03", "W", "mandates", text_of(party, "name"))


def _review(values: Values, context: AgreementContext) -> Iterator[Check]:
    """Blocks where there is no date of review or it is past; warns where it is after the deadline of a goal. A review today
    is not past."""
    review = date_of(values, "review_date")
    if review is None or review < context.today:
        yield Check("A04", "B", "review_date")
    elif any(goal.deadline is not None and review > goal.deadline for goal in context.goals):
        yield Check("A04", "W", "review_date")


def _disagreement(values: Values, context: AgreementContext) -> Iterator[Check]:
    if not text_of(values, "disagreement"):
        yield Check("A05", "B", "disagreement")


def _way_out(values: Values, context: AgreementContext) -> Iterator[Check]:
    """Warns where the terms of leaving or the notice are missing, naming the first. A notice of 0 days is not missing."""
    for name in ("exit_terms", "notice_days"):
        if is_open(values.get(name)):
            yield Check("A06", "W", name)
            return


def _burden(values: Values, context: AgreementContext) -> Iterator[Check]:
    """Counts each contribution as one, for the group of its party."""
    group_of = {_name(party, "name"): text_of(party, "group") for party in rows_of(values, "parties")}
    given = [row for row in rows_of(values, "contributions") if text_of(row, "what")]
    carried = Counter(group_of.get(_name(row, "party"), "") for row in given)
    heaviest = max((count for group, count in carried.items() if group), default=0)
    if heaviest and Fraction(heaviest, carried.total()) > MOST_OF_THE_BURDEN:
        yield Check("A07", "W", "contributions")


def _goals(values: Values, context: AgreementContext) -> Iterator[Check]:
    if any(goal.blocked for goal in context.goals):
        yield Check("A08", "B", "goals")


def _words(values: Values, context: AgreementContext) -> Iterator[Check]:
    """Looks at every text of the agreement and at what the contributions promise, and names the first field that says
    "decided"."""
    if context.decision_level not in ONLY_ADVICE:
        return
    for field in AGREEMENT:
        if field.kind in ("text", "longtext") and says_decided(text_of(values, field.name)):
            yield Check("A09", "W", field.name)
            return
    if any(says_decided(text_of(row, "what")) for row in rows_of(values, "contributions")):
        yield Check("A09", "W", "contributions")


def _same_text(values: Values, context: AgreementContext) -> Iterator[Check]:
    moved = context.goals_moved or (context.stances_on is not None and context.stances_on < context.version)
    if moved:
        yield Check("A10", "B", "version")


def _name(row: Values, field: str) -> str:
    """Returns a party's name as it is compared: without regard to case and spaces."""
    return " ".join(text_of(row, field).casefold().split())


_RULES: tuple[Callable[[Values, AgreementContext], Iterator[Check]], ...] = (
    _two_sides,
    _contributions,
    _mandates,
    _review,
    _disagreement,
    _way_out,
    _burden,
    _goals,
    _words,
    _same_text,
)
