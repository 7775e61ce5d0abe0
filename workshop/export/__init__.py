"""Exports the outcome of a workshop: one neutral document, and one file per format made from it.

    filename, mime, content = export(workshop, "pdf", "da")

Reads only. The names below are loaded when they are first used, because a process that only renders a document
(`workshop.offload`) needs neither the database nor the other formats.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workshop.export.files import FORMATS, Format, export, file_name

__all__ = ["FORMATS", "Format", "export", "file_name"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    from workshop.export import files

    return getattr(files, name)
