"""The libraries of the product, not yet bound to an application: `app.create_app` binds them.

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
#: how long a plain read of SQLite waits for somebody who has the whole file, milliseconds. Seldom needed in WAL mode.
READ_WAITS = 100
#: PostgreSQL waits inside C too: a statement that meets a lock ends after so many milliseconds and `locks` tries again;
#: one that is slow for another reason ends here, so that it can stop a room for no longer.
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


# Every transaction begins with a rollback (`store`, `dispatch`), so nothing stale is kept by not expiring at commit.
db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
if TYPE_CHECKING:

    class Model:
        """What `db.Model` is to a type checker, which cannot see the class that Flask-SQLAlchemy makes."""

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
    """Set the pragmas of a new SQLite connection; other databases are left alone."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        # SQLite waits inside C, where nobody else is served: so hardly at all. Writes wait in `locks`.
        f"busy_timeout={READ_WAITS}",
        "journal_mode=WAL",
        # What is acknowledged is on the disk: each commit waits for its fsync (docs/running.md).
        "synchronous=FULL",
        "foreign_keys=ON",
        # Erased names and ballot keys are overwritten on disk, not only unlinked (docs/secrecy.md).
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "connect")
def _open_postgresql(connection: Any, _record: Any) -> None:
    """Set how long a new PostgreSQL connection may wait; other databases are left alone."""
    if isinstance(connection, sqlite3.Connection):
        return
    connection.autocommit = True
    connection.execute(f"SET lock_timeout = {LOCK_TIMEOUT}")
    connection.execute(f"SET statement_timeout = {STATEMENT_TIMEOUT}")
    connection.autocommit = False


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Any) -> None:
    """Start SQLite transactions ourselves: the driver's own handling starts them too late for a write lock."""
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
