"""A tiny server for the gallery: the product's static files, the texts, and a QR code. Nothing else of the product.

python -m tests.browser.gallery.server      then open the address it prints
"""

from __future__ import annotations

import json
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import segno

from workshop.catalogue import load_file

ROOT = Path(__file__).resolve().parents[3]
HERE = Path(__file__).resolve().parent
ADDRESS = "https://rundbord.example/j/7Q4M0K"


def catalogue(language: str) -> dict:
    """The texts the elements use, as the page gets them."""
    texts = ROOT / "workshop/translations" / language
    return {
        "language": language,
        "messages": {
            key: text for name in ("common", "hands", "results") for key, text in load_file(texts / f"{name}.po").items()
        },
    }


def qr_code() -> dict:
    """The same code as a matrix and as a drawing."""
    code = segno.make(ADDRESS, error="m")
    return {
        "address": ADDRESS,
        "modules": ["".join(str(int(cell)) for cell in row) for row in code.matrix],
        "svg": code.svg_inline(border=4),
    }


class Handler(SimpleHTTPRequestHandler):
    """Static files from `static/`, the gallery's own from this folder, and two answers in JSON."""

    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript", ".woff2": "font/woff2"}

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == "/catalogue.json":
            self.answer(catalogue(parse_qs(address.query).get("language", ["da"])[0]))
        elif address.path == "/qr.json":
            self.answer(qr_code())
        else:
            super().do_GET()

    def answer(self, content: dict) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def translate_path(self, path: str) -> str:
        inside = urlsplit(path).path
        base = ROOT if inside.startswith("/static/") else HERE
        return str((base / inside.lstrip("/")).resolve())

    def log_message(self, *args: object) -> None:
        """Quiet."""


def start(port: int = 0) -> ThreadingHTTPServer:
    """A server on a free port (or the given one) of this machine alone; the caller runs and closes it."""
    return ThreadingHTTPServer(("127.0.0.1", port), partial(Handler))


if __name__ == "__main__":
    with start(8765) as server:
        print(f"http://127.0.0.1:{server.server_port}/index.html")
        server.serve_forever()
