"""Taking the outcome home: one neutral document, and one file per format made from it.

    filename, mime, content = export(workshop, "pdf", "da")

Reads only. Making a PDF keeps a processor busy for a few tenths of a second: call it outside any transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workshop import aside
from workshop.export import csv, docx, ics, json, markdown, pdf, xlsx
from workshop.export.document import Outcome
from workshop.export.outcome import outcome
from workshop.export.plain import slug
from workshop.models import Workshop
from workshop.rules.refusal import Refused


@dataclass(frozen=True)
class Format:
    """A file format: its media type, its file name's end, and the function that makes it."""

    mime: str
    extension: str
    render: Callable[[Outcome], bytes]


FORMATS: dict[str, Format] = {
    "pdf": Format("application/pdf", "pdf", pdf.render),
    "docx": Format("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx", docx.render),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", xlsx.render),
    "csv": Format("text/csv; charset=utf-8", "csv", csv.render),
    "md": Format("text/markdown; charset=utf-8", "md", markdown.render),
    "json": Format("application/json", "json", json.render),
    "ics": Format("text/calendar; charset=utf-8", "ics", ics.render),
}


def export(workshop: Workshop, format: str, language: str | None = None, *, public: bool = False) -> tuple[str, str, bytes]:
    """The outcome of a workshop as a file: `(file name, media type, content)`.

    `language` is `da` or `en`; without one, the workshop's own. `public` leaves out what is for the parties only
    and the contacts of contributions. Raises `Refused("not_found", "format")` for a format there is not.
    """
    chosen = FORMATS.get(format)
    if chosen is None:
        raise Refused("not_found", "format", formats=list(FORMATS))
    made = outcome(workshop, language, public=public)
    return file_name(made, chosen.extension), chosen.mime, _rendered(format, made)


def render(format: str, made: Outcome) -> bytes:
    """One format of a document that has been made."""
    return FORMATS[format].render(made)


def _rendered(format: str, made: Outcome) -> bytes:
    """A PDF keeps a processor busy, so it is made aside; the other formats take moments."""
    if format != "pdf":
        return render(format, made)
    content: bytes = aside.run("workshop.export:render", format, made)
    return content


def file_name(made: Outcome, extension: str) -> str:
    """A safe name in ASCII, such as "fjordby-unge-og-ensomhed-2027-03-11.pdf"."""
    name = slug(made.title) or "rundbord"
    example = "-" + ("example" if made.language == "en" else "eksempel") if made.example else ""
    return f"{name}-{made.held_on.isoformat()}{example}.{extension}"
