"""The server's log: removes what a log may not hold, whichever logger or library wrote the line.

IP addresses, tokens and codes are removed from the whole text, tracebacks included. The async engines write their error
messages directly to the error output instead of to a logger, so that stream is cleaned as well.
"""

from __future__ import annotations

import logging
import re
import sys
from typing import Any, TextIO

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
#: the lowest level logged of these libraries: below it their lines help nobody, or name people's sessions
QUIET = {
    "alembic": logging.WARNING,
    "werkzeug": logging.WARNING,
    "geventwebsocket": logging.WARNING,
    "engineio.server": logging.CRITICAL,  # it logs every phone's old session after a restart
    "socketio.server": logging.WARNING,
}

_BYTE = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_GROUP = "[0-9a-f]{1,4}"
_GROUPS = rf"{_GROUP}(?::{_GROUP})*"
_NAMED = r"(\b(?:sid|token|reentry_code|password|seed)['\"]?\s*[=:]\s*)['\"]?[^\s,;&'\"})]+"
#: applied in this order: what follows a known word is removed as a whole before the later patterns can match a part of it
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(/(?:f|b|h|j|room|record|first|invited)/)[^\s/?#'\"<>)]+"), r"\1[...]"),
    (re.compile(r"(?<=[\w/\]-])\?[^\s'\"<>)]+"), "?[...]"),
    (re.compile(r"(\bBearer\s+)[^\s'\",;]+", re.IGNORECASE), r"\1[token]"),
    (re.compile(r"(\brundbord_\w+=)[^\s;'\",]+"), r"\1[token]"),
    (re.compile(_NAMED, re.IGNORECASE), r"\1[token]"),
    (re.compile(rf"(?<![\d.])(?:{_BYTE}\.){{3}}{_BYTE}(?![\d.]*\d)"), "[address]"),
    # An IPv6 address has eight groups, or fewer with "::" between; a time of day matches neither.
    (re.compile(rf"(?<![\w:])(?:{_GROUP}:){{7}}{_GROUP}(?:%\w+)?(?![\w:])", re.IGNORECASE), "[address]"),
    (re.compile(rf"(?<![\w:])(?:{_GROUPS})?::{_GROUPS}(?:%\w+)?(?!\w)", re.IGNORECASE), "[address]"),
    # A re-entry code as it is shown, and as it is stored: capitals and digits without I, L, O, U.
    (re.compile(r"\b[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}\b"), "[code]"),
    (re.compile(r"\b(?=\w*\d)(?=\w*[A-Z])[0-9A-HJKMNP-TV-Z]{10}\b"), "[code]"),
    # A token has at least 32 letters, digits, - and _; a name in a program has no digits or is shorter.
    (re.compile(r"(?<![\w-])(?=[\w-]*\d)[A-Za-z0-9_-]{32,}(?![\w-])"), "[token]"),
    (re.compile(r"(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[A-Za-z0-9-]{32,}(?![\w-])"), "[token]"),
)


def scrub(text: str) -> str:
    """Returns the text without IP addresses, tokens and codes; each is replaced by a word in square brackets."""
    for pattern, instead in _RULES:
        text = pattern.sub(instead, text)
    return text


class Scrubbing(logging.Formatter):
    """Formats a record, its traceback included, and removes what a log may not hold."""

    def format(self, record: logging.LogRecord) -> str:
        """Returns the clean text of a record."""
        return scrub(super().format(record))


class CleanStream:
    """The error output of the process: what is written to it without a logger is cleaned line by line."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._begun = ""

    def write(self, text: str) -> int:
        """Writes whole lines, cleaned; an incomplete line is kept until its end comes. Returns the length of the text."""
        lines, newline, self._begun = (self._begun + text).rpartition("\n")
        if newline:
            self._stream.write(scrub(lines) + newline)
        return len(text)

    def flush(self) -> None:
        """Writes the incomplete line too."""
        begun, self._begun = self._begun, ""
        self._stream.write(scrub(begun))
        self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def configure(level: str) -> None:
    """Makes every logger write through one handler that cleans, and cleans the error output of the process."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Scrubbing(FORMAT))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(least)
    sys.stderr = CleanStream(sys.stderr)
