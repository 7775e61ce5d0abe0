"""Disclosure: the one place that decides which counts of a secret vote are published.

The rule is docs/rules.md section 7.

What a *view* shows of one group or of the whole room:

- `NOTHING`: fewer people than the privacy minimum in the group or among its ballots. Only a status.
- `BAND`: under ten people. Which of four bands y/d lies in.
- `FEW`: ten or more, but at most two on one side. "At most 2", and neither the other side nor the blanks.
- `EXACT`: ten or more, and at least three on both sides. Counts. Also a group that votes openly.

The total is shown by the same rule as a group as large as the room, and then only as far as nobody can
subtract the groups from it (`workshop.rules.subtraction`), not even somebody who knows how many of each group
voted, and this program. What is always published, whatever it gives away:
statuses, the outcome, which ideas were chosen and in which order, turnout of the whole room, and people in a
group. A band of a group of five to eight in which everybody voted may hold one whole number; it never holds
only "none" or only "all".
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from math import prod

from workshop.rules.subtraction import Pair, Possible, few_enough, may_show_beside, totals_to_show

BANDS: tuple[str, ...] = ("under 1/3", "1/3-1/2", "1/2-2/3", "over 2/3")
FEW_AT_MOST = 2
COUNTS_FROM = 10
BANDS_FROM = 5


class Kind(Enum):
    NOTHING = "nothing"
    BAND = "band"
    FEW = "few"
    EXACT = "exact"


@dataclass(frozen=True)
class Counts:
    """One secret vote on one thing by one group (or the room). `eligible` is people, the rest are ballots.

    `open` is a group that votes with names visible, by its own choice.
    """

    eligible: int
    yes: int
    against: int
    blank: int = 0
    open: bool = False

    @property
    def cast(self) -> int:
        return self.yes + self.against + self.blank

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.eligible + other.eligible,
            self.yes + other.yes,
            self.against + other.against,
            self.blank + other.blank,
        )


@dataclass(frozen=True)
class View:
    """What is shown: the kind, and with it the band, or on which sides there are at most two."""

    kind: Kind
    band: str | None = None
    few_yes: bool = False
    few_against: bool = False

    @property
    def exact(self) -> bool:
        return self.kind is Kind.EXACT


def few_answers(view: View) -> dict[str, dict[str, int] | None]:
    """Of the answers to a statement, where a side has at most two: that, and nothing of the other side and the passes."""
    at_most = {"at_most": FEW_AT_MOST}
    return {
        "agree": at_most if view.few_yes else None,
        "pass": None,
        "disagree": at_most if view.few_against else None,
    }


NOTHING = View(Kind.NOTHING)
EXACT = View(Kind.EXACT)

GroupStatus = Callable[[str, Counts], Hashable]
TotalStatus = Callable[[Counts], Hashable]


@dataclass(frozen=True)
class Disclosure:
    """The views of every group and of the whole room, made together so that none can be subtracted."""

    by_group: dict[str, View]
    total: View


def band(yes: int, against: int) -> str | None:
    """The band of y/d; a tie lies under one half and two thirds is not "over". `None` without any position."""
    d = yes + against
    if d == 0:
        return None
    if 3 * yes < d:
        return BANDS[0]
    if 2 * yes <= d:
        return BANDS[1]
    return BANDS[2] if 3 * yes <= 2 * d else BANDS[3]


def surely_over_two_thirds(cast: int) -> bool:
    """Whether all but at most two of so many ballots are over two thirds, however many are missing: from seven ballots
    on. Of five it may be three, of six four."""
    return band(cast - FEW_AT_MOST, FEW_AT_MOST) == BANDS[-1]


def fewest_ballots(privacy_minimum: int) -> int:
    """Under this many ballots nothing but a status is shown.

    A privacy minimum of three or four lets a group have its own threshold, but a band of three or four people
    would be their counts: bands and counts start at five.
    """
    return max(privacy_minimum, BANDS_FROM)


def view(counts: Counts, privacy_minimum: int) -> View:
    """What may be shown of these counts when nothing else is known."""
    if counts.open:
        return EXACT
    fewest = fewest_ballots(privacy_minimum)
    if counts.eligible < fewest or counts.cast < fewest:
        return NOTHING
    if counts.eligible < COUNTS_FROM:
        return View(Kind.BAND, band=band(counts.yes, counts.against))
    few_yes, few_against = counts.yes <= FEW_AT_MOST, counts.against <= FEW_AT_MOST
    if few_yes or few_against:
        return View(Kind.FEW, few_yes=few_yes, few_against=few_against)
    return EXACT


def of_choices(groups: Mapping[str, Counts], privacy_minimum: int) -> Disclosure:
    """The disclosure of one option where everybody who voted either chose it or did not (approval, dots)."""
    return _disclosure(groups, privacy_minimum, lambda *_: None, lambda *_: None, two_way=True)


def of_answers(
    groups: Mapping[str, Counts],
    privacy_minimum: int,
    group_status: GroupStatus = lambda *_: None,
    total_status: TotalStatus = lambda *_: None,
) -> Disclosure:
    """The disclosure of yes, against and blank (stances, or agree, disagree and pass).

    `group_status(group, counts)` and `total_status(counts)` are what is published of them in any case.
    """
    return _disclosure(groups, privacy_minimum, group_status, total_status, two_way=False)


def _disclosure(
    groups: Mapping[str, Counts], k: int, group_status: GroupStatus, total_status: TotalStatus, two_way: bool
) -> Disclosure:
    by_group = {group: view(counts, k) for group, counts in groups.items()}
    hidden = _hidden(groups, k)
    if not hidden:
        return Disclosure(by_group, EXACT if groups else NOTHING)
    possible = [_possible(group, groups[group], k, group_status, two_way) for group in hidden]
    total_view = _views_of_total(groups, possible, k, total_status, two_way)
    return Disclosure(by_group, total_view(_pair(whole_room(groups.values()), two_way)))


def _views_of_total(
    groups: Mapping[str, Counts], possible: list[Possible], k: int, status: TotalStatus, two_way: bool
) -> Callable[[Pair], View]:
    """What is shown of any total that these groups may have, knowing how many voted."""
    total = whole_room(groups.values())
    hidden = _hidden(groups, k)
    known = whole_room(counts for group, counts in groups.items() if group not in hidden)

    def of_total(yes: int, against: int) -> Counts:
        if two_way:
            return Counts(total.eligible, yes, total.cast - yes)
        return Counts(total.eligible, yes, against, total.cast - yes - against)

    def ruled(yes: int, against: int) -> View:
        return view(of_total(yes, against), k)

    def label(yes: int, against: int) -> Hashable:
        seen = ruled(yes, against)
        return None if seen.exact else seen

    def banded(yes: int, against: int) -> str | None:
        return band(yes, of_total(yes, against).against)

    shown = totals_to_show(
        possible,
        known=_pair(known, two_way),
        actual=_pair(total, two_way),
        label=label,
        band=banded,
        always=lambda yes, against: status(of_total(yes, against)),
    )

    def view_of(pair: Pair) -> View:
        how = shown(pair)
        if how == "as_ruled":
            return ruled(*pair)
        in_band = banded(*pair) if how == "band" else None
        return View(Kind.BAND, band=in_band) if in_band else NOTHING

    return view_of


def may_show_product(groups: Mapping[str, Counts], privacy_minimum: int, figure: Callable[[int], Hashable]) -> bool:
    """Whether `figure(Π (yes + 1))`, over all groups, may stand beside what `of_answers` shows of them.

    Where there is too much to go through it is `False`: not showing is always safe.
    """
    hidden = _hidden(groups, privacy_minimum)
    if not hidden:
        return True
    exact = [counts for group, counts in groups.items() if group not in hidden]
    known = whole_room(exact)
    agreeing = prod(counts.yes + 1 for counts in exact)
    possible = [_possible(group, groups[group], privacy_minimum, _no_status, two_way=False) for group in hidden]
    if not few_enough(possible):
        return False
    total_view = _views_of_total(groups, possible, privacy_minimum, lambda _: None, two_way=False)

    def total(pair: Pair) -> Hashable:
        whole = (pair[0] + known.yes, pair[1] + known.against)
        seen = total_view(whole)
        return whole if seen.exact else seen

    actual = [_pair(groups[group], two_way=False) for group in hidden]
    return may_show_beside(possible, actual, total, lambda product: figure(product * agreeing))


def _hidden(groups: Mapping[str, Counts], k: int) -> list[str]:
    return [group for group in sorted(groups) if not view(groups[group], k).exact]


def _no_status(_group: str, _counts: Counts) -> None:
    return None


def whole_room(groups: Iterable[Counts]) -> Counts:
    """All groups together."""
    return sum(groups, Counts(0, 0, 0))


def _pair(counts: Counts, two_way: bool) -> Pair:
    return (counts.yes, 0 if two_way else counts.against)


def _possible(group: str, counts: Counts, k: int, status: GroupStatus, two_way: bool) -> Possible:
    """Everything the group may have voted, to somebody who also knows how many of it voted."""
    shown = view(counts, k), status(group, counts)
    cast = counts.cast
    return frozenset(
        _pair(other, two_way)
        for yes in range(cast + 1)
        for against in ((cast - yes,) if two_way else range(cast - yes + 1))
        if (
            view(other := Counts(counts.eligible, yes, against, cast - yes - against), k),
            status(group, other),
        )
        == shown
    )


def interim_due(shown: Mapping[str, int], now: Mapping[str, int], privacy_minimum: int) -> bool:
    """Whether an interim mood may be refreshed: at least k new ballots in every group that is shown.

    `shown` is how many of each group stand in the picture that was made last, `now` how many there are by now. Used for a
    ballot of positions that says so from the start (`rules.interim`); of any other vote nothing is shown before its result.
    """
    return bool(now) and all(n - shown.get(group, 0) >= privacy_minimum for group, n in now.items())


def may_label(people: int, privacy_minimum: int) -> bool:
    """Whether an idea or a comment may carry the name of its author's group."""
    return people >= privacy_minimum
