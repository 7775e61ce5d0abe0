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
from workshop.export.sources.reading import Reading
from workshop.extensions import db
from workshop.models import Ballot, Decision, JournalEntry, NamedPaper, Paper, TextVersion, Workshop
from workshop.models.votes import Vote
from workshop.rules.chain import canonical
from workshop.rules.fingerprints import without_contacts

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
    }


def _journal(workshop: Workshop) -> Record:
    rows = db.session.scalars(
        select(JournalEntry).where(JournalEntry.workshop_id == workshop.id).order_by(JournalEntry.seq)
    )
    entries = [row.as_entry() | {"hash": row.hash} for row in rows]
    return {"count": len(entries), "last_hash": workshop.journal_hash, "entries": entries}


def _rows(model: Any, workshop: Workshop) -> Iterable[Any]:
    return db.session.scalars(select(model).where(model.workshop_id == workshop.id).order_by(model.id)).all()


def _versions(reading: Reading) -> list[Record]:
    """Every version of every text; the words only of texts that the document shows."""
    shown = {row.record_id for row in (*reading.goals, *reading.agreements)}
    rows = db.session.scalars(select(TextVersion).where(TextVersion.workshop_id == reading.workshop.id))
    found = [
        {
            "subject": row.subject,
            "version": row.version,
            "text_hash": row.text_hash,
            "changed": list(row.changed),
            "cause": row.cause,
            "confirmed_by": row.confirmed_by,
            "content": without_contacts(row.content) if row.subject in shown else None,
        }
        for row in rows
    ]
    return sorted(found, key=_place)


def _place(version: Record) -> tuple[str, int, int]:
    kind, _, number = version["subject"].partition(":")
    return kind, int(number), version["version"]


def _ballot(row: Ballot, all_papers: bool) -> Record:
    result = dict(row.result) if row.state == "published" and row.result else None
    record = {"id": row.record_id, "state": row.state, "terms": row.terms(), "result": result}
    options = [] if result is None else result["options"]
    figures = [figure for one in options for figure in (one["total"], *one["by_group"].values())]
    return record | _papers(row.record_id, result, figures, all_papers) | _named_papers(row, result)


def _decision(row: Decision, reading: Reading, all_papers: bool) -> Record:
    record: Record = {"id": row.record_id, "state": row.state}
    if row.subject in reading.withheld:
        return record | {"terms": None, "result": None, "papers": None, "withheld": "parties_only"}
    result = dict(row.result) if row.result else None
    figures = [] if result is None else [shown["counts"] for shown in (*result["groups"], result["overall"])]
    papers = _papers(row.record_id, result, figures, all_papers)
    return record | {"terms": row.terms(), "result": result} | papers | _named_papers(row, result)


def _papers(subject: str, result: Record | None, figures: list[Any], all_papers: bool) -> Record:
    """`papers` and, where they are held back, `withheld`: why."""
    if result is None:
        return {"papers": None, "withheld": "not_published"}
    rows = db.session.scalars(select(Paper).where(Paper.subject == subject).order_by(Paper.key))
    papers = [row.as_sealed() for row in rows]
    why = None if all_papers else _withheld(papers, figures)
    return {"papers": None if why else papers, "withheld": why}


#: what a published figure that is no count is said by
_INEXACT = frozenset({"band", "at_most", "all_but"})
def _named_papers(row: Vote, result: Record | None) -> Record:
    """`named_papers` of a published vote in which groups voted openly: what the journal fingerprinted of each, and with it
    the name and the words with their salts, as long as they are kept."""
    if result is None or not row.open_groups:
        return {}
    wanted = select(NamedPaper).where(NamedPaper.subject == row.record_id, NamedPaper.key.is_not(None))
    papers = db.session.scalars(wanted.order_by(NamedPaper.key))
    return {"named_papers": [paper.as_sealed() | _what_is_sealed(paper) for paper in papers]}


def _what_is_sealed(paper: NamedPaper) -> Record:
    return {
        "name": paper.name,
        "name_salt": paper.name_salt,
        "reason": paper.reason or None,
        "reason_salt": paper.reason_salt,
    }


def _withheld(papers: list[Record], figures: list[Any]) -> str | None:
    """Why the papers of a published vote are not printed; None where they are.

    A whole paper is itself something that so many of a group chose, so docs/rules.md section 7 holds for it as for a count:

    - `small`: some published figure is not exact. The papers would tell it.
    - `alone`: fewer than three of a group cast the same paper. Who knows one of somebody's choices would read the others.

    A stance is one choice, and exact counts of it are the papers in another form: only the first holds for decisions.
    """
    if not all(_exact(figure) for figure in figures):
        return "small"
    if all("stance" in paper for paper in papers):
        return None
    alike = Counter(canonical([paper["group"], paper["choices"]]) for paper in papers)
    return "alone" if any(people < FEWEST_ALIKE for people in alike.values()) else None


def _exact(figure: Any) -> bool:
    if isinstance(figure, dict):
        return _INEXACT.isdisjoint(figure) and all(_exact(one) for one in figure.values())
    return isinstance(figure, int)
