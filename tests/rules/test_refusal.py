import pytest

from workshop.rules.refusal import CODES, Refused


def test_a_refusal_carries_its_code_field_and_facts():
    refusal = Refused("over_budget", "choices", limit=7, given=8)
    assert refusal.as_error() == {"code": "over_budget", "field": "choices", "limit": 7, "given": 8}


def test_a_refusal_without_a_field_has_none_in_its_error():
    assert Refused("closed").as_error() == {"code": "closed"}


def test_a_code_outside_the_contract_is_a_mistake_in_the_program():
    with pytest.raises(ValueError, match="nonsense"):
        Refused("nonsense")


def test_the_codes_are_named_once_each():
    assert len(set(CODES)) == len(CODES) == 23
