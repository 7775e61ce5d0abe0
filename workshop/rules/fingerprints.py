"""The fingerprint of a wording: what a vote is bound to, and what anybody can work out again (docs/proof.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workshop.rules.chain import fingerprint


def text_hash(content: Mapping[str, Any]) -> str:
    """SHA-256 of the wording's canonical JSON, without the contacts of contributions.

    A contact is how to reach somebody; it is left out of what is published, where the fingerprint must still hold.
    """
    return fingerprint(without_contacts(content))


def decided_hash(content: Mapping[str, Any], goals: Sequence[Mapping[str, Any]]) -> str:
    """SHA-256 of what a decision on an agreement is taken on: its wording, and that of each goal it serves.

    `goals` are `{goal, text_hash}` in the order of the agreement; other keys are left out. It is the second version of the
    fingerprint: decisions from before it name no goals, and stand by `text_hash` of the agreement alone (docs/proof.md).
    """
    served = [{"goal": goal["goal"], "text_hash": goal["text_hash"]} for goal in goals]
    return fingerprint({"text": text_hash(content), "goals": served})


def without_contacts(content: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the wording that is agreed on, published and fingerprinted."""
    kept = dict(content)
    gives = kept.get("contributions")
    if isinstance(gives, list):
        kept["contributions"] = [{name: value for name, value in one.items() if name != "contact"} for one in gives]
    return kept
