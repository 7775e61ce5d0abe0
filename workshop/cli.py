"""The command line: `flask --app workshop.app …`, and `rundbord …` where it is installed.

Its commands write through the same functions as the pages do. The docstrings of the commands are their help texts."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click
from alembic.util import CommandError
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from workshop import demo
from workshop.catalogue import has, t
from workshop.cli_backup import BACKUP_COMMANDS
from workshop.clock import day_of, now, today
from workshop.commands.people.accounts import create_organiser
from workshop.commands.privacy import server_clock
from workshop.commands.privacy.retention import due, erase_names_of
from workshop.commands.room.creating import create_workshop
from workshop.config import Settings
from workshop.export.bundle import proof
from workshop.export.checking import core, program
from workshop.export.checking.words import TEXTS
from workshop.export.json import render
from workshop.export.outcome import outcome
from workshop.extensions import db
from workshop.models import Organiser, Workshop
from workshop.network import local_url, network_url
from workshop.rules.refusal import Refused
from workshop.rules.templates import TEMPLATES
from workshop.screens import similarity_figures
from workshop.start_errors import sentence


def on_the_present_schema(command: Callable[..., None]) -> Callable[..., None]:
    """Returns the command wrapped: it runs inside the application, after the database was migrated as the server does at
    start. An error of the database becomes a `click.ClickException` that says what to do."""

    @with_appcontext
    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            upgrade.__wrapped__(directory=current_app.extensions["migrate"].directory)
            command(*args, **kwargs)
        except (SQLAlchemyError, CommandError) as error:
            raise click.ClickException(sentence(error, current_app.config["RUNDBORD"])) from error

    return run


def register_commands(app: Flask) -> None:
    """Adds the commands of this package to `flask`."""
    for command in COMMANDS:
        app.cli.add_command(command)


def _fail(refusal: Refused) -> click.ClickException:
    facts = ", ".join(f"{name}: {value}" for name, value in refusal.as_error().items())
    return click.ClickException(facts)


@click.command("create-organiser")
@click.argument("name")
@click.option("--password", help="At least 10 characters. Asked for when it is not given.")
@on_the_present_schema
def _create_organiser(name: str, password: str | None) -> None:
    """Create an organiser's account."""
    if password is None:
        password = str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    try:
        organiser = create_organiser(name, password)
    except Refused as refusal:
        raise _fail(refusal) from refusal
    click.echo(f"organiser:{organiser.id} {organiser.name}")


@click.command("create-workshop")
@click.option("--template", type=click.Choice(sorted(TEMPLATES)), default="empty", show_default=True)
@click.option("--title", required=True)
@click.option("--organiser", help="The account it belongs to; by default the first one.")
@click.option("--groups", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A JSON file.")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="Any setting; JSON values are read.")
@click.option("--json", "as_json", is_flag=True, help="Print what POST /api/workshops answers.")
@on_the_present_schema
def _create_workshop(
    template: str, title: str, organiser: str | None, groups: Path | None, settings: tuple[str, ...], as_json: bool
) -> None:
    """Create a workshop, open at once."""
    content: dict[str, Any] = {"template": template, "title": title, **_settings(settings)}
    if groups is not None:
        content["groups"] = json.loads(groups.read_text(encoding="utf-8"))
    wanted = select(Organiser.id).order_by(Organiser.id)
    owner = db.session.scalar(wanted.where(Organiser.name == organiser) if organiser else wanted.limit(1))
    if owner is None:
        raise click.ClickException("there is no such organiser; create one with create-organiser")
    try:
        answer = create_workshop(owner, content)
    except Refused as refusal:
        raise _fail(refusal) from refusal
    if as_json:
        click.echo(json.dumps({"ok": True, **answer}, ensure_ascii=False))
        return
    made, tokens = answer["workshop"], answer["tokens"]
    click.echo(f"workshop {made['id']}, code {made['code']}")
    click.echo(f"facilitator: /f/{tokens['facilitator']}\nboard: /b/{tokens['board']}\nhelpers: /h/{tokens['helper']}")


@click.command("create-demo")
@on_the_present_schema
def _create_demo() -> None:
    """Make the example workshop, or find it again, and print the ways into it."""
    settings: Settings = current_app.config["RUNDBORD"]
    lang = settings.language
    workshop = demo.find_or_make()
    root = network_url(settings.host, settings.port, settings.public_url) or local_url(settings.host, settings.port)
    click.echo(f"\n{t('organiser.demo', lang, title=workshop.title)}")
    for what, path in demo.paths(workshop):
        key = f"organiser.demo.{what}"
        click.echo(f"  {(t(key, lang) if has(key) else what) + ':':<28} {root}{path}")
    if workshop.organiser_id is None:
        click.echo(f"  {t('organiser.demo.nobody', lang)}")


def _settings(pairs: tuple[str, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise click.ClickException(f"--set needs NAME=VALUE, not {pair!r}")
        try:
            found[name] = json.loads(value)
        except json.JSONDecodeError:
            found[name] = value
    return found


@click.command("erase-names")
@click.option("--workshop", "workshop_id", type=int, help="This closed workshop now, whatever its retention time.")
@click.option("--date-is-right", is_flag=True, help="Erase although the clock has leapt since the server last ran.")
@on_the_present_schema
def _erase_names(workshop_id: int | None, date_is_right: bool) -> None:
    """Delete the names and codes of workshops whose retention time is over. The server does it by itself each hour."""
    numbers = due(now()) if workshop_id is None else [workshop_id]
    if date_is_right:
        server_clock.believe()
    before = server_clock.leapt_from(now())
    if workshop_id is None and numbers and before is not None:
        raise click.ClickException(
            f"today would be {today()}, and the server's last sign of life was {day_of(before)}: no names are erased. "
            "Set the clock right, or say --date-is-right."
        )
    for number in numbers:
        try:
            erased = erase_names_of(number)
        except Refused as refusal:
            raise _fail(refusal) from refusal
        said = f"{erased['people']} names, {erased['commitments']} commitments, {erased['votes']} votes by name"
        click.echo(f"workshop {number}: {said}")
    if not numbers:
        click.echo("no workshop's retention time is over")


@click.command("similarity")
@click.argument("pairs", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--texts", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="CSV: id, text.")
@click.option("--lang", type=click.Choice(["da", "en"]), default="da", show_default=True)
@with_appcontext
def _similarity(pairs: Path, texts: Path | None, lang: str) -> None:
    """Measure the suggestions of similar ideas on labelled PAIRS (CSV: id_a, id_b, label; 1 = alike).

    Without --texts the ids are those of ideas on this server, "idea:12" or 12."""
    try:
        labelled = similarity_figures.read_pairs(pairs)
        known = similarity_figures.read_texts(texts) if texts else similarity_figures.ideas_named_in(labelled)
        found = similarity_figures.figures(known, labelled, lang)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"pairs {found['pairs']:.0f}, alike {found['alike']:.0f}, suggested {found['suggested']:.0f}")
    for name in ("average_precision", "precision", "recall"):
        click.echo(f"{name.replace('_', ' ')} {found[name]:.3f}")


@click.command("verify")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--workshop", "number", type=int, help="Check a workshop of this server instead, with every paper.")
@click.option("--lang", type=click.Choice(["da", "en"]), help="By default the language of the file.")
@click.option("--count", type=int, help="The number of entries you have from elsewhere.")
@click.option("--last-hash", help="The last fingerprint you have from elsewhere.")
@click.option("--on", metavar="DATE", help="A day on which to say where each promise stands.")
def _verify(
    file: Path | None, number: int | None, lang: str | None, count: int | None, last_hash: str | None, on: str | None
) -> None:
    """Check a JSON export: the journal, every wording, count, outcome and promise. Ends with 1 where something does not hold.

    `rundbord_check.py --full`, which comes with the export, does the same without the program.
    """
    if file is not None and number is None:
        sys.exit(core.check_file(file, lang, lambda content: program.check(content, count, last_hash, on), TEXTS))
    if number is None or file is not None:
        raise click.UsageError("name a FILE.json or a --workshop")
    content = _document_of(number)
    sys.exit(core.tell(program.check(content, count, last_hash, on), lang or content["language"], TEXTS))


@with_appcontext
def _document_of(number: int) -> dict[str, Any]:
    """Returns the content of a workshop's JSON file as if it held every ballot paper. It is checked here and written
    nowhere. Raises `click.ClickException` where there is no such workshop."""
    workshop = db.session.get(Workshop, number)
    if workshop is None:
        raise click.ClickException("there is no such workshop")
    content: dict[str, Any] = json.loads(render(outcome(workshop), proof(workshop, all_papers=True)))
    return content


COMMANDS = (_create_organiser, _create_workshop, _create_demo, _erase_names, _similarity, _verify, *BACKUP_COMMANDS)
