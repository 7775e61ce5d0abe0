"""The script and the style that are part of a page instead of files, and the hashes by which browsers accept them.

A live page must show a message when none of its files can be loaded (`templates/shell.html`), so the text, style and script
of that message are in the page. The Content-Security-Policy names their hashes; browsers run nothing else inside a page.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from markupsafe import Markup

from workshop.web.assets.minify import without_comments
from workshop.web.assets.modules import STATIC
from workshop.web.assets.sheets import without_spaces

SCRIPTS = ("js/shell.js",)
SHEETS = ("css/shell.css",)


@cache
def inline(path: str) -> Markup:
    """Returns a minified script or style sheet for use inside a page, by its path under `static/`."""
    text = (STATIC / path).read_text(encoding="utf-8")
    return Markup(without_comments(text, tight=True) if path in SCRIPTS else without_spaces(text))


def sources(paths: tuple[str, ...]) -> str:
    """Returns the hashes of these inline scripts or styles as a Content-Security-Policy names them."""
    digests = (hashlib.sha256(inline(path).encode()).digest() for path in paths)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
