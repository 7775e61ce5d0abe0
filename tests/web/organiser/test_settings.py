"""A workshop's settings in their form: what is saved, what is refused at its field, what stays typed."""

from __future__ import annotations

import secrets
from html import unescape

import pytest

from tests.web.conftest import Browser, Page, workshop
from tests.web.organiser.saving import at, save, settings_of
from workshop import identity
from workshop.commands.people import joining
from workshop.door import perform
from workshop.extensions import db
from workshop.identity import VISITOR, Actor
from workshop.models import JournalEntry, Workshop


def test_the_settings_are_saved_through_the_one_door(mette: Browser):
    number = mette.make()
    answer = save(
        mette, number, question="Hvad skal der til?", receiving_body="Byrådet", response_due="2027-03-01",
        participation_level="consult", decision_level="inspiration", privacy_minimum="7", ideas_always_open="y",
        overall_majority="3/4", fixed_frame="Linje et\r\nLinje to",
    )  # fmt: skip
    assert answer.status_code == 303
    row = workshop(number)
    assert (row.question, row.receiving_body, row.response_due.isoformat()) == (
        "Hvad skal der til?",
        "Byrådet",
        "2027-03-01",
    )
    assert (row.privacy_minimum, row.ideas_always_open, row.fixed_frame) == (7, True, "Linje et\nLinje to")
    assert row.decision_rules == {"overall_majority": "3/4"}
    assert row.promise.startswith("Vi lytter til dig")
    last = db.session.query(JournalEntry).filter_by(workshop_id=number).order_by(JournalEntry.seq.desc()).first()
    assert last.name == "edit_workshop" and last.actor.startswith("organiser:")


def test_saving_without_a_change_writes_nothing(mette: Browser):
    number = mette.make()
    before = workshop(number).clock
    assert save(mette, number).status_code == 303
    assert workshop(number).clock == before


def test_what_the_facilitator_changed_meanwhile_stays(mette: Browser):
    number = mette.make(question="Det gamle spørgsmål")
    opened = settings_of(mette, number)
    perform(mette.actor(number), "edit_workshop", {"question": "Rettet på konsollen"})
    mette.send(at(number, "settings"), **(opened | {"title": "Ny titel"}))
    assert (workshop(number).question, workshop(number).title) == ("Rettet på konsollen", "Ny titel")


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("title", "", "er tomt"),
        ("question", "å" * 301, "300 tegn"),
        ("privacy_minimum", "2", "fra 3 til 50"),
        ("privacy_minimum", "fem", "fra 3 til 50"),
        ("retention_days", "-1", "fra 0 til 3650"),
        ("response_due", "inden sommer", "Skriv en dato"),
        ("quorum", "3/2", "Skriv en brøk"),
        ("overall_majority", "", "Skriv en brøk"),
        ("participation_level", "bestemme", "ikke udfyldt rigtigt"),
    ],
)
def test_what_cannot_be_used_is_told_at_its_field_and_stays_typed(mette: Browser, field: str, typed: str, words: str):
    number = mette.make(question="Spørgsmål")
    before = workshop(number).clock
    answer = save(mette, number, **{"negotiable": "Det her har jeg skrevet", field: typed})
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422 and words in Page(html).text
    assert "Det her har jeg skrevet" in html
    if field != "participation_level":
        assert unescape(Page(html).values[field]).strip() == typed.strip()
        assert f'id="{field}" name="{field}" aria-invalid="true"' in html
    assert workshop(number).clock == before


def test_once_somebody_has_written_the_form_says_that_the_privacy_minimum_can_only_be_raised(mette: Browser):
    number = mette.make(question="Spørgsmål", ideas_always_open=True)
    only_raised = "Nu 5. Du kan kun vælge et højere tal"
    assert only_raised not in Page(mette.client.get(at(number, "settings")).get_data(as_text=True)).text
    say_something(workshop(number))
    assert only_raised in Page(mette.client.get(at(number, "settings")).get_data(as_text=True)).text
    answer = save(mette, number, privacy_minimum="4", title="Nyt navn")
    html = answer.get_data(as_text=True)
    assert answer.status_code == 409 and "Skriv 5 eller et højere tal" in Page(html).text
    assert 'id="privacy_minimum" name="privacy_minimum" aria-invalid="true"' in html
    assert (workshop(number).privacy_minimum, workshop(number).title != "Nyt navn") == (5, True)
    assert save(mette, number, privacy_minimum="6").status_code == 303 and workshop(number).privacy_minimum == 6


def say_something(row: Workshop) -> None:
    """Somebody comes in and writes an idea."""
    seed = secrets.token_hex(16)
    perform(Actor(VISITOR, row.id), "join", {"code": row.code, "group": "citizens", "seed": seed})
    person = identity.find(joining.join_secrets(seed)[0])
    perform(person, "post_idea", {"text": "En idé"})


def test_labels_are_turned_off_in_the_form(mette: Browser):
    number = mette.make()
    typed = settings_of(mette, number)
    assert typed.pop("group_labels") == "y"
    assert mette.send(at(number, "settings"), **typed).status_code == 303
    assert workshop(number).group_labels is False


def test_every_fault_of_a_form_is_told_at_once(mette: Browser):
    number = mette.make()
    wrong = {"title": "", "question": "å" * 301, "retention_days": "-1", "quorum": "3/2", "group_majority": "nej"}
    answer = save(mette, number, **wrong)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    for field in wrong:
        assert f'id="{field}" name="{field}" aria-invalid="true"' in html, field
    assert html.count('class="err"') == len(wrong)


def test_a_share_may_be_typed_as_a_percentage(mette: Browser):
    number = mette.make()
    save(mette, number, quorum="60 %")
    assert workshop(number).decision_rules["quorum"] == "60/100"


def test_an_emptied_promise_follows_the_level(mette: Browser):
    number = mette.make(promise="Et eget løfte")
    save(mette, number, promise="")
    assert workshop(number).promise.startswith("Vi finder løsningen")


def test_words_are_shown_as_words_and_never_as_markup(mette: Browser):
    number = mette.make(title="<script>alert(1)</script>", question='"><img src=x onerror=alert(1)>')
    for page in ("", "settings", "groups", "sheet", "export", "delete"):
        html = mette.client.get(at(number, page)).get_data(as_text=True)
        assert "<script>alert" not in html and "<img" not in html
