"""How Alembic meets the application: on its engine, with its tables."""

from __future__ import annotations

from typing import Any

from alembic import context
from flask import current_app

from workshop.models.base import Moment

database = current_app.extensions["migrate"].db


def render_item(kind: str, item: Any, _autogen: Any) -> str | bool:
    """Write our own column type as the plain type it is, so that a migration never imports the models."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    """Apply the migrations, all or none where the database can."""
    with database.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # Tables are rebuilt by a migration; their rows are checked again afterwards.
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_as_batch=True,
            render_item=render_item,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")


run()
