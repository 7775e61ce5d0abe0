"""The page of an owner or a party: reports, verdicts, passing on and ending, without a script."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.commands.follow_up.promise_room import PromiseRoom
from tests.commands.voting import refused
from tests.web.conftest import client_of
from tests.web.follow_up.visiting import Visitor, opened, words
from workshop.extensions import db
from workshop.models import Workshop
from workshop.models.reviews import follow_up_ends
from workshop.screens.mail_words import day_words

REPORT = {
    "report-status": "partly",
    "report-what_worked": "Halvdelen er plantet",
    "report-what_went_wrong": "Frosten",
    "report-lesson": "Plant om efteråret",
}


@pytest.fixture
def room(app: Flask) -> PromiseRoom:
    return PromiseRoom()


@pytest.fixture
def owner(app: Flask, room: PromiseRoom) -> Visitor:
    return opened(app, room, "steward", on=room.goal, party="Skolechefen")


def party(app: Flask, room: PromiseRoom, name: str) -> Visitor:
    return opened(app, room, "steward", on=room.agreement, party=name)


def test_one_form_reports_the_line_the_number_and_the_words(room: PromiseRoom, owner: Visitor):
    with room.after(30):
        line = {"line-0-state": "delivered", "line-0-evidence": "Kort over stederne"}
        value = {"report-value": "412 træer", "report-source": "Park og Natur"}
        hidden = owner.hidden()
        for _ in range(2):
            assert owner.send("", hidden, **line, **value, **REPORT).status_code == 303
        item = room.item(room.goal)
        assert (item["lines"][0]["state"], item["lines"][0]["standing"]) == ("delivered", "documented")
        assert (item["reached"]["number"], item["reached"]["state"]) == ("412", "moving")
        assert len(item["reports"]) == 1 and len(item["lines"][0]["reports"]) == 1
        page = owner.see()
        assert "På vej: 62 % af vejen." in page and "Plant om efteråret" in page and "Leveret, dokumenteret" in page


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"report-value": "412 buske"}, "Tallet kan ikke læses som træer."),
        ({"report-value": "mange"}, "Tallet kan ikke læses som træer."),
        ({"report-what_went_wrong": ""}, "Skriv, hvad der gik skævt. ”Intet” er også et svar."),
        ({"report-status": ""}, "Vælg, hvordan det går."),
        ({"report-value": "412", "report-value_date": "2020-01-01"}, "Datoen ligger før aftalen, som er fra"),
        ({"report-value": "412", "report-value_date": "ugen efter"}, "Skriv en dato, fx"),
        ({"report-what_worked": "x" * 1501}, "1500"),
    ],
)
def test_a_bad_report_is_told_at_its_field_and_nothing_typed_is_lost(
    room: PromiseRoom, owner: Visitor, fields: dict[str, str], told: str
):
    sent = REPORT | fields
    answer = owner.send(**sent)
    page = words(answer)
    assert answer.status_code == 422 and told in page and 'class="err"' in page
    assert all(value in page for name, value in sent.items() if name != "report-status")
    assert not room.item(room.goal)["reports"]


def test_what_was_carried_out_is_not_sent_again_with_what_was_refused(room: PromiseRoom, owner: Visitor):
    answer = owner.send(
        **{"line-0-state": "delivered", "line-0-words": "Stederne er fundet"}, **REPORT | {"report-value": "x"}
    )
    page = words(answer)
    assert answer.status_code == 422 and "Halvdelen er plantet" in page
    assert room.item(room.goal)["lines"][0]["state"] == "delivered"
    assert "checked" not in page.partition("Hvad er der sket?")[2].partition("</fieldset>")[0]


def test_nothing_filled_in_is_told(owner: Visitor):
    answer = owner.send()
    assert answer.status_code == 422 and "Der er intet udfyldt endnu" in words(answer)


def test_a_report_is_corrected_by_a_new_one_that_names_it(room: PromiseRoom, owner: Visitor):
    owner.send(**REPORT, **{"report-value": "500"})
    first = room.item(room.goal)["reports"][0]["id"]
    page = owner.see(query=f"?corrects={first}")
    assert "Den nye melding retter den tidligere" in page and f'name="report-corrects" value="{first}"' in page
    owner.send(**REPORT, **{"report-value": "400", "report-corrects": first})
    item = room.item(room.goal)
    assert item["reports"][0]["corrected_by"] == item["reports"][1]["id"] and item["reached"]["number"] == "400"
    assert "rettet af en senere melding" in owner.see()


def test_another_party_confirms_or_contests_and_both_sentences_stand(app: Flask, room: PromiseRoom):
    association, council = party(app, room, "Foreningen"), party(app, room, "Kommunen")
    line = next(line for line in room.item(room.agreement)["lines"] if line["party"] == "Foreningen")["line"]
    association.send(**{f"line-{line}-state": "delivered", f"line-{line}-words": "To voksne hver aften"})
    assert "To voksne hver aften" in council.see()
    bare = council.send("/verdict", line=str(line), verdict="contested")
    assert bare.status_code == 422 and "Uden ord kan det ikke sendes" in words(bare)
    council.send("/verdict", line=str(line), verdict="contested", **{f"line-{line}-words": "Vi så kun én"})
    page = association.see()
    assert "Leveret, men bestridt" in page and "Kommunen bestrider det" in page and "Vi så kun én" in page
    own = association.send("/verdict", line=str(line), verdict="confirmed")
    assert own.status_code == 409 and "hører til en anden part" in words(own)


def test_a_steward_reports_no_line_of_another_party(app: Flask, room: PromiseRoom):
    association = party(app, room, "Foreningen")
    other = next(line for line in room.item(room.agreement)["lines"] if line["party"] == "Kommunen")["line"]
    answer = association.send(**{f"line-{other}-state": "delivered", f"line-{other}-words": "Gjort"})
    assert answer.status_code == 422
    assert {line["state"] for line in room.item(room.agreement)["lines"]} == {"none"}


def test_work_is_passed_on_and_taken_over_and_the_old_link_ends(app: Flask, room: PromiseRoom, owner: Visitor):
    wrong = owner.send("/pass_on", to_name="Karen", address="karen snabel a", words="Jeg flytter")
    assert wrong.status_code == 422 and "Det er ikke en e-mailadresse" in words(wrong) and "Jeg flytter" in words(wrong)
    assert owner.send("/pass_on", to_name="Karen", address="karen@example.org", words="Jeg flytter").status_code == 303
    token = room.seen_by(room.chair)["mine"]["links"][-1]["token"]
    karen = Visitor(owner.client, "steward", token)
    assert "Vil I tage over?" in karen.see() and "Jeg flytter" in karen.see() and "Send meldingen" not in karen.see()
    assert karen.send(**REPORT).status_code == 409
    assert karen.send("/accept").status_code == 303
    assert "Send meldingen" in karen.see()
    assert "virker ikke på denne enhed" in owner.see(410)


def test_work_that_is_refused_stays_where_it_was(app: Flask, room: PromiseRoom, owner: Visitor):
    owner.send("/pass_on", to_name="Karen")
    karen = Visitor(owner.client, "steward", room.seen_by(room.chair)["mine"]["links"][-1]["token"])
    answer = karen.send("/refuse", words="Jeg har ikke tid")
    assert answer.status_code == 200 and "bliver hos den, der havde den" in words(answer)
    karen.see(410)
    assert "Send meldingen" in owner.see()


def test_an_agreement_is_ended_by_its_own_terms(app: Flask, room: PromiseRoom):
    council = party(app, room, "Kommunen")
    wrong = council.send("/end", reason="", date="")
    assert wrong.status_code == 422 and "begrundelse" in words(wrong)
    assert council.send("/end", reason="Skolen lukker", date="").status_code == 303
    assert room.item(room.agreement)["ended"]["by"] == "Kommunen"
    assert "Aftalen er sagt op og gælder til" in council.see() and "Skolen lukker" in council.see()


def test_two_links_of_one_person_are_open_side_by_side(app: Flask, room: PromiseRoom, owner: Visitor):
    second = opened(app, room, "steward", owner.client, on=room.agreement, party="Foreningen")
    assert "600 træer" in owner.see() and "600 træer" not in second.see()
    assert owner.send(**REPORT).status_code == 303 and len(room.item(room.goal)["reports"]) == 1


def test_the_panel_asks_and_says_in_public(app: Flask, room: PromiseRoom):
    panel = opened(app, room, "panel")
    key = room.goal.replace(":", "-")
    empty = panel.send(act=f"ask={room.goal}", **{f"ask-{key}-words": ""})
    assert empty.status_code == 422 and "Skriv noget, før du sender." in words(empty)
    assert panel.send(act=f"ask={room.goal}", **{f"ask-{key}-words": "Hvor står de?"}).status_code == 303
    assert panel.send(act="say=whole", **{"say-whole-words": "Det går fremad"}).status_code == 303
    assert panel.send(act=f"say={room.goal}", **{f"say-{key}-words": "Vi talte 300"}).status_code == 303
    assert panel.send(act="say=goal:999", **{"say-goal-999-words": "x"}).status_code == 422
    seen = room.seen_by(room.chair)
    assert seen["statement"]["words"] == "Det går fremad" and room.item(room.goal)["statement"]["words"] == "Vi talte 300"
    assert room.item(room.goal)["questions"][0]["words"] == "Hvor står de?"
    assert "Hvor står de?" in panel.see() and "Det går fremad" in panel.see()


def test_a_link_ends_by_itself_a_month_after_the_last_day_and_says_so(app: Flask, room: PromiseRoom, owner: Visitor):
    """One last day for links, cards and addresses; a later day of the rhythm moves it, also when it is past."""
    room.do(room.organiser, "publish_record", published=True)
    ends = follow_up_ends(db.session.get_one(Workshop, room.id))
    days = (ends - room.today).days
    hidden = owner.hidden()
    head = {"Authorization": f"Bearer {owner.door.rpartition('/')[2]}"}
    calendar = client_of(app).get("/api/follow_up", headers=head).json["mine"]["calendar"]
    with room.after(days):
        owner.see()
        assert owner.client.get(calendar).status_code == 200
    with room.after(days + 1):
        page = owner.see(410)
        assert "Opfølgningen er slut" in page and day_words(ends, "da") in page and "/record/" in page
        for answer in (owner.client.get(owner.door), owner.client.post(owner.door), owner.send("", hidden, **REPORT)):
            assert answer.status_code == 410 and "Opfølgningen er slut" in words(answer)
        assert owner.client.get(calendar).status_code == 410
        told = client_of(app).get("/api/follow_up", headers=head)
        assert told.status_code == 401 and told.json["error"]["over"] == ends.isoformat()
        with refused("closed", "link"):
            room.do(room.chair, "make_link", role="panel")
        room.do(room.organiser, "set_rhythm", dates=[room.day(days + 2)])
        owner.see()
        assert owner.client.get(calendar).status_code == 200


def test_the_page_of_an_ended_follow_up_tells_of_no_other_workshop(app: Flask, room: PromiseRoom, owner: Visitor):
    """The address of a record cannot be guessed, so no number of a workshop leads to it."""
    other = PromiseRoom()
    for one in (room, other):
        one.do(one.organiser, "publish_record", published=True)
    slugs = {one.id: db.session.get_one(Workshop, one.id).record_slug for one in (room, other)}
    token = owner.door.rpartition("/")[2]
    with room.after((follow_up_ends(db.session.get_one(Workshop, room.id)) - room.today).days + 1):
        for role in ("receiver", "steward", "panel"):
            client = client_of(app)
            client.set_cookie(f"rundbord_{role}_{other.id}_1", token)
            for call in (client.get, client.post):
                page = call(f"/workshops/{other.id}/{role}/1").get_data(as_text=True)
                assert slugs[other.id] not in page and f"/record/{slugs[room.id]}" in page, role
            client.set_cookie(f"rundbord_{role}_{other.id}_1", "unknown")
            assert "/record/" not in client.get(f"/workshops/{other.id}/{role}/1").get_data(as_text=True)


def test_the_page_says_that_the_text_has_another_owner(app: Flask, room: PromiseRoom):
    before = party(app, room, "Foreningen")
    hidden = before.hidden()
    room.another_owner(room.agreement, "Foreningen", "Beboerrådet")
    assert "Teksten har fået en anden ansvarlig." in before.see(410)
    assert "The text has another owner now." in before.see(410, "?lang=en")
    for under, fields in (("", REPORT), ("/end", {"reason": "Vi vil ikke mere"}), ("/pass_on", {"to_name": "Karen"})):
        answer = before.send(under, hidden, **fields)
        assert answer.status_code == 410 and "Teksten har fået en anden ansvarlig." in words(answer), under
    assert room.item(room.agreement)["reports"] == [] and room.item(room.agreement)["ended"] is None
    assert "Teksten har" not in party(app, room, "Beboerrådet").see()
