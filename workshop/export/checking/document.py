"""The rest of the file: checks that what people read in it agrees with the proof."""

from __future__ import annotations

from typing import Any

from workshop.export.checking.core import Json, Report, counted, fingerprint
from workshop.export.checking.named import same_names
from workshop.export.checking.texts import only_proposed

#: the fields of a goal or an agreement that are the same in the outcome and in the text's version
WORDED = {
    "goals": (
        "title", "challenge", "target_group", "indicator", "unit", "data_source", "baseline", "baseline_date", "target",
        "direction", "deadline", "owner", "contributors", "decision_level", "first_step", "first_step_due",
    ),
    "agreements": (
        "purpose", "decision_rule", "ground_rules", "disagreement", "resources", "review_date", "end_date", "exit_terms",
        "what_we_try", "how_we_will_know", "stop_or_widen", "openness", "notice_days",
    ),
}  # fmt: skip
#: the fields of a goal that are shown with the vote on its agreement
GOAL_BESIDE_A_VOTE = ("title", "baseline", "baseline_date", "target", "unit", "direction", "deadline", "owner")
#: fields that are not compared: contributions have contacts, which are not proved, and a group is shown by its name
NOT_WHOLLY_SHOWN = {"contributions", "owner_group"}


def _shown(entries: list[Json]) -> dict[str, int]:
    """Returns the version of each text that was last shown to the room. Drafts count only if they were shown later, and of a
    reopened agreement the version in force counts. A version stays shown even if its command was undone."""
    found: dict[str, int] = {}
    for entry in entries:
        proof = entry["proof"]
        texts = [text for text in proof.get("texts", ()) if not text.get("draft") and not text.get("proposed")]
        in_force = [proof["in_force"]] if "in_force" in proof else []
        for text in (*proof.get("shown", ()), *texts, *in_force):
            found[text["subject"]] = text["version"]
    return found


def check_document(document: Json, report: Report) -> None:
    """Compares goals, agreements, decisions, ballots and provenance with the proof, and the file with its own fingerprint."""
    proof, faults = document["proof"], report.faults
    rest = {**document, "proof": {name: value for name, value in proof.items() if name != "file_hash"}}
    report.expect(fingerprint(rest) == proof["file_hash"], "file.hash")
    made, journal = document["provenance"], proof["journal"]
    same = (made["journal_entries"], made["journal_hash"]) == (journal["count"], journal["last_hash"])
    report.expect(same, "file.provenance")
    shown = _shown(journal["entries"])
    newest = {text["subject"]: text for text in proof["versions"] if text["version"] == shown.get(text["subject"])}
    for kind, fields in WORDED.items():
        for text in document[kind]:
            version = newest.get(text["id"])
            right = (
                version is not None and version["version"] == text["version"] and _worded(text, version["content"], fields)
            )
            report.expect(right, "file.text", id=text["id"])
            _check_standing(text, proof, report)
            _check_history(text, proof, report)
    _check_votes(document, proof, report)
    if report.faults == faults:
        report.note("holds", "file")


def _check_standing(text: Json, proof: Json, report: Report) -> None:
    """Checks that an agreed text was carried by a decision, in this version or in one after which only the language was
    corrected."""
    causes = {one["version"]: one["cause"] for one in proof["versions"] if one["subject"] == text["id"]}
    left_out = only_proposed(proof["journal"]["entries"])
    base = text["version"]
    while causes.get(base) == "language" or (text["id"], base) in left_out:
        base -= 1
    report.expect(text.get("base_version", base) == base, "file.base", id=text["id"])
    if text["standing"] != "agreed":
        return
    carried = [
        one["terms"]
        for one in proof["decisions"]
        if one["result"] is not None and one["result"]["outcome"] == "ratified" and one["terms"]["subject"] == text["id"]
    ]
    standing = [terms for terms in carried if base <= terms["version"] <= text["version"]]
    report.expect(bool(standing), "file.standing", id=text["id"])
    for goal in standing[-1].get("goals", ()) if standing else ():
        report.expect(_stands_as_voted(goal, proof), "file.goal", id=text["id"], goal=goal["goal"], version=goal["version"])


def _stands_as_voted(goal: Json, proof: Json) -> bool:
    """Returns whether only the language of a goal has changed since the agreement that serves it was carried."""
    later = [one for one in proof["versions"] if one["subject"] == goal["goal"] and one["version"] > goal["version"]]
    return all(one["cause"] == "language" for one in later)


def _check_history(text: Json, proof: Json, report: Report) -> None:
    """Checks the history of a text that people read: the versions in their order, each with its cause, and simple fields before
    and after."""
    kept = {one["version"]: one for one in proof["versions"] if one["subject"] == text["id"]}
    told = text.get("revisions", [])
    runs = [(one["first"], one["last"]) for one in told]
    left_out = only_proposed(proof["journal"]["entries"])
    in_turn = [number for number in range(1, text["version"] + 1) if (text["id"], number) not in left_out]
    whole = [number for first, last in runs for number in in_turn if first <= number <= last] == in_turn[1:]
    right = "revisions" not in text or whole
    for one in told if whole else ():
        made = [kept[number] for number in in_turn if one["first"] <= number <= one["last"]]
        before = kept[in_turn[in_turn.index(one["first"]) - 1]]
        right &= all((row["cause"], row.get("confirmed_by")) == (one["cause"], one["confirmed_by"]) for row in made)
        right &= _changes_as_kept(one["changes"], before["content"], made[-1]["content"])
    report.expect(right, "file.history", id=text["id"])


def _changes_as_kept(changes: list[Json], old: Json | None, new: Json | None) -> bool:
    """Returns whether the changes agree with two versions. Of lists, which the outcome writes differently, only the fact that
    they changed is compared."""
    if old is None or new is None:
        return True
    for one in changes:
        if one["field"] in NOT_WHOLLY_SHOWN:
            continue
        before, after = old.get(one["field"]), new.get(one["field"])
        plain = not any(isinstance(value, list) for value in (before, after, one["old"], one["new"]))
        if before == after or (plain and (before, after) != (one["old"], one["new"])):
            return False
    return True


def _worded(text: Json, content: Json | None, fields: tuple[str, ...]) -> bool:
    return content is not None and all(_plain(text[name]) == _plain(content.get(name)) for name in fields)


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _check_votes(document: Json, proof: Json, report: Report) -> None:
    decided = {one["id"]: one for one in proof["decisions"] if one["result"] is not None}
    report.expect({one["id"] for one in document["decisions"]} == set(decided), "file.votes")
    worded = {(one["subject"], one["version"]): one["content"] for one in proof["versions"]}
    for one in document["decisions"]:
        same = one["id"] in decided and _same_decision(one, decided[one["id"]], worded)
        report.expect(same, "file.vote", id=one["id"])
    published = {one["id"]: one for one in proof["ballots"] if one["result"] is not None}
    report.expect({one["id"] for one in document["ballots"]} == set(published), "file.votes")
    for one in document["ballots"]:
        report.expect(one["id"] in published and _same_ballot(one, published[one["id"]]), "file.vote", id=one["id"])


def _same_decision(shown: Json, proved: Json, worded: dict[tuple[str, int], Json]) -> bool:
    terms, result = proved["terms"], proved["result"]
    said = {frozenset(group["keys"]): group for group in shown["groups"]}
    today = "counts_from" in result
    groups = all(
        frozenset(group["keys"]) in said and _same_group(said[frozenset(group["keys"])], group, today)
        for group in result["groups"]
    )
    return (
        groups
        and len(said) == len(result["groups"])
        and _same_group(shown["overall"], result["overall"], today)
        and shown["outcome"] == result["outcome"]
        and (shown["subject"]["id"], shown["subject_version"]) == (terms["subject"], terms["version"])
        and shown["text_hash"] == terms["text_hash"]
        and shown["reservations"] == result["reservations"]
        and shown["dissent"] == result["dissent"]
        and same_names(shown, proved)
        and _same_goals(shown, proved, worded)
    )


def _same_goals(shown: Json, proved: Json, worded: dict[tuple[str, int], Json]) -> bool:
    """Returns whether the goals that people read with a vote are those that were voted on."""
    told, bound = shown.get("goals", []), proved["terms"].get("goals", [])
    if [(one["id"], one["version"]) for one in told] != [(one["goal"], one["version"]) for one in bound]:
        return False
    for one in told:
        content = worded.get((one["id"], one["version"]))
        if content is None or any(_plain(one[name]) != _plain(content.get(name)) for name in GOAL_BESIDE_A_VOTE):
            return False
    return True


def _same_group(shown: Json, proved: Json, today: bool) -> bool:
    """Returns whether a group's status and counts agree. `today`: the vote was published by the present rule; for an earlier
    one, counts of the proof may be missing from what people read."""
    said, known = counted(shown["counts"]), counted(proved["counts"])
    return bool(shown["status"] == proved["status"] and (said == known or (said is None and not today)))


def _same_ballot(shown: Json, proved: Json) -> bool:
    result = proved["result"]
    options = [(one["option"]["id"], list(map(counted, one["total"]))) for one in shown["options"]]
    expected = [(one["id"], _columns(counted(one["total"]), len(shown["columns"]))) for one in result["options"]]
    chosen = [one["id"] for one in shown["shortlist"]["winners"]] if shown["shortlist"] else None
    winners = result["shortlist"]["winners"] if "shortlist" in result else None
    same = shown["method"] == proved["terms"]["method"] and options == expected and chosen == winners
    return same and same_names(shown, proved)


def _columns(figure: Any, columns: int) -> list[Any]:
    """Returns a figure in the columns of the outcome: one, or agree, pass and disagree."""
    if columns == 1:
        return [figure]
    return [figure and figure[answer] for answer in ("agree", "pass", "disagree")]
