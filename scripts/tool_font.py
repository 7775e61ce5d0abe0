"""Cut the font of the tool for phones: `static/fonts/rundbord-tool.woff2`, 21 kB instead of 34.

Two changes to the vendored Atkinson Hyperlegible Next, which its licence allows (OFL, no reserved font name):

- Only the weights the pages use, 400 to 750.
- Its zero is slashed, which is right in a code and unquiet in a clock. Tabular figures, which the pages use
  everywhere, get a zero without the slash: the outer line of the original, and one inner line of the same
  shape, as wide and as high as its two holes together. Proportional figures keep the slash: codes use those.

Run by `scripts/vendor.py` (`make vendor`); needs fontTools and brotli (requirements-dev.txt).
"""

from __future__ import annotations

from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphCoordinates
from fontTools.varLib.instancer import instantiateVariableFont

FONTS = Path(__file__).resolve().parent.parent / "static/fonts"
SOURCE = FONTS / "atkinson-hyperlegible-next-latin.woff2"
TARGET = FONTS / "rundbord-tool.woff2"
WEIGHTS = (400, 750)
NAME = "Rundbord Tool"
Point = tuple[float, float]


def hole(outer: list[Point], holes: list[Point]) -> list[Point]:
    """The outer line shrunk to the box of the holes, turned round so that it cuts."""
    (left, right), (low, high) = ((min(axis), max(axis)) for axis in zip(*outer, strict=True))
    (left_in, right_in), (low_in, high_in) = ((min(axis), max(axis)) for axis in zip(*holes, strict=True))
    wide, tall = (right_in - left_in) / (right - left), (high_in - low_in) / (high - low)
    return [(left_in + (x - left) * wide, low_in + (y - low) * tall) for x, y in reversed(outer)]


def draw_plain_zero(font: TTFont) -> None:
    """Give the tabular zero its own outline: without the slash, in the lightest weight and in all others."""
    points, ends, flags = font["glyf"]["zero"].getCoordinates(font["glyf"])
    points, rim = [tuple(map(float, p)) for p in points], ends[0] + 1
    shift = font["glyf"]["zero.tf"].components[0].x
    lightest = points[:rim] + hole(points[:rim], points[rim:])

    changes = font["gvar"].variations
    slashed, tabular = list(changes["zero"]), list(changes["zero.tf"])
    for change, moved in zip(slashed, tabular, strict=True):
        deltas = [delta or (0, 0) for delta in change.coordinates[: len(points)]]
        there = [(x + dx, y + dy) for (x, y), (dx, dy) in zip(points, deltas, strict=True)]
        heavier = there[:rim] + hole(there[:rim], there[rim:])
        slide = (moved.coordinates[0] or (0, 0))[0]
        drawn = [(round(x - a + slide), round(y - b)) for (x, y), (a, b) in zip(heavier, lightest, strict=True)]
        moved.coordinates = drawn + [delta or (0, 0) for delta in moved.coordinates[-4:]]
    changes["zero.tf"] = tabular

    plain = Glyph()
    plain.numberOfContours = 2
    plain.coordinates = GlyphCoordinates([(round(x + shift), round(y)) for x, y in lightest])
    plain.endPtsOfContours = [rim - 1, 2 * rim - 1]
    plain.flags = bytearray(list(flags[:rim]) + list(reversed(flags[:rim])))
    plain.program = font["glyf"]["zero"].program
    plain.recalcBounds(font["glyf"])
    font["glyf"]["zero.tf"] = plain
    font["hmtx"]["zero.tf"] = (font["hmtx"]["zero.tf"][0], plain.xMin)


def main() -> None:
    """Read the vendored font, cut its weights, draw the zero, and write the file under our name."""
    font = instantiateVariableFont(TTFont(SOURCE, recalcTimestamp=False), {"wght": WEIGHTS})
    draw_plain_zero(font)
    for record in font["name"].names:
        if record.nameID in (1, 4, 16):
            font["name"].setName(NAME, record.nameID, record.platformID, record.platEncID, record.langID)
    font.flavor = "woff2"
    font.save(TARGET)
    print(f"{TARGET.name}: {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
