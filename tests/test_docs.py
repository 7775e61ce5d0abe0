"""What can be done is written down: commands, records, refusals, settings, calls. A page that is behind the code fails here."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from scripts import protocol_page
from scripts.protocol import commands as protocol_commands
from scripts.protocol.records import RECORDS
from tests.conftest import application
from tests.kept_room import KeptRoom
from tests.scenarios import SCENARIOS
from workshop import config, screens
from workshop.door import COMMANDS
from workshop.rules import fields
from workshop.rules.refusal import CODES
from workshop.screens.kinds import KINDS

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE = (DOCS / "protocol.md").read_text(encoding="utf-8")


def test_the_protocol_page_is_current():
    assert protocol_page.page() == PAGE, "write it again: python -m scripts.protocol_page"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_documented_with_its_arguments(name: str):
    found = re.search(rf"^### `{name}`\n(.*?)(?=^##)", PAGE.partition("\n## Commands\n")[2], re.S | re.M)
    assert found, "no section"
    text = found[1]
    assert len(text.split("Given by")[0].strip()) > 10, "it does not say what it does: write a docstring"
    assert ", ".join(COMMANDS[name].roles) in text
    for argument in COMMANDS[name].args.model_fields:
        assert f"`{argument}`:" in text or f"`{argument}?`:" in text


def test_every_command_has_a_scenario_in_the_equivalence_test():
    assert set(SCENARIOS) == set(COMMANDS)


@pytest.mark.parametrize("code", CODES)
def test_every_refusal_has_a_row_with_a_sentence_in_both_languages(code: str):
    row = re.search(rf"^\| `{code}` \| (\d+) \| ([^|]+) \| ([^|]+) \|$", PAGE, re.M)
    assert row and int(row[1]) in (401, 403, 404, 409, 413, 422, 429, 503)
    assert row[2] != row[3] and not row[2].startswith("error.")


def test_the_refusals_of_a_command_are_read_off_its_source():
    assert {"not_yours", "conflict", "not_found"} <= protocol_commands.refusals(COMMANDS["edit_idea"].run)
    assert {"over_budget", "unknown_option"} <= protocol_commands.refusals(COMMANDS["cast_ballot"].run)
    assert {"checks_open", "conflict", "already"} <= protocol_commands.refusals(COMMANDS["open_decision"].run)
    raised = {code for command in COMMANDS.values() for code in protocol_commands.refusals(command.run)}
    assert set(CODES) - raised <= {*protocol_commands.ALWAYS, "unknown_code", "no_quorum"}


def test_every_kind_of_record_is_documented():
    assert set(RECORDS) == {kind.name for kind in KINDS} | {"workshop", "board"}


def test_each_record_has_exactly_the_fields_that_are_documented(kept: KeptRoom):
    """Presented to both audiences from a room with something of each kind."""
    for audience in ("room", "facilitator"):
        put = screens.changes(kept.id, 0, audience)["put"]
        for kind, meanings in RECORDS.items():
            shown = {name for record in put if record["kind"] == kind for name in record} - {"id", "kind"}
            if kind == "participant" and audience == "room":
                assert shown == set()
                continue
            told = {name for name in meanings if audience == "facilitator" or not name.endswith("*")}
            documented = {name.rstrip("*") for name in told}
            if kind in ("goal", "agreement"):
                documented |= {field.name for field in fields.FIELDS[kind] if field.name != "kind"}
            assert shown == documented, (kind, audience, shown ^ documented)


def test_every_call_of_the_api_and_every_socket_event_is_documented(tmp_path: Path):
    app = application(tmp_path)
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(("/api/", "/healthz")):
            method = "POST" if "POST" in (rule.methods or ()) else "GET"
            path = rule.rule.replace("<int:workshop_id>", "<id>")
            assert f"`{method} {path}`" in PAGE, f"{method} {path}"
    source = (DOCS.parent / "workshop" / "live" / "socket.py").read_text(encoding="utf-8")
    heard = set(re.findall(r'on_event\("(\w+)"', source)) - {"connect", "disconnect"}
    told = set()
    for path in (DOCS.parent / "workshop" / "live").glob("*.py"):
        told |= set(re.findall(r'socketio\.emit\(\s*"(\w+)"', path.read_text(encoding="utf-8")))
    table = re.findall(r"^\| (up|down) \| `(\w+)` \|", PAGE, re.M)
    assert {name for way, name in table if way == "up"} == heard
    assert {name for way, name in table if way == "down"} == told


def test_every_setting_is_in_the_table_of_running():
    running = (DOCS / "running.md").read_text(encoding="utf-8")
    for line in config.table().splitlines():
        assert line in running


DECISION = ("Context", "Choice", "Instead of", "Reason", "Price")


def test_each_decision_is_numbered_and_has_its_five_lines():
    text = (DOCS / "decisions.md").read_text(encoding="utf-8")
    entries = re.split(r"^## ", text, flags=re.M)[1:]
    assert len(entries) >= 30
    for number, entry in enumerate(entries, 1):
        title, *lines = entry.strip().splitlines()
        assert title.startswith(f"{number}. "), title
        assert [line.partition(":")[0] for line in lines] == [f"- {label}" for label in DECISION], title
        assert all(len(line.partition(": ")[2]) > 10 for line in lines), title


def pages() -> list[Path]:
    return [DOCS.parent / "README.md", DOCS.parent / "CHANGELOG.md", *sorted(DOCS.glob("*.md"))]


def over_long(text: str) -> list[str]:
    """Returns the lines over 110 characters, without those of tables and code blocks and those with an address."""
    found = []
    fenced = code = False
    before = ""
    for line in text.splitlines():
        if line.startswith("```"):
            fenced = not fenced
        code = line.startswith("    ") and (code or not before.strip())
        before = line
        if len(line) > 110 and not (fenced or code or line.startswith("|") or "://" in line):
            found.append(line)
    return found


def test_a_long_line_is_found_outside_tables_and_code_only():
    long = "word " * 30
    assert over_long(f"{long}\n- {long}\n  - a\n    {long}") == [long, f"- {long}", f"    {long}"]
    assert over_long(f"| {long} |\n\n    {long}\n    {long}\n```\n{long}\n```\n<https://{'a' * 120}>") == []


# The protocol page is written by scripts/protocol_page.py: its lines are whole docstrings.
@pytest.mark.parametrize("page", [page for page in pages() if page.name != "protocol.md"], ids=lambda path: path.name)
def test_pages_wrap_at_110_characters(page: Path):
    assert over_long(page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("page", pages(), ids=lambda path: path.name)
def test_links_between_the_pages_lead_somewhere(page: Path):
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (page.parent / target).exists(), target


#: made when somebody takes the outcome home or sets up containers; in no folder
MADE_ON_REQUEST = {"rundbord_check.py", "deploy/.env"}
ROOT = DOCS.parent
#: where a page may leave out the beginning of a path: `live/feed.py`, `js/live/pace.js`
SHORTENED = ("", "workshop/", "static/", "static/js/", "scripts/", "docs/")


def is_there(name: str) -> bool:
    """Whether a file, a folder, a `file.py::test_name` or a file's bare name stands in the project."""
    path, _, test = name.partition("::")
    if path in MADE_ON_REQUEST:
        return True
    found = [ROOT / start / path for start in SHORTENED if (ROOT / start / path).exists()]
    if not found and "/" not in path:
        found = [one for top in ("workshop", "static/js", "tests", "scripts") for one in (ROOT / top).rglob(path)]
    return bool(found) and (not test or f"def {test}(" in found[0].read_text(encoding="utf-8"))


def named_in(text: str) -> set[str]:
    folders = re.findall(r"`((?:workshop|tests|static|scripts|docs|templates|deploy)/[\w/.-]+)`", text)
    return {*folders, *re.findall(r"`([\w.-][\w/.-]*\.(?:py|js|mjs|sh|html|typ)(?:::\w+)?)`", text)}


def test_a_file_that_is_gone_is_noticed():
    assert is_there("live/feed.py") and is_there("feed.py") and is_there("tests/test_docs.py::is_there")
    assert not any(is_there(gone) for gone in ("live/gone.py", "gone.py", "tests/test_docs.py::test_gone"))
    assert named_in("`live/gone.py`, `gone.py`, `tests/gone`, `a.py::test_b`") == {
        "live/gone.py",
        "gone.py",
        "tests/gone",
        "a.py::test_b",
    }


BROWSER_PAGES = [ROOT / "static" / "js" / "README.md", ROOT / "static" / "css" / "README.md"]


@pytest.mark.parametrize("page", [*pages(), *BROWSER_PAGES], ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_files_named_in_the_pages_are_there(page: Path):
    assert [name for name in sorted(named_in(page.read_text(encoding="utf-8"))) if not is_there(name)] == []


#: settings of PostgreSQL and nginx
OF_OTHER_PROGRAMS = {"synchronous_commit", "worker_connections"}


def code_words(text: str) -> set[str]:
    """Returns the names with an underscore that stand in backticks."""
    return set(re.findall(r"\b[A-Za-z]\w*_\w+", " ".join(re.findall(r"`([^`]+)`", text))))


@cache
def words_of_the_code() -> frozenset[str]:
    files = [ROOT / "run.py", ROOT / "Makefile", ROOT / ".ci" / "run", *(ROOT / "deploy").iterdir()]
    for folder, pattern in (("workshop", "*.py"), ("static/js", "*.js"), ("scripts", "*.py"), ("tests", "*.py")):
        files += (ROOT / folder).rglob(pattern)
    ours = [path for path in files if path != Path(__file__)]
    stems = {path.stem for path in ours}
    return frozenset(stems.union(*(re.findall(r"\w+", path.read_text(encoding="utf-8")) for path in ours)))


@pytest.mark.parametrize("page", pages(), ids=lambda path: path.name)
def test_the_names_in_the_pages_are_in_the_code(page: Path):
    assert code_words(page.read_text(encoding="utf-8")) - words_of_the_code() <= OF_OTHER_PROGRAMS


def test_a_name_that_is_gone_is_noticed():
    assert code_words("`door.note_gone(x)` and `store.note_seen`") - words_of_the_code() == {"note" + "_gone"}
