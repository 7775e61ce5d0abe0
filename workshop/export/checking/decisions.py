"""Decisions: bound to one wording, counted by the rules that were frozen, and with the outcome that follows
(docs/rules.md section 6)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from workshop.export.checking.counting import BANDS_FROM, COUNTS_FROM, band, people_of, whole
from workshop.export.checking.ground import Json, Report, Story, fingerprint
from workshop.export.checking.named import check_named, check_openness, named_of

STANCES = ("for", "reservation", "against", "blank")


def check_decisions(proof: Json, story: Story, report: Report) -> None:
    """Every decision the journal tells of is in the file, and is what the journal says."""
    printed = [decision["id"] for decision in proof["decisions"]]
    for missing in sorted(story.ids("decision", "open_decision") - set(printed)):
        report.fault("vote.missing", id=missing)
    report.expect(len(set(printed)) == len(printed), "vote.twice")
    texts = {(text["subject"], text["version"]): text["text_hash"] for text in proof["versions"]}
    for decision in proof["decisions"]:
        with report.reading(decision["id"]):
            _check_decision(decision, texts, story, report)


def _check_decision(decision: Json, texts: dict[tuple[str, int], str], story: Story, report: Report) -> None:
    record, faults = decision["id"], report.faults
    opened, closed = (story.of("decision", name, record) for name in ("open_decision", "close_decision"))
    if opened is None:
        return report.fault("vote.unknown", id=record)
    if decision["withheld"] == "parties_only":
        report.expect(decision["result"] is None and decision["papers"] is None, "vote.early", id=record)
        return report.withheld("papers.parties_only", id=record)
    terms = decision["terms"]
    report.expect(terms == opened["terms"], "vote.terms", id=record)
    check_openness(decision, opened, report)
    bound = texts.get((terms["subject"], terms["version"])) == terms["text_hash"]
    report.expect(bound, "decision.text", id=record, subject=terms["subject"], version=terms["version"])
    if closed is None:
        ended = record in story.ended()
        report.expect(decision["state"] == ("closed" if ended else "open"), "vote.state", id=record)
        report.expect(decision["result"] is None and decision["papers"] is None, "vote.early", id=record)
        return report.withheld("decision.ended" if ended else "vote.not_published", id=record)
    report.expect(decision["state"] == "closed", "vote.state", id=record)
    report.expect(fingerprint(decision["result"]) == closed["result_hash"], "vote.result_hash", id=record)
    _check_result(decision, report)
    check_named(decision, closed, report)
    _count_named_stances(decision, report)
    if decision["papers"] is None:
        report.withheld(f"papers.{decision['withheld']}", id=record)
    else:
        report.expect(fingerprint(decision["papers"]) == closed["papers_hash"], "vote.papers_hash", id=record)
        _count_stances(decision, report)
    if report.faults == faults:
        counted = decision["papers"] is not None
        outcome = decision["result"]["outcome"]
        report.holds("decision.recounted" if counted else "decision.consistent", id=record, outcome=outcome)
    return None


def _count_named_stances(decision: Json, report: Report) -> None:
    """Count the open groups from their papers by name: their figures are exact, whatever is withheld of the others."""
    terms, papers = decision["terms"], named_of(decision)
    report.expect(all(paper["stance"] in STANCES for paper in papers), "papers.invalid", id=decision["id"])
    for group in decision["result"]["groups"]:
        key = "+".join(group["keys"])
        if key not in terms.get("open_groups", ()):
            continue
        taken = [paper["stance"] for paper in papers if paper["group"] == key]
        counted = {stance: taken.count(stance) for stance in STANCES}
        right = group["counts"] == {**counted, "cast": len(taken), "eligible": terms["eligible"][key]}
        report.expect(right, "named.recount", id=decision["id"], group=key)


def _count_stances(decision: Json, report: Report) -> None:
    """Count the stances again, per group and in the room, those by name among them."""
    terms, result, secret = decision["terms"], decision["result"], decision["papers"]
    papers = [*secret, *named_of(decision)]
    known = all(paper["stance"] in STANCES and paper["group"] in terms["eligible"] for paper in papers)
    report.expect(known, "papers.invalid", id=decision["id"])
    for shown in (*result["groups"], result["overall"]):
        group = "+".join(shown["keys"]) if "keys" in shown else None
        taken = [paper["stance"] for paper in papers if group in (None, paper["group"])]
        tally = {stance: taken.count(stance) for stance in STANCES}
        tally["cast"] = len(taken)
        people = people_of(terms["eligible"]) if group is None else terms["eligible"][group]
        found = (tally["for"] + tally["reservation"], tally["against"], tally["cast"])
        right = status(terms["rules"], group, people, found) == shown["status"] and _tally_fits(shown, tally)
        report.expect(right, "decision.recount", id=decision["id"], group=group or "*")
    for name, stance in (("reservations", "reservation"), ("dissent", "against")):
        most = sum(paper["stance"] == stance for paper in secret)
        report.expect(len(result[name]) <= most, "decision.reasons", id=decision["id"])


def _tally_fits(shown: Json, tally: Json) -> bool:
    counts = shown["counts"]
    if counts is None:
        yes = tally["for"] + tally["reservation"]
        return "band" not in shown or shown["band"] == band(yes, tally["against"])
    for name in (*STANCES, "cast"):
        # "At most 2" for speaks of all those for, with or without a reservation.
        true = tally["for"] + tally["reservation"] if name == "for" and not whole(counts["for"]) else tally[name]
        figure = counts[name]
        if (whole(figure) and figure != true) or (isinstance(figure, dict) and true > figure["at_most"]):
            return False
    return True


def status(rules: Json, group: str | None, eligible: int, found: tuple[int, int, int]) -> str:
    """`carried`, `not_carried`, `no_quorum` or `no_position` of (for, against, all who voted); no group is the room."""
    yes, against, cast = found
    d = yes + against
    if eligible == 0 or cast < -(-Fraction(rules["quorum"]) * eligible // 1):
        return "no_quorum"
    if d == 0:
        return "no_position"
    if group is None:
        return "carried" if yes >= Fraction(rules["overall_majority"]) * d else "not_carried"
    carried = yes > Fraction(rules["group_majority"]) * d
    if set(group.split("+")) & set(rules["binding_groups"]):
        carried = carried and yes >= Fraction(rules["binding_majority"]) * d
    return "carried" if carried else "not_carried"


def outcome(statuses: list[str], overall: str, missing: list[str]) -> str:
    """The first that fails, in the stated order."""
    if "no_quorum" in (*statuses, overall):
        return "no_quorum"
    if missing:
        return "missing_required_group"
    if "no_position" in statuses:
        return "no_position"
    if "not_carried" in statuses:
        return "blocked_by_group"
    return "ratified" if overall == "carried" else "not_carried_overall"


def _check_result(decision: Json, report: Report) -> None:
    """The outcome from the statuses, and each status from what is shown beside it."""
    record, terms, result = decision["id"], decision["terms"], decision["result"]
    rules, eligible, groups = terms["rules"], terms["eligible"], result["groups"]
    keys = ["+".join(group["keys"]) for group in groups]
    report.expect(sorted(keys) == sorted(eligible), "count.groups", id=record, option=record)
    missing = sorted(set(rules["required_groups"]) & set(terms["absent"]))
    blocked = [group["keys"] for group in groups if group["status"] == "not_carried"]
    follows = (
        result["missing_required"] == missing
        and result["absent"] == sorted(terms["absent"])
        and result["blocked_by"] == blocked
        and result["rule"] == {name: value for name, value in rules.items() if name != "required_groups"}
        and result["outcome"] == outcome([group["status"] for group in groups], result["overall"]["status"], missing)
    )
    report.expect(follows, "decision.outcome", id=record)
    for key, group in zip(keys, groups, strict=True):
        possible = any(status(rules, key, eligible[key], found) == group["status"] for found in _possible(group, eligible[key]))
        report.expect(possible, "decision.status", id=record, group=key)
        kept = key in terms.get("open_groups", ()) or _shown_kept(group, eligible[key])
        report.expect(kept, "count.disclosed", id=record, option=key)
    everybody, overall = people_of(eligible), result["overall"]
    possible = any(status(rules, None, everybody, found) == overall["status"] for found in _possible(overall, everybody))
    report.expect(possible, "decision.status", id=record, group="*")
    report.expect(_adds_up(groups, overall, everybody), "count.sum", id=record, option=record)


def _possible(shown: Json, eligible: int) -> Iterator[tuple[int, int, int]]:
    """Every (for, against, all who voted) that what is shown leaves possible."""
    counts = shown["counts"]
    # All and none first: one of them is nearly always possible, and a large room has many ways in between.
    cast_of = (eligible, *range(eligible)) if counts is None else (counts["cast"],)
    for cast in cast_of:
        for against in range(cast + 1) if counts is None else _range(counts["against"], cast):
            for yes in range(cast - against + 1) if counts is None else _all_for(counts, cast - against):
                in_band = shown.get("band") in (None, band(yes, against))
                if in_band and (counts is None or not whole(counts["blank"]) or yes + against + counts["blank"] == cast):
                    yield yes, against, cast


def _range(figure: Any, most: int) -> range:
    if whole(figure):
        return range(figure, figure + 1)
    return range(min(most, figure["at_most"] if isinstance(figure, dict) else most) + 1)


def _all_for(counts: Json, most: int) -> range:
    if whole(counts["for"]) and whole(counts["reservation"]):
        return _range(counts["for"] + counts["reservation"], most)
    return _range(counts["for"], most)


def _shown_kept(shown: Json, people: int) -> bool:
    """Whether so small a group may be shown in this way."""
    if shown["counts"] is not None:
        return people >= COUNTS_FROM and bool(shown["counts"]["eligible"] == people)
    return "band" not in shown or people >= BANDS_FROM


def _adds_up(groups: list[Json], overall: Json, everybody: int) -> bool:
    counts = overall["counts"]
    if counts is None:
        return True
    if counts["eligible"] != everybody or counts["cast"] > everybody:
        return False
    for name in (*STANCES, "cast"):
        known = [group["counts"][name] for group in groups if group["counts"] and whole(group["counts"][name])]
        if whole(counts[name]) and (sum(known) > counts[name] or (len(known) == len(groups) and sum(known) != counts[name])):
            return False
    return True
