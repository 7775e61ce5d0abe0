"""Who is heard: numbers for the facilitator, never for the room, and no line for a group that is too small."""

from __future__ import annotations

from flask import Flask

from tests.commands.voting import Room
from workshop.live.connections import Connections
from workshop.live.presence import Presence
from workshop.screens.voice import voice


def test_a_group_that_writes_less_than_its_share_is_said_in_words(app: Flask):
    room = Room({"citizens": 5, "politicians": 5})
    for number in range(4):
        room.do(room.people["politicians"][number], "post_idea", text=f"Idé {number}")
    found = voice(room.id)
    shares = {group["key"]: group["ideas"] for group in found["groups"]}
    assert shares == {"citizens": "0/1", "politicians": "1/1"}
    assert any(line["key"] == "voice.ideas" and line["facts"]["group"] == "citizens" for line in found["lines"])


def test_a_group_under_the_privacy_minimum_has_no_line(app: Flask):
    room = Room({"citizens": 5, "politicians": 2})
    room.do(room.people["politicians"][0], "post_idea", text="Idé")
    assert [group["key"] for group in voice(room.id)["groups"]] == ["citizens"]


def test_the_room_is_told_nothing_of_it(app: Flask):
    room = Room({"citizens": 5})
    presence = Presence(Connections())
    assert "voice" in presence.counts(room.id, set(), 0, "facilitator")
    assert "voice" not in presence.counts(room.id, set(), 0, "room")


def test_a_room_with_nobody_in_it_has_no_voice(app: Flask):
    assert voice(Room({"citizens": 0}).id) == {"groups": [], "lines": []}
