"""A refusal: how a command answers no, with a code that every client knows (docs/protocol.md)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

CODES: tuple[str, ...] = (
    "malformed",
    "not_found",
    "not_allowed",
    "not_yours",
    "wrong_step",
    "closed",
    "not_open",
    "too_long",
    "empty",
    "too_many",
    "too_large",
    "conflict",
    "already",
    "over_budget",
    "unknown_option",
    "text_changed",
    "checks_open",
    "group_required",
    "reason_required",
    "no_quorum",
    "unknown_code",
    "ended",
    "broken",
)


class Refused(Exception):
    """A request that is understood and answered with no.

    `code` is one of `CODES`, `field` names the argument at fault (if one is), and `facts` are the JSON values that a
    sentence about the refusal needs, such as `limit=280`. `others` are further faults of the same request, for a form that
    shows them all at once; the protocol sends only the first.

    Raises `ValueError` for a code that is not in `CODES`: that is a mistake in the program, not in the request.
    """

    def __init__(self, code: str, field: str | None = None, **facts: object) -> None:
        if code not in CODES:
            raise ValueError(f"not a refusal code: {code!r}")
        super().__init__(code if field is None else f"{code}: {field}")
        self.code = code
        self.field = field
        self.facts = facts
        self.others: tuple[Refused, ...] = ()

    def as_error(self) -> dict[str, object]:
        """Returns the `error` object `{"code", "field"?, ...facts}`; a fact never replaces code or field."""
        error: dict[str, object] = dict(self.facts)
        error["code"] = self.code
        if self.field is not None:
            error["field"] = self.field
        return error


def together(*checks: Callable[[], Any]) -> list[Any]:
    """Returns what each check returns. All checks are made; where any refuses, the first refusal is raised with the rest as
    its `others`, so that a form shows all its faults at once."""
    given: list[Any] = []
    faults: list[Refused] = []
    for check in checks:
        try:
            given.append(check())
        except Refused as refused:
            faults += [refused, *refused.others]
    if faults:
        faults[0].others = tuple(faults[1:])
        raise faults[0]
    return given
