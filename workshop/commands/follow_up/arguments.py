"""What the arguments of these commands share: days, items, and addresses of the web."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from workshop.clock import today
from workshop.door.arguments import Ref
from workshop.rules import limits
from workshop.rules.cleaning import clean
from workshop.rules.dates import parse_date, years_after
from workshop.rules.refusal import Refused

_WEB_ADDRESS = re.compile(r"https?://[^\s/?#@:\"<>]+(?::\d{1,5})?(?:[/?#][^\s\"<>]*)?", re.IGNORECASE)
ITEM_KINDS = ("goal", "agreement", "idea")


def _day(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    day = parse_date(clean(value, one_line=True), today())
    if day is None:
        raise PydanticCustomError("not_a_date", "not a date")
    return day


def _web_address(value: str) -> str:
    """Returns an address that a page may link to: only the web's own, so that no link runs a script."""
    if value and not _WEB_ADDRESS.fullmatch(value):
        raise PydanticCustomError("not_an_address", "not an address of the web")
    return value


def check_near(day: date | None, field: str) -> None:
    """Raises `malformed` for a day more than `limits.YEARS_AHEAD` years ahead: cards, links and addresses are kept for it."""
    if day is not None and day > years_after(today(), limits.YEARS_AHEAD):
        raise Refused("malformed", field, years=limits.YEARS_AHEAD)


Day = Annotated[date, BeforeValidator(_day)]
"""A day as people write it, read to a date."""
On = Annotated[str, Ref(*ITEM_KINDS)]
"""The record id of an item."""
WebAddress = _web_address
