"""The Flask extensions, not yet bound to an application: `app.create_app` binds them.

SQLite is opened in write-ahead mode with foreign keys on. A transaction starts as a reader; only `store.writing()` takes
the write lock at its first statement (`BEGIN IMMEDIATE`), so that a writer either has the lock or has begun nothing.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from flask_babel import Babel
from flask_compress import Compress
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_socketio import SocketIO
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import MetaData, event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import DeclarativeBase

WRITE_OPTION = "rundbord_write"
#: how long a read of SQLite waits for a lock on the whole file, milliseconds; seldom needed in write-ahead mode
READ_WAITS = 100
#: milliseconds after which PostgreSQL ends a statement. psycopg waits inside C, where no other green thread runs. So a
#: statement that waits for a lock ends after the first and `locks` tries again; any other slow statement after the second.
LOCK_TIMEOUT, STATEMENT_TIMEOUT = 20, 5000

#: Constraint names are fixed so that Alembic can alter them on both databases.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


# Objects need not expire at commit: `store` and `dispatch` begin with a rollback, which discards what is out of date.
db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
if TYPE_CHECKING:

    class Model:
        """Stands for `db.Model` in a type checker, which cannot see the class that Flask-SQLAlchemy creates."""

        __table__: Any
        registry: Any

        def __init__(self, **columns: Any) -> None: ...
else:
    Model = db.Model
migrate = Migrate()
babel = Babel()
compress = Compress()
csrf = CSRFProtect()
login = LoginManager()
socketio = SocketIO()


@event.listens_for(Engine, "connect")
def _open_sqlite(connection: Any, _record: Any) -> None:
    """Sets the pragmas of a new SQLite connection."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        # SQLite waits inside C, where no other request is served, so the wait is short. Writes wait in `locks`.
        f"busy_timeout={READ_WAITS}",
        "journal_mode=WAL",
        # A command is answered when it is on the disk: each commit waits for its fsync (docs/running.md).
        "synchronous=FULL",
        "foreign_keys=ON",
        # Erased names and ballot keys are overwritten on disk, not only unlinked (docs/secrecy.md).
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "connect")
def _open_postgresql(connection: Any, _record: Any) -> None:
    """Sets how long a statement of a new PostgreSQL connection may take."""
    if isinstance(connection, sqlite3.Connection):
        return
    connection.autocommit = True
    connection.execute(f"SET lock_timeout = {LOCK_TIMEOUT}")
    connection.execute(f"SET statement_timeout = {STATEMENT_TIMEOUT}")
    connection.autocommit = False


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Any) -> None:
    """Begins SQLite transactions, because the driver itself begins them too late to take the write lock first."""
    if connection.dialect.name != "sqlite":
        return
    if not connection.get_execution_options().get(WRITE_OPTION):
        connection.exec_driver_sql("BEGIN")
        return
    # A write never waits here: `locks` tries again outside the transaction.
    driver = connection.connection.driver_connection
    driver.execute("PRAGMA busy_timeout=0")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        driver.execute(f"PRAGMA busy_timeout={READ_WAITS}")


def patient_connection(engine: Engine) -> Any:
    """Returns a new PostgreSQL connection for one slow statement, outside any transaction: while it waits, others are served.

    psycopg then waits by `select`, which both async engines replace; the connections of the pool wait inside C instead, so
    that nothing can yield inside a write.
    """
    import psycopg
    from psycopg import waiting

    class Patient(psycopg.Connection[Any]):
        OperationalError = psycopg.OperationalError

        def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
            return waiting.wait_select(gen, self.pgconn.socket, interval, timeout)

    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    return Patient.connect(url, autocommit=True, connect_timeout=5)
