"""The whole check, with `--full`: every version of a text, ballot, decision and item of the follow-up, and that what people
read agrees with the proof."""

from __future__ import annotations

import sys

from workshop.export.checking.ballots import check_ballots
from workshop.export.checking.core import SCHEMA, Json, Report, Story, check_journal, main
from workshop.export.checking.decisions import check_decisions
from workshop.export.checking.document import check_document
from workshop.export.checking.language import check_language
from workshop.export.checking.standing import check_follow_up
from workshop.export.checking.texts import check_texts
from workshop.export.checking.words import TEXTS


def check(document: Json, count: int | None = None, last_hash: str | None = None, on: str | None = None) -> Report:
    """Checks a whole file. Returns what was found. `count` and `last_hash` are what the reader has from elsewhere of the
    journal's end; `on` is a day for which the state of each item is printed."""
    report = Report()
    proof = document.get("proof") if isinstance(document, dict) else None
    if not isinstance(proof, dict) or proof.get("schema") != SCHEMA:
        report.note("fault", "no_proof", schema=SCHEMA)
        return report
    with report.reading("journal"):
        check_journal(proof, report, count, last_hash)
    with report.reading("proof"):
        story = Story(proof["journal"]["entries"])
        with report.reading("versions"):
            check_texts(proof, story, report)
            check_language(proof, report)
        with report.reading("ballots"):
            check_ballots(proof, story, report)
        with report.reading("decisions"):
            check_decisions(proof, story, report)
        with report.reading("follow_up"):
            check_follow_up(document, story, report, on)
    with report.reading("file"):
        check_document(document, report)
    return report


if __name__ == "__main__":
    sys.exit(main(check, TEXTS))
