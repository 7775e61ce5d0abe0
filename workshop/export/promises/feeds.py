"""Writes what has happened as Atom (RFC 4287) and as a JSON Feed 1.1. A withdrawn record has one entry, which says so."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as ET

from workshop.clock import utc
from workshop.export.plain import clean
from workshop.export.promises.happenings import Happening

ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"


@dataclass(frozen=True)
class Feed:
    """A feed: a stable id, title, language, author, the addresses of the page and of the feed itself, the moment it began, and
    its entries, the newest first."""

    id: str
    title: str
    language: str
    author: str
    page: str
    address: str
    began: datetime
    entries: Sequence[Happening]

    @property
    def updated(self) -> datetime:
        """Returns the moment of the newest entry, or when the feed began."""
        return max((one.at for one in self.entries), default=self.began)

    def link(self, entry: Happening) -> str:
        """Returns the address of the page, with the anchor of the entry's item."""
        return f"{self.page}#{entry.place}" if entry.place else self.page


def atom(feed: Feed) -> bytes:
    """Returns the feed as Atom."""
    ET.register_namespace("", ATOM)
    root = ET.Element(_name("feed"), {"{http://www.w3.org/XML/1998/namespace}lang": feed.language})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "updated", _moment(feed.updated))
    _add(ET.SubElement(root, _name("author")), "name", feed.author)
    ET.SubElement(root, _name("link"), {"rel": "self", "type": "application/atom+xml", "href": feed.address})
    ET.SubElement(root, _name("link"), {"rel": "alternate", "type": "text/html", "href": feed.page})
    _add(root, "generator", "Rundbord")
    for one in feed.entries:
        entry = ET.SubElement(root, _name("entry"))
        _add(entry, "id", one.id)
        _add(entry, "title", one.heading)
        _add(entry, "updated", _moment(one.at))
        _add(entry, "published", _moment(one.at))
        ET.SubElement(entry, _name("link"), {"rel": "alternate", "type": "text/html", "href": feed.link(one)})
        _add(entry, "content", one.about or one.heading).set("type", "text")
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def json_feed(feed: Feed) -> bytes:
    """Returns the feed as a JSON Feed."""
    written = {
        "version": JSON_FEED,
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "language": feed.language,
        "authors": [{"name": feed.author}],
        "items": [
            {
                "id": one.id,
                "url": feed.link(one),
                "title": one.heading,
                "content_text": one.about or one.heading,
                "date_published": _moment(one.at),
            }
            for one in feed.entries
        ],
    }
    return json.dumps(written, ensure_ascii=False, indent=1).encode()


def _name(tag: str) -> str:
    return f"{{{ATOM}}}{tag}"


def _add(parent: ET.Element, tag: str, text: str) -> ET.Element:
    found = ET.SubElement(parent, _name(tag))
    found.text = clean(text)
    return found


def _moment(value: datetime) -> str:
    return utc(value).isoformat(timespec="seconds").replace("+00:00", "Z")
