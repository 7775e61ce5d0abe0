"""Decisions: checks that each is bound to one version of a text, is counted by the rules that were stored when it opened, and
has the outcome that follows (docs/rules.md section 6)."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.export.checking.core import STANCES, Json, Report, Story, count_decision, counted, fingerprint, status
from workshop.export.checking.counting import counts_of, disclosed
from workshop.export.checking.named import check_named, check_openness, named_of


def check_decisions(proof: Json, story: Story, report: Report) -> None:
    """Checks that every decision of the journal is in the file, and is what the journal says."""
    printed = [decision["id"] for decision in proof["decisions"]]
    for missing in sorted(story.ids("decision", "open_decision") - set(printed)):
        report.note("fault", "vote.missing", id=missing)
    report.expect(len(set(printed)) == len(printed), "vote.twice")
    texts = {(text["subject"], text["version"]): text["text_hash"] for text in proof["versions"]}
    for decision in proof["decisions"]:
        with report.reading(decision["id"]):
            _check_decision(decision, texts, story, report)


def _check_decision(decision: Json, texts: dict[tuple[str, int], str], story: Story, report: Report) -> None:
    record, faults = decision["id"], report.faults
    opened, closed = (story.of("decision", name, record) for name in ("open_decision", "close_decision"))
    if opened is None:
        return report.note("fault", "vote.unknown", id=record)
    if decision["withheld"] == "parties_only":
        report.expect(decision["result"] is None and decision["papers"] is None, "vote.early", id=record)
        return report.note("withheld", "papers.parties_only", id=record)
    terms = decision["terms"]
    report.expect(terms == (closed or opened).get("terms", opened["terms"]), "vote.terms", id=record)
    check_openness(decision, opened, report)
    bound = _fingerprint_of(terms, texts) == terms["text_hash"]
    report.expect(bound, "decision.text", id=record, subject=terms["subject"], version=terms["version"])
    if closed is None:
        ended = record in _ended(story)
        report.expect(decision["state"] == ("closed" if ended else "open"), "vote.state", id=record)
        report.expect(decision["result"] is None and decision["papers"] is None, "vote.early", id=record)
        return report.note("withheld", "decision.ended" if ended else "vote.not_published", id=record)
    report.expect(decision["state"] == "closed", "vote.state", id=record)
    count_decision(decision, closed, closed, report)
    _check_result(decision, report)
    check_named(decision, closed, report)
    _count_named_stances(decision, report)
    if decision["papers"] is not None:
        _check_stances(decision, report)
    if report.faults == faults:
        counted = decision["papers"] is not None
        outcome = decision["result"]["outcome"]
        report.note("holds", "decision.recounted" if counted else "decision.consistent", id=record, outcome=outcome)
    return None


def _ended(story: Story) -> set[str]:
    """Returns the decisions that ended because their text was changed."""
    return {record for entry in story.entries for record in entry["proof"].get("ended", ())}


def _fingerprint_of(terms: Json, texts: dict[tuple[str, int], str]) -> str | None:
    """Returns the fingerprint of what the decision is bound to: the text, and the goals that an agreement serves. Returns None
    where a goal does not fit. Decisions of earlier versions name no goals and are bound to the text alone."""
    own = texts.get((terms["subject"], terms["version"]))
    if "goals" not in terms:
        return own
    if any(texts.get((goal["goal"], goal["version"])) != goal["text_hash"] for goal in terms["goals"]):
        return None
    goals = [{"goal": goal["goal"], "text_hash": goal["text_hash"]} for goal in terms["goals"]]
    return fingerprint({"text": own, "goals": goals})


def _count_named_stances(decision: Json, report: Report) -> None:
    """Counts the open groups from their papers by name: their figures are exact, whatever is withheld of other groups."""
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


def _check_stances(decision: Json, report: Report) -> None:
    """Checks that each paper is valid, and that there are not more reasons than secret papers of that stance."""
    terms, result, secret = decision["terms"], decision["result"], decision["papers"]
    papers = [*secret, *named_of(decision)]
    known = all(paper["stance"] in STANCES and paper["group"] in terms["eligible"] for paper in papers)
    report.expect(known, "papers.invalid", id=decision["id"])
    for name, stance in (("reservations", "reservation"), ("dissent", "against")):
        most = sum(paper["stance"] == stance for paper in secret)
        report.expect(len(result[name]) <= most, "decision.reasons", id=decision["id"])


def _check_result(decision: Json, report: Report) -> None:
    """Checks the facts of the outcome, each status against the counts shown with it, and that these counts may be shown."""
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
    )
    report.expect(follows, "decision.outcome", id=record)
    for key, group in zip(keys, groups, strict=True):
        possible = any(
            status(rules, key, eligible[key], found) == group["status"] for found in _possible(group, eligible[key])
        )
        report.expect(possible, "decision.status", id=record, group=key)
    everybody, overall = sum(eligible.values()), result["overall"]
    possible = any(status(rules, None, everybody, found) == overall["status"] for found in _possible(overall, everybody))
    report.expect(possible, "decision.status", id=record, group="*")
    shown, room = (
        counts_of({key: group["counts"] for key, group in zip(keys, groups, strict=True)}),
        counted(overall["counts"]),
    )
    votes = {key: counts["cast"] for key, counts in shown.items()}
    report.expect(disclosed(decision, votes, room and room["cast"]), "count.disclosed", id=record, option=record)


def _possible(shown: Json, eligible: int) -> Iterator[tuple[int, int, int]]:
    """Yields every (for, against, all who voted) that is possible by what is shown."""
    counts = counted(shown["counts"])
    if counts is not None:
        yield counts["for"] + counts["reservation"], counts["against"], counts["cast"]
        return
    # Full turnout comes first: nearly always it has a possible count, and a large room has very many others.
    for cast in (eligible, *range(eligible)):
        for against in range(cast + 1):
            for yes in range(cast - against + 1):
                yield yes, against, cast
