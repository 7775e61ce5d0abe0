"""The published shortlist: which ideas were chosen and how, as far as counts are published (docs/rules.md sections 5 and 7).

Always published are which ideas were chosen, in which order and in which phase, and the outcome under the other weights.
The rest depends on which counts are published:

- A price tells how many support an idea (the first is 1/supporters), and with weights per group also from which groups.
  So prices and ties are published with the room's count, and with weights per group only with the counts of all groups.
- How a tie was broken is published where the counts show it: by more approvals with the prices, by another criterion with
  the counts of all groups.
- Coverage, influence and the weights are published with the counts of all groups. Which groups have no chosen idea is
  always published.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction

from workshop.rules.disclosure import Disclosure
from workshop.rules.shortlist import Shortlist, Step


def published_shortlist(
    chosen: Shortlist,
    other: Shortlist,
    eligible: Mapping[str, int],
    weights: Mapping[str, int],
    shown: Disclosure,
    large: Collection[str],
    other_weights: str,
) -> dict[str, object]:
    """Returns the `shortlist` of docs/protocol.md.

    `other` is the outcome under the weights that were not used, `other_weights` their name. `weights` and `eligible` are by
    effective group; fractions are written `"a/b"`. Of the `large` groups, those without a chosen idea are named.
    """
    one_purse_each = len(set(weights.values())) <= 1
    prices = shown.total and (one_purse_each or shown.all_groups)
    people, groups = sum(eligible.values()), sorted(eligible)
    shares: dict[str, object] = {
        "coverage": {group: written(share) for group, share in chosen.coverage.items()},
        "influence": {group: written(share) for group, share in chosen.influence.items()},
        "heads": {group: written(Fraction(eligible[group], people)) for group in groups if people},
        "weight": {group: weights.get(group, 1) for group in groups},
    }
    return {
        "winners": list(chosen.winners),
        "steps": [_step(step, prices, shown.all_groups) for step in chosen.steps],
        "one_more": chosen.one_more.option if chosen.one_more else None,
        "other_weights": {
            "weights": other_weights,
            "winners": list(other.winners),
            "differs": set(other.winners) != set(chosen.winners),
        },
        **(shares if shown.all_groups else dict.fromkeys(shares)),
        "uncovered": [group for group in groups if group in large and not chosen.coverage.get(group)],
    }


def _step(step: Step, price: bool, all_groups: bool) -> dict[str, object]:
    readable = price and (all_groups or step.broken_by == "approvals")
    return {
        "option": step.option,
        "phase": step.phase,
        "price": written(step.price) if price else None,
        "tied": list(step.tied) if price else None,
        "broken_by": step.broken_by if readable else None,
    }


def written(fraction: Fraction) -> str:
    """Returns a fraction as it is sent: `"1/6"`, a whole number as `"1/1"`."""
    return f"{fraction.numerator}/{fraction.denominator}"
