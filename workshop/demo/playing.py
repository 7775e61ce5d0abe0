"""Playing the example up to the middle of its programme, with the commands the room itself would give."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from workshop import clock, identity
from workshop.commands.people.joining import join_secrets
from workshop.commands.room.creating import create_workshop
from workshop.demo import content
from workshop.door import perform
from workshop.extensions import db
from workshop.identity import VISITOR, Actor
from workshop.models import Workshop
from workshop.rules.templates import TEMPLATES
from workshop.store import note_seen

#: crosses on the ballot, and ideas it chooses
CROSSES, WINNERS = 4, 4
TEMPLATE, RUNNING, RUNNING_MINUTES = "collaboration", "agreements", 35


class Play:
    """The example while it is being made: who is in it, and what things are called. Its steps begin when they would have
    begun, had they taken the time they are given, so that the one in the middle begins now."""

    def __init__(self, organiser_id: int | None) -> None:
        self.begins = _begins(clock.now())
        self.moment = min(self.begins.values())
        groups = [
            {"key": key, "name": {"da": da, "en": en}, "required": required}
            for key, (da, en, required, _people) in content.GROUPS.items()
        ]
        due = (clock.today() + timedelta(days=60)).isoformat()
        settings = {"title": content.TITLE, "template": TEMPLATE, "example": True, "response_due": due, "groups": groups}
        with clock.frozen(self.moment):
            made = create_workshop(organiser_id, settings | content.SETTINGS)
        self.id: int = made["workshop"]["id"]
        self.chair = identity.find(made["tokens"]["facilitator"])
        codes = {group["key"]: group["code"] for group in made["workshop"]["groups"]}
        self.people = {
            key: [self._join(codes[key]) for _ in range(people)] for key, (_, _, _, people) in content.GROUPS.items()
        }
        self.ideas: dict[str, str] = {}

    def _join(self, code: str) -> Actor:
        seed = secrets.token_hex(16)
        self.do(Actor(VISITOR, self.id), "join", code=code, seed=seed)
        return identity.find(join_secrets(seed)[0])

    def do(self, actor: Actor, name: str, **args: Any) -> dict[str, Any]:
        """Give a command; its result."""
        with clock.frozen(self.moment):
            return perform(actor, name, args).get("result") or {}

    def start(self, kind: str, minutes: int | None = None) -> None:
        """Start the step of a kind; the one before ends with it."""
        self.moment = self.begins[kind]
        step = next(step for step in self._workshop().steps if step.step_kind == kind)
        args = {"minutes": minutes} if minutes else {}
        self.do(self.chair, "start_step", step=step.record_id, **args)

    def _workshop(self) -> Workshop:
        return db.session.get_one(Workshop, self.id)


def _begins(now: datetime) -> dict[str, datetime]:
    """Returns when each step up to the running one has begun, by its kind."""
    begins, moment = {RUNNING: now}, now
    steps = TEMPLATES[TEMPLATE].steps
    running = next(place for place, step in enumerate(steps) if step.kind == RUNNING)
    for step in reversed(steps[:running]):
        moment -= timedelta(minutes=step.minutes or 0)
        begins[step.kind] = moment
    return begins


def play(organiser_id: int | None) -> int:
    """Make the example workshop and play it until an agreement is being drafted; its number."""
    example = Play(organiser_id)
    for kind in ("welcome", "frame"):
        example.start(kind)
    _ground_rules(example)
    _ideas(example)
    _themes(example)
    _vote(example)
    goals = _goals(example)
    _agreement(example, goals)
    note_seen({person.participant_id for people in example.people.values() for person in people if person.participant_id})
    return example.id


def _ground_rules(example: Play) -> None:
    example.start("rules")
    on = Workshop.record_id_of(example.id)
    consent = example.do(example.chair, "open_consent", on=on)["consent"]
    for people in example.people.values():
        for person in people:
            example.do(person, "consent", on=on)
    example.do(example.chair, "close_consent", consent=consent)


def _ideas(example: Play) -> None:
    example.start("ideas")
    for name, group, number, text, why in content.IDEAS:
        words = {"text": text} if why is None else {"text": text, "why": why}
        example.ideas[name] = example.do(example.people[group][number], "post_idea", **words)["idea"]
    example.do(example.chair, "reveal_ideas")


def _themes(example: Play) -> None:
    example.start("themes")
    for on, group, number, sort, text in content.COMMENTS:
        example.do(example.people[group][number], "post_comment", on=example.ideas[on], sort=sort, text=text)
    idea, into = content.MERGED
    example.do(example.chair, "merge_ideas", into=example.ideas[into], ideas=[example.ideas[idea]], sort="same")
    for title, names in content.THEMES.items():
        theme = example.do(example.chair, "create_theme", title=title)["theme"]
        for name in names:
            example.do(example.chair, "move_idea", idea=example.ideas[name], theme=theme)


def _vote(example: Play) -> None:
    example.start("ballot")
    options = [example.ideas[name] for names in content.THEMES.values() for name in names]
    ballot = example.do(
        example.chair, "open_ballot", method="approval", options=options, settings={"choices": CROSSES, "seats": WINNERS}
    )["ballot"]
    for group, leans in content.LEANS.items():
        for number, person in enumerate(example.people[group]):
            chosen = {leans[0], *(leans[(number + turn) % len(leans)] for turn in range(CROSSES - 1))}
            example.do(person, "cast_ballot", ballot=ballot, choices={example.ideas[name]: 1 for name in sorted(chosen)})
    example.do(example.chair, "close_ballot", ballot=ballot)
    example.do(example.chair, "publish_ballot", ballot=ballot)


def _goals(example: Play) -> list[str]:
    example.start("goals")
    made = []
    for ideas, title, fields in content.GOALS:
        from_ideas = [example.ideas[name] for name in ideas]
        goal = example.do(example.chair, "draft_goal", title=title, from_ideas=from_ideas)["goal"]
        if fields:
            example.do(example.chair, "edit_goal", goal=goal, version=1, **_dated(fields))
        made.append(str(goal))
    example.do(example.chair, "propose_text", on=made[0])
    return made


def _agreement(example: Play, goals: list[str]) -> None:
    example.start(RUNNING, RUNNING_MINUTES)
    on = example.do(example.chair, "draft_agreement", purpose=content.AGREEMENT, goals=[goals[content.AGREEMENT_GOAL]])[
        "agreement"
    ]
    example.do(example.chair, "edit_agreement", agreement=on, version=1, **_dated(content.AGREEMENT_FIELDS))
    example.do(
        example.people["citizens"][2],
        "propose_amendment",
        on=on,
        field="purpose",
        new=content.AMENDMENT,
        reason=content.AMENDMENT_REASON,
    )
    example.do(example.chair, "show_on_board", shows=on)


def _dated(value: Any) -> Any:
    """Returns the same with "+30" and "-40" as the day that many days from today."""
    if isinstance(value, dict):
        return {name: _dated(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_dated(one) for one in value]
    if isinstance(value, str) and value[:1] in "+-" and value[1:].isdigit():
        return (clock.today() + timedelta(days=int(value))).isoformat()
    return value
