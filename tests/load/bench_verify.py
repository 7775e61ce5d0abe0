"""How long it takes to check a large workshop's file.

`python tests/load/bench_verify.py [entries] [people]` (10,000 entries, 300 people): joins, ideas, edits and votes as the
journal writes them, three ballots whose papers are printed, twenty decisions.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from workshop.export import bundle, checker
from workshop.export.json import sealed
from workshop.rules import ballots, chain, results
from workshop.rules.decisions import Rule, Stance

Json = dict[str, Any]
SEED = "5eed5eed5eed5eed"
GROUPS = ("citizens", "politicians", "professionals")
OPTIONS = [f"idea:{n}" for n in range(1, 151)]
VERSIONS, DECISIONS, BALLOTS = 100, 20, 3


def eligible(people: int) -> dict[str, int]:
    return {group: people // len(GROUPS) for group in GROUPS}


def ballot(number: int, people: int) -> Json:
    """150 ideas, ten goals; people of a group vote in crowds of five who agree, so that papers may be printed."""
    settings = ballots.checked_settings("approval", {"seats": 10, "choices": 7}, len(OPTIONS))
    papers = []
    for group in GROUPS:
        for person in range(people // len(GROUPS)):
            first = (person // 5 * 7 + number) % len(OPTIONS)
            chosen = {OPTIONS[(first + 11 * step) % len(OPTIONS)]: 1 for step in range(7)}
            papers.append({"key": chain.fingerprint([number, group, person]), "group": group, "choices": chosen})
    papers.sort(key=lambda paper: paper["key"])
    cast = [ballots.BallotPaper(paper["group"], paper["choices"]) for paper in papers]
    result = results.ballot_result("approval", OPTIONS, settings, cast, eligible(people), 5, SEED)
    terms = {
        "method": "approval",
        "options": OPTIONS,
        "settings": settings,
        "privacy_minimum": 5,
        "effective": {},
    }
    terms |= {"absent": [], "eligible": eligible(people)}
    record = {"id": f"ballot:{number}", "state": "published", "terms": terms}
    return {**record, "result": result, "papers": papers, "withheld": None}


def decision(number: int, text: Json, people: int) -> Json:
    stances = [(group, ("for", "for", "against")[person % 3]) for group in GROUPS for person in range(people // len(GROUPS))]
    rule = Rule.from_settings({})
    result = results.decision_result(rule, eligible(people), [Stance(*one) for one in stances])
    papers = [
        {"key": chain.fingerprint([number, place]), "group": group, "stance": stance}
        for place, (group, stance) in enumerate(stances)
    ]
    terms = {
        "subject": text["subject"],
        "version": text["version"],
        "text_hash": text["text_hash"],
        "effective": {},
    }
    terms |= {"rules": {**rule.as_settings(), "required_groups": []}, "privacy_minimum": 5, "absent": []}
    terms["eligible"] = eligible(people)
    papers.sort(key=lambda paper: paper["key"])
    record = {"id": f"decision:{number}", "state": "closed", "terms": terms}
    return {**record, "result": result, "papers": papers, "withheld": None}


def versions() -> list[Json]:
    found: list[Json] = []
    for number in range(1, VERSIONS + 1):
        content = {"title": f"Et mål med {number} ord", "owner": "Skolechefen"}
        goal, version = divmod(number - 1, 5)
        record = {
            "subject": f"goal:{goal + 1}",
            "version": version + 1,
            "text_hash": chain.fingerprint(content),
        }
        found.append({**record, "changed": ["title"] if version else [], "cause": "editor", "content": content})
    return found


def told(proof: Json) -> list[tuple[str, Json]]:
    """The entries that prove something, in order."""
    entries: list[tuple[str, Json]] = [("create_workshop", {"lot_seed": SEED})]
    for text in proof["versions"]:
        entries.append(("edit_goal", {"texts": [{name: text[name] for name in text if name != "content"}]}))
    for one in proof["ballots"]:
        hashes = {"papers_hash": chain.fingerprint(one["papers"])}
        entries.append(("open_ballot", {"ballot": one["id"], "terms": {**one["terms"], "eligible": None}}))
        entries.append(("close_ballot", {"ballot": one["id"], "terms": one["terms"], **hashes}))
        entries.append(("publish_ballot", {"ballot": one["id"], "result_hash": chain.fingerprint(one["result"])}))
    for one in proof["decisions"]:
        hashes = {
            "papers_hash": chain.fingerprint(one["papers"]),
            "result_hash": chain.fingerprint(one["result"]),
        }
        entries.append(("open_decision", {"decision": one["id"], "terms": one["terms"]}))
        entries.append(("close_decision", {"decision": one["id"], **hashes}))
    return entries


def journal(proof: Json, count: int) -> Json:
    """The chain: what proves something, and as many votes and ideas as are missing."""
    entries, previous = [], chain.START
    proving = told(proof)
    for seq in range(1, count + 1):
        name, open_part = proving[seq - 1] if seq <= len(proving) else ("cast_ballot", {})
        entry = {
            "workshop": 1,
            "seq": seq,
            "at": "2027-03-11T13:05:00.000Z",
            "role": "participant",
            "name": name,
        }
        entry |= {"proof": open_part, "sealed": chain.fingerprint(seq)}
        previous = chain.link(previous, entry)
        entries.append({**entry, "hash": previous})
    return {"count": count, "last_hash": previous, "entries": entries}


def outcome(proof: Json) -> Json:
    """The part that people read, as far as the checker compares it."""
    ballots = [
        {
            "id": one["id"],
            "method": "approval",
            "columns": ["votes"],
            "options": [{"option": {"id": option["id"]}, "total": [option["total"]]} for option in one["result"]["options"]],
            "shortlist": {"winners": [{"id": winner} for winner in one["result"]["shortlist"]["winners"]]},
        }
        for one in proof["ballots"]
    ]
    decisions = [
        {
            "id": one["id"],
            "subject": {"id": one["terms"]["subject"]},
            "subject_version": one["terms"]["version"],
            "text_hash": one["terms"]["text_hash"],
            **{name: one["result"][name] for name in ("groups", "overall", "outcome", "reservations", "dissent")},
        }
        for one in proof["decisions"]
    ]
    return {"language": "en", "goals": [], "agreements": [], "ballots": ballots, "decisions": decisions}


def document(count: int, people: int) -> Json:
    """A JSON file of that size."""
    texts = versions()
    proof: Json = {
        "schema": bundle.SCHEMA,
        "public": False,
        "workshop": 1,
        "lot_seed": SEED,
        "versions": texts,
    }
    proof["ballots"] = [ballot(number, people) for number in range(1, BALLOTS + 1)]
    proof["decisions"] = [decision(number, texts[5 * number - 1], people) for number in range(1, DECISIONS + 1)]
    proof["journal"] = journal(proof, count)
    end = {"journal_entries": count, "journal_hash": proof["journal"]["last_hash"]}
    return sealed(json.loads(json.dumps({**outcome(proof), "provenance": end, "proof": proof})))


def main(count: int = 10_000, people: int = 300) -> int:
    """Print the figures; 0 where everything was counted again and holds."""
    with tempfile.TemporaryDirectory() as folder:
        file, program = Path(folder) / "file.json", Path(folder) / checker.NAME
        file.write_text(json.dumps(document(count, people), ensure_ascii=False), encoding="utf-8")
        program.write_text(checker.source(), encoding="utf-8")
        started = time.perf_counter()
        run = subprocess.run([sys.executable, "-I", str(program), str(file)], capture_output=True, text=True, check=False)
        took = time.perf_counter() - started
        busy = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        size = file.stat().st_size / 1e6
    print(f"{count} entries, {people} people, {len(OPTIONS)} ideas, {size:.1f} MB")
    print(f"checked in {took:.2f} s, {busy:.2f} s of them processor time")
    recounted = run.stdout.count("counted again")
    if run.returncode or recounted != BALLOTS + DECISIONS:
        print(run.stdout + run.stderr)
        return 1
    print(f"{recounted} votes counted again; everything holds")
    return 0


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:3])))
