"""The one door for writing: `perform(actor, name, args, id)`.

Socket, HTTP, command line, rehearsal and organiser pages all come through here; nothing else writes. Importing this
package registers every command.
"""

from .perform import perform
from .registry import COMMANDS, Command

__all__ = ["COMMANDS", "Command", "perform"]

from . import catalogue_of_commands as _all  # noqa: F401
