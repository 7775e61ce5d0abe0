"""Fetch the browser libraries and fonts the pages use, at pinned versions, from the npm registry.

Run it by `make vendor`. Nothing is built: files are copied as their makers published them (only the
comment that points to a source map, which we do not ship, is taken off), beside their licence.
`static/vendor/VERSIONS.json` says what is there, from which package, with a digest of every file.

To move to a newer version: change the number and the digest below (`npm view NAME@VERSION
dist.integrity`), run `make vendor`, look at the diff, run the browser tests.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE_MAP = re.compile(rb"\n?//# sourceMappingURL=\S+\s*$")


@dataclass(frozen=True)
class Package:
    """One npm package: its pinned version, the registry's digest of it, and which files go where."""

    name: str
    version: str
    licence: str
    integrity: str
    folder: str
    files: dict[str, str]  # path inside the package: name in our folder


PACKAGES = [
    Package(
        name="lit-html",
        version="3.3.3",
        licence="BSD-3-Clause",
        integrity="sha512-el8M6jK2o3RXBnrSHX3ZKrsN8zEV63pSExTO1wYJz7QndGYZ8353e2a5PPX+qHe2aGayfnchQmkAojaWAREOIA==",
        folder="static/vendor/lit-html",
        files={
            "lit-html.js": "lit-html.js",
            "directive.js": "directive.js",
            "directive-helpers.js": "directive-helpers.js",
            "directives/repeat.js": "directives/repeat.js",
            "directives/live.js": "directives/live.js",
            "directives/keyed.js": "directives/keyed.js",
            "directives/guard.js": "directives/guard.js",
            "LICENSE": "LICENSE",
        },
    ),
    Package(
        name="socket.io-client",
        version="4.8.4",
        licence="MIT",
        integrity="sha512-7wjKAvVXYOJsbmUgkWbnhPD4bFpkqrUR0++XOjpGFmqDqsqV1CI93VTraeExLxpjxEqrWgFoSRZu1ihjLWfkAA==",
        folder="static/vendor/socket.io-client",
        files={"dist/socket.io.esm.min.js": "socket.io.esm.min.js", "LICENSE": "LICENSE"},
    ),
    Package(
        name="sortablejs",
        version="1.15.7",
        licence="MIT",
        integrity="sha512-Kk8wLQPlS+yi1ZEf48a4+fzHa4yxjC30M/Sr2AnQu+f/MPwvvX9XjZ6OWejiz8crBsLwSq8GHqaxaET7u6ux0A==",
        folder="static/vendor/sortablejs",
        files={"modular/sortable.esm.js": "sortable.esm.js", "LICENSE": "LICENSE"},
    ),
    Package(
        name="@fontsource-variable/atkinson-hyperlegible-next",
        version="5.3.0",
        licence="OFL-1.1",
        integrity="sha512-UnLzNUy1RWoLDfydAatP4NaRm99X/WbQEph7q/PymJnCFIOOwKOx3pBmp5ys8trO0dM+CKGuJgeZP9fAR4mQpA==",
        folder="static/fonts",
        files={
            "files/atkinson-hyperlegible-next-latin-wght-normal.woff2": "atkinson-hyperlegible-next-latin.woff2",
            "LICENSE": "atkinson-hyperlegible-next-LICENSE",
        },
    ),
    Package(
        name="@fontsource-variable/source-serif-4",
        version="5.3.1",
        licence="OFL-1.1",
        integrity="sha512-4Rtay22SC4lMvw11r/+9kxANB6P3M0X8s1NudBC2v0J1KU2y3DcMoNcT3lBoZ/CqLirzf+StlO6UlJilyrvaUg==",
        folder="static/fonts",
        files={
            "files/source-serif-4-latin-wght-normal.woff2": "source-serif-4-latin.woff2",
            "LICENSE": "source-serif-4-LICENSE",
        },
    ),
    Package(
        name="axe-core",
        version="4.14.1",
        licence="MPL-2.0",
        integrity="sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
        folder="tests/vendor",
        files={"axe.min.js": "axe.min.js", "LICENSE": "axe-core-LICENSE"},
    ),
    # The PDF's own fonts, as TrueType: Typst reads no woff2, and a server has no fonts to rely on.
    Package(
        name="@expo-google-fonts/source-serif-4",
        version="0.4.1",
        licence="OFL-1.1",
        integrity="sha512-Ej4UXDjW1kwYPHG8YLq6fK1bqnJGb3K35J3S5atSL0ScKFAFLKvndxoTWeCls7mybtlS9x99hzwDeXCBkiI3rA==",
        folder="workshop/export/fonts",
        files={
            "400Regular/SourceSerif4_400Regular.ttf": "SourceSerif4_400Regular.ttf",
            "600SemiBold/SourceSerif4_600SemiBold.ttf": "SourceSerif4_600SemiBold.ttf",
            "LICENSE_FONT": "SourceSerif4-LICENSE",
        },
    ),
    Package(
        name="@expo-google-fonts/atkinson-hyperlegible-next",
        version="0.4.1",
        licence="OFL-1.1",
        integrity="sha512-tA5NUQCrb4GnQ8kvghyF6Kqw72zr4zSNmMwhCTcHlsu/jE5JoF8Fje5/WwL44y17Lue99pG9cyq3PW5X/7ZDng==",
        folder="workshop/export/fonts",
        files={
            "400Regular/AtkinsonHyperlegibleNext_400Regular.ttf": "AtkinsonHyperlegibleNext_400Regular.ttf",
            "600SemiBold/AtkinsonHyperlegibleNext_600SemiBold.ttf": "AtkinsonHyperlegibleNext_600SemiBold.ttf",
            "LICENSE_FONT": "AtkinsonHyperlegibleNext-LICENSE",
        },
    ),
    Package(
        name="@expo-google-fonts/noto-emoji",
        version="0.4.7",
        licence="OFL-1.1",
        integrity="sha512-Gs7URwtKmCzzdGUTYbG8MIohyaQPgGxIaQG5hvyEAaQiEGJpQy6gyP3NDICE0EJkOJFoe1JFD3Hf1L4a3qe4KA==",
        folder="workshop/export/fonts",
        files={
            "400Regular/NotoEmoji_400Regular.ttf": "NotoEmoji_400Regular.ttf",
            "LICENSE_FONT": "NotoEmoji-LICENSE",
        },
    ),
    Package(
        name="@expo-google-fonts/noto-sans-arabic",
        version="0.4.3",
        licence="OFL-1.1",
        integrity="sha512-YvtxyuegxPegu2g5urXJ+gQxRp8i798nQswTmEjwXOWR/fqy0Gvey6h5IoNRBrc43SxRxPezqCiR9ivpfPAXSg==",
        folder="workshop/export/fonts",
        files={
            "400Regular/NotoSansArabic_400Regular.ttf": "NotoSansArabic_400Regular.ttf",
            "LICENSE_FONT": "NotoSansArabic-LICENSE",
        },
    ),
    Package(
        name="@expo-google-fonts/noto-sans-hebrew",
        version="0.4.1",
        licence="OFL-1.1",
        integrity="sha512-NR3vP6GT/hSINLrk4JHJBQnuzh/C1mlMrphNlI2dQaO53a3oTjSRoG4JyYb1B6bHadjsGh0wPZbT4kMJBKjT/w==",
        folder="workshop/export/fonts",
        files={
            "400Regular/NotoSansHebrew_400Regular.ttf": "NotoSansHebrew_400Regular.ttf",
            "LICENSE_FONT": "NotoSansHebrew-LICENSE",
        },
    ),
]


def fetch(package: Package, into: Path) -> Path:
    """Download the package with `npm pack` and return the archive; refuse one with another digest."""
    done = subprocess.run(
        ["npm", "pack", "--silent", f"{package.name}@{package.version}"],
        cwd=into,
        check=True,
        capture_output=True,
        text=True,
    )
    archive = into / done.stdout.strip().splitlines()[-1]
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != package.integrity:
        raise SystemExit(f"{package.name} {package.version}: the archive is not the one that was pinned.")
    return archive


def unpack(package: Package, archive: Path) -> dict[str, str]:
    """Write the wanted files into our folder; return their paths (from the root) and SHA-256 digests."""
    written: dict[str, str] = {}
    with tarfile.open(archive) as tar:
        for inside, ours in package.files.items():
            member = tar.extractfile(f"package/{inside}")
            if member is None:
                raise SystemExit(f"{package.name} {package.version} has no file {inside}.")
            content = member.read()
            if inside.endswith(".js"):
                content = SOURCE_MAP.sub(b"\n", content)
            target = ROOT / package.folder / ours
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            written[f"{package.folder}/{ours}"] = hashlib.sha256(content).hexdigest()
    return written


def main() -> None:
    """Fetch every package and write VERSIONS.json."""
    listing = []
    for package in PACKAGES:
        with tempfile.TemporaryDirectory() as folder:
            files = unpack(package, fetch(package, Path(folder)))
        listing.append({"name": package.name, "version": package.version, "licence": package.licence, "files": files})
        print(f"{package.name} {package.version}: {len(files)} files")
    (ROOT / "static/vendor/VERSIONS.json").write_text(json.dumps(listing, indent=2) + "\n", encoding="utf-8")
    cut_tool_font()


def cut_tool_font() -> None:
    """Cut the font of the tool from the one just fetched, where what it takes is installed."""
    if importlib.util.find_spec("fontTools") is None:
        print("rundbord-tool.woff2: left as it is (pip install -r requirements-dev.txt to cut it again)")
        return
    subprocess.run([sys.executable, str(ROOT / "scripts/tool_font.py")], check=True)


if __name__ == "__main__":
    main()
