"""Decisions: bound to one wording, counted by the rules that were frozen, and with the outcome that follows
(docs/rules.md section 6)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from workshop.export.checking.counting import add_up, counted, counts_of, disclosed, people_of
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
    bound = _fingerprint_of(terms, texts) == terms["text_hash"]
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


def _fingerprint_of(terms: Json, texts: dict[tuple[str, int], str]) -> str | None:
    """What the decision is bound to: the words of the text, and of the goals that an agreement serves. Decisions from before
    goals were bound name none, and stand by the words of the text alone."""
    own = texts.get((terms["subject"], terms["version"]))
    if "goals" not in terms:
        return own
    if any(texts.get((goal["goal"], goal["version"])) != goal["text_hash"] for goal in terms["goals"]):
        return None
    goals = [{"goal": goal["goal"], "text_hash": goal["text_hash"]} for goal in terms["goals"]]
    return fingerprint({"text": own, "goals": goals})


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
    counts = counted(shown["counts"])
    return counts is None or all(counts[name] == tally[name] for name in (*STANCES, "cast"))


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
        possible = any(
            status(rules, key, eligible[key], found) == group["status"] for found in _possible(group, eligible[key])
        )
        report.expect(possible, "decision.status", id=record, group=key)
    everybody, overall = people_of(eligible), result["overall"]
    possible = any(status(rules, None, everybody, found) == overall["status"] for found in _possible(overall, everybody))
    report.expect(possible, "decision.status", id=record, group="*")
    shown, room = (
        counts_of({key: group["counts"] for key, group in zip(keys, groups, strict=True)}),
        counted(overall["counts"]),
    )
    right = all(counts["eligible"] == eligible[key] for key, counts in shown.items())
    if room is not None:
        parts = {name: [counts[name] for counts in shown.values()] for name in (*STANCES, "cast")}
        right &= room["eligible"] == everybody and room["cast"] <= everybody
        right &= all(add_up(room[name], own, shown.keys() == eligible.keys()) for name, own in parts.items())
    report.expect(right, "count.sum", id=record, option=record)
    votes = {key: counts["cast"] for key, counts in shown.items()}
    report.expect(disclosed(decision, votes, room and room["cast"]), "count.disclosed", id=record, option=record)


def _possible(shown: Json, eligible: int) -> Iterator[tuple[int, int, int]]:
    """Every (for, against, all who voted) that what is shown leaves possible."""
    counts = counted(shown["counts"])
    if counts is not None:
        yield counts["for"] + counts["reservation"], counts["against"], counts["cast"]
        return
    # All and none first: one of them is nearly always possible, and a large room has many ways in between.
    for cast in (eligible, *range(eligible)):
        for against in range(cast + 1):
            for yes in range(cast - against + 1):
                yield yes, against, cast
