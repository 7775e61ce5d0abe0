"""The mails of the follow-up: what would be sent, what was sent, and what the mail server refused."""

from __future__ import annotations

from typing import Any

from flask import current_app

from workshop.clock import today
from workshop.config import Settings
from workshop.models import Workshop
from workshop.screens.reminders import Message, messages
from workshop.web.addresses import public_root
from workshop.web.organiser.accounts import Page
from workshop.web.organiser.pages import organising, own, page


@organising.get("/workshops/<int:workshop_id>/messages")
def shown_messages(workshop_id: int) -> Page:
    """Shows the mails of one workshop, to be read and copied."""
    workshop = own(workshop_id)
    return page("messages", workshop=workshop, here="messages", **messages_section(workshop))


def messages_section(workshop: Workshop) -> dict[str, Any]:
    """Returns what `organiser/_messages.html` shows: the messages that are due, the earlier ones, and whether a mail server
    is set."""
    settings: Settings = current_app.config["RUNDBORD"]
    found = messages(workshop, today(), public_root())
    return {
        "due_messages": [one for one in found if one.day is None],
        "past_messages": [one for one in found if one.day is not None],
        "sends_mail": settings.smtp_url is not None,
        "message_state": _state,
    }


def _state(message: Message, sends_mail: bool) -> str:
    """Returns the key of the text for a message's state. Without a mail server a message that is due is not sent."""
    if message.state == "would_be_sent":
        return f"mail.state.{'would_be_sent' if sends_mail else 'no_server'}"
    return f"mail.state.{message.state}"
