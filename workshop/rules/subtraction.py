"""The guard against subtraction: may a total be shown beside these groups? (docs/rules.md section 7)

A reader knows the groups that are shown exactly, and for each other group the counts it may have, given
what is shown of it. If the total is printed too, the reader can subtract. This module works through every
sum that the withheld groups can make and finds the totals that would leave only one possible count somewhere.

The answer depends on what is published and on the total, never on how the total is made up, so that holding
a total back tells no more than the total itself may tell. A set of sums is kept as the bits of one integer,
which makes a shift an addition to every member.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Literal

Pair = tuple[int, int]
Possible = frozenset[Pair]
Shown = Literal["as_ruled", "band", "withheld"]
Label = Callable[[int, int], Hashable]
Ways = list[list[int]]

SIDES = (0, 1)
WIDEST_BAND_MARGIN = 2
MOST_DISTRIBUTIONS = 50_000


def how_to_show_total(
    withheld: Sequence[Possible], known: Pair, actual: Pair, label: Label, band: Label, always: Label
) -> Shown:
    """How far the total may be shown.

    `withheld` holds, per group that is not shown exactly, every (yes, against) it may have; `known` is the
    sum of the exact groups and `actual` the total. The three functions of a total say what the rule would
    print of it (`None` for the exact counts), what a band would print, and what is printed in any case (a
    status). The exact total is shown only if at least two groups have a count to keep.

    Raises `ValueError` when `actual` cannot be made of the parts.
    """
    sums = _Sums(withheld, known)
    here = sums.bit(actual)
    if not here & sums.all:
        raise ValueError("the total is not a sum of what the groups may have")
    reachable = sums.split(always, sums.all)[always(*actual)]
    ways, groups_protected = sums.protected_ways(reachable)
    parts = sums.split(label, reachable)
    exact = parts.pop(None, 0)
    unsafe = exact & ~_safe_one_by_one(ways, exact) if groups_protected > 1 else exact
    unsafe |= _union(part for part in parts.values() if not _keeps_secrets(ways, part))
    if not unsafe:
        return "as_ruled"
    for margin in range(WIDEST_BAND_MARGIN + 1):
        blurred = sums.widened(unsafe, margin, reachable, parts.values())
        if all(_keeps_secrets(ways, part) for part in sums.split(band, blurred).values()):
            return "band" if here & blurred else "as_ruled"
    silent, margin = unsafe, 0
    while silent != reachable and not _keeps_secrets(ways, silent):
        margin += 1
        silent = sums.widened(unsafe, margin, reachable, parts.values())
    return "withheld" if here & silent else "as_ruled"


class _Sums:
    """All totals the withheld groups can make, one bit each, and those where one group has one count."""

    def __init__(self, withheld: Sequence[Possible], known: Pair) -> None:
        self.known = known
        self.row = 1 + sum(max(against for _, against in possible) for possible in withheld)
        self.all = self._all_sums(withheld)
        self.by_count: list[dict[int, int]] = []
        for place, possible in enumerate(withheld):
            others = self._all_sums([*withheld[:place], *withheld[place + 1 :]])
            for side in SIDES:
                totals: dict[int, int] = {}
                for pair in possible:
                    totals[pair[side]] = totals.get(pair[side], 0) | others << self._code(pair)
                self.by_count.append(totals)

    def _code(self, pair: Pair) -> int:
        return pair[0] * self.row + pair[1]

    def _all_sums(self, withheld: Iterable[Possible]) -> int:
        sums = 1
        for possible in withheld:
            sums = _union(sums << self._code(pair) for pair in possible)
        return sums

    def bit(self, total: Pair) -> int:
        """The bit of a total, 0 if it is less than what is known."""
        yes, against = total[0] - self.known[0], total[1] - self.known[1]
        return 1 << self._code((yes, against)) if yes >= 0 and 0 <= against < self.row else 0

    def split(self, label: Label, totals: int) -> dict[Hashable, int]:
        """The totals sorted by what `label` says of them."""
        places: dict[Hashable, list[int]] = {}
        for code in _members(totals):
            yes, against = divmod(code, self.row)
            places.setdefault(label(yes + self.known[0], against + self.known[1]), []).append(code)
        return {said: _union(1 << code for code in codes) for said, codes in places.items()}

    def protected_ways(self, reachable: int) -> tuple[Ways, int]:
        """Per group and side that has more than one possible count: the totals with each of the counts.

        A count that what must be printed anyway already gives away cannot be protected here. The second
        value is how many groups have something to protect.
        """
        ways: Ways = []
        groups = set()
        for place, counts in enumerate(self.by_count):
            possible = [totals & reachable for totals in counts.values() if totals & reachable]
            if len(possible) > 1:
                ways.append(possible)
                groups.add(place // len(SIDES))
        return ways, len(groups)

    def widened(self, totals: int, margin: int, reachable: int, whole: Iterable[int]) -> int:
        """The totals and their neighbours up to `margin` away, with every part of `whole` they touch."""
        for _ in range(margin):
            totals |= totals << 1 | totals >> 1 | totals << self.row | totals >> self.row
        totals &= reachable
        return totals | _union(part for part in whole if part & totals)


def _keeps_secrets(ways: Ways, totals: int) -> bool:
    """Whether somebody who only knows that the total is one of these still has two counts for each group."""
    return all(sum(1 for counted in counts if counted & totals) > 1 for counts in ways)


def _safe_one_by_one(ways: Ways, totals: int) -> int:
    """The totals that keep every count secret even when printed exactly."""
    for counts in ways:
        once = twice = 0
        for counted in counts:
            twice |= once & counted
            once |= counted
        totals &= twice
    return totals


def _union(parts: Iterable[int]) -> int:
    union = 0
    for part in parts:
        union |= part
    return union


def _members(bits: int) -> Iterator[int]:
    text = bin(bits)[:1:-1]
    place = text.find("1")
    while place >= 0:
        yield place
        place = text.find("1", place + 1)


def may_show_beside(
    withheld: Sequence[Possible], actual: Sequence[Pair], said: Callable[[Sequence[Pair]], Hashable]
) -> bool:
    """Whether one more figure made of all the groups together may be shown next to them.

    `said` is what would be shown of the figure for a given (yes, against) per withheld group; `actual` is
    what the groups voted. To be safe whatever is shown of the total, the reader is taken to know it. A figure
    that only some distributions allow is shown where it leaves every count open, and otherwise never.
    """
    ways = _distributions(withheld, _sum_of(actual))
    if ways is None:
        return False
    parts: dict[Hashable, list[tuple[Pair, ...]]] = {}
    for way in ways:
        parts.setdefault(said(way), []).append(way)
    protected = [index for index in _places(withheld) if _open(index, ways)]
    unsafe = [part for part in parts.values() if not all(_open(index, part) for index in protected)]
    silent = [way for part in unsafe for way in part]
    if silent and not all(_open(index, silent) for index in protected):
        return False
    return tuple(actual) not in silent


def _sum_of(pairs: Iterable[Pair]) -> Pair:
    pairs = list(pairs)
    return (sum(yes for yes, _ in pairs), sum(against for _, against in pairs))


def _places(withheld: Sequence[Possible]) -> list[tuple[int, int]]:
    return [(group, side) for group in range(len(withheld)) for side in SIDES]


def _open(place: tuple[int, int], ways: Iterable[Sequence[Pair]]) -> bool:
    """Whether the count at this place can still be more than one number."""
    group, side = place
    return len({way[group][side] for way in ways}) > 1


def _distributions(withheld: Sequence[Possible], total: Pair) -> list[tuple[Pair, ...]] | None:
    """Every way the total can lie on the groups, `None` when there are too many to go through."""
    ways: list[tuple[Pair, ...]] = [()]
    for possible in withheld[:-1]:
        if len(ways) * len(possible) > MOST_DISTRIBUTIONS:
            return None
        ways = [(*way, pair) for way in ways for pair in possible]
    whole = []
    for way in ways:
        yes, against = _sum_of(way)
        last = (total[0] - yes, total[1] - against)
        if last in withheld[-1]:
            whole.append((*way, last))
    return whole
