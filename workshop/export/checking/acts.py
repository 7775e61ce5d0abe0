"""What was said and done after the seminar: each act stands in the file just as the journal tells of it, none is left out and
none put in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from workshop.export.checking.core import Json, Report, Story, fingerprint

#: of each act the facts that the journal tells openly, and the words of which it has the fingerprint
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
#: what the journal tells under another name, because it changes an earlier act
LATER = {"passed_on": ("work_refused",)}
#: how far the moment in a row may lie from that of its entry: both are made while one command runs
ONE_COMMAND = timedelta(minutes=1)

Told = tuple[Json, str]


def check_acts(proof: Json, story: Story, report: Report) -> None:
    """Compare the acts in the file with those in the journal, one by one."""
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
    """Every act of a kind by its number, with the moment of its entry; of one that was changed the newest telling, with the
    moment of the first."""
    first: dict[int, str] = {}
    for entry in story.entries:
        for name in (act, *LATER.get(act, ())):
            found = entry["proof"].get(name, [])
            for told in found if isinstance(found, list) else [found]:
                yield told["id"], (told, first.setdefault(told["id"], entry["at"]))


def _is_told(row: Json, told: Json, facts: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether a row is what the journal tells: openly, or of an agreement for its parties only by a salted fingerprint."""
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
    """A handover names the journal's last fingerprint before it; and it is confirmed where the journal says so."""
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
