"""The session of the organisers' forms, read without a check of its age."""

from __future__ import annotations

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature


class AgelessSessions(SecureCookieSessionInterface):
    """A session that lasts until the browser is closed. Flask's own class refuses a session that was signed "in the future",
    so setting the server's clock back would make every open form invalid."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Returns the session of the cookie, or an empty one where it was not signed by this server."""
        serializer = self.get_signing_serializer(app)
        if serializer is None:
            return None
        try:
            return self.session_class(serializer.loads(request.cookies.get(self.get_cookie_name(app), "")))
        except BadSignature:
            return self.session_class()
