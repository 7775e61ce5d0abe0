"""An agreement reopened twice in the file: once not carried, once carried. Everything follows from the journal, and whatever is
changed is found."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from functools import cache

import pytest

from tests.export.promised import Promised, day, promised
from tests.export.proved import Document, faults
from tests.export.test_bundle import strings
from workshop import dispatch, identity
from workshop.commands.follow_up import cards
from workshop.export.checking.core import Story, check_core
from workshop.export.checking.program import check
from workshop.export.checking.standing import states_on
from workshop.extensions import db
from workshop.models import Agreement
from workshop.rules.record_ids import RecordId


def _reopen(found: Promised, codes: list[str], stance: str, ahead: int, **fields: object) -> None:
    on = found.agreement
    with found.after(ahead):
        found.do(found.organiser, "reopen_agreement", agreement=on, reason="Det varer længere")
        new = dispatch.follow_up(found.organiser)["mine"]["reopened"][on]["content"]["contributions"]
        fields["contributions"] = [*new, {"party": "Byrådet", "what": f"Mere fra dag {ahead}"}]
        found.do(found.organiser, "edit_reopened", agreement=on, revision=1, **fields)
        decision = found.do(found.organiser, "decide_reopened", agreement=on, until=day(ahead + 14))["decision"]
        for code in codes:
            card = identity.find(cards.let_in(code)[1])
            found.do(card, "take_card_stance", decision=decision, stance=stance)
    with found.after(ahead + 2):
        for name in ("Byrådet", "Ungerådet"):
            party = found.link("steward", on=on, party=name)
            found.do(party, "accept_reopened", on=on, accepted=True, words="Vi er med")
        found.do(found.organiser, "close_reopened", agreement=on)


@cache
def played() -> tuple[str, Document, Document]:
    """The agreement, the organiser's file and the public one, after both."""
    with promised() as found:
        codes = [str(found.do(person, "take_follow_up_card")["card"]) for person in found.room.everybody]
        _reopen(found, codes, "against", 20, review_date=day(200), resources="Et lån", ground_rules="")
        _reopen(found, codes, "for", 40, review_date=day(310))
        with found.after(60):
            return found.agreement, found.file(), found.file(public=True)


@pytest.mark.parametrize("public", [False, True], ids=["organiser", "public"])
def test_an_untouched_file_verifies_with_both_versions_in_it(public: bool):
    on, *files = played()
    whole = files[public]
    assert faults(whole) == set()
    assert check_core(whole).faults == 0
    worded = {one["version"]: one["content"] for one in whole["proof"]["versions"] if one["subject"] == on}
    first, *_, before, now = sorted(worded)
    assert worded[before]["resources"] == "Et lån" and worded[now]["review_date"] == day(310)
    shown = next(text for text in whole["agreements"] if text["id"] == on)
    assert (shown["version"], shown["review_date"], shown["resources"]) == (
        now,
        day(310),
        worded[first].get("resources") or "",
    )
    decided = [one for one in whole["decisions"] if one["subject"]["id"] == on]
    assert [(one["electorate"], one["binding"]) for one in decided[-2:]] == [("cards", False), ("cards", True)]


def test_the_version_in_force_is_that_of_the_day():
    """The second version asks for one line more; before it was carried there was none such."""
    on, whole, _ = played()
    story = Story(whole["proof"]["journal"]["entries"])
    lines = {
        ahead: next(
            one["lines"] for one in states_on(whole["proof"], story, date.fromisoformat(day(ahead))) if one["id"] == on
        )
        for ahead in (30, 41, 43)
    }
    assert len(lines[30]) == len(lines[41]) == len(lines[43]) - 1


def _state(proof: Document) -> None:
    proof["follow_up"]["reopened"][0]["state"] = "carried"


def _dropped(proof: Document) -> None:
    proof["follow_up"]["reopened"].pop()


def _word(proof: Document) -> None:
    proof["follow_up"]["acts"]["party_word"][0]["accepted"] = False


def _reason(proof: Document) -> None:
    proof["follow_up"]["acts"]["reopened_agreement"][0]["reason"] = "En anden grund"


def _told_as_carried(proof: Document) -> None:
    for entry in proof["journal"]["entries"]:
        if "reopened" in entry["proof"] and not entry["proof"]["reopened"]["carried"]:
            entry["proof"]["reopened"]["carried"] = True
            return


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (_state, "follow.reopened"),
        (_dropped, "follow.reopenings"),
        (_word, "follow.told"),
        (_reason, "follow.told"),
        (_told_as_carried, "follow.reopened"),
    ],
)
def test_whatever_is_changed_is_found(change: Callable[[Document], None], key: str):
    whole = copy.deepcopy(played()[1])
    change(whole["proof"])
    assert key in faults(whole)


SAID = "Sagt, mens aftalen var for alle"


def test_a_public_file_holds_no_word_of_an_agreement_that_becomes_one_for_its_parties_only():
    with promised() as found:
        codes = [str(found.do(person, "take_follow_up_card")["card"]) for person in found.room.everybody]
        with found.after(10):
            on = [found.agreement, found.goal]
            asked = found.do(found.organiser, "open_look_back", on=on, until=day(20))["look_back"]
            for one, words in ((found.agreement, SAID), (found.goal, "Målet holder")):
                given = {"look_back": asked, "on": one, "verdict": "partly", "words": words}
                found.do(identity.find(cards.let_in(codes[0])[1]), "judge", **given)
            found.do(found.organiser, "close_look_back", look_back=asked)
            assert SAID in "\n".join(strings(found.file(public=True)))
            chair, agreement = found.room.chair, found.agreement
            found.do(chair, "open_workshop")
            found.do(chair, "reopen_text", on=agreement)
            version = db.session.get_one(Agreement, RecordId.parse(agreement).number).version
            found.do(chair, "edit_agreement", agreement=agreement, version=version, openness="parties_only")
            decision = found.room.decision(agreement, version=version + 1, electorate="joined")
            for person in found.room.everybody:
                found.room.stance(person, decision, "for")
            found.do(chair, "close_decision", decision=decision)
            found.do(chair, "close_workshop")
            own, public = found.file(), found.file(public=True)
    assert faults(own) == faults(public) == set()
    told = "\n".join(strings(public))
    assert SAID in "\n".join(strings(own)) and SAID not in told and "Målet holder" in told
    (row,) = public["proof"]["follow_up"]["look_backs"]
    assert row["result"].keys() == {found.goal} and (row["papers"], row["withheld"]) == (None, "parties_only")
    said = check(public).lines
    assert ("withheld", "follow.parties_only", {"n": row["id"]}) in said
    left_out = copy.deepcopy(public)
    left_out["proof"]["follow_up"]["look_backs"][0]["result"] = {}
    assert "follow.look_back" in faults(left_out), "what was said of an item that is shown may not be left out"
