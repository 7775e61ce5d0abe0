"""What other sites' pages cannot do, whatever blueprint they send to, and what no browser keeps.

Browsers say where a request comes from. With TLS, and on the machine itself, they send `Sec-Fetch-Site`; on the plain
HTTP of a hall's network they leave that out and send `Origin` with every form. A script has neither header and acts for
nobody but itself: what it may do its token says. A browser that sends neither (Firefox before 2019) is still held back
by cookies that other sites do not send (`SameSite`), by the key of the join form (`door.py`) and the header `X-Rundbord`.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request

from workshop.config import Settings
from workshop.rules.refusal import Refused

#: these change nothing: `tests/web/test_safe_methods.py` asks every address
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_PORTS = {"http": 80, "https": 443}


def register_cross_site(app: Flask) -> None:
    """Refuse other sites' requests, and let no browser keep a page that does not say it may."""
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
        # Another host of the same domain (`same-site`) is another site to us; `none` is the person's own doing.
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or _host(origin) in _own_hosts()


def _own_hosts() -> set[tuple[str, int | None] | None]:
    """This server's hosts: as it was asked for, and as it is told to be called. The scheme is left out, for behind a
    proxy the server may not know it."""
    settings: Settings = current_app.config["RUNDBORD"]
    return {_host(request.host_url), _host(settings.public_url or request.host_url)} - {None}


def _host(address: str) -> tuple[str, int | None] | None:
    """Host and port of an address; the usual port is none. None for what is no address, such as the origin `null`."""
    try:
        parts = urlsplit(address)
        port = None if parts.port == _PORTS.get(parts.scheme) else parts.port
    except ValueError:
        return None
    return (parts.hostname, port) if parts.hostname else None


def _not_kept(response: Response) -> Response:
    """Forbids caching a page, which may contain a link, a form's key or personal facts: the next person on the device may
    press Back."""
    response.headers.setdefault("Cache-Control", "no-store")
    return response
