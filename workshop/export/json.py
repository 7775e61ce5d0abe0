"""Renders the complete outcome as JSON, by a versioned schema (docs/export-schema.md).

Field names are those of the package `document`. A count is a number, `{"at_most": 4}` where few people had come, or
null where it is withheld. Fields may be added within a schema version.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any

from workshop.clock import stamp
from workshop.export.document import Figure, Outcome
from workshop.rules.chain import fingerprint


def render(outcome: Outcome, proof: Mapping[str, Any] | None = None) -> bytes:
    """Returns the outcome as JSON, UTF-8, indented, with `schema` first and the other keys in the order of the document. The
    proof (docs/proof.md), if given, is last."""
    whole = plain(outcome)
    ordered = {"schema": whole.pop("schema"), **whole}
    if proof is not None:
        ordered = sealed({**ordered, "proof": dict(proof)})
    return (json.dumps(ordered, ensure_ascii=False, indent=2) + "\n").encode()


def sealed(document: dict[str, Any]) -> dict[str, Any]:
    """Returns the document with the fingerprint of everything else in it as `proof.file_hash`."""
    return {**document, "proof": {**document["proof"], "file_hash": fingerprint(document)}}


def plain(value: Any) -> Any:
    """Returns a value for JSON: dataclasses as objects, tuples as lists, dates and moments as ISO 8601. A trailing underscore
    of a field's name is dropped."""
    if isinstance(value, Figure):
        return value.write()
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name.rstrip("_"): plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return value
