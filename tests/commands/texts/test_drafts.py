"""What is being written, and what the room is shown of it (docs/rules.md section 1)."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, current_app
from sqlalchemy import update

from tests.commands.voting import AGREEMENT, GOAL, Room, refused
from tests.conftest import application
from workshop import screens
from workshop.clock import now
from workshop.commands.texts.silent import show_silent
from workshop.export import export
from workshop.export.checking.program import check
from workshop.extensions import db
from workshop.identity import SYSTEM, Actor
from workshop.jobs import ticker
from workshop.models import Goal, JournalEntry, Workshop
from workshop.rules.refusal import Refused
from workshop.screens.history import history
from workshop.screens.trail import trail

WORDS = "Kanarie under arbejde"


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 5})


@pytest.fixture
def goal(room: Room) -> str:
    return begun(room, "goal", **GOAL)


def begun(room: Room, noun: str, **fields: Any) -> str:
    """A text that has been proposed to the room."""
    text = room.do(room.chair, f"draft_{noun}", **fields)[noun]
    room.do(room.chair, "propose_text", on=text)
    return str(text)


def write(room: Room, text: str, version: int, draft: bool = True, **fields: Any) -> int:
    noun = text.partition(":")[0]
    done = room.do(
        room.chair, f"edit_{noun}", **{noun: text, "version": version, "draft": draft, **(fields or {"title": WORDS})}
    )
    return int(done["version"])


def clock(room: Room) -> int:
    return db.session.get_one(Workshop, room.id).clock


def sent(room: Room, since: int, audience: str = "room") -> dict[str, Any]:
    """What is pushed to an audience since a moment."""
    db.session.rollback()
    return screens.live_changes(room.id, since, audience)


def test_a_draft_is_sent_to_console_and_board_and_nothing_of_it_to_phones(room: Room, goal: str):
    before, since = room.record(goal), clock(room)
    assert write(room, goal, 1) == 2
    assert sent(room, since)["put"] == [] and sent(room, since)["gone"] == []
    assert room.record(goal) == before
    for audience in ("board", "facilitator"):
        (record,) = sent(room, since, audience)["put"]
        assert (record["title"], record["version"], record["shown_version"]) == (WORDS, 2, 1)


def test_no_byte_of_a_phones_snapshot_history_or_trail_has_the_words(room: Room):
    author = room.everybody[0]
    idea = room.ideas(1)[0]
    goal = room.do(room.chair, "draft_goal", title="Et mål", from_ideas=[idea])["goal"]
    write(room, goal, 1)
    read = [screens.changes(room.id, 0, "room"), history(room.id, goal), history(room.id, goal, 1)]
    read += [screens.mine(author), trail(author)]
    assert WORDS not in json.dumps(read, ensure_ascii=False)
    assert (read[1]["version"], read[1]["stretches"]) == (1, [])
    assert history(room.id, goal, audience="board")["version"] == 2
    with refused("malformed", "since"):
        history(room.id, goal, 2)


@pytest.mark.parametrize("last", [{"title": "Færdigt"}, {"title": WORDS}, {"unit": "kr."}])
def test_an_edit_without_draft_shows_what_was_written(room: Room, goal: str, last: dict[str, Any]):
    write(room, goal, 1)
    version = write(room, goal, 2, draft=False, **last)
    record = room.record(goal)
    assert record == room.record(goal, "facilitator") == room.record(goal, "board")
    assert (record["version"], record["shown_version"]) == (version, version)
    assert record["title"] == last.get("title", WORDS)


def test_a_client_that_knows_no_drafts_shows_every_edit_at_once(room: Room, goal: str):
    room.do(room.chair, "edit_goal", goal=goal, version=1, title="Færdigt")
    assert (room.record(goal)["title"], room.record(goal)["version"]) == ("Færdigt", 2)


def test_the_editor_that_is_left_shows_the_draft(room: Room, goal: str):
    write(room, goal, 1)
    since = clock(room)
    assert room.do(room.chair, "show_text", on=goal) == {"version": 2}
    assert [record["title"] for record in sent(room, since)["put"] if record["id"] == goal] == [WORDS]
    with refused("already", "on"):
        room.do(room.chair, "show_text", on=goal)


def silent_since(goal: str, seconds: int) -> None:
    """As if its editor had written nothing for so long."""
    number = int(goal.partition(":")[2])
    db.session.execute(update(Goal).where(Goal.id == number).values(draft_at=now() - timedelta(seconds=seconds)))
    db.session.commit()


def test_the_clock_shows_a_draft_whose_editor_has_been_silent_for_a_minute(room: Room, goal: str):
    write(room, goal, 1)
    assert show_silent() == 0 and room.record(goal)["version"] == 1
    silent_since(goal, 58)
    assert show_silent() == 0
    silent_since(goal, 60)
    assert show_silent() == 1
    assert (room.record(goal)["title"], room.record(goal)["version"]) == (WORDS, 2)
    assert show_silent() == 0


def test_a_server_that_was_started_anew_shows_the_draft_of_before(room: Room, goal: str, app: Flask, tmp_path: Path):
    write(room, goal, 1)
    silent_since(goal, 60)
    # The same database: SQLite's lies in the folder, PostgreSQL's has an address.
    url = db.engine.url.render_as_string(hide_password=False)
    more = {} if url.startswith("sqlite") else {"DATABASE_URL": url}
    db.session.remove()
    db.engine.dispose()
    with application(tmp_path, **more).app_context():
        live = current_app.extensions["rundbord_live"]
        for second in range(1, 6):
            ticker.tick(live.connections, live.feed, live.presence, second)
        assert (room.record(goal)["title"], room.record(goal)["version"]) == (WORDS, 2)
        db.session.remove()
        db.engine.dispose()


def test_the_clock_leaves_a_draft_that_somebody_goes_on_with(room: Room, goal: str):
    write(room, goal, 1)
    with refused("already", "on"):
        room.do(Actor(SYSTEM, room.id), "show_text", on=goal)
    assert room.record(goal)["version"] == 1


def test_two_consoles_meet_as_they_always_have(room: Room, goal: str):
    write(room, goal, 1)
    for draft in (True, False):
        with pytest.raises(Refused) as met:
            write(room, goal, 1, draft=draft, title="En andens")
        assert (met.value.code, met.value.facts["version"], met.value.facts["content"]["title"]) == ("conflict", 2, WORDS)
    assert room.record(goal)["version"] == 1, "what was refused shows nothing"


def test_a_proposal_on_the_words_that_are_shown_waits_for_those_that_are_written(room: Room, goal: str):
    person, shown = room.everybody[0], room.record(goal)["title"]
    write(room, goal, 1)
    same = room.do(person, "propose_amendment", on=goal, field="title", new="Fra salen")["amendment"]
    other = room.do(person, "propose_amendment", on=goal, field="unit", new="kr.")["amendment"]
    for record in (room.record(same), room.record(other)):
        assert (record["on_version"], record["stale"]) == (1, False)
    assert room.record(same)["old"] == shown
    with refused("conflict", "amendment", version=2):
        room.do(room.chair, "accept_amendment", amendment=same)
    room.do(room.chair, "show_text", on=goal)
    assert room.record(same)["stale"] and not room.record(other)["stale"]
    assert room.do(room.chair, "accept_amendment", amendment=other) == {"version": 3}
    assert (room.record(goal)["title"], room.record(goal)["unit"]) == (WORDS, "kr.")


def test_an_amendment_of_another_field_takes_the_draft_with_it(room: Room, goal: str):
    write(room, goal, 1)
    other = room.do(room.everybody[0], "propose_amendment", on=goal, field="unit", new="kr.")["amendment"]
    assert room.do(room.chair, "accept_amendment", amendment=other) == {"version": 3}
    assert (room.record(goal)["title"], room.record(goal)["unit"], room.record(other)["in_version"]) == (WORDS, "kr.", 3)


def test_a_list_that_is_being_written_does_not_reach_phones_through_an_amendment(room: Room):
    text = begun(room, "agreement", **AGREEMENT)
    parties = room.record(text)["parties"]
    wanted = [*parties[:-1], {**parties[-1], "name": "Ny part"}]
    made = room.do(
        room.everybody[0], "propose_amendment", on=text, field="parties", new=json.dumps(wanted, ensure_ascii=False)
    )
    since = clock(room)
    write(room, text, 1, parties=[{**parties[0], "name": WORDS}, *parties[1:]])
    assert sent(room, since)["put"] == []
    room.do(room.chair, "show_text", on=text)
    assert WORDS in room.record(made["amendment"])["old"]


def test_a_decision_is_on_the_newest_words_and_shows_them(room: Room, goal: str):
    write(room, goal, 1)
    with refused("conflict", "version", version=2):
        room.do(room.chair, "open_decision", on=goal, version=1)
    made = room.do(room.chair, "open_decision", on=goal, version=2)["decision"]
    assert (room.record(goal)["title"], room.record(made)["subject_version"]) == (WORDS, 2)


def test_a_decision_on_an_agreement_shows_the_goals_it_serves(room: Room):
    goal = begun(room, "goal", **GOAL)
    agreement = begun(room, "agreement", **{**AGREEMENT, "goals": [goal]})
    write(room, goal, 1)
    made = room.do(room.chair, "open_decision", on=agreement, version=1)["decision"]
    assert room.record(goal)["title"] == WORDS
    assert [one["version"] for one in room.record(made)["goals"] if one["goal"] == goal] == [2]


@pytest.mark.parametrize("ask", ["decision", "consent"])
def test_an_edit_of_what_the_room_is_asked_about_is_shown_at_once(room: Room, goal: str, ask: str):
    args = {"on": goal, "version": 1} if ask == "decision" else {"on": goal}
    made = room.do(room.chair, f"open_{ask}", **args)[ask]
    write(room, goal, 1)
    assert (room.record(goal)["title"], room.record(goal)["version"]) == (WORDS, 2)
    assert room.record(made)["state"] == "closed"


def test_a_round_that_is_over_is_about_other_words_when_the_draft_is_shown(room: Room, goal: str):
    made = room.do(room.chair, "open_consent", on=goal)["consent"]
    room.do(room.chair, "close_consent", consent=made)
    write(room, goal, 1)
    assert not room.record(made)["words_changed"]
    room.do(room.chair, "show_text", on=goal)
    assert room.record(made)["words_changed"]


def test_the_checks_go_with_the_words_each_audience_reads(room: Room, goal: str):
    write(room, goal, 1, indicator="")
    blocks = {audience: {one["code"] for one in room.record(goal, audience)["checks"]} for audience in screens.AUDIENCES}
    assert "G01" not in blocks["room"] and "G01" in blocks["facilitator"] and "G01" in blocks["board"]
    room.do(room.chair, "show_text", on=goal)
    assert "G01" in {one["code"] for one in room.record(goal)["checks"]}


def test_an_undo_leaves_what_was_shown(room: Room, goal: str):
    rival = room.do(room.everybody[0], "propose_amendment", on=goal, field="title", new="Fra salen")["amendment"]
    write(room, goal, 1)
    room.do(room.chair, "open_decision", on=goal, version=2)
    room.do(room.chair, "undo", seq=clock(room))
    record = room.record(goal)
    assert (record["title"], record["version"], record["state"]) == (WORDS, 2, "proposed")
    assert room.record(rival)["stale"]


def test_words_written_and_taken_back_are_a_version_that_changes_nothing(room: Room, goal: str):
    title = room.record(goal)["title"]
    amendment = room.do(room.everybody[0], "propose_amendment", on=goal, field="title", new="Fra salen")["amendment"]
    write(room, goal, 1)
    write(room, goal, 2, title=title)
    room.do(room.chair, "show_text", on=goal)
    assert (room.record(goal)["title"], room.record(goal)["version"]) == (title, 3)
    assert not room.record(amendment)["stale"]


def test_closing_the_workshop_shows_what_was_written_last(room: Room, goal: str):
    room.do(room.chair, "edit_workshop", receiving_body="Byrådet", response_due="2090-01-01")
    write(room, goal, 1)
    room.do(room.chair, "close_workshop")
    assert (room.record(goal)["title"], room.record(goal)["version"]) == (WORDS, 2)


def exported(room: Room) -> dict[str, Any]:
    db.session.rollback()
    workshop = db.session.get_one(Workshop, room.id)
    _, _, content = export(workshop, "json", "da", public=True)
    found: dict[str, Any] = json.loads(content)
    return found


def test_the_journal_tells_every_draft_and_what_was_shown_and_the_file_of_an_open_room_holds(room: Room, goal: str):
    write(room, goal, 1, title="Vist")
    room.do(room.chair, "show_text", on=goal)
    write(room, goal, 2)
    entries = db.session.query(JournalEntry).filter_by(workshop_id=room.id).order_by(JournalEntry.seq).all()
    told = [text for entry in entries for text in (entry.proof or {}).get("texts", ()) if text["subject"] == goal]
    assert [(text["version"], text.get("draft", False)) for text in told] == [(1, False), (2, True), (3, True)]
    shown = [one for entry in entries for one in (entry.proof or {}).get("shown", ())]
    assert shown == [{"subject": goal, "version": 2}]
    file = exported(room)
    assert [one["version"] for one in file["goals"] if one["id"] == goal] == [2]
    assert WORDS not in json.dumps(file, ensure_ascii=False)
    assert check(file).faults == 0, check(file).lines
    file["goals"][0]["title"] = "Et andet"
    assert check(file).faults


def test_the_file_says_so_where_a_draft_is_passed_off_as_shown(room: Room, goal: str):
    write(room, goal, 1)
    file = exported(room)
    file["goals"][0]["version"] = 2
    assert any(key == "file.text" for _, key, _ in check(file).lines)
