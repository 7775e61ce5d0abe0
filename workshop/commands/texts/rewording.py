"""What ends when words change that the room is asked about, and whose words may not change (docs/rules.md section 6).

An agreement means what the goals it serves say. So a changed goal is a changed agreement: an open decision and an open
round of consent end, and a goal of an agreed agreement changes only after the agreement has been reopened.
"""

from __future__ import annotations

from sqlalchemy import select

from workshop.commands.votes import decisions, electorate
from workshop.door.context import Context
from workshop.extensions import db
from workshop.models import Agreement, Consent, Decision, Goal, rounds, served
from workshop.models.texts import text_by
from workshop.rules.fingerprints import text_hash
from workshop.rules.refusal import Refused


def asked_about(text: Goal | Agreement) -> list[str]:
    """Returns the record ids under which the room may be asked about these words: the text, and the agreements that serve
    it."""
    serving = served.agreements_for(text) if isinstance(text, Goal) else []
    return [text.record_id, *(agreement.record_id for agreement in serving)]


def check_not_agreed_on(text: Goal | Agreement, field: str) -> None:
    """Raises `closed` naming the `agreements` for a goal that an agreed agreement serves."""
    if not isinstance(text, Goal):
        return
    agreed = [row.record_id for row in served.agreements_for(text) if row.state == "agreed"]
    if agreed:
        raise Refused("closed", field, agreements=agreed)


def words_changed(context: Context, text: Goal | Agreement) -> None:
    """End what the room is asked about these words. A text that was decided on, or is being, is a proposal again; so is an
    agreement whose goal has changed."""
    texts: list[Goal | Agreement] = [text]
    if isinstance(text, Goal):
        texts += served.agreements_for(text)
    for one in texts:
        decisions.close_for_text_change(context, one.record_id)
        end_consent(context, one.record_id)
        if one.state in ("deciding", "not_agreed"):
            one.state = "proposed"
            context.touch(one)


def names_group(context: Context, key: str) -> bool:
    """Returns whether a decision is open on a text that names the group: as a party's, or as the owner's of a goal."""
    open_ones = select(Decision).where(Decision.workshop_id == context.workshop.id, Decision.state == "open")
    for decision in db.session.scalars(open_ones):
        text = text_by(decision.text_id)
        assert text is not None, "a text that was decided on is never deleted"
        goals = served.goals_of(text) if isinstance(text, Agreement) else [text]
        named = [goal.content.get("owner_group") for goal in goals]
        named += [party.get("group") for party in text.content.get("parties") or []]
        if key in named:
            return True
    return False


def end_consent(context: Context, on: str) -> None:
    """End an open round of consent without an outcome of its own: what was answered, was answered to other words. Earlier
    rounds are stamped, for they too are about other words now."""
    asked = select(Consent).where(Consent.workshop_id == context.workshop.id, Consent.on == on)
    for consent in db.session.scalars(asked):
        if consent.state == "open":
            consent.eligible = sum(electorate.joined(context.workshop.id).values())
            consent.state, consent.outcome = "closed", rounds.TEXT_CHANGED
        context.touch(consent)


def ground_rules_changed(context: Context, before: str) -> None:
    """Begin an open round of consent on the ground rules anew, about the words as they are now: nobody has answered to them
    yet, and the round that ended does not count. Without words the round only ends."""
    on = context.workshop.record_id
    open_round = db.session.scalar(select(Consent).where(Consent.on == on, Consent.state == "open"))
    end_consent(context, on)
    if open_round is None or not context.workshop.ground_rules:
        return
    db.session.flush()
    context.add(
        Consent(
            workshop_id=context.workshop.id,
            on=on,
            round=open_round.round + 1,
            text_hash=text_hash({"ground_rules": context.workshop.ground_rules}),
            eligible=open_round.eligible,
            words_before=before,
            created_at=context.now(),
        )
    )
