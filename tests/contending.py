"""One of several processes that write into a workshop at the same moment: what it was answered, as a list of numbers.

usage: python -m tests.contending DATABASE_URL WORKSHOP TOKEN PARTICIPANT FOLDER    (TOKEN: its number)
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.conftest import application
from workshop.door import perform
from workshop.identity import PARTICIPANT, Actor

POSTS = 40


def post(url: str, workshop: int, token: int, participant: int, folder: Path) -> list[int]:
    """Post the ideas one after the other; the number of the workshop's clock at each."""
    with application(folder, DATABASE_URL=url).app_context():
        person = Actor(PARTICIPANT, workshop, token, participant)
        return [int(perform(person, "post_idea", {"text": f"Samtidig {participant} {n}"})["seq"]) for n in range(POSTS)]


if __name__ == "__main__":
    url, folder = sys.argv[1], Path(sys.argv[5])
    workshop, token, participant = map(int, sys.argv[2:5])
    folder.mkdir()
    print(json.dumps(post(url, workshop, token, participant, folder)))
