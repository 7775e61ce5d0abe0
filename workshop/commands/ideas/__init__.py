"""Ideas, comments and themes.

Importing the package registers its commands.
"""

from workshop.commands.ideas import (
    ideas,
    moderation,
    supports,
    themes,
)

__all__ = [
    "ideas",
    "moderation",
    "supports",
    "themes",
]
