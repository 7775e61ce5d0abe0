"""A clock that is years ahead erases nothing, and one that is set back shuts nobody out."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from flask import Flask

from tests.commands.privacy.author import room_that_can_close
from tests.commands.privacy.test_retention import close, command_line, days_from_now, names_in  # noqa: F401
from tests.commands.voting import Room
from tests.web.conftest import PASSWORD, Browser, client_of
from workshop import clock, counters, rate_limits
from workshop.commands.people import accounts, attendance
from workshop.commands.privacy import retention, server_clock
from workshop.cookies import cookie_name
from workshop.door import marks, perform
from workshop.extensions import db
from workshop.identity import ORGANISER, Actor
from workshop.models import Organiser, Token, Workshop
from workshop.rules.refusal import Refused
from workshop.store import writing_outside

HOUR = 1 / 24


@pytest.fixture(autouse=True)
def _no_look_before(monkeypatch):
    monkeypatch.setattr(retention, "_due_before", set())
    monkeypatch.setattr(retention, "_leap_told", False)


@pytest.fixture
def room(app: Flask) -> Room:
    made = room_that_can_close({"citizens": 6, "politicians": 5}, retention_days=90)
    for person, name in zip(made.people["citizens"], ("Ingeborg", "Bertil"), strict=False):
        perform(person, "set_name", {"name": name})
    return made


def ran_until(days: float) -> None:
    """The server was on all the time, and looked each hour."""
    server_clock.believe(days_from_now(days))


def looks(*days: float) -> list[list[int]]:
    found = []
    for moment in [days_from_now(day) for day in days]:
        with clock.frozen(moment):
            found.append(retention.erase_overdue())
    return found


def test_a_clock_400_days_ahead_at_start_erases_nothing_however_long_it_runs(room, caplog):
    assert looks(400, 400 + HOUR, 400 + 2 * HOUR, 401) == [[]] * 4
    close(room)
    assert looks(402, 402 + HOUR) == [[], []]
    assert len(names_in(room)) == 2
    told = [record.getMessage() for record in caplog.records if record.name == "workshop.commands.privacy.retention"]
    assert len(told) == 1 and "no names are erased" in told[0] and "--date-is-right" in told[0]


def test_a_clock_that_leaps_while_the_server_runs_erases_nothing_and_is_believed_again_when_it_is_right(room):
    with clock.frozen(days_from_now(-85)):
        close(room)
    assert looks(0, HOUR) == [[], []]
    assert looks(400, 400 + HOUR) == [[], []]
    assert looks(6, 6 + HOUR) == [[], [room.id]]


def test_nothing_is_erased_at_the_first_look_after_a_start(room, monkeypatch):
    with clock.frozen(days_from_now(-100)):
        close(room)
    assert looks(0) == [[]] and len(names_in(room)) == 2
    monkeypatch.setattr(retention, "_due_before", set())  # another start
    assert looks(HOUR) == [[]] and len(names_in(room)) == 2
    assert looks(2 * HOUR) == [[room.id]] and names_in(room) == []


def test_a_server_that_was_on_all_the_time_erases_what_was_forgotten(room):
    ran_until(366)
    assert looks(366, 366 + HOUR) == [[], [room.id]] and names_in(room) == []


def test_names_go_again_after_a_clock_was_set_back_between_two_closings(room):
    with clock.frozen(days_from_now(100)):
        close(room)
        retention.erase_names_of(room.id)
    room.do(room.chair, "open_workshop")
    perform(room.join("citizens"), "set_name", {"name": "Ny Person"})
    close(room)
    assert retention.due(days_from_now(89)) == [] and retention.due(days_from_now(91)) == [room.id]


def test_the_organiser_is_told_and_says_that_the_date_is_right(room, app):
    organiser = db.session.get_one(Organiser, db.session.get_one(Workshop, room.id).organiser_id)
    with writing_outside():
        db.session.get_one(Organiser, organiser.id).password_hash = accounts.identity.hash_password(PASSWORD)
    _, token = accounts.log_in(organiser.name, PASSWORD)
    client = client_of(app)
    client.set_cookie(cookie_name(ORGANISER), token)
    browser = Browser(client, organiser)
    assert "Er datoen rigtig?" not in browser.open("/organiser").text
    close(room)
    with clock.frozen(days_from_now(400)):
        shown = browser.open("/organiser").text
        assert "Er datoen rigtig?" in shown and str(clock.now().year) in shown
        assert looks(0, HOUR) == [[], []]
        assert browser.send("/organiser/date", page="/organiser").status_code == 303
        assert "Er datoen rigtig?" not in browser.open("/organiser").text
        assert looks(0, HOUR) == [[], [room.id]]


def test_the_command_line_asks_whether_the_date_is_right(command_line, monkeypatch):  # noqa: F811
    run, old, new = command_line
    later = days_from_now(400)
    monkeypatch.setattr(clock, "_frozen", later)
    refused = run()
    assert refused.exit_code == 1 and "--date-is-right" in refused.output and "no names are erased" in refused.output
    said = run("--date-is-right")
    assert said.exit_code == 0 and f"workshop {old}: 1 names" in said.output and f"workshop {new}: 1 names" in said.output


def test_a_chair_seen_in_the_future_leaves_the_chair_free(room):
    token = accounts.secrecy.new_token()
    with writing_outside():
        accounts.identity.issue(token, "facilitator", workshop_id=room.id)
        leader = db.session.get_one(Token, room.chair.token_id)
        db.session.get_one(Workshop, room.id).chair_token_id = leader.id
        leader.last_seen_at = days_from_now(HOUR)
    assert perform(accounts.identity.find(token), "take_chair", {})["ok"]


def test_the_room_is_looked_round_again_at_once_after_the_clock_was_set_back(room):
    assert attendance.take_samples([room.id], days_from_now(HOUR)) == 1
    found = [attendance.take_samples([room.id], days_from_now(minutes / 1440)) for minutes in (0, 1, 4, 5)]
    assert found == [1, 0, 0, 1]


def test_a_form_that_was_open_when_the_clock_was_set_back_can_be_sent(app, monkeypatch):
    stranger = Browser(client_of(app))
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 3600)
    opened = stranger.open("/organiser/login")
    monkeypatch.setattr(time, "time", real)
    answer = stranger.client.post("/organiser/login", data={"csrf_token": opened.csrf, "name": "x", "password": "y"})
    assert answer.status_code == 422


def test_whoever_reached_a_limit_waits_no_longer_because_the_clock_was_set_back(monkeypatch):
    """Twenty commands within two seconds; then the clock is set back by an hour."""
    actor, moment, wall = Actor("participant", 1, 1, 987_654), [5000.0], time.time
    monkeypatch.setattr(counters.time, "monotonic", lambda: moment[0])
    monkeypatch.setattr(counters.time, "time", wall)
    for _ in range(20):
        rate_limits.check(actor)
    with pytest.raises(Refused) as refusal:
        rate_limits.check(actor)
    assert refusal.value.facts["retry_after"] == 2
    monkeypatch.setattr(counters.time, "time", lambda: wall() - 3600)
    moment[0] += 2.1
    rate_limits.check(actor)


def test_counters_are_thrown_away_when_their_time_is_over(monkeypatch):
    moment = [1.0]
    monkeypatch.setattr(counters.time, "monotonic", lambda: moment[0])
    counted, twice = counters.Counters(), counters.Limit(2, 2.0)
    for number in range(1000):
        assert counted.hit(twice, f"a{number}")
    assert counted.hit(twice, "a1") and not counted.has_room(twice, "a1") and not counted.hit(twice, "a1")
    moment[0] = 4.0
    assert counted.has_room(twice, "a1") and counted.seconds_left(twice, "a1") == 0
    counted.hit(twice, "b")
    assert len(counted.kept) == 1


def test_everybody_here_is_seen_anew_when_the_clock_was_set(app, room, monkeypatch):
    from workshop.jobs import ticker
    from workshop.live.connections import Connection

    live = app.extensions["rundbord_live"]
    live.connections.add(Connection("s1", room.everybody[0]))
    seen: list[set[int]] = []
    monkeypatch.setattr(ticker.store, "note_seen", lambda people, devices: seen.append(set(people)))
    monkeypatch.setattr(ticker, "_clocks", ticker._Clocks())
    real = time.time
    ticker._note_seen(live.connections, 1)
    ticker._note_seen(live.connections, 2)
    monkeypatch.setattr(ticker.time, "time", lambda: real() - 3600)
    ticker._note_seen(live.connections, 3)
    ticker._note_seen(live.connections, 4)
    live.connections.remove("s1")
    assert seen == [set(), set(), {room.everybody[0].participant_id}, set()]


def test_a_mark_is_one_row_however_often_it_is_written(app):
    for day in (0, 1, 2):
        server_clock.believe(days_from_now(day))
    assert abs(marks.get("clock") - days_from_now(2)) < timedelta(minutes=1)
    assert server_clock.leapt_from(days_from_now(31)) is None
    assert server_clock.leapt_from(days_from_now(33)) == marks.get("clock")
