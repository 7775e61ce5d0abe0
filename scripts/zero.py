"""Draw the zero without a slash: `static/fonts/rundbord-zero.woff2`, one glyph, about one kilobyte.

Atkinson Hyperlegible Next slashes its zero, which is right in a code and unquiet in a clock. This takes
the tabular zero of the vendored font, keeps its outer line, and draws one inner line of the same shape, as
wide and as high as the two holes of the original together, at every weight. The OFL allows this (no
reserved font name).

Run by `scripts/vendor.py` (`make vendor`); needs fontTools and brotli (requirements-dev.txt).
"""

from __future__ import annotations

from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates

FONTS = Path(__file__).resolve().parent.parent / "static/fonts"
Point = tuple[float, float]


def hole(outer: list[Point], holes: list[Point]) -> list[Point]:
    """The outer line shrunk to the box of the holes, turned round so that it cuts."""
    (left, right), (low, high) = ((min(axis), max(axis)) for axis in zip(*outer, strict=True))
    (left_in, right_in), (low_in, high_in) = ((min(axis), max(axis)) for axis in zip(*holes, strict=True))
    wide, tall = (right_in - left_in) / (right - left), (high_in - low_in) / (high - low)
    return [(left_in + (x - left) * wide, low_in + (y - low) * tall) for x, y in reversed(outer)]


def redraw(font: TTFont) -> None:
    """Replace the zero's holes by one, in the default outline and in every weight's change of it."""
    glyph, tabular = font["glyf"]["zero"], font["glyf"]["zero.tf"]
    points, ends, flags = glyph.getCoordinates(font["glyf"])
    points, rim = [tuple(map(float, p)) for p in points], ends[0] + 1
    shift = tabular.components[0].x
    whole = points[:rim] + hole(points[:rim], points[rim:])

    changes = font["gvar"].variations
    for change, moved in zip(changes["zero"], changes["zero.tf"], strict=True):
        deltas = [delta or (0, 0) for delta in change.coordinates]
        there = [(x + dx, y + dy) for (x, y), (dx, dy) in zip(points, deltas[: len(points)], strict=True)]
        master = there[:rim] + hole(there[:rim], there[rim:])
        slide = (moved.coordinates[0] or (0, 0))[0]
        drawn = [(round(x - a + slide), round(y - b)) for (x, y), (a, b) in zip(master, whole, strict=True)]
        change.coordinates = drawn + [delta or (0, 0) for delta in moved.coordinates[-4:]]

    glyph.coordinates = GlyphCoordinates([(round(x + shift), round(y)) for x, y in whole])
    glyph.endPtsOfContours = [rim - 1, 2 * rim - 1]
    glyph.flags = bytearray(list(flags[:rim]) + list(reversed(flags[:rim])))
    glyph.numberOfContours = 2
    glyph.recalcBounds(font["glyf"])
    advance, _ = font["hmtx"]["zero.tf"]
    font["hmtx"]["zero"] = (advance, glyph.xMin)


def main() -> None:
    """Read the vendored font, redraw its zero, keep nothing else, and write the file."""
    font = TTFont(FONTS / "atkinson-hyperlegible-next-latin.woff2", recalcTimestamp=False)
    for name in ("zero", "zero.tf"):  # read now, before the outline they belong to changes
        font["gvar"].variations[name] = list(font["gvar"].variations[name])
    redraw(font)
    for table in ("GSUB", "GPOS", "GDEF", "HVAR", "MVAR"):
        if table in font:
            del font[table]
    options = Options(hinting=False, name_IDs=[0, 13, 14], notdef_outline=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[0x30])
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(FONTS / "rundbord-zero.woff2")
    print(f"rundbord-zero.woff2: {(FONTS / 'rundbord-zero.woff2').stat().st_size} bytes")


if __name__ == "__main__":
    main()
