"""The page for importing ideas: paste a text or choose a file, see what each column holds, then import them all.

The console and the organiser's pages lead here; it opens for the organiser of the workshop and for its facilitators. The
server stores nothing between the steps: the text is in the page's form.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from flask import redirect, request, url_for
from flask_login import current_user
from werkzeug.exceptions import NotFound

from workshop.catalogue import t
from workshop.commands.ideas.importing import ImportIdeas, new_themes
from workshop.door.arguments import parse
from workshop.extensions import db
from workshop.forwarding import perform
from workshop.identity import FACILITATOR, ORGANISER, Actor, in_workshop
from workshop.models import Workshop
from workshop.rules import importing, limits
from workshop.rules.refusal import Refused
from workshop.web.authentication import page_actor
from workshop.web.organiser.accounts import Page
from workshop.web.organiser.pages import language, organising, page, sentence, tell

#: bytes of the largest request of this page: a file of the largest size, and the text of an earlier one in the form
_REQUEST_BYTES = 3 * limits.IMPORT_BYTES


_ONE_COLUMN = importing.guessed(())


@dataclass
class Reading:
    """What the form shows: the text, how it is read, and what is wrong with it."""

    text: str = ""
    source: str = ""
    separator: str = importing.LINES
    columns: importing.Columns = _ONE_COLUMN
    rows: list[importing.Row] = field(default_factory=list)
    #: the arguments of the command; the titles of the themes it will create
    args: dict[str, Any] = field(default_factory=dict)
    themes: list[str] = field(default_factory=list)
    #: sentences about the whole text, and about single rows by their numbers
    faults: list[str] = field(default_factory=list)
    by_row: dict[int, list[str]] = field(default_factory=dict)

    @property
    def of(self) -> str:
        """Returns the digest of the text for which the choices on the page were made."""
        return _digest(self.text)

    @property
    def parted(self) -> str:
        """Returns how the text was split when its columns were chosen: the separator and the number of columns."""
        return f"{self.separator} {len(self.columns.fields)}"

    @property
    def shown(self) -> str:
        """Returns the digest of everything the page showed. Ideas are imported only if it is still the same."""
        return _digest(self.text, self.separator, repr(self.columns))

    @property
    def count(self) -> int:
        """Returns the number of ideas to import."""
        return len(self.args.get("rows", ()))

    @property
    def is_ready(self) -> bool:
        """Returns whether there are ideas, and no faults."""
        return bool(self.count) and not self.faults and not self.by_row


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


@organising.url_value_preprocessor
def _allow_a_file(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Raises the size limit of the request, because a file may be larger than a message. It runs before the form's key is
    read from the body, and only for those who may import, so that nobody else can make the server read that much."""
    if endpoint != "organising.import_ideas" or request.method != "POST" or not values:
        return
    if _who(values["workshop_id"]) is not None:
        request.max_content_length = _REQUEST_BYTES
        request.max_form_memory_size = _REQUEST_BYTES


def _who(workshop_id: int) -> tuple[Workshop, Actor] | None:
    """Returns the workshop and the actor who imports: its organiser or one of its facilitators; None for anybody else."""
    workshop = db.session.get(Workshop, workshop_id)
    if workshop is None:
        return None
    if current_user.is_authenticated and workshop.organiser_id == current_user.id:
        actor = page_actor(ORGANISER, workshop_id)
        return workshop, actor or in_workshop(Actor(ORGANISER, organiser_id=current_user.id), workshop_id)
    facilitator = page_actor(FACILITATOR, workshop_id)
    return (workshop, facilitator) if facilitator is not None else None


@organising.route("/workshops/<int:workshop_id>/ideas", methods=["GET", "POST"])
def import_ideas(workshop_id: int) -> Page:
    """Shows the form and what was read, imports the ideas, or undoes an import."""
    found = _who(workshop_id)
    if found is None:
        raise NotFound
    workshop, actor = found
    if request.method != "POST":
        return _page(workshop, actor, Reading())
    if request.form.get("act") == "undo":
        return _undo(workshop, actor)
    reading = _reading(workshop)
    if request.form.get("act") != "take" or not reading.is_ready:
        return _page(workshop, actor, reading, 422 if reading.faults or reading.by_row else 200)
    if request.form.get("shown") != reading.shown:
        reading.faults.append(t("organiser.import.changed", language()))
        return _page(workshop, actor, reading, 409)
    try:
        answer = perform(actor, "import_ideas", reading.args)
    except Refused as refused:
        reading.faults.append(sentence(refused))
        return _page(workshop, actor, reading, 409)
    tell("organiser.import.done", n=reading.count)
    return redirect(url_for("organising.import_ideas", workshop_id=workshop_id, done=answer["seq"]), 303)


def _undo(workshop: Workshop, actor: Actor) -> Page:
    try:
        perform(actor, "undo", {"seq": request.form.get("seq", 0, type=int)})
    except Refused as refused:
        key = "conflict" if refused.code == "conflict" else "ended"
        return _page(workshop, actor, Reading(faults=[t(f"organiser.import.undo.{key}", language())]), 409)
    tell("organiser.import.undone")
    return redirect(url_for("organising.import_ideas", workshop_id=workshop.id), 303)


def _reading(workshop: Workshop) -> Reading:
    """Returns what the form holds, read with the separator and columns that were chosen. For a text that is new to the page
    both are guessed."""
    reading = Reading(text=_unix(request.form.get("pasted", "")), source=request.form.get("source", ""))
    try:
        file = request.files.get("file")
        if file is not None and file.filename:
            reading.text = _unix(importing.decoded(file.stream.read(limits.IMPORT_BYTES + 1)))
        importing.check_size(reading.text)
        separator = _separator(reading)
        reading.rows = importing.read(reading.text, separator)
        reading.separator, reading.columns = separator, _columns(reading.rows, separator, reading.of)
        importing.check_columns(reading.columns)
        _check(workshop, reading)
    except Refused as refused:
        reading.faults.append(sentence(refused))
    return reading


def _unix(text: str) -> str:
    """Returns the text with `\\n` for every line end; browsers send `\\r\\n`."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _separator(reading: Reading) -> str:
    chosen = request.form.get("separator", "")
    known = request.form.get("of") == reading.of and chosen in (importing.LINES, *importing.SEPARATORS)
    return chosen if known else importing.separator_of(reading.text)


def _columns(rows: list[importing.Row], separator: str, of: str) -> importing.Columns:
    """Returns the columns that were chosen, if the choice was made for this text with this separator; else a guess."""
    width = max((len(row.cells) for row in rows), default=1)
    fields = tuple(request.form.get(f"column{number}", "") for number in range(width))
    known = (request.form.get("of"), request.form.get("parted")) == (of, f"{separator} {width}")
    if known and set(fields) <= {"", *importing.FIELDS}:
        return importing.Columns(fields, bool(request.form.get("headed")))
    return importing.guessed(rows)


def _check(workshop: Workshop, reading: Reading) -> None:
    """Puts the arguments of the command into the reading, and the faults of single rows. Raises `Refused` for a fault of the
    whole."""
    found = importing.ideas(reading.rows, reading.columns)
    if not found:
        raise Refused("empty", "rows")
    if len(found) > limits.IDEAS_IMPORTED:
        raise Refused("too_many", "rows", limit=limits.IDEAS_IMPORTED, given=len(found))
    reading.args = {"rows": [fields for _row, fields in found], "source": reading.source}
    try:
        args = parse(ImportIdeas, reading.args)
    except Refused as refused:
        numbers = [row.number for row, _fields in found]
        for fault in (refused, *refused.others):
            _put(reading, numbers, fault)
    else:
        assert isinstance(args, ImportIdeas)
        reading.themes = new_themes(workshop.id, args.rows)


def _put(reading: Reading, numbers: list[int], fault: Refused) -> None:
    """Puts the sentence about a fault at its row, or above all rows."""
    name, _, place = (fault.field or "").partition(".")
    if name != "rows" or fault.code not in ("too_long", "empty"):
        reading.faults.append(sentence(fault))
        return
    number, _, column = place.partition(".")
    facts = {"field": t(f"organiser.import.column.{column}", language()), **fault.facts}
    words = t(f"organiser.import.row.{fault.code}", language(), **facts)
    reading.by_row.setdefault(numbers[int(number)], []).append(words)


def _page(workshop: Workshop, actor: Actor, reading: Reading, status: int = 200) -> Page:
    return page(
        "import",
        status,
        base=f"organiser/{'workshop' if actor.role == ORGANISER else 'facilitator'}_base.html",
        workshop=workshop,
        here="import_ideas",
        reading=reading,
        fields=importing.FIELDS,
        separators=(importing.LINES, *importing.SEPARATORS),
        limits=limits,
        done=request.args.get("done", type=int),
    )
