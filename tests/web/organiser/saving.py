"""Addresses of a workshop's pages, its groups, and its settings as the form sends them, for the tests."""

from __future__ import annotations

from html import unescape

from tests.web.conftest import Browser, Page, workshop
from workshop.extensions import db
from workshop.models import Group


def at(number: int, page: str = "") -> str:
    return f"/organiser/workshops/{number}" + (f"/{page}" if page else "")


def group(number: int, key: str) -> Group:
    db.session.rollback()
    return db.session.query(Group).filter_by(workshop_id=number, key=key).one()


def settings_of(browser: Browser, number: int) -> dict[str, str]:
    """The settings form as it is opened, with its chosen radios, selects and ticks."""
    html = browser.client.get(at(number, "settings")).get_data(as_text=True)
    values = Page(html).values
    row = workshop(number)
    chosen = {name: getattr(row, name) for name in ("language", "participation_level", "decision_level")}
    ticked = {name: "y" for name in ("group_labels", "ideas_always_open") if getattr(row, name)}
    typed = {name: unescape(value).lstrip("\n") for name, value in values.items() if not name.startswith("option")}
    return typed | chosen | ticked


def save(browser: Browser, number: int, **typed: str):
    return browser.send(at(number, "settings"), **(settings_of(browser, number) | typed))
