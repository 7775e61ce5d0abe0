"""What the proof in the JSON file holds, what it never holds, and that it counts as the program does."""

from __future__ import annotations

import json
import random
from collections import Counter
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar

from tests.export.conftest import opened
from tests.export.proved import SECRETS, Document, document, documents, played_room, room, vote
from tests.export.reading import docx_text, markdown_text, pdf_text, workbook
from tests.export.sample import sample
from tests.export.seminar import Seminar
from workshop.cli import register_commands
from workshop.export import FORMATS, bundle, export, files
from workshop.export.checking.ballots import check_ballots
from workshop.export.checking.core import Report, Story, fingerprint
from workshop.export.checking.decisions import check_decisions
from workshop.extensions import db
from workshop.models import BallotPaper, JournalEntry, Workshop
from workshop.rules import ballots, results
from workshop.rules.decisions import STANCES, Rule, Stance

OPEN_PART = {"lot_seed", "texts", "ballot", "decision", "terms", "papers_hash", "result_hash", "undone", "ended", "reopened"}


def strings(value: Any) -> list[str]:
    """Every text in a document, keys included."""
    if isinstance(value, dict):
        return [text for key, one in value.items() for text in (str(key), *strings(one))]
    if isinstance(value, list):
        return [text for one in value for text in strings(one)]
    return [value] if isinstance(value, str) else []


def test_the_whole_journal_is_there_and_tells_of_nobody() -> None:
    proof = document()["proof"]
    entries = proof["journal"]["entries"]
    assert [entry["name"] for entry in entries[:2]] == ["create_workshop", "join"]
    assert len(entries) == proof["journal"]["count"] > 200
    for entry in entries:
        assert entry.keys() == {"workshop", "seq", "at", "role", "name", "proof", "sealed", "hash"}
        assert ":" not in entry["role"] and entry["proof"].keys() <= OPEN_PART
    for entry in (entry for entry in entries if entry["role"] == "participant"):
        assert entry["proof"] == {}, entry


def test_nobody_can_be_found_in_the_file() -> None:
    for whole in documents():
        found = "\n".join(strings(whole["proof"]))
        assert "participant:" not in found and "facilitator:" not in found
        for secret in SECRETS:
            assert secret not in found


def test_a_public_file_holds_no_word_of_an_agreement_for_its_parties_only() -> None:
    proof = document(public=True)["proof"]
    private = [text for text in proof["versions"] if text["subject"] == "agreement:2"]
    assert [text["content"] for text in private] == [None]
    decision = proof["decisions"][-1]
    assert (decision["terms"], decision["result"], decision["papers"]) == (None, None, None)
    assert any(text["content"] for text in document()["proof"]["versions"] if text["subject"] == "agreement:2")


def test_papers_are_printed_only_where_every_group_is_counted_and_nobody_is_alone() -> None:
    why = {vote["id"]: vote["withheld"] for vote in (*document()["proof"]["ballots"], *document()["proof"]["decisions"])}
    assert why == {
        "ballot:1": None, "ballot:2": "small", "ballot:3": None, "ballot:4": None, "ballot:5": "not_published",
        "ballot:6": "alone", "decision:1": "not_published", "decision:2": None, "decision:3": "small", "decision:4": None,
    }  # fmt: skip
    for one in document()["proof"]["ballots"]:
        for paper in one["papers"] or ():
            assert paper.keys() == {"key", "group", "choices"}
        alike = Counter(json.dumps([paper["group"], paper["choices"]], sort_keys=True) for paper in one["papers"] or ())
        assert all(people >= 3 for people in alike.values())


def test_papers_would_tell_the_counts_of_groups_under_ten_and_stay_where_they_are() -> None:
    with room() as played:
        ideas = played.ideas(2)
        ballot = vote(played, "approval", ideas, lambda number: {ideas[0]: 1} if number % 4 else {}, choices=2)
        shown = bundle.proof(db.session.get_one(Workshop, played.id))["ballots"][0]
        assert shown["id"] == ballot
        assert shown["result"]["options"][0] == {"id": ideas[0], "total": 18, "by_group": {}}
        assert (shown["papers"], shown["withheld"]) == (None, "small")


def test_the_words_with_a_stance_stand_beside_no_group() -> None:
    decision = next(one for one in document()["proof"]["decisions"] if one["id"] == "decision:2")
    assert all(paper.keys() == {"key", "group", "stance"} for paper in decision["papers"])
    assert decision["result"]["reservations"] == ["Kun i år"] * decision["result"]["overall"]["counts"]["reservation"]


def test_the_fingerprint_of_papers_cannot_be_tried_out_without_their_random_keys() -> None:
    with room() as played:
        ideas = played.ideas(1)
        hashes = set()
        for _ in range(2):
            ballot = vote(played, "approval", ideas, lambda number: {ideas[0]: 1} if number % 2 else {})
            last = db.session.query(JournalEntry).filter_by(workshop_id=played.id, name="close_ballot").all()[-1]
            hashes.add(last.proof["papers_hash"])
            rows = db.session.query(BallotPaper).filter_by(vote_id=ballot).order_by(BallotPaper.key)
            assert fingerprint([row.as_sealed() for row in rows]) == last.proof["papers_hash"]
        assert len(hashes) == 2


def test_the_server_itself_can_be_checked_with_every_paper(seminar: Seminar) -> None:
    proof = bundle.proof(seminar.workshop, all_papers=True)
    assert all(vote["papers"] for vote in (*proof["ballots"], *proof["decisions"]))
    assert not any(vote["papers"] for vote in json.loads(export(seminar.workshop, "json")[2])["proof"]["ballots"])


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_file_says_where_the_journal_ended_and_how_to_check_it(language: str) -> None:
    made = sample(language)
    texts = {
        "pdf": pdf_text, "docx": docx_text, "md": markdown_text, "json": lambda content: content.decode(),
        "csv": lambda content: content.decode(),
        "ics": lambda content: str(Calendar.from_ical(content)["x-rundbord-journal"]),
        "xlsx": lambda content: " ".join(str(row) for row in workbook(content).worksheets[-1].iter_rows(values_only=True)),
    }  # fmt: skip
    for key in FORMATS:
        text = texts[key](FORMATS[key].render(made)).replace(" ", "").replace("\\_", "_")
        assert "412" in text and "7c" * 32 in text, key
        assert key == "json" or "rundbord_check.py" in text, key


@pytest.mark.aside
def test_a_long_journal_is_written_out_aside_to_the_same_file(seminar: Seminar, monkeypatch) -> None:
    short = json.loads(export(seminar.workshop, "json")[2])
    monkeypatch.setattr(files, "_LONG_JOURNAL", 1)
    files._ready.clear()
    long = json.loads(export(seminar.workshop, "json")[2])
    for one in (short, long):
        del one["provenance"]["made_at"], one["proof"]["file_hash"]
    assert short == long


# the command


def test_flask_verify_checks_a_file_and_a_workshop_of_the_server(tmp_path) -> None:
    file, broken = tmp_path / "file.json", tmp_path / "broken.json"
    whole = document()
    file.write_text(json.dumps(whole), encoding="utf-8")
    broken.write_text(json.dumps({**whole, "title": "Et andet seminar"}), encoding="utf-8")
    with opened(tmp_path) as app:
        _ready(app)
        run = app.test_cli_runner().invoke
        good = run(args=["verify", str(file), "--lang", "en"])
        assert good.exit_code == 0 and "HOLDS     The journal is whole: " in good.output
        assert run(args=["verify", str(file), "--last-hash", "0" * 64]).exit_code == 1
        found = run(args=["verify", str(broken)])
        assert found.exit_code == 1 and "FEJL      Filen er ændret" in found.output
        assert run(args=["verify"]).exit_code == 2
        assert run(args=["verify", "--workshop", "999"]).exit_code == 1


def test_flask_verify_finds_a_paper_changed_in_the_database(tmp_path) -> None:
    with played_room() as played:
        runner = db.session.get_one(Workshop, played.id) and _runner()
        assert runner(args=["verify", "--workshop", str(played.id)]).exit_code == 0
        paper = db.session.query(BallotPaper).filter_by(vote_id="decision:3").first()
        paper.content = {**paper.content, "stance": "against"}
        db.session.commit()
        found = runner(args=["verify", "--workshop", str(played.id)])
        assert found.exit_code == 1 and "decision:3: stemmesedlerne er ikke dem" in found.output


def _ready(app: Flask) -> None:
    if "verify" not in app.cli.commands:
        register_commands(app)


def _runner() -> Any:
    from flask import current_app

    app = current_app._get_current_object()  # type: ignore[attr-defined]
    _ready(app)
    return app.test_cli_runner().invoke


# counted twice: by the program, and by the checker, which shares no line with it

GROUPS = (
    {"citizens": 14, "politicians": 11},
    {"citizens": 25},
    {"a": 5, "b": 7, "c+d": 6},
    {"a": 12, "b": 3},
    {"a": 40, "b": 10},
)


def report_on(check: Any, kind: str, terms: Document, result: Document, papers: list[Document] | None, seed: str) -> Report:
    """What a check says of one vote, with a journal that tells the same."""
    noun = kind.removesuffix("s")
    record = f"{noun}:1"
    withheld = None if papers is not None else "small"
    row = {"id": record, "state": "published" if noun == "ballot" else "closed", "terms": terms, "result": result}
    told = [
        {"seq": 1, "name": f"open_{noun}", "proof": {noun: record, "terms": terms}},
        {"seq": 2, "name": f"close_{noun}", "proof": {noun: record, "terms": terms, "papers_hash": fingerprint(papers)}},
        {"seq": 3, "name": f"publish_{noun}", "proof": {noun: record, "result_hash": fingerprint(result)}},
    ]
    told[1]["proof"]["result_hash"] = fingerprint(result)
    proof = {kind: [row | {"papers": papers, "withheld": withheld}], "lot_seed": seed, "versions": []}
    if noun == "decision":
        proof["versions"] = [{"subject": terms["subject"], "version": 1, "text_hash": terms["text_hash"]}]
    report = Report()
    check(proof, Story(told), report)
    return report


def draw_papers(
    draw: random.Random, method: str, settings: Document, options: list[str], sizes: dict[str, int]
) -> list[Document]:
    papers = []
    for group, size in sizes.items():
        habits = draw.sample(options, draw.randint(1, len(options)))
        for _ in range(draw.randint(size // 2, size)):
            wanted = (
                draw.sample(habits, min(len(habits), draw.randint(1, 4))) if draw.random() < 0.7 else draw.sample(options, 1)
            )
            if method == "positions":
                choices = {option: draw.choice(ballots.POSITIONS) for option in wanted}
            elif method == "dots":
                choices = {wanted[0]: draw.randint(1, settings["per_option"])}
            else:
                choices = dict.fromkeys(wanted[: settings["choices"]], 1)
            papers.append({"key": f"{draw.getrandbits(64):x}", "group": group, "choices": choices})
    return sorted(papers, key=lambda paper: paper["key"])


@pytest.mark.parametrize("method", ["approval", "dots", "positions"])
def test_the_checker_counts_ballots_as_the_program_does(method: str) -> None:
    draw = random.Random(method)
    for number in range(40):
        sizes, options = GROUPS[number % len(GROUPS)], [f"idea:{n}" for n in range(1, draw.randint(3, 7))]
        asked: dict[str, Any] = {"approval": {"choices": 3}, "dots": {"dots": 5}, "positions": {}}[method]
        if method != "positions":
            asked |= {"seats": draw.randint(1, 4), "weights": draw.choice(["one_person", "per_group"])}
        settings = ballots.checked_settings(method, asked, len(options))
        papers = draw_papers(draw, method, settings, options, sizes)
        cast = [ballots.BallotPaper(paper["group"], paper["choices"]) for paper in papers]
        result = json.loads(json.dumps(results.ballot_result(method, options, settings, cast, sizes, 5, "seed")))
        terms = {"method": method, "options": options, "settings": settings, "privacy_minimum": 5, "effective": {}}
        terms |= {"absent": [], "eligible": sizes}
        for printed in (papers, None):
            said = report_on(check_ballots, "ballots", terms, result, printed, "seed")
            assert said.faults == 0, (said.lines, sizes, result)
        if method != "positions":
            result["shortlist"]["winners"].reverse()
            one_winner = len(result["shortlist"]["winners"]) < 2
            assert one_winner or report_on(check_ballots, "ballots", terms, result, papers, "seed").faults


def test_the_checker_counts_decisions_as_the_program_does() -> None:
    draw = random.Random("decisions")
    outcomes = Counter()
    for number in range(120):
        sizes = GROUPS[number % len(GROUPS)]
        binding = draw.choice([[], ["a"], ["citizens"]])
        rule = Rule.from_settings({"binding_groups": binding})
        required, absent = draw.choice([([], []), ([], ["leaders"]), (["leaders"], ["leaders"])])
        weights = [draw.choice([1, 4, 12]), draw.choice([0, 1]), draw.choice([0, 1, 4]), draw.choice([0, 1])]
        papers = [
            {"key": f"{draw.getrandbits(64):x}", "group": group, "stance": draw.choices(STANCES, weights)[0]}
            for group, size in sizes.items()
            for _ in range(draw.randint(size // 3 if number % 7 == 0 else size // 2 + 1, size))
        ]
        stances = [Stance(p["group"], p["stance"], "Nej" if p["stance"] == "reservation" else "") for p in papers]
        result = json.loads(json.dumps(results.decision_result(rule, sizes, stances, required, absent)))
        outcomes[result["outcome"]] += 1
        terms = {"subject": "goal:1", "version": 1, "text_hash": "x", "effective": {}, "absent": absent, "eligible": sizes}
        terms |= {"rules": {**rule.as_settings(), "required_groups": required}, "privacy_minimum": 5}
        for printed in (papers, None):
            said = report_on(check_decisions, "decisions", terms, result, printed, "")
            assert said.faults == 0, (said.lines, sizes, result)
    assert len(outcomes) == 6 or outcomes.keys() >= {"ratified", "no_quorum", "blocked_by_group", "missing_required_group"}
