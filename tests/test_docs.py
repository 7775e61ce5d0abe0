"""What can be done is written down: commands, records, refusals, settings, calls. A page that is behind the code fails here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts import protocol_page
from scripts.protocol import commands as protocol_commands
from scripts.protocol.records import RECORDS
from tests.conftest import application
from tests.kept_room import KeptRoom
from tests.test_equivalence import SCENARIOS
from workshop import config, screens
from workshop.commands import COMMANDS
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


def test_decisions_are_five_lines_each_and_numbered():
    text = (DOCS / "decisions.md").read_text(encoding="utf-8")
    entries = re.split(r"^## ", text, flags=re.M)[1:]
    assert len(entries) >= 8
    for number, entry in enumerate(entries, 1):
        title, *lines = entry.strip().splitlines()
        assert title.startswith(f"{number}. "), title
        assert 2 <= len([line for line in lines if line.strip()]) <= 5, title


def pages() -> list[Path]:
    return [DOCS.parent / "README.md", *sorted(DOCS.glob("*.md"))]


@pytest.mark.parametrize("page", pages(), ids=lambda path: path.name)
def test_links_between_the_pages_lead_somewhere(page: Path):
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", pages(), ids=lambda path: path.name)
def test_the_files_named_in_the_pages_are_there(page: Path):
    root = DOCS.parent
    for name in re.findall(r"`((?:workshop|tests|static|scripts|docs|templates)/[\w/.-]+)`", page.read_text(encoding="utf-8")):
        assert (root / name).exists(), name
