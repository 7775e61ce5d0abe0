"""Goals and agreements: wordings, versions, amendments, consents and commitments.

Importing the package registers its commands.
"""

from workshop.commands.texts import (
    amendments,
    commitments,
    consents,
    corrections,
    drafts,
    fields,
    rewording,
    texts,
    versions,
)

__all__ = [
    "amendments",
    "commitments",
    "consents",
    "corrections",
    "drafts",
    "fields",
    "rewording",
    "texts",
    "versions",
]
