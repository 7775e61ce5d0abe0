"""What is taken for an address of e-mail: a form that a mail can be sent to, whatever stands in it (RFC 5321)."""

from __future__ import annotations

import re

_FORM = re.compile(r"[^@\s<>,;:\"()\\]+@[^@\s<>,;:\"()\\]+\.[^@\s<>,;:\"()\\.]+")
LONGEST = 254
"""Characters of the longest address there is."""


def is_mail_address(text: str) -> bool:
    """Returns whether the text is one address, alone, without a line break or another sign that would end it in a mail."""
    return len(text) <= LONGEST and text.isprintable() and _FORM.fullmatch(text) is not None
