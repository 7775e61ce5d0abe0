"""Ballots: checks their terms, their papers where these are printed, and every published count."""

from __future__ import annotations

from workshop.export.checking.core import Json, Report, Story, count_ballot, counted, sum_of, whole
from workshop.export.checking.counting import counts_of, disclosed
from workshop.export.checking.named import check_named, check_openness, named_of
from workshop.export.checking.positions import check_positions
from workshop.export.checking.shares import check_shortlist, same_shortlist


def check_ballots(proof: Json, story: Story, report: Report) -> None:
    """Checks that every ballot of the journal is in the file, and is what the journal says."""
    printed = [ballot["id"] for ballot in proof["ballots"]]
    told = story.ids("ballot", "open_ballot")
    for missing in sorted(told - set(printed)):
        report.note("fault", "vote.missing", id=missing)
    report.expect(len(set(printed)) == len(printed), "vote.twice")
    for ballot in proof["ballots"]:
        with report.reading(ballot["id"]):
            _check_ballot(ballot, proof["lot_seed"], story, report)


def _check_ballot(ballot: Json, seed: str, story: Story, report: Report) -> None:
    record, faults = ballot["id"], report.faults
    opened, closed = (story.of("ballot", name, record) for name in ("open_ballot", "close_ballot"))
    published = story.of("ballot", "publish_ballot", record)
    if opened is None:
        return report.note("fault", "vote.unknown", id=record)
    state = "published" if published else "closed" if closed else "open"
    report.expect(ballot["state"] == state, "vote.state", id=record)
    terms = ballot["terms"]
    report.expect(_same_terms(opened["terms"], terms, _taken_out(story, record)), "vote.terms", id=record)
    check_openness(ballot, opened, report)
    if closed:
        report.expect(terms == closed["terms"], "vote.terms", id=record)
    if published is None or closed is None:
        report.expect(ballot["result"] is None and ballot["papers"] is None, "vote.early", id=record)
        return report.note("withheld", "vote.not_published", id=record)
    count_ballot(ballot, closed, published, report)
    _check_printed(ballot, seed, report)
    check_named(ballot, closed, report)
    _count_named(ballot, report)
    if ballot["papers"] is not None:
        _check_papers(ballot, seed, report)
    if report.faults == faults:
        counted = ballot["papers"] is not None
        report.note(
            "holds",
            "ballot.recounted" if counted else "ballot.consistent",
            id=record,
            n=ballot["result"]["turnout"]["voted"],
        )
    return None


def _taken_out(story: Story, ballot: str) -> set[str]:
    """Returns the options that were removed from a ballot while it was open, because their authors were erased."""
    found = [one for entry in story.entries for one in entry["proof"].get("taken_out", ())]
    return {option for one in found if one["ballot"] == ballot for option in one["options"]}


def _same_terms(opened: Json, now: Json, taken_out: set[str]) -> bool:
    """Returns whether the terms have stayed the same. Two changes are allowed: a late group may be merged into an effective
    group, whose name then changes, and the options that the journal lists as removed may be missing."""
    if any(opened[name] != now[name] for name in ("method", "privacy_minimum")):
        return False
    if [option for option in opened["options"] if option not in taken_out] != now["options"]:
        return False
    before, after = dict(opened["settings"]), dict(now["settings"])
    weights = before.pop("weights", None), after.pop("weights", None)
    own = all(isinstance(one, dict) for one in weights)
    same = sorted(weights[0].values()) == sorted(weights[1].values()) if own else weights[0] == weights[1]
    return before == after and same


def _check_printed(ballot: Json, seed: str, report: Report) -> None:
    """Checks what must hold of the published figures, whatever the papers are."""
    record, terms, result = ballot["id"], ballot["terms"], ballot["result"]
    eligible, voted = terms["eligible"], result["turnout"]["voted"]
    openly, named = terms.get("open_groups", ()), [paper["group"] for paper in named_of(ballot)]
    report.expect([one["id"] for one in result["options"]] == terms["options"], "count.options", id=record)
    if terms["method"] == "positions":
        return check_positions(ballot, report)
    most_each = terms["settings"].get("per_option", 1)
    given = 0
    for option in result["options"]:
        by_group, total = counts_of(option["by_group"]), counted(option["total"])
        report.expect(option["by_group"].keys() <= eligible.keys(), "count.groups", id=record, option=option["id"])
        votes = {group: named.count(group) if group in openly else eligible[group] for group in by_group}
        allowed = disclosed(ballot, votes, None if total is None else voted)
        report.expect(allowed, "count.disclosed", id=record, option=option["id"])
        low = sum(by_group.values()) if total is None else total
        report.expect(low <= voted * most_each, "count.turnout", id=record)
        given += low
    limit = terms["settings"]["choices" if terms["method"] == "approval" else "dots"]
    report.expect(given <= limit * voted, "count.budget", id=record)
    if "shortlist" in result:
        check_shortlist(ballot, seed, report)
    else:
        report.expect("seats" not in terms["settings"], "count.no_shortlist", id=record)
    return None


def _check_papers(ballot: Json, seed: str, report: Report) -> None:
    """Checks that each paper is valid, and that all of them, with those by name, give the printed shortlist."""
    record, terms, result = ballot["id"], ballot["terms"], ballot["result"]
    papers = [*ballot["papers"], *named_of(ballot)]
    for paper in papers:
        report.expect(_valid(paper, terms), "papers.invalid", id=record)
    cast = {group: sum(paper["group"] == group for paper in papers) for group in terms["eligible"]}
    report.expect(all(cast[group] <= people for group, people in terms["eligible"].items()), "count.turnout", id=record)
    if "shortlist" in result:
        same = same_shortlist(ballot, papers, seed)
        report.note("holds" if same else "fault", "shortlist.replayed" if same else "shortlist.replay", id=record)


def _count_named(ballot: Json, report: Report) -> None:
    """Counts the open groups from their papers by name: their figures are exact, whatever is withheld of other groups."""
    record, terms, papers = ballot["id"], ballot["terms"], named_of(ballot)
    report.expect(all(_valid(paper, terms) for paper in papers), "papers.invalid", id=record)
    report.expect(len(papers) <= ballot["result"]["turnout"]["voted"], "count.turnout", id=record)
    for group in terms.get("open_groups", ()):
        own = [paper for paper in papers if paper["group"] == group]
        report.expect(len(own) <= terms["eligible"].get(group, 0), "count.turnout", id=record)
        for option in ballot["result"]["options"]:
            given = [paper["choices"].get(option["id"]) for paper in own]
            right = option["by_group"].get(group) == sum_of(terms["method"], given)
            report.expect(right, "named.recount", id=record, group=group)


def _valid(paper: Json, terms: Json) -> bool:
    """Returns whether somebody could have cast the paper: known options, known values, within the budget."""
    choices, settings = paper["choices"], terms["settings"]
    if paper["group"] not in terms["eligible"] or not choices or not set(choices) <= set(terms["options"]):
        return False
    values = list(choices.values())
    if terms["method"] == "positions":
        return all(value in ("agree", "pass", "disagree") for value in values)
    if not all(whole(value) and 1 <= value <= settings.get("per_option", 1) for value in values):
        return False
    return bool(sum(values) <= settings["choices" if terms["method"] == "approval" else "dots"])
