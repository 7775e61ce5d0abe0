"""Faults reported of other tools, tried on the real server (docs/field-reports.md)."""

from __future__ import annotations

import time
from pathlib import Path

from tests.browser.hall import Hall
from tests.load.server import Server


def test_a_vote_that_ended_while_the_server_was_down_is_closed_when_it_is_back(tmp_path: Path):
    """loomio/loomio#12249 and #8482: a poll stayed open, and looked open, because the job that closes it had not run."""
    with Server(tmp_path) as server:
        hall = Hall(server, server.create_workshop(template="idea_pool", title="Prøve"))
        voters = hall.join("citizens", 5)
        ideas = hall.ideas(["En", "To"])
        ballot = hall.chair("open_ballot", method="approval", options=ideas, minutes=0.1)["ballot"]
        hall.do(voters[0], "cast_ballot", ballot=ballot, choices={ideas[0]: 1})
        server.stop()
        time.sleep(9)
        server.start()
        started = time.monotonic()
        found: dict = {"state": "open"}
        while found["state"] == "open" and time.monotonic() - started < 15:
            found = next(record for record in hall.records(voters[1]) if record["id"] == ballot)
            time.sleep(0.1)
        assert found["state"] == "closed", "15 s after the start the phone still shows an open vote"
        assert found["turnout"] == {"voted": 1, "eligible": 5, "by_group": None} or found["turnout"]["voted"] == 1
