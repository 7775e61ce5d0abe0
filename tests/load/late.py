"""A server that is late, for `make test-late`: what a page asks for with a command or a form is done so many seconds later,
and what has changed is told so many seconds later. Other clients are answered at once, so that a test which reads the server's
records, or a count on a page, without waiting for them reads what was there before.
"""

from __future__ import annotations

import time
from typing import Any

from flask import request

from workshop.live import feed, lines, socket

_PAGE = "Chrome"


def begin(seconds: float) -> None:
    """Makes this process such a server. To be called before the application is made."""
    command, serve, push = socket._command, lines.Patience.__call__, feed.Feed._push

    def late_command(payload: Any = None) -> Any:
        if _PAGE in request.headers.get("User-Agent", ""):
            time.sleep(seconds)
        return command(payload)

    def late_form(self: Any, environ: Any, start_response: Any) -> Any:
        if environ["REQUEST_METHOD"] == "POST" and _PAGE in environ.get("HTTP_USER_AGENT", ""):
            time.sleep(seconds)
        return serve(self, environ, start_response)

    def late_push(self: Any, *given: Any) -> Any:
        time.sleep(seconds)
        return push(self, *given)

    socket._command = late_command
    lines.Patience.__call__ = late_form  # type: ignore[method-assign]
    feed.Feed._push = late_push  # type: ignore[method-assign]
