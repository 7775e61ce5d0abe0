"""The published shortlist: which ideas were chosen and how, as far as that gives no withheld count away.

docs/rules.md sections 5 and 7. Which ideas were chosen, in which order and in which phase is the outcome and
always published, and so is the outcome under the other weights. Beside it:

- A price tells how many support the idea (the first is 1/supporters), and with weights per group also from
  which groups. It depends on all that was bought before. So a price and who paid it are published only while
  this idea and all earlier ones have an exact total, and with weights per group exact groups too.
- Equal prices are equal support. Of a tie only the ideas whose own price could be published are named, and it
  is not told whether there were others; `tied` is `null` where the price is. How a tie was broken is told as
  far as it can be read off the published counts.
- The coverage of a group lies between its largest count and the sum of its counts, so it is published only
  for groups in which all chosen ideas are exact. Influence needs that, and all prices.
- What one person held at the start is k/n, n being those who voted for anything. It is published with all
  prices, and with weights per group only if the groups of all chosen ideas are exact too.

What remains: the outcome itself narrows what a reader may think, most in a tiny room with two or three ideas. And every
price after the first also tells how far the supporters of chosen ideas overlap, which is no count of one idea.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from workshop.rules.disclosure import Disclosure
from workshop.rules.shortlist import Rank, Shortlist, Step, broken_by

FEWEST_IN_A_PAYMENT = 3


@dataclass(frozen=True)
class _Shown:
    """What is exact among the published counts, and whether purses are equal."""

    disclosed: Mapping[str, Disclosure]
    one_purse_each: bool

    def groups_exact(self, option: str) -> bool:
        return all(view.exact for view in self.disclosed[option].by_group.values())

    def price_open(self, option: str) -> bool:
        return self.disclosed[option].total.exact and (self.one_purse_each or self.groups_exact(option))

    def group_open(self, group: str, options: tuple[str, ...]) -> bool:
        return all(self.disclosed[option].by_group[group].exact for option in options)


def published_shortlist(
    chosen: Shortlist,
    other: Shortlist,
    eligible: Mapping[str, int],
    weights: Mapping[str, int],
    disclosed: Mapping[str, Disclosure],
    other_weights: str,
    open_groups: Collection[str] = (),
) -> dict[str, object]:
    """The `shortlist` of docs/protocol.md, with `purse`, `weight`, `heads` and `one_more` beside it.

    `other` is the result with the weights that did not bind, `other_weights` their name. `weights` and
    `eligible` are by effective group; fractions come out as `"a/b"`. What the `open_groups` chose is known by name.
    """
    one_purse_each = len(set(weights.values())) <= 1
    shown = _Shown(disclosed, one_purse_each)
    winners = chosen.winners
    prices_open = all(shown.price_open(option) for option in winners)
    everything_open = prices_open and all(shown.groups_exact(option) for option in winners)
    group_open = {group: shown.group_open(group, winners) for group in eligible}
    purse_open = prices_open if one_purse_each else everything_open
    people = sum(eligible.values())
    return {
        "winners": list(winners),
        "steps": _steps(chosen, shown, open_groups),
        "one_more": chosen.one_more.option if chosen.one_more else None,
        "other_weights": {
            "weights": other_weights,
            "winners": list(other.winners),
            "differs": set(other.winners) != set(winners),
        },
        "coverage": {
            group: written(chosen.coverage.get(group)) if group_open[group] else None for group in sorted(eligible)
        },
        "influence": {
            group: written(chosen.influence.get(group)) if group_open[group] and prices_open else None
            for group in sorted(eligible)
        },
        "heads": {group: written(Fraction(eligible[group], people)) for group in sorted(eligible) if people},
        "weight": {group: weights.get(group, 1) for group in sorted(eligible)},
        # Of every group alike, or a missing purse would say that nobody of a group supported anything.
        "purse": {
            group: written(weights.get(group, 1) * chosen.per_weight) if purse_open else None for group in sorted(eligible)
        },
    }


def _steps(chosen: Shortlist, shown: _Shown, open_groups: Collection[str]) -> list[dict[str, object]]:
    steps: list[dict[str, object]] = []
    price_open = True
    for step in chosen.steps:
        price_open = price_open and shown.price_open(step.option)
        tied = {option: rank for option, rank in step.tied.items() if shown.price_open(option)}
        steps.append(
            {
                "option": step.option,
                "phase": step.phase,
                "price": written(step.price) if price_open else None,
                "tied": list(tied) if price_open else None,
                "broken_by": _criterion(tied, shown) if price_open else None,
                "payments": _payments(step, open_groups) if price_open else None,
            }
        )
    return steps


def _criterion(tied: Mapping[str, Rank], shown: _Shown) -> str | None:
    """More approvals can be read off the totals; the other criteria speak of single groups."""
    criterion = broken_by(tied)
    readable = criterion == "approvals" or all(shown.groups_exact(option) for option in tied)
    return criterion if readable else None


def _payments(step: Step, open_groups: Collection[str]) -> list[dict[str, object]] | None:
    """Who paid what, unless one or two people paid an amount of their own: that would be their other votes. Those who
    voted openly are known to whoever reads, and hide nobody."""
    for payment in step.payments:
        secret = sum(people for group, people in payment.by_group.items() if group not in open_groups)
        if payment.people < FEWEST_IN_A_PAYMENT or 0 < secret < FEWEST_IN_A_PAYMENT:
            return None
    return [{"people": payment.people, "amount": written(payment.amount)} for payment in step.payments]


def written(fraction: Fraction | None) -> str | None:
    """A fraction as it travels: `"1/6"`, a whole number as `"1/1"`."""
    return None if fraction is None else f"{fraction.numerator}/{fraction.denominator}"
