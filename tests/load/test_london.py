"""The real data is what its README says; the yardsticks agree with the worked examples and small cases."""

from collections import Counter
from fractions import Fraction

import pytest

from tests.load import formulas, london


def test_replaying_the_votes_in_time_order_gives_the_final_positions_cell_for_cell():
    session = london.load()
    replayed = {(vote.voter, vote.statement): vote.position for vote in session.votes}
    assert replayed == session.final
    assert len(session.votes) == 640
    assert len(session.final) == 638


def test_the_session_has_26_people_in_three_groups_and_36_statements():
    session = london.load()
    assert Counter(session.groups.values()) == {"group_1": 20, "group_0": 3, "group_2": 3}
    assert session.without_group == ("24", "13")
    assert len(session.shown) == 36
    assert [statement.number for statement in session.statements if not statement.shown] == ["0", "2", "3"]
    assert len({statement.text for statement in session.shown}) == 36


def test_every_author_is_a_participant_or_the_moderator():
    session = london.load()
    authors = Counter(statement.author for statement in session.shown)
    assert authors.pop(london.MODERATOR) == 12
    assert set(authors) <= set(session.people)
    assert len(authors) == 15


def test_the_two_repeated_votes_repeat_the_same_position():
    session = london.load()
    cells = Counter((vote.voter, vote.statement) for vote in session.votes)
    repeated = [cell for cell, count in cells.items() if count > 1]
    assert sorted(repeated) == [("14", "10"), ("5", "25")]
    for cell in repeated:
        assert len({vote.position for vote in session.votes if (vote.voter, vote.statement) == cell}) == 1


def test_common_ground_of_the_first_worked_example():
    groups = {
        "politikere": {"agree": 8, "pass": 1, "disagree": 1},
        "borgere": {"agree": 3, "pass": 0, "disagree": 1},
        "forsker": {"agree": 0, "pass": 0, "disagree": 1},
    }
    assert formulas.common_ground(groups) == Fraction(1, 6)
    assert float(formulas.common_ground(groups)) ** (1 / 3) == pytest.approx(0.5503212081491045)
    assert formulas.is_ranked(groups, {"politikere": 10, "borgere": 4, "forsker": 1})
    assert not formulas.is_ranked(groups, {"politikere": 10, "borgere": 4, "forsker": 2})


def test_a_shortlist_is_first_bought_by_the_largest_support_in_equal_shares():
    shop = formulas.Purchases({"a": frozenset("123"), "b": frozenset("34"), "c": frozenset()}, voters=4, winner_count=2)
    phase, prices = shop.prices()
    assert (phase, prices) == ("equal_shares", {"a": Fraction(1, 3), "b": Fraction(1, 2)})
    shop.buy("a", prices["a"])
    assert shop.prices() == ("phragmen", {"b": (1 - Fraction(1, 6) - Fraction(1, 2)) / 2})


def test_a_poor_supporter_pays_what_is_left_and_the_others_the_rest():
    shop = formulas.Purchases({"a": frozenset("12"), "b": frozenset("234")}, voters=4, winner_count=4)
    shop.buy("a", Fraction(1, 2))
    assert shop.prices() == ("equal_shares", {"b": Fraction(1, 3)})
    shop.left["2"] = Fraction(1, 4)
    assert shop.prices() == ("equal_shares", {"b": Fraction(3, 8)})


@pytest.mark.parametrize(
    ("stances", "expected"),
    [
        ({"a": ["for", "for", "against"], "b": ["reservation"]}, ("ratified", [])),
        ({"a": ["for", "against"], "b": ["for"]}, ("blocked_by_group", ["a"])),
        ({"a": ["for"], "b": ["for"]}, ("no_quorum", [])),
        ({"a": ["for", "for"], "b": ["blank"]}, ("no_position", [])),
        ({"a": ["for", "for", "against"], "b": ["for"]}, ("ratified", [])),
    ],
)
def test_outcomes_of_small_decisions(stances, expected):
    assert formulas.outcome(stances, {"a": 3, "b": 1}) == expected


def test_more_than_half_in_each_group_but_less_than_two_thirds_overall_is_not_carried_overall():
    stances = {"a": ["for"] * 3 + ["against"] * 2, "b": ["for"] * 4 + ["against"] * 3}
    assert formulas.outcome(stances, {"a": 5, "b": 7}) == ("not_carried_overall", [])
