"""Prepared files are kept in the instance folder, and never in place of what should be sent."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, abort
from werkzeug.exceptions import NotFound

from workshop.web.assets import files, kept
from workshop.web.assets.files import register_statics, static_url


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    made = Flask(__name__, static_folder=None, instance_path=str(tmp_path))
    register_statics(made)
    with made.app_context():
        yield made


def folder(app: Flask) -> Path:
    return Path(app.instance_path) / kept.FOLDER


def stored(app: Flask) -> list[Path]:
    return [path for path in folder(app).rglob("*") if path.is_file()]


def test_what_is_kept_is_not_prepared_again(app: Flask):
    assert kept.kept("a", lambda: b"first") == b"first"
    assert kept.kept("a", lambda: b"second") == b"first"
    assert kept.kept("b", lambda: b"second") == b"second"
    assert len(stored(app)) == 2


@pytest.mark.parametrize("damage", [b"", b"short", None], ids=["empty", "short", "changed"])
def test_a_damaged_file_is_prepared_again(app: Flask, damage: bytes | None):
    kept.kept("a", lambda: b"first")
    (file,) = stored(app)
    file.write_bytes(file.read_bytes()[:-1] + b"?" if damage is None else damage)
    assert kept.kept("a", lambda: b"second") == b"second"
    assert kept.kept("a", lambda: b"third") == b"second"


def test_without_a_place_to_keep_it_a_file_is_prepared_each_time(app: Flask):
    folder(app).write_text("a file where the folder should be")
    assert kept.kept("a", lambda: b"first") == b"first"
    assert kept.kept("a", lambda: b"second") == b"second"


def test_nothing_is_kept_of_a_file_that_is_not_there(app: Flask):
    with pytest.raises(NotFound):
        kept.kept("a", lambda: abort(404))
    assert stored(app) == []


def test_another_version_keeps_its_own_and_removes_the_old(app: Flask, monkeypatch: pytest.MonkeyPatch):
    kept.kept("a", lambda: b"old")
    kept._version.cache_clear()
    monkeypatch.setattr(kept, "static_version", lambda: "of another release")
    try:
        assert kept.kept("a", lambda: b"new") == b"new"
        assert kept.kept("a", lambda: b"newer") == b"new"
        assert len(stored(app)) == len(list(folder(app).iterdir())) == 1
    finally:
        kept._version.cache_clear()


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
def test_a_server_that_starts_again_serves_the_same_without_preparing(
    app: Flask, monkeypatch: pytest.MonkeyPatch, encoding: str
):
    def served() -> list[bytes]:
        files._prepared.cache_clear()
        paths = ("js/parcels/phone.js", "js/lib/keys.js", "css/tokens+base.css")
        answers = [app.test_client().get(static_url(path), headers={"Accept-Encoding": encoding}) for path in paths]
        assert [answer.status_code for answer in answers] == [200] * 3
        return [answer.data for answer in answers]

    def prepared_again(_path: str) -> bytes:
        raise AssertionError("it was prepared again")

    first = served()
    monkeypatch.setattr(files, "_content", prepared_again)
    assert served() == first


def test_a_file_that_has_changed_is_not_served_as_it_was(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    script = tmp_path / "a.js"
    monkeypatch.setattr(files, "STATIC", tmp_path)
    client = app.test_client()
    for number in (1, 2):
        script.write_text(f"const a = {number};")
        os.utime(script, (number, number))
        assert client.get(static_url("a.js")).text == f"const a = {number};"
