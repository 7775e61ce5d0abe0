"""Votes of everybody for the tests of secrecy."""

from __future__ import annotations

from tests.commands.voting import Room
from workshop import identity, secrecy

WORDS = "kanariefugl i kantinen"


def everybody_votes(room: Room, ballot: str, ideas: list[str]) -> list[str]:
    """Everybody puts another set of dots; the keys of the papers, in the order they were cast."""
    keys = []
    for place, person in enumerate(room.everybody):
        room.cast(person, ballot, choices={ideas[0]: place + 1, ideas[1]: 2})
        keys.append(secrecy.ballot_key(identity.secret(), ballot, person.personal_code))
    return keys


def dots(room: Room) -> tuple[str, list[str]]:
    ideas = room.ideas(3)
    return room.ballot(ideas, "dots", settings={"dots": 20, "per_option": 20}), ideas
