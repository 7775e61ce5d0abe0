"""The secret key, made once and kept in a file that only its owner can read. Uses the standard library only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

OWNER_ONLY = 0o600


class KeyFileError(Exception):
    """Raised when the stored key cannot be used; the message says why and what to do."""


def kept_key(path: Path, shortest: int) -> str:
    """Returns the key in `path`, made now where there is none. Two processes that start at once get the same one.

    Removes other users' permissions on the file. Raises `KeyFileError` for a file without a usable key; the file is
    not replaced, because sessions and open ballots depend on the key. Raises `OSError` where the folder cannot be
    written.
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
    """Writes a new key beside `path` and links it into place, so that `path` is always complete. If another process was
    first, its key stays."""
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
