"""What a command is refused with: the code, the field and every fact, for each reason the room can give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from tests.giving import Scenario, author, chair, helper, other, running_ideas
from tests.kept_room import KeptRoom
from workshop.door import perform
from workshop.rules import limits
from workshop.rules.refusal import Refused

Step = tuple[str, Scenario]


@dataclass(frozen=True)
class Case:
    """The command `name` is refused after the commands of `first`. In `facts`, `@idea` is a record of the room."""

    name: str
    given: Scenario
    code: str
    field: str | None
    facts: dict[str, Any]
    first: tuple[Step, ...]
    limit: dict[str, int]


def case(name: str, given: Scenario, code: str, field: str | None, /, *first: Step, limit: Any = None, **facts: Any) -> Case:
    return Case(name, given, code, field, facts, first, limit or {})


ROWS = [{"label": "Ja", "count": 7}, {"label": "Nej", "count": 2}]
IDEAS = [
    case("edit_idea", other(idea="@idea", text="x"), "not_yours", "idea"),
    case("edit_idea", other(idea="@private", text="x"), "not_found", "idea"),
    case("edit_idea", author(idea="@hidden", text="x"), "not_open", "idea", state="hidden"),
    case("edit_idea", author(idea="@merged", text="x"), "not_open", "idea", state="merged"),
    case("edit_idea", author(idea="@on_ballot", text="x"), "conflict", "idea", on_ballot=True, idea="@on_ballot"),
    case("withdraw_idea", other(idea="@idea"), "not_yours", "idea"),
    case("withdraw_idea", author(idea="@on_ballot"), "conflict", "idea", on_ballot=True, idea="@on_ballot"),
    case("post_idea", author(text="x"), "wrong_step", "step"),
    case("post_idea", running_ideas(author(text="x", builds_on="@hidden")), "not_open", "builds_on"),
    case("hide_idea", chair(idea="@idea", reason=""), "reason_required", "reason"),
    case("hide_idea", chair(idea="@hidden", reason="x"), "already", "idea"),
    case("hide_idea", chair(idea="@merged", reason="x"), "not_open", "idea", state="merged"),
    case("hide_idea", chair(idea="@on_ballot", reason="x"), "conflict", "idea", on_ballot=True, idea="@on_ballot"),
    case("show_idea", chair(idea="@idea"), "already", "idea"),
    case("show_idea", chair(idea="@merged"), "not_open", "idea"),
    case("ask_again", other(idea="@hidden"), "not_yours", "idea"),
    case("ask_again", other(idea="@private"), "not_found", "idea"),
    case("ask_again", author(idea="@idea"), "wrong_step", "idea", state="open"),
    case("ask_again", author(idea="@hidden"), "already", "idea", ("ask_again", author(idea="@hidden"))),
    case("support_idea", author(idea="@idea", support=True), "already", "idea", own_idea=True),
    case("support_idea", other(idea="@private", support=True), "not_found", "idea"),
    case("support_idea", other(idea="@hidden", support=True), "not_open", "idea", state="hidden"),
    case("post_comment", author(on="@hidden", text="x", sort="question"), "not_open", "on"),
    case("post_comment", other(on="@private", text="x", sort="question"), "not_found", "on"),
    case("hide_comment", chair(comment="@comment", reason=""), "reason_required", "reason"),
    case("hide_comment", chair(comment="@hidden_comment", reason="x"), "already", "comment"),
    case("show_comment", chair(comment="@comment"), "already", "comment"),
    case("create_theme", chair(title="x"), "too_many", "themes", limit={"THEMES": 2}),
    case("import_ideas", chair(rows=[], source="x"), "empty", "rows"),
    case(
        "import_ideas",
        *(chair(rows=[{"text": "x", "theme": "Nyt"}], source="x"), "too_many", "themes"),
        limit={"THEMES": 2},
    ),
    case("move_idea", chair(idea="@hidden"), "not_open", "idea", state="hidden"),
    case("move_idea", chair(idea="@idea", before="@idea"), "conflict", "before"),
    case("merge_ideas", chair(into="@idea", ideas=["@second", "@idea"]), "conflict", "ideas"),
    case("merge_ideas", chair(into="@idea", ideas=["@hidden"]), "not_open", "ideas", idea="@hidden"),
    case("merge_ideas", chair(into="@merged", ideas=["@idea"]), "not_open", "into", idea="@merged"),
    case("merge_ideas", chair(into="@idea", ideas=["@on_ballot"]), "conflict", "idea", on_ballot=True, idea="@on_ballot"),
    case("split_idea", chair(idea="@idea"), "not_open", "idea", state="open"),
]
NEW = {"on": "@goal", "field": "title", "new": "God mad"}
CORRECTION = {**NEW, "version": 1, "new": "10 procent mere økologi i skolemad"}
TEXTS = [
    case("draft_goal", chair(), "empty", "title"),
    case("draft_goal", chair(title="x"), "too_many", "goal", limit={"GOALS": 3}),
    case("draft_agreement", chair(), "empty", "purpose"),
    case("draft_agreement", chair(purpose="x"), "too_many", "agreement", limit={"AGREEMENTS": 1}),
    case("edit_goal", chair(goal="@goal", version=1, title=""), "empty", "title"),
    case("edit_agreement", chair(agreement="@agreement", version=1, purpose=""), "empty", "purpose"),
    case("propose_text", chair(on="@goal"), "already", "on", ("propose_text", chair(on="@goal")), state="proposed"),
    case("drop_text", chair(on="@goal"), "closed", "on", ("drop_text", chair(on="@goal")), state="dropped"),
    case("set_amendments", chair(on="@goal", open=True), "already", "open"),
    case(
        "set_amendments",
        *(chair(on="@goal", open=False), "closed", "on", ("drop_text", chair(on="@goal"))),
        state="dropped",
    ),
    case("reopen_text", chair(on="@goal"), "already", "on", state="draft"),
    case("move_text", chair(on="@goal", before="@agreement"), "not_found", "before"),
    case("open_consent", chair(on="@workshop"), "already", "on"),
    case("open_consent", chair(on="@workshop"), "empty", "on", ("edit_workshop", chair(ground_rules=""))),
    case("consent", author(on="@goal"), "not_open", "on"),
    case("consent", author(on="@consent"), "not_open", "on", ("close_consent", chair(consent="@consent"))),
    case("object", author(on="@workshop", reason=""), "reason_required", "reason"),
    case("object", other(on="@workshop", reason="x"), "already", "on"),
    case("resolve_objection", author(objection="@objection"), "not_yours", "objection"),
    case(
        "resolve_objection",
        *(other(objection="@objection"), "already", "objection"),
        ("resolve_objection", other(objection="@objection")),
    ),
    case("close_consent", chair(consent="@consent"), "already", "consent", ("close_consent", chair(consent="@consent"))),
    case(
        "propose_amendment",
        *(other(**NEW), "closed", "on", ("set_amendments", chair(on="@goal", open=False))),
        amendments="closed",
    ),
    case("propose_amendment", other(**{**NEW, "new": "10 procent mere økologi i skolemaden"}), "already", "new"),
    case("propose_amendment", other(**{**NEW, "new": ""}), "empty", "new"),
    case("propose_amendment", other(**{**NEW, "field": "nothing"}), "malformed", "field"),
    case("propose_amendment", author(**NEW), "too_many", "on", limit={"OPEN_AMENDMENTS": 2}),
    case(
        "accept_amendment",
        *(chair(amendment="@amendment"), "already", "amendment", ("accept_amendment", chair(amendment="@amendment"))),
        state="accepted",
    ),
    case("reject_amendment", chair(amendment="@amendment", reason=""), "reason_required", "reason"),
    case("withdraw_amendment", other(amendment="@amendment"), "not_yours", "amendment"),
    case("withdraw_amendment", chair(amendment="@amendment"), "not_yours", "amendment"),
    case("confirm_correction", chair(amendment="@amendment"), "malformed", "amendment", sort="change"),
    case("correct_language", chair(**{**CORRECTION, "field": "target"}), "malformed", "field", correctable=False),
]
VOTES = [
    case("open_ballot", chair(method="approval", options=[]), "empty", "options"),
    case("open_ballot", chair(method="approval", options=["@hidden"]), "unknown_option", "options", option="@hidden"),
    case("open_ballot", chair(method="approval", options=["@idea"], title="x", question="y"), "malformed", "question"),
    case("open_ballot", chair(method="approval", options=["@private"]), "not_found", "options"),
    case("open_ballot", chair(method="approval", options=["@merged"]), "unknown_option", "options", option="@merged"),
    case("open_ballot", chair(method="dots", options=["@goal"]), "unknown_option", "options", option="@goal"),
    case(
        "open_ballot",
        *(chair(method="approval", options=["@idea", "@second"]), "too_many", "options"),
        limit={"BALLOT_OPTIONS": 1},
        given=2,
    ),
    case("cast_ballot", other(ballot="@closed_ballot", choices={}), "closed", "ballot"),
    case("close_ballot", chair(ballot="@closed_ballot"), "already", "ballot", state="closed"),
    case("publish_ballot", chair(ballot="@ballot"), "wrong_step", "ballot", state="open"),
    case(
        "publish_ballot",
        *(chair(ballot="@closed_ballot"), "already", "ballot", ("publish_ballot", chair(ballot="@closed_ballot"))),
        state="published",
    ),
    case("extend_ballot", chair(ballot="@closed_ballot", minutes=1), "closed", "ballot", state="closed"),
    case("open_decision", chair(on="@goal", version=2), "conflict", "version", version=1),
    case("open_decision", chair(on="@decided", version=1), "already", "on", state="deciding"),
    case(
        "open_decision",
        *(chair(on="@goal", version=1), "not_open", "on", ("drop_text", chair(on="@goal"))),
        state="dropped",
    ),
    case("take_stance", author(decision="@decision", stance="reservation"), "reason_required", "reason"),
    case("take_stance", author(decision="@decision", stance="for", reason="x"), "malformed", "reason"),
    case("take_stance", author(decision="@decision", stance="blank", reason="x"), "malformed", "reason"),
    case(
        "take_stance",
        *(author(decision="@decision", stance="for"), "closed", "decision"),
        ("close_decision", chair(decision="@decision")),
    ),
    case(
        "close_decision",
        *(chair(decision="@decision"), "already", "decision", ("close_decision", chair(decision="@decision"))),
        state="closed",
    ),
    case("ask_open_vote", chair(group="@politicians"), "conflict", "group", members=6, privacy_minimum=5),
    case("ask_open_vote", chair(group="@group"), "conflict", "group", members=0, privacy_minimum=5),
    case("ask_open_vote", chair(group="@group", asked=False), "already", "group", asked=False),
    case("answer_open_vote", other(group="@group", agree=True), "not_yours", "group"),
    case("answer_open_vote", other(group="@politicians", agree=True), "not_open", "group"),
    case("record_hands", chair(question="x", rows=[]), "empty", "rows"),
    case("record_hands", chair(question="x", rows=[ROWS[0], ROWS[0]]), "already", "rows", label="Ja"),
    case("record_hands", chair(question="x", rows=ROWS), "too_many", "rows", limit={"HANDS_ROWS": 1}, given=2),
    case("record_hands", chair(question="x", rows=ROWS), "too_many", "show_of_hands", limit={"SHOWS_OF_HANDS": 1}),
    case("record_hands", chair(question="x", rows=ROWS, on="@private"), "not_found", "on"),
    case("record_hands", chair(question="x", rows=ROWS, on="@hidden"), "not_open", "on"),
]
ROOM = [
    case("add_step", chair(kind="x"), "malformed", "kind"),
    case("edit_step", chair(step="@step.ideas", title=""), "empty", "title"),
    case("edit_step", chair(step="@step.ideas", settings={"writing": "x"}), "malformed", "settings.writing"),
    case("edit_step", chair(step="@step.ideas", settings={"x": 1}), "malformed", "settings.x"),
    case("move_step", chair(step="@step.ideas", before="@step.ideas"), "conflict", "before"),
    case("start_step", chair(step="@step.rules"), "already", "step"),
    case("remove_step", chair(step="@step.rules"), "wrong_step", "step", state="running"),
    case("finish_step", chair(step="@step.goals"), "wrong_step", "step", state="waiting"),
    case("extend_step", chair(step="@step.goals", minutes=1), "wrong_step", "step", state="waiting"),
    case("show_on_board", chair(shows="x"), "malformed", "shows"),
    case("show_on_board", chair(shows="@hidden"), "not_open", "shows"),
    case("show_on_board", chair(shows="@private"), "not_open", "shows"),
    case("edit_workshop", chair(privacy_minimum=4), "closed", "privacy_minimum", lowest=5),
    case("edit_workshop", chair(decision_level="decision"), "closed", "decision_level", voted=True),
    case("edit_workshop", chair(decision_rules={"quorum": "1/3"}), "closed", "decision_rules"),
    case("open_workshop", chair(), "already", "workshop"),
    case("add_group", chair(key="x"), "too_many", "groups", limit={"GROUPS": 3}),
    case("add_group", chair(key="leaders"), "already", "key"),
    case("remove_group", chair(group="@politicians"), "conflict", "group", joined=6),
    case("close_workshop", chair(), "conflict", "ballot", open="@ballot"),
    case(
        "close_workshop",
        *(chair(), "conflict", "decision", ("close_ballot", chair(ballot="@ballot"))),
        open="@decision",
    ),
    case(
        "close_workshop",
        *(chair(), "checks_open", "receiving_body", ("edit_workshop", chair(receiving_body=""))),
        checks=["W03"],
    ),
]
_NO_VOTE = (("close_ballot", chair(ballot="@ballot")), ("close_decision", chair(decision="@decision")))
PEOPLE = [
    case("change_group", author(group="politicians"), "conflict", "group", open="@ballot"),
    case("change_group", author(group="politicians"), "closed", "group", *_NO_VOTE, first_vote=True),
    case("change_group", author(group="citizens"), "already", "group"),
    case("change_group", author(group="x"), "not_found", "group"),
    case("change_group", author(group="politicians", participant="participant:999"), "not_yours", "participant"),
    case("change_group", chair(group="politicians"), "malformed", "participant"),
    case("change_group", chair(group="politicians", participant="participant:999"), "not_found", "participant"),
    case("create_seat", helper(group="citizens"), "closed", "workshop", ("lock_room", chair(locked=True)), locked=True),
    case("create_seat", helper(group="citizens"), "too_many", "participant", limit={"PARTICIPANTS": 12}),
    case("create_seat", helper(group="citizens"), "too_many", "seat", limit={"SEATS": 1}),
    case("create_seat", helper(group="x"), "not_found", "group"),
    case("take_on_seat", helper(reentry_code="x"), "unknown_code", "reentry_code"),
    case("take_chair", chair(), "already", "chair", ("take_chair", chair())),
    case("hand_over", chair(to="facilitator:999"), "not_allowed", "to", chair=True),
    case("hand_over", chair(to="facilitator:999"), "not_found", "to", ("take_chair", chair())),
    case("undo", chair(seq=999), "not_found", "seq"),
    case("set_ready", helper(ready=True), "not_allowed", None),
]
CASES = [*IDEAS, *TEXTS, *VOTES, *ROOM, *PEOPLE]


@pytest.mark.parametrize("one", CASES, ids=lambda one: f"{one.name}-{one.code}-{one.field}")
def test_a_refusal_says_this(kept: KeptRoom, monkeypatch: pytest.MonkeyPatch, one: Case):
    for name, scenario in one.first:
        actor, args = scenario(kept.rich)
        perform(actor, name, args)
    for name, value in one.limit.items():
        monkeypatch.setattr(limits, name, value)
    actor, args = one.given(kept.rich)
    before = kept.rows()
    with pytest.raises(Refused) as caught:
        perform(actor, one.name, args)
    facts = {name: kept.rich.ids[value[1:]] if "@" in str(value) else value for name, value in one.facts.items()}
    if one.limit:
        (facts["limit"],) = one.limit.values()
    assert (caught.value.code, caught.value.field, caught.value.facts) == (one.code, one.field, facts)
    assert kept.rows() == before
