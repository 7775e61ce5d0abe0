"""Reads the mandate, who was in the room, and the ground rules."""

from __future__ import annotations

from sqlalchemy import select

from workshop import ready_words
from workshop.export.document import Attended, Figure, GroundRules, Look, Mandate, Presence, Room
from workshop.export.sources.reading import Reading
from workshop.extensions import db
from workshop.models import Attendance, Consent, Objection, Step
from workshop.models.rounds import spent
from workshop.rules import attendance as looking
from workshop.rules.fingerprints import text_hash
from workshop.rules.groups import Grouping, effective_groups


def mandate(reading: Reading) -> Mandate:
    """Returns the mandate: who asked, who answers and by when, and what the room may decide."""
    workshop = reading.workshop
    promise, level = workshop.promise, workshop.participation_level
    return Mandate(
        commissioning_body=workshop.commissioning_body,
        receiving_body=workshop.receiving_body,
        response_due=workshop.response_due,
        participation_level=workshop.participation_level,
        promise=ready_words.said(promise, ready_words.promise_key(promise, level, workshop.language), reading.language),
        decision_level=workshop.decision_level,
        fixed_frame=workshop.fixed_frame,
        negotiable=workshop.negotiable,
    )


def room(reading: Reading) -> Room:
    """Returns the people in each effective group. Small groups are counted together, and a room under the privacy minimum is
    not counted (docs/rules.md section 7)."""
    minimum = reading.workshop.privacy_minimum
    grouping = effective_groups(reading.sizes, minimum)
    order = {key: place for place, key in enumerate(reading.groups)}
    present = [
        Presence(
            keys=tuple(reading.in_order(group.keys)),
            name=reading.joined_name(group.keys),
            people=_counted(group.size, minimum),
            required=any(reading.groups[key].required for key in group.keys),
            marks=reading.marks(group.keys),
        )
        for group in grouping.groups
    ]
    return Room(
        groups=tuple(sorted(present, key=lambda group: min(order[key] for key in group.keys))),
        absent=tuple(reading.group_name(key) for key in reading.in_order(grouping.absent)),
        people=_counted(sum(reading.sizes.values()), minimum),
        privacy_minimum=minimum,
        attendance=_attendance(reading, grouping),
    )


def _attendance(reading: Reading, grouping: Grouping) -> tuple[Look, ...]:
    """Returns the samples of attendance that are shown (`rules.attendance.worth_telling`), by the effective groups at the end;
    none for a room under the privacy minimum."""
    minimum = reading.workshop.privacy_minimum
    if sum(reading.sizes.values()) < minimum:
        return ()
    rows = db.session.scalars(
        select(Attendance).where(Attendance.workshop_id == reading.workshop.id).order_by(Attendance.at)
    )
    titles = {step.record_id: _title(step, reading) for step in reading.workshop.steps}
    return tuple(
        Look(
            at=look.at,
            step=titles.get(look.step) if look.step else None,
            groups=tuple(
                Attended(reading.joined_name(one.keys), _at_most(one.joined, minimum), _at_most(one.present, minimum))
                for one in looking.told(look, grouping.groups, minimum)
            ),
        )
        for look in looking.worth_telling([row.as_sample() for row in rows])
    )


def _title(step: Step, reading: Reading) -> str:
    """Returns a step's title, in the document's language where nobody has edited it."""
    workshop = reading.workshop
    key = ready_words.title_key(step.title, step.step_kind, workshop.decision_level, workshop.language)
    return ready_words.said(step.title, key, reading.language)


def _at_most(people: int | None, minimum: int) -> Figure:
    return Figure(at_most=minimum - 1) if people is None else Figure(exact=people)


def _counted(people: int, minimum: int) -> Figure:
    return Figure(exact=people) if people >= minimum else Figure()


def ground_rules(reading: Reading) -> GroundRules:
    """Returns the ground rules, the outcome of the last round of consent, and the objections that remained open."""
    workshop = reading.workshop
    rounds = list(
        db.session.scalars(
            select(Consent)
            .where(Consent.workshop_id == workshop.id, Consent.on == workshop.record_id)
            .order_by(Consent.round)
        )
    )
    last = rounds[-1] if rounds else None
    reasons: list[str] = []
    if last is not None:
        open_ones = select(Objection.reason).where(Objection.consent_id == last.id, Objection.state == "open")
        reasons = sorted(db.session.scalars(open_ones))
    outcome = last.outcome if last else None
    if last is not None and last.outcome and last.text_hash != text_hash({"ground_rules": workshop.ground_rules}):
        # The round was about another text than the one that is printed.
        outcome = "text_changed"
    return GroundRules(workshop.ground_rules, outcome, spent(workshop.record_id), tuple(reasons))
