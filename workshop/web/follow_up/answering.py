"""The rows of the receiver's page: each item with its answer, its draft and its form."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from workshop.clock import today
from workshop.rules.refusal import Refused
from workshop.screens.follow_up import follow_up
from workshop.screens.follow_up_own import may_see, own
from workshop.web.follow_up.forms import AnswerForm
from workshop.web.follow_up.pages import Visit, carry_out, say_no
from workshop.web.follow_up.wording import Said, answer_words, given_words, names

#: what a draft holds, as fields of the form
_SAVED = ("answer", "reason", "date", "body")


@dataclass
class Row:
    """One item on the receiver's page. `kept` is, in a conflict, the draft that another computer has saved meanwhile."""

    item: dict[str, Any]
    name: str
    said: Said
    draft: dict[str, Any] | None
    form: AnswerForm
    kept: dict[str, Any] | None = None
    is_open: bool = False
    questions: list[dict[str, Any]] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Returns the item's id in the form used in field names and anchors."""
        return str(self.item["id"]).replace(":", "-")

    @property
    def is_changed(self) -> bool:
        """Returns whether something was typed that is not in the draft."""
        typed = self.form.data
        if self.draft is None:
            return bool(typed["answer"] or (typed["reason"] or "").strip())
        return any((typed[name] or "") != (self.draft[name] or "") for name in _SAVED)


def seen(visit: Visit) -> dict[str, Any]:
    """Returns the state of the follow-up that this link may see: of everything that was handed over, or of the one item that
    was passed on."""
    shown = follow_up(visit.workshop, today(), lambda item: may_see(visit.actor, item))
    if visit.link.on is not None:
        shown["items"] = [item for item in shown["items"] if item["id"] == visit.link.on]
    return shown


def rows(visit: Visit, items: list[dict[str, Any]], sent: MultiDict[str, str] | None = None) -> list[Row]:
    """Returns a row for each item; with `sent` the forms hold what was typed."""
    drafts = {draft["on"]: draft for draft in own(visit.actor).get("drafts", ())}
    called = names(visit.workshop, visit.lang)
    return [_row(visit, item, called.get(item["id"], ""), drafts.get(item["id"]), sent) for item in items]


def _row(visit: Visit, item: dict[str, Any], name: str, draft: dict[str, Any] | None, sent: Any) -> Row:
    prefix = f"{item['id'].replace(':', '-')}-"
    if sent is not None and f"{prefix}revision" in sent:
        form = AnswerForm(_unix(sent), prefix=prefix)
    else:
        values = {name: (draft or {}).get(name) or "" for name in _SAVED}
        form = AnswerForm(prefix=prefix, data={**values, "revision": str(draft["revision"] if draft else 0)})
    asked = request.args.get("open") == item["id"]
    return Row(item, name, answer_words(item["answer"], visit.lang), draft, form, is_open=asked, questions=item["questions"])


def _unix(sent: Any) -> MultiDict[str, str]:
    return MultiDict([(name, value.replace("\r\n", "\n")) for name, value in sent.items(multi=True)])


def save(visit: Visit, row: Row) -> int:
    """Stores what was typed as a draft. Returns its revision. Raises `Refused`."""
    typed = row.form.data
    if not typed["answer"]:
        raise Refused("empty", "answer")
    revision = typed["revision"] or "0"
    if not (revision.isascii() and revision.isdigit() and len(revision) < 9):
        raise Refused("malformed", "revision")
    more = {"date": typed["date"]} if typed["date"] else {}
    args = {"answer": typed["answer"], "reason": typed["reason"] or "", "body": typed["body"] or "", **more}
    result = carry_out(visit, "answer_item", row.key, on=row.item["id"], revision=int(revision), **args)
    return int(result["revision"])


def refuse(visit: Visit, row: Row, refused: Refused) -> None:
    """Shows a refusal at its field and opens the row. In a conflict the row shows both texts, and saving again stores the one
    that was typed here."""
    say_no(row.form, refused, visit.lang)
    row.is_open = True
    if refused.code == "conflict":
        row.kept = kept_words(refused, visit.lang)
        row.form.revision.data = str(refused.facts["revision"])


def kept_words(refused: Refused, lang: str) -> dict[str, Any]:
    """Returns the draft that another computer saved, in words: `{answer, reason}`; both empty where it was published."""
    kept: Any = refused.facts.get("kept")
    return {"answer": given_words(kept, lang), "reason": kept["reason"]} if kept else {"answer": "", "reason": ""}
