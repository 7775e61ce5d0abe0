"""The secretariat's package: what a clerk files and puts on an agenda, in one zip file (docs/exports.md).

The record is PDF/A-3a and PDF/UA-1 with the JSON file and its checker attached, so that anybody who has this one file can
check it. The zip file is the same, byte by byte, while the workshop does not change.
"""

from __future__ import annotations

import io
import zipfile
from hashlib import sha256

from workshop import offload
from workshop.export import bundle, checker, filing, json, pdf
from workshop.export.files import File, file_name
from workshop.export.filing import Filed
from workshop.export.outcome import outcome
from workshop.export.words import Words
from workshop.extensions import db
from workshop.models import Workshop
from workshop.models.filed import adds_to
from workshop.screens.promises import promises

MIME = "application/zip"


def package(workshop: Workshop, filed: Filed, language: str | None = None, earlier: str = "") -> File:
    """Returns the package as `(file name, media type, content)`. `earlier` is the SHA-256 of the filed record that this one
    adds to. Without it, the last record that was taken before the newest report is used, if there is one, and an addendum lists
    what was reported since. The database session is closed before the PDF is made in another process."""
    # Loaded here because the library that writes Word files takes long to load, and a server that starts writes none.
    from workshop.export import addendum, agenda_item

    made = outcome(workshop, language)
    proof = bundle.proof(workshop)
    before = None if earlier else adds_to(workshop)
    since = (before.sha256, before.at, addendum.reported_since(promises(workshop), before.at)) if before else None
    earlier = earlier or (since[0] if since else "")
    place = ("package", workshop.id, workshop.clock, language, filed, earlier)
    db.session.remove()
    data = json.render(made, proof)
    words = Words(made)
    attached = (
        pdf.Attachment(file_name(made, "json"), "application/json", words("package.json"), "source", data.decode()),
        pdf.Attachment(checker.NAME, "text/x-python", words("package.checker"), "supplement", checker.source()),
    )
    record: bytes = offload.run("workshop.export.pdf:render", made, False, attached, key=place)
    names = {kind: f"{words(f'package.name.{kind}')}.{end}" for kind, end in _ENDS.items()}
    files = {
        names["record"]: record,
        names["agenda"]: agenda_item.render(made, (names["record"], names["results"])),
        names["metadata"]: filing.sheet(made, filed, record, names["record"], earlier),
        names["results"]: filing.results(made),
    }
    if since:
        files[names["addendum"]] = addendum.render(made, *since)
    return file_name(made, "zip"), MIME, _zipped(files, made.provenance.made_at.timetuple()[:6])


_ENDS = {"record": "pdf", "agenda": "docx", "metadata": "csv", "results": "csv", "addendum": "docx"}


def record_hash(content: bytes) -> str:
    """Returns the SHA-256 of the record in a package, which is its first file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return sha256(archive.read(archive.namelist()[0])).hexdigest()


def _zipped(files: dict[str, bytes], at: tuple[int, ...]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(
                zipfile.ZipInfo(name, (at[0], at[1], at[2], at[3], at[4], at[5])), content, zipfile.ZIP_DEFLATED
            )
    return made.getvalue()
