"""Every command, one folder per noun. Importing this package registers them all in `workshop.door`.

`checks`, `ordering` and `undo` stand beside the folders because commands of several nouns need them.
"""

from workshop.commands import follow_up, ideas, people, privacy, room, texts, undo, votes

__all__ = ["follow_up", "ideas", "people", "privacy", "room", "texts", "undo", "votes"]
