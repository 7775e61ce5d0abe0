"""Look-backs: checks that the verdicts of the holders of cards on each item are those of the journal, and that the rule for
secret votes allows what is shown (docs/rules.md section 7)."""

from __future__ import annotations

from workshop.export.checking.core import Json, Report, Story, fingerprint

VERDICTS = ("kept", "partly", "not_kept", "cannot_say")
TERMS = ("id", "on", "cards", "effective", "privacy_minimum", "until")


def check_look_backs(rows: list[Json], story: Story, report: Report, known: set[str] | None = None) -> None:
    """Checks that every look-back of the journal is in the file, and is what the journal says. `known`: the items of a file
    that withholds agreements for their parties only; None for a file that withholds none."""
    told = [(entry["name"], entry["proof"]["look_back"]) for entry in story.entries if "look_back" in entry["proof"]]
    opened = {one["id"]: one for name, one in told if name == "open_look_back"}
    closed = {one["id"]: one for name, one in told if name == "close_look_back"}
    there = isinstance(rows, list) and [row["id"] for row in rows] == sorted(opened)
    report.expect(there, "follow.look_backs")
    for row in rows:
        with report.reading(f"look_back:{row['id']}"):
            _check_one(row, opened.get(row["id"], {}), closed.get(row["id"]), report, known)


def _check_one(row: Json, opened: Json, closed: Json | None, report: Report, known: set[str] | None) -> None:
    number, terms = row["id"], {name: row[name] for name in TERMS}
    expected = {name: (opened if closed is None else closed).get(name) for name in TERMS}
    same = terms == expected and fingerprint({"question": row["question"]}) == opened.get("words")
    same &= row["state"] == ("open" if closed is None else "closed")
    report.expect(same, "follow.look_back", n=number)
    if closed is None or row["result"] is None:
        report.expect(closed is None and row["result"] is None and row["papers"] is None, "follow.look_back", n=number)
        return
    result = {on: {**one, "words": [fingerprint(words) for words in one["words"]]} for on, one in row["result"].items()}
    hidden = set(row["on"]) - result.keys()
    told = {on: one for on, one in closed["result"].items() if on not in hidden}
    report.expect(result == told and _may_be_hidden(hidden, row, known), "follow.look_back", n=number)
    for on, one in row["result"].items():
        report.expect(_adds_up(one, row), "follow.verdicts", id=on, n=number)
    if row["papers"] is None:
        report.note("withheld", "follow.parties_only" if hidden else "follow.papers", n=number)
        return
    report.expect(fingerprint(row["papers"]) == closed["papers_hash"], "follow.look_back", n=number)
    for on, one in row["result"].items():
        papers = [(paper["group"], paper["verdict"]) for paper in row["papers"] if paper["on"] == on]
        report.expect(_recounted(one, papers), "follow.verdicts", id=on, n=number)


def _may_be_hidden(hidden: set[str], row: Json, known: set[str] | None) -> bool:
    """Returns whether the file may leave out what was said of these items: agreements that it does not show."""
    if not hidden:
        return bool(row["withheld"] != "parties_only")
    agreements = all(on.startswith("agreement:") for on in hidden)
    return bool(known is not None and agreements and not hidden & known and row["withheld"] == "parties_only")


def _adds_up(one: Json, row: Json) -> bool:
    """Returns whether the figures can be true and may be shown: of the room from ten verdicts on, of groups only where every
    group has ten. (Ten stands for twice the privacy minimum.)"""
    enough, cards = 2 * row["privacy_minimum"], row["cards"]
    within = one["cards"] == sum(cards.values()) >= one["judged"] and one["counts_from"] == enough
    groups = {group: sum(counts.values()) for group, counts in one["by_group"].items()}
    fits = not groups or (groups.keys() == cards.keys() and sum(groups.values()) == one["judged"])
    fits &= all(enough <= judged <= cards[group] for group, judged in groups.items() if group in cards)
    if one["counts"] is None:
        return bool(within and not groups)
    parts = [sum(counts[verdict] for counts in one["by_group"].values()) for verdict in VERDICTS]
    whole = [one["counts"][verdict] for verdict in VERDICTS]
    return bool(within and fits and sum(whole) == one["judged"] >= enough and (not groups or parts == whole))


def _recounted(one: Json, papers: list[tuple[str, str]]) -> bool:
    given = [verdict for _, verdict in papers]
    counts = {verdict: given.count(verdict) for verdict in VERDICTS}
    by_group = {
        group: {verdict: papers.count((group, verdict)) for verdict in VERDICTS} for group in {name for name, _ in papers}
    }
    return bool(one["judged"] == len(papers) and one["counts"] == counts and one["by_group"] == by_group)
