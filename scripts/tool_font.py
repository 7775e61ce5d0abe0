"""Cut the font of the tool for phones: `static/fonts/rundbord-tool.woff2`, 18 kB instead of 34.

Four changes to the vendored Atkinson Hyperlegible Next, which its licence allows (OFL, no reserved font name):

- Only the weights the pages use, 400 to 750.
- Its zero is slashed, which is right in a code and unquiet in a clock. Tabular figures, which the pages use
  everywhere, get a zero without the slash: the outer line of the original, and one inner line of the same
  shape, as wide and as high as its two holes together. Proportional figures keep the slash: codes use those.
- Pairs of letters stand as far apart in every weight as in the regular one, and glyphs have no names.
- Without what no page needs: where a loose accent goes (texts come composed) and the names of the styles.

Run by `scripts/vendor.py` (`make vendor`); needs fontTools and brotli (requirements-dev.txt).
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables
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


def keep_regular_pairs(font: TTFont) -> None:
    """Take the variation out of the distances between pairs of letters, and the names out of the glyphs."""
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            if table.LookupType != 2:
                continue
            for pair in _pairs(table):
                for value in filter(None, (pair.Value1, pair.Value2)):
                    vars(value).pop("XAdvDevice", None)
            table.ValueFormat1 &= 0x0F
            table.ValueFormat2 &= 0x0F
    font["post"].formatType = 3


def _pairs(table: otTables.PairPos) -> Iterator[Any]:
    if table.Format == 1:
        return (record for found in table.PairSet for record in found.PairValueRecord)
    return (record for found in table.Class1Record for record in found.Class2Record)


def without_unneeded(drawn: TTFont) -> TTFont:
    """Returns the font without the places of loose accents and what only a menu of fonts reads; every letter stays."""
    # Written and read again: the subsetter needs the variations of every glyph, also of those that have none.
    whole = BytesIO()
    drawn.save(whole)
    font = TTFont(whole, recalcTimestamp=False)
    options = Options()
    options.layout_features = ["ccmp", "frac", "kern", "locl", "pnum", "tnum"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 14]
    options.drop_tables += ["STAT"]
    options.notdef_outline = True
    options.glyph_names = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=list(font.getBestCmap()))
    subsetter.subset(font)
    return font


def main() -> None:
    """Read the vendored font, cut its weights, draw the zero, and write the file under our name."""
    font = instantiateVariableFont(TTFont(SOURCE, recalcTimestamp=False), {"wght": WEIGHTS})
    draw_plain_zero(font)
    keep_regular_pairs(font)
    font = without_unneeded(font)
    for record in font["name"].names:
        if record.nameID in (1, 4, 16):
            font["name"].setName(NAME, record.nameID, record.platformID, record.platEncID, record.langID)
    font.flavor = "woff2"
    font.save(TARGET)
    print(f"{TARGET.name}: {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
