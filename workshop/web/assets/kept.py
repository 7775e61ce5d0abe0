"""Keeps prepared static files in the instance folder, so that a server that is started again need not prepare them anew.

To prepare all of them takes five seconds of the processor, during which the server answers nobody. The files are a cache: they
may be deleted at any time, and where they cannot be written or have been damaged, a file is prepared as if there were none.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from flask import current_app

from workshop.web.assets.modules import static_version

FOLDER = "prepared"
_CODE = Path(__file__).parent
_DIGEST = hashlib.sha256().digest_size


def kept(name: str, prepare: Callable[[], bytes]) -> bytes:
    """Returns what is kept under a name, or prepares and keeps it. The name must say all that the content depends on, except
    the files in `static/` at the start of the server and the code that prepares them. Raises what `prepare` raises, and keeps
    nothing then."""
    file = _folder() / hashlib.sha256(name.encode()).hexdigest()
    content = _read(file)
    if content is None:
        content = prepare()
        with suppress(OSError):
            _write(file, content)
    return content


def _folder() -> Path:
    return Path(current_app.instance_path) / FOLDER / _version()


@lru_cache
def _version() -> str:
    """Returns a name for `static/` and the code that prepares its files. Times are not enough: those of an installed update
    may be older than those of the version before."""
    digest = hashlib.sha256(static_version().encode())
    for path in sorted(_CODE.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _read(file: Path) -> bytes | None:
    """Returns the content of a kept file, or None where there is none. Each begins with the digest of its content: after a
    power cut a file may be shorter than it was."""
    try:
        stored = file.read_bytes()
    except OSError:
        return None
    digest, content = stored[:_DIGEST], stored[_DIGEST:]
    return content if hashlib.sha256(content).digest() == digest else None


def _write(file: Path, content: bytes) -> None:
    """Writes a file in one step. The first one of a version removes those of other versions."""
    folder = file.parent
    if not folder.exists():
        shutil.rmtree(folder.parent, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(hashlib.sha256(content).digest() + content)
        os.replace(temporary, file)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
