"""The fields of goals and agreements as command arguments, made from the table in `rules.fields`.

One table says which fields there are; the arguments of `draft_*`, `edit_*` and amendments, the protocol page and the
editors all follow it.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal, cast

from pydantic import AfterValidator, Field, create_model
from pydantic_core import PydanticCustomError

from workshop.clock import today
from workshop.door.arguments import Args, Words, parse
from workshop.door.context import Context
from workshop.models import Goal, Idea
from workshop.rules import fields, mandate, rows
from workshop.rules.cleaning import clean
from workshop.rules.dates import parse_date
from workshop.rules.record_ids import is_record_id
from workshop.rules.refusal import Refused


def _date(value: str | None) -> str | None:
    if not value or not clean(value):
        return None
    day = parse_date(clean(value, one_line=True), today())
    if day is None:
        raise PydanticCustomError("not_a_date", "not a date")
    return day.isoformat()


def _level(value: str | None) -> str | None:
    if not value:
        return None
    try:
        return mandate.decision_level(value)
    except Refused as refusal:
        raise PydanticCustomError("unknown_level", "not a level") from refusal


def _type(field: fields.Field) -> Any:
    """Returns the pydantic type of a field."""
    if field.name == "decision_level":
        return Annotated[str | None, AfterValidator(_level)]
    if field.kind in ("text", "longtext"):
        return Annotated[str | int | float | None, Words(field.limit or 0, one_line=field.kind == "text")]
    if field.kind == "date":
        return Annotated[str | None, AfterValidator(_date)]
    if field.kind == "choice":
        return Literal[(*field.choices, "", None)]
    if field.kind == "number":
        return Annotated[int, Field(ge=0, le=3650)] | None
    if field.kind == "group":
        return Annotated[str, Field(max_length=40)] | None
    item = _row_model(field) if field.items else Annotated[str, Field(max_length=40)]
    return Annotated[list[item], Field(max_length=field.limit or 50)] | None  # type: ignore[valid-type]


def _row_model(field: fields.Field) -> type[Args]:
    columns: dict[str, Any] = {item.name: (_type(item), None) for item in field.items}
    return cast(type[Args], create_model(f"{field.name.title()}Row", __base__=Args, **columns))


def fields_model(noun: str) -> type[Args]:
    """Returns a model of all editable fields of a noun, none of them needed."""
    columns: dict[str, Any] = {field.name: (_type(field), None) for field in fields.FIELDS[noun] if not field.derived}
    return cast(type[Args], create_model(f"{noun.title()}Fields", __base__=Args, **columns))


GoalFields = fields_model("goal")
AgreementFields = fields_model("agreement")
#: a text without these words is none
NEEDED = {"goal": "title", "agreement": "purpose"}
MODELS: dict[str, type[Args]] = {"goal": GoalFields, "agreement": AgreementFields}


def given(noun: str, args: Args) -> dict[str, Any]:
    """Returns the fields of the noun that were given, as they are stored: plain JSON values."""
    names = {field.name for field in fields.FIELDS[noun] if not field.derived}
    return {name: _stored(getattr(args, name)) for name in args.model_fields_set if name in names}


def _stored(value: Any) -> Any:
    if isinstance(value, Args):
        return {name: _stored(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, list):
        return [_stored(item) for item in value]
    return value


def check_references(context: Context, noun: str, content: dict[str, Any]) -> None:
    """Raises `not_found` or `malformed` naming the field for ideas, goals, groups and parties that are not there."""
    ideas = [_ref(record_id, "idea", "from_ideas") for record_id in content.get("from_ideas") or []]
    if any(idea.shown_seq is None for idea in context.find_all(Idea, ideas, "from_ideas")):
        raise Refused("not_found", "from_ideas")
    goals = [_ref(record_id, "goal", "goals") for record_id in content.get("goals") or []]
    context.find_all(Goal, goals, "goals")
    keys = {group.key for group in context.workshop.groups}
    if content.get("owner_group") and content["owner_group"] not in keys:
        raise Refused("not_found", "owner_group")
    if noun == "agreement":
        _check_parties(content, keys)


def _check_parties(content: dict[str, Any], keys: set[str]) -> None:
    names = set()
    for place, party in enumerate(content.get("parties") or []):
        if party.get("group") and party["group"] not in keys:
            raise Refused("not_found", f"parties.{place}.group")
        name = (party.get("name") or "").strip()
        if not name:
            raise Refused("empty", f"parties.{place}.name")
        if name in names:
            raise Refused("already", f"parties.{place}.name")
        names.add(name)
    for field in ("contributions", "mandates"):
        for place, row in enumerate(content.get(field) or []):
            if row.get("party") and row["party"] not in names:
                raise Refused("not_found", f"{field}.{place}.party")


def _ref(record_id: str, kind: str, field: str) -> str:
    if not is_record_id(record_id, (kind,)):
        raise Refused("malformed", field)
    return record_id


def read_field(noun: str, name: str, text: str) -> Any:
    """Returns the value an amendment's wording stands for. Lists travel as JSON. Raises `malformed` naming `new`."""
    field = next((f for f in fields.FIELDS[noun] if f.name == name and not f.derived), None)
    if field is None:
        raise Refused("malformed", "field")
    value: Any = text
    if field.kind in ("list", "number"):
        value = _from_json(text)
    elif not text and field.kind in ("choice", "group"):
        value = None
    try:
        return given(noun, parse(MODELS[noun], {name: value}))[name]
    except Refused as refusal:
        raise Refused(refusal.code, "new", **refusal.facts) from refusal


def _from_json(text: str) -> Any:
    """Returns a value that travels as JSON; nothing written is nothing."""
    try:
        return json.loads(text) if text else None
    except (json.JSONDecodeError, RecursionError) as error:
        raise Refused("malformed", "new") from error


def with_renames(content: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Returns the changes, and with them what a party gives and may decide under its new name, where it was given one."""
    if "parties" not in changes:
        return changes
    names = rows.renamed(content.get("parties"), changes["parties"])
    carried = dict(changes)
    for field in ("contributions", "mandates"):
        listed = changes.get(field, content.get(field)) or []
        if any(row.get("party") in names for row in listed):
            carried[field] = [{**row, "party": names.get(row.get("party") or "", row.get("party"))} for row in listed]
    return carried


def show_field(value: Any) -> str:
    """Returns a field's value as an amendment shows it: text as it stands, lists as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
