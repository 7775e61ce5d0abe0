"""The papers of a look-back: read, counted, and at closing freed of what ties them to cards (docs/secrecy.md)."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import delete, insert, select

from workshop import secrecy, vacuum
from workshop.door.context import Context
from workshop.extensions import db
from workshop.models import LookBack, VerdictPaper
from workshop.rules.chain import fingerprint
from workshop.rules.verdicts import Verdict, published


def results(row: LookBack) -> dict[str, Any]:
    """Returns what is published of a look-back, by item."""
    given: dict[str, list[Verdict]] = defaultdict(list)
    for paper in _read(row.id):
        given[paper.on].append(Verdict(paper.group, paper.verdict, paper.words))
    return {on: published(given[on], row.cards, row.privacy_minimum) for on in row.on}


def seal(context: Context, look_back_id: int) -> None:
    """Deletes every paper and writes it again under a random key, in the order of those keys; what the pages held before is
    overwritten on the disk."""
    kept = sorted(
        (secrecy.random_key(), paper.workshop_id, paper.on, paper.group, paper.verdict, paper.words)
        for paper in _read(look_back_id)
    )
    db.session.flush()
    db.session.execute(delete(VerdictPaper).where(VerdictPaper.look_back_id == look_back_id))
    names = ("key", "workshop_id", "on", "group", "verdict", "words")
    if kept:
        db.session.execute(
            insert(VerdictPaper),
            [{"look_back_id": look_back_id, **dict(zip(names, one, strict=True))} for one in kept],
        )
    context.write.afterwards.append(vacuum.rewrite)


def fingerprint_of(look_back_id: int) -> str:
    """Returns the fingerprint of a closed look-back's papers. It includes the random keys, so that nobody can find the
    papers by trying."""
    return fingerprint([paper.as_sealed() for paper in _read(look_back_id)])


def _read(look_back_id: int) -> list[VerdictPaper]:
    wanted = select(VerdictPaper).where(VerdictPaper.look_back_id == look_back_id).order_by(VerdictPaper.key)
    return list(db.session.scalars(wanted))
