"""Which texts are accepted as an e-mail address: by their form and length only (RFC 5321)."""

from __future__ import annotations

import re

_FORM = re.compile(r"[^@\s<>,;:\"()\\]+@[^@\s<>,;:\"()\\]+\.[^@\s<>,;:\"()\\.]+")
LONGEST = 254
"""Characters of the longest address there is."""


def is_mail_address(text: str) -> bool:
    """Returns whether the text is exactly one address, without a line break or another character that would end it in a mail
    header."""
    return len(text) <= LONGEST and text.isprintable() and _FORM.fullmatch(text) is not None
