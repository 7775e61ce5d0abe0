"""The one way to write: `perform(actor, name, args, id)` carries out a registered command.

Socket, HTTP, command line, rehearsal and organiser pages all come through here; nothing else writes. The commands
themselves are in `workshop.commands`, which registers them here.
"""

from workshop.door.perform import perform
from workshop.door.registry import COMMANDS, Command

__all__ = ["COMMANDS", "Command", "perform"]
