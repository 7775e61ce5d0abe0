"""Every text can be said aloud in a hall: no word that a room would have to learn, in either language.

A list of words and phrases that were there and are not to come back, each with what is said instead in the catalogue.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from workshop.catalogue import LANGUAGES, texts

ROOT = Path(__file__).parent.parent

DANISH = (
    *(
        r"\bpung",
        r"\bbånd(et|ene)?\b",
        r"\bfrø(et)?\b",
        r"\bbåret\b",
        r"\bbær(e|er|es)\b",
        r"\bbetal(er|t|te)\b",
        r"betale (for den|en hel)",
    ),
    *(r"\bpulje", r"\bloddet\b", r"startværdi", r"fyldt op", r"\bdækket\b", r"alle (på nær|undtagen)", r"\bstøtte:"),
    *(r"højst \{(n|yes|no|count)\}", r"\bstemning(en)?\b", r"\bstillingtag", r"\btag(e|er)? stilling", r"\bstillinger\b"),
    *(
        r"\btrin(net|nene|nets)?\b",
        r"\bblokerer\b",
        r"se, og åbn",
        r"sættes til (svar|still)",
        r"åbn for svar",
        r"\} er med$",
    ),
    *(
        r"værd at (sige|vide)",
        r"sidder fast",
        r"over dagen",
        r"til gennemsyn",
        r"\blås (døren|op)\b",
        r"døren er",
        r"vejen ind",
    ),
    *(r"ingen styrer", r"styringen", r"\bdu styrer\b", r"^styr\b", r"læg(ges|t)? væk", r"ret sproget", r"tag(et)? ind\b"),
    *(r"du er her som", r"du kommer ind som", r"^jeg er med$", r"\bst(å|år) bag\b", r"udenfor", r"hvor du står"),
    *(
        r"til det, der er i gang",
        r"hvad siger du",
        r"ting mere er ændret",
        r"nået frem til",
        r"kom vi frem til",
        r", tilgængelig",
    ),
    *(r"tjekprogram", r"fjern parter", r"har fået svar", r"virker kun, til", r"trykkes sammen", r"tavlen er sort"),
    *(
        r"set af færre",
        r"kan ikke bruges, som det står",
        r"den kode kender vi",
        r"\bchecket\b",
        r"\bfacilitatoren\b",
        r"indsigelse",
    ),
    *(r"\bskil(t)? lag", r"fælles grund", r"mindretallets", r"ved navn\b(?!e)", r"taget ud af rummet"),
)
ENGLISH = (
    *(
        r"\bpurse",
        r"\bbands?\b",
        r"(?<!\{)\bseed\b",
        r"\bcarr(y|ies|ied)\b",
        r"\bpa(y|id|ying)\b",
        r"helped to buy",
        r"\bbought\b",
    ),
    *(
        r"\bthe lot\b",
        r"filled up",
        r"\bcovered\b",
        r"all but",
        r"^support: \{",
        r"\{(n|yes|no)\} at most",
        r"at most \{(n|yes|no)\}",
    ),
    *(
        r"\bmood\b",
        r"\bstances?\b",
        r"\bpool(ed)?\b(?! )",
        r"one pool",
        r"^blocks?\b",
        r"look, and open",
        r"put to the room",
    ),
    *(r"worth (saying|knowing)", r"\bstuck\b", r"over the day", r"to look through", r"(lock|unlock) the door", r"door is"),
    *(
        r"the way in",
        r"nobody leads",
        r"(take|taken|hand over) the lead",
        r"\byou lead\b",
        r"leads? now",
        r"leave behind|left behind",
    ),
    *(
        r"put aside",
        r"correct the language",
        r"take(n)? (into|in)\b",
        r"\blaid\b",
        r"^lay\b",
        r"you are here as",
        r"you come in as",
    ),
    *(r"with you$", r"stands? behind", r"stay out of it", r"where you stand", r"what is going on", r"what do you say"),
    *(
        r"more things? changed",
        r"came to\b",
        r"you have (reached|arrived)",
        r", accessible",
        r"\bchecker\b",
        r"remove parties",
    ),
    *(
        r"has its answer",
        r"only until",
        r"seen by fewer",
        r"as it stands\b(?! now)",
        r"do not know that code",
        r"common ground",
    ),
    *(r"\bput together\b", r"\berased?\b", r"taken out of the room", r"board is (black|dark)", r"printed with"),
)
BANNED = {"da": DANISH, "en": ENGLISH}

FILES = {
    "da": (
        "workshop/export/checking/danish.py",
        "workshop/export/checking/danish_follow_up.py",
        "workshop/demo/content.py",
        "workshop/demo/playing.py",
    ),
    "en": (
        "workshop/export/checking/english.py",
        "workshop/export/checking/english_follow_up.py",
        "workshop/rules/templates.py",
    ),
}
"""What is said without the catalogue, or written into the example and the ready programmes."""


def pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(words), re.IGNORECASE)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_catalogue_has_no_word_a_room_must_learn(lang):
    banned = pattern(BANNED[lang])
    found = {
        key: form
        for key, text in texts(lang).items()
        for form in ((text,) if isinstance(text, str) else text)
        if banned.search(form)
    }
    assert found == {}


def said(path: str) -> list[str]:
    """The sentences of a Python file: its strings that are neither names nor docstrings."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    silent = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value and id(node) not in silent
    ]


@pytest.mark.parametrize(("lang", "path"), [(lang, path) for lang, paths in FILES.items() for path in paths])
def test_what_is_said_outside_the_catalogue_is_as_plain(lang, path):
    banned = pattern(BANNED[lang])
    assert [words for words in said(path) if banned.search(words)] == []


def pages() -> list[Path]:
    scripts = [path for path in (ROOT / "static/js").rglob("*.js") if "vendor" not in path.parts]
    return sorted([*(ROOT / "templates").rglob("*.html"), *scripts])


COMMENT = re.compile(r"/\*.*?\*/|\{#.*?#\}|(?<!:)//[^\n]*", re.DOTALL)


def test_no_page_and_no_script_says_it_either():
    """Danish words and English phrases; an English word alone may be the name of a state."""
    banned = pattern((*DANISH, *(words for words in ENGLISH if re.search(r"[a-z]{2,} [a-z]{2,}", words))))
    found = [
        f"{path.relative_to(ROOT)}: {hit.group()}"
        for path in pages()
        for line in COMMENT.sub("", path.read_text(encoding="utf-8")).splitlines()
        if (hit := banned.search(line))
    ]
    assert found == []
