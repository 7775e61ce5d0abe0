"""The command `rundbord`, also `python -m workshop`. `serve` and `demo` run run.py; all other commands are in cli.py.

run.py lets the async engine replace parts of the standard library before anything else is imported. So this module imports
at its top only what is needed to find run.py.
"""

from __future__ import annotations

import os
import runpy
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from workshop import locations

if TYPE_CHECKING:
    import click

#: the commands that start the server: the arguments each adds for run.py, and its help text
STARTS = {
    "serve": ([], "Start the server. Settings come from the environment: PORT=8080 LANGUAGE=en …"),
    "demo": (["--demo"], "Start the server with an example workshop in the middle of its programme."),
}


def start(name: str, words: list[str]) -> None:
    """Runs run.py as if it had been started directly; it ends the process with its exit code."""
    sys.argv = [f"rundbord {name}", *STARTS[name][0], *words]
    runpy.run_path(str(locations.top_level("run.py")), run_name="__main__")


def command_line() -> click.Group:
    """Returns the group of all commands. The application is created only for a command that needs it, so that checking a
    file creates no instance folder."""
    import click

    from workshop import __version__
    from workshop.cli import COMMANDS

    group = click.Group("rundbord", help="Rundbord: a workshop in which many groups decide together.", epilog=_where())
    click.version_option(__version__, prog_name="rundbord")(group)
    for command in COMMANDS:
        group.add_command(command)
    for name, (_, does) in STARTS.items():
        group.add_command(click.Command(name, help=does, callback=_starting(name)))
    return group


def _where() -> str:
    try:
        folder = os.environ.get("INSTANCE_PATH", "").strip() or locations.default_instance(os.environ)
    except RuntimeError:
        return "INSTANCE_PATH must name the folder for the database and the key."
    return f"The database and the key lie in {folder} (INSTANCE_PATH)."


def _starting(name: str) -> Callable[[], None]:
    return lambda: start(name, [])


def main() -> None:
    """Runs what the command line asks for and ends the process."""
    words = sys.argv[1:]
    if words and words[0] in STARTS:
        start(words[0], words[1:])
        return
    from flask.cli import ScriptInfo

    from workshop.app import create_app

    command_line().main(args=words, prog_name="rundbord", obj=ScriptInfo(create_app=create_app))


if __name__ == "__main__":
    main()
