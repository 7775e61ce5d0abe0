"""The proof that goes with the JSON file: the whole journal, every wording, every vote as far as it is published
(docs/proof.md).

Nothing is in it that is not published anyway, but for the papers of a vote, and those only where they tell nothing more than
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
#: a whole paper that fewer of a group cast is not printed: it would be somebody's other votes
FEWEST_ALIKE = 3

Record = dict[str, Any]


def proof(workshop: Workshop, *, public: bool = False, all_papers: bool = False) -> Record:
    """What the checker replays.

    `public` leaves out the wording and the results of agreements that are open to their parties only. `all_papers` puts in
    every paper of a published vote, for a check on the server itself; such a proof never leaves it.
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
    """`follow_up` once the workshop is closed."""
    said = follow_up(workshop, public=public)
    return {} if said is None else {"follow_up": said}


def _journal(workshop: Workshop) -> Record:
    rows = db.session.scalars(select(JournalEntry).where(JournalEntry.workshop_id == workshop.id).order_by(JournalEntry.seq))
    entries = [row.as_entry() | {"hash": row.hash} for row in rows]
    return {"count": len(entries), "last_hash": workshop.journal_hash, "entries": entries}


def _rows(model: Any, workshop: Workshop) -> Iterable[Any]:
    return db.session.scalars(select(model).where(model.workshop_id == workshop.id).order_by(model.id)).all()


def _versions(reading: Reading) -> list[Record]:
    """Every version of every text; the words only of texts that the document shows, and of goals that were voted on, as far
    as the room was shown them."""
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
    """`papers` and, where they are held back, `withheld`: why."""
    if result is None:
        return {"papers": None, "withheld": "not_published"}
    rows = db.session.scalars(select(BallotPaper).where(BallotPaper.vote_id == vote_id).order_by(BallotPaper.key))
    papers = [row.as_sealed() for row in rows]
    why = None if all_papers else _withheld(papers, counted)
    return {"papers": None if why else papers, "withheld": why}


def _named_papers(row: Vote, result: Record | None) -> Record:
    """`named_papers` of a published vote in which groups voted openly: what the journal fingerprinted of each, and with it
    the name and the words with their salts, as long as they are kept."""
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
    """Why the papers of a published vote are not printed; None where they are.

    A whole paper is itself something that so many of a group chose, so docs/rules.md section 7 holds for it as for a count:

    - `small`: not every group's counts are published. The papers would tell them.
    - `alone`: fewer than three of a group cast the same paper. Who knows one of somebody's choices would read the others.

    A stance is one choice, and exact counts of it are the papers in another form: only the first holds for decisions.
    """
    if not counted:
        return "small"
    if all("stance" in paper for paper in papers):
        return None
    alike = Counter(canonical([paper["group"], paper["choices"]]) for paper in papers)
    return "alone" if any(people < FEWEST_ALIKE for people in alike.values()) else None
