"""The meetings at which the receiver deals with the result, on the receiver's page, and the forms to add and change one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workshop.rules.refusal import Refused
from workshop.web.follow_up.forms import StepForm
from workshop.web.follow_up.pages import Visit, carry_out, say_no
from workshop.web.follow_up.wording import names

_FIELDS = ("body", "date", "title", "case_number", "outcome", "link")
_NEW = "new"


@dataclass
class Steps:
    """The meetings in the order of their days, each with its form; the form `new` adds one. `sent` is the key of the form
    that was sent, if any."""

    steps: list[dict[str, Any]]
    forms: dict[str, StepForm]
    items: list[tuple[str, str]]
    sent: str | None = None

    @classmethod
    def of(cls, visit: Visit, seen: Mapping[str, Any], sent: Any = None) -> Steps:
        """Returns the meetings a visitor may see; with `sent` the form that was sent holds what was typed."""
        shared = [] if visit.link.on is not None else list(seen["path"])
        steps = sorted((*shared, *(step for item in seen["items"] for step in item["path"])), key=lambda step: step["date"])
        key = sent.get("step") if sent is not None else None
        forms = {step["id"]: _form(step["id"], step, sent if key == step["id"] else None) for step in steps}
        forms[_NEW] = _form(_NEW, {"on": visit.link.on or ""}, sent if key == _NEW else None)
        called = names(visit.workshop, visit.lang)
        items = [(item["id"], called.get(item["id"], "")) for item in seen["items"]]
        return cls(steps, forms, items, key if key in forms else None)

    def refuse(self, refused: Refused, lang: str) -> Refused | None:
        """Shows a refusal at the form that was sent. Returns it where there is no such form, else None."""
        if self.sent is None:
            return refused
        say_no(self.forms[self.sent], refused, lang)
        return None


def _form(key: str, step: Mapping[str, Any], sent: Any) -> StepForm:
    prefix = f"step-{key.partition(':')[2] or key}-"
    if sent is not None:
        return StepForm(sent, prefix=prefix)
    return StepForm(prefix=prefix, data={name: step.get(name) or "" for name in ("on", *_FIELDS)})


def carry_out_step(visit: Visit, steps: Steps) -> None:
    """Adds or changes the meeting of the form that was sent. Raises `Refused`."""
    if steps.sent is None:
        raise Refused("not_found", "path_step")
    typed = {name: (value or "").replace("\r\n", "\n") for name, value in steps.forms[steps.sent].data.items()}
    if not typed["date"]:
        raise Refused("empty", "date")
    words = {name: typed[name] for name in _FIELDS}
    if steps.sent == _NEW:
        carry_out(visit, "add_path_step", on=typed["on"] or None, **words)
    else:
        carry_out(visit, "edit_path_step", steps.sent, path_step=steps.sent, **words)
