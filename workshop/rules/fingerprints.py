"""The fingerprint of a wording: what a vote is bound to, and what anybody can work out again (docs/proof.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workshop.rules.chain import fingerprint


def text_hash(content: Mapping[str, Any]) -> str:
    """SHA-256 of the wording's canonical JSON, without the contacts of contributions.

    A contact is how to reach somebody; it is left out of what is published, where the fingerprint must still hold.
    """
    return fingerprint(without_contacts(content))


def without_contacts(content: Mapping[str, Any]) -> dict[str, Any]:
    """The wording that is agreed on, published and fingerprinted."""
    kept = dict(content)
    gives = kept.get("contributions")
    if isinstance(gives, list):
        kept["contributions"] = [{name: value for name, value in one.items() if name != "contact"} for one in gives]
    return kept
