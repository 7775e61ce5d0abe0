"""The catalogue: complete in both languages, used, and written in real Danish."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import PoFileError, read_po

from workshop import catalogue
from workshop.catalogue import (
    LANGUAGES,
    MissingText,
    field_name,
    language,
    messages,
    refusal,
    t,
    texts,
)
from workshop.rules.refusal import CODES

ROOT = Path(__file__).parent.parent
CALL = re.compile(r"""\bt\(\s*(['"])([a-z][\w.]*\.[\w.]*\w)\1""")
QUOTED = re.compile(r"""(['"`])([a-z][\w.]*\.[\w.]*\w)\1""")
BUILT = re.compile(r"""`([a-z]\w*\.[^`\n]*)`|f"([a-z]\w*\.[^"\n]*)"|f'([a-z]\w*\.[^'\n]*)'""")
"""A key put together in code: f"check.{code}", `board.${kind}.name`."""
HOLE = re.compile(r"\$?\{[^{}]*\}")
ADDED = re.compile(r"""['"]([a-z]\w*(?:\.\w+)*\.)['"]\s*[+~]""")
"""The same by adding: 'check.' + code, "check." ~ code."""
SPEAKERS = {"workshop/export/": "export.", "workshop/export/promises/": "public."}
"""Folders whose texts are asked for without their common beginning (`Words` in export/words.py)."""

DYNAMIC = (
    "check.",  # check.CODE and its .why, from the rules' findings
    "field.",  # Field.label_key, and its .hint
    "choice.",  # Field.choice_key
    "promise.",
    "mandate.result.",
    "step.",  # title, instruction and state of each kind
    "template.",
    "consent.",
    "voice.",
    "database.",  # database_faults.REASONS
    "error.",  # a sentence per refusal, and the names of fields in it
    "group.",
    "level.",
)
"""Beginnings of keys that are chosen by data (a code, a kind, a state), not written out where they are
used."""

ASCII_SPELLED = re.compile(
    r"aa|(?:ae|oe)(?!(?:n|r|t|ne|rne|ns|rs|ts|rnes)?$)|^(?:f|g|b|h|t|k|sp)oer$|^(?:v|l|d|n|b|h|t)aer$", re.IGNORECASE
)
"""maal, faerdig, oensker, foer; but a noun in -a or -o may take its ending: temaet, datoen."""
RIGHTLY_SPELLED = {"Aarhus", "Aalborg", "Michael", "Israel", "poesi"}


def placeholders(text: catalogue.Text) -> set[str]:
    forms = (text,) if isinstance(text, str) else text
    return {name for form in forms for name in re.findall(r"\{(\w+)\}", form)}


@cache
def sources() -> dict[str, str]:
    """Every file that may name a key, by its path: the product's Python, templates and scripts."""
    files = [
        *ROOT.glob("run.py"),
        *(ROOT / "workshop").rglob("*.py"),
        *(ROOT / "templates").rglob("*.html"),
        *(path for path in (ROOT / "static/js").rglob("*.js") if "vendor" not in path.parts),
    ]
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in files}


def po_files():
    return sorted(catalogue.FOLDER.glob("*/*.po"))


@pytest.fixture
def strict():
    catalogue.be_strict()
    yield
    catalogue.be_strict(False)


def test_both_languages_have_the_same_files():
    names = [{path.name for path in (catalogue.FOLDER / lang).glob("*.po")} for lang in LANGUAGES]
    assert names[0] == names[1]


def test_both_languages_have_the_same_keys():
    danish, english = (set(texts(lang)) for lang in LANGUAGES)
    assert sorted(danish - english) == []
    assert sorted(english - danish) == []


def test_both_languages_have_the_same_placeholders_and_plurals():
    wrong = [
        key
        for key, danish in texts("da").items()
        if placeholders(danish) != placeholders(texts("en").get(key, danish))
        or isinstance(danish, tuple) != isinstance(texts("en").get(key, danish), tuple)
    ]
    assert wrong == []


@pytest.mark.parametrize("path", po_files(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_text_is_empty_and_every_plural_has_both_forms(path):
    with path.open("rb") as file:
        for message in read_po(file, abort_invalid=True):
            if not message.id:
                continue
            forms = [message.string] if isinstance(message.string, str) else list(message.string or [])
            assert forms and all(form.strip() for form in forms), message.id
            if not isinstance(message.id, str):
                assert message.id[0] == message.id[1], f"{message.id[0]}: the plural has the same key"
                assert len(forms) == 2, message.id[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_key_stands_twice(lang):
    keys = Counter(
        key
        for path in (catalogue.FOLDER / lang).glob("*.po")
        for key in re.findall(r'^msgid "(.+)"$', path.read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert [key for key, times in keys.items() if times > 1] == []


def test_every_key_that_is_asked_for_exists():
    missing = sorted(
        f"{path}: {key}" for path, source in sources().items() for _, key in CALL.findall(source) if not catalogue.has(key)
    )
    assert missing == []


def named_keys() -> set[str]:
    """Keys that stand whole in the code."""
    return {key for source in sources().values() for _, key in QUOTED.findall(source)}


def built_keys() -> re.Pattern[str]:
    """Keys that the code puts together: each hole may be anything, a short beginning alone is not enough."""
    patterns = set()
    for path, source in sources().items():
        for built in map("".join, BUILT.findall(source)):
            pieces = HOLE.split(built)
            if len(pieces) > 1 and all(re.fullmatch(r"[\w.]*", piece) for piece in pieces):
                patterns.add(r"[\w.]+".join(re.escape(piece) for piece in pieces))
        patterns |= {re.escape(start) + r"[\w.]+" for start in ADDED.findall(source)}
        for folder, start in SPEAKERS.items():
            if path.startswith(folder):
                words = {word for _, word in re.findall(r"""(['"])([a-z]\w*(?:\.\w+)*)\1""", source)}
                patterns |= {re.escape(start + word) + r"(?:\.\w+)*" for word in words}
                patterns |= {
                    re.escape(start) + r"[\w.]+".join(re.escape(piece) for piece in HOLE.split(built))
                    for built in re.findall(r"""f['"]([a-z][\w.]*\{[^'"\n]*)['"]""", source)
                }
    too_wide = {re.escape(f"{name}.") + r"[\w.]+" for name in (path.stem for path in po_files())}
    return re.compile("|".join(sorted(patterns - too_wide)))


def test_no_text_lies_unused():
    named, built = named_keys(), built_keys()

    def used(key: str) -> bool:
        return key in named or key.startswith(DYNAMIC) or built.fullmatch(key) is not None

    unused = [key for key in texts("da") if not used(key.removesuffix(".two"))]
    assert unused == []


def test_every_dynamic_beginning_begins_something():
    assert [prefix for prefix in DYNAMIC if not any(key.startswith(prefix) for key in texts("da"))] == []


def test_danish_is_written_with_its_own_letters():
    words = {
        word
        for text in texts("da").values()
        for form in ((text,) if isinstance(text, str) else text)
        for word in re.findall(r"\w+", re.sub(r"https?:\S+|\{\w+\}", " ", form))
    }
    assert sorted(word for word in words if ASCII_SPELLED.search(word) and word not in RIGHTLY_SPELLED) == []


def test_danish_quotation_marks_are_danish():
    assert [key for key, text in texts("da").items() if re.search('["“„]', "".join(text))] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_refusal_has_a_sentence_that_needs_no_facts(lang):
    for code in CODES:
        sentence = texts(lang)[f"error.{code}"]
        assert isinstance(sentence, str)
        assert placeholders(sentence) == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_longer_refusal_uses_only_the_fact_it_is_named_for(lang):
    for key, text in texts(lang).items():
        code, _, fact = key.removeprefix("error.").partition(".")
        if key.startswith("error.") and fact and code != "field":
            assert code in CODES
            assert placeholders(text) <= {fact}, key


def test_a_refusal_tells_the_limit_and_names_the_field_in_the_readers_language():
    assert "280" in refusal({"code": "too_long", "field": "text", "limit": 280}, "da")
    assert "Deadline" in refusal({"code": "malformed", "field": "deadline"}, "en")
    assert "Frist" in refusal({"code": "malformed", "field": "deadline"}, "da")
    assert refusal({"code": "already", "field": "on", "state": "done"}, "en") == t("error.already", "en")
    assert refusal({"code": "from a newer version"}) == t("error.unknown")


def test_a_field_inside_a_list_has_the_name_of_the_list():
    assert field_name("parties.0.name", "en") == "Parties"
    assert field_name("no_such_field") == "no_such_field"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_check_has_its_sentence_and_its_reason_without_facts(lang):
    codes = [f"{letter}{n:02}" for letter, last in (("G", 15), ("A", 10), ("W", 3)) for n in range(1, last + 1)]
    for code in codes:
        for key in (f"check.{code}", f"check.{code}.why"):
            assert placeholders(texts(lang)[key]) == set(), key


def test_the_number_decides_between_one_and_many():
    assert t("voice.unseen", "en", n=1) == "1 idea has been read by only a few. Ask people to read."
    assert [t("voice.unseen", "en", n=n)[:7] for n in (0, 2)] == ["0 ideas", "2 ideas"]


def test_exactly_two_have_a_text_of_their_own_where_there_is_one():
    said = [t("export.outcome.in_all", "da", n=n) for n in (1, 2, 3)]
    assert said == ["Flertal i gruppen", "Flertal i begge grupper", "Flertal i alle 3 grupper"]
    assert t("following.line.due", "da", n=2) == "Skal leveres om 2 dage"


def test_a_fact_may_look_like_a_placeholder_and_is_not_filled_in_again():
    assert "{n}" in t("check.A02.about", "da", about="{n}")
    assert "{about}" in t("check.A02.about", "da", about="{about}")


def test_a_room_goes_on_without_a_text():
    assert t("no.such.key", "en") == "no.such.key"
    assert t("check.G01", "tlh") == t("check.G01", "da")
    assert "{about}" in t("check.A02.about", "en")


def test_a_test_does_not(strict):
    for key, lang, facts in (("no.such.key", "en", {}), ("check.A02.about", "en", {}), ("voice.unseen", "en", {})):
        with pytest.raises(MissingText):
            t(key, lang, **facts)


def test_a_language_is_recognised_by_its_beginning():
    assert [language(wanted) for wanted in ("en-GB", "EN", "en_US", "da", "de", "", None)] == [
        "en",
        "en",
        "en",
        "da",
        "da",
        "da",
        "da",
    ]


def test_scripts_get_only_the_texts_they_ask_for_with_plurals_as_lists():
    chosen = messages("en", ["voice.", "check.G01"])
    assert chosen["check.G01"] == "What do you count, or what can people see?"
    assert isinstance(chosen["voice.unseen"], list)
    assert len(chosen["voice.unseen"]) == 2
    assert all(key.startswith(("voice.", "check.G01")) for key in chosen)


def test_a_broken_file_is_found_when_it_is_read(tmp_path):
    broken = tmp_path / "broken.po"
    broken.write_text('msgid "a.b"\nmsgid "a.c"\nmsgstr "c"\n', encoding="utf-8")
    with pytest.raises(PoFileError):
        catalogue.load_file(broken)


def test_an_empty_text_falls_back(tmp_path):
    half = tmp_path / "half.po"
    half.write_text('msgid "a.b"\nmsgstr ""\n\nmsgid "a.c"\nmsgstr "c"\n', encoding="utf-8")
    assert catalogue.load_file(half) == {"a.c": "c"}
