"""The secret key that is made once and kept in a file only its owner can read. A leaf, like config.py."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

OWNER_ONLY = 0o600


class KeyFileError(Exception):
    """The kept key cannot be used; the message says why and what to do."""


def kept_key(path: Path, shortest: int) -> str:
    """Returns the key in `path`, made now where there is none. Two processes that start at once get the same one.

    Takes away what other users may do with the file. Raises `KeyFileError` for a file that holds no usable
    key: it is not replaced, since sessions and open ballots depend on it. Raises `OSError` where the folder
    cannot be written.
    """
    if not path.exists():
        _make(path)
    try:
        if path.stat().st_mode & 0o077:
            path.chmod(OWNER_ONLY)
        key = path.read_text(encoding="ascii", errors="replace").strip()
    except OSError as error:
        advice = "let the user the server runs as own the file"
        raise KeyFileError(f"{path} cannot be read ({error.strerror}): {advice}.") from error
    if len(key) < shortest:
        advice = "put the file back from a backup, or delete it to get a new one"
        raise KeyFileError(f"{path} holds no usable key: {advice}.")
    return key


def _make(path: Path) -> None:
    """Write a new key beside `path` and link it into place: never half a file, and the first process wins."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48) + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
