"""Ideas that are brought along: all or none, without an author, in ballots like others, undone while nobody uses them."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from tests.commands.voting import Room, refused
from workshop import screens
from workshop.door import perform
from workshop.extensions import db
from workshop.models import Idea, JournalEntry, Theme
from workshop.rules.refusal import Refused
from workshop.screens import voice
from workshop.screens.similar import pairs

SOURCE = "Borgermødet 12. marts"


@pytest.fixture
def room(app: Any) -> Room:
    return Room({"citizens": 6, "politicians": 6}, template="collaboration")


def bring(room: Room, *rows: dict[str, Any] | str, source: str = SOURCE) -> list[str]:
    given = [{"text": row} if isinstance(row, str) else row for row in rows]
    return list(room.do(room.chair, "import_ideas", rows=given, source=source)["ideas"])


def record(room: Room, record_id: str) -> dict[str, Any]:
    db.session.rollback()
    put = screens.changes(room.id, 0, "room")["put"]
    return dict(next(one for one in put if one["id"] == record_id))


def test_the_room_sees_them_at_once_with_their_source_and_in_their_order(room: Room):
    first, second = bring(room, {"text": "Åbn skolen", "why": "Der er varmt"}, {"text": "Lys", "origin": "Høring 2025"})
    shown = record(room, first)
    assert (shown["text"], shown["why"], shown["source"], shown["group"], shown["state"]) == (
        *("Åbn skolen", "Der er varmt", SOURCE),
        *(None, "open"),
    )
    assert record(room, second)["source"] == "Høring 2025"
    assert record(room, first)["position"] < record(room, second)["position"]


def test_they_can_be_brought_before_the_workshop_opens_and_not_after_it_has_closed(app: Any):
    room = Room({"citizens": 0}, state="draft")
    assert bring(room, "Åbn skolen")
    room.do(room.chair, "open_workshop")
    room.do(room.chair, "edit_workshop", receiving_body="Byrådet", response_due="2040-01-01")
    room.do(room.chair, "close_workshop")
    with refused("closed", "workshop"):
        bring(room, "Lys på banen")


def test_texts_are_cleaned_and_an_idea_nobody_can_see_is_missing(room: Room):
    (idea,) = bring(room, "  Åbn\u200b \x07skolen\r\n\r\n\r\nhver dag ")
    assert record(room, idea)["text"] == "Åbn skolen\n\nhver dag"
    with pytest.raises(Refused) as caught:
        bring(room, "Lys", "\u200b\u2060", {"text": "x" * 281, "why": "y" * 601}, {"text": "z", "theme": "t" * 81})
    faults = [caught.value, *caught.value.others]
    assert [(one.code, one.field) for one in faults] == [
        ("empty", "rows.1.text"),
        ("too_long", "rows.2.text"),
        ("too_long", "rows.2.why"),
        ("too_long", "rows.3.theme"),
    ]
    assert db.session.scalars(select(Idea.text).where(Idea.workshop_id == room.id)).all() == ["Åbn skolen\n\nhver dag"]


def test_themes_are_found_by_their_titles_or_created_once(room: Room):
    steder = room.do(room.chair, "create_theme", title="Steder")["theme"]
    ideas = bring(
        room,
        {"text": "a", "theme": "STEDER"},
        {"text": "b", "theme": "Veje"},
        {"text": "c", "theme": "veje"},
        {"text": "d", "theme": " "},
    )
    themes = [record(room, idea)["theme"] for idea in ideas]
    assert themes[0] == steder and themes[1] == themes[2] != steder and themes[3] is None
    assert sorted(db.session.scalars(select(Theme.title).where(Theme.workshop_id == room.id))) == ["Steder", "Veje"]


def test_nothing_is_taken_when_one_theme_too_many_is_named(room: Room, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("workshop.rules.limits.THEMES", 2)
    rows = [{"text": str(n), "theme": f"Tema {n}"} for n in range(3)]
    with pytest.raises(Refused) as caught:
        bring(room, *rows)
    assert (caught.value.code, caught.value.field, caught.value.facts) == ("too_many", "themes", {"limit": 2})
    assert db.session.scalars(select(Theme.id)).all() == [] and db.session.scalars(select(Idea.id)).all() == []


def test_three_hundred_are_taken_and_one_more_is_refused(room: Room):
    assert len(bring(room, *[f"Idé {n}" for n in range(300)])) == 300
    with pytest.raises(Refused) as caught:
        bring(room, *[f"Idé {n}" for n in range(301)])
    assert (caught.value.code, caught.value.field) == ("too_many", "rows")
    assert caught.value.facts == {"limit": 300, "given": 301}


def test_they_are_voted_on_like_others_and_nobody_is_their_author(room: Room):
    (idea,) = bring(room, "Åbn skolen")
    person = room.people["citizens"][0]
    ballot = room.ballot([idea])
    room.cast(person, ballot, choices={idea: 1})
    assert room.mine(person)["ideas"] == {}
    for name, args in (("edit_idea", {"text": "x"}), ("withdraw_idea", {}), ("ask_again", {})):
        with refused("not_yours", "idea"):
            perform(person, name, {"idea": idea, **args})


def test_they_are_no_voice_of_any_group(room: Room):
    person = room.people["citizens"][0]
    room.do(person, "post_idea", text="Min egen")
    before = voice.voice(room.id)["groups"]
    bring(room, *[f"Idé {n}" for n in range(20)])
    assert voice.voice(room.id)["groups"] == before
    assert voice.ideas_so_far(room.id) == 1


def test_only_what_people_here_have_written_locks_the_privacy_minimum(app: Any):
    room = Room({"citizens": 0}, privacy_minimum=7)
    bring(room, "Åbn skolen")
    room.do(room.chair, "edit_workshop", privacy_minimum=5)


def test_an_idea_like_one_that_was_brought_is_found_beside_it(room: Room):
    bring(room, "Åbn skolen for unge om aftenen", "Åbn skolen for unge hver aften")
    assert len(pairs(room.id)) == 1


def test_undoing_takes_all_of_them_and_their_new_themes_away(room: Room):
    bring(room, {"text": "a", "theme": "Nyt"}, "b")
    room.do(room.chair, "undo", seq=room.clock())
    assert db.session.scalars(select(Idea.id)).all() == [] and db.session.scalars(select(Theme.id)).all() == []
    kinds = [one["kind"] for one in screens.changes(room.id, 0, "room")["put"]]
    assert "idea" not in kinds and "theme" not in kinds


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("support_idea", {"support": True}),
        ("post_comment", {"text": "Godt", "sort": "question"}),
    ],
)
def test_they_stay_when_somebody_has_gone_on_with_one(room: Room, name: str, args: dict[str, Any]):
    first, _ = bring(room, "a", "b")
    seq = room.clock()
    room.do(room.people["citizens"][0], name, **{"on" if name == "post_comment" else "idea": first}, **args)
    with pytest.raises(Refused) as caught:
        perform(room.chair, "undo", {"seq": seq})
    assert caught.value.code == "conflict" and caught.value.facts["moved"] == [{"record": first, "fields": []}]
    assert len(db.session.scalars(select(Idea.id)).all()) == 2


def test_the_journal_keeps_digests_instead_of_the_words(room: Room):
    bring(room, {"text": "Åbn skolen", "why": "Varmt", "theme": "Steder", "origin": "Høring"})
    entry = db.session.get_one(JournalEntry, (room.id, room.clock()))
    assert entry.name == "import_ideas"
    written = str(entry.args)
    assert not any(word in written for word in ("Åbn", "Varmt", "Steder", "Høring", SOURCE))
