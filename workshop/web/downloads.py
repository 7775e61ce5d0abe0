"""Serves the result as a file, to the organiser and the facilitators of a workshop (docs/exports.md)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from urllib.parse import quote

from flask import Blueprint, Response, request

from workshop import rate_limits, store
from workshop.export import checker, export
from workshop.export.filing import Filed
from workshop.export.package import package, record_hash
from workshop.export.plain import slug
from workshop.extensions import db
from workshop.models import Workshop
from workshop.rules.limits import CASE_NUMBER
from workshop.rules.refusal import Refused
from workshop.rules.roles import FACILITATORS
from workshop.web.authentication import actor_of_request

downloads = Blueprint("downloads", __name__)

#: stands in an address in place of a format: the program that checks the JSON file
CHECKER = "checker"

_SHA256 = re.compile(r"[0-9a-f]{64}")
#: characters that a file name may not contain on one of the usual systems
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')


def asked_language() -> str | None:
    """Returns the language of `?lang=`; None where none, or an unknown one, is named."""
    asked = request.args.get("lang")
    return asked if asked in ("da", "en") else None


def file_response(workshop: Workshop, format: str, *, public: bool = False) -> Response:
    """Returns a workshop's result as a file to download. `public`: as the public record shows it. Raises
    `Refused("not_found", "format")`, and `too_many` for a public file."""
    # Anybody who knows a public address may request files, so making a new one is rate-limited for each record.
    counted = partial(rate_limits.check_file, workshop.id) if public else _uncounted
    short = request.args.get("short") == "1"
    name, mime, content = export(workshop, format, asked_language(), public=public, short=short, before_making=counted)
    response = Response(content, content_type=mime)
    title = " ".join(_NOT_IN_NAMES.sub(" ", workshop.title).split())
    readable = title + name.removeprefix(slug(workshop.title)) if title else name
    # Older programs read the ASCII name, newer ones the name in UTF-8 (RFC 6266).
    response.headers.set("Content-Disposition", "attachment", filename=name)
    if readable != name:
        response.headers["Content-Disposition"] += f"; filename*=UTF-8''{quote(readable, safe='')}"
    response.headers["Cache-Control"] = "no-store"
    return response


@downloads.get("/api/workshops/<int:workshop_id>/package")
def secretariat_package(workshop_id: int) -> Response:
    """Returns the secretariat's package as one zip file, to the organiser and the facilitators. `?kle=` and `?facet=` are the
    numbers it is filed under, `?earlier=` is the SHA-256 of the record it adds to."""
    actor = actor_of_request(workshop_id)
    if actor.role not in FACILITATORS:
        raise Refused("not_allowed")
    return package_response(workshop_id, request.args)


def package_response(workshop_id: int, given: Mapping[str, str], *, filed_now: bool = False) -> Response:
    """Returns the package. `filed_now`: the package is meant for the archive, so its hash is stored and a later package names
    it. Raises `Refused` (`too_long`, `malformed`)."""
    asked = {name: " ".join(given.get(name, "").split()) for name in ("kle", "facet", "earlier")}
    for field, limit in (("kle", CASE_NUMBER), ("facet", CASE_NUMBER), ("earlier", 64)):
        if len(asked[field]) > limit:
            raise Refused("too_long", field, limit=limit, length=len(asked[field]))
    if asked["earlier"] and not _SHA256.fullmatch(asked["earlier"]):
        raise Refused("malformed", "earlier")
    filed = Filed(asked["kle"], asked["facet"])
    name, mime, content = package(db.session.get_one(Workshop, workshop_id), filed, asked_language(), asked["earlier"])
    if filed_now:
        store.note_filed(workshop_id, record_hash(content))
    response = Response(content, content_type=mime)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _uncounted() -> None:
    """Does nothing: files for organisers and facilitators are not rate-limited."""


def checker_response() -> Response:
    """Returns the program that checks the JSON file: one Python file, the same for every workshop (docs/proof.md)."""
    response = Response(checker.source(), content_type=checker.MIME)
    response.headers.set("Content-Disposition", "attachment", filename=checker.NAME)
    return response


@downloads.get("/api/workshops/<int:workshop_id>/export/<format>")
def download(workshop_id: int, format: str) -> Response:
    """Returns the result of a workshop in one of the seven formats, or the `checker` of the JSON file. `?as=facilitator` names
    the facilitator's cookie, `?lang=` the language, which is the workshop's own by default. `?short=1` gives the first two
    pages of the PDF or the Word file."""
    actor = actor_of_request(workshop_id)
    if actor.role not in FACILITATORS:
        raise Refused("not_allowed")
    if format == CHECKER:
        return checker_response()
    return file_response(db.session.get_one(Workshop, workshop_id), format)
