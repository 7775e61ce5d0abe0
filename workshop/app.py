"""`create_app`: the wiring. Everything else is imported from here, nothing imports this."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from flask_talisman import Talisman
from redis import Redis
from werkzeug.middleware.proxy_fix import ProxyFix

from . import catalogue, models, store
from .config import Settings, load_settings
from .extensions import babel, compress, csrf, db, login, migrate, socketio
from .live import Feed, register
from .live import ticker as live_ticker
from .live.connections import Connections
from .live.presence import Presence
from .rules.limits import MESSAGE_BYTES

__all__ = ["create_app", "models", "socketio", "upgrade_database"]

_ROOT = Path(__file__).parent.parent
_MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass
class Live:
    """The live side of one process."""

    connections: Connections
    feed: Feed
    presence: Presence
    #: set when the server has been told to stop: nothing more is begun
    stopping: bool = False


class Application(Flask):
    """Flask without its own line about a fault: that names the path, and a path may hold a token."""

    def log_exception(self, exc_info: object) -> None:
        """Nothing: `web/errors.py` logs the fault under its number."""


def create_app(settings: Settings | None = None, *, serving: bool = False, testing: bool = False) -> Flask:
    """Build the application from settings (by default those of the environment).

    `serving` starts the live side on the chosen engine: `run.py` says so, the command line and the tests do not.
    """
    settings = settings or load_settings(os.environ)
    app = Application(
        __name__,
        template_folder=str(_ROOT / "templates"),
        static_folder=None,
        instance_path=str(settings.instance_path),
    )
    catalogue.load()
    app.config.update(
        TESTING=testing,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(settings.database_url),
        MAX_CONTENT_LENGTH=MESSAGE_BYTES,
        # The session holds the key of the organisers' forms and nothing else: no participant's page sends or sees it.
        SESSION_COOKIE_NAME="rundbord_form",
        SESSION_COOKIE_PATH="/organiser",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_LOCALE=settings.language,
        RUNDBORD=settings,
    )
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    _bind_extensions(app, settings)
    _bind_web(app)
    _bind_live(app, settings, serving)
    from .cli import register_commands

    register_commands(app)
    return app


def _engine_options(database_url: str) -> dict[str, object]:
    """Connections are never held while anything waits, so a few serve a full room. A statement that fails is told
    without its parameters: they are people's names and words, and a fault is logged."""
    if database_url.startswith("sqlite"):
        return {"pool_size": 20, "max_overflow": 20, "hide_parameters": True}
    return {"pool_size": 10, "max_overflow": 20, "pool_pre_ping": True, "hide_parameters": True}


def _bind_extensions(app: Flask, settings: Settings) -> None:
    db.init_app(app)
    migrate.init_app(app, db, directory=str(_MIGRATIONS), render_as_batch=True)
    from .web.headers import CONTENT_SECURITY, FRAMES

    compress.init_app(app)
    csrf.init_app(app)
    login.init_app(app)
    babel.init_app(app)
    Talisman(
        app,
        force_https=False,
        strict_transport_security=settings.https,
        session_cookie_secure=settings.https,
        content_security_policy=CONTENT_SECURITY,
        frame_options=FRAMES,
        referrer_policy="same-origin",
    )


def _bind_web(app: Flask) -> None:
    from .web.api import api
    from .web.errors import register_errors
    from .web.pages import register_pages

    app.register_blueprint(api)
    register_pages(app)
    register_errors(app)


def _bind_live(app: Flask, settings: Settings, serving: bool) -> None:
    socketio.init_app(
        app,
        async_mode=settings.async_engine if serving else "threading",
        max_http_buffer_size=MESSAGE_BYTES,
        ping_interval=20,
        ping_timeout=20,
        logger=False,
        engineio_logger=False,
    )
    redis = Redis.from_url(settings.redis_url) if settings.redis_url else None
    connections = Connections()
    presence = Presence(connections, redis)
    feed = Feed(app, connections, redis)
    app.extensions["rundbord_live"] = Live(connections, feed, presence)
    register()
    store.committed.connect(feed.on_committed, weak=False)
    if serving:
        feed.start()
        live_ticker.start(app, connections, feed, presence)


def upgrade_database(app: Flask) -> None:
    """Bring the database to the present schema: an upgrade must never cost a workshop."""
    with app.app_context():
        upgrade(directory=str(_MIGRATIONS))
