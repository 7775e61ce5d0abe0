"""The command line's `backup`, `restore` and `new-epochs` (docs/running.md, "Backup")."""

from __future__ import annotations

import secrets
from pathlib import Path

import click
from alembic.script import ScriptDirectory
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import text
from sqlalchemy.engine import make_url

from workshop import backup, locations
from workshop.config import Settings
from workshop.extensions import db

_WITH_POSTGRESQL = """This server's database is PostgreSQL, which has its own tools:
  pg_dump --format=custom --file=FILE DATABASE
  pg_restore --clean --if-exists --dbname=DATABASE FILE, while no server runs, and then
  {command_line} new-epochs, so that phones ask for everything anew."""


def _database_file() -> str:
    """Returns the path of the SQLite database. Raises `click.ClickException` where there is none."""
    settings: Settings = current_app.config["RUNDBORD"]
    url = make_url(settings.database_url)
    if not url.drivername.startswith("sqlite") or not url.database:
        raise click.ClickException(_WITH_POSTGRESQL.format(command_line=locations.command_line()))
    # Flask-SQLAlchemy takes a relative path as one in the instance folder.
    return str(settings.instance_path / url.database)


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--with-open-votes", is_flag=True, help="The papers of open votes too: see docs/secrecy.md first.")
@with_appcontext
def _backup(file: Path, with_open_votes: bool) -> None:
    """Write a copy of the database to FILE, also while the server runs. Secret votes that are open are left out."""
    try:
        votes = backup.copy(_database_file(), str(file.absolute()), with_open_votes)
    except backup.BackupError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"copied to {file}")
    if votes and with_open_votes:
        click.echo(f"It holds the papers of {votes} open votes: delete it when the votes are closed.")
    elif votes:
        click.echo(
            f"{votes} votes are open: what was cast secretly in them is not in the copy. Copy again when they are closed."
        )


@click.command("restore")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def _restore(file: Path) -> None:
    """Put the copy FILE in the place of the database, while no server runs. What it replaces is kept beside it."""
    folder = current_app.extensions["migrate"].directory
    known = {script.revision for script in ScriptDirectory(folder).walk_revisions()}
    try:
        done = backup.restore(str(file), _database_file(), known)
    except backup.BackupError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"restored {file}: {done.workshops} workshops; their phones ask for everything anew")
    if done.kept is not None:
        click.echo(f"What was there before is kept as {done.kept}. It holds names: delete it when you no longer need it.")
    click.echo("Start the server. Who erased themselves after the copy was made is in it again: erase them once more.")


@click.command("new-epochs")
@with_appcontext
def _new_epochs() -> None:
    """Make the phones of every workshop load everything again, after a database was restored by other means."""
    with db.engine.begin() as connection:
        numbers = list(connection.execute(text("SELECT id FROM workshop")).scalars())
        for number in numbers:
            renewed = text("UPDATE workshop SET epoch = :epoch WHERE id = :number")
            connection.execute(renewed, {"epoch": secrets.token_hex(8), "number": number})
    click.echo(f"{len(numbers)} workshops begin anew")


BACKUP_COMMANDS = (_backup, _restore, _new_epochs)
