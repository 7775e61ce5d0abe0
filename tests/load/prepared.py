"""What is ready before a server starts: a database with every table and the organiser of the tests, made once in a process and
copied; and the static files, which all servers of the tests keep in one place."""

from __future__ import annotations

import functools
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from workshop.web.assets.kept import FOLDER

ORGANISER = "prøve"
PASSWORD = "en-lang-adgangskode-til-prøven"
FILE = "rundbord.sqlite"
FILES = Path(tempfile.gettempdir()) / "rundbord-prepared-files"


@functools.cache
def _kept() -> tempfile.TemporaryDirectory[str]:
    """The folder of the prepared file. It goes when the process ends."""
    folder = tempfile.TemporaryDirectory(prefix="rundbord-prepared-")
    prepare(folder.name)
    return folder


def prepare(folder: str, **settings: str) -> None:
    """Makes every table, and the organiser of the tests, in the SQLite file of a folder or where `DATABASE_URL` says."""
    from workshop.app import create_app, upgrade_database
    from workshop.commands.people.accounts import create_organiser
    from workshop.config import load_settings
    from workshop.extensions import db

    given = {"INSTANCE_PATH": folder, "SECRET_KEY": "of no server, 32 characters long", **settings}
    app = create_app(load_settings(given))
    upgrade_database(app)
    with app.app_context():
        create_organiser(ORGANISER, PASSWORD)
        db.session.remove()
        if not settings:
            with db.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()


def share_files(folder: Path) -> None:
    """Lets a server keep its prepared static files (`workshop/web/assets/kept.py`) where the others do."""
    FILES.mkdir(exist_ok=True)
    with suppress(FileExistsError):
        (folder / FOLDER).symlink_to(FILES)


def put_into(folder: Path) -> bool:
    """Copies the prepared database into a server's folder. Returns False, and does nothing, where there is one already."""
    if (folder / FILE).exists():
        return False
    shutil.copyfile(Path(_kept().name) / FILE, folder / FILE)
    return True
