"""Look-backs: opened by the organiser and by the clock, answered by cards, and told once they are closed."""

from __future__ import annotations

import pytest

from tests.commands.follow_up.card_room import CardRoom
from tests.commands.voting import refused
from workshop import dispatch
from workshop.clock import day_of
from workshop.commands.follow_up import clockwork
from workshop.commands.privacy.retention import erase_names_of
from workshop.door import perform
from workshop.extensions import db
from workshop.identity import SYSTEM, Actor
from workshop.models import JournalEntry, LookBack, VerdictPaper

TEN = {"citizens": 10, "politicians": 10}


@pytest.fixture
def room(app) -> CardRoom:
    return CardRoom(TEN)


def papers() -> list[VerdictPaper]:
    db.session.rollback()
    return db.session.query(VerdictPaper).order_by(VerdictPaper.key).all()


def test_what_the_cards_said_is_told_at_closing(room: CardRoom):
    cards = room.take_all()
    look_back = room.look_back(question="Blev det holdt?")
    for number, code in enumerate(cards["citizens"]):
        room.judge(code, look_back, "kept" if number < 7 else "partly")
    for code in cards["politicians"]:
        room.judge(code, look_back, "not_kept")
    assert room.kept() is None
    room.close(look_back)
    kept = room.kept()
    assert kept == {
        "look_back": look_back,
        "cards": 20,
        "judged": 20,
        "counts": {"kept": 7, "partly": 3, "not_kept": 10, "cannot_say": 0},
        "by_group": {
            "citizens": {"kept": 7, "partly": 3, "not_kept": 0, "cannot_say": 0},
            "politicians": {"kept": 0, "partly": 0, "not_kept": 10, "cannot_say": 0},
        },
        "words": [],
        "counts_from": 10,
    }


def test_nine_verdicts_give_no_counts_and_ten_do(app):
    for given, shown in ((9, None), (10, {"kept": 10, "partly": 0, "not_kept": 0, "cannot_say": 0})):
        room = CardRoom({"citizens": 6, "politicians": 6}, title=f"Skolemad {given}")
        cards = [code for taken in room.take_all().values() for code in taken]
        look_back = room.look_back()
        for code in cards[:given]:
            room.judge(code, look_back)
        room.close(look_back)
        kept = room.kept()
        assert kept and (kept["judged"], kept["cards"], kept["counts"], kept["by_group"]) == (given, 12, shown, {})


def test_words_are_printed_without_name_and_with_the_group_of_five_cards(app):
    room = CardRoom({"citizens": 10, "politicians": 10})
    cards = room.take_all({"citizens": 10, "politicians": 3})
    look_back = room.look_back()
    room.judge(cards["citizens"][0], look_back, "partly", words="Vi så to nye hegn")
    room.judge(cards["politicians"][0], look_back, "kept", words="Alt er gjort")
    room.close(look_back)
    kept = room.kept()
    # Three cards of politicians are counted together with the citizens'.
    assert kept and kept["words"] == [
        {"words": "Alt er gjort", "group": "citizens+politicians"},
        {"words": "Vi så to nye hegn", "group": "citizens+politicians"},
    ]


def test_so_few_cards_that_all_are_one_small_group_print_words_without_group(room: CardRoom):
    cards = room.take_all({"citizens": 2, "politicians": 2})
    look_back = room.look_back()
    room.judge(cards["citizens"][0], look_back, words="Ikke endnu")
    room.close(look_back)
    kept = room.kept()
    assert kept and kept["words"] == [{"words": "Ikke endnu", "group": None}]


def test_a_verdict_is_whole_and_may_be_changed_until_closing(room: CardRoom):
    code = room.take(room.everybody[0])
    look_back = room.look_back()
    room.judge(code, look_back, "not_kept", words="Nej")
    assert room.mine(code)["verdicts"] == {look_back: {room.agreement: {"verdict": "not_kept", "words": "Nej"}}}
    room.judge(code, look_back, "partly")
    assert room.mine(code)["verdicts"][look_back][room.agreement] == {"verdict": "partly", "words": ""}
    (paper,) = papers()
    assert (paper.verdict, paper.words, paper.group) == ("partly", "", "citizens")
    room.close(look_back)
    assert room.mine(code)["verdicts"] == {}
    with refused("closed", "look_back"):
        room.judge(code, look_back, "kept")
    assert papers()[0].verdict == "partly"


def test_a_verdict_that_comes_after_the_last_day_is_refused(room: CardRoom):
    code = room.take(room.everybody[0])
    look_back = room.look_back(ahead=3)
    with room.after(3):
        room.judge(code, look_back)
    with room.after(4), refused("closed", "look_back"):
        room.judge(code, look_back)


def test_a_card_judges_in_its_own_workshop_only(app):
    here, there = CardRoom(TEN), CardRoom(TEN, title="Et andet sted")
    code = there.take(there.everybody[0])
    here.take(here.everybody[0])
    look_back = here.look_back()
    with refused("not_found", "look_back"):
        there.judge(code, look_back, on=here.agreement)
    assert not papers()


def test_a_card_judges_what_is_asked_about_and_nothing_else(room: CardRoom):
    code = room.take(room.everybody[0])
    look_back = room.look_back()
    with refused("not_found", "on"):
        room.judge(code, look_back, on=room.goal)
    for actor in (room.chair, room.organiser, room.everybody[0]):
        with refused("not_allowed"):
            room.do(actor, "judge", look_back=look_back, on=room.agreement, verdict="kept")


def test_before_closing_nothing_of_it_is_seen_by_anybody(room: CardRoom):
    cards = room.take_all()
    look_back = room.look_back()
    actors = [room.chair, room.organiser, room.everybody[0], room.card(cards["citizens"][3])]

    def seen() -> str:
        return str([{**room.seen_by(actor), "now": None} for actor in actors])

    before = seen()
    for code in cards["citizens"][:3]:
        room.judge(code, look_back, "not_kept", words="kanariefugl")
    assert seen() == before
    assert "kanariefugl" not in str(dispatch.sync(room.chair, {"since": 0, "epoch": None}))
    room.close(look_back)
    assert "kanariefugl" in seen()


def test_opening_needs_items_cards_and_a_day_ahead(room: CardRoom):
    with refused("empty", "card", no_cards=True):
        room.look_back()
    room.take(room.everybody[0])
    with refused("empty", "on"):
        room.do(room.organiser, "open_look_back", on=[], until=room.day(3))
    with refused("malformed", "until", past=True):
        room.look_back(ahead=-1)
    with refused("not_found", "on.1"):
        room.look_back([room.agreement, "goal:999"])
    room.look_back()
    with refused("already", "look_back"):
        room.look_back([room.goal, room.agreement])
    room.look_back([room.goal])
    with refused("not_allowed"):
        room.do(room.chair, "open_look_back", on=[room.goal], until=room.day(3))


def test_an_agreement_for_its_parties_only_is_not_asked_about(app):
    room = CardRoom(TEN, agreement={"openness": "parties_only"})
    room.take(room.everybody[0])
    with refused("not_open", "on.0"):
        room.look_back()
    with room.after(400):
        assert clockwork.open_due() == 0


def test_the_clock_opens_one_on_the_day_of_review_and_closes_it_two_weeks_later(room: CardRoom):
    code = room.take(room.everybody[0])
    with room.after(364):
        assert clockwork.open_due() == 0
    erase_names_of(room.id)
    with room.after(365) as day:
        assert clockwork.open_due() == 1
        assert clockwork.open_due() == 0
        (row,) = db.session.query(LookBack).all()
        assert (row.state, row.on, (day_of(row.until) - day).days) == ("open", [room.agreement, room.goal], 14)
        room.judge(code, f"look_back:{row.id}", on=room.goal)
    with room.after(378):
        assert clockwork.close_overdue() == 0
    with room.after(379):
        assert clockwork.close_overdue() == 1
        assert clockwork.close_overdue() == 0
        assert clockwork.open_due() == 0
        kept = room.kept(room.goal)
        assert kept and kept["judged"] == 1 and kept["counts"] is None


def test_the_clock_makes_up_for_the_day_on_which_it_stood_still(room: CardRoom):
    room.take(room.everybody[0])
    with room.after(372):
        assert clockwork.open_due() == 1


def test_the_clock_asks_nobody_where_nobody_has_a_card_or_the_cards_have_ended(room: CardRoom):
    with room.after(366):
        assert clockwork.open_due() == 0
        room.take(room.everybody[0])
        room.do(room.organiser, "set_rhythm", dates=[])
    with room.after(500):
        assert clockwork.open_due() == 0


def test_two_processes_claim_the_day_once(room: CardRoom):
    """The second one has read what is due before the first has opened it."""
    room.take(room.everybody[0])
    with room.after(365):
        args = {"on": [room.agreement], "until": room.day(370)}
        perform(Actor(SYSTEM, room.id), "open_look_back", args)
        with refused("already", "look_back"):
            perform(Actor(SYSTEM, room.id), "open_look_back", args)
        room.close("look_back:1")
        with refused("already", "look_back"):
            perform(Actor(SYSTEM, room.id), "open_look_back", args)


def test_the_organisers_own_look_back_on_the_day_of_review_is_that_one(room: CardRoom):
    room.take(room.everybody[0])
    with room.after(363):
        room.do(room.organiser, "open_look_back", on=[room.agreement, room.goal], until=room.day(370))
    with room.after(366):
        assert clockwork.open_due() == 0


def test_two_look_backs_are_two_votes(room: CardRoom):
    cards = room.take_all()
    for verdict in ("kept", "not_kept"):
        look_back = room.look_back()
        for code in cards["citizens"]:
            room.judge(code, look_back, verdict)
        room.close(look_back)
    kept = room.kept()
    assert kept and (kept["look_back"], kept["counts"]["not_kept"], kept["counts"]["kept"]) == ("look_back:2", 10, 0)


def test_the_journal_proves_the_result_and_holds_no_verdict(room: CardRoom):
    cards = room.take_all()
    look_back = room.look_back()
    for code in cards["citizens"]:
        room.judge(code, look_back, "partly", words="kanariefugl")
    room.close(look_back)
    entries = {entry.name: entry for entry in db.session.query(JournalEntry).filter_by(workshop_id=room.id)}
    proof = entries["close_look_back"].proof["look_back"]
    row = db.session.query(LookBack).one()
    assert proof["papers_hash"] == row.papers_hash
    assert proof["result"][room.agreement]["counts"] == {"kept": 0, "partly": 10, "not_kept": 0, "cannot_say": 0}
    assert "kanariefugl" not in str([entry.proof for entry in entries.values()])
    assert entries["judge"].actor == "card"
    assert entries["judge"].args == {"look_back": look_back, "on": room.agreement} and not entries["judge"].proof
