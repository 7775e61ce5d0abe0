"""Arguments for every command, made up from what can be seen in a room: mostly sensible, sometimes silly."""

from __future__ import annotations

import json
import random
from typing import Any, Literal, get_args, get_origin

from tests.commands.voting import AGREEMENT, GOAL
from workshop.door import COMMANDS
from workshop.door.arguments import Ref, Words
from workshop.rules import steps
from workshop.rules.openness import DECLARED

WORDS = ["Et fælles budget", "Åbne døre", "Ærlige svar", "Mere mad", "Grøn by", "🌱", "Bus til alle", "x" * 40]
SILLY: list[Any] = [None, -1, 10**20, 1.5, "", "idea:²", "idea:999", [], {}, ["x"], {"a": 1}, True, "æ" * 400]
#: these end or empty the room: now and then is enough
ENDING = {"close_workshop", "remove_participant", "erase_person", "erase_me", "replace_link"}
SELDOM = ENDING | {"remove_step", "drop_text", "lock_room"}
NEVER = {"reenter", "join"}  # the visitors' commands are given by whoever plays


class Whims:
    """What somebody might do who sees these `records` (by id); every choice comes from the one `dice`."""

    def __init__(self, dice: random.Random, records: dict[str, dict[str, Any]]) -> None:
        self.dice, self.records = dice, records

    def command(self, role: str) -> tuple[str, dict[str, Any]]:
        """A command this role may give, with arguments; one in twelve is silly somewhere."""
        names = sorted(n for n, c in COMMANDS.items() if role in c.roles and n not in NEVER)
        name = self.dice.choice(names)
        while name in SELDOM and self.dice.random() < 0.9:
            name = self.dice.choice(names)
        args = self.sensible(name)
        if args and self.dice.random() < 1 / 12:
            args[self.dice.choice(sorted(args))] = self.dice.choice(SILLY)
        return name, args

    def writing(self) -> tuple[str, dict[str, Any]]:
        """The console saves while somebody types, mostly as a draft, or shows what was typed."""
        text = self._of("goal", "agreement")
        if text is None or self.dice.random() < 0.2:
            return "show_text", {"on": text}
        noun, field = ("goal", "title") if text.startswith("goal") else ("agreement", "purpose")
        words = {field: self.dice.choice(WORDS), "draft": self.dice.random() < 0.8}
        return f"edit_{noun}", {noun: text, **self._version(noun, {noun: text}), **words}

    def sensible(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for field, info in COMMANDS[name].args.model_fields.items():
            if info.is_required() or self.dice.random() < 0.4:
                value = self._field(name, field, info.annotation, list(info.metadata))
                if value is not None:
                    found[field] = value
        return found | self._known(name, found)

    def _of(self, *kinds: str) -> str | None:
        ids = sorted(record_id for record_id in self.records if record_id.partition(":")[0] in kinds)
        return self.dice.choice(ids) if ids else None

    def _field(self, name: str, field: str, annotation: Any, marks: list[Any]) -> Any:
        parts = [part for part in get_args(annotation) if part is not type(None)]
        marks = marks + [mark for part in parts for mark in getattr(part, "__metadata__", ())]
        for mark in marks:
            if isinstance(mark, Ref):
                one = self._of(*mark.kinds)
                return [one] if get_origin(annotation) is list and one else one
            if isinstance(mark, Words):
                return self.dice.choice(WORDS)[: mark.limit]
        if get_origin(annotation) is Literal:
            return self.dice.choice(parts)
        literal = next((part for part in parts if get_origin(part) is Literal), None)
        if literal is not None:
            return self.dice.choice(get_args(literal))
        if bool in (annotation, *parts):
            return self.dice.random() < 0.5
        return None

    def _known(self, name: str, found: dict[str, Any]) -> dict[str, Any]:
        """What the form of the arguments alone does not tell."""
        make = getattr(self, f"_{name}", None)
        return make(found) if make else {}

    def _cast_ballot(self, found: dict[str, Any]) -> dict[str, Any]:
        ballot = self.records.get(found.get("ballot") or "", {})
        values = {"dots": [0, 1, 2], "approval": [0, 1], "positions": ["agree", "pass", "disagree"]}
        options = self.dice.sample(ballot.get("options", []), k=min(2, len(ballot.get("options", []))))
        return {"choices": {option: self.dice.choice(values[ballot["method"]]) for option in options}}

    def _open_ballot(self, found: dict[str, Any]) -> dict[str, Any]:
        method = self.dice.choice(["dots", "approval", "positions"])
        settings: dict[str, Any] = {
            "dots": {"dots": 5, "per_option": 2, "seats": 2},
            "approval": {"seats": 1, "weights": "per_group"},
            "positions": {},
        }
        ideas = {self._of("idea") for _ in range(3)} - {None}
        return {"method": method, "options": sorted(ideas), "settings": settings[method], "minutes": None, "question": None}

    def _version(self, field: str, found: dict[str, Any]) -> dict[str, Any]:
        return {"version": self.records.get(found.get(field) or "", {}).get("version", 1)}

    def _edit_goal(self, found: dict[str, Any]) -> dict[str, Any]:
        return {**self._version("goal", found), "from_ideas": [i for i in [self._of("idea")] if i]}

    def _edit_agreement(self, found: dict[str, Any]) -> dict[str, Any]:
        return self._version("agreement", found)

    def _open_decision(self, found: dict[str, Any]) -> dict[str, Any]:
        return {**self._version("on", found), "minutes": None}

    def _draft_goal(self, found: dict[str, Any]) -> dict[str, Any]:
        return {**GOAL, "from_ideas": [i for i in [self._of("idea")] if i]}

    def _draft_agreement(self, found: dict[str, Any]) -> dict[str, Any]:
        return {**AGREEMENT, "goals": [g for g in [self._of("goal")] if g]}

    def _propose_amendment(self, found: dict[str, Any]) -> dict[str, Any]:
        if self.dice.random() < 0.3:
            return {"sort": "language", **self._slip(found)}
        if self.dice.random() < 0.3:
            gives = [{"party": "Foreningen", "what": self.dice.choice(WORDS)} for _ in range(self.dice.randint(0, 2))]
            return {"field": "contributions", "new": json.dumps([*AGREEMENT["contributions"], *gives]), "sort": "change"}
        field = self.dice.choice(["title", "owner", "purpose", "deadline"])
        return {"field": field, "new": self.dice.choice(WORDS), "sort": "change"}

    def _slip(self, found: dict[str, Any]) -> dict[str, Any]:
        """A full stop too many in the words of the text, which may be corrected as language."""
        text = self.records.get(found.get("on") or "", {})
        field = "purpose" if text.get("kind") == "agreement" else "title"
        return {"field": field, "new": (text.get(field) or "Mad") + "."}

    def _import_ideas(self, found: dict[str, Any]) -> dict[str, Any]:
        return {"rows": [{"text": self.dice.choice(WORDS)} for _ in range(self.dice.randint(1, 3))]}

    def _change_group(self, found: dict[str, Any]) -> dict[str, Any]:
        return {"group": self.dice.choice(sorted(one["key"] for one in self.records.values() if one["kind"] == "group"))}

    def _correct_language(self, found: dict[str, Any]) -> dict[str, Any]:
        return {**self._version("on", found), **self._slip(found)}

    def _add_step(self, found: dict[str, Any]) -> dict[str, Any]:
        return {"kind": self.dice.choice(steps.KINDS), "minutes": 5, "settings": self._openness()}

    def _extend_step(self, found: dict[str, Any]) -> dict[str, Any]:
        return {"minutes": self.dice.randint(1, 9)}

    _extend_ballot = _extend_decision = _extend_step

    def _edit_step(self, found: dict[str, Any]) -> dict[str, Any]:
        most = self.dice.choice([None, 2, 5])
        return {"settings": {"writing": self.dice.choice(steps.WRITING), "ideas_per_person": most, **self._openness()}}

    def _openness(self) -> dict[str, Any]:
        said = self.dice.choice(DECLARED)
        return {"openness": said} | ({"open_groups": ["citizens"]} if said == "some_open" else {})

    def _show_on_board(self, found: dict[str, Any]) -> dict[str, Any]:
        record = self._of("goal", "idea", "ballot") or "lobby"
        return {"shows": self.dice.choice(["lobby", "step", "blank", "nudge:build", record])}

    def _edit_workshop(self, found: dict[str, Any]) -> dict[str, Any]:
        return {"privacy_minimum": self.dice.randint(3, 6), "ideas_always_open": True}

    def _add_group(self, found: dict[str, Any]) -> dict[str, Any]:
        return {"key": f"g{self.dice.randint(0, 20)}"}

    def _replace_link(self, found: dict[str, Any]) -> dict[str, Any]:
        return {"role": self.dice.choice(["board", "helper"])}

    def _create_seat(self, found: dict[str, Any]) -> dict[str, Any]:
        return {"group": self.dice.choice(["citizens", "politicians", "leaders"])}

    def _record_hands(self, found: dict[str, Any]) -> dict[str, Any]:
        labels = self.dice.sample(WORDS, k=self.dice.randint(1, 3))
        return {"rows": [{"label": label, "count": self.dice.randint(0, 90)} for label in labels]}

    def _undo(self, found: dict[str, Any]) -> dict[str, Any]:
        return {"seq": self.last_seq}

    last_seq = 1
