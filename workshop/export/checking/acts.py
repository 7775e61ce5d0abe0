"""The acts after the seminar, such as answers and reports: checks that the file has exactly those that the journal has, each
with the same content."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from workshop.export.checking.core import Json, Report, Story, fingerprint

#: of each act the facts that are open in the journal, and the texts of which the journal has a fingerprint
ACTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "handover": (("id", "due", "hash"), ()),
    "answers": (("id", "on", "answer", "date", "link"), ("reason", "body", "by_body", "date")),
    "postponed": (("id", "on", "to"), ("reason", "by_body")),
    "corrected": (("id", "on"), ("reason",)),
    "passed_to": (("id", "on", "due"), ("body",)),
    "path_step": (("id", "on", "date"), ("body", "title", "link", "case_number", "outcome")),
    "line_report": (("id", "on", "line", "state", "date", "evidence"), ("party", "words", "evidence")),
    "line_verdict": (("id", "on", "report", "verdict"), ("party", "words")),
    "report": (
        ("id", "on", "date", "exact", "value_date", "status", "next_date", "corrects"),
        ("party", "value", "source", "what_worked", "what_went_wrong", "lesson"),
    ),
    "ended": (("id", "on", "said_on", "ends_on"), ("by", "reason")),
    "reopened_agreement": (("id", "on", "from_version"), ("reason",)),
    "party_word": (("id", "on", "reopening", "accepted"), ("party", "words")),
    "passed_on": (("id", "on"), ("party", "words")),
    "question": (("id", "on"), ("words",)),
    "question_answered": (("id", "on", "question"), ("by", "words")),
    "statement": (("id", "on"), ("words",)),
}
#: other names in the journal under which an act is changed later
LATER = {"passed_on": ("work_refused",)}
#: the largest difference between the moments of a row and of its entry, which are both taken while one command runs
ONE_COMMAND = timedelta(minutes=1)

Told = tuple[Json, str]


def check_acts(proof: Json, story: Story, report: Report) -> None:
    """Compares the acts in the file with those in the journal, one by one."""
    file: Json = proof["follow_up"]
    shown = {item["id"] for item in file["items"]}
    hidden = 0
    for act, (facts, words) in ACTS.items():
        printed = {row["id"]: row for row in file["acts"][act]}
        report.expect(len(printed) == len(file["acts"][act]), "follow.twice", what=act)
        known = dict(_told(act, story))
        for number, (told, at) in known.items():
            row = printed.get(number)
            if row is not None:
                report.expect(_is_told(row, told, facts, words), "follow.told", what=act, n=number, id=_on(told))
                report.expect(_at_once(row["at"], at), "follow.when", what=act, n=number, id=_on(told))
            elif told.get("on") is None or told["on"] in shown:
                report.note("fault", "follow.missing", what=act, n=number, id=_on(told))
            else:
                hidden += 1
        for number in sorted(printed.keys() - known.keys()):
            report.note("fault", "follow.unknown", what=act, n=number)
    _check_handovers(proof, story, report)
    rhythms = [entry["proof"]["rhythm"] for entry in story.entries if "rhythm" in entry["proof"]]
    report.expect(not rhythms or rhythms[-1] == file["rhythm"], "follow.rhythm")
    if hidden:
        report.note("withheld", "follow.hidden", n=hidden)


def _told(act: str, story: Story) -> Iterator[tuple[int, Told]]:
    """Yields every act of a kind by its number, with the moment of its entry. A changed act comes again with its newer content
    and the moment of its first entry."""
    first: dict[int, str] = {}
    for entry in story.entries:
        for name in (act, *LATER.get(act, ())):
            found = entry["proof"].get(name, [])
            for told in found if isinstance(found, list) else [found]:
                yield told["id"], (told, first.setdefault(told["id"], entry["at"]))


def _is_told(row: Json, told: Json, facts: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Returns whether a row is what the journal says: openly, or by a salted fingerprint for an agreement that only its parties
    may read."""
    said = {name: bool(row[name]) if name == "evidence" else row[name] for name in facts}
    if words:
        said["words"] = fingerprint({name: row[name] for name in words})
    if "sealed" in told:
        same = fingerprint({**said, "salt": row.get("salt")}) == told["sealed"]
        return same and (row["id"], row["on"]) == (told["id"], told["on"])
    return said == told


def _at_once(one: str, other: str) -> bool:
    return abs(_moment(one) - _moment(other)) < ONE_COMMAND


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def _on(told: Json) -> str:
    return str(told.get("on") or "*")


def _check_handovers(proof: Json, story: Story, report: Report) -> None:
    """Checks that each handover names the journal's last fingerprint before it, and is confirmed exactly where the journal
    says so."""
    before = {"": "0" * 64}
    last = "0" * 64
    for entry in proof["journal"]["entries"]:
        before[str(entry["seq"])], last = last, entry["hash"]
    confirmed: dict[int, str] = {}
    newest = None
    for entry in story.entries:
        if "handover" in entry["proof"]:
            newest = entry["proof"]["handover"]["id"]
            right = entry["proof"]["handover"]["hash"] == before[str(entry["seq"])]
            report.expect(right, "follow.handover", n=newest)
        elif "handover_confirmed" in entry["proof"] and newest is not None:
            confirmed[newest] = entry["at"]
    for row in proof["follow_up"]["acts"]["handover"]:
        at = confirmed.get(row["id"])
        same = (at is None) is (row["confirmed_at"] is None) and (at is None or _at_once(row["confirmed_at"], at))
        report.expect(same, "follow.handover", n=row["id"])
