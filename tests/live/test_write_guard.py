"""A write inside a write is refused at once, also when another green thread begins it: on both engines."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: run.py makes the engine ready as the server does; then one green thread yields inside a write, and another writes
SCENE = """
import sys, time
sys.argv = ["run.py"]
source = open("run.py").read().partition("import argparse")[0]
exec(compile(source, "run.py", "exec"), {"__name__": "__main__"})
from workshop.app import create_app, upgrade_database, socketio
from workshop.extensions import db
from workshop.store import note_seen, writing_outside
app = create_app(serving=True)
upgrade_database(app)
said = []

def yields():
    with app.app_context(), writing_outside():
        socketio.sleep(0.5)
    said.append("first done")

def writes():
    with app.app_context():
        began = time.monotonic()
        try:
            note_seen({1})
        except RuntimeError as error:
            said.append(f"refused {error} {time.monotonic() - began < 0.3}")

socketio.start_background_task(yields)
socketio.sleep(0.1)
socketio.start_background_task(writes)
socketio.sleep(1)
socketio.start_background_task(lambda: (writes(), said.append("later done")))
socketio.sleep(0.3)
print("|".join(said))
"""


@pytest.mark.parametrize("engine", ["eventlet", "gevent"])
def test_a_second_green_thread_that_writes_inside_a_write_is_refused(engine: str, tmp_path: Path):
    environ = {**os.environ, "ASYNC_ENGINE": engine, "INSTANCE_PATH": str(tmp_path)}
    environ.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SCENE], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=120
    )
    said = done.stdout.strip().splitlines()[-1].split("|") if done.stdout.strip() else [done.stderr]
    refusal = "refused a write was started inside another: something yielded between lock and commit True"
    assert said == [refusal, "first done", "later done"], done.stderr
