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
from functools import cache
from math import prod
from typing import Literal

Pair = tuple[int, int]
Possible = frozenset[Pair]
Shown = Literal["as_ruled", "band", "withheld"]
Label = Callable[[int, int], Hashable]
Ways = list[list[int]]

SIDES = (0, 1)
WIDEST_BAND_MARGIN = 2
MOST_DISTRIBUTIONS = 20_000


def totals_to_show(
    withheld: Sequence[Possible], known: Pair, actual: Pair, label: Label, band: Label, always: Label
) -> Callable[[Pair], Shown]:
    """How far each total that the reader must think possible may be shown.

    `withheld` holds, per group that is not shown exactly, every (yes, against) it may have; `known` is the
    sum of the exact groups and `actual` the total. The three functions of a total say what the rule would
    print of it (`None` for the exact counts), what a band would print, and what is printed in any case (a
    status). The exact total is shown only if at least two groups have a count to keep.

    Raises `ValueError` when `actual` cannot be made of the parts.
    """
    sums = _Sums(withheld, known)
    if not sums.bit(actual) & sums.all:
        raise ValueError("the total is not a sum of what the groups may have")
    reachable = sums.split(always, sums.all)[always(*actual)]
    ways, groups_protected = sums.protected_ways(reachable)
    parts = sums.split(label, reachable)
    exact = parts.pop(None, 0)
    unsafe = exact & ~_safe_one_by_one(ways, exact) if groups_protected > 1 else exact
    unsafe |= _union(part for part in parts.values() if not _keeps_secrets(ways, part))
    in_band = silent = 0
    for margin in range(WIDEST_BAND_MARGIN + 1):
        blurred = sums.widened(unsafe, margin, reachable, parts.values())
        if all(_keeps_secrets(ways, part) for part in sums.split(band, blurred).values()):
            in_band = blurred
            break
    else:
        silent, margin = unsafe, 0
        while silent != reachable and not _keeps_secrets(ways, silent):
            margin += 1
            silent = sums.widened(unsafe, margin, reachable, parts.values())

    def shown(total: Pair) -> Shown:
        bit = sums.bit(total)
        return "band" if bit & in_band else "withheld" if bit & silent else "as_ruled"

    return shown


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


def few_enough(withheld: Iterable[Possible]) -> bool:
    """Whether `may_show_beside` can go through everything that the groups may have voted together."""
    return prod(len(possible) for possible in withheld) <= MOST_DISTRIBUTIONS


def may_show_beside(
    withheld: Sequence[Possible],
    actual: Sequence[Pair],
    total: Callable[[Pair], Hashable],
    figure: Callable[[int], Hashable],
) -> bool:
    """Whether a figure made of Π (yes + 1) over the groups may be shown next to them and their total.

    `actual` is the (yes, against) of each withheld group, `total` what is shown of a sum of them, and `figure`
    what would be shown for such a product. The figure is shown where it leaves every count open, and so that
    not showing it leaves every count open too.
    """
    total, figure = cache(total), cache(figure)
    beside = total(_sum_of(actual))
    parts: dict[Hashable, list[Sequence[Pair]]] = {}
    for sum_of_all, agreeing, way in _distributions(withheld):
        if total(sum_of_all) == beside:
            parts.setdefault(figure(agreeing), []).append(way)
    ways = [way for part in parts.values() for way in part]
    protected = [place for place in _places(withheld) if _open(place, ways)]
    unsafe = [part for part in parts.values() if not all(_open(place, part) for place in protected)]
    silent = [way for part in unsafe for way in part]
    if silent and not all(_open(place, silent) for place in protected):
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
    counts = iter(way[group][side] for way in ways)
    first = next(counts, None)
    return any(count != first for count in counts)


def _distributions(withheld: Iterable[Possible]) -> list[tuple[Pair, int, tuple[Pair, ...]]]:
    """Everything the groups may have voted together: the sum, Π (yes + 1), and the pair of each group."""
    ways: list[tuple[Pair, int, tuple[Pair, ...]]] = [((0, 0), 1, ())]
    for possible in withheld:
        ways = [
            ((total[0] + yes, total[1] + against), agreeing * (yes + 1), (*way, (yes, against)))
            for total, agreeing, way in ways
            for yes, against in possible
        ]
    return ways
