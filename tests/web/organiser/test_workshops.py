"""An organiser's workshops: made, copied, opened, closed, deleted, and nobody else's business."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from tests.commands.voting import refused
from tests.web.conftest import Browser, Page, workshop
from tests.web.organiser.saving import at, group, save
from workshop import clock, identity
from workshop.commands.room.workshops import links
from workshop.cookies import cookie_name
from workshop.door import perform
from workshop.extensions import db
from workshop.identity import BOARD, FACILITATOR, ORGANISER, VISITOR, Actor
from workshop.models import Group, JournalEntry, Participant, Step, Workshop
from workshop.rules.templates import TEMPLATES


@pytest.mark.parametrize("template", TEMPLATES)
def test_each_template_makes_a_draft_with_its_steps(mette: Browser, template: str):
    answer = mette.send("/organiser/workshops/new", title="Ny", template=template, language="da")
    number = int(answer.headers["Location"].split("/")[3])
    row = workshop(number)
    assert (row.state, row.title, len(row.steps)) == ("draft", "Ny", len(TEMPLATES[template].steps))
    assert "Kladde" in mette.open("/organiser").text


def test_a_workshop_needs_a_title_and_what_was_chosen_stays(mette: Browser):
    answer = mette.send("/organiser/workshops/new", title=" ", template="idea_pool", language="en")
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "er tomt" in html
    assert 'value="idea_pool" checked' in html and '<option value="en" selected' in html
    assert db.session.query(Workshop).count() == 0


def test_all_own_workshops_stand_side_by_side_and_nobody_elses(mette: Browser, bo: Browser):
    mette.make(title="Min åbne", response_due="2027-03-01")
    mette.make(title="Min kladde", state="draft")
    bo.make(title="En andens")
    text = mette.open("/organiser").text
    assert text.index("Min åbne") < text.index("Min kladde")
    assert "Svar senest 1. marts 2027" in text and "0 deltagere" in text
    assert "En andens" not in text


PAGES = ("", "settings", "groups", "sheet", "export", "duplicate", "delete", "links/board/replace")


def test_another_organisers_workshop_is_not_found_on_any_page(mette: Browser, bo: Browser):
    number = mette.make()
    for page in PAGES:
        assert mette.client.get(at(number, page)).status_code == 200, page
        assert bo.client.get(at(number, page)).status_code == 404, page
    key = bo.open("/organiser/account").csrf
    one = group(number, "citizens").id
    for page in ("settings", "groups", f"groups/{one}", f"groups/{one}/remove", "duplicate", "delete", "record",
                 "links/board/replace", "state/close"):  # fmt: skip
        answer = bo.client.post(at(number, page), data={"csrf_token": key, "title": "Unge i Fjordby", "published": "yes"})
        assert answer.status_code == 404, page
    row = workshop(number)
    assert (row.state, row.record_slug, row.title) == ("open", None, "Unge i Fjordby")


def test_pages_are_shut_for_who_is_not_logged_in(mette: Browser, stranger: Browser):
    number = mette.make()
    for page in PAGES:
        answer = stranger.client.get(at(number, page))
        assert answer.status_code == 303 and "/organiser/login" in answer.headers["Location"]


def test_a_closed_workshop_is_reopened_before_it_is_edited(mette: Browser):
    number = mette.make(receiving_body="Byrådet", response_due="2027-03-01")
    mette.send(at(number, "state/close"), page=at(number))
    answer = save(mette, number, question="For sent")
    assert answer.status_code == 409 and "For sent" in answer.get_data(as_text=True)
    assert "Åbn den igen" in Page(answer.get_data(as_text=True)).text
    mette.send(at(number, "state/open"), page=at(number))
    assert save(mette, number, question="Nu").status_code == 303


def test_it_does_not_close_before_somebody_will_answer(mette: Browser):
    number = mette.make()
    answer = mette.send(at(number, "state/close"), page=at(number))
    html = answer.get_data(as_text=True)
    assert answer.status_code == 409 and "hvem der svarer" in html
    assert f'href="{at(number, "settings")}#receiving_body"' in html
    assert workshop(number).state == "open"


def test_a_draft_is_opened_and_then_people_can_join(mette: Browser, stranger: Browser):
    number = mette.make(state="draft")
    code = {"code": workshop(number).code, "group": "citizens"}
    assert stranger.client.post("/api/join", json=code).get_json()["error"]["code"] == "not_open"
    mette.send(at(number, "state/open"), page=at(number))
    assert stranger.client.post("/api/join", json=code).status_code == 201
    assert "Deltagere 1" in mette.open(at(number)).text


def test_a_replaced_link_ends_at_once_with_every_device_it_let_in(app: Flask, mette: Browser, stranger: Browser):
    number = mette.make()
    old = links(workshop(number))[FACILITATOR]
    assert f"/f/{old}" in mette.open(at(number)).text
    assert stranger.client.post(f"/f/{old}").status_code == 303
    assert stranger.client.get(f"/workshops/{number}/console").status_code == 200
    assert mette.client.get(at(number, "links/facilitator/replace")).status_code == 200
    assert links(workshop(number))[FACILITATOR] == old, "looking replaces nothing"
    mette.send(at(number, "links/facilitator/replace"))
    new = links(workshop(number))[FACILITATOR]
    assert new != old
    with refused("ended"):
        identity.find(old)
    assert stranger.client.get(f"/f/{old}").status_code == 410
    assert stranger.client.get(f"/workshops/{number}/console").status_code == 404
    assert identity.find(new).workshop_id == number
    assert links(workshop(number))[BOARD], "the board's link is left alone"


def test_a_copy_leaves_out_a_date_that_has_passed_and_says_so(mette: Browser):
    for days, due in ((1, clock.today() + timedelta(days=1)), (0, None), (-400, None)):
        number = mette.make(response_due=(clock.today() + timedelta(days=days)).isoformat())
        copy = int(mette.send(at(number, "duplicate"), title="En til").headers["Location"].split("/")[3])
        assert workshop(copy).response_due == due
        said = "Svarfristen var overskredet" in mette.open(at(copy, "settings")).text
        assert said is (due is None)


def test_a_copy_has_the_plan_and_nothing_of_the_meeting(mette: Browser):
    number = mette.make(
        template="collaboration",
        question="Hvad skal der til?",
        privacy_minimum=6,
        decision_rules={"quorum": "2/3"},
        response_due=(clock.today() + timedelta(days=90)).isoformat(),
    )
    actor = mette.actor(number)
    perform(actor, "add_group", {"key": "unge", "name": {"da": "Unge", "en": "Young people"}, "level": "region"})
    step = workshop(number).steps[0]
    perform(actor, "edit_step", {"step": step.record_id, "title": "Kaffe", "minutes": 42})
    perform(actor, "start_step", {"step": step.record_id})
    row = workshop(number)
    perform(Actor(VISITOR, number), "join", {"code": row.code, "group": "unge", "seed": "a" * 32})
    answer = mette.send(at(number, "duplicate"), title="En til")
    copy = workshop(int(answer.headers["Location"].split("/")[3]))
    row = workshop(number)
    assert (copy.title, copy.state, copy.question, copy.privacy_minimum) == ("En til", "draft", "Hvad skal der til?", 6)
    assert (dict(copy.decision_rules), copy.response_due) == ({"quorum": "2/3"}, row.response_due)
    assert [(g.key, g.name_da, g.level, g.required) for g in copy.groups] == [
        (g.key, g.name_da, g.level, g.required) for g in row.groups
    ]
    assert [(s.title, s.minutes, s.settings) for s in copy.steps] == [(s.title, s.minutes, s.settings) for s in row.steps]
    assert {s.state for s in copy.steps} == {"waiting"} and copy.steps[0].title == "Kaffe"
    assert db.session.query(Participant).filter_by(workshop_id=copy.id).count() == 0
    codes = [copy.code, *(g.code for g in copy.groups), row.code, *(g.code for g in row.groups)]
    assert len(set(codes)) == len(codes)
    assert set(links(copy).values()).isdisjoint({token for token in links(row).values() if token})


def test_deleting_says_what_goes_and_wants_the_title(mette: Browser, stranger: Browser):
    number = mette.make(title="Unge i Fjordby")
    code = workshop(number).code
    joined = stranger.client.post("/api/join", json={"code": code, "group": "citizens"}).get_json()
    assert "Én deltager" in mette.open(at(number, "delete")).text
    answer = mette.send(at(number, "delete"), title="unge i fjordby")
    assert answer.status_code == 422 and "Intet er slettet" in Page(answer.get_data(as_text=True)).text
    assert mette.send(at(number, "delete"), title="Unge i Fjordby").status_code == 303
    assert "er slettet" in mette.open("/organiser").text
    assert mette.client.get(at(number)).status_code == 404
    assert stranger.client.get(f"/j/{code}").status_code == 404
    with refused("ended"):
        identity.find(joined["token"])
    for model in (Workshop, Group, Step, Participant, JournalEntry):
        assert db.session.query(model).count() == 0, model


def test_the_sheet_has_a_page_for_everybody_and_one_for_each_group(mette: Browser):
    number = mette.make(language="en", question="What does it take?")
    html = mette.client.get(at(number, "sheet")).get_data(as_text=True)
    row = workshop(number)
    assert html.count('<section class="table-sheet"') == html.count('<svg class="qr"') == 1 + len(row.groups)
    for code in (row.code, *(g.code for g in row.groups)):
        assert code in html
    assert '<html lang="en">' in html and "Citizens" in html and "Borgere" not in html
    assert "Borgere" in mette.client.get(at(number, "sheet") + "?lang=da").get_data(as_text=True)


def test_an_address_only_this_machine_knows_is_warned_about(mette: Browser):
    number = mette.make()
    warned = "kun denne computer kan bruge"
    assert warned in mette.open(at(number, "sheet")).text
    token = mette.client.get_cookie(cookie_name(ORGANISER)).value
    mette.client.set_cookie(cookie_name(ORGANISER), token, domain="rundbord.example")
    there = mette.client.get(at(number, "sheet"), base_url="http://rundbord.example")
    assert warned not in there.get_data(as_text=True) and "rundbord.example" in there.get_data(as_text=True)


def test_the_result_is_offered_in_seven_formats_and_both_languages(mette: Browser):
    number = mette.make()
    offered = [link for link in mette.open(at(number, "export")).links if "/export/" in link]
    addresses = [link for link in offered if "/export/checker" not in link]
    short = [link for link in addresses if "short=1" in link]
    assert sorted({link.rpartition("/")[2].partition("?")[0] for link in short}) == ["docx", "pdf"]
    assert (len(short), len(addresses)) == (4, 18)
    assert len(offered) == 19, "the checker is offered beside the files"
    assert mette.client.get(addresses[-1]).status_code == 200


def test_the_record_is_published_and_taken_down_on_the_page(mette: Browser, stranger: Browser):
    number = mette.make()
    mette.send(at(number, "record"), page=at(number, "export"), published="yes")
    page = mette.open(at(number, "export"))
    record = next(link for link in page.links if "/record/" in link).removeprefix("http://localhost")
    assert stranger.client.get(record).status_code == 200
    mette.send(at(number, "record"), page=at(number, "export"), published="no", reason="Et navn stod forkert.")
    taken_back = stranger.client.get(record)
    assert taken_back.status_code == 410 and "Grund: Et navn stod forkert." in taken_back.get_data(as_text=True)


def test_a_draft_has_no_record(mette: Browser):
    number = mette.make(state="draft")
    answer = mette.send(at(number, "record"), page=at(number, "export"), published="yes")
    assert answer.status_code == 409 and workshop(number).record_slug is None


def test_the_pages_work_in_english_too(mette: Browser):
    number = mette.make()
    for page in PAGES:
        text = Page(mette.client.get(at(number, page) + "?lang=en").get_data(as_text=True)).text
        assert "organiser." not in text, page
