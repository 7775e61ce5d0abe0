"""Votes by name: checks who may have voted so, and that each paper is the one that was sealed at closing.

A name or reason that was erased has no salt, so its seal cannot be checked; the vote is still counted.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from typing import Any

from workshop.export.checking.core import Json, Report, fingerprint

OPENNESS = ("secret", "open", "some_open")
SEALED = ("name", "name_salt", "reason", "reason_salt")


def opens(terms: Json, group: str) -> str | None:
    """Returns why an effective group votes by name: `declared` for the step or `agreed` by all its members; else None."""
    held = terms.get("openness") or {"declared": "secret", "groups": [], "agreed": []}
    if "+" in group:
        return None
    if held["declared"] == "open" or (held["declared"] == "some_open" and group in held["groups"]):
        return "declared"
    return "agreed" if group in held["agreed"] else None


def check_openness(vote: Json, opened: Json, report: Report) -> None:
    """Checks that the terms of open voting are those from before the vote, and that the open groups follow from them."""
    terms = vote["terms"]
    held = terms.get("openness")
    known = held is None or held["declared"] in OPENNESS
    groups = set(terms["effective"].values())
    follows = terms.get("open_groups", []) == sorted(group for group in groups if opens(terms, group))
    report.expect(known and follows and held == opened["terms"].get("openness"), "named.openness", id=vote["id"])


def check_named(vote: Json, closed: Json, report: Report) -> None:
    """Checks that the papers by name are those that were sealed at closing, and belong to open groups only."""
    record, openly = vote["id"], vote["terms"].get("open_groups", [])
    papers = named_of(vote)
    if not openly:
        report.expect(not papers and "named_hash" not in closed, "named.group", id=record)
        return
    sealed = [{name: value for name, value in paper.items() if name not in SEALED} for paper in papers]
    report.expect(fingerprint(sealed) == closed["named_hash"], "named.hash", id=record)
    report.expect(all(paper["group"] in openly for paper in papers), "named.group", id=record)
    for paper in papers:
        who = paper["name"] or "?"
        report.expect(_seal_fits(paper, "name"), "named.name", id=record, name=who)
        report.expect(_seal_fits(paper, "reason"), "named.reason", id=record, name=who)
    erased = sum(paper["name"] is None for paper in papers)
    if erased:
        report.note("withheld", "named.erased", id=record, n=erased)


def named_of(vote: Json) -> list[Json]:
    """Returns the papers by name of a vote; none where nobody voted openly."""
    return list(vote.get("named_papers") or [])


def _seal_fits(paper: Json, what: str) -> bool:
    """Returns whether a name or a reason is what was sealed. An erased one has no salt, and must have no text either."""
    text, salt, seal = paper[what], paper[f"{what}_salt"], paper[f"sealed_{what}"]
    if salt is None:
        return text is None
    if text is None or seal is None:
        return False
    plain = unicodedata.normalize("NFC", text).encode()
    return bool(hmac.new(bytes.fromhex(salt), plain, hashlib.sha256).hexdigest() == seal)


def same_names(shown: Json, proved: Json) -> bool:
    """Returns whether people read the same names, choices and reasons for being open as were proved."""
    terms = proved["terms"]
    openly = [{"key": group, "why": opens(terms, group)} for group in terms.get("open_groups", [])]
    said = [{"key": one["key"], "why": one["why"]} for one in shown.get("open_groups", [])]
    held = (terms.get("openness") or {"declared": "secret"})["declared"]
    read = sorted(fingerprint(_read(one)) for one in shown.get("by_name", []))
    cast = sorted(fingerprint(_cast(paper)) for paper in named_of(proved))
    return shown.get("openness", "secret") == held and sorted(map(str, said)) == sorted(map(str, openly)) and read == cast


def _read(one: Json) -> list[Any]:
    choices = {choice["option"]["id"]: choice["value"] for choice in one["choices"]}
    return [one["name"], one["key"], one["stance"], one["reason"], choices]


def _cast(paper: Json) -> list[Any]:
    return [paper["name"], paper["group"], paper.get("stance"), paper["reason"] or "", paper.get("choices", {})]
