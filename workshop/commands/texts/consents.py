"""Consent on ground rules and small drafts: "is there a reasoned objection?" (docs/rules.md section 3)."""

from __future__ import annotations

from typing import Annotated

from sqlalchemy import select

from workshop.commands.texts.texts import text_of
from workshop.door.arguments import Args, Ref, Words
from workshop.door.context import Context
from workshop.door.registry import FACILITATORS, PEOPLE, Result, command
from workshop.extensions import db
from workshop.models import Consent, ConsentGiven, Objection, Participant, Workshop, headcount, kept, rounds, served
from workshop.rules import consent as rules
from workshop.rules.fingerprints import text_hash
from workshop.rules.refusal import Refused


class OpenConsent(Args):
    on: Annotated[str, Ref("workshop", "goal", "agreement")]


class GiveConsent(Args):
    on: Annotated[str, Ref("workshop", "goal", "agreement", "consent")]


class Object(Args):
    on: Annotated[str, Ref("workshop", "goal", "agreement", "consent")]
    reason: Annotated[str, Words("objection.reason")]


class OneObjection(Args):
    objection: Annotated[str, Ref("objection")]


class OneConsent(Args):
    consent: Annotated[str, Ref("consent")]


def _fingerprint(context: Context, on: str) -> str:
    """Returns the text that consent is given to: the ground rules for a workshop's own id, else the goal, or the agreement
    with the goals it serves."""
    if on.startswith("workshop:"):
        if context.find(Workshop, on, "on").id != context.workshop.id:
            raise Refused("not_found", "on")
        if not context.workshop.ground_rules:
            raise Refused("empty", "on")
        return text_hash({"ground_rules": context.workshop.ground_rules})
    return served.fingerprint_of(text_of(context, on))


def _latest(context: Context, on: str) -> Consent | None:
    return db.session.scalar(
        select(Consent)
        .where(Consent.workshop_id == context.workshop.id, Consent.on == on)
        .order_by(Consent.round.desc())
        .limit(1)
    )


@command("open_consent", OpenConsent, FACILITATORS, while_draft=False)
def open_consent(context: Context, args: OpenConsent) -> Result:
    """Ask the room: is there a reasoned objection? At most two rounds on the same text."""
    fingerprint = _fingerprint(context, args.on)
    latest = _latest(context, args.on)
    if latest is not None and latest.state == "open":
        raise Refused("already", "on")
    rules.next_round(rounds.spent(args.on))
    consent = Consent(
        workshop_id=context.workshop.id,
        on=args.on,
        round=latest.round + 1 if latest else 1,
        text_hash=fingerprint,
        eligible=headcount.joined(context.workshop.id),
        created_at=context.now(),
    )
    context.add(consent)
    context.write.forget()
    return {"consent": consent.record_id}


def _asks_about_these_words(context: Context, consent: Consent) -> bool:
    if consent.on.startswith("workshop:"):
        return consent.text_hash == _fingerprint(context, consent.on)
    return served.is_asked_about(consent.text_hash, text_of(context, consent.on))


def _open_round(context: Context, on: str) -> Consent:
    """Returns the open round on a text, by its own id or the text's. A first round opens by itself when somebody answers
    while the ground rules are on the table."""
    if on.startswith("consent:"):
        consent: Consent | None = context.find(Consent, on, "on")
    else:
        consent = _latest(context, on)
        step = context.current_step()
        if consent is None and on.startswith("workshop:") and step is not None and step.step_kind == "rules":
            result = open_consent(context, OpenConsent(on=on))
            assert result is not None
            consent = context.find(Consent, result["consent"])
    if consent is None or consent.state != "open":
        raise Refused("not_open", "on")
    if not _asks_about_these_words(context, consent):
        raise Refused("text_changed", "on")
    return consent


@command("consent", GiveConsent, PEOPLE, while_draft=False, together=True)
def give_consent(context: Context, args: GiveConsent) -> Result:
    """Say "no objection". An own open objection in the round is resolved by it."""
    consent = _open_round(context, args.on)
    person = context.person
    given = {"consent_id": consent.id, "participant_id": person.id}
    context.write.put_off(kept.put(ConsentGiven, ()), (consent.id, person.id), **given)
    for objection in _own_objections(consent, person):
        context.write.change(objection, state="resolved")
        context.touch(objection)
    context.touch(consent)
    context.touch_mine(person)
    return {"consent": consent.record_id}


def _own_objections(consent: Consent, person: Participant) -> list[Objection]:
    return list(
        db.session.scalars(
            select(Objection).where(
                Objection.consent_id == consent.id,
                Objection.participant_id == person.id,
                Objection.state == "open",
            )
        )
    )


@command("object", Object, PEOPLE, while_draft=False)
def object_to(context: Context, args: Object) -> Result:
    """Object, with a reason. It takes the own consent back."""
    reason = rules.check_objection(args.reason)
    consent = _open_round(context, args.on)
    person = context.person
    if _own_objections(consent, person):
        raise Refused("already", "on")
    given = db.session.get(ConsentGiven, (consent.id, person.id))
    if given is not None:
        db.session.delete(given)
    objection = Objection(
        workshop_id=context.workshop.id,
        participant_id=person.id,
        consent_id=consent.id,
        on=consent.on,
        reason=reason,
        created_at=context.now(),
    )
    context.add(objection)
    context.touch(consent)
    context.touch_mine(person)
    return {"objection": objection.record_id}


@command("resolve_objection", OneObjection, PEOPLE)
def resolve_objection(context: Context, args: OneObjection) -> Result:
    """Close an objection. Only the objector can."""
    objection = context.find(Objection, args.objection)
    if objection.participant_id != context.person.id:
        raise Refused("not_yours", "objection")
    if objection.state != "open":
        raise Refused("already", "objection")
    objection.state = "resolved"
    context.touch(objection)
    context.touch_mine(context.person)
    if objection.consent_id is not None:
        context.touch(db.session.get_one(Consent, objection.consent_id))
    return None


@command("close_consent", OneConsent, FACILITATORS)
def close_consent(context: Context, args: OneConsent) -> Result:
    """Close the round and say how it stands: `accepted`, `no_quorum` or `objection`."""
    consent = context.find(Consent, args.consent)
    if consent.state != "open":
        raise Refused("already", "consent")
    answered, objections = rounds.answers(consent)
    consent.eligible = headcount.joined(context.workshop.id)
    consent.state = "closed"
    consent.outcome = rules.outcome(consent.eligible, answered, objections)
    context.touch(consent)
    context.facts.update(outcome=consent.outcome, answered=answered, objections=objections)
    return {"outcome": consent.outcome}
