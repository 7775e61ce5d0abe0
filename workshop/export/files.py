"""The file formats, and the export of an outcome as a named file."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from workshop import offload
from workshop.bounded_cache import BoundedCache
from workshop.clock import today
from workshop.export import bundle, json
from workshop.export.document import Outcome
from workshop.export.outcome import outcome
from workshop.export.plain import slug
from workshop.extensions import db
from workshop.models import Workshop
from workshop.rules.refusal import Refused

#: the number of finished files that are cached, of all workshops together
_KEPT = 32
#: entries of the journal from which on the JSON file is written in another process; below it, starting the process would take
#: longer
_LONG_JOURNAL = 2000


@dataclass(frozen=True)
class Format:
    """A file format: its media type, the extension of its file name, and the name of the function that renders it.

    `aside`: it must run in another process because it is slow. `short`: the format can also be made with the first two
    pages only.
    """

    mime: str
    extension: str
    #: as `workshop.offload` takes it
    function: str
    aside: bool = False
    short: bool = False

    def render(self, *given: Any) -> bytes:
        """Returns a file made in this process. The libraries of the formats take a tenth of the time in which a server
        starts, and most formats are made in another process: so each is loaded when it is first needed."""
        content: bytes = offload.run_here(self.function, *given)
        return content


FORMATS: dict[str, Format] = {
    "pdf": Format("application/pdf", "pdf", "workshop.export.pdf:render", aside=True, short=True),
    "docx": Format(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
        "workshop.export.docx:render",
        aside=True,
        short=True,
    ),
    "xlsx": Format(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
        "workshop.export.xlsx:render",
        aside=True,
    ),
    "csv": Format("text/csv; charset=utf-8", "csv", "workshop.export.csv:render"),
    "md": Format("text/markdown; charset=utf-8", "md", "workshop.export.markdown:render"),
    "json": Format("application/json", "json", "workshop.export.json:render"),
    "ics": Format("text/calendar; charset=utf-8", "ics", "workshop.export.ics:render"),
}


File = tuple[str, str, bytes]
_ready: BoundedCache[Hashable, File] = BoundedCache(_KEPT)


def export(
    workshop: Workshop,
    format: str,
    language: str | None = None,
    *,
    public: bool = False,
    short: bool = False,
    before_making: Callable[[], None] = lambda: None,
) -> File:
    """Returns the outcome of a workshop as a file: `(file name, media type, content)`.

    `language` is `da` or `en`; without one, the workshop's own. `public` leaves out what is for the parties only
    and the contacts of contributions; `short` gives only the first two pages, if the format has pages. A file is cached
    until the workshop or the day changes; `before_making` is called before a new one is made, and may raise `Refused`.
    The database session is closed before a file is made in another process.
    Raises `Refused("not_found", "format")` for an unknown format.
    """
    if format not in FORMATS:
        raise Refused("not_found", "format", formats=list(FORMATS))
    # The day is part of the key, because the state of the follow-up depends on it.
    state = (workshop.epoch, workshop.clock, workshop.names_erased_at, today())
    short = short and FORMATS[format].short
    place = (workshop.id, state, format, language, public, short)
    made = _ready.get(place)
    if made is None:
        before_making()
        made = _ready.keep(place, _made(workshop, format, language, public, short, place))
    return made


def _made(workshop: Workshop, format: str, language: str | None, public: bool, short: bool, place: Hashable) -> File:
    """Returns a file of the workshop's present state; `place` is its key in the cache and in `offload`."""
    chosen = FORMATS[format]
    made = outcome(workshop, language, public=public)
    if format == "json":
        content = _proved(made, bundle.proof(workshop, public=public), place)
    elif not chosen.aside:
        content = chosen.render(made)
    else:
        db.session.remove()
        content = offload.run(chosen.function, made, *([short] if chosen.short else []), key=place)
    return file_name(made, chosen.extension, short=short), chosen.mime, content


def _proved(made: Outcome, proof: dict[str, Any], place: Hashable) -> bytes:
    """Returns the JSON file with its proof; one with a long journal is written in another process."""
    if proof["journal"]["count"] < _LONG_JOURNAL:
        return json.render(made, proof)
    db.session.remove()
    written: bytes = offload.run("workshop.export.json:render", made, proof, key=place)
    return written


def file_name(made: Outcome, extension: str, *, short: bool = False) -> str:
    """Returns a safe name in ASCII, such as "fjordby-unge-og-ensomhed-2027-03-11.pdf"."""
    name = slug(made.title) or "rundbord"
    english = made.language == "en"
    pages = "-" + ("short" if english else "kort") if short else ""
    example = "-" + ("example" if english else "eksempel") if made.example else ""
    return f"{name}-{made.held_on.isoformat()}{pages}{example}.{extension}"
