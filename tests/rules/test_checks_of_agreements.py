"""The checks of an agreement, A01 to A10 (docs/rules.md section 2)."""

from datetime import date

import pytest

from workshop.rules.checks import AgreementContext, LinkedGoal, blocking, blocks_opening, check_agreement

TODAY = date(2027, 3, 11)
GOAL = LinkedGoal(deadline=date(2028, 12, 31))

CLEAR = {
    "kind": "agreement",
    "purpose": "Skolerne står åbne for unge to aftener om ugen",
    "goals": ["goal:1"],
    "parties": [{"name": "Byrådet", "group": "politicians"}, {"name": "Ungerådet", "group": "citizens"}],
    "contributions": [
        {"party": "Byrådet", "what": "Lys og varme", "how_much": "430.000 kr.", "by_when": "2027-08-01"},
        {"party": "Ungerådet", "what": "Program hver måned"},
    ],
    "mandates": [
        {"party": "Byrådet", "kind": "may_decide"},
        {"party": "Ungerådet", "kind": "must_ask", "ask_whom": "bestyrelsen", "by_when": "2027-03-22"},
    ],
    "decision_rule": "Enighed mellem parterne",
    "disagreement": "Parterne mødes inden 14 dage",
    "openness": "public",
    "review_date": "2028-03-01",
    "exit_terms": "Skriftligt til den anden part",
    "notice_days": 90,
}


def found(context=None, **changes):
    """The findings as (code, severity, field, about), on the clear agreement with some fields changed."""
    checks = check_agreement({**CLEAR, **changes}, context or AgreementContext(TODAY, (GOAL,)))
    return [(check.code, check.severity, check.field, check.about) for check in checks]


def test_a_clear_agreement_has_no_findings():
    assert found() == []


def test_an_empty_agreement_lacks_sides_a_review_a_way_to_disagree_and_a_way_out():
    checks = check_agreement({}, AgreementContext(TODAY))
    assert [check.code + check.severity for check in checks] == ["A01B", "A04B", "A05B", "A06W"]


def test_one_party_or_two_of_the_same_group_are_one_side():
    one = [CLEAR["parties"][0]]
    same = [{"name": "Byrådet", "group": "politicians"}, {"name": "Ungerådet", "group": "politicians"}]
    no_group = [{"name": "Byrådet", "group": "politicians"}, {"name": "Ungerådet"}]
    for parties in (one, same, no_group):
        assert ("A01", "B", "parties", "") in found(parties=parties)


def test_each_party_without_a_contribution_is_named():
    assert found(contributions=[CLEAR["contributions"][0]])[0] == ("A02", "B", "contributions", "Ungerådet")
    empty = [CLEAR["contributions"][0], {"party": "Ungerådet", "what": "  "}]
    assert found(contributions=empty)[0] == ("A02", "B", "contributions", "Ungerådet")
    assert [about for code, _, _, about in found(contributions=[]) if code == "A02"] == ["Byrådet", "Ungerådet"]


def test_a_party_is_the_same_whatever_its_capitals_and_spaces():
    assert found(contributions=[{"party": "BYRÅDET", "what": "a"}, {"party": " ungerådet ", "what": "b"}]) == []


def test_a_party_without_a_mandate_blocks_and_a_question_without_whom_or_when_warns():
    may = CLEAR["mandates"][0]
    assert found(mandates=[may]) == [("A03", "B", "mandates", "Ungerådet")]
    assert found(mandates=[may, {"party": "Ungerådet", "kind": "perhaps"}]) == [("A03", "B", "mandates", "Ungerådet")]
    for open_question in ({"ask_whom": "bestyrelsen"}, {"by_when": "2027-03-22"}, {}):
        asks = {"party": "Ungerådet", "kind": "must_ask", **open_question}
        assert found(mandates=[may, asks]) == [("A03", "W", "mandates", "Ungerådet")]
    assert found(mandates=[may, {"party": "Ungerådet", "kind": "personal"}]) == []


def test_no_review_or_one_in_the_past_blocks():
    assert found(review_date=None) == [("A04", "B", "review_date", "")]
    assert found(review_date="2027-03-10") == [("A04", "B", "review_date", "")]
    assert found(review_date="2027-03-11") == []


def test_a_review_after_the_deadline_of_any_of_its_goals_warns():
    assert found(review_date="2029-01-01") == [("A04", "W", "review_date", "")]
    assert found(review_date="2028-12-31") == []
    early = AgreementContext(TODAY, (GOAL, LinkedGoal(deadline=date(2027, 6, 1)), LinkedGoal()))
    assert found(early) == [("A04", "W", "review_date", "")]


def test_nothing_on_disagreement_blocks():
    assert found(disagreement=" ") == [("A05", "B", "disagreement", "")]


def test_a_way_out_has_terms_and_notice():
    assert found(exit_terms="") == [("A06", "W", "exit_terms", "")]
    assert found(notice_days=None) == [("A06", "W", "notice_days", "")]
    assert found(exit_terms="", notice_days=None) == [("A06", "W", "exit_terms", "")]
    assert found(notice_days=0) == []


def test_a_group_that_carries_more_than_four_fifths_warns():
    def given(councils, youths):
        return [{"party": "Byrådet", "what": "x"}] * councils + [{"party": "Ungerådet", "what": "x"}] * youths

    assert found(contributions=given(4, 1)) == []
    assert found(contributions=given(5, 1)) == [("A07", "W", "contributions", "")]
    assert found(contributions=given(9, 2)) == [("A07", "W", "contributions", "")]


def test_a_goal_that_is_not_clear_blocks_its_agreement():
    context = AgreementContext(TODAY, (GOAL, LinkedGoal(date(2028, 12, 31), blocked=True)))
    assert found(context) == [("A08", "B", "goals", "")]


@pytest.mark.parametrize("word", ["besluttet", "Vedtaget", "decided", "besluttede"])
@pytest.mark.parametrize("level", ["inspiration", "recommendation"])
def test_a_room_that_may_only_advise_is_told_not_to_say_decided(level, word):
    context = AgreementContext(TODAY, (GOAL,), decision_level=level)
    assert found(context, resources=f"Det er {word}, at…") == [("A09", "W", "resources", "")]
    contributions = [CLEAR["contributions"][0], {"party": "Ungerådet", "what": f"Som {word}"}]
    assert found(context, contributions=contributions) == [("A09", "W", "contributions", "")]
    assert found(context, resources="Vi beslutter ikke, men ubesluttethed er tilladt") == []


@pytest.mark.parametrize("level", ["proposal", "agreement", "decision", None])
def test_a_room_that_may_decide_may_say_so(level):
    assert found(AgreementContext(TODAY, (GOAL,), decision_level=level), purpose="Det er besluttet") == []


def test_a_text_changed_after_stances_needs_a_new_vote_and_does_not_prevent_one():
    changed = AgreementContext(TODAY, (GOAL,), version=3, stances_on=2)
    assert found(changed) == [("A10", "B", "version", "")]
    checks = check_agreement(CLEAR, changed)
    assert blocking(checks) == checks
    assert blocks_opening(checks) == []
    assert found(AgreementContext(TODAY, (GOAL,), version=3, stances_on=3)) == []
    assert found(AgreementContext(TODAY, (GOAL,), version=3)) == []


def test_nonsense_in_the_lists_is_passed_over():
    assert [code for code, *_ in found(parties="x", contributions=[1, None], mandates={"a": 1})] == ["A01"]


def test_goals_that_were_changed_after_stances_need_a_new_vote_too():
    assert found(AgreementContext(TODAY, (GOAL,), goals_moved=True)) == [("A10", "B", "version", "")]
    moved = AgreementContext(TODAY, (GOAL,), version=3, stances_on=3, goals_moved=True)
    assert found(moved) == [("A10", "B", "version", "")]
