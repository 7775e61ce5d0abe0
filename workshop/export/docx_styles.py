"""The page and the styles of the Word document."""

from __future__ import annotations

from docx.document import Document as Written
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

INK, SOFT = RGBColor(0x11, 0x21, 0x22), RGBColor(0x42, 0x54, 0x53)
LANGUAGES = {"da": "da-DK", "en": "en-GB"}
TOOL, WORDS = "Arial", "Georgia"


def set_up(document: Written, language: str) -> None:
    """Sets the page, the language of the text and every style."""
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    page.top_margin = page.bottom_margin = Cm(1.9)
    _style(document, "Normal", TOOL, 9.5, after=4)
    set_value(document.styles["Normal"].element.get_or_add_rPr(), "w:lang", LANGUAGES.get(language, language))
    # Word hyphenates long compounds by the language of the text, in tables too; the text itself is not changed.
    tab_stop = document.settings.element.find(qn("w:defaultTabStop"))
    tab_stop.addnext(OxmlElement("w:autoHyphenation"))  # the format prescribes the order of these elements
    _style(document, "Title", WORDS, 20, after=6)
    for level, size in ((1, 14), (2, 11), (3, 9.5)):
        _style(document, f"Heading {level}", TOOL, size, before=size, after=4, bold=True)
    _style(document, "Words", WORDS, 9.5, after=4)
    _style(document, "Wording", WORDS, 12, before=3, after=6)
    _style(document, "Soft", TOOL, 8.5, after=4, colour=SOFT)
    _style(document, "Label", TOOL, 9, after=4, bold=True)
    _style(document, "Quote", WORDS, 9.5, after=3).paragraph_format.left_indent = Cm(0.8)
    _style(document, "List Bullet", TOOL, 9.5, after=2)
    for name, size in (("Answer", 12.5), ("Answer Note", 9.5)):
        _frame(_style(document, name, TOOL, size, bold=name == "Answer"))


def _style(
    document: Written,
    name: str,
    font: str,
    size: float,
    *,
    before: float = 0,
    after: float = 0,
    bold: bool = False,
    colour: RGBColor = INK,
) -> ParagraphStyle:
    known = {style.name for style in document.styles}
    style = document.styles[name] if name in known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if not isinstance(style, ParagraphStyle):
        raise TypeError(f"{name} is not a paragraph style")
    style.font.name, style.font.size, style.font.bold, style.font.italic = font, Pt(size), bold, False
    style.font.color.rgb = colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), font)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    border = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if border is not None:
        border.getparent().remove(border)
    return style


def _frame(style: ParagraphStyle) -> None:
    """Gives a style a frame. Consecutive paragraphs with the same frame are drawn as one box."""
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "12"), ("space", "6"), ("color", "112122")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    style.element.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def set_value(parent: BaseOxmlElement, name: str, value: str) -> None:
    """Adds an element that has only a value, `w:val`."""
    element = OxmlElement(name)
    element.set(qn("w:val"), value)
    parent.append(element)
