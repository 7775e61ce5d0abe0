"""Write down which characters the fonts bundled for the PDF can draw (workshop/export/glyphs.py reads it).

`coverage.txt` holds every character some font has; `latin.txt` those that both main fonts have.
Run it after `make vendor` has fetched other fonts: `.venv/bin/python scripts/font_coverage.py`. Needs fontTools.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "workshop" / "export" / "fonts"
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


def main() -> None:
    """Write both lists."""
    every = set().union(*(characters(path) for path in sorted(FONTS.glob("*.ttf"))))
    both = set.intersection(*(characters(FONTS / name) for name in MAIN))
    for name, codes in (("coverage.txt", every), ("latin.txt", both)):
        (FONTS / name).write_text("\n".join(ranges(codes)) + "\n", encoding="ascii")
        print(f"{name}: {len(codes)} characters")


if __name__ == "__main__":
    main()
