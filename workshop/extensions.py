"""The libraries the product stands on, unbound: `app.create_app` binds them.

SQLite is opened in write-ahead mode with foreign keys on. A transaction starts as a plain reader; only `store.writing()`
asks for the write lock at its first statement (`BEGIN IMMEDIATE`), so that two writers queue instead of failing half-way.
"""

from __future__ import annotations

import sqlite3
from typing import Any

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
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=5000",
        # Erased names and ballot keys are overwritten on disk, not only unlinked (docs/secrecy.md).
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Any) -> None:
    """Start SQLite transactions ourselves: the driver's own handling starts them too late for a write lock."""
    if connection.dialect.name != "sqlite":
        return
    immediate = connection.get_execution_options().get(WRITE_OPTION)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
