"""The PDF: opened again by PDFium and pypdf, checked for PDF/UA by an independent checker, and with any text of people."""

from __future__ import annotations

import functools
import io
import re
from dataclasses import replace
from pathlib import Path

import outloud
import pytest
import typst
from fontTools.ttLib import TTFont
from pypdf import PageObject, PdfReader

from tests.export.reading import one_line, pdf_pages, pdf_text
from tests.export.rooms import half_day, large
from tests.export.sample import AGREEMENTS, IDEAS, empty, sample
from workshop.export import pdf
from workshop.export.document import Outcome, Rules
from workshop.export.glyphs import FONTS, breakable, drawable, drawn

ARABIC = "نريد مكانًا مفتوحًا للشباب كل مساء"
HEBREW = "אנחנו רוצים מקום פתוח"
EMOJI = "Godt gået 👏🏽 👩‍👩‍👧 🇩🇰 ☀️ 1️⃣"
STRANGE = "中文 テスト हिन्दी ไทย \U0001f9ff Ⅷ ﷽ ﬁ n̈ e͡͏x"


def checked(content: bytes, tmp_path: Path) -> outloud.Result:
    path = tmp_path / "outcome.pdf"
    path.write_bytes(content)
    return outloud.check(path)


def with_idea(text: str) -> Outcome:
    """The sample with one idea, one agreement and a question of this text."""
    idea = replace(IDEAS[0], text=text, why=text)
    agreement = replace(AGREEMENTS[0], purpose=text, dissent=(text,))
    return sample(question=text[:300], ideas=(idea,), agreements=(agreement,), title=text[:120])


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("public", [True, False])
def test_the_document_is_pdf_ua_and_says_nothing_a_screen_reader_cannot_hear(
    language: str, public: bool, tmp_path: Path
) -> None:
    found = checked(pdf.render(sample(language, public=public)), tmp_path)
    # An address is printed as it was written, not as a link: a mail address in a record should not invite mail.
    assert [one for one in found.findings if one.rule != "LNK-010"] == []


def test_an_empty_workshop_is_still_a_good_document(tmp_path: Path) -> None:
    content = pdf.render(empty())
    assert checked(content, tmp_path).findings == []
    assert "Ingen tekst har endnu flertal i alle grupper." in pdf_text(content)


def test_the_agreed_wording_and_the_result_of_each_group_are_in_the_text() -> None:
    text = pdf_text(pdf.render(sample()))
    assert AGREEMENTS[0].purpose in text
    for group, result in (
        ("Borgere", "11 for (heraf 2 med forbehold), 12 imod, 1 blank"),
        ("Byråd", "8 for, 3 imod, 1 blank. 12 af 12 stemte."),
        ("Region", "over 1/2"),
        ("Folketing + Forskere", "over 1/2"),
    ):
        assert group in text
        assert result in text
    assert "Flertal i alle 5 grupper: Borgere, Byråd, Fagfolk, Region og Folketing + Forskere." in text
    assert "Ikke til stede: Europa" in text


def test_the_page_for_the_agenda_comes_first_then_the_results_then_everything() -> None:
    pages = pdf_pages(pdf.render(sample()))
    assert "Fjordby Byråd svarer på 3 punkter senest 3. maj 2027" in pages[0]
    first = (
        "Til dagsordenen", "Mål 1", "Mål 2", "Aftale A", "Hensigt B", "Ikke en aftale endnu: 1 ting mangler",
        "Indgået Flertal i alle 5 grupper", "Ungeenheden, Fjordby Kommune 31. december 2028",
        "Idrætsrådet spørger bestyrelsen, senest 22. marts 2027", "Opsynet må ikke tages fra klubbernes timer.",
    )  # fmt: skip
    for said in first:
        assert said in pages[0], said
    for said in ("Resultater", "Idéer: 2 valgt af 3", "41 af 61 satte kryds", "Fremmøde i løbet af dagen"):
        assert said in pages[1] and said not in pages[0], said
    text = " ".join(pages[2:])
    assert text.index("Aftaler") < text.index("Afstemning i hver gruppe") < text.index("Tilsagn") < text.index("Rammen")


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("groups", [(), ("Borgere", "Byråd")], ids=["words", "counts"])
def test_one_goal_one_agreement_and_21_ideas_are_six_pages_at_most(language: str, groups: tuple[str, ...]) -> None:
    outcome = half_day(language, groups)
    pages = pdf_pages(pdf.render(outcome))
    assert len(pages) <= 6
    assert "11 af 21 satte kryds" in " ".join(pages) or "11 of 21 chose it" in " ".join(pages)
    short = pdf_pages(pdf.render(outcome, True))
    cut = re.compile(r"(?:Side|Page) \d (?:af|of) \d")
    assert [cut.sub("", page) for page in short] == [cut.sub("", page) for page in pages[:2]]


def test_the_short_version_of_a_large_room_is_two_pages() -> None:
    assert len(pdf_pages(pdf.render(large(), True))) == 2


def test_the_line_where_the_plain_order_gives_another_list_is_said() -> None:
    outcome = half_day("da", ())
    text = pdf_pages(pdf.render(outcome))[1]
    assert "Valgt, så flest muligt får mindst én af deres idéer med. Efter kryds alene var nr. 5 blevet ”" in text
    assert "med 16 kryds. Hver gruppe har fået mindst én af sine idéer med." in text


def test_columns_of_groups_are_there_only_where_their_counts_are_published() -> None:
    ballot = half_day("da", ("Borgere", "Byråd")).ballots[0]
    counted, words = half_day("da", ("Borgere", "Byråd")), half_day("da", ())
    assert "Satte kryds Borgere Byråd Blev til" in pdf_pages(pdf.render(counted))[1]
    assert "Satte kryds Blev til" in pdf_pages(pdf.render(words))[1]
    assert ballot.groups == ("Borgere", "Byråd")


def test_what_a_party_needs_is_said_and_the_others_need_the_common_majority() -> None:
    rules = Rules(binding_groups=("politicians",))
    decisions = tuple(replace(one, rules=rules) for one in sample().decisions)
    pages = pdf_pages(pdf.render(sample(decisions=decisions)))
    assert "2/3, fordi gruppen selv er part" in " ".join(pages[2:])
    assert "Flertal på 2/3" in pages[1]
    assert "En gruppe, der selv er part, skal have 2/3. De andre skal have over halvdelen." in pages[1]


def test_the_file_says_its_title_language_and_that_it_is_an_example() -> None:
    reader = PdfReader(io.BytesIO(pdf.render(sample("en"))))
    assert reader.metadata is not None
    assert reader.metadata.title == "Fjordby: unge og ensomhed, example"
    root = reader.trailer["/Root"].get_object()
    assert root["/Lang"] == "en"
    assert bool(root["/MarkInfo"]["/Marked"].value)
    for page in reader.pages:
        assert "example" in page.extract_text()


def test_only_the_bundled_fonts_are_used_and_all_are_embedded() -> None:
    reader = PdfReader(io.BytesIO(pdf.render(with_idea(f"{ARABIC} {HEBREW} {EMOJI}"))))
    families = {
        font.get_object()["/BaseFont"].split("+", 1)[1]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    bundled = ("AtkinsonHyperlegibleNext", "SourceSerif4", "RundbordZero", "NotoSans", "NotoEmoji")
    assert families
    assert all(name.startswith(bundled) for name in families), families
    assert {"NotoSansArabic", "NotoSansHebrew", "NotoEmoji"} <= {name.split("-")[0] for name in families}


@pytest.mark.parametrize(
    "text",
    [ARABIC, HEBREW, EMOJI, STRANGE, "x" * 2000, "ord " * 400, "a\nb\r\nc\u2028d", "\x00\x07\x1b[31m\u202eabc\ufffe"],
    ids=["arabic", "hebrew", "emoji", "strange", "no spaces", "long", "line ends", "control"],
)
def test_any_text_that_people_write_can_be_set(text: str, tmp_path: Path) -> None:
    content = pdf.render(with_idea(text))
    found = checked(content, tmp_path)
    assert found.error is None
    assert [one for one in found.findings if one.severity == "error"] == []


def test_a_character_no_font_has_is_printed_as_its_number_and_the_reader_is_told() -> None:
    text = pdf_text(pdf.render(with_idea("Vi vil 中 nu")))
    assert "Vi vil [U+4E2D] nu" in text
    assert "Tegn, som skrifterne ikke har, står med deres engelske navn" in text
    assert "[U+" not in pdf_text(pdf.render(sample()))


def test_a_sign_no_font_has_is_named_in_words() -> None:
    text = pdf_text(pdf.render(with_idea("Held og lykke ♫")))
    assert "Held og lykke [beamed eighth notes]" in text
    assert drawable("♫ \u4e2d") == "[beamed eighth notes] [U+4E2D]"


LONG_WORDS = (
    "Ungdomsuddannelsesvejledningsordningerne", "Sundhedsforvaltningsmedarbejderrepræsentanten",
    "speciallægepraksisplanlægningsstabiliseringsperiode", "børnehaveklasselærerkonferencedeltagelsesaftale",
)  # fmt: skip


@pytest.mark.parametrize("word", LONG_WORDS)
def test_a_long_compound_in_a_table_is_hyphenated_searchable_and_stays_in_its_column(word: str) -> None:
    party = replace(AGREEMENTS[0].parties[0], name=word)
    content = pdf.render(sample(agreements=(replace(AGREEMENTS[0], parties=(party, *AGREEMENTS[0].parties[1:])),)))
    read = [text_and_pieces(page) for page in PdfReader(io.BytesIO(content)).pages]
    assert any("\u00ad\n" in page for page, _ in read)
    assert word in pdf_text(content)
    assert word in one_line(" ".join(re.sub(r"\u00ad\s*|[\u2010-]\n(?=\w)", "", page) for page, _ in read))
    pieces = [piece for _, found in read for piece in found]
    assert pieces
    for x, width, text in pieces:
        assert x + width <= RIGHT_EDGE, (text, x, width)


RIGHT_EDGE = (210 - 20) / 25.4 * 72 + 1
WIDE = {"AtkinsonHyperlegibleNext": "AtkinsonHyperlegibleNext_400Regular.ttf", "SourceSerif4": "SourceSerif4_400Regular.ttf"}


def text_and_pieces(page: PageObject) -> tuple[str, list[tuple[float, float, str]]]:
    """The text of a page with its soft hyphens, and each piece of it with where it begins and how wide the font draws it, in
    points. One reading gives both: pypdf, which alone tells where pieces stand, takes ten times as long as PDFium."""
    found: list[tuple[float, float, str]] = []

    def note(text: str, cm: list[float], tm: list[float], font: dict[str, str] | None, size: float) -> None:
        family = str((font or {}).get("/BaseFont", "")).split("+")[-1].split("-")[0]
        if text.strip() and family in WIDE:
            drawn_as = text.strip().replace("\u00ad", "-")
            found.append((tm[4] * cm[0] + cm[4], _width(drawn_as, WIDE[family], abs(tm[0] * cm[0])), text))

    return page.extract_text(visitor_text=note), found


def _width(text: str, file: str, size: float) -> float:
    return sum(_advances(file).get(letter, 0) for letter in text) * size


@functools.cache
def _advances(file: str) -> dict[str, float]:
    """How far each letter of a font moves the pen, as a part of its size."""
    with TTFont(FONTS / file, lazy=True) as font:
        advances, em = font["hmtx"], font["head"].unitsPerEm
        return {chr(number): advances[name][0] / em for number, name in font.getBestCmap().items()}


def test_what_cannot_be_hyphenated_breaks_sooner_in_a_narrow_column() -> None:
    assert breakable("Ungdomsuddannelsesvejledning", narrow=True) == "Ungdomsuddannelsesvejledning"
    assert breakable("https://a.dk/jjjj-0123456789", narrow=True).replace("\u200b", "") == "https://a.dk/jjjj-0123456789"
    assert max(map(len, breakable("x" * 25 + " 0123456789012", narrow=True).replace(" ", "\u200b").split("\u200b"))) <= 10


def test_soft_hyphens_of_an_older_text_hide_no_word_from_a_search() -> None:
    assert "ungdomshus" in pdf_text(pdf.render(with_idea("Et ungdoms\u00adhus")))


def test_what_people_write_is_never_markup() -> None:
    wicked = '#read("/etc/passwd") *fed* _kursiv_ $x^2$ <label> @ref \\ `kode` = Overskrift'
    assert one_line(wicked) in pdf_text(pdf.render(with_idea(wicked)))


def test_the_same_outcome_gives_the_same_file() -> None:
    assert pdf.render(sample()) == pdf.render(sample())


def test_the_list_of_drawable_characters_is_that_of_the_fonts() -> None:
    every: set[int] = set()
    for path in FONTS.glob("*.ttf"):
        with TTFont(path, lazy=True) as font:
            every |= set(font.getBestCmap())
    for letter in map(chr, range(0x20, 0x2FFFF)):
        if ord(letter) in every:
            assert drawn(letter), f"U+{ord(letter):04X} is in a font"
        elif drawn(letter):
            assert letter in "\n\t\u00ad\u200b\u200c\u200d\u2060\ufeff" or "\ufe00" <= letter <= "\ufe0f"


def test_every_font_comes_with_its_licence() -> None:
    for path in FONTS.glob("*.ttf"):
        family = path.name.split("_")[0].replace("RundbordZero", "AtkinsonHyperlegibleNext")
        assert "SIL Open Font License" in (FONTS / f"{family}-LICENSE").read_text(encoding="utf-8")


def test_words_too_long_for_a_line_get_places_to_break_and_others_none() -> None:
    assert breakable("helt almindelige ord") == "helt almindelige ord"
    broken = breakable("x" * 100)
    assert broken.replace("\u200b", "") == "x" * 100
    assert max(map(len, broken.split("\u200b"))) <= 32
    assert drawable("æøå ”…” – −") == "æøå ”…” – −"


def test_the_checker_notices_a_document_without_tags(tmp_path: Path) -> None:
    source = tmp_path / "plain.typ"
    source.write_text("= Aftaler\n#table(columns: 2, [a], [b])", encoding="utf-8")
    compiler = typst.Compiler(source, font_paths=[FONTS], ignore_system_fonts=True)
    content = compiler.compile(format="pdf", pdf_tags=False)
    assert isinstance(content, bytes)
    assert checked(content, tmp_path).errors > 0
