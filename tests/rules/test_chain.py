"""The journal as a hash chain: every change of what was written is found."""

import copy
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules import chain


def journal(length=6):
    entries, previous = [], chain.START
    for seq in range(1, length + 1):
        entry = {"seq": seq, "name": "post_idea", "args": {"text": f"æøå {seq}"}, "who": "p7"}
        entry["hash"] = previous = chain.link(previous, entry)
        entries.append(entry)
    return entries


def test_an_untouched_chain_holds_and_says_how_long_it_is():
    entries = journal()
    verdict = chain.verify(entries, count=6, last_hash=entries[-1]["hash"])
    assert verdict.holds
    assert (verdict.entries, verdict.last_hash) == (6, entries[-1]["hash"])


def test_an_empty_chain_holds_and_ends_where_it_starts():
    assert chain.verify([]) == chain.Verdict(0, chain.START)


def test_the_hash_is_plain_sha_256_that_anybody_can_compute():
    entry = {"seq": 1, "name": "å"}
    expected = hashlib.sha256((chain.START + '\n{"name":"å","seq":1}').encode()).hexdigest()
    assert chain.link(chain.START, entry) == expected


def test_the_order_of_keys_does_not_matter():
    assert chain.link("a", {"x": 1, "y": [1, 2]}) == chain.link("a", {"y": [1, 2], "x": 1})


@pytest.mark.parametrize("place", range(6))
def test_a_changed_entry_is_found_where_it_stands(place):
    entries = journal()
    entries[place]["args"]["text"] += "!"
    assert (chain.verify(entries).fault, chain.verify(entries).at) == ("hash", place)


@pytest.mark.parametrize("place", range(5))
def test_a_dropped_entry_is_found_at_the_next_one(place):
    entries = journal()
    del entries[place]
    assert (chain.verify(entries).fault, chain.verify(entries).at) == ("hash", place)


def test_two_swapped_entries_are_found():
    entries = journal()
    entries[2], entries[3] = entries[3], entries[2]
    assert not chain.verify(entries).holds


@pytest.mark.parametrize("number", [2, 3])
def test_a_renumbered_entry_is_found_even_when_its_hash_is_made_anew(number):
    entries = journal()
    entries[3]["seq"] = number
    previous = entries[2]["hash"]
    for entry in entries[3:]:
        entry["hash"] = previous = chain.link(previous, entry)
    assert chain.verify(entries) == chain.Verdict(3, entries[2]["hash"], "order", 3)


def test_a_chain_rewritten_from_the_start_is_found_by_its_printed_last_hash():
    printed = journal()[-1]["hash"]
    entries, previous = journal(), chain.START
    for entry in entries:
        entry["args"]["text"] = "something else"
        entry["hash"] = previous = chain.link(previous, entry)
    assert chain.verify(entries).holds
    assert chain.verify(entries, last_hash=printed).fault == "last_hash"


def test_a_cut_off_end_is_found_by_the_printed_count():
    entries = journal()
    assert chain.verify(entries[:-1]).holds
    assert chain.verify(entries[:-1], count=6).fault == "count"


def test_an_entry_without_its_hash_does_not_hold():
    entries = journal()
    del entries[1]["hash"]
    assert chain.verify(entries).at == 1


def test_not_a_number_has_no_canonical_form():
    with pytest.raises(ValueError, match="Out of range"):
        chain.canonical({"share": float("nan")})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text().filter(lambda key: key != "hash"), JSON, min_size=1), st.data())
def test_changing_any_one_value_changes_the_hash(entry, data):
    key = data.draw(st.sampled_from(sorted(entry)))
    other = copy.deepcopy(entry)
    other[key] = [entry[key]]
    assert chain.link("a", entry) != chain.link("a", other)
    assert chain.link("a", entry) != chain.link("b", entry)


def test_a_digest_says_nothing_without_its_salt_and_knows_equal_letters():
    salt = b"0123456789abcdef"
    assert chain.digest("Å", salt) == chain.digest("A\u030a", salt)
    assert chain.digest("Å", salt) != chain.digest("Å", b"another salt, 16+")
    with pytest.raises(ValueError, match="salt"):
        chain.digest("Å", b"short")
