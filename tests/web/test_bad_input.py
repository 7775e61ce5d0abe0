"""Bad input: each is refused with its code, and nothing else changes. Over HTTP and over sockets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from tests.kept_room import KeptRoom
from tests.live.lines import new_id
from tests.web.commanding import LONG, WAYS, ask, send
from workshop.door import COMMANDS
from workshop.extensions import socketio


@dataclass
class Bad:
    """One row of the table. `code` is the refusal expected, `field` the field it names."""

    what: str
    who: str
    name: str
    code: str
    field: str | None
    args: dict[str, Any]


def _bad(what: str, who: str, name: str, code: str, field: str | None = None, /, **args: Any) -> Bad:
    return Bad(what, who, name, code, field, args)


TABLE = [
    _bad("unknown command", "author", "drop_table", "malformed", "name"),
    _bad("no ideas are written now", "author", "post_idea", "wrong_step", "step", text="Idé"),
    _bad("one character too many", "author", "post_idea", "too_long", "text", text="x" * (LONG + 1)),
    _bad("one emoji too many", "author", "post_idea", "too_long", "text", text="🌱" * (LONG + 1)),
    _bad("empty text", "author", "post_idea", "empty", "text", text=""),
    _bad("white space only", "author", "post_idea", "empty", "text", text=" \n\t "),
    _bad("a number for a text", "author", "post_idea", "malformed", "text", text=7),
    _bad("a list for a text", "author", "post_idea", "malformed", "text", text=["a"]),
    _bad("nothing for a text", "author", "post_idea", "malformed", "text", text=None),
    _bad("a field too many", "author", "post_idea", "malformed", "admin", text="a", admin=True),
    _bad("a field missing", "author", "post_idea", "malformed", "text"),
    _bad("a text for a truth", "author", "set_ready", "malformed", "ready", ready="yes"),
    _bad("a number for a truth", "author", "set_ready", "malformed", "ready", ready=1),
    _bad("another's idea", "other", "edit_idea", "not_yours", "idea", idea="@idea", text="Min nu"),
    _bad("another's private idea", "other", "edit_idea", "not_found", "idea", idea="@private", text="Min nu"),
    _bad("a private idea commented", "other", "post_comment", "not_found", "on", on="@private", text="Hm", sort="concern"),
    _bad("a private idea voted on", "facilitator", "open_ballot", "not_found", "options", method="dots", options=["@private"]),
    _bad("a private idea shown to the room", "facilitator", "show_on_board", "not_open", "shows", shows="@private"),
    _bad("an idea on a ballot changed", "author", "edit_idea", "conflict", "idea", idea="@on_ballot", text="Andet"),
    _bad("no reason", "facilitator", "hide_idea", "reason_required", "reason", idea="@idea", reason=" "),
    _bad("a vote after closing", "other", "cast_ballot", "closed", "ballot", ballot="@closed_ballot", choices={}),
    _bad("an option not on the ballot", "other", "cast_ballot", "unknown_option", None, ballot="@ballot", choices={"@idea": 1}),
    _bad("minus one vote", "other", "cast_ballot", "malformed", None, ballot="@ballot", choices={"@on_ballot": -1}),
    _bad("two approvals of one idea", "other", "cast_ballot", "malformed", None, ballot="@ballot", choices={"@on_ballot": 2}),
    _bad("a stance nobody knows", "other", "take_stance", "malformed", "stance", decision="@decision", stance="maybe"),
    _bad("against without a reason that is text", "other", "take_stance", "malformed", "reason", decision="@decision",
         stance="against", reason=3),
    _bad("an old version", "facilitator", "edit_goal", "conflict", None, goal="@goal", version=7, title="Nyt"),
    _bad("a date that is none", "facilitator", "edit_goal", "malformed", "deadline", goal="@goal", version=1, deadline="snart"),
    _bad("an action that was never", "facilitator", "undo", "not_found", "seq", seq=10**9),
    _bad("a number beyond all", "facilitator", "undo", "malformed", "seq", seq=10**30),
    _bad("a digit that is none", "facilitator", "show_on_board", "malformed", "shows", shows="idea:²"),
    _bad("a digit that is none, in a list", "facilitator", "draft_goal", "malformed", "from_ideas",
         title="M", from_ideas=["idea:²"]),
    _bad("a privacy minimum of two", "facilitator", "edit_workshop", "malformed", "privacy_minimum", privacy_minimum=2),
    _bad("a step of no kind", "facilitator", "add_step", "malformed", "kind", kind="party"),
    _bad("an openness nobody knows", "facilitator", "edit_step", "malformed", "settings.openness",
         step="@step.ballot", settings={"openness": "politicians_open"}),
    _bad("an open group that is not there", "facilitator", "edit_step", "not_found", "settings.open_groups",
         step="@step.ballot", settings={"openness": "some_open", "open_groups": ["mayors"]}),
    _bad("some open groups, but none", "facilitator", "add_step", "empty", "settings.open_groups",
         kind="ballot", settings={"openness": "some_open", "open_groups": []}),
    _bad("openness at opening", "facilitator", "open_ballot", "malformed", "openness",
         method="approval", options=["@idea"], openness="open"),
    _bad("a name kept in a secret vote", "other", "cast_ballot", "malformed", "keep", ballot="@ballot", choices={}, keep=True),
    _bad("a group large enough asked", "facilitator", "ask_open_vote", "conflict", "group", group="@politicians"),
    _bad("a group that was not asked answers", "other", "answer_open_vote", "not_open", "group",
         group="@politicians", agree=True),
    _bad("an answer for another group", "author", "answer_open_vote", "not_yours", "group", group="@politicians", agree=True),
    _bad("perhaps", "other", "answer_open_vote", "malformed", "agree", group="@politicians", agree="perhaps"),
    _bad("a member asks the own group", "other", "ask_open_vote", "not_allowed", None, group="@politicians"),
    _bad("no minutes", "facilitator", "start_step", "malformed", "minutes", step="@step.goals", minutes=0),
    _bad("a ballot for ever", "facilitator", "open_ballot", "malformed", "minutes",
         method="dots", options=["@idea"], minutes=1e300),
]  # fmt: skip


def placed(kept: KeptRoom, value: Any) -> Any:
    """The value with `@name` replaced by the record of the room with that name."""
    if isinstance(value, dict):
        return {placed(kept, key): placed(kept, item) for key, item in value.items()}
    if isinstance(value, list):
        return [placed(kept, item) for item in value]
    if isinstance(value, str) and value.startswith("@step."):
        return kept.scenario("start_step")[1]["step"]
    return kept.rich.ids[value[1:]] if isinstance(value, str) and value.startswith("@") else value


@WAYS
@pytest.mark.parametrize("bad", TABLE, ids=lambda bad: bad.what.replace(" ", "-"))
def test_bad_input_is_refused_with_its_code_and_changes_nothing(kept: KeptRoom, way: str, bad: Bad):
    before = kept.rows()
    answer = ask(kept, way, bad.who, bad.name, **placed(kept, bad.args))
    assert answer["ok"] is False and answer["error"]["code"] == bad.code, answer
    if bad.field is not None:
        assert answer["error"].get("field") == bad.field
    assert kept.rows() == before


MESSAGES: list[tuple[str, Any, str | None]] = [
    ("no object", ["post_idea"], None),
    ("no id", {"name": "set_ready", "args": {"ready": True}}, "id"),
    ("a short id", {"id": "1", "name": "set_ready", "args": {"ready": True}}, "id"),
    ("a number as id", {"id": 7, "name": "set_ready", "args": {"ready": True}}, "id"),
    ("no name", {"id": "0" * 32, "args": {}}, "name"),
    ("a list as name", {"id": "0" * 32, "name": ["set_ready"], "args": {}}, "name"),
    ("a list as args", {"id": "0" * 32, "name": "set_ready", "args": ["ready"]}, "args"),
    ("a text as args", {"id": "0" * 32, "name": "set_ready", "args": "ready"}, "args"),
]


@WAYS
@pytest.mark.parametrize(("payload", "field"), [row[1:] for row in MESSAGES], ids=[row[0] for row in MESSAGES])
def test_a_message_of_the_wrong_shape_is_malformed(kept: KeptRoom, way: str, payload: Any, field: str | None):
    before = kept.rows()
    status, answer = send(kept, way, "author", payload)
    assert answer["error"]["code"] == "malformed" and (field is None or answer["error"]["field"] == field)
    assert status in (0, 422) and kept.rows() == before


#: a few with arguments that would be right
ARGUMENTS = {"reveal_ideas": {}, "lock_room": {"locked": True}, "replace_link": {"role": "board"}}


@WAYS
@pytest.mark.parametrize("who", ["author", "board"])
def test_nobody_gives_a_command_that_belongs_to_another_role(kept: KeptRoom, way: str, who: str):
    before = kept.rows()
    role = kept.actors()[who].role
    foreign = [name for name, command in COMMANDS.items() if role not in command.roles]
    assert len(foreign) > 40
    for name in foreign:
        for args in ({}, {"on": f"workshop:{kept.id}"}, ARGUMENTS.get(name, {})):
            assert ask(kept, way, who, name, **args)["error"] == {"code": "not_allowed"}, name
    assert kept.rows() == before


@WAYS
@pytest.mark.parametrize("who", ["ended", "no such token", "", "æ", "\ud800"])
def test_an_ended_or_unknown_token_is_told_so(kept: KeptRoom, way: str, who: str):
    if way == "http" and not who.isascii():
        who = who.encode("utf-8", "replace").decode("latin-1")
    before = kept.rows()
    status, answer = send(kept, way, who, {"id": new_id(), "name": "set_ready", "args": {"ready": True}})
    assert answer["error"]["code"] in ("ended", "not_allowed") and status in (0, 401, 403)
    assert kept.rows() == before


@pytest.mark.parametrize("since", ["-1", "x", "1.5", "9" * 40, "²", "", "%00"])
def test_a_sync_from_nowhere_is_malformed_or_whole(kept: KeptRoom, since: str):
    client = kept.app.test_client()
    answer = client.get(f"/api/sync?since={since}", headers={"Authorization": f"Bearer {kept.tokens['author']}"})
    assert answer.status_code == 422 and answer.get_json()["error"]["code"] == "malformed"


@pytest.mark.parametrize("since", [-1, True, "1", 1.5, None, [], {}, 10**30])
def test_the_same_over_the_socket(kept: KeptRoom, since: Any):
    client = socketio.test_client(kept.app, auth={"token": kept.tokens["author"]})
    answer = client.emit("sync", {"since": since, "epoch": ["x"]}, callback=True)
    client.disconnect()
    if answer["ok"]:
        assert since == 10**30 and answer["from"] == 0
    else:
        assert answer["error"] == {"code": "malformed", "field": "since"}


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "null", '"x"', '{"id": NaN}', "\x00", "\udcff", "[" * 30_000, '{"a":' * 9_000]
)
def test_a_body_that_is_no_object_is_malformed(kept: KeptRoom, body: str):
    before = kept.rows()
    for path in ("/api/commands", "/api/join", "/api/reenter", "/api/login"):
        answer = kept.app.test_client().post(
            path,
            data=body.encode("utf-8", "surrogateescape"),
            content_type="application/json",
            headers={"Authorization": f"Bearer {kept.tokens['author']}"},
        )
        assert answer.status_code == 422 and answer.get_json()["error"]["code"] == "malformed", path
    assert kept.rows() == before
