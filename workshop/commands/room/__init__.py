"""The workshop itself: creating it, its settings, its programme, its end and its public record.

Importing the package registers its commands.
"""

from workshop.commands.room import (
    closing,
    creating,
    duplicating,
    programme,
    publication,
    settings,
    workshops,
)

__all__ = [
    "closing",
    "creating",
    "duplicating",
    "programme",
    "publication",
    "settings",
    "workshops",
]
