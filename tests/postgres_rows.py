"""Puts the rows of a PostgreSQL database back: to drop and make a database anew takes two seconds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from tests.services import needs_postgres

#: the schema in the same database that holds the rows as they were
_KEPT = "as_built"
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY tablename"
_SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"


def keep_postgres(name: str) -> None:
    """Keeps all rows and the numbers that the sequences have reached."""
    with _opened(name) as connection:
        connection.execute(f"CREATE SCHEMA {_KEPT}")
        for table in _names(connection, "public"):
            connection.execute(_statement("CREATE TABLE {kept} AS TABLE {table}", table))
        connection.execute(f"CREATE TABLE {_KEPT}.sequences AS {_SEQUENCES}")


def restore_postgres(name: str) -> bool:
    """Makes rows and sequences what they were. Returns whether `keep_postgres` was called before."""
    with _opened(name) as connection:
        tables = [table for table in _names(connection, _KEPT) if table != "sequences"]
        if tables:
            # Neither foreign keys nor triggers are asked: they hold in what is put back.
            words = ["SET LOCAL session_replication_role = replica"]
            for table in tables:
                words.append(f'DELETE FROM public."{table}"')
                words.append(f'INSERT INTO public."{table}" SELECT * FROM {_KEPT}."{table}"')
            words.append(
                f"SELECT setval(sequencename::regclass, coalesce(last_value, 1), last_value IS NOT NULL) FROM {_KEPT}.sequences"
            )
            # All at once: the way to the server takes longer than most of them.
            connection.execute("; ".join(words).encode())
        return bool(tables)


@contextmanager
def _opened(name: str) -> Iterator[psycopg.Connection[Any]]:
    """One transaction in a database."""
    with psycopg.connect(urlsplit(needs_postgres())._replace(path=f"/{name}").geturl()) as connection:
        yield connection


def _names(connection: psycopg.Connection[Any], schema: str) -> list[str]:
    return [table for (table,) in connection.execute(_TABLES, [schema])]


def _statement(words: str, table: str) -> sql.Composed:
    return sql.SQL(words).format(table=sql.Identifier("public", table), kept=sql.Identifier(_KEPT, table))
