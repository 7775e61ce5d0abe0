"""The arguments of commands: what is read, what is refused and how the refusal names it, and what the journal keeps."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import pytest
from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from tests.commands.voting import refused
from workshop.door.arguments import Args, Ref, Secret, Words, WordsIn, check_storable, parse
from workshop.rules import limits
from workshop.rules.refusal import Refused

SALT = "00" * 16


class Row(Args):
    label: Annotated[str, Words(5)]
    count: Annotated[int, Field(ge=0, le=9)] = 0


class Everything(Args):
    title: Annotated[str, Words(5, needed=True, one_line=True)] = "x"
    number: Annotated[str | int | float | None, Words(5)] = None
    idea: Annotated[str | None, Ref("idea", "goal")] = None
    ideas: list[Annotated[str, Ref("idea")]] | None = None
    rows: Annotated[list[Row], Field(max_length=2)] | None = None
    row: Row | None = None
    settings: Annotated[dict[str, Any] | None, WordsIn("question")] = None
    code: Annotated[str, Secret()] = "-"
    day: date | None = None
    count: Annotated[int, Field(ge=1, le=9)] = 1
    flag: bool | float | None = None
    other: Any = None

    @field_validator("other")
    @classmethod
    def _told(cls, value: Any) -> Any:
        if isinstance(value, str) and value.startswith("not_"):
            raise PydanticCustomError("reason_required" if value == "not_reasoned" else value, "x")  # type: ignore[arg-type]
        return value


def read(**given: Any) -> Any:
    return parse(Everything, given)


@pytest.mark.parametrize(
    ("given", "code", "field", "facts"),
    [
        ({"title": "123456"}, "too_long", "title", {"limit": 5, "length": 6}),
        ({"title": " "}, "empty", "title", {}),
        ({"title": 3}, "malformed", "title", {"why": "string_type"}),
        ({"number": "123456"}, "too_long", "number", {"limit": 5, "length": 6}),
        ({"idea": "theme:1"}, "malformed", "idea", {"why": "record_id"}),
        ({"idea": "idea:x"}, "malformed", "idea", {"why": "record_id"}),
        ({"ideas": ["idea:1", "goal:1"]}, "malformed", "ideas.1", {"why": "record_id"}),
        ({"rows": [{"label": "x"}, {"label": "123456"}]}, "too_long", "rows.1.label", {"limit": 5, "length": 6}),
        ({"rows": [{}]}, "malformed", "rows.0.label", {"why": "missing"}),
        ({"rows": [{"label": "x"}] * 3}, "too_many", "rows", {"limit": 2, "given": 3}),
        ({"count": 0}, "malformed", "count", {"why": "greater_than_equal", "whole": True}),
        ({"count": 10}, "malformed", "count", {"why": "less_than_equal", "whole": True}),
        ({"count": "x"}, "malformed", "count", {"why": "int_type", "whole": True}),
        ({"nothing": 1}, "malformed", "nothing", {"why": "extra_forbidden"}),
        ({"number": []}, "malformed", "number", {"why": "string_type"}),
        ({"flag": "x"}, "malformed", "flag", {"why": "bool_type"}),
        ({"other": "not_reasoned"}, "reason_required", "other", {}),
        ({"other": "not_a_date"}, "malformed", "other", {"why": "not_a_date", "date": True}),
        ({"other": "not_a_time"}, "malformed", "other", {"why": "not_a_time", "time": True}),
        ({"other": "not_a_moment"}, "malformed", "other", {"why": "not_a_moment", "moment": True}),
        ({"other": "not_an_address"}, "malformed", "other", {"why": "not_an_address", "web_address": True}),
        ({"other": "not_a_mail_address"}, "malformed", "other", {"why": "not_a_mail_address", "mail_address": True}),
        ({"other": "a\x00"}, "malformed", "other", {}),
        ({"other": [{"a": ["\ud800"]}]}, "malformed", "other", {}),
        ({"other": {"\x00": 1}}, "malformed", "other", {}),
        ({"other": limits.WHOLE_NUMBER + 1}, "malformed", "other", {}),
        ({"other": -limits.WHOLE_NUMBER - 1}, "malformed", "other", {}),
        ({"other": [float("nan")]}, "malformed", "other", {}),
        ({"\x00": 1}, "malformed", "args", {}),
    ],
)
def test_a_fault_is_named_with_its_facts(given: dict[str, Any], code: str, field: str, facts: dict[str, Any]):
    with pytest.raises(Refused) as caught:
        read(**given)
    assert (caught.value.code, caught.value.field, caught.value.others) == (code, field, ())
    assert {name: value for name, value in caught.value.facts.items() if name not in ("ge", "le", "error")} == facts


def test_a_fault_of_all_arguments_together_names_no_single_one():
    class Both(Args):
        count: int = 9

        @model_validator(mode="after")
        def _together(self) -> Both:
            raise PydanticCustomError("too_many", "x", {"limit": 1, "given": 2, "more": [3]})

    with pytest.raises(Refused) as caught:
        parse(Both, {})
    assert caught.value.as_error() == {"code": "too_many", "field": "args", "limit": 1, "given": 2}


def test_every_fault_is_told_once_for_each_field():
    with pytest.raises(Refused) as caught:
        read(title="123456", idea="x", rows=[{"label": "123456"}])
    assert (caught.value.code, caught.value.field) == ("too_long", "title")
    assert [(other.code, other.field) for other in caught.value.others] == [
        ("malformed", "idea"),
        ("too_long", "rows.0.label"),
    ]


@pytest.mark.parametrize("given", [None, [], "x", 1])
def test_arguments_are_an_object(given: Any):
    with refused("malformed", "args"):
        parse(Everything, given)


def test_words_are_cleaned_and_their_borders_are_taken_in():
    assert read(title=" a\nb\u00ad ").title == "a b"
    assert read(title="12345").title == "12345"
    assert [read(number=value).number for value in (12, 2.5, 3.0, "4", None)] == ["12", "2.5", "3", "4", None]
    assert read(title="a\x00b").title == "ab"
    assert read(rows=[{"label": " a\x00b "}]).rows[0].label == "ab"
    assert read(row={"label": "a\x00b"}).row.label == "ab"
    assert read(settings={"question": " Hvad\x00? ", "seats": 3}).settings == {"question": "Hvad?", "seats": 3}
    assert read(settings={"question": 3}).settings == {"question": 3}
    with refused("malformed", "settings"):
        read(settings={"question": "Hvad?", "other": "\x00"})
    with refused("malformed", "settings"):
        read(settings={"question": ["\x00"]})


def test_numbers_at_the_border_can_be_stored():
    check_storable({"a": [limits.WHOLE_NUMBER, -limits.WHOLE_NUMBER, 0.5, True, None, {"b": "ord"}]})
    assert read(count=1).count == 1 and read(count=9).count == 9


def test_the_journal_keeps_digests_of_words_and_nothing_of_secrets():
    given = read(title="Sted", idea="idea:1", code="hemmelig", rows=[{"label": "Ja", "count": 3}], other={"a": 1})
    kept = given.for_journal(SALT)
    assert set(kept) == {"title", "idea", "rows", "other"}
    assert (kept["idea"], kept["other"], kept["rows"][0]["count"]) == ("idea:1", {"a": 1}, 3)
    assert "Sted" not in repr(kept) and "Ja" not in repr(kept)
    assert kept == given.for_journal(SALT) != given.for_journal("11" * 16)


def test_the_journal_keeps_days_as_text_and_words_that_say_nothing_as_they_are():
    given = Everything(day=date(2027, 5, 1), number="")
    assert given.for_journal(SALT) == {"day": "2027-05-01", "number": ""}
