"""The outcome read from a seminar that was played through the commands."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from flask import Flask

from tests.commands.voting import Room, refused
from tests.export.reading import csv_rows, docx_text, markdown_text, one_line, pdf_text
from tests.export.seminar import AGAINST, HIDDEN, PRIVATE, PURPOSE, RESERVATION, WITHDRAWN, Seminar
from workshop.door import perform
from workshop.export import FORMATS, export
from workshop.export.document import Outcome
from workshop.export.outcome import outcome
from workshop.extensions import db
from workshop.models import Agreement, BallotPaper, Decision, JournalEntry
from workshop.rules import chain
from workshop.rules.mandate import ONLY_ADVICE


@pytest.fixture
def read(seminar: Seminar) -> Outcome:
    return outcome(seminar.workshop, "da")


def test_the_agreement_that_was_carried_is_agreed_and_the_open_one_is_an_intention(seminar: Seminar, read: Outcome) -> None:
    standings = {one.id: (one.label, one.standing) for one in read.agreements}
    assert standings == {
        seminar.agreement: ("Aftale A", "agreed"),
        seminar.intention: ("Hensigt B", "intention"),
    }
    assert [goal.standing for goal in read.goals] == ["agreed"]


BLOCKING = [{"code": "A05", "severity": "B", "field": "disagreement"}]


def test_an_agreement_with_a_blocking_check_at_closing_is_never_called_one(seminar: Seminar) -> None:
    row = db.session.get_one(Agreement, int(seminar.agreement.split(":")[1]))
    row.state, row.checks = "proposed", BLOCKING
    db.session.commit()
    one = outcome(seminar.workshop, "da").agreements[0]
    assert (one.label, one.standing) == ("Hensigt A", "intention")


def test_what_was_carried_stays_an_agreement_when_a_date_passes_later(seminar: Seminar) -> None:
    row = db.session.get_one(Agreement, int(seminar.agreement.split(":")[1]))
    row.checks = BLOCKING
    db.session.commit()
    one = outcome(seminar.workshop, "da").agreements[0]
    assert (one.label, one.standing) == ("Aftale A", "agreed")


def test_while_the_workshop_runs_nothing_is_an_intention_yet(seminar_at: Callable[..., Seminar]) -> None:
    read = outcome(seminar_at(close=False).workshop)
    assert [one.standing for one in read.agreements] == ["agreed", "unfinished"]
    assert read.state == "open"
    assert read.closed_on is None


def test_the_result_per_group_is_the_published_one(seminar: Seminar, read: Outcome) -> None:
    row = db.session.query(Decision).filter_by(text_id=seminar.agreement).one()
    assert row.result is not None
    assert read.decisions[0].subject.id == seminar.agreement
    assert read.decisions[0].subject.text == PURPOSE
    assert read.decisions[0].outcome == row.result["outcome"] == "ratified"
    shown = [
        {
            "keys": sorted(group.keys),
            "status": group.status,
            "counts": None
            if group.counts is None
            else {
                "for": group.counts.for_.write(), "reservation": group.counts.reservation.write(),
                "against": group.counts.against.write(), "blank": group.counts.blank.write(),
                "cast": group.counts.cast.write(), "eligible": group.counts.eligible.write(),
            },
        }
        for group in read.decisions[0].groups
    ]  # fmt: skip
    assert sorted(shown, key=str) == sorted(row.result["groups"], key=str)
    assert [group.name for group in read.decisions[0].groups][-1] == "Fagfolk + Forskere"
    assert read.decisions[0].reservations == (RESERVATION,)
    assert read.decisions[0].dissent == (AGAINST,)
    assert read.decisions[0].absent == ("Ledere",)


def test_the_document_does_not_change_when_the_papers_are_gone(seminar: Seminar, read: Outcome) -> None:
    db.session.query(BallotPaper).delete()
    db.session.commit()
    again = outcome(seminar.workshop, "da")
    assert (again.decisions, again.ballots) == (read.decisions, read.ballots)


def test_small_groups_are_counted_together_in_the_room(read: Outcome) -> None:
    assert [(group.name, group.people.exact) for group in read.room.groups] == [
        ("Borgere", 12), ("Byråd", 11), ("Fagfolk + Forskere", 8),
    ]  # fmt: skip
    assert read.room.absent == ("Ledere",)
    assert read.room.people.exact == 31


def test_what_became_of_each_idea_is_told_and_what_the_room_may_not_see_is_not(seminar: Seminar, read: Outcome) -> None:
    by_id = {idea.id: idea for idea in read.ideas}
    first, second, third, merged = (by_id[one] for one in seminar.ideas[:4])
    assert [one.label for one in first.became] == ["Mål 1", "Aftale A", "Hensigt B"]
    assert first.chosen
    # Two researchers would be the only people whose ideas have no label, so nobody's has one.
    assert first.group is None and third.group is None
    assert (merged.state, merged.merged_into.id) == ("merged", first.id)  # type: ignore[union-attr]
    assert [(one.sort, one.text) for one in second.comments] == [("question", "Hvem låser?")]
    assert set(by_id) == set(seminar.ideas[:4])
    assert read.hidden_ideas == 1


def test_no_file_holds_what_was_private_hidden_or_withdrawn_or_a_name_not_given(seminar: Seminar) -> None:
    for key, entry in FORMATS.items():
        content = entry.render(outcome(seminar.workshop, "da"))
        text = {"pdf": pdf_text, "docx": docx_text}.get(key, lambda raw: raw.decode("utf-8", "replace"))(content)
        for secret in (HIDDEN, WITHDRAWN, PRIVATE, "Bo Hemmelig", seminar.room.code):
            assert secret not in text, (key, secret)


def test_people_are_named_only_where_they_chose_it(read: Outcome) -> None:
    said = sorted(((one.name, one.group, one.standing) for one in read.commitments), key=str)
    assert said == [("Mette Aagaard", "Borgere", "behind"), (None, None, "behind"), (None, None, "not_behind")]


def test_the_shortlist_is_the_published_one(seminar: Seminar, read: Outcome) -> None:
    shortlist = read.ballots[0].shortlist
    assert shortlist is not None
    assert [one.id for one in shortlist.winners] == seminar.ideas[:2]
    assert [step.phase for step in shortlist.steps] == ["equal_shares", "phragmen"]
    assert shortlist.weights == "one_person"


def test_the_document_ends_where_the_journal_ends_and_the_chain_holds(seminar: Seminar, read: Outcome) -> None:
    rows = db.session.query(JournalEntry).filter_by(workshop_id=seminar.room.id).order_by(JournalEntry.seq).all()
    made = read.provenance
    entries = [row.as_entry() | {"hash": row.hash} for row in rows]
    assert chain.verify(entries, count=made.journal_entries, last_hash=made.journal_hash).holds


@pytest.mark.aside
def test_making_every_file_changes_nothing(seminar: Seminar) -> None:
    before = (seminar.workshop.clock, db.session.query(JournalEntry).count())
    for key in FORMATS:
        export(seminar.workshop, key, "en")
    assert not db.session.dirty
    assert (seminar.workshop.clock, db.session.query(JournalEntry).count()) == before


def test_the_same_state_gives_the_very_same_file_and_the_next_state_a_new_one(
    seminar_at: Callable[..., Seminar],
) -> None:
    seminar = seminar_at(close=False)
    first = export(seminar.workshop, "pdf", "da")
    assert export(seminar.workshop, "pdf", "da") is first
    assert export(seminar.workshop, "pdf", "da", public=True) is not first
    seminar.room.do(seminar.room.people["citizens"][0], "post_idea", text="En idé til")
    assert "En idé til" in pdf_text(export(seminar.workshop, "pdf", "da")[2])


def test_a_public_file_has_no_contacts_and_no_agreement_that_is_for_its_parties_only(seminar: Seminar) -> None:
    assert "kontakt@fjordby.example" in export(seminar.workshop, "json")[2].decode()
    assert "kontakt@fjordby.example" not in export(seminar.workshop, "json", public=True)[2].decode()
    row = db.session.get_one(Agreement, int(seminar.agreement.split(":")[1]))
    row.content["openness"] = "parties_only"
    db.session.commit()
    inside, outside = outcome(seminar.workshop), outcome(seminar.workshop, public=True)
    assert PURPOSE in json.dumps(json.loads(FORMATS["json"].render(inside)), ensure_ascii=False)
    text = FORMATS["json"].render(outside).decode()
    assert PURPOSE not in text
    assert RESERVATION not in json.dumps(json.loads(text)["agreements"], ensure_ascii=False)
    assert seminar.agreement not in text
    assert outside.withheld_agreements == 1
    assert "1 aftale er kun for parterne" in markdown_text(FORMATS["md"].render(outside))


@pytest.mark.parametrize("level", sorted(ONLY_ADVICE))
@pytest.mark.parametrize("language", ["da", "en"])
def test_a_room_that_only_advises_takes_home_no_word_of_deciding(
    seminar_at: Callable[..., Seminar], level: str, language: str
) -> None:
    text = pdf_text(export(seminar_at(level).workshop, "pdf", language)[2]).lower()
    for word in ("beslut", "vedtag", "decid", "decision"):
        assert word not in text, word


def test_the_pdf_has_the_wording_and_the_result_of_each_group(seminar: Seminar) -> None:
    name, mime, content = export(seminar.workshop, "pdf", "da")
    assert name.startswith("fjordby-unge-ensomhed-20")
    assert mime == "application/pdf"
    text = pdf_text(content)
    assert PURPOSE in text
    assert "Borgere – over 1/2 Flertal" in one_line(text)
    assert "=cmd|' /C calc'!A0" in text


def test_a_formula_as_an_idea_is_harmless_in_the_csv_file(seminar: Seminar) -> None:
    rows = csv_rows(export(seminar.workshop, "csv", "da")[2])
    assert "'=cmd|' /C calc'!A0" in [row["Tekst"] for row in rows if row["Slags"] == "idé"]


def test_without_a_language_the_workshops_own_is_used_and_an_unknown_format_is_refused(seminar: Seminar) -> None:
    assert outcome(seminar.workshop).language == "da"
    assert outcome(seminar.workshop, "en").room.absent == ("Leaders",)
    with refused("not_found", "format", formats=["pdf", "docx", "xlsx", "csv", "md", "json", "ics"]):
        export(seminar.workshop, "exe")


def test_a_vote_that_ended_because_the_text_changed_is_not_a_result(seminar_at: Callable[..., Seminar]) -> None:
    seminar = seminar_at(close=False)
    room = seminar.room
    goal = room.do(room.chair, "draft_goal", title="Et mål", from_ideas=seminar.ideas[:1])["goal"]
    values = {
        "indicator": "Antal", "unit": "%", "target": "60", "deadline": "2099-01-01", "owner": "Ungeenheden",
    }  # fmt: skip
    perform(room.chair, "edit_goal", {"goal": goal, "version": 1, **values})
    room.decision(goal, version=2)
    perform(room.chair, "edit_goal", {"goal": goal, "version": 2, "title": "Et andet mål"})
    read = outcome(seminar.workshop)
    assert goal not in [one.subject.id for one in read.decisions]
    assert next(one for one in read.goals if one.id == goal).standing == "unfinished"


def test_a_room_under_the_privacy_minimum_is_not_counted(app: Flask) -> None:
    room = Room({"citizens": 2, "politicians": 1})
    read = outcome(Seminar(room, "", "", "", []).workshop)
    assert [group.people.write() for group in read.room.groups] == [None]
    assert read.room.people.write() is None
