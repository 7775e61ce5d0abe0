"""Delivered, reached, ended: what owners and parties say, and what is computed from it."""

from __future__ import annotations

import pytest

from tests.commands.follow_up.promise_room import PromiseRoom
from tests.commands.voting import refused
from workshop.rules import limits


@pytest.fixture
def room(app) -> PromiseRoom:
    return PromiseRoom()


def line(room: PromiseRoom, number: int = 0) -> dict:
    return room.item(room.agreement)["lines"][number]


def report(room: PromiseRoom, **given: object) -> dict:
    words = {"status": "on_track", "what_worked": "Naboerne kom", "what_went_wrong": "Intet"}
    return room.do(room.steward(room.goal, "Skolechefen"), "report_follow_up", on=room.goal, **(words | given))


def test_a_line_is_late_until_something_is_reported_of_it(room: PromiseRoom):
    assert (line(room)["state"], line(room)["late_since"]) == ("none", None)
    with room.after(31):
        assert line(room)["late_since"] == room.day(30)
        assert room.item(room.agreement)["done"]["due"] == 2
        room.do(room.steward(room.agreement, "Foreningen"), "report_line", on=room.agreement, line=0, state="delivered")
        assert (line(room)["late_since"], line(room)["standing"]) == (None, "undocumented")
        assert room.item(room.agreement)["done"] == {
            "delivered": 1, "due": 2, "confirmed": 0, "documented": 0, "undocumented": 1, "contested": 0
        }  # fmt: skip


def test_another_party_confirms_or_contests_and_both_sentences_stand(room: PromiseRoom):
    mine, other = (room.steward(room.agreement, party) for party in ("Foreningen", "Kommunen"))
    room.do(mine, "report_line", on=room.agreement, line=0, state="delivered", evidence="Set af skolen", words="12 møder")
    assert line(room)["standing"] == "documented"
    room.do(other, "confirm_line", on=room.agreement, line=0, verdict="contested", words="Vi har kun set fire")
    shown = line(room)
    assert shown["standing"] == "contested"
    assert (shown["reports"][0]["words"], shown["reports"][0]["verdicts"][0]["words"]) == ("12 møder", "Vi har kun set fire")
    room.do(other, "confirm_line", on=room.agreement, line=0, verdict="confirmed")
    assert line(room)["standing"] == "confirmed"
    room.do(mine, "report_line", on=room.agreement, line=0, state="partly", words="Alligevel kun otte")
    assert (line(room)["state"], line(room)["standing"]) == ("partly", "undocumented"), "a new report is judged anew"


def test_reached_follows_from_the_newest_measured_day(room: PromiseRoom):
    assert room.item(room.goal)["reached"]["state"] == "not_measured"
    with room.after(60):
        report(room, value="350 træer", value_date=room.day(50))
        report(room, value="100", value_date=room.day(20), status="reached")
        shown = room.item(room.goal)["reached"]
        assert (shown["state"], shown["value"], shown["number"], shown["progress"]) == ("moving", "350 træer", "350", 50)
        report(room, value="612", value_date=room.day(60))
        assert room.item(room.goal)["reached"]["state"] == "reached"


def test_a_mistake_is_corrected_by_a_report_that_names_it(room: PromiseRoom):
    with room.after(10):
        wrong = report(room, value="800")["follow_up"]
        assert room.item(room.goal)["reached"]["state"] == "reached"
        report(room, value="80", corrects=wrong)
        shown = room.item(room.goal)
        assert (shown["reached"]["state"], shown["reports"][0]["corrected_by"]) == ("wrong_way", shown["reports"][1]["id"])
        with refused("already", "corrects"):
            report(room, value="90", corrects=wrong)


def test_an_agreement_ends_when_its_notice_is_over(room: PromiseRoom):
    party = room.steward(room.agreement, "Foreningen")
    room.do(party, "end_agreement", agreement=room.agreement, reason="Foreningen lukker")
    ended = room.item(room.agreement)["ended"]
    assert (ended["from"], ended["by"], ended["reason"]) == (room.day(30), "Foreningen", "Foreningen lukker")
    room.do(party, "report_line", on=room.agreement, line=0, state="delivered")
    with room.after(30), refused("closed", "on", ended=room.day(30)):
        room.do(party, "report_line", on=room.agreement, line=0, state="withdrawn", words="Lukket")


def test_work_that_is_passed_on_is_the_successors_once_accepted(room: PromiseRoom):
    before = room.steward(room.agreement, "Foreningen")
    new = room.offered(before, to_name="Karen", words="Jeg flytter")
    with refused("not_open", "on", state="offered"):
        room.do(new, "report_line", on=room.agreement, line=0, state="delivered")
    room.do(new, "accept_work")
    room.do(new, "report_line", on=room.agreement, line=0, state="delivered")
    with refused("ended"):
        room.do(before, "report_line", on=room.agreement, line=0, state="delivered")


def test_work_that_is_refused_stays_where_it_was(room: PromiseRoom):
    before = room.steward(room.agreement, "Foreningen")
    new = room.offered(before, to_name="Karen")
    room.do(new, "refuse_work", words="Jeg har ikke tid")
    with refused("ended"):
        room.seen_by(new)
    room.do(before, "report_line", on=room.agreement, line=0, state="delivered")


def test_a_new_receivers_link_ends_the_old_and_keeps_the_drafts(room: PromiseRoom):
    receiver = room.handed_over()
    room.do(receiver, "answer_item", on=room.goal, answer="follows", reason="Ja")
    room.do(room.organiser, "replace_link", role="receiver")
    with refused("ended"):
        room.do(receiver, "publish_answers")
    links = room.seen_by(room.organiser)["mine"]["links"]
    assert [link["role"] for link in links] == ["receiver"] and links[0]["token"]


BOTH = {"what_worked": "x", "what_went_wrong": "y"}
OWNER = ("Skolechefen", "goal")
PARTY = ("Foreningen", "agreement")


@pytest.mark.parametrize(
    ("who", "name", "given", "code", "field"),
    [
        (OWNER, "report_follow_up", {"status": "reached", "what_worked": "x"}, "empty", "what_went_wrong"),
        (OWNER, "report_follow_up", {"status": "dropped", "what_went_wrong": "x"}, "empty", "what_worked"),
        (OWNER, "report_follow_up", {"status": "on_track", "value": "mange"}, "malformed", "value"),
        (OWNER, "report_follow_up", {"status": "on_track", "value": "412 buske"}, "malformed", "value"),
        (OWNER, "report_follow_up", {"status": "on_track", "date": "2020-01-01"}, "malformed", "date"),
        (
            OWNER,
            "report_follow_up",
            {"status": "on_track", "value": "4", "value_date": "2020-01-01"},
            "malformed",
            "value_date",
        ),
        (OWNER, "report_follow_up", {"status": "on_track", "date": "2090-01-01"}, "malformed", "date"),
        (OWNER, "report_follow_up", {"status": "on_track", "corrects": "follow_up:99"}, "not_found", "corrects"),
        (PARTY, "report_follow_up", {"status": "on_track", "value": "4"}, "malformed", "value"),
        (PARTY, "report_line", {"line": 1, "state": "delivered"}, "not_yours", "line"),
        (PARTY, "report_line", {"line": 7, "state": "delivered"}, "not_found", "line"),
        (PARTY, "report_line", {"line": 0, "state": "not_delivered"}, "reason_required", "words"),
        (PARTY, "report_line", {"line": 0, "state": "delivered", "date": "2090-01-01"}, "malformed", "date"),
        (PARTY, "confirm_line", {"line": 0, "verdict": "confirmed"}, "not_yours", "line"),
        (PARTY, "confirm_line", {"line": 1, "verdict": "confirmed"}, "not_open", "line"),
    ],
)
def test_what_is_refused_of_owners_and_parties(room: PromiseRoom, who, name, given, code, field):
    on = getattr(room, who[1])
    with refused(code, field):
        room.do(room.steward(on, who[0]), name, on=on, **given)


def test_a_line_is_reported_so_many_times_and_each_line_by_itself(room: PromiseRoom, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "REPORTS", 2)
    mine, other = (room.steward(room.agreement, party) for party in ("Foreningen", "Kommunen"))
    for _ in range(2):
        room.do(mine, "report_line", on=room.agreement, line=0, state="delivered")
    with refused("too_many", "line", limit=2):
        room.do(mine, "report_line", on=room.agreement, line=0, state="delivered")
    room.do(other, "report_line", on=room.agreement, line=1, state="delivered")


def test_a_line_is_of_today_unless_a_day_is_given_and_never_of_tomorrow(room: PromiseRoom):
    mine = room.steward(room.agreement, "Foreningen")
    with room.after(10):
        with refused("malformed", "date", ahead=True):
            room.do(mine, "report_line", on=room.agreement, line=0, state="delivered", date=room.day(11))
        for given, day in (({"date": room.day(10)}, 10), ({"date": room.day(3)}, 3), ({}, 10)):
            room.do(mine, "report_line", on=room.agreement, line=0, state="delivered", **given)
            assert line(room)["reports"][-1]["date"] == room.day(day)


def test_a_line_that_was_not_delivered_has_nothing_to_confirm(room: PromiseRoom):
    mine, other = (room.steward(room.agreement, party) for party in ("Foreningen", "Kommunen"))
    judged = {"on": room.agreement, "line": 0}
    with refused("not_open", "line", state="none"):
        room.do(other, "confirm_line", **judged, verdict="confirmed")
    room.do(mine, "report_line", **judged, state="not_delivered", words="Ingen kom")
    with refused("not_open", "line", state="not_delivered"):
        room.do(other, "confirm_line", **judged, verdict="confirmed")
    room.do(mine, "report_line", **judged, state="partly", words="Halvdelen")
    with refused("reason_required", "words"):
        room.do(other, "confirm_line", **judged, verdict="contested")
    room.do(other, "confirm_line", **judged, verdict="confirmed")
    assert line(room)["standing"] == "confirmed"


def test_a_steward_speaks_of_the_own_item_alone(room: PromiseRoom):
    with refused("not_yours", "on"):
        room.do(room.steward(room.goal, "Skolechefen"), "report_line", on=room.agreement, line=0, state="delivered")
    with refused("not_yours", "on"):
        room.do(room.steward(room.agreement, "Foreningen"), "report_follow_up", on=room.goal, status="on_track")


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"role": "steward"}, "empty", "on"),
        ({"role": "steward", "on": "goal", "party": "Ingen"}, "not_found", "party"),
        ({"role": "steward", "on": "goal"}, "empty", "party"),
        ({"role": "receiver", "on": "goal"}, "empty", "body"),
        ({"role": "panel", "on": "goal"}, "malformed", "on"),
        ({"role": "panel", "address": "karen"}, "malformed", "address"),
        ({"role": "panel", "address": "a@b.dk\r\nBcc: x@y.dk"}, "malformed", "address"),
        ({"role": "receiver", "body": "x" * 2000}, "too_long", "body"),
    ],
)
def test_a_link_says_what_it_is_for(room: PromiseRoom, given: dict, code: str, field: str):
    if "on" in given:
        given = given | {"on": room.goal}
    with refused(code, field):
        room.do(room.chair, "make_link", **given)


def test_nothing_is_handed_over_of_an_open_workshop(room: PromiseRoom):
    room.do(room.chair, "open_workshop")
    with refused("wrong_step", "workshop", state="open"):
        room.do(room.chair, "hand_over_result")


def test_who_comes_after_the_seminar_sees_nothing_of_the_room(room: PromiseRoom):
    from workshop import dispatch

    for actor in (room.handed_over(), room.steward(room.goal, "Skolechefen"), room.link("panel")):
        for ask in (dispatch.sync, dispatch.seen):
            with refused("not_allowed"):
                ask(actor, {})
        with refused("not_allowed"):
            dispatch.versions(actor, room.goal)


def test_a_report_is_corrected_by_the_party_that_wrote_it(room: PromiseRoom):
    mine, other = (room.steward(room.agreement, party) for party in ("Foreningen", "Kommunen"))
    given = {"on": room.agreement, "status": "on_track"}
    wrong = room.do(mine, "report_follow_up", **given)["follow_up"]
    with refused("not_yours", "corrects"):
        room.do(other, "report_follow_up", **given, corrects=wrong)
    room.do(mine, "report_follow_up", **given, corrects=wrong)


def test_the_reports_of_one_party_leave_room_for_those_of_the_other(room: PromiseRoom, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "REPORTS", 2)
    mine, other = (room.steward(room.agreement, party) for party in ("Foreningen", "Kommunen"))
    given = {"on": room.agreement, "status": "on_track"}
    for _ in range(2):
        room.do(mine, "report_follow_up", **given)
    with refused("too_many", "on", limit=2):
        room.do(mine, "report_follow_up", **given)
    room.do(other, "report_follow_up", **given)


def test_an_agreement_for_its_parties_only_is_seen_by_them(app):
    room = PromiseRoom(agreement={"openness": "parties_only"})
    receiver, party = room.handed_over(), room.steward(room.agreement, "Foreningen")
    strangers = (room.link("panel"), room.steward(room.goal, "Skolechefen"))
    for actor, sees in [(receiver, True), (party, True), *((one, False) for one in strangers)]:
        assert (room.agreement in [item["id"] for item in room.seen_by(actor)["items"]]) is sees
