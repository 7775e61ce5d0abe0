"""How Alembic meets the application: on its engine, with its tables."""

from __future__ import annotations

import time
from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy.exc import OperationalError

from workshop.extensions import WRITE_OPTION
from workshop.locks import is_locked
from workshop.models.base import Moment

#: Processes that start together wait for each other here; the number only has to be ours.
LOCK = 7_285_001
#: how long a process waits for another that upgrades the database, seconds
LONGEST_WAIT = 120.0

database = current_app.extensions["migrate"].db


def render_item(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """Write our own column type as the plain type it is, so that a migration never imports the models."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    """Apply the migrations in one transaction, all or none, and one process at a time."""
    with database.engine.connect().execution_options(**{WRITE_OPTION: True}) as connection:
        sqlite = connection.dialect.name == "sqlite"
        raw = connection.connection.driver_connection
        if sqlite:
            # A migration may rebuild tables. SQLite takes this only outside a transaction.
            raw.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                if not sqlite:
                    # Nobody is served yet, and a migration may have to wait for another process and take long.
                    connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
                    connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
                    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
                context.configure(
                    connection=connection,
                    target_metadata=database.metadata,
                    render_as_batch=True,
                    render_item=render_item,
                    compare_type=True,
                )
                context.run_migrations()
                if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise RuntimeError("a migration left rows that point nowhere; nothing was changed")
        finally:
            if sqlite:
                raw.execute("PRAGMA foreign_keys=ON")


def run_in_turn() -> None:
    """Run, after another process that is at it has ended: nobody is served yet, so waiting here holds nobody up."""
    latest = time.monotonic() + LONGEST_WAIT
    while True:
        try:
            return run()
        except OperationalError as error:
            if not is_locked(error) or time.monotonic() > latest:
                raise
        time.sleep(0.1)


run_in_turn()
