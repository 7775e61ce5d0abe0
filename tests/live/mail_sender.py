"""One round of the sender in a process of its own, at a given moment: `python -m tests.live.mail_sender MOMENT`."""

from __future__ import annotations

import os
import sys
from datetime import datetime

from workshop import clock
from workshop.app import create_app
from workshop.config import load_settings
from workshop.jobs.mails import Mails

if __name__ == "__main__":
    app = create_app(load_settings(os.environ))
    print("ready", flush=True)
    sys.stdin.readline()
    with app.app_context(), clock.frozen(datetime.fromisoformat(sys.argv[1])):
        print(Mails(app).round(whole=True), flush=True)
