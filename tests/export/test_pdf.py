"""The PDF: opened again by pypdf, checked for PDF/UA by an independent checker, and with any text people may write."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import outloud
import pytest
import typst
from fontTools.ttLib import TTFont
from pypdf import PageObject, PdfReader

from tests.export.reading import one_line, pdf_text
from tests.export.sample import AGREEMENTS, IDEAS, empty, sample
from workshop.export import pdf
from workshop.export.document import Outcome
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
    assert "Der blev ikke indgået nogen aftale." in pdf_text(content)


def test_the_agreed_wording_and_the_result_of_each_group_are_in_the_text() -> None:
    text = pdf_text(pdf.render(sample()))
    assert AGREEMENTS[0].purpose in text
    for group, result in (
        ("Borgere", "11 for (heraf 2 med forbehold), 12 imod, 1 blank"),
        ("Byråd", "8 for, 3 imod, 1 blank"),
        ("Region", "ingen tal"),
        ("Folketing + Forskere", "ingen tal"),
    ):
        assert group in text
        assert result in text
    assert "Flertal i alle 5 grupper: Borgere, Byråd, Fagfolk, Region og Folketing + Forskere." in text
    assert "Ikke til stede: Europa-Parlamentet." in text


def test_agreements_come_before_everything_else() -> None:
    text = pdf_text(pdf.render(sample()))
    first = text.index("Aftale A")
    assert first < text.index("Mål 1") < text.index("Hensigt B") < text.index("Afstemning i hver gruppe")
    assert text.index("Afstemning i hver gruppe") < text.index("Tilsagn") < text.index("Rammen")


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
    room = sample().room
    groups = tuple(replace(group, name=word) if place == 0 else group for place, group in enumerate(room.groups))
    content = pdf.render(replace(sample(), room=replace(room, groups=groups)))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    assert any("\u00ad\n" in page for page in pages)
    assert word in pdf_text(content)
    for page in PdfReader(io.BytesIO(content)).pages:
        for x, width, text in pieces(page):
            assert x + width <= RIGHT_EDGE, (text, x, width)


RIGHT_EDGE = (210 - 25) / 25.4 * 72 + 1
WIDE = {"AtkinsonHyperlegibleNext": "AtkinsonHyperlegibleNext_400Regular.ttf", "SourceSerif4": "SourceSerif4_400Regular.ttf"}


def pieces(page: PageObject) -> list[tuple[float, float, str]]:
    """Each piece of text with where it begins and how wide the font draws it, in points."""
    found: list[tuple[float, float, str]] = []

    def note(text: str, cm: list[float], tm: list[float], font: dict[str, str] | None, size: float) -> None:
        family = str((font or {}).get("/BaseFont", "")).split("+")[-1].split("-")[0]
        if text.strip() and family in WIDE:
            drawn_as = text.strip().replace("\u00ad", "-")
            found.append((tm[4] * cm[0] + cm[4], _width(drawn_as, WIDE[family], abs(tm[0] * cm[0])), text))

    page.extract_text(visitor_text=note)
    return found


def _width(text: str, file: str, size: float) -> float:
    with TTFont(FONTS / file, lazy=True) as font:
        names, advances, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
        return sum(advances[names[ord(letter)]][0] for letter in text if ord(letter) in names) * size / em


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
