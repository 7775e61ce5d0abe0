"""The proof in the JSON file: the whole journal, every version of each text, every vote as far as it is published
(docs/proof.md).

Its content is also published elsewhere, except for ballot papers. Those are included only where they reveal nothing more than
the published counts do: see `_withheld`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from workshop.export import checker
from workshop.export.follow_up import follow_up
from workshop.export.sources.reading import Reading
from workshop.extensions import db
from workshop.models import Ballot, BallotPaper, Decision, JournalEntry, NamedPaper, TextVersion, Vote, Workshop
from workshop.models.texts import TEXTS
from workshop.rules.chain import canonical
from workshop.rules.disclosure import as_published
from workshop.rules.fingerprints import without_contacts
from workshop.rules.record_ids import RecordId

SCHEMA = "rundbord/proof/1"
#: ballot papers are printed only if at least so many members of a group cast each of them; otherwise a paper would reveal
#: somebody's other choices
FEWEST_ALIKE = 3

Record = dict[str, Any]


def proof(workshop: Workshop, *, public: bool = False, all_papers: bool = False) -> Record:
    """Returns the proof that the checker (`checking`) verifies.

    `public` leaves out the text and the results of agreements that only their parties may read. `all_papers` includes every
    ballot paper of a published vote; that is for a check on the server itself, and such a proof must not be handed out.
    """
    reading = Reading(workshop, workshop.language, public)
    return {
        "schema": SCHEMA,
        "checker": {"name": checker.NAME, "sha256": checker.fingerprint()},
        "public": public,
        "workshop": workshop.id,
        "lot_seed": workshop.lot_seed,
        "journal": _journal(workshop),
        "versions": _versions(reading),
        "ballots": [_ballot(row, all_papers) for row in _rows(Ballot, workshop)],
        "decisions": [_decision(row, reading, all_papers) for row in _rows(Decision, workshop)],
        **_after_the_seminar(workshop, public),
    }


def _after_the_seminar(workshop: Workshop, public: bool) -> Record:
    """Returns `{follow_up}` once the workshop is closed, else nothing."""
    said = follow_up(workshop, public=public)
    return {} if said is None else {"follow_up": said}


def _journal(workshop: Workshop) -> Record:
    rows = db.session.scalars(select(JournalEntry).where(JournalEntry.workshop_id == workshop.id).order_by(JournalEntry.seq))
    entries = [row.as_entry() | {"hash": row.hash} for row in rows]
    return {"count": len(entries), "last_hash": workshop.journal_hash, "entries": entries}


def _rows(model: Any, workshop: Workshop) -> Iterable[Any]:
    return db.session.scalars(select(model).where(model.workshop_id == workshop.id).order_by(model.id)).all()


def _versions(reading: Reading) -> list[Record]:
    """Returns every version of every text. Its content is given only for texts that the document shows and goals that were
    voted on, and only up to the version that was last shown to the room; otherwise it is None."""
    shown = {row.record_id for row in (*reading.goals, *reading.agreements)}
    for decision in _rows(Decision, reading.workshop):
        if decision.text_id not in reading.withheld:
            shown |= {goal["goal"] for goal in decision.goals or []}
    until = {row.record_id: row.version for model in TEXTS for row in _rows(model, reading.workshop)}
    decided_on = {(row.text_id, row.text_version) for row in _rows(Decision, reading.workshop)}
    rows = db.session.scalars(select(TextVersion).where(TextVersion.workshop_id == reading.workshop.id))
    found = [
        {
            "subject": row.text_id,
            "version": row.version,
            "text_hash": row.text_hash,
            "changed": list(row.changed),
            "cause": row.cause,
            "confirmed_by": row.confirmed_by,
            "content": without_contacts(row.content)
            if row.text_id in shown and (row.version <= until[row.text_id] or (row.text_id, row.version) in decided_on)
            else None,
        }
        for row in rows
    ]
    return sorted(found, key=_place)


def _place(version: Record) -> tuple[str, int, int]:
    return *RecordId.parse(version["subject"]), version["version"]


def _ballot(row: Ballot, all_papers: bool) -> Record:
    result = dict(row.result) if row.state == "published" and row.result else None
    record = {"id": row.record_id, "state": row.state, "terms": row.terms(), "result": result}
    shown = as_published(result or {}, row.open_groups).get("options", ())
    counted = all(one["by_group"].keys() == (row.eligible or {}).keys() for one in shown)
    return record | _papers(row.record_id, result, counted, all_papers) | _named_papers(row, result)


def _decision(row: Decision, reading: Reading, all_papers: bool) -> Record:
    record: Record = {"id": row.record_id, "state": row.state}
    if row.text_id in reading.withheld:
        return record | {"terms": None, "result": None, "papers": None, "withheld": "parties_only"}
    result = dict(row.result) if row.result else None
    shown = as_published(result or {}, row.open_groups).get("groups", ())
    papers = _papers(row.record_id, result, all(group["counts"] for group in shown), all_papers)
    return record | {"terms": row.terms(), "result": result} | papers | _named_papers(row, result)


def _papers(vote_id: str, result: Record | None, counted: bool, all_papers: bool) -> Record:
    """Returns `{papers, withheld}`: the ballot papers, or None and the reason why they are withheld."""
    if result is None:
        return {"papers": None, "withheld": "not_published"}
    rows = db.session.scalars(select(BallotPaper).where(BallotPaper.vote_id == vote_id).order_by(BallotPaper.key))
    papers = [row.as_sealed() for row in rows]
    why = None if all_papers else _withheld(papers, counted)
    return {"papers": None if why else papers, "withheld": why}


def _named_papers(row: Vote, result: Record | None) -> Record:
    """Returns `{named_papers}` of a published vote in which groups voted openly: of each paper what the journal has a
    fingerprint of, with the name and the reason and their salts, as long as these are stored."""
    if result is None or not row.open_groups:
        return {}
    wanted = select(NamedPaper).where(NamedPaper.vote_id == row.record_id, NamedPaper.key.is_not(None))
    papers = db.session.scalars(wanted.order_by(NamedPaper.key))
    return {"named_papers": [paper.as_sealed() | _what_is_sealed(paper) for paper in papers]}


def _what_is_sealed(paper: NamedPaper) -> Record:
    return {
        "name": paper.name,
        "name_salt": paper.name_salt,
        "reason": paper.reason or None,
        "reason_salt": paper.reason_salt,
    }


def _withheld(papers: list[Record], counted: bool) -> str | None:
    """Returns why the ballot papers of a published vote are withheld, or None where they are printed.

    A whole paper shows how many of a group made the same choices, so docs/rules.md section 7 applies to it as to a count:

    - `small`: the counts of some group are withheld, and the papers would reveal them.
    - `alone`: fewer than three of a group cast the same paper, so whoever knows one of somebody's choices could read the
      others.

    On a decision a paper has one choice only, so exact counts say the same as the papers: only `small` applies.
    """
    if not counted:
        return "small"
    if all("stance" in paper for paper in papers):
        return None
    alike = Counter(canonical([paper["group"], paper["choices"]]) for paper in papers)
    return "alone" if any(people < FEWEST_ALIKE for people in alike.values()) else None
