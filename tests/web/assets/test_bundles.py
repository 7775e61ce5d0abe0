"""The phone's scripts joined: every module in one parcel, nothing lost, and with each screen the texts it names."""

from __future__ import annotations

import graphlib
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.assets.test_files import PARSE
from workshop.web.assets import bundles, catalogue
from workshop.web.assets.files import register_statics, static_url
from workshop.web.assets.modules import STATIC, closure, later_of, script

PHONE = {f"js/phone/{path.name}" for path in (STATIC / "js/phone").glob("*.js")}


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    app = Flask(__name__, static_folder=None, instance_path=str(tmp_path))
    register_statics(app)
    app.register_blueprint(catalogue.texts)
    return app.test_client()


def test_every_module_of_the_phone_lies_in_one_parcel():
    held = [path for paths in bundles.layout().values() for path in paths]
    assert len(held) == len(set(held))
    assert set(held) >= PHONE and "js/live/room.js" in held and "js/helper/bar.js" in held
    assert not any(path.startswith(("js/console", "js/board")) for path in held)


def test_a_screen_gets_nothing_that_only_others_need():
    first = closure([bundles.ROOT])
    for entry in later_of(first):
        mine = set(closure([entry]))
        for path in bundles.needed(entry):
            name = path.removeprefix(bundles.FOLDER).removesuffix(".js")
            if name not in ("phone", "start") and path.startswith(bundles.FOLDER):
                assert set(bundles.layout()[name]) <= mine, (entry, name)


def test_a_parcel_stands_on_what_is_there_before_it():
    """In rings parcels would wait for each other; and the first may wait for a later one only where nothing waits for it."""
    stands_on = {
        name: {bundles.parcel_of(one) for path in paths for one in script(path).at_once if one.startswith("js/")} - {name}
        for name, paths in bundles.layout().items()
    }
    graphlib.TopologicalSorter(stands_on).prepare()
    assert [name for name, others in stands_on.items() if "start" in others] == []
    waiting = [name for name, paths in bundles.layout().items() if any(script(path).waits for path in paths)]
    assert waiting == ["start"]


@pytest.mark.parametrize("page", bundles.WHOLE)
def test_a_page_that_needs_all_its_modules_gets_them_as_one_parcel(page: str):
    start = bundles.WHOLE[page]
    *libraries, parcel = bundles.needed(start)
    assert parcel == f"{bundles.FOLDER}{page}.js" and libraries and all("vendor/" in one for one in libraries)
    assert later_of(closure([start])) == []
    folder = {f"js/{page}/{path.name}" for path in (STATIC / "js" / page).glob("*.js")}
    assert set(bundles.whole(page) or ()) == set(closure([start])) >= folder - {"js/helper/bar.js"}


def test_every_parcel_is_a_script_that_gives_what_its_modules_gave():
    node = shutil.which("node")
    if node is None:
        pytest.fail("node is not installed: make test installs it")
    sent = []
    pages = {page: bundles.whole(page) or () for page in bundles.WHOLE}
    for name, paths in {**bundles.layout(), **pages}.items():
        text = bundles.joined(f"{bundles.FOLDER}{name}.js")
        assert text is not None
        sent.append((name, text))
        for path in paths:
            exported = re.findall(r"^export (?:async )?(?:function|class|const) (\w+)", script(path).source, re.M)
            for one in exported:
                assert re.search(rf"^return\{{.*\b{one}\b", text, re.M), (path, one)
            # What people read stands in templates and strings: none of it may be lost.
            assert [words for words in re.findall(r"t\('[\w.]+'", script(path).source) if words not in text] == []
    parse = [node, "--no-warnings", "--experimental-vm-modules", "-e", PARSE]
    done = subprocess.run(parse, input=json.dumps(sent), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_parcel_is_sent_and_one_that_is_not_there_is_not_found(client: FlaskClient):
    answer = client.get(static_url(f"{bundles.FOLDER}phone.js"))
    assert answer.status_code == 200 and answer.mimetype == "text/javascript" and b"$live_room" in answer.data
    assert client.get(static_url(f"{bundles.FOLDER}nothing.js")).status_code == 404


def test_a_module_that_cannot_be_joined_is_named(monkeypatch: pytest.MonkeyPatch):
    bad = replace(script("js/phone/me.js"), source="import everything from './sheets.js';\n")
    monkeypatch.setattr(bundles, "script", lambda path: bad)
    with pytest.raises(ValueError, match=r"js/phone/me\.js"):
        bundles._wrapped("js/phone/me.js")


@pytest.mark.parametrize("lang", ["da", "en"])
def test_the_texts_of_all_screens_are_those_of_the_phone(lang: str):
    def of(surface: str) -> set[str]:
        return set(json.loads(catalogue._content(lang, surface))["messages"])

    everything, first = of("phone_more"), of("phone")
    assert first <= everything and len(first) < len(everything) / 3
    for screen in catalogue.screens():
        assert of(f"phone-{screen}") <= everything, screen
    named = first.union(*(of(f"phone-{screen}") for screen in catalogue.screens()))
    assert named > {"phone.wording.say", "check.G01", "field.goal.title", "amount.withheld", "error.empty"}
    assert "phone.outcome.ratified.two" in named, "a text for exactly two comes with that of its key"
    assert {key for key in everything - named if key.startswith("phone.")} == set()


def test_a_hole_in_a_key_stands_for_one_word():
    named = set(json.loads(catalogue._content("da", "phone-decisions"))["messages"])
    assert {"field.goal.owner", "field.agreement.openness", "choice.openness.public"} <= named
    assert [key for key in named if key.endswith(".hint") and key.startswith("field.")] == []


@pytest.mark.parametrize(
    ("screen", "without"),
    [
        (
            "decisions",
            {"phone/outcome", "phone/versions", "phone/lastchange", "elements/ring", "elements/bars", "lib/values"},
        ),
        ("sheet", {"phone/lastchange", "elements/changes", "elements/difference"}),
        ("idealist", {"phone/ideas", "phone/writing", "phone/askagain"}),
        ("ballots", {"phone/published", "phone/question", "elements/bars"}),
    ],
)
def test_a_screen_brings_only_what_is_seen_on_it_at_first(screen: str, without: set[str]):
    """What is seen after a press, a change or the result is fetched when it comes to that."""
    brought = closure([f"js/phone/{screen}.js"])
    assert {f"js/{module}.js" for module in without} & set(brought) == set()
    assert all((STATIC / f"js/{module}.js").is_file() for module in without)


def test_the_addresses_of_texts_answer_and_change_with_them(client: FlaskClient):
    answer = client.get(catalogue.screen_texts_url("da").replace("*", "ballots"))
    assert "immutable" in answer.headers["Cache-Control"] and "phone.ballot.ask" in answer.get_json()["messages"]
    assert client.get("/catalogue/da.phone-ballots.0000000000.json").headers["Cache-Control"] == "no-cache"
    for surface in ("phone-nothing", "ballots", "phone-*", "nothing"):
        assert client.get(f"/catalogue/da.{surface}.0000000000.json").status_code == 404
