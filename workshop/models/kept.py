"""Statements that are built once and reused, for what happens at every vote, post and join.

Building a statement costs more than running it, and so does SQLAlchemy's unit of work. These statements run on the
connection of the session's transaction: they see what the session has flushed, but the session does not see what they write.
`store.Writing` updates the rows that are in memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Table, Update, bindparam
from sqlalchemy import insert as plain_insert
from sqlalchemy import update as plain_update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from workshop.extensions import db

#: the parameter that names the row of a `change`
NUMBER = "number_"


def connection() -> Connection:
    """Returns the connection of the session's transaction; one is begun if there is none."""
    return db.session.connection()


def rows(statement: Any, **values: Any) -> Sequence[Any]:
    """Returns all rows of a select statement."""
    return connection().execute(statement, values).all()


def row(statement: Any, **values: Any) -> Any:
    """Returns the first row of a select statement, or None."""
    return connection().execute(statement, values).first()


@cache
def insert(model: Any, *, numbered: bool = False) -> Insert:
    """Returns the statement that inserts rows of a model; with `numbered` it returns the new row's number."""
    table: Table = model.__table__
    return plain_insert(table).returning(table.c.id) if numbered else plain_insert(table)


@cache
def change(model: Any, names: tuple[str, ...]) -> Update:
    """Returns the statement that updates these columns of the row whose number is the parameter `NUMBER`."""
    table: Table = model.__table__
    return plain_update(table).where(table.c.id == bindparam(NUMBER)).values({name: bindparam(name) for name in names})


def put(model: Any, names: tuple[str, ...]) -> Any:
    """Returns the statement that inserts a row, or updates these columns of it where a row with its primary key exists."""
    return _put(model, names, db.engine.dialect.name)


@cache
def _put(model: Any, names: tuple[str, ...], dialect: str) -> Any:
    table: Table = model.__table__
    row = (sqlite_insert if dialect == "sqlite" else postgresql_insert)(table)
    key = list(table.primary_key.columns)
    if not names:
        return row.on_conflict_do_nothing(index_elements=key)
    return row.on_conflict_do_update(index_elements=key, set_={name: row.excluded[name] for name in names})
