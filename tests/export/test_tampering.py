"""Whatever is changed in a file is found, also when it was changed by somebody who mends the fingerprints."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from typing import Any

import pytest

from tests.export.proved import Document, assert_found, chained, document, faults
from workshop.export.checking.core import once
from workshop.export.checking.program import check
from workshop.export.checking.shortlist import lot


def found(document: Document, record: str) -> Document:
    """A ballot or decision of the proof."""
    proof = document["proof"]
    return next(one for one in (*proof["ballots"], *proof["decisions"]) if one["id"] == record)


def version(document: Document, number: int, subject: str = "goal:1") -> Document:
    """A version of a text."""
    rows = document["proof"]["versions"]
    return next(one for one in rows if (one["subject"], one["version"]) == (subject, number))


def entries(document: Document) -> list[Document]:
    return document["proof"]["journal"]["entries"]


# a change by somebody who does not mend anything


def code(text: str) -> int:
    """What the checker ends with for the text of a file."""
    try:
        content = json.loads(text, object_pairs_hook=once)
    except ValueError:
        return 2
    return int(bool(check(content).faults))


def test_one_changed_byte_is_found_wherever_it_is() -> None:
    text = json.dumps(document(), ensure_ascii=False)
    draw = random.Random(7)
    for _ in range(80):
        place = draw.randrange(len(text))
        changed = text[:place] + chr(ord(text[place]) ^ 1) + text[place + 1 :]
        assert code(changed) in (1, 2), text[max(0, place - 40) : place + 40]


def test_a_key_that_is_there_twice_is_refused() -> None:
    assert code(json.dumps(document())[:-1] + ', "title": "Another"}') == 2


# a change by somebody who makes the file's own fingerprint anew: the fault itself is found


def _drop(rows: list[Any], place: int) -> None:
    del rows[place]


def _swap(rows: list[Any], one: int, other: int) -> None:
    rows[one], rows[other] = rows[other], rows[one]


def _renumber(document: Document) -> None:
    for entry in entries(document)[50:]:
        entry["seq"] += 1


def _truncate(document: Document) -> None:
    """The last entries are cut off, and the end is said to be where it now is."""
    journal = document["proof"]["journal"]
    del journal["entries"][-30:]
    journal["count"], journal["last_hash"] = len(journal["entries"]), journal["entries"][-1]["hash"]
    document["provenance"] |= {"journal_entries": journal["count"], "journal_hash": journal["last_hash"]}


def _cut(document: Document) -> None:
    del entries(document)[-1]


def _swap_versions(document: Document) -> None:
    rows = document["proof"]["versions"]
    _swap(rows, rows.index(version(document, 1)), rows.index(version(document, 2)))


def _swap_words(document: Document) -> None:
    one, other = version(document, 1), version(document, 2)
    one["content"], other["content"] = other["content"], one["content"]


def _other_stance(document: Document) -> None:
    """The first paper, whatever was on it: the papers of a closed vote lie in the order of random keys."""
    paper = found(document, "decision:2")["papers"][0]
    paper["stance"] = "against" if paper["stance"] == "blank" else "blank"


def _language(document: Document) -> Document:
    """The version of the agreement that only corrects its language, after the decision on it."""
    return version(document, 2, "agreement:1")


JOURNAL = {"journal.hash"}
TAMPERINGS: dict[str, tuple[Callable[[Document], Any], set[str]]] = {
    "an entry is changed": (lambda d: entries(d)[40].update(name="close_ballot"), JOURNAL),
    "an entry is dropped": (lambda d: _drop(entries(d), 40), JOURNAL),
    "two entries are swapped": (lambda d: _swap(entries(d), 40, 41), JOURNAL),
    "an entry is put in twice": (
        lambda d: entries(d).insert(40, copy.deepcopy(entries(d)[40])),
        {"journal.order", "journal.hash"},
    ),
    "entries are numbered anew": (_renumber, JOURNAL),
    "the end is cut off": (_cut, {"journal.count", "journal.last"}),
    "the end is cut off and hidden": (
        _truncate,
        {"vote.state", "vote.early", "texts.unknown", "vote.unknown"},
    ),
    "the beginning is cut off": (lambda d: _drop(entries(d), 0), JOURNAL),
    "a word is changed": (lambda d: version(d, 1)["content"].update(title="Andet"), {"texts.hash"}),
    "two versions are swapped": (_swap_versions, {"texts.order"}),
    "the words of two versions are swapped": (_swap_words, {"texts.hash"}),
    "a version has another number": (
        lambda d: version(d, 3).update(version=4),
        {"texts.number", "texts.missing"},
    ),
    "a version is dropped": (lambda d: d["proof"]["versions"].remove(version(d, 2)), {"texts.missing"}),
    "a changed field is not named": (
        lambda d: version(d, 2).update(changed=[]),
        {"texts.told", "texts.changed"},
    ),
    "a change of meaning is called a correction of the language": (
        lambda d: version(d, 3).update(cause="language", confirmed_by="facilitator"),
        {"texts.told", "language.more"},
    ),
    "a correction of the language is called a change": (
        lambda d: _language(d).update(cause="editor"),
        {"texts.told", "file.standing", "file.history"},
    ),
    "nobody is said to have confirmed a correction": (
        lambda d: _language(d).update(confirmed_by=None),
        {"texts.told", "language.confirmed"},
    ),
    "another is said to have confirmed a correction": (
        lambda d: _language(d).update(confirmed_by="participant"),
        {"texts.told", "file.history"},
    ),
    "what people read calls a change a correction": (
        lambda d: d["goals"][0]["revisions"][-1].update(cause="language", confirmed_by="facilitator"),
        {"file.history"},
    ),
    "what people read of a change is something else": (
        lambda d: d["goals"][0]["revisions"][-1]["changes"][0].update(old="Noget andet"),
        {"file.history"},
    ),
    "a change people read is left out": (lambda d: _drop(d["goals"][0]["revisions"], 0), {"file.history"}),
    "a ballot is dropped": (lambda d: _drop(d["proof"]["ballots"], 0), {"vote.missing"}),
    "a decision is dropped": (lambda d: _drop(d["proof"]["decisions"], 1), {"vote.missing"}),
    "a paper is dropped": (lambda d: _drop(found(d, "ballot:1")["papers"], 3), {"vote.papers_hash"}),
    "a paper is put in twice": (
        lambda d: found(d, "ballot:1")["papers"].append(found(d, "ballot:1")["papers"][0]),
        {"vote.papers_hash"},
    ),
    "a stance is changed": (
        _other_stance,
        {"vote.papers_hash"},
    ),
    "a result is changed": (
        lambda d: found(d, "ballot:2")["result"]["turnout"].update(voted=23),
        {"vote.result_hash"},
    ),
    "an outcome is changed": (
        lambda d: found(d, "decision:3")["result"].update(outcome="no_quorum"),
        {"vote.result_hash"},
    ),
    "a setting is changed": (
        lambda d: found(d, "ballot:1")["terms"]["settings"].update(seats=3),
        {"vote.terms"},
    ),
    "a threshold is changed": (
        lambda d: found(d, "decision:3")["terms"]["rules"].update(quorum="1/3"),
        {"vote.terms"},
    ),
    "a decision is moved to another text": (
        lambda d: found(d, "decision:2")["terms"].update(version=2),
        {"vote.terms", "decision.text"},
    ),
    "the lot is changed": (lambda d: d["proof"].update(lot_seed="0" * 16), {"journal.seed"}),
    "a ballot is called open": (lambda d: found(d, "ballot:4").update(state="open"), {"vote.state"}),
    "the words people read are changed": (lambda d: d["goals"][0].update(title="Noget andet"), {"file.text"}),
    "the outcome people read is changed": (
        lambda d: d["decisions"][0].update(outcome="no_quorum"),
        {"file.vote"},
    ),
    "a decision people read is left out": (lambda d: _drop(d["decisions"], 0), {"file.votes"}),
    "a figure people read is changed": (
        lambda d: d["ballots"][0]["options"][0].update(total=[24]),
        {"file.vote"},
    ),
    "the end people read is changed": (
        lambda d: d["provenance"].update(journal_entries=7),
        {"file.provenance"},
    ),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_each_tampering_is_found_though_the_file_is_stamped_anew(name: str) -> None:
    tamper, expected = TAMPERINGS[name]
    changed = document()
    tamper(changed)
    assert_found(changed, expected)


# a change by somebody who makes the whole journal anew: what does not add up is found


def _counts(document: Document, option: int, **change: Any) -> None:
    found(document, "ballot:1")["result"]["options"][option]["by_group"].update(change)


def _shortlist(document: Document, record: str = "ballot:1") -> Document:
    return found(document, record)["result"]["shortlist"]


def _other_order(document: Document) -> None:
    for one in (document["ballots"][0]["shortlist"], _shortlist(document)):
        one["winners"].reverse()
        one["steps"].reverse()


def _another_lot(document: Document) -> None:
    """A lot by which another of the tied ideas would have been first."""
    step = _shortlist(document)["steps"][0]
    seeds = (f"{number:016x}" for number in range(1000))
    document["proof"]["lot_seed"] = next(
        seed for seed in seeds if min(step["tied"], key=lambda option: lot(seed, option)) != step["option"]
    )


def _blocked(document: Document) -> None:
    result = found(document, "decision:3")["result"]
    result["outcome"] = document["decisions"][0]["outcome"] = "blocked_by_group"


def _status(document: Document) -> None:
    group = found(document, "decision:2")["result"]["groups"][0]
    group["status"] = "not_carried"


DEEP: dict[str, tuple[Callable[[Document], Any], set[str]]] = {
    "a count is changed": (lambda d: _counts(d, 0, citizens=7), {"count.recount", "count.sum"}),
    "two counts are changed": (lambda d: _counts(d, 0, citizens=7, politicians=5), {"count.recount"}),
    "a withheld total is changed": (
        lambda d: found(d, "ballot:2")["result"]["options"][1].update(total=240),
        {"count.turnout", "count.sum", "count.budget"},
    ),
    "a group too small is counted": (
        lambda d: found(d, "ballot:3")["terms"]["eligible"].update(citizens=4),
        {"count.disclosed"},
    ),
    "the turnout is changed": (
        lambda d: found(d, "ballot:4")["result"]["turnout"].update(voted=25),
        {"count.turnout"},
    ),
    "a paper is changed": (
        lambda d: found(d, "ballot:1")["papers"][0].update(choices={"idea:1": 1}),
        {"count.recount"},
    ),
    "a paper is over its budget": (
        lambda d: found(d, "ballot:1")["papers"][0]["choices"].update({"idea:1": 1, "idea:2": 1, "idea:3": 1}),
        {"papers.invalid"},
    ),
    "a paper is dropped": (
        lambda d: _drop(found(d, "ballot:3")["papers"], 0),
        {"count.turnout", "count.recount"},
    ),
    "the winners change places": (_other_order, {"shortlist.replay"}),
    "a price is changed": (
        lambda d: _shortlist(d)["steps"][0].update(price="1/11"),
        {"shortlist.replay", "shortlist.printed"},
    ),
    "a price without papers is changed": (
        lambda d: _shortlist(d, "ballot:6")["steps"][0].update(price="1/11"),
        {"shortlist.printed"},
    ),
    "a tie is hidden": (
        lambda d: _shortlist(d)["steps"][0].update(broken_by="approvals"),
        {"shortlist.replay"},
    ),
    "the lot is drawn again": (_another_lot, {"shortlist.replay", "shortlist.printed"}),
    "the weights are others": (
        lambda d: found(d, "ballot:3")["terms"]["settings"].update(weights="one_person"),
        {"shortlist.replay", "shortlist.printed"},
    ),
    "an answer is changed": (
        lambda d: found(d, "ballot:4")["result"]["options"][0]["by_group"]["citizens"].update(agree=5),
        {"count.recount", "count.sum"},
    ),
    "the common ground is changed": (
        lambda d: found(d, "ballot:4")["result"]["common_ground"][0].update(value=0.9),
        {"ground.value"},
    ),
    "an outcome does not follow": (_blocked, {"decision.outcome"}),
    "a status does not follow": (_status, {"decision.status", "decision.recount"}),
    "a threshold is changed": (
        lambda d: found(d, "decision:2")["terms"]["rules"].update(group_majority="9/10"),
        {"decision.outcome", "decision.status"},
    ),
    "a stance is changed": (
        _other_stance,
        {"decision.recount"},
    ),
    "a version has another number": (lambda d: version(d, 3).update(version=4), {"texts.missing"}),
    "another version was decided on": (
        lambda d: found(d, "decision:2")["terms"].update(version=2),
        {"decision.text"},
    ),
    "a change of meaning is called a correction of the language": (
        lambda d: version(d, 3).update(cause="language", confirmed_by="facilitator"),
        {"language.more"},
    ),
    "a correction of the language turns the meaning round": (
        lambda d: _language(d)["content"].update(disagreement="Vi mødes ikke."),
        {"language.more"},
    ),
    "a correction of the language is called a change": (
        lambda d: _language(d).update(cause="editor"),
        {"file.standing"},
    ),
    "a vote is dropped": (lambda d: _drop(d["proof"]["ballots"], 3), {"vote.missing"}),
}


@pytest.mark.parametrize("name", DEEP)
def test_what_does_not_add_up_is_found_though_the_whole_journal_is_made_anew(name: str) -> None:
    tamper, expected = DEEP[name]
    changed = document()
    tamper(changed)
    keys = faults(chained(changed))
    assert not keys & {"file.hash", "journal.hash", "journal.last", "vote.result_hash", "vote.papers_hash"}
    assert keys & expected, keys


def test_making_the_journal_anew_changes_nothing_where_nothing_was_changed() -> None:
    assert chained(document()) == document()


def test_a_file_made_anew_as_a_whole_is_found_by_the_end_one_has_from_elsewhere() -> None:
    changed, end = document(), document()["provenance"]
    entries(changed)[40]["at"] = "2020-01-01T00:00:00.000Z"
    changed = chained(changed)
    assert faults(changed) == set()
    assert faults(changed, last_hash=end["journal_hash"]) == {"journal.last"}
    assert faults(changed, count=end["journal_entries"] - 1) == {"journal.count"}
    assert faults(document(), count=end["journal_entries"], last_hash=end["journal_hash"].upper()) == set()
