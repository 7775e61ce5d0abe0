"""Style sheets as they are sent: made small by `rcssmin`."""

from __future__ import annotations

import re

from rcssmin import cssmin  # type: ignore[import-untyped]

#: the space of ".a :is(b)", which says that b stands anywhere in a
_DESCENDANT = re.compile(r"(?<=[\w)\]*]) :(?=[a-z])")
_HELD = " \u00a7:"


def without_spaces(text: str) -> str:
    """Returns a style sheet without comments and loose spaces.

    Inside `@layer` and `@media`, `rcssmin` takes the space before a pseudo-class for a loose one and makes ".a :is(b)"
    into ".a:is(b)", which selects something else. So that space has a sign beside it while it works.
    """
    return str(cssmin(_DESCENDANT.sub(_HELD, text))).replace(_HELD, " :")
