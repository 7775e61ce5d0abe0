"""`create_app` connects the parts of the application. It imports everything else, and nothing imports it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from alembic.migration import MigrationContext
from click import ClickException
from flask import Flask
from flask_migrate import upgrade
from flask_talisman import Talisman
from werkzeug.middleware.proxy_fix import ProxyFix

from workshop import catalogue, dispatch, locations, models, store, vacuum
from workshop import commands as _registered  # noqa: F401 - a command exists once its module is read
from workshop.config import Settings, SettingsError, load_settings
from workshop.extensions import babel, compress, csrf, db, login, migrate, socketio
from workshop.forwarding import Forwarding
from workshop.health import Health
from workshop.jobs import ticker as live_ticker
from workshop.leases import Leases
from workshop.live import Feed, guard, register
from workshop.live import bus as live_bus
from workshop.live.collector import Collector
from workshop.live.connections import Connections
from workshop.live.presence import Presence
from workshop.rules.limits import MESSAGE_BYTES

__all__ = ["create_app", "models", "socketio", "upgrade_database"]

_MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass
class Live:
    """The live side of one process."""

    connections: Connections
    feed: Feed
    presence: Presence
    collector: Collector
    #: with several processes alone
    forwarding: Forwarding | None = None
    #: set when the server has been told to stop: it starts no new work
    stopping: bool = False


class Application(Flask):
    """Suppresses Flask's exception log line: it prints the URL, which may contain a token."""

    def log_exception(self, exc_info: object) -> None:
        """Does nothing: `web/errors.py` logs the fault under its number."""


def create_app(settings: Settings | None = None, *, serving: bool = False, testing: bool = False) -> Flask:
    """Returns the application, built from settings (by default those of the environment).

    `serving` starts the live side on the chosen engine: `run.py` does so, the command line and the tests do not.
    """
    settings = settings or _settings_of_command_line()
    app = Application(
        __name__,
        template_folder=str(locations.top_level("templates")),
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
        # Brotli before zstd, and one step smaller than its default at the same speed: a phone page is measured in bytes.
        COMPRESS_ALGORITHM=["br", "zstd", "gzip"],
        COMPRESS_BR_LEVEL=5,
        BABEL_DEFAULT_LOCALE=settings.language,
        RUNDBORD=settings,
    )
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    _bind_extensions(app, settings)
    _bind_web(app)
    _bind_live(app, settings, serving)
    app.extensions["rundbord_health"] = Health()
    from workshop.cli import register_commands

    register_commands(app)
    return app


def _settings_of_command_line() -> Settings:
    """Returns the settings of the environment. `flask` prints this kind of exception as a sentence."""
    try:
        return load_settings(os.environ)
    except SettingsError as error:
        raise ClickException(str(error)) from error


def _engine_options(database_url: str) -> dict[str, object]:
    """Returns the options of the database engine. Connections are never held while anything waits, so a few serve a full
    room. A failed statement is logged without its parameters, because they are people's names and words."""
    if database_url.startswith("sqlite"):
        return {"pool_size": 20, "max_overflow": 20, "hide_parameters": True}
    # A server that cannot be reached is given up soon: psycopg waits for it inside C, where nobody else is served.
    reach = {"connect_timeout": 5, "tcp_user_timeout": 5000}
    return {
        "pool_size": 10,
        "max_overflow": 20,
        "pool_pre_ping": True,
        "hide_parameters": True,
        "connect_args": reach,
    }


def _bind_extensions(app: Flask, settings: Settings) -> None:
    db.init_app(app)
    migrate.init_app(app, db, directory=str(_MIGRATIONS), render_as_batch=True)
    from workshop.web.headers import CONTENT_SECURITY, FRAMES

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
    from workshop.web.api import api
    from workshop.web.cross_site import register_cross_site
    from workshop.web.errors import register_errors
    from workshop.web.pages import RecordNumber, register_pages
    from workshop.web.sessions import AgelessSessions

    app.session_interface = AgelessSessions()
    app.url_map.converters["int"] = RecordNumber
    register_cross_site(app)
    app.register_blueprint(api)
    register_pages(app)
    register_errors(app)


def _bind_live(app: Flask, settings: Settings, serving: bool) -> None:
    socketio.init_app(
        app,
        async_mode=settings.async_engine if serving else "threading",
        max_http_buffer_size=MESSAGE_BYTES,
        # One message of a connection after the other: what it sends meanwhile waits in its own socket, not in here.
        async_handlers=False,
        ping_interval=20,
        ping_timeout=20,
        logger=False,
        engineio_logger=False,
    )
    guard(socketio.server)
    bus = live_bus.Bus(live_bus.connect(settings.redis_url)) if settings.redis_url else None
    connections = Connections()
    presence = Presence(connections, bus)
    feed = Feed(app, connections, bus)
    collector = Collector()
    live = app.extensions["rundbord_live"] = Live(connections, feed, presence, collector)
    register()
    store.committed.connect(feed.on_committed)
    if serving:
        if bus is not None and not settings.database_url.startswith("sqlite"):
            bus.letters = live.forwarding = Forwarding(app, Leases(bus.name), bus, dispatch.add_own)
        feed.start()
        live_ticker.start(app, connections, feed, presence, collector)


def upgrade_database(app: Flask) -> None:
    """Brings the database to the present schema; an upgrade must never lose a workshop. What it deleted is then overwritten
    on the disk too."""
    with app.app_context():
        before = _revision()
        # Without the wrapper of Flask-Migrate, which ends the process with its own words.
        upgrade.__wrapped__(directory=str(_MIGRATIONS))
        if before is not None and before != _revision():
            vacuum.rewrite()


def _revision() -> str | None:
    """Returns the revision the database is at; None for an empty one."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
