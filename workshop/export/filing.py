"""Files for the archive: the metadata of a record for whoever files it, and the results in a form that another platform
(Decidim) imports."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from hashlib import sha256

from workshop.export.csv import BOM, SEPARATORS
from workshop.export.document import Agreement, Goal, Outcome
from workshop.export.plain import clean, inert
from workshop.export.words import Words

#: characters of a title that a register of cases can show on one line
SHORT_SUBJECT = 60
#: the header of Decidim's import of results (accountability); category and scope are left empty, `{}` is the language
_RESULTS = ("id", "category/id", "scope/id", "parent/id", "title/{}", "description/{}", "start_date", "end_date", "status/id",
            "progress", "proposals")  # fmt: skip


@dataclass(frozen=True)
class Filed:
    """The numbers under which a municipality files the record: that of the classification KLE and its facet, as far as they
    are given."""

    kle: str = ""
    facet: str = ""


def sheet(outcome: Outcome, filed: Filed, record: bytes, record_name: str, earlier: str = "") -> bytes:
    """Returns the metadata as a CSV table of two columns: title, short subject, days, sender and receiver, the numbers it is
    filed under, whether it holds personal data, and the SHA-256 of the record. `earlier` is the SHA-256 of the record this one
    adds to."""
    words = Words(outcome)
    title = clean(outcome.title)
    rows = [
        ("title", title),
        ("subject", title if len(title) <= SHORT_SUBJECT else title[: SHORT_SUBJECT - 1].rstrip() + "…"),
        ("held_on", outcome.held_on.isoformat()),
        ("made_on", outcome.provenance.made_at.date().isoformat()),
        ("sender", clean(outcome.mandate.commissioning_body)),
        ("receiver", clean(outcome.mandate.receiving_body)),
        ("kle", filed.kle),
        ("facet", filed.facet),
        ("personal_data", words("filing.yes" if holds_names(outcome) else "filing.no")),
        ("file", record_name),
        ("sha256", sha256(record).hexdigest()),
        ("journal_hash", outcome.provenance.journal_hash or ""),
        ("adds_to", earlier),
    ]
    return _table([(words(f"filing.{name}"), inert(value)) for name, value in rows], outcome.language)


def holds_names(outcome: Outcome) -> bool:
    """Returns whether the record names people: in commitments or in votes by name."""
    papers = [paper for ballot in outcome.ballots for paper in ballot.by_name]
    papers += [paper for decision in outcome.decisions for paper in decision.by_name]
    return any(one.name for one in outcome.commitments) or any(paper.name for paper in papers)


def results(outcome: Outcome) -> bytes:
    """Returns the agreed goals and agreements, one row each, in the CSV format of Decidim's import of results."""
    lang = outcome.language
    header = tuple(name.format(lang) for name in _RESULTS)
    agreed: list[Agreement | Goal] = [*outcome.agreements_standing("agreed"), *outcome.goals_standing("agreed")]
    rows = [header, *(_result(one, outcome) for one in agreed)]
    return _table(rows, lang, ";")


def _result(text: Agreement | Goal, outcome: Outcome) -> tuple[str, ...]:
    title = text.title if isinstance(text, Goal) else text.purpose
    until = text.deadline if isinstance(text, Goal) else text.review_date
    about = text.indicator if isinstance(text, Goal) else _given(text)
    began = outcome.held_on.isoformat()
    return ("", "", "", "", inert(clean(title)), inert(clean(about)), began, until, "", "0", "")


def _given(text: Agreement) -> str:
    return "; ".join(f"{party.name}: {given.what}" for party in text.parties for given in party.contributions)


def _table(rows: list[tuple[str, ...]], lang: str, separator: str | None = None) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator or SEPARATORS.get(lang, ","), lineterminator="\r\n").writerows(rows)
    return (BOM + file.getvalue()).encode()
