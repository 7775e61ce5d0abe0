"""What each command changes: rows, what is sent again and to whom, whether it can be undone, what the journal keeps."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Table

from tests.kept_room import KeptRoom
from workshop.commands import checks
from workshop.door import COMMANDS, perform
from workshop.extensions import db
from workshop.models import JournalEntry

#: what may change a check of a goal or an agreement
RECHECKED = {
    "accept_amendment", "add_group", "change_group", "confirm_correction", "draft_agreement", "draft_goal", "drop_text",
    "edit_agreement", "edit_goal", "edit_group", "edit_idea", "edit_workshop", "hide_idea", "merge_ideas", "open_decision",
    "remove_group", "reopen_text", "reveal_ideas", "show_idea", "show_text", "split_idea", "undo", "withdraw_idea",
}  # fmt: skip
#: what everybody does at once; such commands share a transaction
TOGETHER = {"cast_ballot", "consent", "join", "post_idea", "set_ready", "take_stance"}
#: every command writes the journal and moves the clock
ALWAYS = {"workshop.clock", "workshop.journal_hash", "journal_entry+", "answer+"}
#: columns whose new value is shown: states and kinds, of which there are a few
SHOWN = ("state", "outcome", "standing", "stance", "sort", "role", "erased", "ready", "present", "locked")
EFFECTS = {
    "accept_amendment": (
        "amendment.in_version amendment.seq*2 amendment.stale amendment.state=accepted goal.content goal.room_seq "
        "goal.seq goal.version participant.mine_seq text_version+ fact:result proof:texts result:version"
    ),
    "add_group": "group+ fact:result result:group",
    "add_step": "step+ undo+ fact:result result:step",
    "answer_open_vote": "group.seq participant.agrees_openly participant.mine_seq",
    "ask_again": "idea.asked_again idea.seq participant.mine_seq",
    "ask_open_vote": "group.asked_openly group.seq participant.mine_seq*6",
    "cast_ballot": "paper+ participant.mine_seq participation+ turnout.seq",
    "change_group": (
        "comment.seq*2 consent.seq goal.checks goal.room_seq goal.seq group.seq*2 idea.group_id idea.seq*6 "
        "participant.group_id participant.mine_seq participant.moved_at participant.seq workshop.seq"
    ),
    "close_ballot": (
        "ballot.closed_at ballot.eligible ballot.seq ballot.state=closed paper+ paper- participant.mine_seq tombstone+ "
        "turnout- proof:ballot proof:papers_hash proof:terms"
    ),
    "close_consent": (
        "consent.eligible consent.outcome=objection consent.seq consent.state=closed fact:answered fact:objections "
        "fact:outcome fact:result result:outcome"
    ),
    "close_decision": (
        "decision.closed_at decision.closed_because decision.result decision.seq decision.state=closed goal.room_seq "
        "goal.seq goal.state=not_agreed participant.mine_seq*11 tombstone+ turnout- fact:result proof:decision "
        "proof:papers_hash proof:result_hash result:outcome"
    ),
    "close_workshop": (
        "agreement.room_seq agreement.seq agreement.state=intention follow_up_date+*4 step.finished_at step.seq "
        "step.state=done workshop.closed_at workshop.seq workshop.state=closed proof:rhythm"
    ),
    "confirm_correction": (
        "amendment.in_version amendment.seq*3 amendment.stale*2 amendment.state=accepted goal.content goal.room_seq "
        "goal.seq goal.version participant.mine_seq text_version+ fact:result proof:texts result:version"
    ),
    "consent": "consent.seq consent_given+ participant.mine_seq fact:result result:consent",
    "correct_language": "amendment+ amendment.seq*2 fact:result result:amendment",
    "create_seat": (
        "amendment.seq*2 ballot.absent ballot.effective ballot.seq comment.seq*2 commitment.seq consent.seq "
        "goal.checks goal.room_seq goal.seq group.seq idea.seq*6 paper.group participant+ participation.group token+ "
        "turnout.seq workshop.seq fact:result result:number result:seat"
    ),
    "create_theme": "theme+ undo+ fact:result result:theme",
    "draft_agreement": "agreement+ participant.mine_seq text_version+ undo+ fact:result proof:texts result:agreement",
    "draft_goal": "goal+ participant.mine_seq text_version+ undo+ fact:result proof:texts result:goal",
    "drop_text": (
        "agreement.checks agreement.room_seq agreement.seq goal.room_seq goal.seq goal.state=dropped "
        "participant.mine_seq undo+"
    ),
    "edit_agreement": (
        "agreement.content agreement.room_seq agreement.seq agreement.version text_version+ fact:result proof:texts "
        "result:version"
    ),
    "edit_goal": (
        "amendment.seq*2 amendment.stale*2 goal.content goal.room_seq goal.seq goal.version participant.mine_seq "
        "text_version+ fact:result proof:texts result:version"
    ),
    "edit_group": "group.name_da group.name_en group.required group.seq undo+",
    "edit_idea": "idea.seq idea.text participant.mine_seq",
    "edit_step": "step.seq step.settings step.title undo+",
    "edit_theme": "theme.seq theme.title undo+",
    "edit_workshop": (
        "comment.seq*2 goal.checks goal.room_seq goal.seq group.seq*3 idea.seq*6 undo+ workshop.privacy_minimum "
        "workshop.seq workshop.title"
    ),
    "erase_me": (
        "amendment.new*2 amendment.reason*2 amendment.seq*4 amendment.state=withdrawn comment.seq*2 comment.text*2 "
        "commitment.seq commitment.words consent.seq goal.room_seq goal.seq group.seq journal_entry.salt*8 "
        "objection.reason objection.seq objection.state=resolved participant.mine_seq participant.reentry_hash "
        "participant.seq participant.state=removed participation+ text_version.reason token.ended_at*2 "
        "token.sealed_code*3 turnout.seq undo-*18 fact:kept_commitments"
    ),
    "erase_names": (
        "commitment.name commitment.seq journal_entry.salt*13 participant.name*2 participant.reentry_hash*12 "
        "participant.seq*12 token.ended_at*14 token.sealed_code*15 undo-*18 workshop.names_erased_at workshop.seq "
        "fact:result result:commitments result:people result:votes"
    ),
    "erase_person": (
        "amendment.new*2 amendment.seq*2 amendment.state=withdrawn*2 ballot.dropped ballot.options ballot.seq "
        "comment.seq*2 commitment.seq consent.seq goal.checks goal.room_seq goal.seq group.seq idea.erased=True*6 "
        "idea.merge_sort=None idea.merged_into_id idea.seq*6 idea.state=open idea.state=withdrawn idea.text*6 "
        "journal_entry.salt*12 paper.content participant.mine_seq participant.reentry_hash participant.seq "
        "participant.state=removed token.ended_at*2 token.sealed_code*2 turnout.seq undo-*18 workshop.seq "
        "fact:kept_commitments proof:taken_out"
    ),
    "extend_ballot": "ballot.ends_at ballot.seq undo+",
    "extend_decision": "decision.ends_at decision.seq undo+",
    "extend_step": "step.ends_at step.seq undo+",
    "finish_step": "step.finished_at step.seq step.state=done undo+ workshop.current_step_id workshop.seq",
    "hand_over": "token.last_seen_at workshop.chair_token_id workshop.seq",
    "hide_comment": "comment.hidden_reason comment.seq comment.state=hidden hiding+ idea.seq participant.mine_seq undo+",
    "hide_idea": "hiding+ idea.hidden_reason idea.seq idea.state=hidden participant.mine_seq undo+",
    "import_ideas": "idea+*2 theme+ undo+ fact:result result:ideas",
    "join": "consent.seq group.seq participant+ token+ turnout.seq fact:result result:participant",
    "lock_room": "undo+ workshop.locked=True workshop.seq",
    "make_commitment": "commitment+ participant.mine_seq fact:result result:commitment",
    "mark_seat": "participant.mine_seq participant.present=False participant.seq",
    "merge_ideas": (
        "idea.merge_sort=related idea.merged_into_id*2 idea.seq*3 idea.state=merged idea.theme_id participant.mine_seq "
        "undo+ fact:result result:idea"
    ),
    "move_idea": "idea.position idea.seq idea.theme_id undo+",
    "move_ideas": "idea.position idea.seq*2 idea.theme_id*2 undo+",
    "move_step": "step.position step.seq undo+",
    "move_text": "goal.position goal.room_seq goal.seq undo+",
    "move_theme": "theme.position theme.seq undo+",
    "object": "consent.seq objection+ participant.mine_seq fact:result result:objection",
    "open_ballot": "ballot+ step.seq turnout+ undo+ fact:result proof:ballot proof:terms result:ballot",
    "open_consent": "consent+ fact:result result:consent",
    "open_decision": (
        "decision+ goal.room_seq goal.seq goal.state=deciding participant.mine_seq*12 participation+*12 step.seq "
        "turnout+ undo+ fact:result proof:decision proof:terms result:decision"
    ),
    "open_workshop": "workshop.closed_at workshop.seq workshop.state=open",
    "post_comment": "comment+ idea.seq participant.mine_seq fact:result result:comment",
    "post_idea": "idea+ participant.mine_seq fact:result result:idea",
    "preview_vote": (
        "fact:result result:absent result:again result:agreed result:checks result:effective result:few_in_secret "
        "result:openness result:too_few"
    ),
    "propose_amendment": "amendment+ amendment.seq*2 participant.mine_seq fact:result result:amendment",
    "propose_text": "goal.room_seq goal.seq goal.state=proposed undo+",
    "publish_ballot": "ballot.result ballot.seq ballot.state=published proof:ballot proof:result_hash",
    "publish_record": "workshop.record_published_at workshop.record_slug workshop.seq",
    "record_hands": "show_of_hands+ undo+ fact:result result:show_of_hands",
    "reenter": "participant.last_seen_at token+ token.ended_at*2 fact:result result:participant",
    "refresh_interim": "ballot.interim ballot.seq",
    "reject_amendment": "amendment.answer amendment.seq*2 amendment.state=rejected participant.mine_seq",
    "remove_group": "group- tombstone+",
    "remove_hands": "show_of_hands- tombstone+ undo+",
    "remove_participant": (
        "comment.seq*2 consent.seq goal.checks goal.room_seq goal.seq group.seq idea.seq*6 participant.mine_seq "
        "participant.seq participant.state=removed token.ended_at*2 turnout.seq workshop.seq"
    ),
    "remove_step": "step- tombstone+ undo+",
    "remove_theme": "idea.seq idea.theme_id theme- tombstone+ undo+",
    "renew_amendment": "amendment.old amendment.on_version amendment.seq amendment.stale participant.mine_seq",
    "reopen_text": "goal.room_seq goal.seq goal.state=proposed undo+ proof:reopened",
    "replace_link": "token+ token.ended_at*2 workshop.seq",
    "resolve_objection": "consent.seq objection.seq objection.state=resolved participant.mine_seq",
    "reveal_ideas": (
        "idea.seq idea.shown_seq idea.state=open participant.mine_seq step.seq step.settings undo+ fact:result "
        "result:revealed"
    ),
    "set_amendments": "goal.room_seq goal.seq goal.takes_amendments undo+",
    "set_name": "participant.mine_seq participant.name participant.seq",
    "set_ready": "participant.mine_seq participant.ready=True participant.seq step.seq",
    "show_comment": "comment.hidden_reason comment.seq comment.state=open idea.seq participant.mine_seq undo+",
    "show_idea": "idea.hidden_reason idea.seq idea.state=open participant.mine_seq undo+",
    "show_on_board": "undo+ workshop.board_seq workshop.board_shows workshop.board_zoom",
    "show_text": (
        "amendment.seq*2 amendment.stale*2 goal.content goal.draft_at goal.draft_checks goal.draft_content "
        "goal.draft_version goal.room_seq goal.seq goal.version participant.mine_seq fact:result proof:shown "
        "result:version"
    ),
    "split_idea": (
        "idea.merge_sort=None idea.merged_into_id idea.seq*2 idea.state=open participant.mine_seq undo+ fact:result "
        "result:ideas"
    ),
    "start_step": (
        "attendance+ step.ends_at step.finished_at step.seq*2 step.started_at step.state=done step.state=running undo+ "
        "workshop.board_seq workshop.current_step_id workshop.seq"
    ),
    "support_idea": "idea_support+ participant.mine_seq",
    "take_chair": "token.last_seen_at workshop.chair_token_id workshop.seq",
    "take_on_seat": "participant.mine_seq participant.seq token+ token.ended_at fact:result result:number result:seat",
    "take_stance": "paper+ participant.mine_seq participation.voted turnout.seq",
    "tell_turnout": "ballot.seq",
    "undo": "idea.seq idea.theme_id undo- proof:undone",
    "withdraw_amendment": "amendment.seq*2 amendment.state=withdrawn participant.mine_seq",
    "withdraw_commitment": "commitment- participant.mine_seq tombstone+",
    "withdraw_idea": "idea.seq idea.state=withdrawn participant.mine_seq",
    "answer_question": "panel_answer+ proof:question_answered",
    "ask_question": "panel_question+ fact:result proof:question result:question",
    "panel_statement": "panel_statement+ proof:statement",
    "accept_work": "follow_up_link.state=active token.ended_at proof:work_accepted",
    "add_path_step": "path_step+ fact:result proof:path_step result:path_step",
    "answer_item": "receiver_answer+ fact:result result:revision",
    "confirm_handover": "handover.confirmed_at proof:handover_confirmed",
    "confirm_line": "line_verdict+ proof:line_verdict",
    "correct_overdue": "overdue_correction+ proof:corrected",
    "edit_path_step": "path_step.edited_at path_step.outcome=Sendt videre til byrådet proof:path_step",
    "end_agreement": "ended_agreement+ fact:result proof:ended result:ends_on",
    "take_follow_up_card": "follow_up_card+ participant.has_card participant.mine_seq result:card",
    "open_look_back": "look_back+ fact:result proof:look_back result:look_back",
    "judge": "verdict_paper+",
    "close_look_back": (
        "look_back.closed_at look_back.papers_hash look_back.result look_back.state=closed verdict_paper+ verdict_paper- "
        "proof:look_back"
    ),
    "reopen_agreement": "reopening+ fact:result proof:reopened_agreement result:revision",
    "edit_reopened": "reopening.content reopening.revision fact:result result:revision",
    "withdraw_reopened": "reopening.ended_at reopening.state=withdrawn proof:reopening_withdrawn",
    "decide_reopened": (
        "decision+ reopening.decision_id reopening.state=deciding reopening.version text_version+ fact:result "
        "proof:decision proof:reopening proof:terms proof:texts result:decision result:version"
    ),
    "take_card_stance": "paper+",
    "accept_reopened": "party_word+ proof:party_word",
    "close_reopened": (
        "decision.closed_at decision.closed_because decision.result decision.seq decision.state=closed paper+ paper- "
        "reopening.ended_at reopening.state=not_carried fact:result proof:decision proof:papers_hash proof:reopened "
        "proof:result_hash proof:terms result:carried result:outcome"
    ),
    "end_link": "follow_up_link.address journal_entry.salt token.ended_at",
    "hand_over_result": "handover+ fact:result proof:handover result:due result:handover result:hash",
    "make_link": "follow_up_link+ token+ fact:result result:id result:link",
    "pass_on": "follow_up_link+ token+ fact:result proof:passed_on result:id result:link",
    "postpone_answer": "postponement+ fact:result proof:postponed result:to",
    "publish_answers": "receiver_answer.published_at fact:result proof:answers result:published",
    "refuse_work": (
        "follow_up_link.name follow_up_link.state=refused follow_up_link.words journal_entry.salt token.ended_at "
        "proof:work_refused"
    ),
    "report_follow_up": "follow_up_report+ fact:result proof:report result:follow_up",
    "report_line": "line_report+ fact:result proof:line_report result:report",
    "stop_reminders": "follow_up_link.address journal_entry.salt",
    "set_rhythm": "follow_up_date+ follow_up_date-*4 fact:result proof:rhythm result:dates",
}


def changes(table: Table, before: list[Any], after: list[Any]) -> Iterator[str]:
    """`idea+` and `idea-` for a row that came or went, `idea.text` or `idea.state=open` for a column that changed."""
    keys = [column.name for column in table.primary_key]
    old, new = ({tuple(getattr(row, key) for key in keys): row._asdict() for row in rows} for rows in (before, after))
    yield from (f"{table.name}+" for key in new if key not in old)
    yield from (f"{table.name}-" for key in old if key not in new)
    for key in old.keys() & new.keys():
        for column, value in new[key].items():
            if value != old[key][column]:
                yield f"{table.name}.{column}" + (f"={value}" if column.endswith(SHOWN) else "")


def effect(kept: KeptRoom, name: str) -> str:
    """All changes of a command in its scenario, with their number where there are several."""
    actor, args = kept.prepared(name)
    before = kept.rows_to_read()
    answer = perform(actor, name, args, secrets.token_hex(16))
    after = kept.rows_to_read()
    tables = db.metadata.sorted_tables
    found = Counter(change for table in tables for change in changes(table, before[table.name], after[table.name]))
    parts = [change if n == 1 else f"{change}*{n}" for change, n in sorted(found.items()) if change not in ALWAYS]
    entry = db.session.get_one(JournalEntry, (kept.id, answer["seq"]))
    parts += [f"fact:{key}" for key in sorted(entry.args.get("facts", {}))]
    parts += [f"proof:{key}" for key in sorted(entry.proof)]
    return " ".join([*parts, *(f"result:{key}" for key in sorted(answer.get("result", {})))])


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_changes_this_and_nothing_else(kept: KeptRoom, name: str):
    assert effect(kept, name) == EFFECTS[name]
    registered = COMMANDS[name]
    assert registered.after is (checks.recheck if name in RECHECKED else None)
    assert registered.together is (name in TOGETHER)
