"""Reopened agreements: checks that a new version is in force exactly where the holders of cards carried it and every party
accepted it (docs/rules.md section 11)."""

from __future__ import annotations

from workshop.export.checking.core import Json, Report, Story


def check_reopened(proof: Json, story: Story, report: Report) -> None:
    """Checks that every reopened agreement of the journal is in the file, in the state that follows from votes and answers."""
    rows: list[Json] = proof["follow_up"]["reopened"]
    known = {row["id"] for row in proof["follow_up"]["acts"]["reopened_agreement"]}
    report.expect({row["id"] for row in rows} == known and len(rows) == len(known), "follow.reopenings")
    for row in rows:
        with report.reading(f"reopening:{row['id']}"):
            report.expect(_is_right(row, proof, story), "follow.reopened", id=row["on"], n=row["id"])


def _is_right(row: Json, proof: Json, story: Story) -> bool:
    """Returns whether the state follows from the journal, the decision and the answers of the parties."""
    opened = _entry("reopening", row, story)
    closed = _entry("reopened", row, story)
    withdrawn = _entry("reopening_withdrawn", row, story)
    if closed is None or opened is None:
        state = "deciding" if opened is not None else "withdrawn" if withdrawn is not None else "draft"
        version = opened["proof"]["reopening"]["version"] if opened is not None else None
        return bool((row["state"], row["version"], closed) == (state, version, None))
    told, before, after = closed["proof"]["reopened"], opened["proof"]["terms"], closed["proof"]["terms"]
    same = before | {"eligible": None} == after | {"eligible": None}
    same &= (before["subject"], before["version"], before.get("electorate")) == (row["on"], row["version"], "cards")
    said = _words(row, proof, closed)
    same &= told["parties"] == {party: said.get(party) for party in _parties(row, proof)}
    decision = next(one for one in proof["decisions"] if one["id"] == closed["proof"]["decision"])
    ended = any(one["on"] == row["on"] and one["at"] <= closed["at"] for one in proof["follow_up"]["acts"]["ended"])
    carried = decision["result"]["outcome"] == "ratified" and all(told["parties"].values()) and not ended
    force = closed["proof"].get("in_force")
    same &= force == ({"subject": row["on"], "version": row["version"]} if carried else None)
    return bool(same and told["carried"] is carried and row["state"] == ("carried" if carried else "not_carried"))


def _entry(name: str, row: Json, story: Story) -> Json | None:
    """Returns the journal's entry with this fact about a reopened agreement, or None."""
    return next((one for one in story.entries if one["proof"].get(name, {}).get("id") == row["id"]), None)


def _words(row: Json, proof: Json, closed: Json) -> Json:
    """Returns the last answer of each party before the decision closed."""
    words = proof["follow_up"]["acts"]["party_word"]
    return {one["party"]: one["accepted"] for one in words if one["reopening"] == row["id"] and one["at"] <= closed["at"]}


def _parties(row: Json, proof: Json) -> list[str]:
    """Returns the parties of the agreement, which are the same in both versions."""
    worded = {(one["subject"], one["version"]): one["content"] for one in proof["versions"]}
    return [party["name"] for party in worded[row["on"], row["version"]]["parties"]]
