"""The pump of one workshop: when it sends, and when it has nothing to send and must not stand in the way."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from tests.commands.follow_up.promise_room import PromiseRoom
from tests.commands.voting import Room
from tests.counting import own_ideas, statements
from workshop.identity import BOARD, Actor
from workshop.live import feed as feeding
from workshop.live import presence as presence_module
from workshop.live import socket
from workshop.live.connections import Connection, Connections, room_name
from workshop.live.feed import Feed
from workshop.live.pacing import Beat
from workshop.live.presence import Presence
from workshop.models import Goal


class Pumped:
    """A feed with one phone in a room; what is sent, and how often it pauses, is written down."""

    def __init__(self, app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        self.room = Room({"citizens": 2}, ideas_always_open=True)
        self.sent: list[str] = []
        self.told: list[tuple[str, str]] = []
        self.pauses: list[float] = []
        self.waiting: list[tuple[Any, ...]] = []
        monkeypatch.setattr(feeding.socketio, "emit", self.hear)
        monkeypatch.setattr(feeding.socketio, "sleep", lambda seconds: seconds and self.pauses.append(seconds))
        monkeypatch.setattr(feeding.socketio, "start_background_task", lambda *task: self.waiting.append(task))
        self.connections = Connections()
        self.connections.add(Connection("sid", self.room.everybody[0]))
        self.feed = Feed(app, self.connections, None)
        self.feed.enter(self.room.id, "room")

    def hear(self, event: str, *_: Any, to: str) -> None:
        self.sent.append(event)
        self.told.append((event, to))

    def post(self) -> None:
        self.room.do(self.room.everybody[1], "post_idea", text="En idé")
        self.feed.wake(self.room.id)

    def run(self) -> None:
        """Let the tasks that were started run to their end."""
        while self.waiting:
            task, *arguments = self.waiting.pop(0)
            task(*arguments)


@pytest.fixture
def pumped(app: Any, monkeypatch: pytest.MonkeyPatch) -> Pumped:
    return Pumped(app, monkeypatch)


def test_a_change_is_sent_at_once_and_those_that_come_soon_after_it_are_gathered(pumped: Pumped) -> None:
    for _ in range(3):
        pumped.post()
    pumped.run()
    assert pumped.sent == ["delta"]
    assert len(pumped.pauses) == 1, "for what comes in the meantime"


def test_telling_takes_at_most_a_quarter_of_a_core_and_less_where_the_server_is_behind() -> None:
    its = Beat()
    assert its.pause(0.0) == 0.02
    assert its.pause(0.1) == pytest.approx(0.3)
    its.late = 0.2
    assert its.pause(0.1) == pytest.approx(0.9)
    its.late = 9
    assert its.pause(0.1) == pytest.approx(2.3), "never longer than this"


def test_a_change_of_turnout_alone_has_a_slower_beat_and_what_else_changes_has_not() -> None:
    its = Beat()
    assert its.turnout_waits(100.0) == 0
    its.told(100.0, 0.001)
    assert its.turnout_waits(100.01) == pytest.approx(0.05)
    assert its.turnout_waits(100.17) == pytest.approx(0.03)
    assert its.turnout_waits(100.2) == 0
    its.told(101.0, 0.1)
    assert its.turnout_waits(101.28) == pytest.approx(0.02)


def test_votes_are_told_together_and_an_idea_among_them_brings_their_turnout_along(
    pumped: Pumped, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[set[str]] = []

    def hear(event: str, data: Any, to: str) -> None:
        if event == "delta":
            heard.append({one["kind"] for one in data["put"]})

    monkeypatch.setattr(feeding.socketio, "emit", hear)
    room, people = pumped.room, pumped.room.everybody
    ideas = own_ideas(room)
    ballot = room.do(room.chair, "open_ballot", method="approval", options=ideas, settings={})["ballot"]
    pumped.feed.wake(room.id)
    pumped.run()
    heard.clear()
    looks = 0

    def pause(_seconds: float) -> None:
        nonlocal looks
        looks += 1
        assert looks < 100
        if looks == 3:
            room.do(people[1], "post_idea", text="Imens")

    moment = [1000.0]
    monkeypatch.setattr(feeding.socketio, "sleep", pause)
    monkeypatch.setattr(feeding.time, "monotonic", lambda: moment[0])
    pumped.feed.pumps[room.id].beat.told(1000.0, 0.0)
    room.do(people[0], "cast_ballot", ballot=ballot, choices={ideas[0]: 1})
    pumped.feed.wake(room.id)
    pumped.run()
    assert heard == [{"turnout", "idea"}], "held back until something else changed"
    room.do(people[1], "cast_ballot", ballot=ballot, choices={ideas[0]: 1})
    monkeypatch.setattr(feeding.socketio, "sleep", lambda seconds: moment.append(moment.pop() + seconds))
    pumped.feed.wake(room.id)
    pumped.run()
    assert heard[1:] == [{"turnout"}], "and sent by itself when its time has come"
    pumped.feed.check_clocks()
    assert pumped.waiting == []


def test_the_ticker_does_not_wake_a_pump_for_what_it_has_sent(pumped: Pumped) -> None:
    """Or a change that comes just then would wait until a burst that is none has been gathered."""
    pumped.post()
    pumped.run()
    pumped.feed.check_clocks()
    assert pumped.waiting == []


def test_the_ticker_wakes_it_for_what_was_written_elsewhere(pumped: Pumped) -> None:
    pumped.room.do(pumped.room.everybody[1], "post_idea", text="En idé fra en anden proces")
    pumped.feed.check_clocks()
    pumped.run()
    assert pumped.sent == ["delta"]


def test_with_nothing_to_send_it_does_not_pause(pumped: Pumped) -> None:
    pumped.feed.wake(pumped.room.id)
    pumped.run()
    assert (pumped.sent, pumped.pauses) == ([], [])


@pytest.mark.parametrize("told", [True, False], ids=["its answer tells", "its answer does not"])
def test_own_things_wait_while_a_command_is_under_way_and_are_sent_once(
    pumped: Pumped, monkeypatch: pytest.MonkeyPatch, told: bool
) -> None:
    """Where another process carries a command out, the news of its commit comes before the answer."""
    phone, room = pumped.connections.by_sid["sid"], pumped.room
    monkeypatch.setattr(socket, "_live", lambda: SimpleNamespace(feed=pumped.feed))
    with socket._asking(phone):
        room.do(room.everybody[0], "post_idea", text="Min egen idé")
        pumped.feed.wake(room.id)
        pumped.run()
        assert pumped.sent == ["delta"]
        if told:
            phone.note_answer({"mine": {"seq": room.clock()}})
    pumped.run()
    assert pumped.sent == ["delta"] + ["mine"] * (not told)
    pumped.feed.check_clocks()
    assert pumped.waiting == []


def test_own_things_that_were_read_before_a_command_came_are_not_sent_under_it(
    pumped: Pumped, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone, room = pumped.connections.by_sid["sid"], pumped.room
    read = feeding.screens.mine_of

    def meanwhile(actors: list[Actor]) -> Any:
        phone.asking += 1
        return read(actors)

    monkeypatch.setattr(feeding.screens, "mine_of", meanwhile)
    room.do(room.everybody[0], "post_idea", text="Min egen idé")
    pumped.feed.wake(room.id)
    pumped.run()
    assert pumped.sent == ["delta"]


def broken(*_: Any) -> Any:
    raise OperationalError("SELECT", {}, Exception("disk I/O error"))


@pytest.mark.parametrize("what", ["live_changes", "_changed_people", "ended", "mine_of"])
def test_after_a_database_error_in_the_middle_nothing_counts_as_sent_and_the_ticker_sends_all_of_it(
    pumped: Pumped, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """Wherever it breaks, in the reading of each part: no further commit is needed for the change to go out."""
    pumped.room.do(pumped.room.everybody[0], "post_idea", text="Min egen idé")
    pumped.feed.wake(pumped.room.id)
    holder = {"live_changes": feeding.screens, "mine_of": feeding.screens, "ended": feeding.endings}.get(what, Feed)
    with monkeypatch.context() as patched:
        patched.setattr(holder, what, broken)
        pumped.run()
    assert pumped.sent == (["delta"] if what == "mine_of" else []), "only the last one comes after the sending has begun"
    pumped.feed.check_clocks()
    pumped.run()
    assert pumped.sent == ["delta", "mine"]
    pumped.feed.check_clocks()
    assert pumped.waiting == [], "and it is not sent a second time"


def test_the_one_who_is_removed_is_let_go_before_the_delta_that_tells_of_it(
    pumped: Pumped, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone: list[str] = []
    monkeypatch.setattr(
        feeding.socketio, "server", SimpleNamespace(disconnect=lambda sid: gone.append(f"{sid} after {pumped.sent}"))
    )
    person = f"participant:{pumped.room.everybody[0].participant_id}"
    pumped.room.do(pumped.room.chair, "remove_participant", participant=person)
    pumped.feed.wake(pumped.room.id)
    pumped.run()
    assert pumped.told[0] == ("closed", "sid")
    assert gone == ["sid after ['closed']"]


def test_what_is_kept_of_a_room_goes_with_its_last_connection_and_the_lost_after_two_minutes(
    pumped: Pumped, monkeypatch: pytest.MonkeyPatch
) -> None:
    presence, room = Presence(pumped.connections), pumped.room.id
    monkeypatch.setattr(presence_module.socketio, "emit", pumped.hear)
    presence.tell(room)
    assert presence.told and presence.voices
    presence.note_lost(room, 1)
    presence.forget(room)
    pumped.feed.forget(room)
    assert (presence.told, presence.voices, pumped.feed.pumps) == ({}, {}, {})
    presence.forget_lost()
    assert list(presence.lost) == [room], "the count of the stuck survives a short break of everybody"
    monkeypatch.setattr(presence_module.time, "monotonic", lambda: presence.lost[room][1] + 121)
    presence.forget_lost()
    assert presence.lost == {}


def _pushed_to(app: Any, monkeypatch: pytest.MonkeyPatch, people: int) -> int:
    """How many statements a push takes after a decision has opened for so many people, each with a phone."""
    own: list[tuple[str, Any]] = []
    monkeypatch.setattr(feeding.socketio, "emit", lambda event, payload, to: event == "mine" and own.append((to, payload)))
    monkeypatch.setattr(feeding.socketio, "sleep", lambda seconds: None)
    monkeypatch.setattr(feeding.socketio, "start_background_task", lambda task, *given: task(*given))
    room = Room({"citizens": people})
    connections = Connections()
    for number, person in enumerate(room.everybody):
        connections.add(Connection(f"sid{number}", person))
    feed = Feed(app, connections, None)
    feed.enter(room.id, "room")
    decision = room.decision(room.text(Goal))
    with statements() as sent:
        feed.wake(room.id)
    assert [sid for sid, _ in own] == [f"sid{number}" for number in range(people)]
    assert all(payload["mine"]["voted"] == {decision: False} for _, payload in own)
    return len(sent)


def test_the_own_things_of_two_hundred_are_read_by_as_many_statements_as_of_ten(
    app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A decision that opens for a full hall: each phone is sent its own, and all are read at once."""
    assert _pushed_to(app, monkeypatch, 200) == _pushed_to(app, monkeypatch, 10)


def test_a_phone_is_not_sent_the_own_things_that_did_not_change(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A facilitator saves a wording: the room is sent the goal, and nobody the own things."""
    sent: list[str] = []
    monkeypatch.setattr(feeding.socketio, "emit", lambda event, payload, to: sent.append(event))
    monkeypatch.setattr(feeding.socketio, "sleep", lambda seconds: None)
    monkeypatch.setattr(feeding.socketio, "start_background_task", lambda task, *given: task(*given))
    room = Room({"citizens": 5})
    goal = room.do(room.chair, "draft_goal", title="Et mål", from_ideas=own_ideas(room))["goal"]
    connections = Connections()
    for number, person in enumerate(room.everybody):
        connections.add(Connection(f"sid{number}", person))
    feed = Feed(app, connections, None)
    feed.enter(room.id, "room")
    room.do(room.chair, "edit_goal", goal=goal, version=1, title="Et klarere mål")
    feed.wake(room.id)
    assert sent == ["delta"]


def test_the_board_of_a_closed_workshop_is_told_of_a_command_that_changes_no_record(
    app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer is published a month later: the board asks again where the promises stand, and the phones are left alone."""
    sent: list[tuple[str, list[Any]]] = []
    monkeypatch.setattr(feeding.socketio, "emit", lambda event, payload, to: sent.append((to, payload["put"])))
    monkeypatch.setattr(feeding.socketio, "sleep", lambda seconds: None)
    monkeypatch.setattr(feeding.socketio, "start_background_task", lambda task, *given: task(*given))
    room = PromiseRoom()
    connections = Connections()
    connections.add(Connection("phone", room.everybody[0]))
    connections.add(Connection("board", Actor(BOARD, room.id)))
    feed = Feed(app, connections, None)
    for audience in ("room", "board"):
        feed.enter(room.id, audience)
    room.do(room.chair, "hand_over_result")
    feed.wake(room.id)
    feed.wake(room.id)
    assert sent == [(room_name("board", room.id), [])], "once, and only the board"
