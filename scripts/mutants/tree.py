"""A copy of the tree to put faults into, and the name of its content."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]


def files() -> list[str]:
    """Returns the paths of the checkout, with what is not committed yet, without what git ignores."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return sorted(path for path in set(listed.split("\0")) if path and (ROOT / path).is_file())


def code_hash() -> str:
    """Returns a digest of what every test runs: the code, what the tests share, and the versions of the libraries."""
    digest = hashlib.sha256()
    for path in files():
        if path.startswith(("workshop/", "tests/", "templates/", "requirements", "pyproject")) and not _is_test(path):
            digest.update(f"{path}\0{_digest(path)}\0".encode())
    return digest.hexdigest()[:16]


def test_files() -> dict[str, str]:
    """Returns the files with tests, each with a digest of its content."""
    return {path: _digest(path) for path in files() if _is_test(path)}


def _is_test(path: str) -> bool:
    return path.startswith("tests/") and PurePosixPath(path).match("test_*.py")


def _digest(path: str) -> str:
    return hashlib.sha256((ROOT / path).read_bytes()).hexdigest()


def copy_to(folder: Path) -> None:
    """Copies the tree into an empty folder."""
    for path in files():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, target)
        shutil.copymode(ROOT / path, target)
