"""Common ground: which statements every group agrees with, for discussion and never a decision (docs/rules.md section 8).

Groups are those that people declared; nobody is sorted by their answers. A group in which nobody has answered
counts as one half. `side` says whether those who agree or those who disagree are counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import prod, sqrt
from typing import Literal

from workshop.rules.ballots import Positions

Side = Literal["agree", "disagree"]
ByGroup = Mapping[str, Positions]

SEEN_BY = 3
"""People of each group who must have seen a statement before it is ranked; all of them in a smaller group."""
Z_NINETY = 1.2816
"""One-sided 90 per cent of the normal distribution."""
MOST_OWN_CAUSES = 5


def share(answers: Positions, side: Side = "agree") -> Fraction:
    """Returns P_g = (A + 1) / (S + 2), where S includes those who passed."""
    return Fraction(_on(answers, side) + 1, answers.seen + 2)


def common_ground(by_group: ByGroup, side: Side = "agree") -> Fraction:
    """Returns GIC = Π_g P_g, which is high only where every group agrees."""
    return prod((share(answers, side) for answers in by_group.values()), start=Fraction(1))


def shown_value(by_group: ByGroup, side: Side = "agree") -> float:
    """Returns GIC^(1/G), from 0 to 1, comparable between rooms with more or fewer groups; 0 without groups."""
    return float(common_ground(by_group, side)) ** (1 / len(by_group)) if by_group else 0.0


def may_rank(by_group: ByGroup, voters: Mapping[str, int]) -> bool:
    """Returns whether at least min(3, n_g) people in every group have seen the statement. `voters` is n_g by group: the
    people who took part."""
    return all(answers.seen >= min(SEEN_BY, voters.get(group, 0)) for group, answers in by_group.items())


@dataclass(frozen=True)
class OwnCause:
    """How far one group stands out on one statement: P_g, R = P_g / P_rest, z₁ and z₂.

    z₁ (`z_own`) is against one half, z₂ (`z_rest`) against all the others.
    """

    share: Fraction
    ratio: Fraction
    z_own: float
    z_rest: float

    @property
    def stands_out(self) -> bool:
        """Returns whether the statement is the group's own cause: both z₁ and z₂ are over `Z_NINETY`."""
        return self.z_own > Z_NINETY and self.z_rest > Z_NINETY

    @property
    def order(self) -> float:
        """Returns R·z₂·P·z₁; the highest comes first."""
        return float(self.ratio) * self.z_rest * float(self.share) * self.z_own


def own_cause(by_group: ByGroup, group: str, side: Side = "agree") -> OwnCause:
    """Returns the figures of one group compared with all the others together."""
    own = by_group[group]
    others = [answers for name, answers in by_group.items() if name != group]
    rest = Positions(
        sum(answers.agree for answers in others),
        sum(answers.passed for answers in others),
        sum(answers.disagree for answers in others),
    )
    a, s, a_rest, s_rest = _on(own, side) + 1, own.seen + 1, _on(rest, side) + 1, rest.seen + 1
    pooled = (a + a_rest) / (s + s_rest)
    spread = sqrt(pooled * (1 - pooled) * (1 / s + 1 / s_rest))
    return OwnCause(
        share=share(own, side),
        ratio=share(own, side) / share(rest, side),
        z_own=2 * sqrt(s) * (a / s - 0.5),
        z_rest=(a / s - a_rest / s_rest) / spread if spread else 0.0,
    )


def own_causes(statements: Mapping[str, ByGroup], group: str, side: Side = "agree") -> list[str]:
    """Returns the statements that are this group's own cause, at most five, the highest `order` first."""
    causes = {statement: own_cause(by_group, group, side) for statement, by_group in statements.items()}
    standing_out = [statement for statement, cause in causes.items() if cause.stands_out]
    return sorted(standing_out, key=lambda statement: (-causes[statement].order, statement))[:MOST_OWN_CAUSES]


def _on(answers: Positions, side: Side) -> int:
    return answers.agree if side == "agree" else answers.disagree
