"""The table of fields (docs/rules.md section 1)."""

import pytest

from workshop.catalogue import LANGUAGES, has
from workshop.rules import fields
from workshop.rules.limits import LIST_LIMITS, TEXT_LIMITS


def test_no_noun_has_a_field_twice():
    for noun, table in fields.FIELDS.items():
        names = [field.name for field in table]
        assert len(set(names)) == len(names), noun
        assert {field.noun for field in table} == {noun}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_and_every_choice_has_its_words(lang):
    for table in fields.FIELDS.values():
        for field in table:
            assert has(field.label_key, lang), field.label_key
            for choice in field.choices:
                assert has(field.choice_key(choice), lang), field.choice_key(choice)


def test_every_text_and_every_list_that_is_edited_has_a_limit():
    for table in fields.FIELDS.values():
        for field in table:
            if field.kind in ("text", "longtext", "list") and not field.derived:
                assert field.limit, (field.noun, field.name)
            else:
                assert field.limit is None


def test_the_needed_fields_of_a_goal_are_those_marked_in_the_rules():
    needed = {field.name for field in fields.GOAL if field.needed}
    assert needed == {
        "title",
        "target_group",
        "indicator",
        "unit",
        "data_source",
        "baseline",
        "baseline_date",
        "target",
        "direction",
        "deadline",
        "owner",
        "decision_level",
        "first_step",
        "first_step_due",
        "from_ideas",
    }


def test_only_an_experiment_says_what_is_tried():
    plain = {field.name for field in fields.of_kind("agreement")}
    assert {field.name for field in fields.of_kind("agreement", "experiment")} - plain == {
        "what_we_try",
        "how_we_will_know",
        "stop_or_widen",
    }
    assert "what_we_try" in fields.missing_needed("agreement", {"kind": "experiment"})
    assert "what_we_try" not in fields.missing_needed("agreement", {"kind": "agreement"})


def test_what_is_missing_comes_in_the_order_of_the_table():
    missing = fields.missing_needed("goal", {"title": "x", "unit": " ", "from_ideas": []})
    assert missing[:3] == ("target_group", "indicator", "unit")
    assert missing[-1] == "from_ideas"


def test_an_unknown_baseline_is_not_missing_when_it_is_dated():
    assert "baseline" in fields.missing_needed("goal", {})
    assert "baseline" not in fields.missing_needed("goal", {"baseline_date": "2027-06-01"})


def test_nought_is_something():
    assert not fields.is_open(0)
    assert all(fields.is_open(value) for value in (None, "", "  ", [], ()))


def test_all_limits_are_positive():
    assert all(limit > 0 for limit in (TEXT_LIMITS | LIST_LIMITS).values())
    assert (TEXT_LIMITS["idea.text"], TEXT_LIMITS["idea.why"], LIST_LIMITS["ballot.options"]) == (280, 600, 300)
