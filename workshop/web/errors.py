"""Shows errors: as a page in plain words, and as `{"ok": false, …}` to scripts (docs/protocol.md)."""

from __future__ import annotations

import logging
import secrets

from flask import Flask, Response, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from workshop import catalogue, database_faults
from workshop.offload import AsideBusy
from workshop.rules.limits import MESSAGE_BYTES
from workshop.rules.refusal import Refused
from workshop.web.answers import STATUS
from workshop.web.answers import refusal as answer
from workshop.web.languages import page_language

#: the beginnings of addresses that scripts request
SCRIPTS = ("/api/", "/healthz", "/socket.io", "/catalogue/")
#: the code of the refusal that scripts get for an HTTP error without one
_REFUSED = {400: "malformed", 401: "ended", 403: "not_allowed", 404: "not_found", 405: "malformed", 413: "too_large"}
#: statuses that have their own text on pages, `organiser.fault.STATUS.title` and `.text`
_WORDED = (400, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503)
_log = logging.getLogger(__name__)


def register_errors(app: Flask) -> None:
    """Makes the application show every error in the form that the client reads: a page or JSON."""
    app.before_request(_refuse_zero_bytes)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(AsideBusy, _busy)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(500, _broken)


def _refuse_zero_bytes() -> None:
    """Raises `Refused("malformed")` for a request with a zero byte in its address or form: no stored text has one, and
    PostgreSQL raises an error when it is searched for."""
    given = (request.path, *request.args.values(), *request.form.values())
    if any("\x00" in text for text in given):
        raise Refused("malformed")


def error_page(status: int, lang: str | None = None, words: str | None = None, number: str | None = None) -> Response:
    """Returns a page that says what happened and what to do; `words` replace the usual sentence of the status."""
    lang = lang or page_language()
    shown = status if status in _WORDED else 500
    response = make_response(render_template("error.html", lang=lang, status=shown, words=words, number=number), status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _for_scripts() -> bool:
    return request.path.startswith(SCRIPTS)


def _refused(refused: Refused) -> Response:
    if _for_scripts():
        return answer(refused)
    status = 410 if refused.code == "ended" else STATUS.get(refused.code, 409)
    told = status not in (403, 404, 410) or "another_site" in refused.facts
    words = None if not told else catalogue.refusal(refused.as_error(), page_language())
    return error_page(status, words=words)


def _busy(_error: AsideBusy) -> Response:
    """Returns the answer `too_many` where too much slow work is waiting (`offload`)."""
    response = _refused(Refused("too_many", retry_after=30))
    response.headers["Retry-After"] = "30"
    return response


def _forged(_error: CSRFError) -> Response:
    """Returns the error page for a form with a missing, foreign or outdated key."""
    return error_page(400)


def _http(error: HTTPException) -> Response:
    if error.response is not None:
        return error.response  # type: ignore[return-value]
    status = error.code or 500
    if status < 400:
        return error.get_response()  # type: ignore[return-value]
    if not _for_scripts():
        return error_page(status)
    facts = {"limit": MESSAGE_BYTES} if status == 413 else {}
    response = answer(Refused(_REFUSED.get(status, "broken"), "body" if status == 413 else None, **facts))
    response.status_code = status
    return response


def _broken(error: Exception) -> Response:
    """Returns the answer to an unexpected error. It is logged under a number that the answer shows, and without the path,
    which may contain a token."""
    number, cause = secrets.token_hex(4), getattr(error, "original_exception", error)
    _log.error("fault %s at %s", number, request.endpoint, exc_info=cause)
    if _for_scripts():
        return answer(Refused("broken", number=number))
    if isinstance(cause, DBAPIError) and database_faults.reason(cause) != "broken":
        lang = page_language()
        return error_page(503, lang, words=catalogue.t("organiser.fault.cannot_save", lang), number=number)
    return error_page(500, number=number)
