"""Prepare the fonts bundled for the PDF, in `workshop/export/fonts/`.

Typst reads TrueType only, so the zero without a slash (`scripts/tool_font.py`) is written out there at the two weights
in use.
Then the characters the fonts can draw are listed for `workshop/export/glyphs.py`: `coverage.txt` holds every character
some font has, `latin.txt` those that both main fonts have.

Run by `make vendor` after `scripts/tool_font.py`; needs fontTools and brotli (requirements-dev.txt).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "workshop" / "export" / "fonts"
TOOL = ROOT / "static" / "fonts" / "rundbord-tool.woff2"
WEIGHTS = {"400Regular": 400, "600SemiBold": 600}
MAIN = ("AtkinsonHyperlegibleNext_400Regular.ttf", "SourceSerif4_400Regular.ttf")


def characters(path: Path) -> set[int]:
    """The code points a font maps to a glyph."""
    with TTFont(path, lazy=True) as font:
        return set(font.getBestCmap())


def ranges(codes: Iterable[int]) -> list[str]:
    """Sorted hexadecimal ranges: `{0x20, 0x21, 0x41}` → `["20-21", "41"]`."""
    found: list[list[int]] = []
    for code in sorted(codes):
        if found and code == found[-1][1] + 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return [f"{first:x}" if first == last else f"{first:x}-{last:x}" for first, last in found]


def write_zero(name: str, weight: int) -> None:
    """The zero at one weight, as the family "Rundbord Zero"."""
    font = instantiateVariableFont(TTFont(TOOL, recalcTimestamp=False), {"wght": weight})
    font.flavor = None
    for table in font["cmap"].tables:
        table.cmap = {0x30: "zero.tf"}
    for layout in ("GSUB", "GPOS", "GDEF"):
        del font[layout]
    only = Subsetter(Options(hinting=False, notdef_outline=False))
    only.populate(unicodes=[0x30])
    only.subset(font)
    names = {
        1: "Rundbord Zero",
        2: "Regular",
        4: f"Rundbord Zero {name}",
        6: f"RundbordZero-{name}",
        16: "Rundbord Zero",
    }
    font["name"].names = []
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font.save(FONTS / f"RundbordZero_{name}.ttf")


def main() -> None:
    """Write the zeros, then both lists."""
    for name, weight in WEIGHTS.items():
        write_zero(name, weight)
    every = set().union(*(characters(path) for path in sorted(FONTS.glob("*.ttf"))))
    both = set.intersection(*(characters(FONTS / name) for name in MAIN))
    for name, codes in (("coverage.txt", every), ("latin.txt", both)):
        (FONTS / name).write_text("\n".join(ranges(codes)) + "\n", encoding="ascii")
        print(f"{name}: {len(codes)} characters")


if __name__ == "__main__":
    main()
