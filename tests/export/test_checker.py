"""The checker: what is untouched verifies, what is withheld is named; and it is one file that stands on Python alone."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import rich_room
from tests.export.conftest import opened
from tests.export.proved import Document, chained, document, faults, said, stamped
from tests.export.seminar import Seminar
from workshop.export import checker, export
from workshop.export.checking import danish, danish_follow_up, english, english_follow_up
from workshop.export.checking.core import check_core, tell
from workshop.export.checking.core_words import CORE_TEXTS
from workshop.export.checking.program import check
from workshop.export.checking.words import TEXTS
from workshop.extensions import db
from workshop.models import Workshop

PARTS = Path(checker.__file__).parent / "checking"


# untouched


@pytest.mark.parametrize("public", [False, True], ids=["organiser", "public"])
def test_an_untouched_file_verifies_and_names_what_is_withheld(public: bool) -> None:
    whole = document(public)
    assert faults(whole) == set()
    assert {key for key, _ in said(whole, "holds")} == {
        "journal", "texts", "language", "file", "ballot.recounted", "ballot.consistent", "shortlist.replayed",
        "decision.recounted", "decision.consistent",
    }  # fmt: skip
    withheld = {("texts.withheld", ""), ("papers.small", "ballot:2"), ("vote.not_published", "ballot:5")}
    withheld |= {("papers.alone", "ballot:6"), ("decision.ended", "decision:1"), ("papers.small", "decision:3")}
    assert said(whole, "withheld") == withheld | ({("papers.parties_only", "decision:4")} if public else set())


def earlier(whole: Document) -> Document:
    """The file as it was when results held bands and bounds, single groups were withheld, and a mood was shown underway."""
    few = {"at_most": 2}
    proof = whole["proof"]
    votes = {one["id"]: one for one in (*proof["ballots"], *proof["decisions"]) if one["result"]}
    for vote in votes.values():
        del vote["result"]["counts_from"]
        _as_earlier(vote["terms"], vote["result"])
    small = votes["ballot:2"]["result"]
    small["options"][1] |= {"total": {"band": "1/3-1/2"}, "by_group": {"citizens": few, "politicians": {"all_but": 2}}}
    for step in small["shortlist"]["steps"]:
        step |= dict.fromkeys(("price", "tied", "broken_by"))
    counts = {"for": None, "reservation": None, "against": few, "blank": None, "cast": 9, "eligible": 12}
    result = votes["decision:3"]["result"]
    result["groups"] = [{**result["groups"][0], "counts": counts}, {**result["groups"][1], "band": "over 2/3"}]
    result["overall"] |= {"counts": None, "band": "over 2/3"}
    read = {one["id"]: one for one in (*whole["ballots"], *whole["decisions"])}
    read["ballot:2"]["options"][1]["total"] = [None]
    read["decision:3"]["overall"]["counts"] = None
    return chained(whole)


def _as_earlier(terms: Document, result: Document) -> None:
    if terms.get("method") == "positions":
        terms["settings"] = {"interim": True}
    for option in result.get("options", ()):
        option["by_group"] = dict.fromkeys(terms["eligible"]) | option["by_group"]
    shortlist = result.get("shortlist")
    if shortlist:
        del shortlist["uncovered"]
        nothing = dict.fromkeys(terms["eligible"])
        shortlist |= {name: shortlist[name] or nothing for name in ("coverage", "influence")} | {"purse": nothing}
        shortlist |= {"heads": dict.fromkeys(nothing, "1/2"), "weight": dict.fromkeys(nothing, 1)}
        for step in shortlist["steps"]:
            step["payments"] = None


def test_a_file_with_results_by_the_earlier_rule_verifies() -> None:
    whole = earlier(document())
    assert faults(whole) == set()
    assert {key for key, _ in said(whole, "holds")} >= {"ballot.recounted", "ballot.consistent", "decision.consistent"}


def test_the_file_of_a_seminar_verifies(seminar: Seminar) -> None:
    for public in (False, True):
        assert faults(json.loads(export(seminar.workshop, "json", public=public)[2])) == set()


def test_the_file_of_a_room_in_the_middle_of_everything_verifies(tmp_path: Path) -> None:
    with opened(tmp_path):
        rich = rich_room.build()
        rich.do(rich.chair, "publish_ballot", ballot=rich.ids["closed_ballot"])
        db.session.rollback()
        whole = json.loads(export(db.session.get_one(Workshop, rich.room.id), "json")[2])
    assert faults(whole) == set()
    assert ("papers.small", rich.ids["closed_ballot"]) in said(whole, "withheld")


@pytest.mark.parametrize("name", ["journal", "versions", "ballots", "decisions", "lot_seed", "workshop"])
@pytest.mark.parametrize("value", [None, 7, [], {}, [1], "x"])
def test_a_part_that_is_something_else_is_a_fault_and_no_crash(name: str, value: object) -> None:
    changed = document()
    changed["proof"][name] = value
    assert faults(stamped(changed))


@pytest.mark.parametrize("value", [None, 7, [], {}, {"proof": {}}, {"proof": {"schema": "rundbord/proof/9"}}])
def test_a_file_without_a_proof_is_a_fault(value: object) -> None:
    assert faults(value) == {"no_proof"}


# the one file


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the one file in a folder of its own, with nothing but Python."""
    folder = tmp_path_factory.mktemp("alone")
    (folder / checker.NAME).write_text(checker.source(), encoding="utf-8")

    def run(content: str, *options: str) -> subprocess.CompletedProcess[str]:
        (folder / "file.json").write_text(content, encoding="utf-8")
        words = [sys.executable, "-I", "-S", "-X", "utf8", checker.NAME, "file.json", *options]
        return subprocess.run(words, cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)

    return run


def test_the_one_file_runs_by_itself_and_says_what_the_program_says(alone: Callable[..., Any], capsys: Any) -> None:
    whole = document()
    for language in ("da", "en"):
        run = alone(json.dumps(whole), "--full", "--lang", language)
        assert (run.returncode, run.stderr) == (0, "")
        assert tell(check(whole), language, TEXTS) == 0
        assert run.stdout == capsys.readouterr().out


# the core, which an outsider reads


def test_the_core_is_short_enough_to_be_read_and_says_how_long_it_is() -> None:
    length = checker.core().count("\n")
    assert length <= 300
    assert f"The first {length} lines are the core" in checker.core()
    assert checker.source().startswith(checker.core())
    assert checker.source().removeprefix(checker.core()).startswith(f"\n\n# {'=' * 78}\n# The end of the core.\n")


def test_the_core_alone_checks_the_chain_the_counts_and_the_outcomes(tmp_path: Path) -> None:
    """What stands behind the core is cut off, and the core is run."""
    (tmp_path / "core.py").write_text(checker.core() + "\n\nraise SystemExit(main())\n", encoding="utf-8")
    words = [sys.executable, "-I", "-S", "-X", "utf8", "core.py", "file.json"]
    for whole, code, line in (
        (document(), 0, "holds     decision.recounted decision:2"),
        (_another(lambda d: d["proof"]["journal"]["entries"].pop(40)), 1, "fault     journal.hash"),
        (_another(lambda d: _vote(d, "ballot:1")["papers"].pop()), 1, "fault     count.recount ballot:1"),
        (_another(lambda d: _vote(d, "decision:3")["result"].update(outcome="no_quorum")), 1, "fault     decision.outcome"),
    ):
        (tmp_path / "file.json").write_text(json.dumps(whole), encoding="utf-8")
        run = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)
        assert (run.returncode, run.stderr) == (code, "")
        assert any(one.startswith(line) for one in run.stdout.splitlines()), run.stdout


def _another(tamper: Callable[[Document], Any]) -> Document:
    changed = document()
    tamper(changed)
    return changed


def _vote(whole: Document, record: str) -> Document:
    return next(one for one in (*whole["proof"]["ballots"], *whole["proof"]["decisions"]) if one["id"] == record)


CORE_TAMPERINGS: dict[str, tuple[Callable[[Document], Any], set[str]]] = {
    "an entry is changed": (lambda d: d["proof"]["journal"]["entries"][40].update(name="close_ballot"), {"journal.hash"}),
    "the end is cut off": (lambda d: d["proof"]["journal"]["entries"].pop(), {"journal.count", "journal.last"}),
    "a ballot is dropped": (lambda d: d["proof"]["ballots"].pop(0), {"vote.missing"}),
    "a decision is put in": (
        lambda d: d["proof"]["decisions"].append({**_vote(d, "decision:2"), "id": "decision:99"}),
        {"vote.unknown"},
    ),
    "a paper is dropped": (lambda d: _vote(d, "ballot:1")["papers"].pop(), {"vote.papers_hash", "count.turnout"}),
    "a stance is changed": (
        # Papers have no order: the first may be a blank one.
        lambda d: next(one for one in _vote(d, "decision:2")["papers"] if one["stance"] != "blank").update(stance="blank"),
        {"vote.papers_hash"},
    ),
    "a figure is changed": (
        lambda d: _vote(d, "ballot:2")["result"]["options"][0].update(total=240),
        {"vote.result_hash", "count.sum"},
    ),
    "the turnout is changed": (lambda d: _vote(d, "ballot:2")["result"]["turnout"].update(voted=25), {"count.turnout"}),
    "an answer is changed": (
        lambda d: _vote(d, "ballot:4")["result"]["options"][0]["by_group"]["citizens"].update(agree=5),
        {"count.recount", "count.sum"},
    ),
    "an outcome is changed": (lambda d: _vote(d, "decision:3")["result"].update(outcome="no_quorum"), {"decision.outcome"}),
    "a status is changed": (
        lambda d: _vote(d, "decision:2")["result"]["groups"][0].update(status="not_carried"),
        {"decision.recount"},
    ),
    "a threshold is changed": (lambda d: _vote(d, "decision:3")["terms"]["rules"].update(quorum="1/3"), {"vote.terms"}),
    "who may vote is changed": (lambda d: _vote(d, "ballot:3")["terms"]["eligible"].update(citizens=14), {"vote.terms"}),
    "a result is shown too early": (
        lambda d: _vote(d, "ballot:5").update(result=_vote(d, "ballot:1")["result"]),
        {"vote.early"},
    ),
}


@pytest.mark.parametrize("name", CORE_TAMPERINGS)
def test_the_core_finds_what_is_done_to_the_chain_a_count_or_an_outcome(name: str) -> None:
    tamper, expected = CORE_TAMPERINGS[name]
    keys = {key for kind, key, _ in check_core(_another(tamper)).lines if kind == "fault"}
    assert keys & expected, keys
    assert keys <= set(CORE_TEXTS)


def test_the_core_says_that_it_is_the_core_and_leaves_the_rest_to_full(alone: Callable[..., Any]) -> None:
    untouched = alone(json.dumps(document()), "--lang", "en")
    assert untouched.returncode == 0
    assert untouched.stdout.endswith("The core holds: the chain, the counts and the outcomes. --full checks the rest.\n")
    changed = json.dumps(_another(lambda d: d["goals"][0].update(title="Noget andet")))
    assert alone(changed).returncode == 0
    assert alone(changed, "--full").returncode == 1


@pytest.mark.parametrize("value", [None, 7, [], {}, [1], "x"])
def test_a_file_that_is_something_else_is_a_fault_of_the_core_and_no_crash(value: object) -> None:
    assert check_core(value).faults  # type: ignore[arg-type]
    for name in ("journal", "ballots", "decisions"):
        changed = document()
        changed["proof"][name] = value
        assert check_core(changed).faults


# the one file, whole


def test_the_one_file_ends_with_1_where_something_does_not_hold_and_2_where_it_cannot_read(
    alone: Callable[..., Any],
) -> None:
    changed = document()
    changed["goals"][0]["title"] = "Noget andet"
    run = alone(json.dumps(changed), "--full")
    assert run.returncode == 1 and "FEJL" in run.stdout
    assert alone("{").returncode == 2
    end = document()["provenance"]
    assert alone(json.dumps(document()), "--last-hash", end["journal_hash"]).returncode == 0
    assert alone(json.dumps(document()), "--last-hash", "0" * 64).returncode == 1


def test_the_json_names_the_fingerprint_of_the_one_file() -> None:
    assert document()["proof"]["checker"] == {"name": checker.NAME, "sha256": checker.fingerprint()}


def test_the_one_file_has_every_part_once_and_imports_only_pythons_own_library() -> None:
    assert {path.stem for path in PARTS.glob("*.py")} == {checker.CORE, *checker.REST, "__init__"}
    tree = ast.parse(checker.source())
    imported = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    modules = {name.name for node in imported if isinstance(node, ast.Import) for name in node.names}
    modules |= {str(node.module) for node in imported if isinstance(node, ast.ImportFrom)}
    assert {module.partition(".")[0] for module in modules} <= sys.stdlib_module_names
    defined = [node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    assigned = [node.targets[0] for node in tree.body if isinstance(node, ast.Assign)]
    defined += [target.id for target in assigned if isinstance(target, ast.Name)]
    assert len(defined) == len(set(defined)), [name for name in defined if defined.count(name) > 1]


def test_the_parts_stand_on_nothing_of_the_program() -> None:
    for path in PARTS.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("workshop"):
                assert (node.module or "").startswith("workshop.export.checking."), path.name


def test_everything_that_can_be_said_is_there_in_both_languages_with_the_same_facts() -> None:
    assert danish.DANISH.keys() == english.ENGLISH.keys()
    assert danish_follow_up.DANISH_FOLLOW_UP.keys() == english_follow_up.ENGLISH_FOLLOW_UP.keys()
    assert not (CORE_TEXTS.keys() & danish.DANISH.keys()) - {"sum.good"}
    for key, (said_in_danish, said_in_english) in TEXTS.items():
        assert set(re.findall(r"{(\w+)}", said_in_danish)) == set(re.findall(r"{(\w+)}", said_in_english)), key
    without = ("danish", "english", "danish_follow_up", "english_follow_up", "core_words")
    parts = [path for path in PARTS.glob("*.py") if path.stem not in without]
    used = set(re.findall(r'"([a-z_]+(?:\.[a-z_]+){0,2})"', "".join(path.read_text(encoding="utf-8") for path in parts)))
    used |= {"papers.small", "papers.alone", "papers.parties_only", "unreadable", "sum.good", "sum.bad"}
    used |= {f"{noun}.{how}" for noun in ("ballot", "decision") for how in ("consistent", "recounted")}
    used |= {key for key in TEXTS if key.partition(".")[0] in ("outcome", "answer", "reached", "what")}
    assert set(TEXTS) <= used, set(TEXTS) - used
    subjects = {
        "vote",
        "count",
        "texts",
        "journal",
        "ground",
        "papers",
        "file",
        "shortlist",
        "decision",
        "ballot",
        "sum",
        "follow",
    }
    assert {key for key in used if "." in key and key.partition(".")[0] in subjects} <= set(TEXTS)
