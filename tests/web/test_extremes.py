"""Numbers, names and dates at the end of what there is: an answer that says no, and never a fault of the server."""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import openpyxl
import pytest
from flask import Flask

from tests.commands.voting import Room, refused
from tests.conftest import application
from tests.export.sample import sample
from tests.kept_room import KeptRoom
from tests.web.conftest import logged_in
from tests.web.test_arguments import marks, refusal
from workshop import dispatch, identity
from workshop.door import COMMANDS
from workshop.door.arguments import Ref
from workshop.export.files import FORMATS
from workshop.extensions import db
from workshop.identity import ORGANISER, Actor
from workshop.rules import limits
from workshop.rules.refusal import Refused

HUGE = (2**31, 999_999_999_999, 2**63, 10**30)


@pytest.fixture(params=["sqlite", "postgresql"])
def anywhere(request, tmp_path) -> Iterator[Flask]:
    given = {"DATABASE_URL": request.getfixturevalue("postgres_url")} if request.param == "postgresql" else {}
    made = application(tmp_path, **given)
    with made.app_context():
        db.create_all()
        yield made
        db.session.remove()
        db.engine.dispose()


def paths(app: Flask, number: int) -> Iterator[str]:
    """Every address with the number of a record in it."""
    for rule in app.url_map.iter_rules():
        if any(type(converter).__name__ == "RecordNumber" for converter in rule._converters.values()):
            yield re.sub(r"<(?:[^:<>]+:)?(\w+)>", partial(_value, rule, number), rule.rule)


def _value(rule: Any, number: int, found: re.Match[str]) -> str:
    return str(number) if type(rule._converters[found[1]]).__name__ == "RecordNumber" else "x"


def test_a_record_number_that_none_can_have_is_not_found_on_every_page(anywhere: Flask):
    browser = logged_in(anywhere, "Anna")
    tried = 0
    for number in HUGE:
        for path in paths(anywhere, number):
            assert browser.client.get(path).status_code in (404, 405), path
            tried += 1
        seat = f"as=helper&workshop={number}&seat=participant:{number}"
        for query in (f"workshop={number}", f"as=facilitator&workshop={number}", seat):
            assert browser.client.get(f"/api/sync?{query}").status_code < 500, query
    assert tried >= 4 * 20


def test_messages_with_huge_numbers_are_refused(anywhere: Flask):
    room = Room({"citizens": 2})
    person = room.everybody[0]
    room.do(room.chair, "take_chair")
    for number in (2**53 + 1, 2**63, 10**30):
        with refused("malformed", "since"):
            dispatch.sync(person, {"since": number})
    for number in HUGE[:2]:
        with refused("not_found", "on"):
            dispatch.versions(room.chair, f"goal:{number}")
        with refused("not_found", "of"):
            dispatch.seen(person, {"of": f"ballot:{number}"})
        assert dispatch.seen(person, {"ideas": [f"idea:{number}"]})["ok"]
        given: dict[str, tuple[str, dict[str, Any]]] = {
            "hide_idea": ("idea", {"idea": f"idea:{number}", "reason": "x"}),
            "open_ballot": ("options", {"method": "approval", "options": [f"idea:{number}"], "settings": {}}),
            "close_ballot": ("ballot", {"ballot": f"ballot:{number}"}),
            "publish_ballot": ("ballot", {"ballot": f"ballot:{number}"}),
            "hand_over": ("to", {"to": f"facilitator:{number}"}),
            "open_decision": ("on", {"on": f"goal:{number}", "version": 1}),
            "remove_participant": ("participant", {"participant": f"participant:{number}"}),
            "start_step": ("step", {"step": f"step:{number}"}),
            "edit_group": ("group", {"group": f"group:{number}"}),
        }
        for name, (field, args) in given.items():
            # The journal says nothing of what was refused, and nothing is a fault of the database.
            assert refusal(room.chair, name, args)["code"] in ("not_found", "unknown_option"), (name, field)
        with refused("ended"):
            identity.acting_for(person, f"participant:{number}")
    for number in (*HUGE, 0, -1):
        with refused("not_found", "workshop"):
            identity.in_workshop(Actor(ORGANISER, organiser_id=1), number)


def test_every_record_id_of_every_command_may_be_huge(kept: KeptRoom):
    tried = 0
    for name in sorted(COMMANDS):
        fields = marks(name, Ref)
        if not fields:
            continue
        actor, args = kept.scenario(name)
        for field in fields.keys() & args.keys():
            for number in HUGE:
                wrong = f"{fields[field].kinds[0]}:{number}"
                given = args | {field: [wrong] if isinstance(args[field], list) else wrong}
                error = refusal(actor, name, given)
                code = "not_found" if len(str(number)) <= 12 else "malformed"
                assert error is not None and error["code"] in (code, "unknown_option"), (name, field, number, error)
                tried += 1
        kept.put_back()
    assert tried > 100


def whole_numbers(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if schema.get("type") == "integer":
            yield schema
        for part in schema.values():
            yield from whole_numbers(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from whole_numbers(part)


def test_every_whole_number_of_a_command_has_an_end_that_a_column_can_hold():
    open_ended = {
        name
        for name, command in COMMANDS.items()
        for one in whole_numbers(command.args.model_json_schema())
        if one.get("maximum", 10**40) > limits.RECORD_NUMBER
    }
    # The clock of a workshop is a column of 64 bits; a number in a field of a text is kept as words.
    texts = {"draft_goal", "edit_goal", "draft_agreement", "edit_agreement", "edit_reopened"}
    assert open_ended == {"undo", *texts}


TOO_LARGE = [2**53 + 1, -(2**60), 10**400, float("inf"), float("nan"), 1e300]


@pytest.mark.parametrize("number", TOO_LARGE, ids=lambda one: str(one)[:9])
def test_a_number_that_no_reader_keeps_is_refused_however_deep_it_lies(app, number):
    room = Room({"citizens": 1})
    with pytest.raises(Refused) as caught:
        room.do(room.chair, "add_step", kind="ideas", settings={"ideas_per_person": [{"a": number}]})
    assert (caught.value.code, caught.value.field) == ("malformed", "settings")


@pytest.mark.parametrize(
    "path",
    ["a" * 300 + ".js", "js/" + "a" * 5000, "/".join(["a"] * 3000), "css/" + "+".join(["base"] * 200) + "x" * 300 + ".css",
     "é" * 200, "..%2f" * 100, "css/" + "a+" * 2000 + ".css", "js/parcels/" + "a" * 6000 + ".js", "con", "a\\b", "~" * 256],
)  # fmt: skip
def test_a_long_or_odd_static_path_is_not_found(app, path):
    client = app.test_client()
    assert client.get(f"/static/v/{'v' * 400}/{path}").status_code == 404
    for way in ("/record/", "/j/", "/room/", "/f/", "/catalogue/", "/organiser/first/", "/organiser/invited/", "/"):
        assert client.get(way + path).status_code < 500, way


def with_dates(value: Any, day: str) -> Any:
    """An outcome in which every date written in words is that day."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {one.name: with_dates(getattr(value, one.name), day) for one in dataclasses.fields(value) if one.init}
        return dataclasses.replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(with_dates(part, day) for part in value)
    if type(value).__name__ == "date":
        return type(value).fromisoformat(day)
    looks_like_a_day = isinstance(value, str) and len(value) == 10 and value[4:5] == "-" and value[7:8] == "-"
    return day if looks_like_a_day else value


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1582-10-10", "1899-12-31"])
def test_every_format_is_made_with_the_last_and_the_first_day_there_is(day):
    outcome = with_dates(sample(), day)
    made = {name: one.render(outcome) for name, one in FORMATS.items()}
    assert all(made.values())
    calendar = made["ics"].decode()
    compact = day.replace("-", "")
    assert f"DTSTART;VALUE=DATE:{compact}" in calendar
    assert ("DTEND" in calendar) == (day != "9999-12-31")
    openpyxl.load_workbook(io.BytesIO(made["xlsx"]))
