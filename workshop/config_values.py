"""Reads the text of one setting: each function returns the value or raises `Unusable`. Uses the standard library only."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from email.utils import getaddresses
from urllib.parse import urlsplit

SHORTEST_KEY = 32


class Unusable(ValueError):
    """Raised for a value that cannot be used; the message says what would be right."""


def whole(lowest: int, highest: int) -> Callable[[str], int]:
    """Returns a reader of whole numbers within bounds, both included."""

    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,6}", text) or not lowest <= int(text) <= highest:
            raise Unusable(f"must be a whole number from {lowest} to {highest}")
        return int(text)

    return read


def choice(*allowed: str) -> Callable[[str], str]:
    """Returns a reader of one of a few words, in capitals or small letters."""

    def read(text: str) -> str:
        if text.lower() not in allowed:
            raise Unusable(f"must be one of: {', '.join(allowed)}")
        return text.lower()

    return read


def flag(text: str) -> bool:
    """Returns True for 1, true, yes and on, False for 0, false, no and off."""
    if text.lower() in ("1", "true", "yes", "on"):
        return True
    if text.lower() in ("0", "false", "no", "off"):
        return False
    raise Unusable("must be 1 or 0")


def host(text: str) -> str:
    """Returns an IP address or a host name."""
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?", text):
            raise Unusable(
                "must be an address of this machine: 0.0.0.0 for everybody on the network, 127.0.0.1 for this machine only"
            ) from None
        return text


def public_url(text: str) -> str:
    """Returns scheme, host and port; a slash at the end is dropped."""
    parts = urlsplit(text) if _has_possible_port(text) else urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise Unusable("must be the address people open, with http:// or https:// and without a path")
    return f"{parts.scheme}://{parts.netloc}"


def web_page(text: str) -> str:
    """Returns the address of a page that anybody can open."""
    parts = urlsplit(text) if _has_possible_port(text) else urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or re.search(r"[\s\"<>\\]", text):
        raise Unusable("must be the address of a page, with http:// or https://")
    return text


def database_url(text: str) -> str:
    """Returns a SQLAlchemy address; every spelling of PostgreSQL gets the driver that is installed."""
    scheme, separator, rest = text.partition("://")
    if scheme == "sqlite" and rest in ("", "/", "/:memory:"):
        raise Unusable("must name a file, for a database in memory is gone with each connection: sqlite:////path/to/file")
    if scheme != "sqlite" and not _has_possible_port(text):
        raise Unusable("must have a port from 1 to 65535, or none")
    if not separator:
        raise Unusable("must be a database address such as postgresql://user:password@host/name")
    if scheme in ("postgres", "postgresql"):
        return f"postgresql+psycopg://{rest}"
    if scheme in ("sqlite", "postgresql+psycopg"):
        return text
    raise Unusable("must begin with postgresql:// or sqlite:///; other databases are not supported")


def redis_url(text: str) -> str:
    """Returns an address of a Redis server."""
    if not text.startswith(("redis://", "rediss://", "unix://")):
        raise Unusable("must begin with redis://, rediss:// or unix://")
    if not _has_possible_port(text):
        raise Unusable("must have a port from 1 to 65535, or none")
    database = urlsplit(text).path.strip("/")
    if not text.startswith("unix:") and database and not re.fullmatch(r"[0-9]{1,4}", database):
        raise Unusable("must end with the number of a database, such as redis://127.0.0.1:6379/0")
    return text


def _has_possible_port(text: str) -> bool:
    """Returns whether the address can be parsed and its port, if any, is valid."""
    try:
        return urlsplit(text).port != 0
    except ValueError:
        return False


def secret_key(text: str) -> str:
    """Returns a key that is long enough. The error does not show the value."""
    if len(text) < SHORTEST_KEY:
        raise Unusable(
            f"must have at least {SHORTEST_KEY} characters; leave it out and one is made, or make one with: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    return text


def smtp_url(text: str) -> str:
    """Returns the address of a mail server: smtp://, starttls:// or smtps://, with user and password where it needs them."""
    parts = urlsplit(text) if _has_possible_port(text) else urlsplit("")
    if parts.scheme not in ("smtp", "starttls", "smtps") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise Unusable("must be a mail server: starttls://user:password@mail.example.org:587, or smtps:// or smtp://")
    if (parts.username is None) != (parts.password is None):
        raise Unusable("must have both a user and a password, or neither; signs such as @ and / are written %40 and %2F")
    return text


def mail_from(text: str) -> str:
    """Returns an address of e-mail, alone or behind a name: `Rundbord <rundbord@example.org>`."""
    found = [address for _, address in getaddresses([text])]
    address = found[0] if len(found) == 1 else ""
    if not text.isprintable() or not re.fullmatch(r"[^@\s<>,;:\"()\\]+@[A-Za-z0-9.-]+", address):
        raise Unusable("must be one address of e-mail, such as Rundbord <rundbord@example.org>")
    return text
