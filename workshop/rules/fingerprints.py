"""The fingerprint of a text version, which a vote is bound to and which anybody can compute again (docs/proof.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workshop.rules.chain import fingerprint


def text_hash(content: Mapping[str, Any]) -> str:
    """Returns the SHA-256 of the wording's canonical JSON, without the contacts of contributions.

    A contact is personal data and is not published; the fingerprint must be the same for the published text.
    """
    return fingerprint(without_contacts(content))


def decided_hash(content: Mapping[str, Any], goals: Sequence[Mapping[str, Any]]) -> str:
    """Returns the SHA-256 of what a decision on an agreement is about: its wording, and that of each goal it serves.

    `goals` are `{goal, text_hash}` in the order of the agreement; other keys are left out. This is the second version of
    the fingerprint: older decisions name no goals and are bound to the `text_hash` of the agreement (docs/proof.md).
    """
    served = [{"goal": goal["goal"], "text_hash": goal["text_hash"]} for goal in goals]
    return fingerprint({"text": text_hash(content), "goals": served})


def without_contacts(content: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the wording without the contacts of contributions: what is published and fingerprinted."""
    kept = dict(content)
    gives = kept.get("contributions")
    if isinstance(gives, list):
        kept["contributions"] = [{name: value for name, value in one.items() if name != "contact"} for one in gives]
    return kept
