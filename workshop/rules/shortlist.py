"""The shortlist: from ideas to goals, proportionally (docs/rules.md section 5).

Method of Equal Shares with unit cost, completed by sequential Phragmén, in exact fractions. Everything is
kept per unit of weight: a voter of weight w whose level is t has w·t left to spend; in the completion the
level goes below zero as a shared debt. Voters of one group with the same choices always hold the same, so
they are one entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from math import lcm
from typing import Any, Literal

Phase = Literal["equal_shares", "phragmen"]
Criterion = Literal["approvals", "groups", "smallest_share", "lot"]
CRITERIA: tuple[Criterion, ...] = ("approvals", "groups", "smallest_share", "lot")
Rank = tuple[Any, ...]

HEAVIEST = 4
"""The largest weight is at most this many times the smallest."""


@dataclass(frozen=True)
class Voter:
    """A non-empty ballot as the shortlist sees it: the effective group and the options supported."""

    group: str
    supports: frozenset[str]


@dataclass(frozen=True)
class Step:
    """One chosen option.

    `price` is ρ in Equal Shares and s in the completion; `tied` all options at that price with their rank, in
    the order of their ids, the chosen one included; `paid_by_group` what each group paid of the cost of 1.
    """

    option: str
    phase: Phase
    price: Fraction
    tied: Mapping[str, Rank]
    paid_by_group: Mapping[str, Fraction]

    @property
    def broken_by(self) -> Criterion | None:
        """Returns the first criterion that separated it from the others, `None` without a tie."""
        return broken_by(self.tied)


@dataclass(frozen=True)
class Shortlist:
    """The chosen options in order, how each was chosen, and what each group gets by the result.

    `coverage` is the share of a group's voters with at least one chosen option; `influence` the group's share of all
    payments; `one_more` the step that would come next, by Phragmén. Groups without a voter are left out.
    """

    steps: tuple[Step, ...]
    coverage: Mapping[str, Fraction]
    influence: Mapping[str, Fraction]
    one_more: Step | None

    @property
    def winners(self) -> tuple[str, ...]:
        """Returns the chosen options in order."""
        return tuple(step.option for step in self.steps)


def shortlist(voters: Sequence[Voter], winner_count: int, seed: str, weights: Mapping[str, int] | None = None) -> Shortlist:
    """Returns a shortlist of at most `winner_count` options. `weights` is by group, 1 where not given.

    Ties are broken by more approvals, support in more groups, the higher smallest group share, and the lot;
    the result does not depend on the order of voters. Raises `ValueError` for a weight that is not positive.
    """
    voters = [voter for voter in voters if voter.supports]
    weight = {voter.group: (weights or {}).get(voter.group, 1) for voter in voters}
    if any(w <= 0 for w in weight.values()):
        raise ValueError("a weight is positive")
    return shortlist_by(voters, winner_count, weight, _ranks(voters, seed))


def shortlist_by(
    voters: Sequence[Voter], winner_count: int, weight: Mapping[str, int], rank: Callable[[str], Rank]
) -> Shortlist:
    """Returns a shortlist with a given tie-break: of options at one price the one with the lowest `rank(option)` is taken.
    `weight` has every group of the voters."""
    market = _Market(voters, winner_count, weight, rank)
    steps: list[Step] = []
    while len(steps) < winner_count and (bought := market.buy()):
        steps.append(bought)
    one_more = market.complete() if len(steps) == winner_count else None
    groups = sorted(weight)
    people = {group: sum(voter.group == group for voter in voters) for group in groups}
    chosen = {step.option for step in steps}
    covered = {
        group: sum(voter.group == group and not chosen.isdisjoint(voter.supports) for voter in voters) for group in groups
    }
    paid = {group: sum((step.paid_by_group.get(group, Fraction(0)) for step in steps), Fraction(0)) for group in groups}
    return Shortlist(
        steps=tuple(steps),
        coverage={group: Fraction(covered[group], people[group]) for group in groups},
        influence={group: paid[group] / len(steps) if steps else Fraction(0) for group in groups},
        one_more=one_more,
    )


def equal_weight_per_group(sizes: Mapping[str, int]) -> dict[str, int]:
    """Returns w = lcm(sizes) / size per effective group, limited to four times the smallest weight.

    `sizes` is people in the group when the vote opened, so that nobody's weight depends on who else votes.
    """
    present = {group: size for group, size in sizes.items() if size > 0}
    common = lcm(*present.values())
    weights = {group: common // size for group, size in present.items()}
    return within_limit(weights)


def own_weights(asked: Mapping[str, object], groups: Iterable[str]) -> dict[str, int]:
    """Returns the weights that were set by hand, within the limit. A group without one, because it came after the vote
    opened, gets the smallest."""
    given = {group: weight for group, weight in asked.items() if isinstance(weight, int)}
    smallest = min(given.values(), default=1)
    return within_limit({group: given.get(group, smallest) for group in groups})


def within_limit(weights: Mapping[str, int]) -> dict[str, int]:
    """Returns the weights with none over four times the smallest."""
    limit = HEAVIEST * min(weights.values(), default=0)
    return {group: min(weight, limit) for group, weight in weights.items()}


def lot(seed: str, option: str) -> str:
    """Returns the lot of an option: the SHA-256 of `seed:option`, as hex; the smallest wins. The seed was drawn when the
    workshop was created."""
    return sha256(f"{seed}:{option}".encode()).hexdigest()


def _ranks(voters: Sequence[Voter], seed: str) -> Callable[[str], Rank]:
    """Returns the function from an option to its sort key in a tie, which has one value per name in `CRITERIA`."""
    people: dict[str, int] = {}
    approvals: dict[str, dict[str, int]] = {}
    for voter in voters:
        people[voter.group] = people.get(voter.group, 0) + 1
        for option in voter.supports:
            by_group = approvals.setdefault(option, {})
            by_group[voter.group] = by_group.get(voter.group, 0) + 1
    ranks: dict[str, Rank] = {}
    for option, by_group in approvals.items():
        smallest_share = min(Fraction(by_group.get(group, 0), people[group]) for group in people)
        ranks[option] = (-sum(by_group.values()), -len(by_group), -smallest_share, lot(seed, option))
    return ranks.__getitem__


class _Market:
    """What every kind of voter (same group, same choices) has left to spend, and the next purchase."""

    def __init__(
        self, voters: Sequence[Voter], winner_count: int, weight: Mapping[str, int], rank: Callable[[str], Rank]
    ) -> None:
        kinds: dict[Voter, int] = {}
        for voter in voters:
            kinds[voter] = kinds.get(voter, 0) + 1
        self.rank = rank
        self.people = list(kinds.values())
        self.group = [voter.group for voter in kinds]
        self.weight = [weight[voter.group] for voter in kinds]
        self.whole_weight = [n * w for n, w in zip(self.people, self.weight, strict=True)]
        total = sum(self.whole_weight)
        self.level = [Fraction(winner_count, total) if total else Fraction(0)] * len(kinds)
        self.open: dict[str, list[int]] = {}
        for place, voter in enumerate(kinds):
            for option in voter.supports:
                self.open.setdefault(option, []).append(place)

    def buy(self) -> Step | None:
        """Returns the next step, by Equal Shares while any option is affordable, then by Phragmén; `None` when no supported
        option is left."""
        prices = self._prices(_share_price)
        return self._take("equal_shares", prices) if prices else self.complete()

    def complete(self) -> Step | None:
        """Returns the next step by Phragmén, or `None`."""
        prices = self._prices(_completion_price)
        return self._take("phragmen", prices) if prices else None

    def _prices(self, price_of: Callable[[dict[Fraction, int]], Fraction | None]) -> dict[str, Fraction]:
        # Fractions are slow as dictionary keys and there are few different levels, so weights are added by level number.
        rungs = list(set(self.level))
        number = {level: n for n, level in enumerate(rungs)}
        rung = [number[level] for level in self.level]
        prices = {}
        for option, supporters in self.open.items():
            weight_at = [0] * len(rungs)
            for place in supporters:
                weight_at[rung[place]] += self.whole_weight[place]
            price = price_of({rungs[n]: weight for n, weight in enumerate(weight_at) if weight})
            if price is not None:
                prices[option] = price
        return prices

    def _take(self, phase: Phase, prices: Mapping[str, Fraction]) -> Step:
        price = min(prices.values())
        tied = sorted(option for option in prices if prices[option] == price)
        option = min(tied, key=self.rank)
        by_group: dict[str, Fraction] = {}
        for place in self.open.pop(option):
            paid = min(self.level[place], price) if phase == "equal_shares" else self.level[place] + price
            self.level[place] -= paid
            group = self.group[place]
            by_group[group] = by_group.get(group, Fraction(0)) + paid * self.whole_weight[place]
        return Step(
            option=option,
            phase=phase,
            price=price,
            tied={one: self.rank(one) for one in tied},
            paid_by_group=by_group,
        )


def broken_by(ranks: Mapping[str, Rank]) -> Criterion | None:
    """Returns the first criterion that left only the lowest rank; `None` where there was no tie."""
    if len(ranks) < 2:
        return None
    own, *others = sorted(ranks.values())
    shared = max(_alike(own, other) for other in others)
    return CRITERIA[min(shared, len(CRITERIA) - 1)]


def _alike(one: Rank, other: Rank) -> int:
    """Returns how many values the two ranks have in common from the start."""
    places = 0
    while places < len(one) and one[places] == other[places]:
        places += 1
    return places


def _share_price(weight_at: Mapping[Fraction, int]) -> Fraction | None:
    """Returns ρ with Σ w · min(level, ρ) = 1, or `None` when the supporters cannot pay 1 together.

    `weight_at` is the total weight of the supporters at each level. Those with less than ρ pay all they have, the others
    share the rest; so the levels are taken from the lowest on.
    """
    levels = sorted(level for level in weight_at if level > 0)
    weight = sum(weight_at[level] for level in levels)
    missing = Fraction(1)
    for level in levels:
        if weight * level >= missing:
            return missing / weight
        missing -= weight_at[level] * level
        weight -= weight_at[level]
    return None


def _completion_price(weight_at: Mapping[Fraction, int]) -> Fraction:
    """Returns s = (1 + Σ w·x) / Σ w with loads x = −level."""
    left = sum((weight * level for level, weight in weight_at.items()), Fraction(0))
    return (1 - left) / sum(weight_at.values())
