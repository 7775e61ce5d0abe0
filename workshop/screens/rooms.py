"""How the workshop, its groups, the programme and the board are seen."""

from __future__ import annotations

from sqlalchemy import and_, bindparam, or_, select

from workshop import ready_words
from workshop.clock import moment_of, stamp
from workshop.extensions import db
from workshop.models import Group, Organiser, Step, Token, Workshop
from workshop.rules.roles import FACILITATOR
from workshop.screens.kinds import Record, kind
from workshop.screens.view import View

#: the columns that are shown as they are
_SHOWN_AS_STORED = (
    "title",
    "question",
    "language",
    "state",
    "participation_level",
    "promise",
    "decision_level",
    "fixed_frame",
    "negotiable",
    "commissioning_body",
    "receiving_body",
    "ground_rules",
    "privacy_minimum",
    "group_labels",
    "retention_days",
    "ideas_always_open",
)


def present_workshop(workshop: Workshop, view: View) -> Record:
    """Returns the workshop's own record. The seed of the lots is shown from the start (docs/rules.md section 5)."""
    record = {
        "id": workshop.record_id,
        "kind": "workshop",
        "code": workshop.code,
        "example": workshop.example,
        "locked": workshop.locked,
        "lot_seed": workshop.lot_seed,
        "current_step": Step.record_id_of(workshop.current_step_id),
        "response_due": workshop.response_due.isoformat() if workshop.response_due else None,
        "day": workshop.day.isoformat() if workshop.day else None,
        "begins": workshop.begins,
        "begins_at": stamp(moment_of(workshop.day, workshop.begins)) if workshop.day and workshop.begins else None,
        "place": workshop.place,
        "decision_rules": dict(workshop.decision_rules),
        "opened_at": stamp(workshop.opened_at),
        "closed_at": stamp(workshop.closed_at),
        "labels": _labels(workshop, view),
        "record_slug": workshop.record_slug if workshop.record_published_at else None,
        "promise_key": ready_words.promise_key(workshop.promise, workshop.participation_level, workshop.language),
    }
    for name in _SHOWN_AS_STORED:
        record[name] = getattr(workshop, name)
    if view.facilitator:
        record.update(_leading(workshop))
    return record


def _labels(workshop: Workshop, view: View) -> str:
    """Returns whether groups are named on texts now: `shown`, `off` by the setting, or `withheld` because the texts without
    a name would point at a few people."""
    if not workshop.group_labels:
        return "off"
    return "withheld" if view.labels.withheld else "shown"


_LEADING = (
    select(Token, Organiser.name)
    .outerjoin(Organiser, Organiser.id == Token.organiser_id)
    .where(
        Token.ended_at.is_(None),
        or_(
            Token.id == bindparam("chair"),
            and_(Token.workshop_id == bindparam("workshop"), Token.role == FACILITATOR, Token.name.is_not(None)),
        ),
    )
    .order_by(Token.id)
)


def _leading(workshop: Workshop) -> Record:
    """Returns `{chair, facilitators}` for facilitators: who leads the room, and the facilitators with a name, to whom the
    chair can be handed over."""
    rows = db.session.execute(_LEADING, {"chair": workshop.chair_token_id, "workshop": workshop.id})
    people = {token.id: {"id": f"{token.role}:{token.id}", "name": token.name or organiser} for token, organiser in rows}
    return {"chair": people.get(workshop.chair_token_id or 0), "facilitators": list(people.values())}


def present_board(workshop: Workshop, _view: View) -> Record:
    """Returns what the board shows: a record id, a nudge, or `lobby`, `programme`, `step`, `qr`, `blank`."""
    return {
        "id": f"board:{workshop.id}",
        "kind": "board",
        "shows": workshop.board_shows,
        "zoom": workshop.board_zoom,
        "page": workshop.board_page,
    }


@kind(Group)
def present_group(group: Group, view: View) -> Record:
    """Returns a group. The room is told how many have joined only from the privacy minimum on, or when nobody has."""
    joined = view.group_sizes.get(group.id, 0)
    shown = view.facilitator or joined == 0 or joined >= view.workshop.privacy_minimum
    record: Record = {
        "id": group.record_id,
        "kind": "group",
        "key": group.key,
        "name": {"da": group.name_da, "en": group.name_en},
        "level": group.level,
        "required": group.required,
        "self_selectable": group.self_selectable,
        "position": group.position,
        "glyph": group.glyph,
        "joined": joined if shown else None,
    }
    if view.facilitator:
        record["code"] = group.code
        record["open_vote"] = {"agreed": view.agreed.get(group.id, 0), "of": joined} if group.asked_openly else None
    return record


@kind(Step)
def present_step(step: Step, view: View) -> Record:
    """Returns a step of the programme. `step_kind` is its kind; `kind` names the record."""
    about, written_in = step.step_kind, view.workshop.language
    return {
        "id": step.record_id,
        "kind": "step",
        "step_kind": step.step_kind,
        "title": step.title,
        "title_key": ready_words.title_key(step.title, about, view.workshop.decision_level, written_in),
        "instruction": step.instruction,
        "instruction_key": ready_words.instruction_key(step.instruction, about, written_in),
        "state": step.state,
        "position": step.position,
        "minutes": step.minutes,
        "started_at": stamp(step.started_at),
        "ends_at": stamp(step.ends_at),
        "settings": dict(step.settings),
        "ready": view.ready if step.state == "running" else None,
    }
