"""Start the server: `python run.py`, or `python run.py --demo` with an example workshop.

The only file that names an async engine (docs/architecture.md, law 10): eventlet, or gevent by ASYNC_ENGINE.
The engine replaces parts of the standard library, so it comes before every other import.
"""

from __future__ import annotations

import gc
import os
import sys
import warnings

GEVENT = os.environ.get("ASYNC_ENGINE", "").strip().lower() == "gevent"

if __name__ == "__main__":
    # What is read at the start stays: looking through it again and again takes a fifth of the start (live/collector.py).
    gc.disable()
    if GEVENT:
        # A database write may not yield to another phone (law 9): psycopg waits in C, as under eventlet.
        os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_c")
        from gevent import monkey

        monkey.patch_all()
    else:
        os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")
        warnings.filterwarnings("ignore", r"(?s).*Eventlet is deprecated")  # docs/decisions.md, 3
        import eventlet

        eventlet.monkey_patch(psycopg=False)

import argparse
import errno
import logging
import signal
import socket
import time
from types import FrameType

from alembic.script import ScriptDirectory
from flask import Flask

from workshop import logs, opening
from workshop.app import create_app, socketio, upgrade_database
from workshop.catalogue import t
from workshop.config import Settings, load_settings
from workshop.extensions import db
from workshop.first_account import first_organiser_link
from workshop.live import receiving
from workshop.live.engine import watch
from workshop.live.lines import Lines, Patience
from workshop.network import local_url, network_url
from workshop.shutdown import Drain
from workshop.start_errors import CannotStart, sentence
from workshop.start_screen import screen

MOST_CONNECTIONS = 10_000
WAITING_TO_CONNECT = 1_024  # a hall that opens the page at the same moment
SECONDS_TO_FINISH = 4.0
SECONDS_TO_SAY_GOODBYE = 0.3


def listen(settings: Settings) -> socket.socket:
    """Take the port. Raises `CannotStart` where it is taken or not ours to take.

    Opened here and not by the engine: eventlet would share the port with a server that already runs on it.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server(
            (settings.host, settings.port),
            family=family,
            backlog=WAITING_TO_CONNECT,
            dualstack_ipv6=settings.host == "::" and socket.has_dualstack_ipv6(),
        )
    except OSError as error:
        advice = {
            errno.EADDRINUSE: f"Port {settings.port} is taken. Choose another, for example PORT=8080",
            errno.EACCES: f"Port {settings.port} needs more rights. Choose one above 1023: PORT=8080",
            errno.EADDRNOTAVAIL: f"HOST={settings.host} is no address of this machine. For all: HOST=0.0.0.0",
        }
        fallback = f"Cannot listen on HOST={settings.host} PORT={settings.port}: {error.strerror}"
        raise CannotStart(advice.get(error.errno or 0, fallback)) from error


def allow_many_files() -> None:
    """Each phone is an open file; a usual machine allows 1,024 of them until asked."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS * 2 if hard == resource.RLIM_INFINITY else min(MOST_CONNECTIONS * 2, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def serve_on_eventlet(app: Flask, listener: socket.socket, lines: Lines) -> None:
    """Begin to serve in the background."""
    import eventlet.websocket
    import eventlet.wsgi

    class Requests(receiving.EventletRequests, eventlet.wsgi.HttpProtocol):  # type: ignore[misc]
        pass

    class Frames(receiving.EventletFrames, eventlet.websocket.RFC6455WebSocket):  # type: ignore[misc]
        too_large = eventlet.websocket.FailedConnectionError

    Requests.lines = lines
    eventlet.websocket.RFC6455WebSocket = Frames
    eventlet.websocket.WebSocketWSGI._negotiate_permessage_deflate = receiving.answer_extensions
    eventlet.spawn(
        eventlet.wsgi.server,
        listener,
        app,
        max_size=MOST_CONNECTIONS,
        protocol=Requests,
        log=logging.getLogger("eventlet.wsgi"),
        log_output=False,
        debug=False,  # or an error would send its traceback to the phone
    )


def serve_on_gevent(app: Flask, listener: socket.socket, lines: Lines) -> None:
    """Begin to serve in the background."""
    import geventwebsocket.handler
    from gevent.pool import Pool
    from gevent.pywsgi import WSGIServer
    from geventwebsocket.exceptions import FrameTooLargeException
    from geventwebsocket.websocket import WebSocket

    class Requests(receiving.GeventRequests, geventwebsocket.handler.WebSocketHandler):  # type: ignore[misc]
        pass

    class Frames(receiving.GeventFrames, WebSocket):  # type: ignore[misc]
        too_large = FrameTooLargeException

    Requests.lines = lines
    geventwebsocket.handler.WebSocket = Frames
    WSGIServer(
        listener,
        app,
        handler_class=Requests,
        spawn=Pool(MOST_CONNECTIONS),
        log=None,
        error_log=logging.getLogger("gevent.pywsgi"),
    ).start()


def stop(app: Flask, drain: Drain) -> None:
    """Finish what is under way, send the phones away (they come back by themselves), close the database.

    The port stays open until the process ends, so that newcomers hear 503 and not silence.
    """
    live = app.extensions["rundbord_live"]
    if live.forwarding is not None:
        with app.app_context():
            live.forwarding.stop()
    drain.close(SECONDS_TO_FINISH)
    for phone in list(socketio.server.eio.sockets):
        # Each by itself: one that polls takes its leave at its next poll, which the closed drain refuses.
        socketio.start_background_task(socketio.server.eio.disconnect, phone)
    time.sleep(SECONDS_TO_SAY_GOODBYE)
    with app.app_context():
        db.engine.dispose()


def listen_for_signals(app: Flask, drain: Drain) -> list[int]:
    """From here on Ctrl-C and SIGTERM only leave marks: a handler may not switch threads. What waits in line is turned
    away at once, so that a server that is behind ends in moments; phones send it again to the next one."""
    asked: list[int] = []
    live = app.extensions["rundbord_live"]

    def ask(number: int, _frame: FrameType | None) -> None:
        asked.append(number)
        drain.closing = live.stopping = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask)
    return asked


def make_demo(app: Flask) -> None:
    """Make the example workshop and print its addresses; where it is there already, print them again."""
    with app.app_context():
        app.cli.commands["create-demo"].main(args=[], standalone_mode=False, obj=None)


def prepare(settings: Settings, demo: bool) -> tuple[Flask, str | None]:
    """Make the application on an up-to-date database; returns it and the path that makes the first account, if any."""
    app = create_app(settings, serving=True)
    scripts = ScriptDirectory(app.extensions["migrate"].directory)
    opening.examine(settings, {one.revision for one in scripts.walk_revisions()} - set(scripts.get_heads()))
    upgrade_database(app)
    if demo:
        make_demo(app)
    return app, first_organiser_link(app)


def start_late(app: Flask) -> None:
    """Start what needs the present schema, or a program that is wholly read."""
    live = app.extensions["rundbord_live"]
    if live.forwarding is not None:
        live.forwarding.start(lambda: list(live.connections.by_workshop))
    live.collector.start()


def cannot_start(error: Exception, settings: Settings | None) -> int:
    """Say in one sentence why not, with the traceback at LOG_LEVEL=debug only; returns the exit code."""
    if settings is not None and settings.log_level == "debug":
        logging.getLogger("run").debug("the start failed", exc_info=error)
    print(sentence(error, settings), file=sys.__stderr__)
    return 2


def main() -> int:
    """Check the settings, bring the database up to date, serve until told to stop. Returns the exit code."""
    arguments = argparse.ArgumentParser(description="Settings come from the environment: docs/running.md")
    arguments.add_argument("--demo", action="store_true", help="with an example workshop in mid-programme")
    chosen = arguments.parse_args()
    settings: Settings | None = None
    try:
        settings = load_settings(os.environ)
        logs.configure(settings.log_level)
        listener = listen(settings)
        allow_many_files()
        app, invitation = prepare(settings, chosen.demo)
        drain, lines = Drain(app.wsgi_app), Lines()
        app.wsgi_app = Patience(drain)  # type: ignore[method-assign]
        asked_to_stop = listen_for_signals(app, drain)
        (serve_on_gevent if settings.async_engine == "gevent" else serve_on_eventlet)(app, listener, lines)
        watch(socketio.server, lines)
        start_late(app)
    except Exception as error:  # noqa: BLE001 - whatever it is, whoever starts the server is told in words
        return cannot_start(error, settings)
    text = screen(
        local=local_url(settings.host, settings.port),
        network=network_url(settings.host, settings.port, settings.public_url),
        invitation=invitation,
        language=settings.language,
        out=sys.stdout,
    )
    print(text, flush=True)
    while not asked_to_stop:
        time.sleep(0.2)
    print(t("start.stopping", settings.language), flush=True)
    stop(app, drain)
    return 0


if __name__ == "__main__":
    sys.exit(main())
