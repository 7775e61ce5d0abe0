"""What stands inside pages instead of in files of its own, and the hashes by which browsers let it run.

A live page must say what happens when none of its files come (`templates/shell.html`), so its words, its style and its
script are in the page. The Content-Security-Policy names their hashes; nothing else that stands in a page is run.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from markupsafe import Markup
from rcssmin import cssmin  # type: ignore[import-untyped]

from workshop.web.assets.minify import without_comments
from workshop.web.assets.modules import STATIC

SCRIPTS = ("js/shell.js",)
SHEETS = ("css/shell.css",)


@cache
def inline(path: str) -> Markup:
    """Returns a script or a style sheet as it stands in a page, by its path under `static/`."""
    text = (STATIC / path).read_text(encoding="utf-8")
    return Markup(without_comments(text, tight=True) if path in SCRIPTS else cssmin(text))


def sources(paths: tuple[str, ...]) -> str:
    """Returns the hashes of what stands in pages, as a Content-Security-Policy names them."""
    digests = (hashlib.sha256(inline(path).encode()).digest() for path in paths)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
