"""A password shows at least ten signs, and four different ones."""

from __future__ import annotations

import pytest

from workshop.rules import passwords
from workshop.rules.refusal import Refused


@pytest.mark.parametrize(
    "password",
    ["kaffe og kage", "en lang adgangskode", "Æblegrød-22", "aaaaaaabcd", "密码密码很长很长安全", "e\u0301" * 4 + "abcdef"],
)
def test_a_password_that_shows_ten_signs_will_do(password: str):
    passwords.check(password)


@pytest.mark.parametrize(
    ("password", "code", "facts"),
    [
        ("", "empty", {}),
        (" " * 10, "empty", {}),
        ("\u00a0" * 12, "empty", {}),
        ("\u200b\u200c\u200d\ufeff" * 5, "empty", {}),
        ("\u3164" * 12, "empty", {}),
        ("\u115f\u1160\uffa0\u2800" * 4, "empty", {}),
        ("\u00ad\ufe0f\u0301\u034f\u180e" * 3, "empty", {}),
        ("\t\n\r\x0b\x0c\x85\u2028" * 2, "empty", {}),
        ("ni  tegn    ", "malformed", {"least": 10}),
        ("123456789", "malformed", {"least": 10}),
        ("a b c d e f g h i", "malformed", {"least": 10}),
        ("aaaaaaaaaa", "malformed", {"different": 4}),
        ("ababababab", "malformed", {"different": 4}),
        ("- - - - - - - - - -", "malformed", {"different": 4}),
        ("x" * 201, "too_long", {"limit": 200}),
    ],
)
def test_what_shows_too_little_will_not(password: str, code: str, facts: dict[str, int]):
    with pytest.raises(Refused) as refused:
        passwords.check(password)
    assert (refused.value.code, refused.value.field, refused.value.facts) == (code, "password", facts)
