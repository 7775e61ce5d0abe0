"""How people are seen: by facilitators only. The room sees counts, never a list of persons."""

from __future__ import annotations

from workshop.clock import stamp
from workshop.models import Participant
from workshop.rules.roles import HELPER
from workshop.screens.kinds import Record, kind
from workshop.screens.view import View


@kind(Participant, facilitator_only=True)
def present_participant(person: Participant, view: View) -> Record | None:
    """Returns a person in the room, for the facilitator's list, without what they wrote or voted."""
    if person.state != "active":
        return None
    return {
        "id": person.record_id,
        "kind": "participant",
        "group": view.groups[person.group_id].key,
        "name": person.name,
        "role": person.role,
        "seat": person.seat,
        "present": person.present if person.role == HELPER else None,
        "ready": person.ready,
        "joined_at": stamp(person.joined_at),
    }
