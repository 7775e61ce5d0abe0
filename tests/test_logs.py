"""What the server's log may not hold."""

from __future__ import annotations

import logging

from workshop.app import create_app
from workshop.config import load_settings


def test_a_fault_is_logged_once_by_number_and_without_the_path(tmp_path, caplog):
    app = create_app(load_settings({"INSTANCE_PATH": str(tmp_path)}))

    @app.get("/token/<token>")
    def breaks(token: str) -> str:
        raise LookupError("broken on purpose")

    with caplog.at_level(logging.DEBUG):
        answer = app.test_client().get("/token/SECRET-TOKEN")
    (record,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert answer.status_code == 500
    number = record.getMessage().split()[1]
    assert number in answer.get_data(as_text=True)
    assert "SECRET-TOKEN" not in caplog.text and "broken on purpose" in caplog.text
