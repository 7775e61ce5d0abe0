"""A scenario for each command: who gives it in the rich room, and with which arguments it works."""

from __future__ import annotations

import secrets

from sqlalchemy import select

from tests.commands.follow_up.scenarios import FOLLOW_UP
from tests.giving import Given, Scenario, author, chair, helper, other, running_ideas
from tests.rich_room import RichRoom
from workshop import identity
from workshop.door import perform
from workshop.extensions import db
from workshop.identity import ORGANISER, SYSTEM, VISITOR, Actor
from workshop.models import Participant, Workshop
from workshop.store import writing_outside


def join(rich: RichRoom) -> Given:
    return Actor(VISITOR, rich.room.id), {
        "code": rich.room.code,
        "group": "citizens",
        "seed": secrets.token_hex(16),
    }


def reenter(rich: RichRoom) -> Given:
    code = rich.author.personal_code
    return Actor(VISITOR, rich.room.id), {"reentry_code": code, "token": secrets.token_urlsafe(24)}


def remove_participant(rich: RichRoom) -> Given:
    person = db.session.get_one(Participant, rich.author.participant_id)
    return rich.chair, {"participant": person.record_id}


def change_group(rich: RichRoom) -> Given:
    rich.do(rich.chair, "close_ballot", ballot=rich.ids["ballot"])
    rich.do(rich.chair, "close_decision", decision=rich.ids["decision"])
    return rich.chair, {"participant": f"participant:{rich.author.participant_id}", "group": "politicians"}


def undo(rich: RichRoom) -> Given:
    rich.do(rich.chair, "move_idea", idea=rich.ids["idea"], theme=rich.ids["other_theme"])
    seq = db.session.scalar(select(Workshop.clock).where(Workshop.id == rich.room.id))
    return rich.chair, {"seq": seq}


def reopen_text(rich: RichRoom) -> Given:
    # Not everybody: others may have come in other scenarios, who are not in this copy of the room.
    for person in (*rich.room.people["citizens"][:5], *rich.room.people["politicians"][:6]):
        rich.room.stance(person, rich.ids["decision"], "for")
    rich.do(rich.chair, "close_decision", decision=rich.ids["decision"])
    return rich.chair, {"on": rich.ids["decided"]}


def drafted(rich: RichRoom) -> RichRoom:
    """Words that the room has not been shown, in a goal that amendments are waiting on and in the agreement that serves it."""
    for name, field in (("goal", "title"), ("agreement", "purpose")):
        for version, words in ((1, "Halvt"), (2, "Halvt skrevet")):
            text = rich.ids[name]
            rich.do(rich.chair, f"edit_{name}", **{name: text, "version": version, field: words, "draft": True})
    return rich


def show_text(rich: RichRoom) -> Given:
    return chair(on="@goal")(drafted(rich))


def close_workshop(rich: RichRoom) -> Given:
    rich.do(rich.chair, "close_ballot", ballot=rich.ids["ballot"])
    rich.do(rich.chair, "close_decision", decision=rich.ids["decision"])
    return rich.chair, {}


def open_workshop(rich: RichRoom) -> Given:
    actor, _ = close_workshop(rich)
    rich.do(actor, "close_workshop")
    return actor, {}


def publish_record(rich: RichRoom) -> Given:
    organiser = db.session.get_one(Workshop, rich.room.id).organiser_id
    return Actor(ORGANISER, rich.room.id, organiser_id=organiser), {"published": True}


def renew_amendment(rich: RichRoom) -> Given:
    rich.do(rich.chair, "edit_goal", goal=rich.ids["goal"], version=1, title="Et tredje mål")
    return rich.chair, {"amendment": rich.ids["amendment"]}


def confirm_correction(rich: RichRoom) -> Given:
    correction = {"on": rich.ids["goal"], "version": 1, "field": "title", "new": "10 procent mere økologi i skolemad"}
    made = rich.do(rich.chair, "correct_language", **correction)
    return rich.room.another_chair(), made


def erase_person(rich: RichRoom) -> Given:
    return rich.chair, {"participant": f"participant:{rich.author.participant_id}"}


def erase_me(rich: RichRoom) -> Given:
    """Somebody with a reasoned amendment in the text, whose reason every screen shows, and an open objection."""
    reasoned = {"on": rich.ids["goal"], "field": "title", "new": "Mad til alle", "reason": "Det er klarere"}
    amendment = rich.do(rich.other, "propose_amendment", **reasoned)["amendment"]
    rich.do(rich.chair, "accept_amendment", amendment=amendment)
    rich.do(rich.other, "propose_amendment", **{**reasoned, "new": "God mad til alle"})
    rich.do(rich.other, "make_commitment", on=rich.ids["agreement"], standing="behind", words="Jeg ringer rundt")
    return rich.other, {}


def erase_names(rich: RichRoom) -> Given:
    perform(rich.author, "set_name", {"name": "Ane"})
    rich.do(rich.author, "make_commitment", on=rich.ids["agreement"], standing="behind")
    chair_, _ = close_workshop(rich)
    rich.do(chair_, "close_workshop")
    return Actor(SYSTEM, rich.room.id), {}


def answer_open_vote(rich: RichRoom) -> Given:
    """A member of a small group that is asked: facilitators see another count of those who have agreed."""
    rich.do(rich.chair, "edit_workshop", privacy_minimum=7)
    rich.do(rich.chair, "ask_open_vote", group=rich.ids["politicians"])
    return rich.other, {"group": rich.ids["politicians"], "agree": True}


def ask_open_vote(rich: RichRoom) -> Given:
    rich.do(rich.chair, "edit_workshop", privacy_minimum=7)
    return rich.chair, {"group": rich.ids["politicians"]}


def hand_over(rich: RichRoom) -> Given:
    rich.do(rich.chair, "take_chair")
    with writing_outside():
        co = identity.issue(secrets.token_urlsafe(16), "facilitator", workshop_id=rich.room.id)
        co.name = "Jonas"
        number = co.id
    return rich.chair, {"to": f"facilitator:{number}"}


def take_on_seat(rich: RichRoom) -> Given:
    """Another device of a helper is shown the card."""
    seat = identity.acting_for(rich.helper, rich.ids["seat"])
    return rich.room.device(), {"reentry_code": seat.personal_code}


def tell_turnout(rich: RichRoom) -> Given:
    """Somebody has voted, and only the turnout was sent."""
    rich.room.cast(rich.other, rich.ids["ballot"], choices={rich.ids["on_ballot"]: 1})
    return Actor(SYSTEM, rich.room.id), {"vote": rich.ids["ballot"]}


SCENARIOS: dict[str, Scenario] = {
    "join": join,
    "reenter": reenter,
    "set_name": author(name="Ane"),
    "set_ready": author(ready=True),
    "remove_participant": remove_participant,
    "change_group": change_group,
    "erase_me": erase_me,
    "erase_person": erase_person,
    "erase_names": erase_names,
    "ask_again": author(idea="@hidden", words="Jeg har fjernet navnet"),
    "create_seat": helper(group="leaders", name="Bent", present=False),
    "take_on_seat": take_on_seat,
    "mark_seat": helper(seat="@seat", present=False),
    "record_hands": chair(question="Er vi færdige?", rows=[{"label": "Ja", "count": 7}], on="@idea"),
    "remove_hands": chair(show_of_hands="@hands"),
    "post_idea": running_ideas(author(text="En ny idé", why="Fordi", builds_on="@idea")),
    "edit_idea": author(idea="@idea", text="En bedre idé"),
    "withdraw_idea": author(idea="@idea"),
    "reveal_ideas": running_ideas(chair()),
    "hide_idea": chair(idea="@idea", reason="Nævner en person"),
    "show_idea": chair(idea="@hidden"),
    "support_idea": other(idea="@idea", support=True),
    "post_comment": author(on="@idea", text="Godt", sort="builds_on"),
    "hide_comment": chair(comment="@comment", reason="Personlig"),
    "show_comment": chair(comment="@hidden_comment"),
    "import_ideas": chair(
        rows=[
            {"text": "Åbn skolen", "why": "Der er varmt", "theme": "Steder"},
            {"text": "Lys", "theme": "Nyt", "origin": "Høring"},
        ],
        source="Borgermødet 12. marts",
    ),
    "create_theme": chair(title="Mennesker"),
    "edit_theme": chair(theme="@theme", title="Rum"),
    "move_theme": chair(theme="@other_theme", before="@theme"),
    "remove_theme": chair(theme="@theme"),
    "move_idea": chair(idea="@idea", theme="@other_theme", before="@second"),
    "move_ideas": chair(ideas=["@idea", "@second"], theme="@other_theme"),
    "merge_ideas": chair(into="@idea", ideas=["@second"], sort="related"),
    "split_idea": chair(idea="@merged"),
    "open_ballot": chair(method="dots", options=["@idea", "@second"], settings={"dots": 3, "per_option": 2}),
    "cast_ballot": other(ballot="@ballot", choices={"@on_ballot": 1}),
    "tell_turnout": tell_turnout,
    "extend_ballot": chair(ballot="@ballot", minutes=5),
    "close_ballot": chair(ballot="@ballot"),
    "publish_ballot": chair(ballot="@closed_ballot"),
    "ask_open_vote": ask_open_vote,
    "answer_open_vote": answer_open_vote,
    "preview_vote": chair(**{"for": "ballot"}),
    "draft_goal": chair(title="Et nyt mål", from_ideas=["@idea"]),
    "edit_goal": chair(goal="@goal", version=1, title="Et klarere mål"),
    "draft_agreement": chair(purpose="En ny aftale", goals=["@goal"]),
    "edit_agreement": chair(agreement="@agreement", version=1, purpose="Et klarere formål"),
    "propose_text": chair(on="@goal"),
    "show_text": show_text,
    "set_amendments": chair(on="@goal", open=False),
    "drop_text": chair(on="@goal"),
    "reopen_text": reopen_text,
    "move_text": chair(on="@other_goal", before="@goal"),
    "propose_amendment": other(on="@goal", field="title", new="Et tredje mål", reason="Klarere"),
    "accept_amendment": chair(amendment="@amendment"),
    "reject_amendment": chair(amendment="@amendment", reason="For bredt"),
    "withdraw_amendment": author(amendment="@amendment"),
    "renew_amendment": renew_amendment,
    "correct_language": chair(on="@goal", version=1, field="title", new="10 procent mere økologi i skolemad"),
    "confirm_correction": confirm_correction,
    "open_decision": chair(on="@other_goal", version=1),
    "take_stance": author(decision="@decision", stance="reservation", reason="Kun i to år"),
    "extend_decision": chair(decision="@decision", minutes=5),
    "close_decision": chair(decision="@decision"),
    "open_consent": chair(on="@other_goal"),
    "consent": author(on="@workshop"),
    "object": author(on="@workshop", reason="Mangler et punkt"),
    "resolve_objection": other(objection="@objection"),
    "close_consent": chair(consent="@consent"),
    "make_commitment": other(on="@agreement", standing="behind", words="Jeg ringer til klubberne"),
    "withdraw_commitment": author(on="@agreement"),
    "add_step": chair(kind="ideas", title="Flere idéer", minutes=10, before="@step.goals"),
    "edit_step": chair(step="@step.ideas", title="Skriv", settings={"writing": "open"}),
    "move_step": chair(step="@step.ideas", before="@step.welcome"),
    "remove_step": chair(step="@step.break"),
    "start_step": chair(step="@step.goals", minutes=5),
    "extend_step": chair(step="@step.rules", minutes=5),
    "finish_step": chair(step="@step.rules"),
    "show_on_board": chair(shows="@goal", zoom=120),
    "edit_workshop": chair(title="Et nyt navn", privacy_minimum=6),
    "open_workshop": open_workshop,
    "close_workshop": close_workshop,
    "lock_room": chair(locked=True),
    "add_group": chair(key="unge", name={"da": "Unge", "en": "Young people"}),
    "edit_group": chair(group="@group", name={"da": "Chefer"}, required=True),
    "remove_group": chair(group="@group"),
    "replace_link": chair(role="board"),
    "publish_record": publish_record,
    "take_chair": chair(),
    "hand_over": hand_over,
    "undo": undo,
    **FOLLOW_UP,
}
