"""Ideas that may say the same, to be looked at side by side (docs/rules.md section 9). Only a person merges them.

Only ideas that the room can see are compared, and for a writer also their own private ones, so that no suggestion reveals
another person's private idea.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from workshop import offload
from workshop.bounded_cache import BoundedCache
from workshop.extensions import db
from workshop.models import Ballot, Idea, Workshop
from workshop.rules.similarity import Index, Stem

_LANGUAGES = {"da": "danish", "en": "english"}
#: with more ideas than this, all pairs are compared in another process
_MANY = 100
#: pairs a facilitator is shown at once
_MOST_PAIRS = 20
#: ideas a writer is shown, and how many of the most alike they are chosen from
_MOST_LIKE = 3
_LOOKED_AT = 12


@dataclass
class _Kept:
    seq: int
    index: Index
    pairs: list[dict[str, Any]] | None = None


#: the index of each workshop, by its epoch and number
_kept: BoundedCache[tuple[str, int], _Kept] = BoundedCache(200)


def stemmer(lang: str) -> Stem:
    """Returns the word stemmer of a language."""
    # Loaded here because it reads the rules of thirty languages, which no start needs.
    import snowballstemmer

    stem: Stem = snowballstemmer.stemmer(_LANGUAGES[lang]).stemWord
    return stem


def like(workshop_id: int, text: str, participant_id: int | None = None) -> list[dict[str, Any]]:
    """Returns the ideas most like a text that is being written: `[{idea, likeness}]`, at most three. They are open ideas and
    the writer's own private ones. Ideas on a ballot are left out, because they can no longer be changed or supported."""
    kept = _index(workshop_id)
    found = kept.index.like(text, limit=_LOOKED_AT)
    if participant_id is not None:
        found += _own(workshop_id, participant_id).like(text)
    voted_on = _on_ballots(workshop_id)
    best = sorted(((idea, score) for idea, score in found if idea not in voted_on), key=lambda hit: (-hit[1], hit[0]))
    return [{"idea": idea, "likeness": round(score, 2)} for idea, score in best[:_MOST_LIKE]]


def _own(workshop_id: int, participant_id: int) -> Index:
    """Returns the index of one person's private ideas."""
    lang = db.session.get_one(Workshop, workshop_id).language
    rows = db.session.execute(
        select(Idea.id, Idea.text).where(
            Idea.workshop_id == workshop_id, Idea.participant_id == participant_id, Idea.state == "private"
        )
    )
    return Index({Idea.record_id_of(number): text for number, text in rows}, stemmer(lang), lang)


def _on_ballots(workshop_id: int) -> set[str]:
    """Returns the ideas on any ballot, open or closed: they can no longer be merged or supported."""
    ballots = db.session.scalars(select(Ballot.options).where(Ballot.workshop_id == workshop_id))
    return {option for options in ballots for option in options}


def pairs(workshop_id: int) -> list[dict[str, Any]]:
    """Returns the pairs of open ideas most alike that can still be merged: `[{first, second, likeness}]`, at most 20."""
    kept = _index(workshop_id)
    if kept.pairs is None:
        texts, lang = _texts(workshop_id)
        db.session.remove()
        if len(texts) > _MANY:
            kept.pairs = offload.run("workshop.screens.similar:pairs_of", texts, lang, key=(workshop_id, kept.seq))
        else:
            kept.pairs = pairs_of(texts, lang)
    voted_on = _on_ballots(workshop_id)
    return [pair for pair in kept.pairs if not {pair["first"], pair["second"]} & voted_on][:_MOST_PAIRS]


def pairs_of(texts: dict[str, str], lang: str) -> list[dict[str, Any]]:
    """Returns all pairs of texts that are alike, most alike first."""
    return [
        {"first": pair.first, "second": pair.second, "likeness": round(pair.likeness, 2)}
        for pair in Index(texts, stemmer(lang), lang).pairs()
    ]


def _index(workshop_id: int) -> _Kept:
    """Returns the index of a workshop's open ideas, made again when an idea of the workshop has changed."""
    workshop = db.session.get_one(Workshop, workshop_id)
    seq = db.session.scalar(select(func.max(Idea.seq)).where(Idea.workshop_id == workshop_id)) or 0
    place = (workshop.epoch, workshop_id)
    kept = _kept.get(place)
    if kept is None or kept.seq != seq:
        texts, lang = _texts(workshop_id)
        kept = _kept.keep(place, _Kept(seq, Index(texts, stemmer(lang), lang)))
    return kept


def _texts(workshop_id: int) -> tuple[dict[str, str], str]:
    lang = db.session.get_one(Workshop, workshop_id).language
    rows = db.session.execute(
        select(Idea.id, Idea.text).where(Idea.workshop_id == workshop_id, Idea.state == "open", Idea.erased.is_(False))
    )
    return {Idea.record_id_of(number): text for number, text in rows}, lang
