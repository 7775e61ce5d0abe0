"""The programme: adding, changing, moving, removing, starting, extending and finishing steps; and the board."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import select

from workshop import models
from workshop.catalogue import t
from workshop.clock import utc
from workshop.commands import ordering
from workshop.commands.people import attendance
from workshop.commands.votes import openness
from workshop.door.arguments import Args, Ref, Words, WordsIn
from workshop.door.context import Context
from workshop.door.registry import FACILITATORS, Result, command
from workshop.extensions import db
from workshop.models import Participant, Step
from workshop.models.base import Stamped
from workshop.rules import limits, mandate, nudges, steps
from workshop.rules.labels import may_name
from workshop.rules.openness import SETTINGS as OPENNESS
from workshop.rules.openness import Openness, declared_settings
from workshop.rules.record_ids import is_record_id
from workshop.rules.refusal import Refused

Minutes = Annotated[int, Field(ge=1, le=steps.MOST_MINUTES)]


class AddStep(Args):
    kind: str
    title: Annotated[str | None, Words("step.title")] = None
    instruction: Annotated[str | None, Words("step.instruction")] = None
    minutes: Minutes | None = None
    settings: Annotated[dict[str, Any] | None, WordsIn("question")] = None
    before: Annotated[str | None, Ref("step")] = None


class EditStep(Args):
    step: Annotated[str, Ref("step")]
    title: Annotated[str | None, Words("step.title")] = None
    instruction: Annotated[str | None, Words("step.instruction")] = None
    minutes: Minutes | None = None
    settings: Annotated[dict[str, Any] | None, WordsIn("question")] = None


class MoveStep(Args):
    step: Annotated[str, Ref("step")]
    before: Annotated[str | None, Ref("step")] = None


class OneStep(Args):
    step: Annotated[str, Ref("step")]


class StartStep(Args):
    step: Annotated[str, Ref("step")]
    minutes: Minutes | None = None


class ExtendStep(Args):
    step: Annotated[str, Ref("step")]
    minutes: Minutes


class ShowOnBoard(Args):
    shows: str
    zoom: Annotated[int | None, Field(ge=50, le=200)] = None
    page: Annotated[int | None, Field(ge=0, le=999)] = None


def _changed_settings(context: Context, before: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """Returns the settings of a step after a change; those not named stay. Raises `malformed` naming `settings.NAME`, and
    what `declared_settings` raises."""
    keys = [group.key for group in context.workshop.groups]
    others = {name: value for name, value in given.items() if name not in OPENNESS}
    kept = {name: value for name, value in before.items() if name not in OPENNESS}
    return {**kept, **_check_settings(others), **declared_settings(before, given, keys)}


def _check_settings(settings: dict[str, Any]) -> dict[str, Any]:
    """Returns the known settings of a step. Raises `malformed` or `too_long` naming `settings.NAME`. `ideas_per_person`
    None is no such limit."""
    known: dict[str, tuple[Any, ...]] = {
        "writing": steps.WRITING,
        "method": ("approval", "dots", "positions"),
        "weights": ("one_person", "per_group"),
    }
    for name, value in settings.items():
        if name in known and value not in known[name]:
            raise Refused("malformed", f"settings.{name}")
        if name == "ideas_per_person" and value is None:
            continue
        if name in ("seats", "dots", "per_option", "choices", "ideas_per_person"):
            highest = limits.IDEAS_PER_PERSON if name == "ideas_per_person" else 300
            if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= highest:
                raise Refused("malformed", f"settings.{name}", limit=highest)
        elif name == "question" and isinstance(value, str) and len(value) > limits.QUESTION:
            raise Refused("too_long", "settings.question", limit=limits.QUESTION, length=len(value))
        elif name not in known and not (name in ("revealed", "question") and isinstance(value, (bool, str))):
            raise Refused("malformed", f"settings.{name}")
    return settings


@command("add_step", AddStep, FACILITATORS, undoable=True)
def add_step(context: Context, args: AddStep) -> Result:
    """Add a step at the end, or before another."""
    kind = steps.check_kind(args.kind)
    if len(context.workshop.steps) >= limits.STEPS:
        raise Refused("too_many", "steps", limit=limits.STEPS)
    before = context.find(Step, args.before, "before") if args.before else None
    language = context.workshop.language
    step = Step(
        workshop_id=context.workshop.id,
        step_kind=kind,
        title=args.title or t(mandate.step_title_key(kind, context.workshop.decision_level), language),
        instruction=args.instruction if args.instruction is not None else t(f"step.{kind}.instruction", language),
        minutes=args.minutes,
        settings=_changed_settings(context, steps.DEFAULT_SETTINGS.get(kind, {}), args.settings or {}),
        position=ordering.place(context, Step, before),
    )
    context.add(step)
    return {"step": step.record_id}


@command("edit_step", EditStep, FACILITATORS, undoable=True)
def edit_step(context: Context, args: EditStep) -> Result:
    """Change a step's title, instruction, planned minutes or settings; settings not named stay. Who votes openly can be
    changed until a vote has opened in the step: `closed`."""
    step = context.find(Step, args.step)
    if args.title is not None:
        if not args.title:
            raise Refused("empty", "title")
        step.title = args.title
    if args.instruction is not None:
        step.instruction = args.instruction
    if "minutes" in args.model_fields_set:
        step.minutes = args.minutes
    if args.settings is not None:
        settings = _changed_settings(context, step.settings, args.settings)
        if Openness.of_step(settings) != Openness.of_step(step.settings):
            openness.refuse_once_voted(step)
        step.settings = {name: value for name, value in settings.items() if value is not None}
    context.touch(step)
    return None


@command("move_step", MoveStep, FACILITATORS, undoable=True)
def move_step(context: Context, args: MoveStep) -> Result:
    """Move a step before another, or to the end."""
    step = context.find(Step, args.step)
    before = context.find(Step, args.before, "before") if args.before else None
    if before is step:
        raise Refused("conflict", "before")
    ordering.put_before(context, step, before)
    return None


@command("remove_step", OneStep, FACILITATORS, undoable=True)
def remove_step(context: Context, args: OneStep) -> Result:
    """Take a step out of the programme. What was written in it stays."""
    step = context.find(Step, args.step)
    steps.move(step.state, "remove")
    if context.workshop.current_step_id == step.id:
        context.workshop.current_step_id = None
        context.touch(context.workshop)
    context.write.remove(step)
    return None


@command("start_step", StartStep, FACILITATORS, undoable=True, while_draft=False)
def start_step(context: Context, args: StartStep) -> Result:
    """Start a step: phones and board follow, but the board keeps the large code while people arrive. The step that was running
    is done; everybody is "not ready" again."""
    step = context.find(Step, args.step)
    if step.state == "running":
        raise Refused("already", "step")
    state = steps.move(step.state, "start")
    running = context.current_step()
    if running is not None:
        _finish(context, running)
    moment = context.now()
    step.state = state
    step.started_at = moment
    step.finished_at = None
    step.ends_at = steps.ends_at(moment, args.minutes if args.minutes is not None else step.minutes)
    context.workshop.current_step_id = step.id
    context.touch(step, context.workshop)
    _show(context, "lobby" if step.step_kind == "welcome" else "step")
    attendance.note(context.workshop.id, moment, step)
    ready = db.session.scalars(
        select(Participant).where(Participant.workshop_id == context.workshop.id, Participant.ready.is_(True))
    ).all()
    for person in ready:
        person.ready = False
    context.touch(*ready)
    context.touch_mine(*ready)
    return None


def _finish(context: Context, step: Step) -> None:
    step.state = steps.move(step.state, "finish")
    step.finished_at = context.now()
    context.touch(step)


def _show(context: Context, shows: str) -> None:
    context.workshop.board_shows = shows
    context.workshop.board_page = 0
    context.write.touch_board()


@command("extend_step", ExtendStep, FACILITATORS, undoable=True)
def extend_step(context: Context, args: ExtendStep) -> Result:
    """Give a running step more minutes, counted from its end or, where that has passed, from now."""
    step = context.find(Step, args.step)
    steps.move(step.state, "extend")
    ends = utc(step.ends_at) if step.ends_at else None
    step.ends_at = steps.extended(context.now(), ends, args.minutes)
    context.touch(step)
    return None


@command("finish_step", OneStep, FACILITATORS, undoable=True)
def finish_step(context: Context, args: OneStep) -> Result:
    """Finish the running step without starting another."""
    step = context.find(Step, args.step)
    _finish(context, step)
    if context.workshop.current_step_id == step.id:
        context.workshop.current_step_id = None
        context.touch(context.workshop)
    return None


BOARD_SCREENS: tuple[str, ...] = ("lobby", "programme", "step", "qr", "blank")
_SHOWN: tuple[type[Stamped], ...] = (
    *(models.Step, models.Theme, models.Idea, models.Ballot, models.Goal, models.Agreement, models.Amendment),
    *(models.Decision, models.Consent, models.Group, models.ShowOfHands),
)


@command("show_on_board", ShowOnBoard, FACILITATORS, undoable=True, while_closed=True)
def show_on_board(context: Context, args: ShowOnBoard) -> Result:
    """Choose what the board shows: `lobby`, `programme`, `step` (what the room is doing), `qr`, `blank`, a nudge
    (`nudge:sides`, `nudge:sides:group:3`), or a record."""
    if args.shows not in BOARD_SCREENS:
        _check_shown(context, args.shows)
    if args.shows != context.workshop.board_shows:
        context.workshop.board_page = 0
    context.workshop.board_shows = args.shows
    if args.zoom is not None:
        context.workshop.board_zoom = args.zoom
    if args.page is not None:
        context.workshop.board_page = args.page
    context.write.touch_board()
    return None


def _check_shown(context: Context, record_id: str) -> None:
    nudge = nudges.read(record_id)
    if nudge is not None:
        _check_group_is_large_enough(context, nudge[1])
        return
    if not is_record_id(record_id, [model.kind for model in _SHOWN]):
        raise Refused("malformed", "shows")
    row = context.find_among(_SHOWN, record_id, "shows")
    if isinstance(row, models.Idea) and row.state not in ("open", "merged"):
        raise Refused("not_open", "shows")


def _check_group_is_large_enough(context: Context, group_id: str | None) -> None:
    """A group is turned to by name only where nobody can be known in it. Raises `not_allowed` with the `limit`."""
    if group_id is None:
        return
    if not is_record_id(group_id, ("group",)):
        raise Refused("malformed", "shows")
    group = context.find(models.Group, group_id, "shows")
    minimum = context.workshop.privacy_minimum
    if not may_name(context.group_size(group.id), minimum):
        raise Refused("not_allowed", "shows", limit=minimum)
