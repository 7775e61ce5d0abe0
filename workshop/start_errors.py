"""Says in one sentence why the server cannot start and what to do, instead of a traceback."""

from __future__ import annotations

from alembic.util import CommandError
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from workshop.catalogue import t
from workshop.config import Settings, SettingsError
from workshop.database_faults import reason
from workshop.logs import scrub


class CannotStart(Exception):
    """Raised when the server cannot start; the message says why and what to do."""


def sentence(error: Exception, settings: Settings | None) -> str:
    """Returns the sentence for an exception at start, in the language of the settings; Danish where there are none yet."""
    if isinstance(error, CannotStart | SettingsError):
        return str(error)
    lang = settings.language if settings is not None else "da"
    if isinstance(error, CommandError):
        return t("start.error.newer", lang)
    if isinstance(error, SQLAlchemyError | UnicodeDecodeError) and settings is not None:
        return f"{t(f'database.{reason(error)}', lang)} ({_place(settings)})"
    if isinstance(error, PermissionError | FileNotFoundError | IsADirectoryError | NotADirectoryError):
        return t("start.error.file", lang, file=error.filename or "?", why=error.strerror or "?")
    return t("start.error.other", lang, kind=type(error).__name__, said=scrub(_first_line(error)))


def _place(settings: Settings) -> str:
    """Returns the file, or host, port and name of the database, without user and password."""
    try:
        url = make_url(settings.database_url)
    except ArgumentError:
        return "DATABASE_URL"
    if url.get_backend_name() == "sqlite":
        return url.database or "sqlite"
    return f"{url.host or 'localhost'}:{url.port or 5432}/{url.database}"


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or ["?"])[0]
