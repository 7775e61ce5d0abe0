"""Static files as they are sent: small, whole, and kept for ever under their version."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
from pathlib import Path

import brotli
import pytest
from flask import Flask

from workshop.web.assets.files import STATIC, register_statics, static_url
from workshop.web.assets.minify import without_comments
from workshop.web.assets.modules import static_version
from workshop.web.assets.sheets import without_spaces

SCRIPTS = sorted(path for path in (STATIC / "js").rglob("*.js"))


@pytest.fixture
def client(tmp_path):
    app = Flask(__name__, static_folder=None, instance_path=str(tmp_path))
    register_statics(app)

    @app.after_request
    def as_a_page(response):
        response.headers["Content-Security-Policy"] = "default-src 'self'"
        return response

    return app.test_client()


@pytest.mark.parametrize(
    ("source", "sent"),
    [
        ("const a = 1; // one\nconst b = 2;", "const a = 1;\nconst b = 2;\n"),
        ("/** What. */\nexport const a = 'http://x'; /* y */", "export const a = 'http://x';\n"),
        ("const a = b / c; // d / e", "const a = b / c;\n"),
        ("return /\\/\\/[/'`]/u.test(a) // no", "return /\\/\\/[/'`]/u.test(a)\n"),
        ("const a = `// ${b /* c */} ${`/* ${d} */`} //`;", "const a = `// ${b } ${`/* ${d} */`} //`;\n"),
        ("html`<p>\n    ${a ? html`//` : { b: 1 }.b}\n  </p>`", "html`<p>\n${a ? html`//` : { b: 1 }.b}\n</p>`\n"),
        ("a\n  /* ends a statement\n */ b", "a\nb\n"),
        ("\"\\\"//\" + 'it\\'s /* here */'", "\"\\\"//\" + 'it\\'s /* here */'\n"),
        ("const f = (a) => a.replace(/[^/]*$/, ''); // x", "const f = (a) => a.replace(/[^/]*$/, '');\n"),
    ],
)
def test_a_script_loses_its_comments_and_nothing_else(source, sent):
    assert without_comments(source) == sent


@pytest.mark.parametrize(
    ("source", "sent"),
    [
        ("const a = b + +c - -d;", "const a=b+ +c- -d;\n"),
        ("const { a: b } = c ? [1, 'x y'] : null;", "const{a:b}=c?[1,'x y']:null;\n"),
        ("return a in b && /x y/.test( c );", "return a in b&&/x y/.test(c);\n"),
        ("html`<p a = ${ b || c }> d </p>`", "html`<p a = ${b||c}> d </p>`\n"),
        ("a = b / c / d; e = f / /g/.x", "a=b/c/d;e=f/ /g/.x\n"),
        ("static #a = 1; async () => { await b }\nlet c", "static #a=1;async()=>{await b}\nlet c\n"),
    ],
)
def test_in_a_parcel_it_also_loses_the_spaces_beside_signs(source, sent):
    assert without_comments(source, tight=True) == sent
    assert without_comments(sent, tight=True) == sent


def test_a_template_without_an_end_is_a_fault():
    with pytest.raises(ValueError, match="without an end"):
        without_comments("const a = `b")


PARSE = """
const vm = require('node:vm');
let text = '';
process.stdin.on('data', (part) => (text += part)).on('end', () => {
  for (const [name, source] of JSON.parse(text)) new vm.SourceTextModule(source, { identifier: name });
});
"""


def test_every_script_of_ours_is_still_a_script_without_its_comments():
    node = shutil.which("node")
    if node is None:
        pytest.fail("node is not installed: make test installs it")
    assert len(SCRIPTS) > 50
    all_sent = []
    for path in SCRIPTS:
        source = path.read_text(encoding="utf-8")
        sent = without_comments(source)
        assert without_comments(sent) == sent, path
        # What people read stands in templates and strings: none of it may be lost.
        assert re.findall(r"t\('[\w.]+'", sent) == re.findall(r"t\('[\w.]+'", source), path
        all_sent.append((str(path), sent))
    parse = [node, "--no-warnings", "--experimental-vm-modules", "-e", PARSE]
    done = subprocess.run(parse, input=json.dumps(all_sent), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_style_sheet_loses_its_comments_and_loose_spaces(client):
    written = (STATIC / "css/console.css").read_text(encoding="utf-8")
    sent = client.get(static_url("css/console.css")).text
    assert "/*" in written and "/*" not in sent and len(sent) < 0.9 * len(written)
    assert re.sub(r"/\*.*?\*/|[\s;]+", "", written, flags=re.DOTALL) == re.sub(r"[\s;]+", "", sent), "nothing else is lost"


def test_a_space_that_selects_what_stands_inside_stays():
    sheet = "@layer a { .b :is(th, td) { c: d; } @media (min-width: 1rem) { .e :first-child { f: g; } } }"
    assert without_spaces(sheet) == "@layer a{.b :is(th,td){c:d}@media (min-width:1rem){.e :first-child{f:g}}}"


@pytest.mark.parametrize("path", sorted((STATIC / "css").glob("*.css")), ids=lambda path: path.name)
def test_no_selector_of_a_sheet_becomes_another(path: Path):
    written = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    inside = r"[\w)\]*] :[a-z]"
    assert len(re.findall(inside, without_spaces(written))) == len(re.findall(inside, written))


def test_several_sheets_come_as_one(client):
    answer = client.get(static_url("css/tokens+base.css"))
    parts = [(STATIC / f"css/{name}.css").read_text(encoding="utf-8") for name in ("tokens", "base")]
    assert answer.text == without_spaces("\n".join(parts)) and answer.mimetype == "text/css"


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_what_is_text_comes_compressed_as_it_was_asked_for(client, encoding):
    answer = client.get(static_url("js/live/outbox.js"), headers={"Accept-Encoding": encoding})
    read = {"gzip": gzip.decompress, "br": brotli.decompress}[encoding]
    whole = (STATIC / "js/live/outbox.js").read_text(encoding="utf-8")
    assert answer.headers["Content-Encoding"] == encoding and answer.headers["Vary"] == "Accept-Encoding"
    assert read(answer.data).decode() == without_comments(whole)
    assert len(answer.data) < len(whole) / 3


def test_a_library_keeps_its_licence(client):
    assert b"@license" in client.get(static_url("vendor/lit-html/lit-html.js")).data


def test_only_the_present_version_is_kept(client):
    assert "immutable" in client.get(static_url("css/tokens.css")).headers["Cache-Control"]
    assert client.get("/static/v/earlier/css/tokens.css").headers["Cache-Control"] == "no-cache"
    assert len(static_version()) == 12


def test_scripts_travel_without_the_headers_of_pages(client):
    assert "Content-Security-Policy" not in client.get(static_url("js/lib/browser.js")).headers
    assert "Content-Security-Policy" in client.get(static_url("icons/favicon.svg")).headers


@pytest.mark.parametrize(
    "path",
    ["css/nothing.css", "css/tokens+nothing.css", "../run.py", "css/../../run.py", "css/%2e%2e/%2e%2e/run.py", "js", ""],
)
def test_what_is_not_there_is_not_found(client, path):
    assert client.get(f"/static/v/{static_version()}/{path}").status_code == 404
