"""A scenario for each command of the time after the seminar: the rich room closed, with what it agreed on."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.giving import Given, Scenario
from tests.rich_room import RichRoom
from workshop import clock, identity
from workshop.commands.follow_up import cards
from workshop.door import perform
from workshop.extensions import db
from workshop.identity import ORGANISER, Actor
from workshop.models import Agreement, Goal, Workshop
from workshop.models.by_kind import by_record_id
from workshop.store import writing

SOON = (clock.today() + timedelta(days=30)).isoformat()


def give(actor: Actor, name: str, **args: Any) -> dict[str, Any]:
    """Carries out a command with an id; its result."""
    return perform(actor, name, args, secrets.token_hex(16)).get("result") or {}


def close(rich: RichRoom) -> None:
    """Closes the room with its goal and its agreement agreed."""
    with writing(rich.room.id):
        for name in ("goal", "agreement"):
            text = by_record_id(rich.ids[name], (Goal, Agreement))
            assert text is not None
            text.state = "agreed"
    rich.do(rich.chair, "close_ballot", ballot=rich.ids["ballot"])
    rich.do(rich.chair, "close_decision", decision=rich.ids["decision"])
    rich.do(rich.chair, "close_workshop")


def organiser(rich: RichRoom) -> Actor:
    return Actor(ORGANISER, rich.room.id, organiser_id=db.session.get_one(Workshop, rich.room.id).organiser_id)


def link(rich: RichRoom, role: str, **args: Any) -> Actor:
    return identity.find(give(rich.chair, "make_link", role=role, **args)["link"])


def steward(rich: RichRoom, party: str = "Foreningen") -> Actor:
    return link(rich, "steward", on=rich.ids["agreement"], party=party)


def closed(by: Callable[[RichRoom], Actor], **args: Any) -> Scenario:
    """The command is given in the closed room; values that name something of the room are its record ids."""

    def scenario(rich: RichRoom) -> Given:
        close(rich)
        actor = by(rich)
        named = {name: rich.ids[value[1:]] if str(value).startswith("@") else value for name, value in args.items()}
        return actor, named

    return scenario


def chair(rich: RichRoom) -> Actor:
    return rich.chair


def receiver(rich: RichRoom) -> Actor:
    """The receiver of a result that was handed over."""
    actor = link(rich, "receiver")
    give(rich.chair, "hand_over_result")
    return actor


def with_draft(rich: RichRoom) -> Actor:
    actor = receiver(rich)
    give(actor, "answer_item", on=rich.ids["goal"], answer="follows", reason="Det er i budgettet")
    return actor


def with_address(rich: RichRoom) -> Actor:
    return link(rich, "receiver", body="Byrådet", address="karen@example.org")


def answered_late(rich: RichRoom) -> Actor:
    receiver(rich)
    return organiser(rich)


def other_party(rich: RichRoom) -> Actor:
    give(steward(rich), "report_line", on=rich.ids["agreement"], line=0, state="delivered")
    return steward(rich, "Kommunen")


def owner(rich: RichRoom) -> Actor:
    return link(rich, "steward", on=rich.ids["goal"], party="Skolechefen")


def successor(rich: RichRoom) -> Actor:
    return identity.find(give(steward(rich), "pass_on", to_name="Karen", words="Jeg flytter")["link"])


def panel(rich: RichRoom) -> Actor:
    return link(rich, "panel")


def answer_question(rich: RichRoom) -> Given:
    """A party answers what the panel asked about its agreement."""
    close(rich)
    question = give(panel(rich), "ask_question", on=rich.ids["agreement"], words="Hvornår begynder det?")["question"]
    return steward(rich), {"question": question, "words": "Efter påske"}


def edit_path_step(rich: RichRoom) -> Given:
    close(rich)
    made = give(organiser(rich), "add_path_step", body="Børneudvalget", date=SOON, title="Drøftelse")
    return organiser(rich), made | {"outcome": "Sendt videre til byrådet"}


def end_link(rich: RichRoom) -> Given:
    close(rich)
    return rich.chair, {"link": give(rich.chair, "make_link", role="panel", address="bo@example.org")["id"]}


def author(rich: RichRoom) -> Actor:
    return rich.author


def open_look_back(rich: RichRoom) -> Given:
    close(rich)
    give(rich.author, "take_follow_up_card")
    return organiser(rich), {"on": [rich.ids["agreement"]], "until": SOON, "question": "Blev det holdt?"}


def judge(rich: RichRoom) -> Given:
    """A card whose look-back is open."""
    close(rich)
    code = give(rich.author, "take_follow_up_card")["card"]
    made = give(organiser(rich), "open_look_back", on=[rich.ids["agreement"]], until=SOON)
    card = identity.find(cards.let_in(code)[1])
    return card, made | {"on": rich.ids["agreement"], "verdict": "partly", "words": "Vi så to hegn"}


def close_look_back(rich: RichRoom) -> Given:
    card, said = judge(rich)
    give(card, "judge", **said)
    return organiser(rich), {"look_back": said["look_back"]}


def reopened(rich: RichRoom, *, changed: bool = True) -> dict[str, Any]:
    """The agreement with a new version that is being written; somebody holds a card."""
    close(rich)
    on = {"agreement": rich.ids["agreement"]}
    give(rich.author, "take_follow_up_card")
    give(organiser(rich), "reopen_agreement", **on, reason="Foreningen har ikke tid")
    if changed:
        give(organiser(rich), "edit_reopened", **on, revision=1, resources="1.200 timer")
    return on


def draft_of_version(name: str) -> Scenario:
    def scenario(rich: RichRoom) -> Given:
        more = {"revision": 1, "resources": "1.200 timer"} if name == "edit_reopened" else {"until": SOON}
        on = reopened(rich, changed=name == "decide_reopened")
        return organiser(rich), on | ({} if name == "withdraw_reopened" else more)

    return scenario


def decided_on(rich: RichRoom) -> tuple[Actor, dict[str, Any]]:
    """A card, and the decision on a new version that it is asked about."""
    close(rich)
    code = give(rich.author, "take_follow_up_card")["card"]
    on = {"agreement": rich.ids["agreement"]}
    give(organiser(rich), "reopen_agreement", **on, reason="Foreningen har ikke tid")
    give(organiser(rich), "edit_reopened", **on, revision=1, resources="1.200 timer")
    made = give(organiser(rich), "decide_reopened", **on, until=SOON)
    return identity.find(cards.let_in(code)[1]), {"decision": made["decision"]}


def take_card_stance(rich: RichRoom) -> Given:
    card, on = decided_on(rich)
    return card, on | {"stance": "reservation", "reason": "Kun i to år"}


def accept_reopened(rich: RichRoom) -> Given:
    decided_on(rich)
    return steward(rich), {"on": rich.ids["agreement"], "accepted": True, "words": "Vi er med"}


def close_reopened(rich: RichRoom) -> Given:
    card, said = take_card_stance(rich)
    give(card, "take_card_stance", **said)
    return organiser(rich), {"agreement": rich.ids["agreement"]}


FOLLOW_UP: dict[str, Scenario] = {
    "reopen_agreement": closed(organiser, agreement="@agreement", reason="Foreningen har ikke tid"),
    "edit_reopened": draft_of_version("edit_reopened"),
    "withdraw_reopened": draft_of_version("withdraw_reopened"),
    "decide_reopened": draft_of_version("decide_reopened"),
    "take_card_stance": take_card_stance,
    "accept_reopened": accept_reopened,
    "close_reopened": close_reopened,
    "take_follow_up_card": closed(author),
    "open_look_back": open_look_back,
    "judge": judge,
    "close_look_back": close_look_back,
    "ask_question": closed(panel, on="@goal", words="Hvor mange er der målt?"),
    "answer_question": answer_question,
    "panel_statement": closed(panel, on="@goal", words="Det går langsomt"),
    "make_link": closed(chair, role="steward", on="@agreement", party="Foreningen", address="karen@example.org"),
    "end_link": end_link,
    "pass_on": closed(steward, to_name="Karen", words="Jeg flytter"),
    "accept_work": closed(successor),
    "refuse_work": closed(successor, words="Jeg har ikke tid"),
    "hand_over_result": closed(chair, to="Borgmesteren", due=SOON),
    "confirm_handover": closed(receiver),
    "answer_item": closed(receiver, on="@goal", answer="follows_partly", reason="Skolerne, men ikke børnehaverne"),
    "publish_answers": closed(with_draft),
    "postpone_answer": closed(receiver, on="@goal", to=SOON, reason="Udvalget mødes først i maj"),
    "correct_overdue": closed(answered_late, on="@goal", reason="Svaret kom på papir"),
    "add_path_step": closed(receiver, body="Byrådet", date=SOON, title="Beslutning", case_number="26/1234"),
    "edit_path_step": edit_path_step,
    "report_line": closed(steward, on="@agreement", line=0, state="partly", words="Det halve", evidence="Set af skolen"),
    "confirm_line": closed(other_party, on="@agreement", line=0, verdict="contested", words="Vi har intet set"),
    "end_agreement": closed(organiser, agreement="@agreement", reason="Foreningen er lukket"),
    "report_follow_up": closed(
        owner,
        on="@goal",
        value="42 %",
        source="Indkøbstal",
        status="partly",
        what_worked="Køkkenet",
        what_went_wrong="Intet",
    ),
    "stop_reminders": closed(with_address),
    "set_rhythm": closed(organiser, dates=[SOON]),
}
