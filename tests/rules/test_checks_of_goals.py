"""The checks of a goal, G01 to G15 (docs/rules.md section 2)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.checks import Check, GoalContext, blocking, check_goal

TODAY = date(2027, 3, 11)

CLEAR = {
    "title": "6 ud af 10 unge har et åbent sted, de bruger hver måned",
    "target_group": "15-24-årige i Fjordby",
    "indicator": "Andel, der bruger et åbent sted mindst én gang om måneden",
    "unit": "%",
    "data_source": "Ungeundersøgelsen",
    "baseline": "41 %",
    "baseline_date": "2026-11-01",
    "target": "60",
    "direction": "up",
    "deadline": "2028-12-31",
    "owner": "Ungeenheden, Fjordby Kommune",
    "decision_level": "agreement",
    "first_step": "Nøgleaftale med tre skoler",
    "first_step_due": "2027-05-01",
    "from_ideas": ["idea:1", "idea:2"],
}


def found(context=None, **changes):
    """The findings as (code, severity, field), on the clear goal with some fields changed."""
    checks = check_goal({**CLEAR, **changes}, context or GoalContext(TODAY))
    return [(check.code, check.severity, check.field) for check in checks]


def test_a_clear_goal_has_no_findings():
    assert found() == []


def test_an_empty_goal_has_every_finding_of_absence_in_order():
    assert [check.code for check in check_goal({}, GoalContext(TODAY))] == [
        "G01",
        "G02",
        "G03",
        "G04",
        "G07",
        "G12",
        "G14",
    ]
    assert [check.code for check in blocking(check_goal({}, GoalContext(TODAY)))] == ["G01", "G02", "G04", "G07"]


@pytest.mark.parametrize("nothing", [None, "", "   ", "\n"])
def test_nothing_in_any_spelling_is_nothing(nothing):
    assert found(indicator=nothing) == [("G01", "B", "indicator")]
    assert found(data_source=nothing) == [("G14", "W", "data_source")]


@pytest.mark.parametrize("target", ["", "mange", "flest muligt", "as many as possible"])
def test_a_target_that_is_not_a_number_blocks(target):
    assert ("G02", "B", "target") in found(target=target, baseline="")


@pytest.mark.parametrize("target", ["60", 60, 62.5, "mindst 60 %", "fordoble", "alle", "doubled"])
def test_a_figure_or_a_word_of_number_is_a_target(target):
    assert "G02" not in [code for code, *_ in found(target=target)]


def test_a_baseline_may_be_unknown_when_it_is_said_by_when_it_is_measured():
    assert found(baseline="ukendt", baseline_date="2027-06-01") == []
    assert found(baseline="", baseline_date="2027-06-01") == []
    assert found(baseline="ukendt, måles inden 1. juni 2027", baseline_date=None) == []
    assert found(baseline="41 %", baseline_date=None) == []
    for unknown in ("", "ukendt", "unknown", "Det ved vi ikke"):
        assert found(baseline=unknown, baseline_date=None) == [("G03", "W", "baseline")]


def test_a_deadline_is_a_date_after_today():
    assert found(deadline=None) == [("G04", "B", "deadline")]
    assert found(deadline="inden sommer") == [("G04", "B", "deadline")]
    assert found(deadline="2027-03-11") == [("G05", "B", "deadline")]
    assert found(deadline="2020-01-01") == [("G05", "B", "deadline")]
    assert found(deadline="2027-03-12") == []
    assert found(deadline=date(2028, 1, 1)) == []


def test_a_deadline_more_than_four_years_ahead_warns():
    assert found(deadline="2031-03-11") == []
    assert found(deadline="2031-03-12") == [("G06", "W", "deadline")]


@pytest.mark.parametrize(
    "owner",
    ["alle", "Alle.", "vi", "Kommunen", "politikerne", " kommunen ", "everyone", "The municipality", "politicians"],
)
def test_an_owner_who_is_nobody_in_particular_warns(owner):
    assert found(owner=owner) == [("G07", "W", "owner")]


def test_no_owner_blocks():
    assert found(owner="") == [("G07", "B", "owner")]


@pytest.mark.parametrize("owner", ["Ungeenheden", "Vivi Holm", "Kommunens ungeenhed", "Allerød Kommune", "Byrådet"])
def test_one_name_or_one_office_is_an_owner(owner):
    assert found(owner=owner) == []


@pytest.mark.parametrize(
    "title",
    [
        "Bedre trivsel for unge",
        "Mere liv i byen",
        "Flere unge i foreninger",
        "Færre ensomme",
        "Øge trivslen",
        "Trivslen øges",
        "Styrke fællesskabet",
        "Vi fremmer samarbejde",
        "Forbedre busdriften",
        "Sikre skoleveje",
        "Understøtte de unge",
        "Sætte fokus på ensomhed",
        "Vi sætter fokus på ensomhed",
        "Arbejde for en grøn by",
        "Skabe rammer for leg",
        "Være opmærksom på de stille",
        "Better buses",
        "Improve the buses",
        "Ensure safe roads",
        "Focus on loneliness",
        "Create the framework for play",
    ],
)
def test_a_vague_word_in_a_title_without_a_number_warns(title):
    assert found(title=title) == [("G08", "W", "title")]


@pytest.mark.parametrize("title", ["200 flere unge i foreninger", "Ingen usikre skoleveje", "Merete får et værelse"])
def test_a_number_beside_it_or_a_longer_word_does_not_warn(title):
    assert found(title=title) == []


def test_a_target_that_equals_the_baseline_moves_nothing():
    for direction in ("up", "down", "at_least", "at_most", None):
        assert found(target="41", direction=direction) == [("G09", "W", "target")]


@pytest.mark.parametrize(
    ("direction", "target", "wrong"),
    [
        ("up", "40", True),
        ("up", "42", False),
        ("down", "42", True),
        ("down", "40", False),
        ("at_least", "40", True),
        ("at_least", "42", False),
        ("at_most", "42", True),
        ("at_most", "40", False),
        (None, "40", False),
    ],
)
def test_a_target_on_the_wrong_side_of_the_baseline_moves_nothing(direction, target, wrong):
    assert found(direction=direction, target=target) == ([("G09", "W", "target")] if wrong else [])


def test_words_of_number_are_compared_too():
    assert found(target="fordoble", direction="up", baseline="30") == []
    assert found(target="halvere", direction="up", baseline="30") == [("G09", "W", "target")]
    assert found(target="ingen", direction="down", baseline="30") == []


def test_an_unknown_baseline_is_not_compared():
    assert found(baseline="ukendt, måles 1. juni 2027", target="1") == []


def test_per_cent_lies_between_nought_and_a_hundred():
    assert found(target="100") == []
    assert found(target="120") == [("G10", "W", "target")]
    assert found(target="120", unit="dage") == []
    assert found(target="120 %", unit="") == [("G10", "W", "target")]
    assert found(target="fordoble", baseline="60", unit="procent") == [("G10", "W", "target")]


def test_a_long_title_or_two_ands_hint_at_two_goals():
    assert found(title="1 " + "x" * 138) == []
    assert found(title="1 " + "x" * 139) == [("G11", "H", "title")]
    assert found(title="1 sted og 1 voksen") == []
    assert found(title="1 sted og 1 voksen og 1 nøgle") == [("G11", "H", "title")]
    assert found(title="1 place and 1 adult AND 1 key") == [("G11", "H", "title")]
    assert found(title="1 bog, 1 morgen og 1 skov") == []


def test_a_first_step_is_dated_within_sixty_days():
    assert found(first_step="") == [("G12", "W", "first_step")]
    assert found(first_step_due="2027-05-10") == []
    assert found(first_step_due="2027-05-11") == [("G12", "W", "first_step_due")]
    assert found(first_step_due=None) == [("G12", "W", "first_step_due")]


def test_an_owner_whose_group_is_not_in_the_room_warns():
    room = GoalContext(TODAY, checked_in={"leaders": 2, "citizens": 0})
    assert found(room, owner_group="leaders") == []
    assert found(room, owner_group="citizens") == [("G13", "W", "owner")]
    assert found(room, owner_group="researchers") == [("G13", "W", "owner")]
    assert found(room) == []


def test_ideas_from_one_group_only_warn_where_each_carries_its_label():
    def room(*groups):
        return GoalContext(TODAY, idea_groups=groups)

    assert found(room("citizens", "citizens")) == [("G15", "W", "from_ideas")]
    assert found(room("citizens", "leaders")) == []
    assert found(room("citizens", None)) == []
    assert found(room(None)) == []
    assert found(room()) == []


def test_a_finding_is_a_plain_record():
    assert Check("G01", "B", "indicator").as_record() == {"code": "G01", "severity": "B", "field": "indicator"}
    assert Check("A02", "B", "contributions", "Byrådet").as_record()["about"] == "Byrådet"


FIELD = st.none() | st.text(max_size=20) | st.integers() | st.floats() | st.lists(st.text(max_size=3), max_size=2)


@given(st.dictionaries(st.sampled_from(sorted({*CLEAR, "owner_group"})), FIELD))
def test_whatever_stands_in_the_fields_each_code_comes_at_most_once_and_in_order(values):
    codes = [check.code for check in check_goal(values, GoalContext(TODAY))]
    assert codes == sorted(set(codes))
