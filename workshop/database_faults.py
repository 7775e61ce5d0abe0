"""Finds out from an exception what is wrong with the database. Uses the standard library only.

A reason is the end of a catalogue key, `database.REASON`, whose text tells an operator what to do.
"""

from __future__ import annotations

REASONS = ("full", "read_only", "locked", "no_folder", "damaged", "refused", "unreachable", "moved", "broken")

_SQLITE = (
    ("SQLITE_FULL", "full"),
    ("SQLITE_READONLY", "read_only"),
    ("SQLITE_PERM", "read_only"),
    ("SQLITE_BUSY", "locked"),
    ("SQLITE_LOCKED", "locked"),
    ("SQLITE_CANTOPEN", "no_folder"),
    ("SQLITE_CORRUPT", "damaged"),
    ("SQLITE_NOTADB", "damaged"),
    # SQLite reports a file that may not grow (a quota, a limit of the process) as a failed write.
    ("SQLITE_IOERR_WRITE", "full"),
)
#: PostgreSQL's own codes (its manual, appendix A), by their beginning
_POSTGRES = (
    ("53100", "full"),
    ("25006", "read_only"),
    ("42501", "read_only"),
    ("55P03", "locked"),
    ("57014", "locked"),
    ("28", "refused"),
    ("3D", "refused"),
    ("XX001", "damaged"),
    ("53", "unreachable"),
    ("57P", "unreachable"),
    ("08", "unreachable"),
)


def reason(error: BaseException) -> str:
    """Returns the reason for an exception of SQLAlchemy or of a driver, one of `REASONS`."""
    cause = getattr(error, "orig", None) or error
    name = getattr(cause, "sqlite_errorname", None)
    if name is not None:
        return next((found for start, found in _SQLITE if name.startswith(start)), "broken")
    state = getattr(cause, "sqlstate", None)
    if state is not None:
        return next((found for start, found in _POSTGRES if state.startswith(start)), "broken")
    said = str(cause)
    # For what fails while connecting, psycopg gives no code, only the server's message.
    if "authentication failed" in said or "does not exist" in said or "no password supplied" in said:
        return "refused"
    return "unreachable" if type(cause).__name__ in ("OperationalError", "ConnectionTimeout", "TimeoutError") else "broken"
