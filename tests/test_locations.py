"""Where the files beside the code lie, and where an installed copy keeps its data."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from workshop import locations
from workshop.config import SettingsError, load_settings

ROOT = Path(__file__).resolve().parents[1]
#: modules of the standard library that Windows does not have
POSIX_ONLY = {"crypt", "fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}


@pytest.fixture
def wheel(monkeypatch, tmp_path) -> Path:
    """Make the package believe that it was installed from a wheel; returns the home folder."""
    (tmp_path / "_files").mkdir()
    monkeypatch.setattr(locations, "CARRIED", tmp_path / "_files")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_in_a_checkout_files_and_data_lie_at_its_top():
    assert not locations.installed() and locations.command_line() == "flask --app workshop.app"
    assert [locations.top_level(name) for name in ("run.py", "static")] == [ROOT / "run.py", ROOT / "static"]
    assert locations.default_instance({}) == ROOT / "instance"


def test_an_installed_copy_reads_inside_its_package_and_writes_outside_it(wheel):
    assert locations.installed() and locations.command_line() == "rundbord"
    assert locations.top_level("static") == wheel / "_files" / "static"
    assert load_settings({"XDG_DATA_HOME": str(wheel / "data")}).instance_path == wheel / "data" / "rundbord"


def test_an_installed_copy_takes_a_relative_folder_as_one_in_the_current_folder(wheel):
    assert load_settings({"INSTANCE_PATH": "instance"}).instance_path == wheel / "instance"


def test_a_user_without_a_home_is_told_to_name_a_folder(wheel, monkeypatch):
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", homeless)
    with pytest.raises(SettingsError, match="INSTANCE_PATH"):
        load_settings({})


@pytest.mark.parametrize(
    ("platform", "environ", "folder"),
    [
        ("linux", {}, "home/.local/share/rundbord"),
        ("linux", {"XDG_DATA_HOME": "/srv/data"}, "/srv/data/rundbord"),
        ("linux", {"XDG_DATA_HOME": "relative"}, "home/.local/share/rundbord"),
        ("darwin", {"XDG_DATA_HOME": "/srv/data"}, "home/Library/Application Support/Rundbord"),
        ("win32", {"LOCALAPPDATA": "/users/anna/local"}, "/users/anna/local/Rundbord"),
        ("win32", {}, "home/AppData/Local/Rundbord"),
    ],
)
def test_the_users_folder_is_the_platforms_own(monkeypatch, tmp_path, platform, environ, folder):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert locations.user_data(platform, environ) == tmp_path / folder


def unguarded(path: Path) -> set[str]:
    """The modules a file imports where no `try` catches that they are missing."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    guarded = {inner for node in ast.walk(tree) if isinstance(node, ast.Try) for inner in ast.walk(node)}
    found: set[str] = set()
    for node in ast.walk(tree):
        if node not in guarded and isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif node not in guarded and isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def test_nothing_in_the_wheel_needs_a_module_that_windows_lacks():
    files = [ROOT / "run.py", *(ROOT / "workshop").rglob("*.py")]
    assert not {(path.name, name) for path in files for name in unguarded(path) & POSIX_ONLY}
