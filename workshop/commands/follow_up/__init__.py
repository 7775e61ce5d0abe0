"""After the seminar: handed over, answered, carried out, judged (docs/rules.md section 11).

Importing the package registers its commands.
"""

from workshop.commands.follow_up import answers, endings, handover, lines, links, panel, path, reports

__all__ = ["answers", "endings", "handover", "lines", "links", "panel", "path", "reports"]
