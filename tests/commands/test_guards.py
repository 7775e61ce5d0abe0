"""Who may give each command, and in which state of the workshop: said here once more, apart from the registry."""

from __future__ import annotations

import secrets

import pytest

from tests.commands.voting import refused
from tests.kept_room import KeptRoom
from workshop.door import COMMANDS, perform
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import Workshop
from workshop.rules.refusal import Refused
from workshop.store import writing

BY_PEOPLE = {
    "answer_open_vote", "ask_again", "cast_ballot", "consent", "edit_idea", "erase_me", "make_commitment", "object",
    "post_comment", "post_idea", "propose_amendment", "resolve_objection", "set_ready", "support_idea",
    "take_stance", "withdraw_commitment", "withdraw_idea",
}  # fmt: skip
#: every command that is not named here or above is for facilitators and organisers
OTHERS = {
    "change_group": {"participant", "helper", "facilitator", "organiser"},
    "close_ballot": {"facilitator", "organiser", "system"},
    "close_decision": {"facilitator", "organiser", "system"},
    "confirm_correction": {"participant", "helper", "facilitator", "organiser"},
    "show_text": {"facilitator", "organiser", "system"},
    "set_name": {"participant", "helper", "facilitator", "organiser"},
    "withdraw_amendment": {"participant", "helper", "facilitator", "organiser"},
    "create_seat": {"helper"},
    "take_on_seat": {"helper"},
    "mark_seat": {"helper", "facilitator", "organiser"},
    "erase_names": {"system", "organiser"},
    "publish_record": {"organiser"},
    "join": {"visitor"},
    "reenter": {"visitor"},
    "refresh_interim": {"system"},
    "accept_work": {"steward"},
    "answer_question": {"receiver", "steward"},
    "ask_question": {"panel"},
    "panel_statement": {"panel"},
    "add_path_step": {"receiver", "organiser"},
    "answer_item": {"receiver"},
    "confirm_handover": {"receiver"},
    "confirm_line": {"steward"},
    "correct_overdue": {"organiser"},
    "edit_path_step": {"receiver", "organiser"},
    "end_agreement": {"steward", "organiser"},
    "pass_on": {"steward", "facilitator", "organiser"},
    "postpone_answer": {"receiver"},
    "publish_answers": {"receiver"},
    "refuse_work": {"steward"},
    "report_follow_up": {"steward"},
    "report_line": {"steward"},
    "set_rhythm": {"organiser"},
    "take_follow_up_card": {"participant", "helper"},
    "open_look_back": {"organiser", "system"},
    "judge": {"card"},
    "close_look_back": {"organiser", "system"},
    "reopen_agreement": {"organiser"},
    "edit_reopened": {"organiser"},
    "withdraw_reopened": {"organiser"},
    "decide_reopened": {"organiser"},
    "take_card_stance": {"card"},
    "accept_reopened": {"steward"},
    "close_reopened": {"organiser", "system"},
    "stop_reminders": {"receiver", "steward", "panel"},
    "tell_turnout": {"system"},
}
#: what is done after the seminar
AFTERWARDS = {
    "accept_work", "add_path_step", "answer_item", "answer_question", "ask_question", "close_look_back",
    "confirm_handover", "confirm_line", "correct_overdue", "edit_path_step", "end_agreement", "end_link",
    "hand_over_result", "judge", "make_link", "open_look_back", "panel_statement", "pass_on", "postpone_answer",
    "publish_answers", "refuse_work", "report_follow_up", "report_line", "set_rhythm", "stop_reminders",
    "take_follow_up_card",
    "reopen_agreement", "edit_reopened", "withdraw_reopened", "decide_reopened", "take_card_stance", "accept_reopened",
    "close_reopened",
}  # fmt: skip
#: what needs a room that people can come into
NOT_BEFORE_OPENING = AFTERWARDS | {
    "answer_open_vote", "ask_open_vote", "cast_ballot", "change_group", "close_workshop", "consent", "create_seat",
    "extend_ballot", "extend_decision", "join", "make_commitment", "object", "open_ballot", "open_consent", "open_decision",
    "post_comment", "post_idea", "propose_amendment", "publish_record", "record_hands", "reenter", "start_step",
    "support_idea", "take_on_seat", "take_stance",
}  # fmt: skip
#: what ends, hides, erases or shows; and who leads
STILL_WHEN_CLOSED = AFTERWARDS | {
    "close_ballot", "close_decision", "erase_me", "erase_names", "erase_person", "hand_over", "open_workshop",
    "publish_ballot", "publish_record", "reenter", "remove_participant", "replace_link", "show_on_board",
    "take_chair", "undo",
}  # fmt: skip
ROLES = (
    "participant", "helper", "facilitator", "organiser", "board", "receiver", "steward", "panel", "card", "system", "visitor",
)  # fmt: skip
EACH = pytest.mark.parametrize("name", sorted(COMMANDS))


def roles_of(name: str) -> set[str]:
    return OTHERS.get(name, {"participant", "helper"} if name in BY_PEOPLE else {"facilitator", "organiser"})


def error_of(actor: Actor, name: str, args: dict) -> tuple[str, str | None] | None:
    """Code and field of the refusal, or None when the command is carried out."""
    try:
        perform(actor, name, args, secrets.token_hex(16))
    except Refused as refusal:
        return refusal.code, refusal.field
    return None


def put_into(kept: KeptRoom, state: str) -> None:
    with writing(kept.id):
        db.session.get_one(Workshop, kept.id).state = state


@EACH
def test_a_command_is_for_its_roles_and_for_nobody_else(kept: KeptRoom, name: str):
    actor, args = kept.prepared(name)
    assert actor.role in roles_of(name)
    for role in ROLES:
        if role in roles_of(name):
            assert role in COMMANDS[name].roles
            continue
        with refused("not_allowed"):
            perform(Actor(role, kept.id, token_id=1, participant_id=1, organiser_id=1), name, args)


@EACH
def test_a_command_before_the_workshop_has_opened(kept: KeptRoom, name: str):
    actor, args = kept.prepared(name)
    put_into(kept, "draft")
    error = error_of(actor, name, args)
    assert (error == ("not_open", "workshop")) is (name in NOT_BEFORE_OPENING), error


@EACH
def test_a_command_after_the_workshop_has_closed(kept: KeptRoom, name: str):
    actor, args = kept.prepared(name)
    put_into(kept, "closed")
    error = error_of(actor, name, args)
    assert (error == ("closed", "workshop")) is (name not in STILL_WHEN_CLOSED), error
