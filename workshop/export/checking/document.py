"""The rest of the file: what people read in it says the same as what was proved."""

from __future__ import annotations

from typing import Any

from workshop.export.checking.ground import Json, Report, fingerprint
from workshop.export.checking.named import same_names

#: the fields of a goal or an agreement that stand in the outcome as they stand in the wording
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


def check_document(document: Json, report: Report) -> None:
    """Compare goals, agreements, decisions, ballots and provenance with the proof; and the file with its own fingerprint."""
    proof, faults = document["proof"], report.faults
    rest = {**document, "proof": {name: value for name, value in proof.items() if name != "file_hash"}}
    report.expect(fingerprint(rest) == proof["file_hash"], "file.hash")
    made, journal = document["provenance"], proof["journal"]
    same = (made["journal_entries"], made["journal_hash"]) == (journal["count"], journal["last_hash"])
    report.expect(same, "file.provenance")
    newest = {text["subject"]: text for text in proof["versions"]}
    for kind, fields in WORDED.items():
        for text in document[kind]:
            version = newest.get(text["id"])
            right = version is not None and version["version"] == text["version"] and _worded(text, version["content"], fields)
            report.expect(right, "file.text", id=text["id"])
    _check_votes(document, proof, report)
    if report.faults == faults:
        report.holds("file")


def _worded(text: Json, content: Json | None, fields: tuple[str, ...]) -> bool:
    return content is not None and all(_plain(text[name]) == _plain(content.get(name)) for name in fields)


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _check_votes(document: Json, proof: Json, report: Report) -> None:
    decided = {one["id"]: one for one in proof["decisions"] if one["result"] is not None}
    report.expect({one["id"] for one in document["decisions"]} == set(decided), "file.votes")
    for one in document["decisions"]:
        report.expect(one["id"] in decided and _same_decision(one, decided[one["id"]]), "file.vote", id=one["id"])
    published = {one["id"]: one for one in proof["ballots"] if one["result"] is not None}
    report.expect({one["id"] for one in document["ballots"]} == set(published), "file.votes")
    for one in document["ballots"]:
        report.expect(one["id"] in published and _same_ballot(one, published[one["id"]]), "file.vote", id=one["id"])


def _same_decision(shown: Json, proved: Json) -> bool:
    terms, result = proved["terms"], proved["result"]
    said = {frozenset(group["keys"]): group for group in shown["groups"]}
    groups = all(
        frozenset(group["keys"]) in said and _same_group(said[frozenset(group["keys"])], group) for group in result["groups"]
    )
    return (
        groups
        and len(said) == len(result["groups"])
        and _same_group(shown["overall"], result["overall"])
        and shown["outcome"] == result["outcome"]
        and (shown["subject"]["id"], shown["subject_version"]) == (terms["subject"], terms["version"])
        and shown["text_hash"] == terms["text_hash"]
        and shown["reservations"] == result["reservations"]
        and shown["dissent"] == result["dissent"]
        and same_names(shown, proved)
    )


def _same_group(shown: Json, proved: Json) -> bool:
    return (shown["status"], shown["counts"], shown["band"]) == (proved["status"], proved["counts"], proved.get("band"))


def _same_ballot(shown: Json, proved: Json) -> bool:
    result = proved["result"]
    options = [(one["option"]["id"], one["total"]) for one in shown["options"]]
    expected = [(one["id"], _columns(one["total"], len(shown["columns"]))) for one in result["options"]]
    chosen = [one["id"] for one in shown["shortlist"]["winners"]] if shown["shortlist"] else None
    winners = result["shortlist"]["winners"] if "shortlist" in result else None
    counted = shown["method"] == proved["terms"]["method"] and options == expected and chosen == winners
    return counted and same_names(shown, proved)


def _columns(figure: Any, columns: int) -> list[Any]:
    """A figure as the outcome writes it: one column, or agree, pass and disagree."""
    if columns == 1:
        return [figure]
    if isinstance(figure, dict) and "band" not in figure:
        return [figure[answer] for answer in ("agree", "pass", "disagree")]
    return [figure, None, None]
