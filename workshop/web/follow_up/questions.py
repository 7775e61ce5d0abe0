"""The panel's questions on the pages of those who answer them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workshop.rules.refusal import Refused
from workshop.web.follow_up.forms import WordsForm
from workshop.web.follow_up.pages import Visit, carry_out, say_no


@dataclass
class Asked:
    """A form for each question about the items, by the question's id. `sent` is the one that was sent, if any."""

    forms: dict[str, WordsForm]
    sent: str | None = None

    @classmethod
    def of(cls, items: Sequence[dict[str, Any]], sent: Any = None) -> Asked:
        """Returns the forms; with `sent` the form that was sent holds what was typed."""
        key = sent.get("question") if sent is not None else None
        found = [question["id"] for item in items for question in item["questions"]]
        forms = {one: WordsForm(sent if one == key else None, prefix=one.replace(":", "-") + "-") for one in found}
        return cls(forms, key if key in forms else None)

    def refuse(self, refused: Refused, lang: str) -> Refused | None:
        """Shows a refusal at the form that was sent. Returns it where there is no such form, else None."""
        if self.sent is None:
            return refused
        say_no(self.forms[self.sent], refused, lang)
        return None


def answer(visit: Visit, asked: Asked) -> None:
    """Answers the question whose form was sent. Raises `Refused`."""
    if asked.sent is None:
        raise Refused("not_found", "question")
    words = (asked.forms[asked.sent].words.data or "").replace("\r\n", "\n")
    carry_out(visit, "answer_question", asked.sent, question=asked.sent, words=words)
