"""The arguments of commands: pydantic models whose errors become refusals that name the field.

`Words` marks text that people write: its length is limited, control characters are refused, and the journal keeps a digest
of it instead of the text. `Secret` marks what the journal must not hold at all. `Ref` is the id of a record of one kind.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Container
from typing import Any

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, ValidationError
from pydantic_core import CoreSchema, ErrorDetails, PydanticCustomError, core_schema

from ..rules import limits
from ..rules.chain import digest
from ..rules.refusal import Refused

#: codes of our own that a validator may raise; every other pydantic error is `malformed`
_OWN_CODES = frozenset({"too_long", "empty", "too_many", "reason_required"})
#: what pydantic adds to a place where a value may be of several types
_TYPES = frozenset({"str", "int", "float", "bool"})
_KEPT_CONTROLS = frozenset("\n\t")


class Args(BaseModel):
    """Base of every command's arguments: unknown fields are refused by name."""

    model_config = ConfigDict(extra="forbid", strict=True)

    def for_journal(self, salt: str) -> dict[str, Any]:
        """These arguments as the journal keeps them: digests for words, nothing of secrets."""
        kept: dict[str, Any] = {}
        for name, info in type(self).model_fields.items():
            if name not in self.model_fields_set or any(isinstance(m, Secret) for m in info.metadata):
                continue
            value = getattr(self, name)
            worded = any(isinstance(m, Words) for m in info.metadata)
            kept[name] = digest(value, bytes.fromhex(salt)) if worded and value else _plain(value, salt)
        return kept


class NoArgs(Args):
    """A command without arguments."""


def _plain(value: Any, salt: str) -> Any:
    if isinstance(value, Args):
        return value.for_journal(salt)
    if isinstance(value, list):
        return [_plain(item, salt) for item in value]
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value


class Secret:
    """Marks an argument the journal must not hold, not even as a digest (a vote)."""


class Words:
    """Text people write, limited by `limits.TEXT_LIMITS[limit]` characters, or by a number. `needed` refuses the empty
    text. A number is taken as it would be written.

    Surrounding white space goes, the text is brought to Unicode form C, lengths count characters (code points).
    """

    def __init__(self, limit: str | int, *, needed: bool = False) -> None:
        self.limit = limit if isinstance(limit, int) else limits.TEXT_LIMITS[limit]
        self.needed = needed

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def _check(self, value: str | int | float | None) -> str | None:
        if value is None:
            return None
        value = value if isinstance(value, str) else f"{value:g}"
        text = unicodedata.normalize("NFC", value.replace("\r\n", "\n")).strip()
        if any(unicodedata.category(c) in ("Cc", "Cs") and c not in _KEPT_CONTROLS for c in text):
            raise PydanticCustomError("control_character", "a control character")
        if len(text) > self.limit:
            raise PydanticCustomError(
                "too_long", "longer than {limit}", {"limit": self.limit, "length": len(text)}
            )
        if self.needed and not text:
            raise PydanticCustomError("empty", "empty")
        return text


def is_record_id(text: str, kinds: Container[str]) -> bool:
    """Whether the text has the form of a record id, `"kind:number"`, of one of the kinds."""
    kind, _, number = text.partition(":")
    return kind in kinds and number.isascii() and number.isdigit() and len(number) <= 12


class Ref:
    """The id of a record, `"kind:number"`. Any of the kinds given is accepted."""

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def _check(self, value: str | None) -> str | None:
        if value is None:
            return None
        if not is_record_id(value, self.kinds):
            raise PydanticCustomError("record_id", "not the id of such a record", {"kinds": list(self.kinds)})
        return value


def check_storable(content: dict[str, Any]) -> None:
    """Raise `malformed` naming the field that holds, however deep, a zero byte or half a character: neither can be
    written to every database."""
    for field, value in content.items():
        waiting = [field, value]
        while waiting:
            item = waiting.pop()
            if isinstance(item, str):
                if "\x00" in item or any("\ud800" <= character <= "\udfff" for character in item):
                    raise Refused("malformed", "args" if item is field else field)
            elif isinstance(item, dict):
                waiting += [*item.keys(), *item.values()]
            elif isinstance(item, list):
                waiting += item


def parse(model: type[Args], args: Any) -> Args:
    """Read a command's arguments. Raises `Refused` with the code, the field and the facts of the first fault, the others
    beside it."""
    if not isinstance(args, dict):
        raise Refused("malformed", "args")
    check_storable(args)
    try:
        return model.model_validate(args)
    except ValidationError as error:
        raise refusal_of(error) from error


def refusal_of(error: ValidationError) -> Refused:
    """The refusal for the first fault pydantic found; those of other fields are its `others`."""
    by_field: dict[str | None, Refused] = {}
    for fault in error.errors(include_url=False, include_input=False):
        refused = _refusal_for(fault)
        by_field.setdefault(refused.field, refused)
    first, *others = by_field.values()
    first.others = tuple(others)
    return first


def _refusal_for(fault: ErrorDetails) -> Refused:
    place = (str(part) for part in fault["loc"] if part not in _TYPES)
    field = ".".join(part for part in place if not part.startswith("function-")) or "args"
    code = fault["type"] if fault["type"] in _OWN_CODES else "malformed"
    facts = {k: v for k, v in fault.get("ctx", {}).items() if isinstance(v, (int, str))}
    if code == "malformed":
        facts = {"why": fault["type"]}
    return Refused(code, field, **facts)
