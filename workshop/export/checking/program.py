"""The program: read one file, check everything in it, say what holds and what does not."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from workshop.export.checking.ballots import check_ballots
from workshop.export.checking.decisions import check_decisions
from workshop.export.checking.document import check_document
from workshop.export.checking.ground import Json, Report, Story
from workshop.export.checking.journal import check_journal
from workshop.export.checking.language import check_language
from workshop.export.checking.standing import check_follow_up
from workshop.export.checking.texts import check_texts
from workshop.export.checking.words import say, sentence

SCHEMA = "rundbord/proof/1"


def check(document: Json, count: int | None = None, last_hash: str | None = None, on: str | None = None) -> Report:
    """Check a whole file. `count` and `last_hash` are the reader's own, to compare the end of the journal with; `on` is a day
    on which to say where each promise stands."""
    report = Report()
    proof = document.get("proof") if isinstance(document, dict) else None
    if not isinstance(proof, dict) or proof.get("schema") != SCHEMA:
        report.fault("no_proof", schema=SCHEMA)
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


def lines(report: Report, language: str) -> list[str]:
    """Returns what was found, a line each, and the sum of it."""
    said = [sentence(line, language) for line in report.lines]
    key = "sum.bad" if report.faults else "sum.good"
    return [*said, "", say(key, language, {"n": report.faults})]


def read(text: str) -> Json | str:
    """Returns the file's content, or why it cannot be read. A key that is there twice is refused: which one would one read?"""

    def once(pairs: list[tuple[str, object]]) -> Json:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise ValueError("a key is there twice")
        return found

    try:
        content: Json = json.loads(text, object_pairs_hook=once)
    except (ValueError, RecursionError) as error:
        return str(error)
    return content


def main(arguments: list[str] | None = None) -> int:
    """Check the file named on the command line: 0 where everything holds, 1 where something does not, 2 where it cannot
    be read."""
    parser = argparse.ArgumentParser(description="Check the JSON file of a Rundbord workshop. Nothing is sent anywhere.")
    parser.add_argument("file", type=Path, metavar="FILE.json")
    parser.add_argument("--lang", choices=("da", "en"), help="by default the language of the file")
    parser.add_argument("--count", type=int, help="the number of entries you have from elsewhere")
    parser.add_argument("--last-hash", help="the last fingerprint you have from elsewhere")
    given = parser.parse_args(arguments)
    return check_file(given.file, given.lang, given.count, given.last_hash)


def check_file(file: Path, language: str | None, count: int | None, last_hash: str | None) -> int:
    """Check a file and print what was found; the exit code."""
    try:
        content = read(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        content = str(error)
    if isinstance(content, str):
        print(say("unreadable", language or "da", {"why": content}))
        return 2
    return check_content(content, language, count, last_hash)


def check_content(content: Json, language: str | None, count: int | None, last_hash: str | None) -> int:
    """Check what was read and print what was found, in the language asked for or else the file's; the exit code."""
    language = language or ("en" if isinstance(content, dict) and content.get("language") == "en" else "da")
    report = check(content, count, last_hash)
    print("\n".join(lines(report, language)))
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
