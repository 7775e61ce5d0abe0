"""The arguments of commands: pydantic models whose errors become refusals that name the field.

`Words` marks text that people write: it is cleaned, its length is limited, and the journal stores a digest instead of the
text. `Secret` marks what the journal must not store at all. `Ref` is the id of a record.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, ValidationError
from pydantic_core import CoreSchema, ErrorDetails, PydanticCustomError, core_schema

from workshop.rules import limits
from workshop.rules.chain import digest
from workshop.rules.cleaning import clean
from workshop.rules.record_ids import is_record_id
from workshop.rules.refusal import Refused

#: codes of our own that a validator may raise; every other pydantic error is `malformed`
_OWN_CODES = frozenset({"too_long", "empty", "too_many", "reason_required"})
#: the parts that pydantic adds to the place of an error where an argument may be of several types
_TYPES = frozenset({"str", "int", "float", "bool"})
#: the errors of our own validators, and the fact in the refusal that selects the sentence for each
_NOT_A = {
    "not_a_date": "date",
    "not_a_time": "time",
    "not_a_moment": "moment",
    "not_an_address": "web_address",
    "not_a_mail_address": "mail_address",
}


class Args(BaseModel):
    """Base of every command's arguments: unknown fields are refused by name."""

    #: built when it is first used: all of them at every start would take a fifth of it
    model_config = ConfigDict(extra="forbid", strict=True, defer_build=True)

    def for_journal(self, salt: str) -> dict[str, Any]:
        """Returns the arguments as the journal stores them: digests instead of texts, no secrets."""
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
    """Marks an argument that the journal must not store, not even as a digest (a vote)."""


class Words:
    """Text people write, limited by `limits.TEXT_LIMITS[limit]` characters, or by a number. `needed` refuses a text without
    visible characters. A number is taken in its written form.

    The text is brought to the form of `rules.cleaning`, on one line for the texts in `limits.ONE_LINE` or with `one_line`;
    lengths count its characters (code points) after that. A text is never refused for invisible characters.
    """

    def __init__(self, limit: str | int, *, needed: bool = False, one_line: bool = False) -> None:
        self.limit = limit if isinstance(limit, int) else limits.TEXT_LIMITS[limit]
        self.needed = needed
        self.one_line = one_line or limit in limits.ONE_LINE

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        # Cleaned first: pydantic refuses a text with half a surrogate pair.
        inner = core_schema.no_info_before_validator_function(self._cleaned, handler(source))
        return core_schema.no_info_after_validator_function(self._check, inner)

    def _cleaned(self, value: Any) -> Any:
        return clean(value, one_line=self.one_line) if isinstance(value, str) else value

    def _check(self, value: str | int | float | None) -> str | None:
        if value is None:
            return None
        text = value if isinstance(value, str) else f"{value:g}"
        if len(text) > self.limit:
            raise PydanticCustomError("too_long", "longer than {limit}", {"limit": self.limit, "length": len(text)})
        if self.needed and not text:
            raise PydanticCustomError("empty", "empty")
        return text


class WordsIn:
    """Marks an argument that is an object of settings with a text in it: the entry `name` is cleaned as `Words` are."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._cleaned, handler(source))

    def _cleaned(self, value: Any) -> Any:
        return {**value, self.name: clean(value[self.name])} if self.is_in(value) else value

    def is_in(self, value: Any) -> bool:
        """Returns whether `value` is an object with a text under `name`."""
        return isinstance(value, dict) and isinstance(value.get(self.name), str)


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
    """Raises `malformed` naming the field that contains, at any depth, a zero byte, half a surrogate pair, NaN or a number
    that is too large: these cannot be stored in every database."""
    for field, value in content.items():
        waiting = [field, value]
        while waiting:
            item = waiting.pop()
            if isinstance(item, str):
                if "\x00" in item or any("\ud800" <= character <= "\udfff" for character in item):
                    raise Refused("malformed", "args" if item is field else field)
            elif isinstance(item, int | float):
                # This form of the comparison is also false for NaN.
                if not -limits.WHOLE_NUMBER <= item <= limits.WHOLE_NUMBER:
                    raise Refused("malformed", field)
            elif isinstance(item, dict):
                waiting += [*item.keys(), *item.values()]
            elif isinstance(item, list):
                waiting += item


def parse(model: type[Args], args: Any) -> Args:
    """Returns a command's arguments, validated. Raises `Refused` with the code, the field and the facts of the first fault;
    the other faults are attached."""
    if not isinstance(args, dict):
        raise Refused("malformed", "args")
    check_storable(dict(_but_words(model, args)))
    try:
        return model.model_validate(args)
    except ValidationError as error:
        raise refusal_of(error) from error


def _but_words(model: type[Args], args: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yields the arguments without the texts marked as `Words` or `WordsIn`, also without those in the rows of a list:
    those texts are cleaned instead of being refused."""
    for name, value in args.items():
        info = model.model_fields.get(name)
        marks = list(_marks(info.annotation, info.metadata)) if info else []
        if isinstance(value, str) and any(isinstance(mark, Words) for mark in marks):
            continue
        inside = {mark.name for mark in marks if isinstance(mark, WordsIn) and mark.is_in(value)}
        inner = _inner_model(info.annotation) if info else None
        if inside:
            yield name, {key: item for key, item in value.items() if key not in inside}
        else:
            yield name, value if inner is None else _rows_but_words(inner, value)


def _rows_but_words(model: type[Args], value: Any) -> Any:
    if isinstance(value, dict):
        return dict(_but_words(model, value))
    return [_rows_but_words(model, row) for row in value] if isinstance(value, list) else value


def _marks(annotation: Any, metadata: list[Any]) -> Iterator[Any]:
    yield from metadata
    for part in get_args(annotation):
        yield from _marks(part, list(getattr(part, "__metadata__", ())))


def _inner_model(annotation: Any) -> type[Args] | None:
    """Returns the model of an argument that is an object or a list of objects; None for any other."""
    if isinstance(annotation, type) and issubclass(annotation, Args):
        return annotation
    return next((found for part in get_args(annotation) if (found := _inner_model(part)) is not None), None)


def refusal_of(error: ValidationError) -> Refused:
    """Returns the refusal for the first fault pydantic found; those of other fields are its `others`."""
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
    if code == "too_long" and "max_length" in facts:
        # pydantic reports a list with too many entries by this code.
        return Refused("too_many", field, limit=facts["max_length"], given=facts["actual_length"])
    if code == "malformed":
        facts = {"why": fault["type"], **_what_is_wanted(fault["type"])}
    return Refused(code, field, **facts)


def _what_is_wanted(fault: str) -> dict[str, Any]:
    """Returns the fact that selects a more precise sentence, where a person can correct what was typed."""
    if fault in _NOT_A:
        return {_NOT_A[fault]: True}
    return {"whole": True} if fault.startswith("int_") or fault in ("greater_than_equal", "less_than_equal") else {}
