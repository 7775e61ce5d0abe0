"""Bad input: each is refused with its code, or shown correctly, and nothing else changes. Over HTTP and over sockets."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from typing import Any

import pytest

from tests.kept_room import KeptRoom
from tests.live.lines import new_id
from tests.web.conftest import Page
from workshop import catalogue
from workshop.door import COMMANDS
from workshop.extensions import socketio
from workshop.rules.limits import TEXT_LIMITS

LONG = TEXT_LIMITS["idea.text"]
WAYS = pytest.mark.parametrize("way", ["http", "socket"])


def send(kept: KeptRoom, way: str, who: str, payload: Any) -> tuple[int, dict[str, Any]]:
    """A `command` message as a client sends it; the status (over HTTP) and the answer."""
    token = kept.tokens.get(who, who)
    if way == "http":
        answer = kept.app.test_client().post("/api/commands", json=payload, headers={"Authorization": f"Bearer {token}"})
        return answer.status_code, answer.get_json()
    client = socketio.test_client(kept.app, auth={"token": token})
    if not client.is_connected():
        return 0, {"ok": False, "error": {"code": "ended"}}
    try:
        return 0, client.emit("command", payload, callback=True)
    finally:
        client.disconnect()


def ask(kept: KeptRoom, way: str, who: str, name: str, /, **args: Any) -> dict[str, Any]:
    return send(kept, way, who, {"id": new_id(), "name": name, "args": args})[1]


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
ARGUMENTS = {
    "reveal_ideas": {},
    "lock_room": {"locked": True},
    "replace_link": {"role": "board"},
    "set_ready": {"ready": True},
}


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


SHOWN = [
    "👩‍👩‍👧‍👦 🇩🇰 familier",
    "שלום עולם",
    "السلام عليكم – fælles",
    "<script>alert(1)</script> & \"q\"",
    "=cmd|' /C calc'!A0",
    "linje\nto\tog tab",
    "Å å Ǻ e\u0301",
    "x" * LONG,
    "🌱" * LONG,
]  # fmt: skip


@WAYS
@pytest.mark.parametrize("text", SHOWN, ids=range(len(SHOWN)))
def test_unusual_text_is_shown_as_it_was_written(kept: KeptRoom, way: str, text: str):
    kept.rich.do(kept.rich.chair, "edit_workshop", ideas_always_open=True)
    answer = ask(kept, way, "author", "post_idea", text=text)
    assert answer["ok"], answer
    reply = kept.app.test_client().get("/api/sync", headers={"Authorization": f"Bearer {kept.tokens['board']}"})
    (shown,) = [found for found in json.loads(reply.data)["put"] if found["id"] == answer["result"]["idea"]]
    assert shown["text"] == unicodedata.normalize("NFC", text)


UNSEEN = [
    "\u200b", "\u3164\uffa0\u115f\u1160", "\u2800", "\u00ad", "\u0301", "\ufe0f", "\U000e0041", "\u180e", "\u202e",
    "\x00", "\ud800", "\x07",
]  # fmt: skip


@WAYS
@pytest.mark.parametrize("text", UNSEEN, ids=ascii)
def test_a_text_in_which_nothing_can_be_seen_is_empty(kept: KeptRoom, way: str, text: str):
    kept.rich.do(kept.rich.chair, "edit_workshop", ideas_always_open=True)
    before = kept.rows()
    ids = kept.rich.ids
    for who, name, args, field in (
        ("author", "post_idea", {"text": f" {text}\n"}, "text"),
        ("author", "post_comment", {"on": ids["idea"], "text": text, "sort": "concern"}, "text"),
        ("facilitator", "create_theme", {"title": text}, "title"),
        ("facilitator", "draft_goal", {"title": text}, "title"),
        ("facilitator", "edit_workshop", {"title": text}, "title"),
    ):
        error = ask(kept, way, who, name, **args)["error"]
        assert (error["code"], error["field"]) == ("empty", field), (name, error)
    error = ask(kept, way, "facilitator", "hide_idea", idea=ids["idea"], reason=text)["error"]
    assert (error["code"], error["field"]) == ("reason_required", "reason")
    assert kept.rows() == before


PASTED = [
    ("a\x00b\ud800c", "abc"),
    ("\x93Ja\x94\x0btak", "“Ja”\ntak"),
    ("et\u2028to\x0c\n\n\ntre\r", "et\nto\n\ntre"),
    ("abc \u202eefg\u202c xyz \u2067", "abc efg xyz"),
    ("\u200b" * 300 + "kort", "kort"),
]


@WAYS
@pytest.mark.parametrize(("text", "shown"), PASTED, ids=range(len(PASTED)))
def test_what_was_pasted_along_goes_and_the_text_is_kept(kept: KeptRoom, way: str, text: str, shown: str):
    kept.rich.do(kept.rich.chair, "edit_workshop", ideas_always_open=True)
    answer = ask(kept, way, "author", "post_idea", text=text)
    assert answer["ok"], answer
    assert kept.rich.room.record(answer["result"]["idea"])["text"] == shown


@WAYS
def test_the_length_counts_what_is_kept(kept: KeptRoom, way: str):
    kept.rich.do(kept.rich.chair, "edit_workshop", ideas_always_open=True)
    over = ask(kept, way, "author", "post_idea", text="\u200bx" * (LONG + 1) + "\u00ad")["error"]
    assert (over["code"], over["length"], over["limit"]) == ("too_long", LONG + 1, LONG)
    assert ask(kept, way, "author", "post_idea", text="\u200bx" * LONG + "\u00ad" + "\n" * 50)["ok"]


@WAYS
def test_every_other_text_is_cleaned_the_same_way(kept: KeptRoom, way: str):
    """A name, a field of one line, a row of a list, the question of a step, a proposed wording: one rule for all."""
    dirty = "\x93Kø\x94\x0b\u202egård\x00"
    ids, record = kept.rich.ids, kept.rich.room.record
    assert ask(kept, way, "author", "set_name", name=dirty)["ok"]
    assert (
        kept.app.test_client()
        .get("/api/sync", headers={"Authorization": f"Bearer {kept.tokens['author']}"})
        .get_json()["me"]["name"]
        == "“Kø” gård"
    )
    version = record(ids["goal"])["version"]
    assert ask(kept, way, "facilitator", "edit_goal", goal=ids["goal"], version=version, owner=dirty, challenge=dirty)["ok"]
    assert (record(ids["goal"])["owner"], record(ids["goal"])["challenge"]) == ("“Kø” gård", "“Kø”\ngård")
    step = ask(kept, way, "facilitator", "add_step", kind="ideas", settings={"question": dirty})["result"]["step"]
    assert record(step)["settings"]["question"] == "“Kø”\ngård"
    on, new = ids["goal"], {"field": "contributors", "new": dirty, "reason": dirty}
    amendment = ask(kept, way, "author", "propose_amendment", on=on, **new)["result"]["amendment"]
    assert (record(amendment)["new"], record(amendment)["reason"]) == ("“Kø” gård", "“Kø”\ngård")
    rows = '[{"party": "", "what": "\\u0093Kø\\u0094\\u000b\\u202egård\\ud800"}]'
    answer = ask(kept, way, "author", "propose_amendment", on=ids["agreement"], field="contributions", new=rows)
    if answer["ok"]:
        assert "“Kø” gård" in record(answer["result"]["amendment"])["new"]
    else:
        assert answer["error"]["code"] != "malformed", answer


@WAYS
def test_a_date_is_stored_as_its_day_and_what_is_none_is_refused_with_what_to_write(kept: KeptRoom, way: str):
    goal, record = kept.rich.ids["goal"], kept.rich.room.record
    last_of_june = ("inden udgangen af juni 2027\x0b", "2027-06-30")
    for typed, day in (("uge 34 2027", "2027-08-29"), ("31/12-27", "2027-12-31"), last_of_june):
        version = record(goal)["version"]
        assert ask(kept, way, "facilitator", "edit_goal", goal=goal, version=version, deadline=typed)["ok"]
        assert record(goal)["deadline"] == day
    assert ask(kept, way, "facilitator", "edit_workshop", response_due="1. halvår 2028")["ok"]
    assert record(f"workshop:{kept.id}")["response_due"] == "2028-06-30"
    for name, args in (
        ("edit_goal", {"goal": goal, "version": record(goal)["version"], "deadline": "inden sommer"}),
        ("edit_workshop", {"response_due": "inden sommer"}),
    ):
        error = ask(kept, way, "facilitator", name, **args)["error"]
        assert (error["code"], error["date"]) == ("malformed", True)
        assert catalogue.refusal(error, "da").startswith("Skriv en dato, fx ")


def test_a_name_of_a_bell_is_no_name_and_somebody_comes_in(kept: KeptRoom):
    for name in ("\x07", "\u3164", "  "):
        answer = kept.app.test_client().post(
            "/api/join", json={"code": kept.rich.room.code, "group": "citizens", "name": name}
        )
        assert answer.status_code == 201 and answer.get_json()["participant"]["name"] is None


def test_crlf_is_one_line_end_and_white_space_around_a_text_goes(kept: KeptRoom):
    kept.rich.do(kept.rich.chair, "edit_workshop", ideas_always_open=True)
    idea = ask(kept, "http", "author", "post_idea", text="  en\r\nto \n")["result"]["idea"]
    assert kept.rich.room.record(idea)["text"] == "en\nto"


JOINS: list[tuple[str, dict[str, Any], int, str, str | None]] = [
    ("unknown code", {"code": "QQQQQQ"}, 404, "unknown_code", "code"),
    ("a code too short", {"code": "Q"}, 404, "unknown_code", "code"),
    ("an emoji as code", {"code": "🌱🌱🌱🌱🌱🌱"}, 404, "unknown_code", "code"),
    ("SQL as code", {"code": "' OR 1=1 --"}, 404, "unknown_code", "code"),
    ("half a character as code", {"code": "\ud800ABCDE"}, 422, "malformed", "code"),
    ("no code", {}, 422, "malformed", "code"),
    ("a number as code", {"code": 123456}, 422, "malformed", "code"),
    ("a role", {"code": "@", "role": "facilitator"}, 422, "malformed", "role"),
    ("no group", {"code": "@"}, 409, "group_required", "group"),
    ("a group that is not here", {"code": "@", "group": "kings"}, 404, "not_found", "group"),
    ("half a character as group", {"code": "@", "group": "\ud800"}, 422, "malformed", "group"),
    ("a zero byte as group", {"code": "@", "group": "\x00"}, 422, "malformed", "group"),
    ("a list as group", {"code": "@", "group": ["citizens"]}, 422, "malformed", "group"),
    ("a name too long", {"code": "@", "group": "citizens", "name": "x" * 61}, 409, "too_long", "name"),
    ("a short id", {"code": "@", "group": "citizens", "id": "1"}, 422, "malformed", "id"),
]


@pytest.mark.parametrize(("content", "status", "code", "field"), [row[1:] for row in JOINS], ids=[row[0] for row in JOINS])
def test_a_bad_join_lets_nobody_in(kept: KeptRoom, content: dict[str, Any], status: int, code: str, field: str | None):
    before = kept.rows()
    sent = {key: kept.rich.room.code if value == "@" else value for key, value in content.items()}
    answer = kept.app.test_client().post("/api/join", json=sent)
    assert answer.status_code == status and answer.get_json()["error"]["code"] == code, answer.get_json()
    assert answer.get_json()["error"].get("field") == field
    assert kept.rows() == before


@pytest.mark.parametrize("code", ["", "AAAAA-AAAAA", "x", "🌱", "\ud800", "\x00" * 10, "I" * 500])
def test_a_wrong_reentry_code_lets_nobody_in(kept: KeptRoom, code: str):
    before = kept.rows()
    answer = kept.app.test_client().post("/api/reenter", json={"code": kept.rich.room.code, "reentry_code": code})
    assert answer.get_json()["error"]["code"] in ("unknown_code", "malformed") and answer.status_code in (404, 422)
    assert kept.rows() == before


def test_a_code_as_people_have_it_leads_in_by_every_door(kept: KeptRoom):
    code, client = kept.rich.room.code, kept.app.test_client()
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in code)
    personal = None
    address = f"https://rundbord.dk/j/{code}/"
    for typed in (f"Kode: {code[:3]} {code[3:]}.", f"”{code.lower()}”", address, wide, f"{code[:3]}–{code[3:]}"):
        front = client.post("/", data={"code": typed})
        assert front.status_code == 302 and front.headers["Location"] == f"/j/{code}", typed
        joined = client.post("/api/join", json={"code": typed, "group": "citizens"})
        assert joined.status_code == 201, (typed, joined.get_json())
        personal = joined.get_json()["reentry_code"]
    for path in (f"/j/{code}/", f"/j/{code}.", f"/j/{code.lower()}", f"/j/{code}/card/", f"/j/{code[:3]}-{code[3:]}"):
        assert kept.app.test_client().get(path).status_code == 200, path
    for own in (f"Kode: {personal}", f"”{personal.lower()}”.", f"https://rundbord.dk/j/{code}/card#{personal}"):
        back = kept.app.test_client().post("/api/reenter", json={"code": f"{code}.", "reentry_code": own})
        assert back.status_code == 200 and back.get_json()["reentry_code"] == personal, own
        phone = kept.app.test_client()
        key = Page(phone.get(f"/j/{code}/").get_data(as_text=True)).values["key"]
        assert phone.post(f"/j/{code}/", data={"reentry_code": own, "key": key}).status_code == 303, own


def test_a_draft_and_a_closed_workshop_take_nobody_in_and_no_words(kept: KeptRoom):
    do, chair = kept.rich.do, kept.rich.chair
    do(chair, "close_ballot", ballot=kept.rich.ids["ballot"])
    do(chair, "close_decision", decision=kept.rich.ids["decision"])
    do(chair, "close_workshop")
    before = kept.rows()
    join = {"code": kept.rich.room.code, "group": "citizens"}
    answer = kept.app.test_client().post("/api/join", json=join)
    assert answer.status_code == 409 and answer.get_json()["error"]["code"] == "closed"
    for name, args in (
        ("post_idea", {"text": "For sent"}),
        ("cast_ballot", {"ballot": kept.rich.ids["ballot"], "choices": {}}),
        ("consent", {"on": f"workshop:{kept.id}"}),
        ("make_commitment", {"on": kept.rich.ids["agreement"], "standing": "behind"}),
    ):
        assert ask(kept, "http", "author", name, **args)["error"]["code"] == "closed", name
    assert kept.rows() == before
    client = kept.app.test_client()
    read = client.get("/api/sync", headers={"Authorization": f"Bearer {kept.tokens['author']}"})
    assert read.status_code == 200, "who is in may still read"


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
