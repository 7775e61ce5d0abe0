"""Answers and refusals over HTTP: one JSON shape, and one status for each code (docs/protocol.md)."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify

from workshop.rules.refusal import Refused

STATUS = {
    "ended": 401,
    "not_allowed": 403,
    "not_found": 404,
    "unknown_code": 404,
    "too_large": 413,
    "malformed": 422,
    "too_many": 429,
    "broken": 503,
}


def ok(status: int = 200, **content: Any) -> Response:
    """Returns `{"ok": true, …}` with the content, not to be cached."""
    response = jsonify({"ok": True, **content})
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def refusal(error: Refused) -> Response:
    """Returns `{"ok": false, "error": {…}}` with the status of its code, 409 for a code that is not in `STATUS`."""
    response = jsonify({"ok": False, "error": error.as_error()})
    response.status_code = STATUS.get(error.code, 409)
    response.headers["Cache-Control"] = "no-store"
    if "retry_after" in error.facts:
        response.headers["Retry-After"] = str(error.facts["retry_after"])
    return response


def gone(**facts: Any) -> Response:
    """Returns 410 with `{"ok": false, "error": {"code": "ended", …}}`, for what existed and was withdrawn."""
    response = jsonify({"ok": False, "error": Refused("ended", None, **facts).as_error()})
    response.status_code = 410
    response.headers["Cache-Control"] = "no-store"
    return response
