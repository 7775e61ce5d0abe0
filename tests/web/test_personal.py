"""What a person gets of the own things: a file of everything, the trail; and the page that says who can see what."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.commands.privacy.author import NAME, WORDS, author_of_everything, room_that_can_close
from tests.commands.voting import Room
from tests.web.conftest import Browser, Page, workshop
from workshop import catalogue, identity
from workshop.commands.people.attendance import take_samples
from workshop.cookies import cookie_name
from workshop.extensions import db
from workshop.identity import BOARD, FACILITATOR, ORGANISER, PARTICIPANT, Actor
from workshop.models import Workshop
from workshop.store import writing_outside
from workshop.web.personal import SECRECY


@pytest.fixture
def room(app: Flask) -> Room:
    return room_that_can_close({"citizens": 6, "politicians": 6})


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def joined(client: FlaskClient, room: Room, name: str | None = None) -> dict[str, str]:
    """Somebody comes in over HTTP; the headers that say who it is."""
    body = {"code": room.code, "group": "citizens"} | ({"name": name} if name else {})
    answer = client.post("/api/join", json=body).get_json()
    return {"Authorization": f"Bearer {answer['token']}"}


def send(client: FlaskClient, headers: dict[str, str], name: str, **args: Any) -> Any:
    number = f"{abs(hash((name, str(args)))):032x}"[:32]
    answer = client.post("/api/commands", json={"id": number, "name": name, "args": args}, headers=headers)
    assert answer.status_code == 200, answer.get_json()
    return answer.get_json().get("result")


def data(client: FlaskClient, headers: dict[str, str]) -> dict[str, Any]:
    return json.loads(client.get("/api/me/data", headers=headers).data)


def test_everything_the_server_holds_of_a_person_is_in_the_file(client, room):
    me = joined(client, room, NAME)
    idea = send(client, me, "post_idea", text=WORDS["idea"], why=WORDS["why"])["idea"]
    send(client, me, "post_comment", on=idea, text=WORDS["comment"], sort="question")
    goal = room.text()
    change = {"on": goal, "field": "challenge", "new": WORDS["new"], "reason": WORDS["reason"]}
    send(client, me, "propose_amendment", **change)
    room.do(room.chair, "open_consent", on=goal)
    send(client, me, "object", on=goal, reason=WORDS["objection"])
    send(client, me, "make_commitment", on=goal, standing="behind", words=WORDS["behind"], keep=True)
    room.do(room.chair, "hide_idea", idea=idea, reason="Nævner en forening")
    found = data(client, me)
    assert found["person"]["name"] == NAME and found["person"]["group"] == "citizens" and found["person"]["joined_at"]
    assert found["workshop"]["title"] == "Skolemad"
    (held,) = found["ideas"]
    assert (held["text"], held["why"], held["hidden_reason"]) == (WORDS["idea"], WORDS["why"], "Nævner en forening")
    assert [row["text"] for row in found["comments"]] == [WORDS["comment"]]
    assert [(row["new"], row["reason"]) for row in found["amendments"]] == [(WORDS["new"], WORDS["reason"])]
    assert [row["reason"] for row in found["objections"]] == [WORDS["objection"]]
    (commitment,) = found["commitments"]
    assert (commitment["name"], commitment["words"], commitment["keep"]) == (NAME, WORDS["behind"], True)
    assert [entry["did"] for entry in found["journal"]][:2] == ["post_idea", "post_comment"]
    assert len(found["devices"]) == 1


def test_the_file_says_where_one_voted_and_never_what(client, room):
    me = joined(client, room)
    ideas = room.ideas(2)
    ballot, other = room.ballot(ideas, "positions"), room.ballot(ideas)
    send(client, me, "cast_ballot", ballot=ballot, choices={ideas[0]: "disagree"})
    found = data(client, me)
    assert {"vote": ballot, "voted": True} in found["votes"] and other not in str(found["votes"])
    assert "disagree" not in json.dumps(found)


def test_what_was_voted_by_name_is_in_the_file(client, room):
    me = joined(client, room, NAME)
    step = room.do(room.chair, "add_step", kind="decisions", settings={"openness": "some_open", "open_groups": ["citizens"]})
    room.do(room.chair, "start_step", step=step["step"])
    ideas = room.ideas(4)
    ballot, decision = room.ballot(ideas), room.decision(room.text())
    send(client, me, "cast_ballot", ballot=ballot, choices={ideas[1]: 1}, keep=True)
    send(client, me, "take_stance", decision=decision, stance="against", reason=WORDS["reason"])
    voted, stood = data(client, me)["open_votes"]
    assert (voted["subject"], voted["content"], voted["name"], voted["keep"]) == (ballot, {ideas[1]: 1}, NAME, True)
    assert (stood["subject"], stood["content"], stood["reason"]) == (decision, {"stance": "against"}, WORDS["reason"])
    assert not [name for name in voted if "salt" in name or "seal" in name]


def test_the_file_holds_nobody_else_and_nothing_that_opens_a_door(client, room):
    author_of_everything(room)
    answer = client.get("/api/me/data", headers=joined(client, room))
    text = answer.get_data(as_text=True)
    assert NAME not in text and not [word for word in WORDS.values() if word in text]
    assert not re.search(r"hash|sealed|salt", text)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == "attachment; filename=rundbord-skolemad-mine-data.json"


def test_the_phone_fetches_it_by_its_cookie(client, room):
    me = joined(client, room)
    client.set_cookie(cookie_name(PARTICIPANT, room.id), me["Authorization"].removeprefix("Bearer "))
    assert client.get(f"/api/me/data?as=participant&workshop={room.id}").status_code == 200
    assert client.get("/api/me/data").status_code == 401


@pytest.mark.parametrize("path", ["/api/me/data", "/api/me/trail"])
def test_only_a_person_in_the_room_has_own_data(mette: Browser, stranger: Browser, path):
    assert mette.client.get(path).status_code == 403
    assert stranger.client.get(path).status_code == 401


def test_after_erasure_the_door_is_closed(client, room):
    me = joined(client, room, NAME)
    send(client, me, "erase_me")
    assert client.get("/api/me/data", headers=me).status_code == 401


def test_the_trail_goes_from_the_idea_to_what_it_became(client, room):
    me = joined(client, room)
    mine = send(client, me, "post_idea", text="Fælles frokost")["idea"]
    into = room.ideas(1)[0]
    room.do(room.chair, "merge_ideas", into=into, ideas=[mine])
    goal = room.do(room.chair, "draft_goal", title="Frokost til alle", from_ideas=[into])["goal"]
    room.do(room.chair, "edit_goal", goal=goal, version=1, title="Frokost til alle børn")
    agreement = room.do(room.chair, "draft_agreement", purpose="En madordning", goals=[goal])["agreement"]
    (idea,) = client.get("/api/me/trail", headers=me).get_json()["ideas"]
    assert (idea["id"], idea["state"]) == (mine, "merged")
    laid, aim, agreed = idea["became"]
    assert laid == {"id": into, "text": "Idé 0"}
    assert (aim["id"], aim["title"], aim["version"]) == (goal, "Frokost til alle børn", 2)
    assert [(change["version"], change["changed"]) for change in aim["reworded"]] == [(2, ["title"])]
    assert (agreed["id"], agreed["title"], agreed["decision"]) == (agreement, "En madordning", None)


def test_the_trail_tells_how_a_goal_was_decided_also_weeks_later_by_the_code(client, room):
    answer = client.post("/api/join", json={"code": room.code, "group": "citizens"}).get_json()
    me = {"Authorization": f"Bearer {answer['token']}"}
    mine = send(client, me, "post_idea", text="Fælles frokost")["idea"]
    goal = room.text(fields={"from_ideas": [mine]})
    decision = room.decision(goal)
    for person in room.everybody:
        room.stance(person, decision, "for")
    room.do(room.chair, "close_decision", decision=decision)
    room.do(room.chair, "close_workshop")
    again = client.post("/api/reenter", json={"code": room.code, "reentry_code": answer["reentry_code"]}).get_json()
    found = client.get("/api/me/trail", headers={"Authorization": f"Bearer {again['token']}"}).get_json()
    decided = found["ideas"][0]["became"][0]["decision"]
    assert (decided["version"], decided["outcome"]) == (1, "ratified")


def test_the_moderation_log_is_for_the_organiser_and_the_facilitators(room, mette: Browser, bo: Browser, client):
    idea = room.ideas(1)[0]
    room.do(room.chair, "hide_idea", idea=idea, reason="Nævner en person")
    workshop(room.id).organiser_id = mette.organiser.id
    db.session.commit()
    path = f"/api/workshops/{room.id}/moderation"
    found = mette.client.get(path).get_json()
    assert found["counts"]["hidden_now"] == 1 and found["log"][0]["reason"] == "Nævner en person"
    assert bo.client.get(path).status_code == 404
    assert client.get(path, headers=joined(client, room)).status_code == 403


def test_the_attendance_is_for_the_organiser_and_the_facilitators(room, mette: Browser, bo: Browser, client):
    workshop(room.id).organiser_id = mette.organiser.id
    db.session.commit()
    me = joined(client, room)
    take_samples([room.id])
    path = f"/api/workshops/{room.id}/attendance"
    found = mette.client.get(path).get_json()
    assert found["minimum"] == 5
    assert [[(group["joined"], group["present"]) for group in look["groups"]] for look in found["looks"]] == [
        [(7, 7), (6, 6)]
    ]
    assert bo.client.get(path).status_code == 404
    assert client.get(path).status_code in (401, 403, 404)
    elsewhere = Room({"citizens": 5})
    for role, number in ((BOARD, room.id), (FACILITATOR, elsewhere.id)):
        with writing_outside():
            identity.issue(role, role, workshop_id=number)
        assert client.get(path, headers={"Authorization": f"Bearer {role}"}).status_code in (403, 404), role
    assert client.get(path, headers=me).status_code == 403


@pytest.mark.parametrize("lang", ["da", "en"])
def test_the_page_says_in_a_table_who_can_see_what_at_each_moment(client, lang):
    answer = client.get(f"/secrecy?lang={lang}")
    page = answer.get_data(as_text=True)
    assert f'<html lang="{lang}">' in page and "Set-Cookie" not in answer.headers
    rows = re.findall(r'<tr role="row">(.*?)</tr>', page, re.DOTALL)
    assert len(rows) == 1 + len(SECRECY["who"])
    assert all(row.count("<td") == len(SECRECY["moments"]) for row in rows[1:])
    assert catalogue.t("secrecy.cell.thief.vote", lang) in page.replace("&#39;", "’")
    assert answer.content_length is not None and answer.content_length < 16_000


def test_the_page_leads_back_to_the_room_it_was_opened_from_and_nowhere_else(client):
    assert "/room/ABC123?lang=da" in Page(client.get("/secrecy?lang=da&back=ABC123").get_data(as_text=True)).links
    for bad in ("//evil.example", "../x", '"><script>'):
        links = Page(client.get("/secrecy", query_string={"back": bad}).get_data(as_text=True)).links
        assert not [link for link in links if bad in link]


def test_the_public_pages_link_to_the_accessibility_statement_where_there_is_one(
    app: Flask, room: Room, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    organiser = Actor(ORGANISER, room.id, organiser_id=db.session.get_one(Workshop, room.id).organiser_id)
    room.do(room.chair, "close_workshop")
    room.do(organiser, "publish_record", published=True)
    pages = ("/", "/k", "/secrecy", f"/record/{db.session.get_one(Workshop, room.id).record_slug}")
    for address in pages:
        assert "/was" not in client.get(address).get_data(as_text=True), address
    assert client.get("/was").status_code == 404
    statement = "https://was.digst.dk/fjordby"
    monkeypatch.setitem(app.config, "RUNDBORD", replace(app.config["RUNDBORD"], accessibility_url=statement))
    for address in pages:
        assert '<a href="/was">Tilgængelighedserklæring</a>' in client.get(f"{address}?lang=da").get_data(as_text=True), (
            address
        )
    assert '<a href="/was">Accessibility statement</a>' in client.get("/?lang=en").get_data(as_text=True)
    led = client.get("/was")
    assert (led.status_code, led.headers["Location"]) == (302, statement)
