"""Ideas, comments and themes.

Importing the package registers its commands.
"""

from workshop.commands.ideas import (
    ideas,
    importing,
    moderation,
    supports,
    themes,
)

__all__ = [
    "ideas",
    "importing",
    "moderation",
    "supports",
    "themes",
]
