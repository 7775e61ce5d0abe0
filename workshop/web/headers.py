"""The security headers of our pages: where scripts and styles may come from, and who may show a page in a frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from workshop.web.assets.shell import SCRIPTS, SHEETS, sources

View = TypeVar("View", bound=Callable[..., Any])

#: scripts and styles only from this server, inline ones only by their hash. Style attributes are allowed for the widths of
#: bars. No page may be shown in a frame
CONTENT_SECURITY = {
    "default-src": "'self'",
    "img-src": "'self' data:",
    "script-src": f"'self' {sources(SCRIPTS)}",
    "style-src": f"'self' {sources(SHEETS)}",
    "style-src-attr": "'unsafe-inline'",
    "connect-src": "'self' ws: wss:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
FRAMES = "DENY"


def framed_by_ourselves(view: View) -> View:
    """Decorates a view whose page another page of ours may show in a frame: the console's previews."""
    view.talisman_view_options = {  # type: ignore[attr-defined]
        "frame_options": "SAMEORIGIN",
        "content_security_policy": {**CONTENT_SECURITY, "frame-ancestors": "'self'"},
    }
    return view
