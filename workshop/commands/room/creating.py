"""Creates a workshop: from a template, with its groups, its codes and its three links.

A workshop that is being created has no clock to lock yet, so this does not use `perform`; its journal begins here.
"""

from __future__ import annotations

import re
import secrets
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError
from sqlalchemy import func, select

from workshop import identity, locks, secrecy
from workshop.catalogue import t
from workshop.clock import now
from workshop.commands.room.settings import Settings, apply
from workshop.door import journal
from workshop.door.arguments import Args, Words, parse
from workshop.extensions import db
from workshop.identity import BOARD, FACILITATOR, HELPER, SYSTEM
from workshop.models import Group, JournalEntry, Step, Workshop
from workshop.rules import codes, limits, mandate
from workshop.rules.decisions import Rule
from workshop.rules.refusal import Refused
from workshop.rules.templates import TEMPLATES
from workshop.store import committed, writing_outside

_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
#: (key, level, required, glyph) of the groups a workshop starts with; names are in the catalogue as `group.KEY`
DEFAULT_GROUPS: tuple[tuple[str, bool, int], ...] = (
    ("citizens", True, 1),
    ("politicians", True, 2),
    ("professionals", False, 6),
    ("leaders", False, 3),
    ("private_actors", False, 7),
    ("researchers", False, 8),
)
LEVELS = ("municipality", "region", "folketing", "european_parliament")


class GroupName(Args):
    da: Annotated[str, Words("group.name", needed=True)]
    en: Annotated[str | None, Words("group.name")] = None


class NewGroup(Args):
    key: str
    name: GroupName | None = None
    level: Literal["municipality", "region", "folketing", "european_parliament"] | None = None
    required: bool = False
    self_selectable: bool = True

    @field_validator("key")
    @classmethod
    def _plain_key(cls, value: str) -> str:
        if not _KEY.fullmatch(value):
            raise PydanticCustomError("group_key", "small letters, digits, - and _")
        return value


class NewWorkshop(Settings):
    title: Annotated[str, Words("workshop.title", needed=True)]
    template: str = "empty"
    state: Literal["draft", "open"] = "open"
    example: bool = False
    groups: Annotated[list[NewGroup] | None, Field(min_length=1)] = None

    @field_validator("template")
    @classmethod
    def _known_template(cls, value: str) -> str:
        if value not in TEMPLATES:
            raise PydanticCustomError("unknown_template", "not a template")
        return value


@locks.again
def create_workshop(organiser_id: int | None, content: dict[str, Any], like: Workshop | None = None) -> dict[str, Any]:
    """Creates a workshop. Returns `{workshop: {id, code, groups: [{key, code}]}, tokens: {facilitator, board, helper}}`.

    With `like` it gets the programme of that workshop instead of a template's. Raises `Refused` naming the field at fault.
    """
    args = parse(NewWorkshop, content)
    assert isinstance(args, NewWorkshop)
    if args.groups is not None and len(args.groups) > limits.GROUPS:
        raise Refused("too_many", "groups", limit=limits.GROUPS)
    Rule.from_settings(args.decision_rules or {})
    like_id = like.id if like is not None else None
    with writing_outside():
        _check_account(organiser_id)
        workshop = _new_row(organiser_id, args)
        db.session.add(workshop)
        db.session.flush()
        add_groups(workshop, args.groups)
        if like_id is None:
            add_template(workshop, args.template)
        else:
            add_steps_of(workshop, like_id)
        tokens = {role: new_link(workshop, role) for role in (FACILITATOR, BOARD, HELPER)}
        maker = f"organiser:{organiser_id}" if organiser_id is not None else SYSTEM
        entry = journal.entry(workshop, maker, "create_workshop", args, {}, {"lot_seed": workshop.lot_seed})
        workshop.journal_hash = entry["hash"]
        db.session.add(JournalEntry(**entry))
        answer = {"workshop": summary(workshop), "tokens": tokens}
    committed.send(None, workshop_id=workshop.id, seq=1)
    return answer


def _check_account(organiser_id: int | None) -> None:
    """Raises `too_many` for an account that has as many workshops as it may."""
    if organiser_id is None:
        return
    made = select(func.count()).select_from(Workshop).where(Workshop.organiser_id == organiser_id)
    if (db.session.scalar(made) or 0) >= limits.WORKSHOPS:
        raise Refused("too_many", "workshop", account_workshops=limits.WORKSHOPS)


def _new_row(organiser_id: int | None, args: NewWorkshop) -> Workshop:
    moment = now()
    workshop = Workshop(
        organiser_id=organiser_id,
        code=free_code(),
        epoch=secrets.token_hex(8),
        clock=1,
        seq=1,
        board_seq=1,
        state=args.state,
        template=args.template,
        example=args.example,
        title=args.title,
        language="da",
        participation_level="collaborate",
        decision_level="recommendation",
        decision_rules={},
        lot_seed=secrets.token_hex(8),
        created_at=moment,
        opened_at=moment if args.state == "open" else None,
    )
    apply(workshop, args)
    if not workshop.promise:
        workshop.promise = t(mandate.promise_key(workshop.participation_level), workshop.language)
    return workshop


def free_code() -> str:
    """Returns a join code that no workshop and no group has."""
    while True:
        code = codes.join_code(secrets.token_bytes(codes.ENOUGH_BYTES))
        taken = db.session.scalar(select(Workshop.id).where(Workshop.code == code)) or db.session.scalar(
            select(Group.id).where(Group.code == code)
        )
        if not taken:
            return code


def add_groups(workshop: Workshop, groups: list[NewGroup] | None) -> None:
    """Adds the given groups, or the default ones, each with its own code."""
    if groups is None:
        groups = [
            NewGroup(
                key=key,
                name=GroupName(da=t(f"group.{key}", "da"), en=t(f"group.{key}", "en")),
                required=required,
            )
            for key, required, _glyph in DEFAULT_GROUPS
        ]
    keys = [group.key for group in groups]
    if len(set(keys)) != len(keys):
        raise Refused("already", "groups")
    drawn = {key: glyph for key, _required, glyph in DEFAULT_GROUPS}
    free = [glyph for glyph in range(1, 9) if glyph not in {drawn[key] for key in keys if key in drawn}]
    for position, group in enumerate(groups):
        name = group.name or GroupName(da=group.key, en=group.key)
        glyph = drawn.get(group.key) or (free.pop(0) if free else 0)
        db.session.add(
            Group(
                workshop_id=workshop.id,
                seq=workshop.clock,
                key=group.key,
                name_da=name.da,
                name_en=name.en or name.da,
                level=group.level,
                required=group.required,
                self_selectable=group.self_selectable,
                code=free_code(),
                position=position,
                glyph=glyph,
            )
        )
        db.session.flush()


def add_template(workshop: Workshop, template: str) -> None:
    """Adds the steps of a template, in the workshop's language."""
    for position, step in enumerate(TEMPLATES[template].steps):
        db.session.add(
            Step(
                workshop_id=workshop.id,
                seq=workshop.clock,
                step_kind=step.kind,
                title=t(mandate.step_title_key(step.kind, workshop.decision_level), workshop.language),
                instruction=t(step.instruction_key, workshop.language),
                minutes=step.minutes,
                position=position,
                settings=dict(step.settings),
            )
        )


def add_steps_of(workshop: Workshop, like_id: int) -> None:
    """Adds the steps of another workshop's programme, none of them started."""
    rows = db.session.scalars(select(Step).where(Step.workshop_id == like_id).order_by(Step.position, Step.id))
    for position, step in enumerate(rows.all()):
        db.session.add(
            Step(
                workshop_id=workshop.id,
                seq=workshop.clock,
                step_kind=step.step_kind,
                title=step.title,
                instruction=step.instruction,
                minutes=step.minutes,
                position=position,
                settings={name: value for name, value in step.settings.items() if name != "revealed"},
            )
        )


def new_link(workshop: Workshop, role: str) -> str:
    """Returns a new link token for a role. Earlier ones stay valid: `replace_link` ends them."""
    token = secrecy.new_token()
    identity.issue(token, role, workshop_id=workshop.id, is_link=True)
    return token


def summary(workshop: Workshop) -> dict[str, Any]:
    """Returns `{id, code, groups: [{key, code}]}`."""
    groups = db.session.scalars(select(Group).where(Group.workshop_id == workshop.id).order_by(Group.position, Group.id))
    return {
        "id": workshop.id,
        "code": workshop.code,
        "groups": [{"key": group.key, "code": group.code} for group in groups],
    }
