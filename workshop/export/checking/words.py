"""The sentences of the whole check: the core's and its own, in Danish and English."""

from __future__ import annotations

from workshop.export.checking.core import Texts
from workshop.export.checking.core_words import CORE_TEXTS
from workshop.export.checking.danish import DANISH
from workshop.export.checking.english import ENGLISH

TEXTS: Texts = CORE_TEXTS | {key: (said, ENGLISH[key]) for key, said in DANISH.items()}
