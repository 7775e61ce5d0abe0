"""Computes the shortlist again from the papers: by the Method of Equal Shares, completed by Phragmén's sequential method, in
exact fractions (docs/rules.md section 5). Written to be read, not to be fast: one purse per voter, one purchase per round."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from hashlib import sha256
from math import lcm
from typing import Any

from workshop.export.checking.core import Json

#: no weight is more than this many times the smallest
HEAVIEST = 4
CRITERIA = ("approvals", "groups", "smallest_share", "lot")

Voter = tuple[str, frozenset[str]]
Rank = tuple[Any, ...]


def replay(voters: Sequence[Voter], winner_count: int, seed: str, weights: dict[str, int]) -> Json:
    """Returns `{steps: [{option, phase, price, tied, paid}], one_more}`. `paid` is `(group, amount)` of everybody who paid,
    `tied` every option at that price with its rank, `one_more` the option that would come next."""
    voters = [voter for voter in voters if voter[1]]
    weight = [weights[group] for group, _ in voters]
    unit = Fraction(winner_count, sum(weight)) if voters else Fraction(0)
    purse = [unit * w for w in weight]
    supporters: dict[str, list[int]] = {}
    for place, (_, supports) in enumerate(voters):
        for option in supports:
            supporters.setdefault(option, []).append(place)
    rank = _ranks(voters, supporters, seed)
    steps: list[Json] = []
    while len(steps) < winner_count and supporters:
        steps.append(_buy(voters, weight, purse, supporters, rank))
    one_more = _cheapest(supporters, _loads(weight, purse), rank)
    return {"steps": steps, "one_more": one_more[0] if one_more and len(steps) == winner_count else None}


def _buy(
    voters: Sequence[Voter],
    weight: list[int],
    purse: list[Fraction],
    supporters: dict[str, list[int]],
    rank: dict[str, Rank],
) -> Json:
    """Returns the next purchase. Changes the purses and removes the option."""
    phase, found = "equal_shares", _cheapest(supporters, _shares(weight, purse), rank)
    if found is None:
        phase, found = "phragmen", _cheapest(supporters, _loads(weight, purse), rank)
    assert found is not None
    option, price, tied = found
    paid: list[tuple[str, Fraction]] = []
    for place in supporters.pop(option):
        whole = price * weight[place]
        amount = min(purse[place], whole) if phase == "equal_shares" else purse[place] + whole
        purse[place] -= amount
        if amount:
            paid.append((voters[place][0], amount))
    return {"option": option, "phase": phase, "price": price, "tied": tied, "paid": paid}


Price = Callable[[list[int]], "Fraction | None"]


def _cheapest(
    supporters: dict[str, list[int]], price_of: Price, rank: dict[str, Rank]
) -> tuple[str, Fraction, dict[str, Rank]] | None:
    """Returns the option with the lowest price, that price, and all options at it; of several the first by the tie-breaks."""
    prices = {option: price for option, places in supporters.items() if (price := price_of(places)) is not None}
    if not prices:
        return None
    lowest = min(prices.values())
    tied = {option: rank[option] for option, price in sorted(prices.items()) if price == lowest}
    return min(tied, key=tied.__getitem__), lowest, tied


def _shares(weight: list[int], purse: list[Fraction]) -> Price:
    """Returns the price by Equal Shares: ρ with Σ min(purse, ρ · weight) = 1, or None where the supporters cannot pay 1."""

    def price(places: list[int]) -> Fraction | None:
        able = sorted((purse[place] / weight[place], place) for place in places if purse[place] > 0)
        missing, heavy = Fraction(1), sum(weight[place] for _, place in able)
        for level, place in able:
            if level * heavy >= missing:
                return missing / heavy
            missing -= purse[place]
            heavy -= weight[place]
        return None

    return price


def _loads(weight: list[int], purse: list[Fraction]) -> Price:
    """Returns the price by Phragmén's method: s = (1 − Σ purse) / Σ weight."""

    def price(places: list[int]) -> Fraction | None:
        return (1 - sum((purse[place] for place in places), Fraction(0))) / sum(weight[place] for place in places)

    return price


def _ranks(voters: Sequence[Voter], supporters: dict[str, list[int]], seed: str) -> dict[str, Rank]:
    """Returns the rank of each option for tie-breaks, the smallest first: more approvals; support in more groups; a higher
    share in the group where it is smallest; the lot."""
    people: dict[str, int] = {}
    for group, _ in voters:
        people[group] = people.get(group, 0) + 1
    ranks: dict[str, Rank] = {}
    for option, places in supporters.items():
        found = [voters[place][0] for place in places]
        smallest = min(Fraction(found.count(group), people[group]) for group in people)
        ranks[option] = (-len(places), -len(set(found)), -smallest, lot(seed, option))
    return ranks


def lot(seed: str, option: str) -> str:
    """Returns the lot of an option, the SHA-256 of `seed:option`. The smallest wins."""
    return sha256(f"{seed}:{option}".encode()).hexdigest()


def broken_by(tied: dict[str, Rank]) -> str | None:
    """Returns the first criterion by which one of the tied options was alone in front; None without a tie."""
    if len(tied) < 2:
        return None
    own, *others = sorted(tied.values())
    for place, criterion in enumerate(CRITERIA):
        if all(other[: place + 1] != own[: place + 1] for other in others):
            return criterion
    return CRITERIA[-1]


def weights_of(asked: Any, eligible: dict[str, int]) -> dict[str, int]:
    """Returns the weight of a voter of each group: `one_person`, `per_group` (lcm of sizes / size), or a ballot's own ones."""
    if asked == "one_person":
        return dict.fromkeys(eligible, 1)
    if asked == "per_group":
        sizes = {group: size for group, size in eligible.items() if size > 0}
        weights = {group: lcm(*sizes.values()) // size for group, size in sizes.items()}
    else:
        # A group that came late and was not merged has no weight in the terms, so it gets the smallest.
        weights = {group: asked.get(group, min(asked.values())) for group in eligible}
    limit = HEAVIEST * min(weights.values(), default=0)
    return {group: min(weight, limit) for group, weight in weights.items()}


def written(value: Fraction) -> str:
    """Returns a fraction as it is printed, "1/6"."""
    return f"{value.numerator}/{value.denominator}"
