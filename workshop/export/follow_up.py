"""The follow-up in the proof: every act of the journal with its texts, and the state of each item on the day the file was made
(docs/proof.md).

Names and addresses of receivers and stewards, and drafts of answers, are not read here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import select

from workshop import identity, secrecy
from workshop.clock import day_of, last_day_before, stamp, today
from workshop.extensions import db
from workshop.models import Agreement, FollowUpLink, TextVersion, VerdictPaper, Workshop
from workshop.models.items import Item, for_parties_only, items
from workshop.rules.answers import due_for_another
from workshop.rules.measures import aim_of
from workshop.rules.promise_lines import lines_of
from workshop.rules.record_ids import RecordId
from workshop.screens import follow_up as screen
from workshop.screens.promises import Promises, promises

Record = dict[str, Any]

#: of each act the fields that are printed; `at` is added to all, and a salt to acts on an agreement
ACTS: dict[str, tuple[str, ...]] = {
    "handover": ("id", "due", "hash"),
    "answers": ("id", "on", "answer", "date", "link", "reason", "body", "by_body"),
    "postponed": ("id", "on", "to", "reason", "by_body"),
    "corrected": ("id", "on", "reason"),
    "passed_to": ("id", "on", "body"),
    "path_step": ("id", "on", "date", "body", "title", "link", "case_number", "outcome"),
    "line_report": ("id", "on", "line", "state", "date", "party", "words", "evidence"),
    "line_verdict": ("id", "on", "report", "verdict", "party", "words"),
    "report": (
        "id", "on", "date", "exact", "value_date", "status", "next_date", "corrects", "party", "value", "source",
        "what_worked", "what_went_wrong", "lesson",
    ),
    "ended": ("id", "on", "said_on", "ends_on", "by", "reason"),
    "reopened_agreement": ("id", "on", "from_version", "reason"),
    "party_word": ("id", "on", "reopening", "accepted", "party", "words"),
    "passed_on": ("id", "on", "party", "words", "state"),
    "question": ("id", "on", "words"),
    "question_answered": ("id", "on", "question", "by", "words"),
    "statement": ("id", "on", "words"),
}  # fmt: skip
#: fields whose column has another name
_COLUMNS = {
    ("answers", "link"): "link_id",
    ("report", "corrects"): "corrects_id",
    ("line_verdict", "report"): "report_id",
    ("question_answered", "question"): "question_id",
    ("party_word", "reopening"): "reopening_id",
    ("passed_to", "id"): "token_id",
    ("passed_on", "id"): "token_id",
}
_MOMENTS = {"answers": "published_at", "passed_to": "created_at", "passed_on": "created_at"}


def follow_up(workshop: Workshop, *, public: bool) -> Record | None:
    """Returns what the checker verifies of the follow-up; None where it has not begun.

    `public` leaves out what concerns agreements that only their parties may read.
    """
    said, passed_on = promises(workshop), _passed_on(workshop)
    rows = _rows(said, passed_on)
    if workshop.state != "closed" and not any(rows.values()):
        return None
    day = today()
    shown = [found for found in items(workshop) if not (public and found.withheld)]
    known = {found.id for found in shown}
    hidden = _withheld(workshop) if public else set()
    printed = {act: [_printed(act, row, said) for row in own] for act, own in rows.items()}
    acts = {act: [_with_salt(act, one, workshop) for one in own if _is_shown(one, known)] for act, own in printed.items()}
    presented = [screen.present_item(found, said, day) for found in shown]
    return {
        "day": day.isoformat(),
        "acts": acts,
        "rhythm": [row.day.isoformat() for row in said.dates],
        "look_backs": [_look_back(row, hidden) for row in said.look_backs],
        "reopened": [
            {"id": row.id, "on": row.on, "version": row.version, "state": row.state}
            for row in _all(said.reopenings)
            if row.on in known
        ],
        "readings": _readings(workshop, shown),
        "items": [_standing(one) for one in presented],
        "counts": screen.counts(presented),
    }


def _rows(said: Promises, passed_on: list[FollowUpLink]) -> dict[str, list[Any]]:
    """Returns the rows of each act, in the order they were written."""
    line_reports = _all(said.line_reports)
    return {
        "handover": said.handovers,
        "answers": _all(said.answers),
        "postponed": _all(said.postponements),
        "corrected": _all(said.corrections),
        "passed_to": _all(said.passed_to),
        "path_step": _all(said.path),
        "line_report": line_reports,
        "line_verdict": [row for report in line_reports for row in said.verdicts.get(report.id, ())],
        "report": _all(said.reports),
        "ended": _all(said.ended),
        "reopened_agreement": _all(said.reopenings),
        "party_word": sorted((row for own in said.party_words.values() for row in own), key=_number),
        "passed_on": passed_on,
        "question": _all(said.questions),
        "question_answered": sorted((row for own in said.question_answers.values() for row in own), key=_number),
        "statement": _all(said.statements),
    }


def _all(by_item: Mapping[str | None, list[Any]]) -> list[Any]:
    return sorted((row for rows in by_item.values() for row in rows), key=_number)


def _number(row: Any) -> int:
    return int(row.token_id if isinstance(row, FollowUpLink) else row.id)


def _passed_on(workshop: Workshop) -> list[FollowUpLink]:
    wanted = select(FollowUpLink).where(FollowUpLink.workshop_id == workshop.id, FollowUpLink.follows_id.is_not(None))
    return list(db.session.scalars(wanted.order_by(FollowUpLink.token_id)))


def _is_shown(record: Record, known: set[str]) -> bool:
    """Returns whether an act is about an item of this file, or about all items."""
    return record.get("on") is None or record["on"] in known


def _printed(act: str, row: Any, said: Promises) -> Record:
    fields = {name: _plain(getattr(row, _COLUMNS.get((act, name), name), None)) for name in ACTS[act]}
    if act == "line_verdict":
        fields["on"] = next(on for on, own in said.line_reports.items() for report in own if report.id == row.report_id)
    if act == "question_answered":
        fields["on"] = next(on for on, own in said.questions.items() for asked in own if asked.id == row.question_id)
    if act == "passed_to":
        fields["due"] = _due_of_body(row, said)
    if act == "handover":
        fields |= {"to": said.workshop.receiving_body, "confirmed_at": stamp(row.confirmed_at)}
    return fields | {"at": stamp(getattr(row, _MOMENTS.get(act, "at")))}


def _due_of_body(row: FollowUpLink, said: Promises) -> str | None:
    """Returns the day by which a body to which an item was passed had to answer, by the handover at that time; None if there
    was none."""
    before = [handed for handed in said.handovers if handed.at <= row.created_at]
    if not before:
        return None
    return due_for_another(day_of(before[-1].at), before[-1].due, day_of(row.created_at)).isoformat()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _with_salt(act: str, record: Record, workshop: Workshop) -> Record:
    """Returns an act, with its salt if it is about an agreement: the journal has only a salted digest of it if only the parties
    may read the agreement."""
    if record.get("on") is None or RecordId.parse(record["on"]).kind != "agreement":
        return record
    return record | {"salt": secrecy.act_salt(identity.secret(), workshop.id, act, record["id"])}


def _standing(item: Record) -> Record:
    """Returns the state of one item, without its texts."""
    reached = item["reached"]
    return {
        **{name: item[name] for name in ("id", "kind", "version", "intention", "done")},
        "answer": {name: item["answer"][name] for name in ("state", "due")},
        "lines": [{name: line[name] for name in ("line", "state", "standing", "late_since")} for line in item["lines"]],
        "reached": reached and {name: reached[name] for name in ("state", "number", "value_date", "progress")},
    }


def _readings(workshop: Workshop, shown: Iterable[Item]) -> list[Record]:
    """Returns the figures and days in the text of each version of the items, as the program reads them."""
    known = [found.id for found in shown if found.kind in ("goal", "agreement")]
    wanted = select(TextVersion).where(TextVersion.workshop_id == workshop.id, TextVersion.text_id.in_(known))
    rows = sorted(db.session.scalars(wanted), key=lambda row: (*RecordId.parse(row.text_id), row.version))
    return [_reading(row, workshop.language) for row in rows]


def _reading(row: TextVersion, lang: str) -> Record:
    kind = RecordId.parse(row.text_id).kind
    by_when = [_plain(line.by_when) for line in lines_of(kind, row.content)]
    record: Record = {"subject": row.text_id, "version": row.version, "by_when": by_when}
    if kind == "goal":
        aim = aim_of(row.content, lang)
        record |= {"baseline": _exact(aim.baseline), "target": _exact(aim.target), "deadline": _plain(aim.deadline)}
    return record


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else f"{value.numerator}/{value.denominator}"


def _withheld(workshop: Workshop) -> set[str]:
    """Returns the agreements that only their parties may read, also those that are no items."""
    rows = db.session.scalars(select(Agreement).where(Agreement.workshop_id == workshop.id))
    return {row.record_id for row in rows if for_parties_only(row.content)}


def _look_back(row: Any, hidden: set[str]) -> Record:
    """Returns a look-back, with its result once it is closed, and its papers where every group has counts for every item: then
    they reveal nothing more. A look-back never asks about agreements that only their parties may read. What was said of one
    that became such an agreement later (`hidden`) is left out, and all papers with it, because they have one fingerprint."""
    record = {
        "id": row.id,
        "on": list(row.on),
        "question": row.question,
        "state": row.state,
        "cards": dict(row.cards),
        "effective": dict(row.effective),
        "privacy_minimum": row.privacy_minimum,
        "opened_at": stamp(row.opened_at),
        "until": last_day_before(row.until).isoformat(),
        "closed_at": stamp(row.closed_at),
    }
    if row.state != "closed" or row.result is None:
        return record | {"result": None, "papers": None, "withheld": "not_published"}
    result = {on: dict(said) for on, said in row.result.items() if on not in hidden}
    why = "parties_only" if len(result) < len(row.result) else None if _all_counted(row, result) else "small"
    return record | {"result": result, "papers": None if why else _papers(row.id), "withheld": why}


def _all_counted(row: Any, result: Mapping[str, Record]) -> bool:
    return all((said.get("by_group") or {}).keys() == row.cards.keys() for said in result.values())


def _papers(look_back: int) -> list[Record]:
    wanted = select(VerdictPaper).where(VerdictPaper.look_back_id == look_back).order_by(VerdictPaper.key)
    return [row.as_sealed() for row in db.session.scalars(wanted)]
