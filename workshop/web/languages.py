"""Chooses the language in which a page is shown."""

from __future__ import annotations

from flask import request

from workshop.models import Workshop

_LANGUAGES = ("da", "en")


def page_language(workshop: Workshop | None = None) -> str:
    """Returns the language of a person's page: that of `?lang=`, else the browser's, else the workshop's, else Danish."""
    asked = request.args.get("lang")
    if asked in _LANGUAGES:
        return asked
    return request.accept_languages.best_match(_LANGUAGES, workshop.language if workshop else "da")
