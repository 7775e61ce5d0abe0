"""The status of a record: the counters of its page, for a program to read."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from flask import Flask

from tests.commands.follow_up.card_room import CardRoom
from tests.commands.follow_up.promise_room import PromiseRoom
from tests.web.conftest import Browser
from tests.web.public.followed import published
from workshop.clock import now
from workshop.extensions import db
from workshop.models import LookBack
from workshop.store import writing


def test_the_page_and_the_status_say_the_same_counters(room: PromiseRoom, stranger: Browser):
    record = published(room)
    receiver = room.handed_over()
    steward = room.steward(room.goal, "Skolechefen")
    with room.after(60):
        room.do(receiver, "answer_item", on=room.goal, answer="follows", reason="Ja.")
        room.do(receiver, "publish_answers")
        room.do(steward, "report_line", on=room.goal, line=0, state="delivered", words="Fundet.", date=room.day(50))
        counts = stranger.client.get(f"{record}/status.json").json["counts"]
        page = stranger.client.get(record).get_data(as_text=True)
    said = re.findall(r'data-counter="(\w+)"><dt>[^<]*</dt><dd>([^<]*)</dd>', page)
    assert counts["late_lines"] == 2 and counts["overdue"] == 1, (
        "the agreement has no answer, and two contributions are late"
    )
    assert dict(said) == {
        "answered": f"{counts['answered']} af {counts['of']}",
        "delivered": f"{counts['delivered']} af {counts['due']}",
        "reached": f"{counts['reached']} af {counts['goals']}",
        "late": str(counts["overdue"] + counts["late_lines"]),
    }


def test_the_status_is_sent_again_only_when_something_was_said_or_a_day_has_passed(room: PromiseRoom, stranger: Browser):
    address = f"{published(room)}/status.json"
    first = stranger.client.get(address)
    known = {"If-None-Match": first.headers["ETag"]}
    again = stranger.client.get(address, headers=known)
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    with room.after(1):
        assert stranger.client.get(address, headers=known).status_code == 200, "a day decides what is late"
    room.do(room.chair, "hand_over_result")
    newer = stranger.client.get(address, headers=known)
    assert newer.status_code == 200 and newer.json["handover"] and newer.headers["ETag"] != known["If-None-Match"]
    assert f'data-etag="W/&#34;{newer.headers["ETag"][3:-1]}&#34;"' in stranger.client.get(address[:-12]).get_data(
        as_text=True
    )


def test_neither_a_draft_nor_an_answer_by_card_is_noticed_by_asking_for_the_status_again(app: Flask, stranger: Browser):
    room = CardRoom()
    address = f"{published(room)}/status.json"
    receiver, code = room.handed_over(), room.take_all()["citizens"][0]
    look_back = room.look_back()
    known = {"If-None-Match": stranger.client.get(address).headers["ETag"]}

    def is_known() -> bool:
        return stranger.client.get(address, headers=known).status_code == 304

    for words in ("Ja.", "Nej."):
        room.do(receiver, "answer_item", on=room.goal, answer="follows", reason=words)
        room.judge(code, look_back, words=words)
        assert is_known()
    room.do(receiver, "publish_answers")
    assert not is_known()
    known["If-None-Match"] = stranger.client.get(address).headers["ETag"]
    room.judge(code, look_back, "partly")
    assert is_known()
    with writing(room.id):
        """The clock moves without a command."""
    assert not is_known()
    known["If-None-Match"] = stranger.client.get(address).headers["ETag"]
    room.judge(code, look_back, "kept")
    assert is_known()
    room.close(look_back)
    assert not is_known()


def test_nothing_is_counted_where_nothing_is_due(room: PromiseRoom, stranger: Browser):
    page = stranger.client.get(published(room)).get_data(as_text=True)
    assert "0 af 0" not in page
    assert '<dt>Gjort</dt><dd>Intet</dd><dd class="about">er forfaldent endnu</dd>' in page


def documented(name: str) -> set[str]:
    """The fields of one object in docs/export-schema.md."""
    page = (Path(__file__).parents[3] / "docs" / "export-schema.md").read_text(encoding="utf-8")
    part = next(part for part in page.split("\n## ")[1:] if part.splitlines()[0].strip() == name)
    return set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| ([^|]*) \|", part, re.MULTILINE))))


def test_the_status_has_the_fields_that_are_documented_and_no_others(room: PromiseRoom, stranger: Browser):
    address = f"{published(room)}/status.json"
    room.handed_over()
    steward, party = room.steward(room.goal, "Skolechefen"), room.steward(room.agreement, "Foreningen")
    with room.after(5):
        room.do(room.organiser, "add_path_step", body="Udvalget", date=room.day(20), title="Punkt 5")
        room.do(party, "report_line", on=room.agreement, line=0, state="delivered", words="Klar.", date=room.day(4))
        measured = {"value": "200", "value_date": room.day(4), "source": "Optælling", "status": "on_track"}
        room.do(steward, "report_follow_up", on=room.goal, date=room.day(4), **measured)
        room.do(room.organiser, "end_agreement", agreement=room.agreement, reason="Vi stopper.")
        row = LookBack(
            workshop_id=room.id, on=[room.goal], opened_at=now(), until=now() + timedelta(days=14), state="closed"
        )
        verdict = {"cards": 10, "judged": 10, "counts": None, "by_group": {}, "words": [], "counts_from": 10}
        row.result = {room.goal: verdict}
        db.session.add(row)
        db.session.flush()
        found = stranger.client.get(address).json
    goal = next(one for one in found["items"] if one["kind"] == "goal")
    agreement = next(one for one in found["items"] if one["kind"] == "agreement")
    objects = {
        "Status": found, "StatusHandover": found["handover"], "StatusCounts": found["counts"], "StatusItem": goal,
        "StatusAnswer": goal["answer"], "StatusLine": agreement["lines"][0], "StatusDone": goal["done"],
        "StatusReached": goal["reached"], "StatusKept": goal["kept"], "StatusReport": goal["reports"][0],
        "StatusStep": found["path"][0], "StatusLookBack": found["look_backs"][0], "StatusEnded": agreement["ended"],
    }  # fmt: skip
    assert {name: set(one) for name, one in objects.items()} == {name: documented(name) for name in objects}
