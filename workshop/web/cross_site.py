"""Refuses requests that other sites' pages make, for all blueprints, and forbids caching of pages.

Browsers say where a request comes from. With TLS, and on the machine itself, they send `Sec-Fetch-Site`; over plain HTTP on a
local network they omit it and send `Origin` with every form. A request with neither header is let through: a program sends
none, and its token decides what it may do. Browsers that send neither (Firefox before 2019) are covered by cookies that are
not sent from other sites (`SameSite`), by the key of the join form (`join_form.py`) and by the header `X-Rundbord`.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request

from workshop.config import Settings
from workshop.rules.refusal import Refused

#: methods that change nothing; `tests/web/test_safe_methods.py` checks this for every address
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_PORTS = {"http": 80, "https": 443}


def register_cross_site(app: Flask) -> None:
    """Makes the application refuse other sites' requests, and forbid caching of every page that does not allow it itself."""
    app.before_request(_refuse_other_sites)
    app.after_request(_not_kept)


def _refuse_other_sites() -> None:
    """Raises `Refused("not_allowed", another_site=True)` for a request that may change something and that another site's
    page made."""
    if request.method not in _SAFE and not _from_here():
        raise Refused("not_allowed", another_site=True)


def _from_here() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        # Another host of the same domain (`same-site`) counts as another site. `none`: the person typed or opened the address.
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or _host(origin) in _own_hosts()


def _own_hosts() -> set[tuple[str, int | None] | None]:
    """Returns this server's hosts: that of the request and that of PUBLIC_URL. Schemes are not compared, because behind a
    proxy the server may not know its own."""
    settings: Settings = current_app.config["RUNDBORD"]
    return {_host(request.host_url), _host(settings.public_url or request.host_url)} - {None}


def _host(address: str) -> tuple[str, int | None] | None:
    """Returns host and port of an address; the port is None for the usual one of its scheme. Returns None for a text that is
    no address, such as the origin `null`."""
    try:
        parts = urlsplit(address)
        port = None if parts.port == _PORTS.get(parts.scheme) else parts.port
    except ValueError:
        return None
    return (parts.hostname, port) if parts.hostname else None


def _not_kept(response: Response) -> Response:
    """Forbids caching a page, unless it has a rule of its own. It may contain a link, a form's key or personal facts, and the
    next person on the device could press Back."""
    response.headers.setdefault("Cache-Control", "no-store")
    return response
