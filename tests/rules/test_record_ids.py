"""Ids of records and addresses of e-mail: by their form alone."""

from __future__ import annotations

import pytest

from workshop.rules.mail_addresses import is_mail_address
from workshop.rules.record_ids import RecordId, is_record_id, is_record_number, number_of

LARGEST = 2_147_483_647


def test_an_id_is_read_and_printed_and_sorted_by_its_number():
    ids = ["idea:10", "goal:2", "idea:9"]
    assert sorted(map(RecordId.parse, ids)) == [("goal", 2), ("idea", 9), ("idea", 10)]
    assert [str(RecordId.parse(one)) for one in ids] == ids
    assert number_of("idea:10") == 10


def test_a_number_that_no_record_can_have_is_read_as_nought():
    assert [number_of(f"idea:{number}") for number in (LARGEST, LARGEST + 1)] == [LARGEST, 0]
    with pytest.raises(ValueError, match="invalid literal"):
        RecordId.parse("idea")


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("idea:1", True),
        ("goal:999999999999", True),
        ("goal:1000000000000", False),
        ("theme:1", False),
        ("idea:", False),
        ("idea", False),
        ("idea:-1", False),
        ("idea:1.5", False),
        ("idea:\u0661", False),
        ("idea:\u00b2", False),
        ("idea:1:1", False),
        ("", False),
    ],
)
def test_an_id_is_a_known_kind_and_a_number_in_plain_digits(text: str, known: bool):
    assert is_record_id(text, ("idea", "goal")) is known


@pytest.mark.parametrize(
    ("text", "can_be"),
    [
        ("0", True),
        (str(LARGEST), True),
        (str(LARGEST + 1), False),
        ("000000000001", True),
        ("0000000000001", False),
        ("\u0661", False),
        ("", False),
        ("-1", False),
    ],
)
def test_a_number_is_one_that_a_record_can_have(text: str, can_be: bool):
    assert is_record_number(text) is can_be


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("borger@example.org", True),
        ("o'hara+x@sub.example.dk", True),
        ("søren@skæring.dk", True),
        (f"{'a' * 242}@example.org", True),
        (f"{'a' * 243}@example.org", False),
        ("borger@example", False),
        ("borger@.", False),
        ("borger@example.", False),
        ("@example.org", False),
        ("a@b@example.org", False),
        ("a b@example.org", False),
        ("a@example.org\n", False),
        ("a\u00ad@example.org", False),
        ("", False),
        *((f"a{sign}@example.org", False) for sign in '<>,;:"()\\'),
    ],
)
def test_an_address_is_exactly_one_and_ends_no_line_of_a_header(text: str, is_one: bool):
    assert is_mail_address(text) is is_one
