"""Results as they are published: plain counts in, the records of docs/protocol.md out.

Everything that leaves here may be seen by everybody; nothing else about a secret vote may leave the server.
The same papers in any order, with the options in any order, give the same numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from workshop.rules import disclosure
from workshop.rules.ballots import (
    Paper,
    ballots_by_group,
    is_empty,
    supporters,
    tally,
)
from workshop.rules.decisions import Rule, Stance, Tally, decide, group_status, overall_status
from workshop.rules.disclosure import BANDS, FEW_AT_MOST, Counts, Disclosure, Kind, View
from workshop.rules.positions_result import positions_result
from workshop.rules.shortlist import Shortlist, Voter, equal_weight_per_group, own_weights, shortlist
from workshop.rules.shortlist_result import published_shortlist

Record = dict[str, object]


def ballot_result(
    method: str,
    options: Sequence[str],
    settings: Mapping[str, object],
    papers: Sequence[Paper],
    eligible: Mapping[str, int],
    privacy_minimum: int,
    seed: str,
    open_groups: Collection[str] = (),
) -> Record:
    """The published `result` of a ballot.

    `options` are record ids and keep their order, `settings` are checked ones, `eligible` is people per
    effective group when the ballot opened, `seed` the workshop's lot, `open_groups` the effective groups that vote by
    name: their counts are exact. Names are not here: they can be erased. An empty ballot is none. Raises
    `ValueError` for a paper from a group that is not among the eligible.
    """
    papers = [paper for paper in papers if not is_empty(paper.choices)]
    cast = ballots_by_group(papers)
    if not cast.keys() <= eligible.keys():
        raise ValueError("a paper from a group that was not counted when the ballot opened")
    result: Record = {"turnout": {"voted": len(papers), "eligible": sum(eligible.values())}}
    if method == "positions":
        return result | positions_result(options, papers, eligible, privacy_minimum, open_groups)
    people = supporters(options, papers, eligible)
    counts = {
        option: {
            group: Counts(eligible[group], n, cast.get(group, 0) - n, open=group in open_groups)
            for group, n in people[option].items()
        }
        for option in options
    }
    disclosed = {option: disclosure.of_choices(counts[option], privacy_minimum) for option in options}
    given = tally(options, papers, eligible)
    most_each = _number(settings.get("per_option", 1))
    result["options"] = [
        _option(option, given[option], counts[option], disclosed[option], most_each) for option in options
    ]
    if "seats" in settings:
        result["shortlist"] = _shortlist(settings, papers, eligible, disclosed, seed, open_groups)
    return result


def decision_result(
    rule: Rule,
    eligible: Mapping[str, int],
    stances: Sequence[Stance],
    required_groups: Collection[str] = (),
    absent: Collection[str] = (),
    open_groups: Collection[str] = (),
) -> Record:
    """The published result of a decision.

    `eligible` is people per effective group when it opened, `required_groups` and `absent` are declared keys.
    Reasons for reservations and dissent are printed as they were written, sorted, without group or name; those of the
    `open_groups` are not here: they stand with their names, and can be erased with them.
    """
    decision = decide(rule, eligible, stances, required_groups, absent)
    secret = [taken for taken in stances if taken.group not in open_groups]
    disclosed = disclosure.of_answers(
        {group.key: _stance_counts(group.tally, group.key in open_groups) for group in decision.groups},
        rule.privacy_minimum,
        group_status=lambda key, counts: group_status(rule, key, _as_tally(counts)),
        total_status=lambda counts: overall_status(rule, _as_tally(counts)),
    )
    return {
        "outcome": decision.outcome,
        "groups": [
            {"keys": list(group.keys), "status": group.status} | _stances_shown(group.tally, disclosed.by_group[group.key])
            for group in decision.groups
        ],
        "overall": {"status": decision.overall_status} | _stances_shown(decision.overall, disclosed.total),
        "absent": list(decision.absent),
        "missing_required": list(decision.missing_required),
        "blocked_by": [list(group.keys) for group in decision.blocked_by],
        "reservations": _reasons(secret, "reservation"),
        "dissent": _reasons(secret, "against"),
        "rule": rule.as_settings(),
    }


def _option(
    option: str, given: Mapping[str, int], counts: Mapping[str, Counts], disclosed: Disclosure, most_each: int
) -> Record:
    """One option: what was `given` to it, by how many people (`counts`), as far as it is disclosed."""
    cast = disclosure.whole_room(counts.values()).cast
    return {
        "id": option,
        "total": _amount(sum(given.values()), cast, disclosed.total, most_each),
        "by_group": {
            group: _amount(given[group], counts[group].cast, disclosed.by_group[group], most_each)
            for group in sorted(given)
        },
    }


def _amount(amount: int, cast: int, view: View, most_each: int) -> object:
    """A count of approvals or dots among `cast` ballots. Bands are shares of people; at most 2 people is at most
    2 · `most_each` dots.

    Nearly everybody is said by how many at most are missing, and as the highest band where that is sure.
    """
    if view.kind is Kind.EXACT:
        return amount
    if view.kind is Kind.BAND:
        return {"band": view.band}
    if view.kind is Kind.FEW and view.few_yes:
        return {"at_most": FEW_AT_MOST * most_each}
    if view.kind is Kind.FEW:
        sure = {"band": BANDS[-1]} if disclosure.surely_over_two_thirds(cast) else {}
        return {**sure, "all_but": FEW_AT_MOST}
    return None


def _shortlist(
    settings: Mapping[str, object],
    papers: Sequence[Paper],
    eligible: Mapping[str, int],
    disclosed: Mapping[str, Disclosure],
    seed: str,
    open_groups: Collection[str],
) -> Record:
    seats = _number(settings["seats"])
    voters = [
        Voter(paper.group, frozenset(option for option in paper.choices if paper.supports(option))) for paper in papers
    ]
    asked = settings.get("weights", "one_person")
    one_person = dict.fromkeys(eligible, 1)
    per_group = equal_weight_per_group(eligible)
    if isinstance(asked, Mapping):
        binding = own_weights(asked, eligible)
    else:
        binding = per_group if asked == "per_group" else one_person
    other_name = "per_group" if asked == "one_person" else "one_person"

    def chosen(weights: Mapping[str, int]) -> Shortlist:
        return shortlist(voters, seats, seed, weights)

    return published_shortlist(
        chosen(binding),
        chosen(per_group if other_name == "per_group" else one_person),
        eligible,
        binding,
        disclosed,
        other_name,
        open_groups,
    )


def _stance_counts(tally: Tally, is_open: bool) -> Counts:
    return Counts(tally.eligible, tally.yes, tally.against, tally.blank, open=is_open)


def _as_tally(counts: Counts) -> Tally:
    """For thresholds only: which of those in favour had a reservation makes no difference to them."""
    return Tally(counts.eligible, counts.yes, 0, counts.against, counts.blank)


def _stances_shown(tally: Tally, view: View) -> Record:
    """`counts` and perhaps `band` of one group or the room.

    With at most two on a side neither the other side nor the blanks are shown, for they would be the
    difference.
    """
    if view.kind is Kind.BAND:
        return {"counts": None} | ({"band": view.band} if view.band else {})
    if view.kind is Kind.NOTHING:
        return {"counts": None}
    shown: Record = {
        "for": tally.in_favour,
        "reservation": tally.reservation,
        "against": tally.against,
        "blank": tally.blank,
        "cast": tally.cast,
        "eligible": tally.eligible,
    }
    if view.kind is Kind.FEW:
        at_most = {"at_most": FEW_AT_MOST}
        shown |= {"for": at_most if view.few_yes else None, "reservation": None, "blank": None}
        shown["against"] = at_most if view.few_against else None
    return {"counts": shown}


def _reasons(stances: Iterable[Stance], stance: str) -> list[str]:
    return sorted(taken.reason for taken in stances if taken.stance == stance and taken.reason)


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise ValueError("the ballot was opened without checked settings")
    return value
