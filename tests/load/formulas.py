"""The formulas of docs/rules.md, worked out a second time from people's answers: the rehearsal's yardstick.

Nothing here imports the product, so that a mistake in its rules cannot hide in the test of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil, prod

Counts = Mapping[str, int]


def agreement_in(counts: Counts) -> Fraction:
    """P_g = (A + 1) / (S + 2), where S is everyone who answered, passes too (section 8)."""
    return Fraction(counts["agree"] + 1, sum(counts.values()) + 2)


def common_ground(by_group: Mapping[str, Counts]) -> Fraction:
    """The product of P_g over the declared groups (section 8); what is shown is its G-th root."""
    return prod((agreement_in(counts) for counts in by_group.values()), start=Fraction(1))


def is_ranked(by_group: Mapping[str, Counts], sizes: Mapping[str, int]) -> bool:
    """Whether enough people of every group have answered: min(3, n_g) (section 8)."""
    return all(sum(by_group[group].values()) >= min(3, size) for group, size in sizes.items())


class Purchases:
    """Follows a shortlist step by step (section 5, one person, one purse): what each option costs now.

    `supporters` maps each option to those who approved it; `voters` is the number of non-empty ballots.
    """

    def __init__(self, supporters: Mapping[str, frozenset[str]], voters: int, winner_count: int) -> None:
        self.supporters = {option: people for option, people in supporters.items() if people}
        self.left = dict.fromkeys(
            {person for people in supporters.values() for person in people}, Fraction(winner_count, voters)
        )
        self.loads: dict[str, Fraction] | None = None

    def prices(self) -> tuple[str, dict[str, Fraction]]:
        """The phase, and each option's price in it: ρ, or s once nothing is affordable."""
        if self.loads is None:
            costs = {option: self._rho(people) for option, people in self.supporters.items()}
            affordable = {option: cost for option, cost in costs.items() if cost is not None}
            if affordable:
                return "equal_shares", affordable
            self.loads = {person: -left for person, left in self.left.items()}
        loads = self.loads
        return "phragmen", {
            option: sum((loads[person] for person in people), start=Fraction(1)) / len(people)
            for option, people in self.supporters.items()
        }

    def buy(self, option: str, price: Fraction) -> None:
        """The option is on the list: its supporters pay for it, and it is no longer for sale."""
        for person in self.supporters.pop(option):
            if self.loads is None:
                self.left[person] -= min(self.left[person], price)
            else:
                self.loads[person] = price

    def _rho(self, people: frozenset[str]) -> Fraction | None:
        purses = sorted(self.left[person] for person in people)
        if sum(purses) < 1:
            return None
        paid = Fraction(0)
        for index, purse in enumerate(purses):
            share = (1 - paid) / (len(purses) - index)
            if share <= purse:
                return share
            paid += purse
        return purses[-1]


def outcome(stances: Mapping[str, Sequence[str]], eligible: Mapping[str, int]) -> tuple[str, list[str]]:
    """The outcome of a decision and the groups that block it (section 6, default thresholds, no pooling).

    `stances`: group to the stances cast in it (`for`, `reservation`, `against`, `blank`).
    """
    tallies = {}
    for group in eligible:
        cast = stances.get(group, ())
        yes = sum(stance in ("for", "reservation") for stance in cast)
        tallies[group] = (yes, sum(stance == "against" for stance in cast), len(cast))
    present = [group for group, count in eligible.items() if count]
    everybody = sum(eligible.values())
    if any(tallies[group][2] < ceil(Fraction(eligible[group], 2)) for group in present):
        return "no_quorum", []
    if sum(cast for _, _, cast in tallies.values()) < ceil(Fraction(everybody, 2)):
        return "no_quorum", []
    if any(tallies[group][0] + tallies[group][1] == 0 for group in present):
        return "no_position", []
    blocking = [group for group in present if not tallies[group][0] > tallies[group][1]]
    if blocking:
        return "blocked_by_group", blocking
    yes, no = (sum(tallies[group][index] for group in present) for index in (0, 1))
    return ("ratified" if 3 * yes >= 2 * (yes + no) else "not_carried_overall"), []
