"""Times of day as people write them."""

from __future__ import annotations

import pytest

from workshop.rules.times import parse_time


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("9", "09:00"),
        ("9.30", "09:30"),
        ("09:30", "09:30"),
        (" kl. 9.30 ", "09:30"),
        ("Kl 23:59", "23:59"),
        ("0", "00:00"),
        ("24", None),
        ("9.60", None),
        ("9.3", None),
        ("ni", None),
        ("", None),
        ("9.30 til 12", None),
    ],
)
def test_a_time_is_read_as_it_is_written(text: str, time: str | None):
    assert parse_time(text) == time
