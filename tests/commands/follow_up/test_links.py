"""Links of the time after the seminar: whom they are for, how they end, and who takes work over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.commands.follow_up.promise_room import PromiseRoom
from tests.commands.voting import refused
from workshop import clock, identity
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import FollowUpLink, JournalEntry, ReceiverAnswer, Token, Workshop
from workshop.models.reviews import follow_up_ends
from workshop.rules import limits


@pytest.fixture
def room(app) -> PromiseRoom:
    return PromiseRoom()


def row(actor: Actor) -> FollowUpLink:
    db.session.rollback()
    return db.session.get_one(FollowUpLink, actor.token_id)


def has_ended(actor: Actor) -> bool:
    db.session.rollback()
    return db.session.get_one(Token, actor.token_id).ended_at is not None


def proof(name: str) -> dict[str, Any]:
    """The proof of the newest entry of a command."""
    db.session.rollback()
    return db.session.query(JournalEntry).filter_by(name=name).order_by(JournalEntry.seq.desc()).first().proof


@pytest.mark.parametrize(
    ("given", "code", "field", "facts"),
    [
        ({"role": "steward"}, "empty", "on", {}),
        ({"role": "steward", "party": "Ingen"}, "not_found", "party", {"parties": ["Skolechefen"]}),
        ({"role": "steward", "party": ""}, "empty", "party", {"parties": ["Skolechefen"]}),
        ({"role": "receiver", "party": "Regionen"}, "empty", "body", {}),
        ({"role": "receiver", "on": "goal:99", "body": "Regionen"}, "not_found", "on", {}),
        ({"role": "steward", "on": "goal:99", "party": "Ingen"}, "not_found", "on", {}),
        ({"role": "panel", "body": "Panelet"}, "malformed", "on", {}),
    ],
)
def test_a_link_says_what_is_missing(room: PromiseRoom, given: dict[str, Any], code: str, field: str, facts: dict[str, Any]):
    on = {} if field == "on" and code == "empty" else {"on": room.goal}
    with refused(code, field, **facts):
        room.do(room.chair, "make_link", **(on | given))


def test_each_role_keeps_what_belongs_to_it(room: PromiseRoom):
    every = {"party": "Skolechefen", "body": "Byrådet", "name": "Mette", "address": "m@example.org"}
    made = {role: row(room.link(role, **every)) for role in ("receiver", "panel")}
    made["steward"] = row(room.link("steward", on=room.goal, **every))
    assert {role: (one.role, one.on, one.party, one.body, one.state) for role, one in made.items()} == {
        "receiver": ("receiver", None, "", "Byrådet", "active"),
        "panel": ("panel", None, "", "", "active"),
        "steward": ("steward", room.goal, "Skolechefen", "", "active"),
    }
    assert {(one.name, one.address) for one in made.values()} == {("Mette", "m@example.org")}


def test_a_workshop_has_so_many_links_and_ended_ones_do_not_count(room: PromiseRoom, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "FOLLOW_UP_LINKS", 2)
    first, _ = room.link("panel"), room.link("panel")
    with refused("too_many", "link", limit=2):
        room.link("panel")
    room.do(room.chair, "end_link", link=f"link:{first.token_id}")
    room.link("panel")


def test_work_is_offered_so_many_times_whoever_took_it_over_and_refused_offers_count(
    room: PromiseRoom, monkeypatch: pytest.MonkeyPatch
):
    """Or one owner could use up the links of the workshop, and have mails sent to anybody."""
    monkeypatch.setattr(limits, "PASSED_ON", 3)
    owner = room.steward(room.goal, "Skolechefen")
    room.do(room.offered(owner, to_name="Ida"), "refuse_work")
    successor = room.offered(owner, to_name="Karen")
    room.do(successor, "accept_work")
    room.offered(successor, to_name="Bo")
    for actor, named in ((successor, {}), (room.chair, {"link": f"link:{successor.token_id}"})):
        with refused("too_many", "to_name", limit=3):
            room.do(actor, "pass_on", to_name="Ea", **named)
    room.offered(room.steward(room.agreement, "Kommunen"), to_name="Ea")


def test_when_the_follow_up_is_over_no_link_is_made(room: PromiseRoom):
    last = follow_up_ends(db.session.get_one(Workshop, room.id))
    days = (last - room.today).days
    with room.after(days):
        room.link("panel")
    with room.after(days + 1), refused("closed", "link", over=last.isoformat()):
        room.link("panel")


def test_a_link_is_ended_once_by_its_number_or_its_token_and_only_here(room: PromiseRoom):
    token = room.do(room.chair, "make_link", role="panel")["link"]
    by_token, by_number = identity.find(token), room.link("panel")
    for named, actor in ((token, by_token), (f"link:{by_number.token_id}", by_number)):
        assert not has_ended(actor)
        room.do(room.chair, "end_link", link=named)
        assert has_ended(actor)
        with refused("already", "link"):
            room.do(room.chair, "end_link", link=named)
    elsewhere = PromiseRoom(title="Et andet sted").link("panel")
    for unknown in (f"link:{elsewhere.token_id}", "link:99999", f"link:{room.chair.token_id}", "nothing", "link:x"):
        with refused("not_found", "link"):
            room.do(room.chair, "end_link", link=unknown)
    assert not has_ended(elsewhere)


def test_the_day_of_another_body_is_in_the_open_part_of_the_journal(room: PromiseRoom):
    passed: dict[str, Any] = {"on": room.goal, "body": "Regionen"}
    early = room.link("receiver", **passed)
    assert {key: proof("make_link")["passed_to"][key] for key in ("id", "on", "due")} == {
        "id": early.token_id, "on": room.goal, "due": None
    }  # fmt: skip
    room.handed_over()
    assert "passed_to" not in proof("make_link"), "the receiver of all is no other body"
    with room.after(10):
        room.link("receiver", **passed)
        assert proof("make_link")["passed_to"]["due"] == room.day(50)
        room.steward(room.goal, "Skolechefen")
        assert "passed_to" not in proof("make_link")


@pytest.mark.parametrize(
    ("link", "code", "field", "facts"),
    [
        (lambda room: {}, "empty", "link", {}),
        (lambda room: {"link": "link:99999"}, "not_found", "link", {}),
        (lambda room: {"link": f"link:{room.link('panel').token_id}"}, "not_found", "link", {}),
        (
            lambda room: {"link": f"link:{room.offered(room.steward(room.goal, 'Skolechefen'), to_name='Bo').token_id}"},
            "not_open",
            "link",
            {"state": "offered"},
        ),
    ],
    ids=["none", "unknown", "no steward's", "offered"],
)
def test_an_organiser_passes_on_the_work_of_an_owner(
    room: PromiseRoom, link: Callable[[PromiseRoom], dict], code: str, field: str, facts: dict
):
    given = link(room)
    with refused(code, field, **facts):
        room.do(room.organiser, "pass_on", to_name="Karen", **given)


@pytest.mark.parametrize("by_owner", [True, False])
def test_work_is_offered_with_its_words_and_taken_over_once(room: PromiseRoom, by_owner: bool):
    before = room.link("steward", on=room.goal, party="Skolechefen", name="Ib", address="ib@example.org")
    by, given = (before, {}) if by_owner else (room.organiser, {"link": f"link:{before.token_id}"})
    new = room.offered(by, to_name="Karen", words="Ib er flyttet", address="karen@example.org", **given)
    one = row(new)
    assert (one.on, one.party, one.name, one.address, one.words, one.state, one.follows_id) == (
        room.goal, "Skolechefen", "Karen", "karen@example.org", "Ib er flyttet", "offered", before.token_id
    )  # fmt: skip
    assert (proof("pass_on")["passed_on"]["id"], proof("pass_on")["passed_on"]["on"]) == (new.token_id, room.goal)
    assert not has_ended(before) and row(before).name == "Ib"
    room.do(new, "accept_work")
    assert has_ended(before) and (row(before).name, row(before).address) == ("", "")
    assert row(new).state == "active" and row(new).name == "Karen"
    assert (proof("accept_work")["work_accepted"]["id"], proof("accept_work")["work_accepted"]["on"]) == (
        new.token_id, room.goal
    )  # fmt: skip
    for name in ("accept_work", "refuse_work"):
        with refused("already", "link"):
            room.do(new, name)


def test_an_offer_ends_with_the_link_that_made_it(room: PromiseRoom):
    """Also where its maker offered it to an accomplice, or to another link of the own, before the link was taken away."""
    before = room.steward(room.goal, "Skolechefen")
    offers = [room.offered(before, to_name=name, address="k@example.org") for name in ("Karen", "Bo")]
    other = room.offered(room.steward(room.agreement, "Kommunen"), to_name="Ea")
    room.do(room.chair, "end_link", link=f"link:{before.token_id}")
    assert [has_ended(one) for one in (before, *offers, other)] == [True, True, True, False]
    assert {(row(one).name, row(one).address) for one in offers} == {("", "")}
    for one in offers:
        with refused("ended"):
            room.do(one, "accept_work")


def test_of_several_offers_one_is_accepted_and_the_others_end(room: PromiseRoom):
    before = room.steward(room.goal, "Skolechefen")
    first, second = (room.offered(before, to_name=name) for name in ("Karen", "Bo"))
    room.do(second, "accept_work")
    assert [has_ended(one) for one in (before, first, second)] == [True, True, False]
    with refused("ended"):
        room.do(first, "accept_work")
    with refused("ended", "link"):
        room.do(room.organiser, "pass_on", link=f"link:{before.token_id}", to_name="Ea")
    assert row(second).state == "active" and room.seen_by(room.chair)["mine"]["links"][-1]["id"] == f"link:{second.token_id}"


def test_an_offer_whose_maker_has_no_link_any_more_is_not_accepted(room: PromiseRoom):
    """As they were kept before offers ended with their link."""
    before = room.steward(room.goal, "Skolechefen")
    offer = room.offered(before, to_name="Karen")
    db.session.get_one(Token, before.token_id).ended_at = clock.now()
    db.session.commit()
    with refused("ended", "link"):
        room.do(offer, "accept_work")
    db.session.query(FollowUpLink).filter_by(token_id=offer.token_id).update({"follows_id": None})
    db.session.commit()
    with refused("ended", "link"):
        room.do(offer, "accept_work")
    assert row(offer).state == "offered"


@pytest.mark.parametrize("on", ["goal", "agreement"])
def test_who_is_no_owner_any_more_has_no_power_and_no_sight_left(app, on: str):
    room = PromiseRoom(agreement={"openness": "parties_only"})
    subject, mine = getattr(room, on), "Skolechefen" if on == "goal" else "Foreningen"
    owner, offer = room.steward(subject, mine), room.offered(room.steward(subject, mine), to_name="Karen")
    panel = room.link("panel")
    question = room.do(panel, "ask_question", on=room.goal, words="Hvornår?")["question"]
    assert room.item(subject, owner)["id"] == room.item(subject, offer)["id"] == subject
    room.another_owner(subject, mine, "Beboerrådet")
    given: list[tuple[Actor, str, dict[str, Any]]] = [
        (owner, "report_follow_up", {"on": subject, "status": "on_track"}),
        (owner, "report_line", {"on": subject, "line": 0, "state": "delivered"}),
        (owner, "pass_on", {"to_name": "Ea"}),
        (room.organiser, "pass_on", {"to_name": "Ea", "link": f"link:{owner.token_id}"}),
        (offer, "accept_work", {}),
    ]
    if on == "goal":
        given += [(owner, "answer_question", {"question": question, "words": "Aldrig"})]
    else:
        given += [
            (owner, "confirm_line", {"on": subject, "line": 1, "verdict": "confirmed"}),
            (owner, "end_agreement", {"agreement": subject, "reason": "Vi vil ikke mere"}),
            (owner, "accept_reopened", {"on": subject, "accepted": True}),
        ]
    for actor, name, args in given:
        with refused("ended", "link", another_owner=True):
            room.do(actor, name, **args)
    for actor in (owner, offer):
        assert (subject in [item["id"] for item in room.seen_by(actor)["items"]]) == (on == "goal"), "a goal is public"
    new = room.steward(subject, "Beboerrådet")
    assert room.item(subject, new)["id"] == subject
    room.do(new, "report_line", on=subject, line=0, state="delivered")


@pytest.mark.parametrize(("said", "kept"), [("Ikke jeg", "Ikke jeg"), ("", "Jeg flytter")])
def test_work_that_is_refused_ends_the_offer_and_its_words_are_the_last_said(room: PromiseRoom, said: str, kept: str):
    before = room.steward(room.goal, "Skolechefen")
    new = room.offered(before, to_name="Karen", words="Jeg flytter", address="karen@example.org")
    room.do(new, "refuse_work", words=said)
    assert has_ended(new) and not has_ended(before)
    assert (row(new).state, row(new).words, row(new).name, row(new).address) == ("refused", kept, "", "")
    assert (proof("refuse_work")["work_refused"]["id"], proof("refuse_work")["work_refused"]["on"]) == (
        new.token_id, room.goal
    )  # fmt: skip


def test_a_new_link_of_the_receiver_leaves_that_of_another_body_and_takes_the_drafts_along(room: PromiseRoom):
    first, second = (room.link("receiver", body="Byrådet", address=address) for address in ("", "b@example.org"))
    other = room.link("receiver", on=room.goal, body="Regionen")
    room.do(room.chair, "hand_over_result")
    for actor in (first, other):
        room.do(actor, "answer_item", on=room.goal, answer="follows", reason="Ja")
    room.do(first, "answer_item", on=room.agreement, answer="follows", reason="Ja")
    room.do(first, "publish_answers", on=[room.agreement])
    room.do(room.organiser, "replace_link", role="receiver")
    assert [has_ended(actor) for actor in (first, second, other)] == [True, True, False]
    new = db.session.query(FollowUpLink).order_by(FollowUpLink.token_id.desc()).first()
    assert (new.role, new.body, new.address, new.on) == ("receiver", "Byrådet", "b@example.org", None)
    answers = db.session.query(ReceiverAnswer).order_by(ReceiverAnswer.id)
    assert [(one.link_id, one.published_at is not None) for one in answers] == [
        (new.token_id, False), (other.token_id, False), (first.token_id, True)
    ]  # fmt: skip
