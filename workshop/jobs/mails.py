"""Sends mails: reminders and news by day, confirmations at once. They are sent one by one in another process, so that no
request waits."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime
from subprocess import SubprocessError

from flask import Flask
from sqlalchemy import select

from workshop import faults, offload
from workshop.clock import ZONE, day_of, now
from workshop.commands.follow_up.outbox import CONFIRMATION, NEWS, REMINDER, Claim, claim, note_result, tidy
from workshop.config import Settings
from workshop.extensions import db, socketio
from workshop.models import Workshop
from workshop.screens.news import Letter, confirmations, due_news
from workshop.screens.reminders import due_messages

#: hours of the day, in Danish time, in which reminders and news are sent
HOURS = range(7, 20)
#: seconds between two checks for confirmations, and between two for reminders and news
_SECONDS_BETWEEN_CONFIRMATIONS = 5
_SECONDS_BETWEEN_ROUNDS = 5 * 60
_FIRST_ROUND = 30
_log = logging.getLogger(__name__)

Parcel = tuple[Claim, dict[str, str]]


class Mails:
    """Sends what is due. Does nothing without a mail server."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.settings: Settings = app.config["RUNDBORD"]
        self.on = self.settings.smtp_url is not None
        self.root = (self.settings.public_url or "").rstrip("/")
        self._under_way = False
        self._faulty = False

    def tick(self, ticks: int) -> None:
        """Starts a round in the background if it is time. `ticks` is the seconds since the start of the server."""
        whole = ticks % _SECONDS_BETWEEN_ROUNDS == _FIRST_ROUND
        if self.on and not self._under_way and (whole or ticks % _SECONDS_BETWEEN_CONFIRMATIONS == 0):
            self._under_way = True
            socketio.start_background_task(self._round_in_background, whole)

    def _round_in_background(self, whole: bool) -> None:
        try:
            with faults.survived("sending mails"), self.app.app_context():
                self.round(whole)
        finally:
            self._under_way = False

    def round(self, whole: bool) -> int:
        """Sends confirmations, and with `whole` also reminders and news if the hour is one of `HOURS`. Returns how many
        mails the mail server accepted. If it cannot be reached, the round ends, and the next one tries again."""
        tidy()
        moment = now()
        sent = 0
        for wanted, letter in self._parcels(moment, whole):
            state = self._send(wanted, letter)
            sent += state == "sent"
            if state == "away":
                break
        return sent

    def _parcels(self, moment: datetime, whole: bool) -> Iterator[Parcel]:
        day = day_of(moment)
        yield from [self._letter(one, moment) for one in confirmations(self.root)]
        if not whole or moment.astimezone(ZONE).hour not in HOURS:
            return
        numbers = list(db.session.scalars(select(Workshop.id).where(Workshop.state == "closed").order_by(Workshop.id)))
        for number in numbers:
            with faults.survived(f"mails of workshop {number}"):
                workshop = db.session.get(Workshop, number)
                reminders = due_messages(workshop, day, self.root) if workshop is not None else []
                news = due_news(workshop, day, self.root) if workshop is not None else []
                db.session.rollback()
                for message in reminders:
                    claimed = Claim(number, REMINDER, message.to, day, message.subject, message.told, message.links)
                    yield claimed, self._as_sent(message.to, message.subject, message.body, message.language, message.stop)
                yield from [self._letter(one, moment) for one in news]

    def _letter(self, one: Letter, moment: datetime) -> Parcel:
        kind = NEWS if one.kind == "news" else CONFIRMATION
        wanted = Claim(one.workshop_id, kind, one.to, day_of(moment), one.subject, holder=one.holder)
        return wanted, self._as_sent(one.to, one.subject, one.body, one.language, one.stop)

    def _as_sent(self, to: str, subject: str, body: str, language: str, stop: str) -> dict[str, str]:
        return {
            "sender": self.settings.mail_from or "",
            "to": to,
            "subject": subject,
            "body": body,
            "language": language,
            "unsubscribe": stop,
        }

    def _send(self, wanted: Claim, letter: dict[str, str]) -> str:
        """Claims one mail by a row, sends it outside any write, notes the result and returns it. `held` means that another
        process sends the mail or that it waits for its time, `away` that no mail server was reached."""
        number = claim(wanted)
        if number is None:
            return "held"
        try:
            answer = offload.run_beside("workshop.smtp:deliver", self.settings.smtp_url, letter)
        except (offload.AsideError, OSError, SubprocessError) as error:
            answer = {"state": "perhaps", "words": ""}
            _log.error("a mail was perhaps sent: %s", type(error).__name__)
        note_result(number, wanted, answer["state"], answer["words"])
        self._say(answer)
        return "away" if answer.get("away") else str(answer["state"])

    def _say(self, answer: dict[str, str]) -> None:
        """Logs once that the mail server takes no mails, and once that it does again. No address is logged."""
        faulty = "away" in answer
        if faulty and not self._faulty:
            _log.error("the mail server takes no mails for now; they wait")
        elif self._faulty and answer["state"] == "sent":
            _log.info("the mail server takes mails again")
        self._faulty = faulty or (self._faulty and answer["state"] != "sent")
