"""A workshop's groups in their forms."""

from __future__ import annotations

import json

import pytest

from tests.web.conftest import Browser, Page, workshop
from tests.web.organiser.saving import at, group
from workshop import rate_limits


def test_groups_are_added_edited_and_removed(mette: Browser):
    number = mette.make()
    answer = mette.send(
        at(number, "groups"), **{"new-da": "Unge & ældre på Ærø", "new-level": "region", "new-required": "y"}
    )
    assert answer.status_code == 303
    made = group(number, "unge-aeldre-paa-aeroe")
    assert (made.name_da, made.name_en, made.level, made.required, made.self_selectable) == (
        "Unge & ældre på Ærø", "Unge & ældre på Ærø", "region", True, False,
    )  # fmt: skip
    assert made.code in mette.open(at(number, "groups")).text
    prefix = f"g{made.id}-"
    mette.send(at(number, f"groups/{made.id}"), page=at(number, "groups"),
               **{f"{prefix}da": "Unge", f"{prefix}en": "Young people", f"{prefix}self_selectable": "y"})  # fmt: skip
    made = group(number, made.key)
    assert (made.name_da, made.name_en, made.level, made.self_selectable) == ("Unge", "Young people", None, True)
    mette.send(at(number, f"groups/{made.id}/remove"), page=at(number, "groups"))
    assert "Young people" not in json.dumps([g.name_en for g in workshop(number).groups])


def test_a_group_that_somebody_has_joined_stays(mette: Browser, stranger: Browser):
    number = mette.make()
    citizens = group(number, "citizens").id
    stranger.client.post("/api/join", json={"code": workshop(number).code, "group": "citizens"})
    answer = mette.send(at(number, f"groups/{citizens}/remove"), page=at(number, "groups"))
    assert answer.status_code == 409 and "Der er deltagere i gruppen" in Page(answer.get_data(as_text=True)).text
    assert group(number, "citizens").id == citizens


@pytest.mark.parametrize(("name", "words"), [("", "er tomt"), ("x" * 61, "60 tegn")])
def test_a_groups_bad_name_is_told_in_its_own_form(mette: Browser, name: str, words: str):
    number = mette.make()
    citizens = group(number, "citizens").id
    answer = mette.send(at(number, f"groups/{citizens}"), page=at(number, "groups"), **{f"g{citizens}-da": name})
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422 and words in html and "<details open>" in html
    assert f'id="g{citizens}-da" name="g{citizens}-da" aria-invalid="true"' in html


def test_whoever_sends_form_after_form_is_asked_to_wait(mette: Browser, monkeypatch: pytest.MonkeyPatch):
    """Forms and calls of the API are counted together."""
    number = mette.make()
    monkeypatch.setattr(rate_limits, "_CHAIR_STEADY", rate_limits.Limit(1, 60))
    rate_limits._counters.kept.clear()
    assert mette.send(at(number, "groups"), **{"new-da": "Unge"}).status_code == 303
    answer = mette.send(at(number, "groups"), **{"new-da": "Gamle"})
    assert answer.status_code == 429 and "Prøv igen om" in Page(answer.get_data(as_text=True)).text
    assert mette.client.post("/api/workshops", json={}, headers={"X-Rundbord": "1"}).status_code == 429
    assert "Gamle" not in [one.name_da for one in workshop(number).groups]
