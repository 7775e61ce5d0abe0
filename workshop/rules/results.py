"""Results as they are published: made from ballot papers and stances, in the form of docs/protocol.md.

Everything returned here may be seen by everybody; nothing else about a secret vote may leave the server.
The numbers do not depend on the order of papers or options.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from workshop.rules.ballots import BallotPaper, ballots_by_group, is_empty, tally
from workshop.rules.decisions import Rule, Stance, Tally, decide
from workshop.rules.disclosure import Disclosure, counts_from, disclosure
from workshop.rules.positions_result import positions_result
from workshop.rules.shortlist import Shortlist, Voter, equal_weight_per_group, own_weights, shortlist
from workshop.rules.shortlist_result import published_shortlist

Record = dict[str, object]


def ballot_result(
    method: str,
    options: Sequence[str],
    settings: Mapping[str, object],
    papers: Sequence[BallotPaper],
    eligible: Mapping[str, int],
    privacy_minimum: int,
    seed: str,
    open_groups: Collection[str] = (),
) -> Record:
    """Returns the published `result` of a ballot.

    `options` are record ids and keep their order, `settings` come from `checked_settings`, `eligible` is people per
    effective group when the ballot opened, `seed` the workshop's seed for drawing lots, `open_groups` the effective groups
    that vote by name, whose counts are always published. The result holds no names of people, because names can be erased
    and a result cannot. Empty ballots are not counted. Raises `ValueError` for a paper from a group that is not eligible.
    """
    papers = [paper for paper in papers if not is_empty(paper.choices)]
    cast = dict.fromkeys(eligible, 0) | ballots_by_group(papers)
    if cast.keys() != eligible.keys():
        raise ValueError("a paper from a group that was not counted when the ballot opened")
    result: Record = {
        "turnout": {"voted": len(papers), "eligible": sum(eligible.values())},
        "counts_from": counts_from(privacy_minimum),
    }
    if method == "positions":
        return result | positions_result(options, papers, eligible, privacy_minimum, open_groups)
    shown = disclosure(cast, open_groups, privacy_minimum)
    given = tally(options, papers, sorted(eligible))
    result["options"] = [
        {
            "id": option,
            "total": sum(given[option].values()) if shown.total else None,
            "by_group": {group: n for group, n in given[option].items() if group in shown.groups},
        }
        for option in options
    ]
    if "seats" in settings:
        large = {group for group, people in eligible.items() if people >= privacy_minimum or group in open_groups}
        result["shortlist"] = _shortlist(settings, papers, eligible, shown, large, seed)
    return result


def decision_result(
    rule: Rule,
    eligible: Mapping[str, int],
    stances: Sequence[Stance],
    required_groups: Collection[str] = (),
    absent: Collection[str] = (),
    open_groups: Collection[str] = (),
) -> Record:
    """Returns the published result of a decision.

    `eligible` is people per effective group when it opened, `required_groups` and `absent` are declared keys.
    Reasons for reservations and dissent are printed as they were written, sorted, without group or name. Those of the
    `open_groups` are left out: they are shown beside the names, and are erased with them.
    """
    decision = decide(rule, eligible, stances, required_groups, absent)
    secret = [taken for taken in stances if taken.group not in open_groups]
    shown = disclosure({group.key: group.tally.cast for group in decision.groups}, open_groups, rule.privacy_minimum)
    return {
        "outcome": decision.outcome,
        "groups": [
            {
                "keys": list(group.keys),
                "status": group.status,
                "counts": _counts(group.tally) if group.key in shown.groups else None,
            }
            for group in decision.groups
        ],
        "overall": {"status": decision.overall_status, "counts": _counts(decision.overall) if shown.total else None},
        "absent": list(decision.absent),
        "missing_required": list(decision.missing_required),
        "blocked_by": [list(group.keys) for group in decision.blocked_by],
        "reservations": _reasons(secret, "reservation"),
        "dissent": _reasons(secret, "against"),
        "rule": rule.as_settings(),
        "counts_from": counts_from(rule.privacy_minimum),
    }


def _shortlist(
    settings: Mapping[str, object],
    papers: Sequence[BallotPaper],
    eligible: Mapping[str, int],
    shown: Disclosure,
    large: Collection[str],
    seed: str,
) -> Record:
    winner_count = _number(settings["seats"])
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
        return shortlist(voters, winner_count, seed, weights)

    return published_shortlist(
        chosen(binding),
        chosen(per_group if other_name == "per_group" else one_person),
        eligible,
        binding,
        shown,
        large,
        other_name,
    )


def _counts(tally: Tally) -> Record:
    return {
        "for": tally.in_favour,
        "reservation": tally.reservation,
        "against": tally.against,
        "blank": tally.blank,
        "cast": tally.cast,
        "eligible": tally.eligible,
    }


def _reasons(stances: Iterable[Stance], stance: str) -> list[str]:
    return sorted(taken.reason for taken in stances if taken.stance == stance and taken.reason)


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise ValueError("the ballot was opened without checked settings")
    return value
