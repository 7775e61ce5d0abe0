"""Who is told what on which day: derived from rows, once for each day, in one mail."""

from __future__ import annotations

import pytest

from tests.commands.follow_up.promise_room import PromiseRoom
from tests.commands.voting import AGREEMENT
from workshop import clock
from workshop.commands.follow_up import outbox
from workshop.extensions import db
from workshop.models import Goal, Workshop
from workshop.screens.reminders import Message, due_messages, messages

ROOT = "https://rundbord.example"
KOMMUNEN, FORENINGEN = "kommunen@example.org", "foreningen@example.org"


@pytest.fixture
def room(app) -> PromiseRoom:
    return PromiseRoom()


def due(room: PromiseRoom) -> list[Message]:
    return due_messages(db.session.get_one(Workshop, room.id), clock.today(), ROOT)


def everything(room: PromiseRoom) -> list[Message]:
    return messages(db.session.get_one(Workshop, room.id), clock.today(), ROOT)


def kinds(message: Message) -> list[str]:
    return [key.split(" ")[0] for key in message.told]


def send(message: Message, state: str = "sent", words: str = "") -> None:
    """What the sender writes of a mail."""
    wanted = outbox.Claim(
        message.workshop_id, "reminder", message.to, clock.today(), message.subject, message.told, message.links
    )
    number = outbox.claim(wanted)
    assert number is not None
    outbox.note_result(number, wanted, state, words)


def send_all(room: PromiseRoom) -> list[list[str]]:
    sent = due(room)
    for message in sent:
        send(message)
    return [kinds(message) for message in sent]


def receiver(room: PromiseRoom):
    found = room.link("receiver", body="Byrådet", address=KOMMUNEN)
    room.do(room.chair, "hand_over_result")
    return found


def steward(room: PromiseRoom):
    """The owner of the goal."""
    content = db.session.get_one(Goal, int(room.goal.split(":")[1])).content
    return room.link("steward", on=room.goal, party=content["owner"], address=FORENINGEN)


def test_a_receiver_is_reminded_before_on_and_after_the_day_each_once(room: PromiseRoom):
    receiver(room)
    told = {}
    for days in range(135):
        with room.after(days):
            for found in send_all(room):
                told[days] = found
    assert told == {
        26: ["answer_soon", "answer_soon"],
        40: ["answer_today", "answer_today"],
        41: ["answer_overdue", "answer_overdue"],
        131: ["answer_long", "answer_long"],
    }


def test_an_answer_ends_the_reminders_and_a_postponement_begins_them_anew(room: PromiseRoom):
    body = receiver(room)
    with room.after(27):
        assert send_all(room) == [["answer_soon", "answer_soon"]]
        room.do(body, "answer_item", on=room.goal, answer="follows", reason="Ja")
        room.do(body, "publish_answers")
        room.do(body, "postpone_answer", on=room.agreement, to=room.day(80), reason="Mødet er flyttet")
    with room.after(42):
        assert send_all(room) == []
    with room.after(70):
        assert send_all(room) == [["answer_soon"]]


def test_an_outage_over_the_day_loses_no_reminder_and_sends_none_of_those_that_are_past(room: PromiseRoom):
    receiver(room)
    with room.after(50):
        assert send_all(room) == [["answer_overdue", "answer_overdue"]]
    with room.after(51):
        assert send_all(room) == []


def test_who_is_no_owner_any_more_is_reminded_of_nothing(room: PromiseRoom):
    owner = steward(room)
    room.offered(owner, to_name="Karen", address=KOMMUNEN)
    with room.after(100):
        assert {found.to for found in everything(room)} >= {FORENINGEN, KOMMUNEN}
        room.another_owner(room.goal, "Skolechefen", "Beboerrådet")
        assert not {found.to for found in everything(room)} & {FORENINGEN, KOMMUNEN}


def test_a_cleared_false_alarm_is_silent(room: PromiseRoom):
    receiver(room)
    with room.after(42):
        for on in (room.goal, room.agreement):
            room.do(room.organiser, "correct_overdue", on=on, reason="Svaret kom på papir")
    with room.after(50):
        assert send_all(room) == []


def test_another_body_has_its_own_mail_and_until_it_has_a_link_the_organiser_is_told(room: PromiseRoom):
    body = receiver(room)
    room.do(body, "answer_item", on=room.goal, answer="not_ours", reason="Regionen ejer jorden", body="Regionen")
    room.do(body, "publish_answers")
    mine = [message for message in everything(room) if message.state == "on_page"]
    assert [kinds(message) for message in mine] == [["missing_body"]]
    assert "Regionen" in mine[0].body and mine[0].to == ""
    room.link("receiver", on=room.goal, body="Regionen", address="regionen@example.org")
    assert not [message for message in everything(room) if message.state == "on_page"]
    with room.after(41):
        found = {message.to: kinds(message) for message in due(room)}
    assert found == {KOMMUNEN: ["answer_overdue"], "regionen@example.org": ["answer_overdue"]}


def test_the_organiser_is_told_of_missing_answers_on_the_page(room: PromiseRoom):
    receiver(room)
    with room.after(41):
        mine = [message for message in everything(room) if message.state == "on_page"]
    assert [kinds(message) for message in mine] == [["missing_answer", "missing_answer"]]
    assert "Byrådet" in mine[0].subject


def test_a_line_is_reminded_of_before_and_after_its_day_until_something_is_reported(room: PromiseRoom):
    party = AGREEMENT["contributions"][0]["party"]
    steward = room.link("steward", on=room.agreement, party=party, address=FORENINGEN)
    room.do(room.organiser, "set_rhythm", dates=[])
    with room.after(15):
        assert send_all(room) == []
    with room.after(16):
        assert send_all(room) == [["line_soon"]]
    with room.after(30):
        assert send_all(room) == []
    with room.after(31):
        assert send_all(room) == [["line_late"]]
    with room.after(32):
        assert send_all(room) == []
        room.do(steward, "report_line", on=room.agreement, line=0, state="not_delivered", words="Vi mangler penge")
        assert due(room) == []


def test_reports_are_asked_for_on_the_rhythm_and_on_the_day_the_last_report_names(room: PromiseRoom):
    owner = steward(room)
    room.do(room.organiser, "set_rhythm", dates=[room.day(90), room.day(270)])
    told = {}
    for days in (31, 89, 90, 91, 120, 121, 260, 269, 270, 300):
        with room.after(days):
            told[days] = [[kind for kind in found if kind == "report"] for found in send_all(room)]
            if days == 91:
                room.do(owner, "report_follow_up", on=room.goal, status="on_track", next_date=room.day(121))
            if days == 260:
                room.do(owner, "report_follow_up", on=room.goal, status="on_track")
    # Reported ten days before a day of the rhythm: that day is not asked for again.
    assert {days for days, found in told.items() if ["report"] in found} == {90, 121}


def test_a_day_of_the_rhythm_that_moves_is_due_anew(room: PromiseRoom):
    steward(room)
    room.do(room.organiser, "set_rhythm", dates=[room.day(20)])
    with room.after(20):
        assert "report" in send_all(room)[0]
    with room.after(21):
        room.do(room.organiser, "set_rhythm", dates=[room.day(25)])
        assert send_all(room) == []
    with room.after(25):
        assert send_all(room) == [["report"]]


def test_dropped_and_ended_work_is_asked_for_no_more(room: PromiseRoom):
    owner = steward(room)
    room.do(room.organiser, "set_rhythm", dates=[room.day(90)])
    with room.after(10):
        said = {"what_worked": "Intet", "what_went_wrong": "Ingen jord"}
        room.do(owner, "report_follow_up", on=room.goal, status="dropped", **said)
    with room.after(95):
        assert due(room) == []


def test_two_owners_of_ten_items_each_get_one_mail_each(room: PromiseRoom):
    texts = [room.goal]
    for number in range(19):
        content = {**db.session.get_one(Goal, int(room.goal.split(":")[1])).content, "title": f"Mål {number}"}
        texts.append(room.text(Goal, fields=content, state="agreed"))
    owner = db.session.get_one(Goal, int(room.goal.split(":")[1])).content["owner"]
    for number, on in enumerate(texts):
        address = (KOMMUNEN, FORENINGEN)[number % 2]
        room.link("steward", on=on, party=owner, address=address if number < 10 else address.title())
    room.do(room.organiser, "set_rhythm", dates=[room.day(5)])
    with room.after(5):
        found = due(room)
        assert sorted(message.to for message in found) == [FORENINGEN, KOMMUNEN]
        for message in found:
            assert kinds(message) == ["report"] * 10
            assert message.body.count(f"{ROOT}/s/") == 10
            assert message.subject.startswith("Fortæl, hvordan det går:")
        assert len(send_all(room)) == 2 and due(room) == []


def test_addresses_that_only_look_alike_get_a_mail_each(room: PromiseRoom):
    """ "ß" is no "ss": to the one must not go what is meant for the other."""
    receiver(room)
    owner = db.session.get_one(Goal, int(room.goal.split(":")[1])).content["owner"]
    for address in ("boß@example.org", "boss@example.org", "BOSS@example.org"):
        room.link("steward", on=room.goal, party=owner, address=address)
    room.do(room.organiser, "set_rhythm", dates=[room.day(5)])
    with room.after(5):
        found = {message.to: message.body.count(f"{ROOT}/s/") for message in due(room)}
    assert found == {"boß@example.org": 1, "boss@example.org": 2}


def test_a_mail_has_the_one_thing_first_its_link_and_how_to_stop(room: PromiseRoom):
    receiver(room)
    with room.after(41):
        (message,) = due(room)
    body = message.body
    assert body.index("Svar nu") < body.index(f"{ROOT}/r/") < body.index(f"{ROOT}/unsubscribe/")
    assert message.stop in body and body.count(f"{ROOT}/r/") == 1, "both are done by one link"
    assert "\n" not in message.subject and len(message.subject) < 160


def test_work_that_is_passed_on_is_offered_to_the_successor(room: PromiseRoom):
    owner = steward(room)
    room.do(owner, "pass_on", to_name="Ida", words="Jeg flytter", address="ida@example.org")
    assert {message.to: kinds(message) for message in due(room)} == {"ida@example.org": ["work_offered"]}


def test_what_was_refused_is_shown_with_the_servers_words_and_its_text(room: PromiseRoom):
    receiver(room)
    with room.after(41):
        (message,) = due(room)
        send(message, "refused", "550 5.1.1 no such user")
        assert due(room) == []
    with room.after(42):
        (shown,) = [one for one in everything(room) if one.day is not None]
    assert (shown.state, shown.words, shown.to) == ("refused", "550 5.1.1 no such user", KOMMUNEN)
    assert shown.body == message.body


def test_without_an_address_the_organiser_copies_the_mail(room: PromiseRoom):
    room.link("receiver", body="Byrådet")
    room.do(room.chair, "hand_over_result")
    with room.after(41):
        assert due(room) == []
        states = {message.who: message.state for message in everything(room)}
    assert states == {"": "on_page", "Byrådet": "no_address"}
