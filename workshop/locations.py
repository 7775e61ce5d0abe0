"""Finds the files beside the code and the folder for data, in a checkout and in an installed copy.

A checkout has `templates`, `static`, `run.py` and `instance` at its top level. The wheel carries the first three as
`workshop/_files/…` (pyproject.toml); its data goes to the user's own folder, because an update replaces the package's
folder. Uses the standard library only.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
CARRIED = Path(__file__).resolve().parent / "_files"


def installed() -> bool:
    """Returns whether this copy came from a wheel."""
    return CARRIED.is_dir()


def top_level(name: str) -> Path:
    """Returns the path of a file or folder that a checkout has at its top level."""
    return (CARRIED if installed() else TOP) / name


def default_instance(environ: Mapping[str, str]) -> Path:
    """Returns the folder for the database and the key where no setting names one.

    Raises `RuntimeError` where an installed copy is run by a user without a home folder.
    """
    return user_data(sys.platform, environ) if installed() else TOP / "instance"


def user_data(platform: str, environ: Mapping[str, str]) -> Path:
    """Returns the user's folder for Rundbord's data, by the rules of the platform.

    `platform` is a value of `sys.platform`. On other systems than Windows and macOS the XDG Base Directory Specification
    applies; by it a relative XDG_DATA_HOME is ignored. Raises `RuntimeError` where a home folder is needed and there is none.
    """
    if platform == "win32":
        local = environ.get("LOCALAPPDATA", "")
        return (Path(local) if local else Path.home() / "AppData" / "Local") / "Rundbord"
    if platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Rundbord"
    shared = Path(environ.get("XDG_DATA_HOME", ""))
    return (shared if shared.is_absolute() else Path.home() / ".local" / "share") / "rundbord"


def command_line() -> str:
    """Returns how a command line begins in this copy, for advice that names a command."""
    return "rundbord" if installed() else "flask --app workshop.app"
