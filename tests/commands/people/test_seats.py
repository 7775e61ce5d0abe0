"""People without a phone: seats, who acts for them, who is present, and the own phone that takes over."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.commands.voting import Room, papers, participations, refused
from tests.test_equivalence import Client, fresh
from workshop import dispatch, identity, screens
from workshop.commands.people.seats import CreateSeat
from workshop.commands.votes import electorate
from workshop.door import perform
from workshop.door.arguments import parse
from workshop.export.outcome import outcome
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import Comment, Idea, JournalEntry, Participant, Participation, Token, Workshop
from workshop.rules import limits
from workshop.rules.refusal import Refused
from workshop.store import writing_outside

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def room(app: Flask) -> Room:
    return Room({"citizens": 6, "politicians": 6})


def person(actor: Actor) -> Participant:
    db.session.rollback()
    return db.session.get_one(Participant, actor.participant_id)


def seats_of(device: Actor) -> list[dict[str, Any]]:
    db.session.rollback()
    return screens.mine(device)["seats"]


def at_once(app: Flask, *acts: Callable[[], Any]) -> list[Any]:
    """Do several things at the same moment, each in a thread; what came of each, refusals too."""
    start = threading.Barrier(len(acts))
    found: list[Any] = []

    def run(act: Callable[[], Any]) -> None:
        with app.app_context():
            start.wait()
            try:
                found.append(act())
            except Refused as error:
                found.append(error)
            db.session.remove()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


# --- a seat is a person -------------------------------------------------------------------------------------------------


def test_a_seat_is_one_more_person_with_the_next_number(room):
    first, second = room.seat("citizens", name="Karen"), room.seat("politicians")
    assert [person(seat).seat for seat in (first, second)] == [1, 2]
    assert electorate.joined(room.id) == {"citizens": 7, "politicians": 7}
    assert room.record("group:1")["joined"] == 7
    shown = room.record(f"participant:{first.participant_id}", "facilitator")
    assert (shown["name"], shown["seat"], shown["role"], shown["present"]) == ("Karen", 1, "helper", True)


def test_a_number_is_never_given_again(room):
    seat = room.seat("citizens")
    room.do(room.chair, "remove_participant", participant=f"participant:{seat.participant_id}")
    assert person(room.seat("citizens")).seat == 2


def test_seats_made_at_once_have_numbers_of_their_own(app, room):
    devices = [room.device() for _ in range(8)]
    answers = at_once(app, *(lambda d=device: perform(d, "create_seat", {"group": "citizens"}) for device in devices))
    assert sorted(answer["result"]["number"] for answer in answers) == list(range(1, 9))
    db.session.rollback()
    assert electorate.joined(room.id)["citizens"] == 14


def test_a_seat_made_twice_with_one_id_is_one_seat(room):
    command_id = secrets.token_hex(16)
    twice = [perform(room.helper, "create_seat", {"group": "citizens"}, command_id) for _ in range(2)]
    assert twice[0] == twice[1]
    assert len(seats_of(room.helper)) == 1


def test_there_is_a_limit_and_the_room_may_be_closed_to_newcomers(room, monkeypatch):
    monkeypatch.setattr(limits, "SEATS", 2)
    seat, _ = room.seat("citizens"), room.seat("citizens")
    with refused("too_many", "seat", limit=2):
        room.seat("citizens")
    room.do(room.chair, "remove_participant", participant=f"participant:{seat.participant_id}")
    room.seat("citizens")
    room.do(room.chair, "lock_room", locked=True)
    with refused("closed", "workshop", locked=True):
        room.seat("citizens")


def test_a_seat_is_in_a_group_of_the_workshop(room):
    with refused("not_found", "group"):
        perform(room.helper, "create_seat", {"group": "nobody"})


def test_a_full_room_has_no_seats_left(room, monkeypatch):
    monkeypatch.setattr(limits, "PARTICIPANTS", 12)
    with refused("too_many", "participant", limit=12):
        room.seat("citizens")


def test_neither_the_answer_nor_the_journal_nor_the_database_holds_the_code(room):
    seat = room.seat("citizens", name="Karen Holm")
    assert seat.personal_code and len(seat.personal_code) == 10
    db.session.rollback()
    rows = [repr(dict(row._mapping)) for table in db.metadata.sorted_tables for row in db.session.execute(table.select())]
    assert not any(seat.personal_code in row for row in rows)
    entry = db.session.scalars(select(JournalEntry).where(JournalEntry.name == "create_seat")).one()
    assert "Karen" not in repr(entry.args) and entry.actor == f"helper:device-{room.helper.token_id}"


# --- acting for a seat --------------------------------------------------------------------------------------------------


def test_a_helper_writes_comments_and_commits_for_a_seat_as_that_person(room):
    seat = room.seat("citizens")
    idea = room.do(seat, "post_idea", text="En bænk ved busstoppet")["idea"]
    comment = room.do(seat, "post_comment", on=idea, text="Og et tag", sort="builds_on")["comment"]
    agreement = room.do(room.chair, "draft_agreement", purpose="Bænke")["agreement"]
    room.do(seat, "make_commitment", on=agreement, standing="behind", words="Jeg maler den")
    assert db.session.get_one(Idea, int(idea[5:])).participant_id == seat.participant_id
    assert room.record(idea)["by_helper"] and room.record(comment)["by_helper"]
    assert set(room.mine(seat)["ideas"]) == {idea} and room.mine(seat)["ideas"][idea]["by_helper"]
    own = room.do(room.everybody[0], "post_idea", text="Flere lamper")["idea"]
    assert not room.record(own)["by_helper"]
    actors = select(JournalEntry.actor).where(JournalEntry.name == "post_idea").order_by(JournalEntry.seq)
    assert list(db.session.scalars(actors)) == [f"helper:{seat.participant_id}", room.everybody[0].pseudonym]


def test_what_the_person_writes_anew_is_not_the_helpers(room):
    seat = room.seat("citizens")
    idea = room.do(seat, "post_idea", text="En bænk")["idea"]
    own_phone = room.reenter(seat)
    room.do(own_phone, "edit_idea", idea=idea, text="En lang bænk")
    assert room.record(idea)["by_helper"] is False


def test_what_a_helper_wrote_names_the_group_only_where_enough_of_it_have_seats(room):
    room.do(room.chair, "edit_workshop", privacy_minimum=3)
    seats = [room.seat("citizens") for _ in range(2)]
    idea = room.do(seats[0], "post_idea", text="En bænk")["idea"]
    comment = room.do(seats[1], "post_comment", on=idea, text="Ja", sort="builds_on")["comment"]
    own = room.do(room.everybody[0], "post_idea", text="Flere lamper")["idea"]
    workshop = db.session.get_one(Workshop, room.id)
    assert [room.record(one)["group"] for one in (idea, comment, own)] == [None, None, "citizens"]
    assert [(one.group, one.by_helper) for one in outcome(workshop).ideas] == [(None, True), ("citizens", False)]
    third = room.seat("citizens")
    assert [room.record(one)["group"] for one in (idea, comment)] == ["citizens", "citizens"]
    assert outcome(db.session.get_one(Workshop, room.id)).ideas[0].group == "citizens"
    room.do(room.chair, "remove_participant", participant=f"participant:{third.participant_id}")
    assert room.record(idea)["group"] is None


def test_every_screen_is_told_when_the_label_comes_and_goes(room):
    room.do(room.chair, "edit_workshop", privacy_minimum=3)
    seats = [room.seat("citizens") for _ in range(2)]
    idea = room.do(seats[0], "post_idea", text="En bænk")["idea"]
    clients = [Client(room.id, audience) for audience in ("room", "facilitator")]
    phone = room.everybody[0]
    for act, label in (
        (lambda: room.do(room.helper, "take_on_seat", reentry_code=phone.personal_code), "citizens"),
        (lambda: room.do(room.chair, "remove_participant", participant=f"participant:{phone.participant_id}"), None),
        (lambda: room.seat("citizens"), "citizens"),
        (lambda: room.reenter(seats[1]), "citizens"),
    ):
        for client in clients:
            client.catch_up()
        act()
        for client in clients:
            client.catch_up()
            assert client.records[idea]["group"] == label
            assert client.records == fresh(room.id, client.audience)


def test_a_vote_cast_by_a_helper_counts_once_and_the_total_says_so(room):
    ideas = room.ideas(3)
    ballot = room.ballot(ideas)
    seat, other = room.seat("citizens"), room.seat("citizens")
    assert room.record(ballot)["turnout"] == {"voted": 0, "eligible": 14}
    for chosen in (ideas[0], ideas[1]):
        room.cast(seat, ballot, choices={chosen: 1})
    room.cast(room.everybody[0], ballot, choices={ideas[0]: 1})
    assert room.record(ballot)["turnout"] == {"voted": 2, "eligible": 14}
    assert len(papers(ballot)) == 2 and room.mine(seat)["ballots"] == {ballot: {ideas[1]: 1}}
    room.cast(other, ballot, choices={ideas[0]: 1})
    room.cast(other, ballot, choices={})
    room.do(room.chair, "close_ballot", ballot=ballot)
    assert room.record(ballot)["turnout"]["by_helper"] == 1, "a vote that was taken back is none"
    assert room.mine(seat)["ballots"] == {}, "after closing the helper can see nothing of it"
    room.do(room.chair, "publish_ballot", ballot=ballot)
    record = room.record(ballot)
    assert record["turnout"] == {"voted": 2, "eligible": 14, "by_helper": 1}
    assert "by_helper" not in repr(record["result"])


def test_nobody_but_the_helper_reads_what_was_cast_for_a_seat(room):
    seat = room.seat("citizens")
    decision = room.decision(room.text())
    room.stance(seat, decision, "against", "For dyrt for kommunen")
    for actor in (*room.everybody, room.chair, room.device(), room.helper):
        assert "For dyrt" not in repr(dispatch.sync(actor, {"since": 0, "epoch": None}))
    assert seats_of(room.helper)[0]["voted"] == {decision: True}


def test_the_helpers_device_is_nobody_in_the_room(room):
    for name, args in (
        ("post_idea", {"text": "Min egen"}),
        ("set_ready", {"ready": True}),
        ("cast_ballot", {"ballot": room.ballot(room.ideas(1)), "choices": {}}),
        ("erase_me", {}),
    ):
        with refused("not_allowed"):
            perform(room.helper, name, args)


def test_a_participant_a_board_and_a_seat_itself_make_no_seats(room):
    seat = room.seat("citizens")
    for actor in (room.everybody[0], room.chair):
        for name, args in (("create_seat", {"group": "citizens"}), ("take_on_seat", {"reentry_code": seat.personal_code})):
            with refused("not_allowed"):
                perform(actor, name, args)
    with refused("not_allowed"):
        perform(room.everybody[0], "mark_seat", {"seat": f"participant:{seat.participant_id}", "present": True})
    with refused("not_allowed"):
        room.seat("citizens", device=seat)
    with refused("not_allowed"):
        identity.acting_for(room.everybody[0], f"participant:{seat.participant_id}")


def test_a_helper_acts_for_no_seat_of_another_device_or_another_workshop(room):
    seat = room.seat("citizens")
    elsewhere = Room({"citizens": 1})
    record_id = f"participant:{seat.participant_id}"
    for device in (room.device(), elsewhere.helper):
        with refused("ended"):
            identity.acting_for(device, record_id)
        assert seats_of(device) == []
    with refused("ended"):
        identity.acting_for(room.helper, f"participant:{room.everybody[0].participant_id}")
    for wrong in ("participant:²", "idea:1", "participant:", "participant:-1", "7"):
        with refused("malformed", "seat"):
            identity.acting_for(room.helper, wrong)
    with refused("not_found", "seat"):
        perform(elsewhere.helper, "mark_seat", {"seat": record_id, "present": True})
    with refused("not_yours", "seat"):
        perform(room.device(), "mark_seat", {"seat": record_id, "present": False})
    with refused("unknown_code", "reentry_code"):
        perform(elsewhere.helper, "take_on_seat", {"reentry_code": seat.personal_code})


def test_a_replaced_link_ends_every_device_and_every_seat_it_acted_for(room):
    device = room.device()
    seats = [room.seat("citizens"), room.seat("citizens", device=device)]
    ballot = room.ballot(room.ideas(1))
    room.do(room.chair, "replace_link", role="helper")
    for actor in (room.helper, device, *seats):
        with refused("ended"):
            perform(actor, "set_ready", {"ready": True})
        with refused("ended"):
            dispatch.sync(actor, {"since": 0, "epoch": None})
    with refused("ended"):
        identity.acting_for(device, f"participant:{seats[1].participant_id}")
    assert room.record(ballot)["turnout"]["eligible"] == 14, "the people stay"
    fresh = identity.find(next(link for role, link in _links(room).items() if role == "helper"))
    assert seats_of(fresh) == []
    perform(fresh, "take_on_seat", {"reentry_code": seats[0].personal_code})
    again = identity.acting_for(fresh, f"participant:{seats[0].participant_id}")
    room.cast(again, ballot, choices={})


def _links(room: Room) -> dict[str, str]:
    from workshop.commands.room.workshops import links

    db.session.rollback()
    return {role: token for role, token in links(db.session.get_one(Workshop, room.id)).items() if token}


def test_a_device_that_is_let_in_no_longer_acts_for_nobody(room):
    device = room.device()
    seat = room.seat("citizens", device=device)
    with writing_outside():
        db.session.execute(update(Token).where(Token.id == device.token_id).values(ended_at=Token.created_at))
    with refused("ended"):
        perform(seat, "set_ready", {"ready": True})


# --- present ------------------------------------------------------------------------------------------------------------


def test_a_decision_is_taken_by_the_people_seen_and_the_seats_marked_present(room):
    here, gone = room.seat("citizens"), room.seat("citizens", present=False)
    room.do(gone, "post_idea", text="Skrevet for en, der er gået")
    decision = room.decision(room.text())
    assert participations(decision).keys() == {p.participant_id for p in room.everybody} | {here.participant_id}
    with refused("not_allowed", "decision", waits=True):
        room.stance(gone, decision, "for")
    preview = room.do(room.chair, "preview_vote", **{"for": "decision"})["effective"]
    assert {one["keys"][0]: one["size"] for one in preview} == {"citizens": 7, "politicians": 6}


def test_a_seat_is_marked_by_its_helper_or_by_the_facilitator(room):
    seat = room.seat("citizens")
    record_id = f"participant:{seat.participant_id}"
    for actor, present in ((room.helper, False), (seat, True), (room.chair, False)):
        room.do(actor, "mark_seat", seat=record_id, present=present)
        assert person(seat).present is present
        assert seats_of(room.helper)[0]["present"] is present
        assert room.record(record_id, "facilitator")["present"] is present
    with refused("not_found", "seat"):
        room.do(room.chair, "mark_seat", seat=f"participant:{room.everybody[0].participant_id}", present=True)


# --- taking over --------------------------------------------------------------------------------------------------------


def test_the_person_takes_over_with_the_code_and_is_the_same_person(room):
    ideas = room.ideas(2)
    ballot, decision = room.ballot(ideas), None
    seat = room.seat("citizens", name="Karen")
    own = room.do(seat, "post_idea", text="En bænk")["idea"]
    decision = room.decision(room.text())
    room.cast(seat, ballot, choices={ideas[0]: 1})
    room.stance(seat, decision, "against", "For dyrt")
    phone = room.reenter(seat)
    assert phone.role == "participant" and phone.participant_id == seat.participant_id
    mine = room.mine(phone)
    assert set(mine["ideas"]) == {own} and mine["ballots"] == {ballot: {ideas[0]: 1}}
    assert mine["stances"][decision]["stance"] == "against"
    room.cast(phone, ballot, choices={ideas[1]: 1})
    room.stance(phone, decision, "for")
    assert room.record(ballot)["turnout"] == {"voted": 1, "eligible": 13}, "counted once, and no longer cast by a helper"
    assert room.record(decision)["turnout"] == {"voted": 1, "eligible": 13}
    assert [paper.content for paper in papers(ballot)] == [{ideas[1]: 1}]
    assert len(papers(decision)) == 1


def test_after_the_take_over_no_helper_acts_for_the_seat(room):
    seat = room.seat("citizens", name="Karen")
    phone = room.reenter(seat)
    with refused("ended"):
        perform(seat, "set_ready", {"ready": True})
    with refused("ended"):
        identity.acting_for(room.helper, f"participant:{seat.participant_id}")
    (shown,) = seats_of(room.helper)
    assert shown["hands"] == "own_phone" and shown["name"] is None and shown["voted"] == {} and shown["present"] is None
    for actor in (room.helper, room.chair):
        with refused("conflict", "seat", own_phone=True):
            room.do(actor, "mark_seat", seat=f"participant:{seat.participant_id}", present=True)
    record = room.record(f"participant:{seat.participant_id}", "facilitator")
    assert (record["role"], record["seat"], record["present"]) == ("participant", 1, None)
    assert phone.participant_id in participations(room.decision(room.text())), "who has just come in is here"


def test_a_helper_and_the_phone_that_vote_at_once_are_counted_once(app, room):
    ideas = room.ideas(2)
    ballot = room.ballot(ideas)
    decision = room.decision(room.text())
    for _ in range(3):
        seat = room.seat("citizens")
        acts: list[Callable[[], Any]] = [lambda s=seat: room.reenter(s)]
        acts += [lambda s=seat, n=n: room.cast(s, ballot, choices={ideas[n % 2]: 1}) for n in range(4)]
        found = at_once(app, *acts)
        phone = next(one for one in found if isinstance(one, Actor))
        assert len(found) == 5 and all(one.code == "ended" for one in found if isinstance(one, Refused))
        at_once(app, *(lambda p=phone, n=n: room.cast(p, ballot, choices={ideas[n % 2]: 1}) for n in range(4)))
        assert participations(ballot)[seat.participant_id] is True
    assert len(papers(ballot)) == 3 and room.record(ballot)["turnout"] == {"voted": 3, "eligible": 15}
    late = room.seat("politicians")
    with refused("not_allowed", "decision", waits=True):
        room.stance(late, decision, "for")


def test_another_helper_takes_a_seat_on_with_the_card_and_the_first_has_it_no_longer(room):
    device = room.device()
    seat = room.seat("citizens", name="Karen", present=False)
    idea = room.do(seat, "post_idea", text="En bænk")["idea"]
    found = room.do(device, "take_on_seat", reentry_code=seat.personal_code.lower())
    assert found == {"seat": f"participant:{seat.participant_id}", "number": 1}
    taken = identity.acting_for(device, found["seat"])
    assert set(room.mine(taken)["ideas"]) == {idea} and person(taken).present
    with refused("ended"):
        perform(seat, "set_ready", {"ready": True})
    assert [one["hands"] for one in seats_of(room.helper) + seats_of(device)] == ["other", "mine"]
    room.do(room.helper, "take_on_seat", reentry_code=seat.personal_code)
    back = identity.acting_for(room.helper, found["seat"])
    assert back.personal_code == seat.personal_code
    assert [one["hands"] for one in seats_of(room.helper) + seats_of(device)] == ["mine", "other"]
    assert person(seat).seat == 1 and electorate.joined(room.id)["citizens"] == 7


def test_a_phone_that_has_died_can_be_handed_to_a_helper_and_taken_back(room):
    ballot = room.ballot(ideas := room.ideas(2))
    own = room.everybody[0]
    room.cast(own, ballot, choices={ideas[0]: 1})
    record_id = room.do(room.helper, "take_on_seat", reentry_code=own.personal_code)["seat"]
    assert record_id == f"participant:{own.participant_id}"
    with refused("ended"):
        room.cast(own, ballot, choices={})
    acted = identity.acting_for(room.helper, record_id)
    room.cast(acted, ballot, choices={ideas[1]: 1})
    taken = db.session.get_one(Participation, (ballot, own.participant_id))
    assert taken.by_helper and room.record(ballot)["turnout"] == {"voted": 1, "eligible": 12}
    room.cast(room.reenter(acted), ballot, choices={ideas[1]: 1})
    db.session.refresh(taken)
    assert not taken.by_helper and room.record(ballot)["turnout"] == {"voted": 1, "eligible": 12}


def test_a_wrong_code_and_somebody_who_has_left_are_refused(room):
    seat = room.seat("citizens")
    for code in ("", "nonsense", "0" * 10):
        with refused("unknown_code", "reentry_code"):
            perform(room.helper, "take_on_seat", {"reentry_code": code})
    room.do(room.chair, "remove_participant", participant=f"participant:{seat.participant_id}")
    with refused("ended", "reentry_code"):
        perform(room.helper, "take_on_seat", {"reentry_code": seat.personal_code})
    assert seats_of(room.helper)[0]["hands"] == "gone"
    with refused("ended"):
        perform(seat, "set_ready", {"ready": True})


# --- own data, erasing, names -------------------------------------------------------------------------------------------


def test_a_seat_is_erased_like_anybody_and_the_device_keeps_its_journal(room):
    from workshop.screens.personal_data import held

    seat = room.seat("citizens", name="Karen")
    idea = room.do(seat, "post_idea", text="En bænk")["idea"]
    comment = room.do(seat, "post_comment", on=idea, text="Og et tag", sort="builds_on")["comment"]
    other = room.seat("citizens", name="Bent")
    found = held(seat.participant_id)
    assert found["person"]["seat"] == 1 and found["person"]["role"] == "helper"
    assert [entry["did"] for entry in found["journal"]] == ["post_idea", "post_comment"]
    assert found["devices"] and not any("parent_id" in device for device in found["devices"])
    room.do(room.chair, "erase_person", participant=f"participant:{seat.participant_id}")
    db.session.rollback()
    assert db.session.get_one(Idea, int(idea[5:])).text == "[fjernet]"
    assert db.session.get_one(Comment, int(comment[8:])).text == "[fjernet]"
    assert person(seat).name is None and person(seat).seat == 1
    salts = {
        (entry.name, entry.args.get("facts", {}).get("result", {}).get("seat")): entry.salt
        for entry in db.session.scalars(select(JournalEntry).where(JournalEntry.workshop_id == room.id))
    }
    assert salts["create_seat", f"participant:{seat.participant_id}"] is None
    assert salts["create_seat", f"participant:{other.participant_id}"] is not None
    assert salts["post_idea", None] is None
    with refused("ended"):
        perform(seat, "set_ready", {"ready": True})
    with refused("unknown_code"):
        perform(room.helper, "take_on_seat", {"reentry_code": seat.personal_code})


def test_a_device_and_a_person_of_the_same_number_are_two_in_the_journal(room):
    seat = room.seat("citizens")
    twin = Actor("helper", room.id, token_id=seat.participant_id)
    assert twin.pseudonym != seat.pseudonym
    assert twin.pseudonym.partition(":")[0] == "helper"


def test_names_of_seats_go_when_the_time_is_over(room):
    seat = room.seat("citizens", name="Karen")
    room.do(room.chair, "edit_workshop", receiving_body="Byrådet", response_due="2030-01-01")
    room.do(room.chair, "close_workshop")
    perform(Actor("system", room.id), "erase_names", {})
    entry = db.session.scalars(select(JournalEntry).where(JournalEntry.name == "create_seat")).one()
    assert person(seat).name is None and entry.salt is None
    with refused("ended"):
        dispatch.sync(seat, {"since": 0, "epoch": None})
    assert seats_of(room.helper)[0]["hands"] == "other"


def test_the_list_of_seats_tells_who_has_voted_and_never_what(room):
    ideas = room.ideas(2)
    ballot = room.ballot(ideas)
    first, second = room.seat("citizens", name="Karen"), room.seat("politicians")
    room.cast(first, ballot, choices={ideas[1]: 1})
    told = screens.mine(room.helper)
    assert [(one["number"], one["name"], one["group"], one["voted"]) for one in told["seats"]] == [
        (1, "Karen", "citizens", {ballot: True}),
        (2, None, "politicians", {}),
    ]
    assert told["made"] == 2 and ideas[1] not in repr(told)
    room.do(room.chair, "close_ballot", ballot=ballot)
    assert [one["voted"] for one in seats_of(room.helper)] == [{}, {}]
    assert db.session.get_one(Participation, (ballot, first.participant_id)).by_helper
    assert second.participant_id not in participations(ballot)


def test_arguments_that_do_not_fit_are_named():
    for args, code, field in (
        ({}, "malformed", "group"),
        ({"group": "citizens", "name": "å" * 61}, "too_long", "name"),
        ({"group": "citizens", "present": "yes"}, "malformed", "present"),
        ({"group": "citizens", "number": 7}, "malformed", "number"),
    ):
        with refused(code, field):
            parse(CreateSeat, args)
