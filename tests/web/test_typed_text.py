"""Text as it was typed or pasted is shown correctly, cleaned or refused. Over HTTP and over sockets."""

from __future__ import annotations

import json
import unicodedata

import pytest

from tests.kept_room import KeptRoom
from tests.web.commanding import LONG, WAYS, ask
from workshop import catalogue

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
