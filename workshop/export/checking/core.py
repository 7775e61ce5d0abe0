"""The core, for anybody to read: checks the journal's chain, and of each ballot and decision that it is there, has the
fingerprints of the journal, and that its counts and its outcome follow."""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

Json = dict[str, Any]
Texts = dict[str, tuple[str, str]]
SAID_IN_WORDS = ("outcome", "answer", "reached", "what")
SCHEMA, START = "rundbord/proof/1", "0" * 64
STANCES, ANSWERS = ("for", "reservation", "against", "blank"), ("agree", "pass", "disagree")


def canonical(value: Any) -> str:
    """Returns JSON with one spelling for each value: sorted keys, no spaces, no escapes for letters."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def fingerprint(value: Any) -> str:
    """Returns the SHA-256 of the canonical JSON, as hex."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


class Report:
    """What was found, in order: `(kind, key, facts)`; kind is `holds`, `withheld`, `stands` or `fault`."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str, Json]] = []

    def note(self, kind: str, key: str, **facts: Any) -> None:
        self.lines.append((kind, key, facts))

    def expect(self, true: bool, key: str, **facts: Any) -> bool:
        """Notes a fault unless `true`. Returns `true`."""
        if not true:
            self.note("fault", key, **facts)
        return true

    @property
    def faults(self) -> int:
        return sum(kind == "fault" for kind, _, _ in self.lines)

    @contextmanager
    def reading(self, what: str) -> Iterator[None]:
        """Notes a fault where the block cannot read its part of the file."""
        try:
            yield
        except (KeyError, TypeError, ValueError, AttributeError, IndexError, ArithmeticError) as error:
            self.note("fault", "malformed", what=what, why=f"{type(error).__name__}: {error}")


class Story:
    """What happened by the journal's open part, without what was undone. Cards' commands get the names of the usual ones."""

    def __init__(self, entries: list[Json]) -> None:
        undone = {entry["proof"]["undone"] for entry in entries if "undone" in entry["proof"]}
        same = {"decide_reopened": "open_decision", "close_reopened": "close_decision"}
        self.entries = [one | {"name": same.get(one["name"], one["name"])} for one in entries if one["seq"] not in undone]

    def ids(self, noun: str, command: str) -> set[str]:
        """Returns the ids of the ballots or decisions for which a command was given."""
        return {str(entry["proof"][noun]) for entry in self.entries if entry["name"] == command}

    def of(self, noun: str, command: str, record: str) -> Json | None:
        """Returns what the journal says of the last such command on a record; a number may be used again after an undo."""
        told = [one["proof"] for one in self.entries if one["name"] == command and one["proof"].get(noun) == record]
        return told[-1] if told else None


def link(previous: str, entry: Json) -> str:
    """Returns the SHA-256 of the fingerprint before, a line break, and the entry without its own fingerprint."""
    body = canonical({key: value for key, value in entry.items() if key != "hash"})
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()


def check_journal(proof: Json, report: Report, count: int | None = None, last_hash: str | None = None) -> None:
    """Follows the chain from its start, and compares its length and end with the file's and with those the reader has."""
    journal, entries, previous, seq, faults = proof["journal"], proof["journal"]["entries"], START, 0, report.faults
    for place, entry in enumerate(entries, 1):
        right = report.expect(entry["workshop"] == proof["workshop"], "journal.workshop", place=place)
        right = right and report.expect(whole(entry["seq"]) and entry["seq"] > seq, "journal.order", place=place)
        linked = link(previous, entry) == entry["hash"]
        if not right or not report.expect(linked, "journal.hash", place=place, name=entry["name"]):
            return
        previous, seq = entry["hash"], entry["seq"]
    for number in (journal["count"], count):
        report.expect(number in (None, len(entries)), "journal.count", said=number, found=len(entries))
    for last in (journal["last_hash"], last_hash):
        report.expect(last is None or last.strip().lower() == previous, "journal.last", found=previous)
    if report.expect(bool(entries) and entries[0]["name"] == "create_workshop", "journal.start"):
        report.expect(entries[0]["proof"]["lot_seed"] == proof["lot_seed"], "journal.seed")
    if report.faults == faults:
        report.note("holds", "journal", n=len(entries), hash=previous)


def whole(value: Any) -> bool:
    """Returns whether a figure is an exact count."""
    return isinstance(value, int) and not isinstance(value, bool)


def counted(figure: Any) -> Any:
    """Returns a printed figure that is a count or a set of counts; None for one that is withheld (or bounded, in old files)."""
    if isinstance(figure, dict):
        return figure if all(map(whole, figure.values())) and not {"at_most", "all_but"} & figure.keys() else None
    return figure if whole(figure) else None


def add_up(total: int | None, parts: list[int], all_groups: bool) -> bool:
    """Returns whether the counts of groups are within the room's count, and are equal to it where all groups are counted."""
    return total is None or (sum(parts) == total if all_groups else sum(parts) <= total)


def count_ballot(ballot: Json, closed: Json, published: Json, report: Report) -> None:
    """Checks that the result is the published one, and that the papers give each figure or, without them, it can be true."""
    record, terms, result = ballot["id"], ballot["terms"], ballot["result"]
    voted, eligible, papers = result["turnout"]["voted"], sum(terms["eligible"].values()), _papers_of(ballot, closed, report)
    report.expect(fingerprint(result) == published["result_hash"], "vote.result_hash", id=record)
    report.expect(result["turnout"]["eligible"] == eligible >= voted >= 0, "count.turnout", id=record)
    for option in result["options"]:
        report.expect(_can_be_true(option, terms), "count.sum", id=record, option=option["id"])
    report.expect(papers is None or voted == len(papers), "count.turnout", id=record)
    for option in result["options"] if papers is not None else ():
        for group, figure in (*option["by_group"].items(), (None, option["total"])):
            given = [paper["choices"].get(option["id"]) for paper in papers or () if group in (None, paper["group"])]
            right = counted(figure) in (None, sum_of(terms["method"], given))
            report.expect(right, "count.recount", id=record, option=option["id"])


def sum_of(method: str, given: list[Any]) -> Any:
    """Returns the result of one option from the papers: a sum, or how many gave each answer."""
    return {one: given.count(one) for one in ANSWERS} if method == "positions" else sum(value or 0 for value in given)


def _can_be_true(option: Json, terms: Json) -> bool:
    eligible, figures = terms["eligible"], map(counted, (option["total"], *option["by_group"].values()))
    total, *known = [one if isinstance(one, dict) else {"": one} for one in figures]
    shown = {group: one for group, one in zip(option["by_group"], known, strict=True) if None not in one.values()}
    most = {group: people * terms["settings"].get("per_option", 1) for group, people in eligible.items()}
    within = all(sum(one.values()) <= most.get(group, 0) for group, one in shown.items())
    all_groups = shown.keys() == eligible.keys()
    return within and all(add_up(total[name], [one[name] for one in shown.values()], all_groups) for name in total)


def _papers_of(vote: Json, closed: Json, report: Report) -> list[Json] | None:
    """Returns all papers of a vote, with those by name; None where they are withheld."""
    if vote["papers"] is None:
        report.note("withheld", f"papers.{vote['withheld']}", id=vote["id"])
        return None
    report.expect(fingerprint(vote["papers"]) == closed["papers_hash"], "vote.papers_hash", id=vote["id"])
    return [*vote["papers"], *(vote.get("named_papers") or [])]


def status(rules: Json, group: str | None, eligible: int, found: tuple[int, int, int]) -> str:
    """Returns `carried`, `not_carried`, `no_quorum` or `no_position` for (for, against, all who voted); no group: the room."""
    yes, against, cast = found
    if eligible == 0 or cast < -(-Fraction(rules["quorum"]) * eligible // 1):
        return "no_quorum"
    if yes + against == 0:
        return "no_position"
    share, names = Fraction(yes, yes + against), set((group or "").split("+"))
    carried = share >= Fraction(rules["overall_majority"]) if group is None else share > Fraction(rules["group_majority"])
    if names & set(rules["binding_groups"]):
        carried = carried and share >= Fraction(rules["binding_majority"])
    return "carried" if carried else "not_carried"


def outcome(statuses: list[str], overall: str, missing: list[str]) -> str:
    """Returns the first condition that fails, in the order of docs/rules.md section 6, or `ratified`."""
    failed = {"no_quorum": "no_quorum" in (*statuses, overall), "missing_required_group": bool(missing)}
    failed |= {"no_position": "no_position" in statuses, "blocked_by_group": "not_carried" in statuses}
    return next(
        (name for name, true in failed.items() if true), "ratified" if overall == "carried" else "not_carried_overall"
    )


def count_decision(decision: Json, closed: Json, published: Json, report: Report) -> None:
    """Checks the fingerprint of the result, that its counts follow from the papers or add up, and that its outcome follows."""
    record, terms, result = decision["id"], decision["terms"], decision["result"]
    rules, people = terms["rules"], {**terms["eligible"], None: sum(terms["eligible"].values())}
    shown = {"+".join(one["keys"]): one for one in result["groups"]} | {None: result["overall"]}
    report.expect(fingerprint(result) == published["result_hash"], "vote.result_hash", id=record)
    missing = sorted(set(rules["required_groups"]) & set(terms["absent"]))
    follows = outcome([one["status"] for one in result["groups"]], result["overall"]["status"], missing)
    report.expect(result["outcome"] == follows and shown.keys() == people.keys(), "decision.outcome", id=record)
    counts = {group: counted(one["counts"]) for group, one in shown.items() if counted(one["counts"]) is not None}
    room, own = counts.get(None, {}), [one for group, one in counts.items() if group is not None]
    right = all(one["eligible"] == people[group] >= one["cast"] for group, one in counts.items())
    for name in (*STANCES, "cast") if room else ():
        right &= add_up(room[name], [one[name] for one in own], len(own) == len(shown) - 1)
    report.expect(right, "count.sum", id=record, option=record)
    papers = _papers_of(decision, closed, report)
    for group, one in shown.items():
        tally = counts.get(group)
        if papers is not None:
            taken = [paper["stance"] for paper in papers if group in (None, paper["group"])]
            tally = {name: taken.count(name) for name in STANCES} | {"cast": len(taken)}
        if tally is not None:
            found = (tally["for"] + tally["reservation"], tally["against"], tally["cast"])
            right = status(rules, group, people[group], found) == one["status"]
            right &= all(counts.get(group, tally)[name] == number for name, number in tally.items())
            report.expect(right, "decision.recount" if papers else "decision.status", id=record, group=group or "*")


def check_core(document: Json, count: int | None = None, last_hash: str | None = None) -> Report:
    """Checks the chain, and the counts and the outcome of every vote that has a result. Returns what was found."""
    report = Report()
    proof: Any = isinstance(document, dict) and document.get("proof")
    if not report.expect(isinstance(proof, dict) and proof.get("schema") == SCHEMA, "no_proof", schema=SCHEMA):
        return report
    with report.reading("journal"):
        check_journal(proof, report, count, last_hash)
    for noun in ("ballot", "decision"):
        with report.reading(f"{noun}s"):
            story, votes = Story(proof["journal"]["entries"]), proof[f"{noun}s"]
            for missing in sorted(story.ids(noun, f"open_{noun}") - {vote["id"] for vote in votes}):
                report.note("fault", "vote.missing", id=missing)
            for vote in votes:
                with report.reading(vote["id"]):
                    _check_vote(noun, vote, story, report)
    return report


def _check_vote(noun: str, vote: Json, story: Story, report: Report) -> None:
    record, result, faults = vote["id"], vote["result"], report.faults
    opened, closed = (story.of(noun, f"{act}_{noun}", record) for act in ("open", "close"))
    published = story.of(noun, "publish_ballot", record) if noun == "ballot" else closed
    report.expect(opened is not None, "vote.unknown", id=record)
    if closed is None or published is None or vote["withheld"] == "parties_only":
        report.expect(result is None, "vote.early", id=record)
        return report.note("withheld", "vote.not_published", id=record)
    report.expect(vote["terms"] == (closed if "terms" in closed else opened or {})["terms"], "vote.terms", id=record)
    (count_ballot if noun == "ballot" else count_decision)(vote, closed, published, report)
    if report.faults == faults:
        key = f"{noun}.{'consistent' if vote['papers'] is None else 'recounted'}"
        report.note("holds", key, id=record, n=result.get("turnout", {}).get("voted"), outcome=result.get("outcome"))
    return None


def say(key: str, language: str, facts: Json, texts: Texts) -> str:
    """Returns a sentence with its facts, of which outcomes and states are put into words; without a sentence only the facts."""
    place = ("da", "en").index(language)
    words = {name: texts.get(f"{name}.{one}", (one, one))[place] for name, one in facts.items() if name in SAID_IN_WORDS}
    return texts[key][place].format(**facts | words) if key in texts else " ".join([key, *map(str, facts.values())])


def once(pairs: list[tuple[str, Any]]) -> Json:
    """Returns an object of the file. Raises `ValueError` for a key that is there twice: programs differ in which they read."""
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a key is there twice")
    return dict(pairs)


def tell(report: Report, language: str, texts: Texts) -> int:
    """Prints what was found, one line each, and a summary. Returns the exit code."""
    for kind, key, facts in report.lines:
        print(f"{say(kind, language, {}, texts):<9} {say(key, language, facts, texts)}")
    print(f"\n{say('sum.bad' if report.faults else 'sum.good', language, {'n': report.faults}, texts)}")
    return 1 if report.faults else 0


def check_file(file: Path, language: str | None, check: Any, texts: Texts) -> int:
    """Checks a file and prints what was found. Returns the exit code, 2 where the file cannot be read."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"), object_pairs_hook=once)
    except (OSError, ValueError, RecursionError) as error:
        print(say("unreadable", language or "da", {"why": error}, texts))
        return 2
    english = isinstance(content, dict) and content.get("language") == "en"
    return tell(check(content), language or ("en" if english else "da"), texts)


def main(check: Any = check_core, texts: Texts | None = None) -> int:
    """Checks the file on the command line. Returns 0 where all holds, 1 where something does not, 2 if it is unreadable."""
    parser = argparse.ArgumentParser(description="Check the JSON file of a Rundbord workshop. Nothing is sent anywhere.")
    parser.add_argument("file", type=Path, metavar="FILE.json")
    parser.add_argument("--full", action="store_true", help="check everything, not only the core")
    parser.add_argument("--lang", choices=("da", "en"), help="by default the language of the file")
    parser.add_argument("--count", type=int, help="the number of entries you have from elsewhere")
    parser.add_argument("--last-hash", help="the last fingerprint you have from elsewhere")
    parser.add_argument("--on", metavar="DATE", help="with --full: a day on which to say where each promise stands")
    given = parser.parse_args()
    known = (given.count, given.last_hash) + ((given.on,) if given.full else ())
    return check_file(given.file, given.lang, lambda content: check(content, *known), texts or {})
