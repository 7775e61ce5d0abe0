"""The client's whole rule, one sentence of docs/protocol.md after the other."""

from tests.load.store import APPLIED, BEHIND, IGNORED, Store


def record(number, text="tekst"):
    return {"id": f"idea:{number}", "kind": "idea", "text": text}


def change(start, to, put=(), gone=(), epoch="e1", **more):
    return {"epoch": epoch, "from": start, "to": to, "put": list(put), "gone": list(gone), "now": "", **more}


def store_at(seq, *records):
    store = Store()
    assert store.take_sync(change(0, seq, records, mine={"ready": False}, me={"id": "p:1"}))
    return store


def test_a_new_store_asks_from_nothing():
    assert Store().since() == {"since": 0, "epoch": None}


def test_the_first_sync_fills_the_store_with_what_it_holds():
    store = store_at(7, record(1), record(2))
    assert set(store.records) == {"idea:1", "idea:2"}
    assert store.since() == {"since": 7, "epoch": "e1"}
    assert store.mine == {"ready": False}
    assert store.me == {"id": "p:1"}


def test_a_delta_that_follows_is_applied_whole():
    store = store_at(7, record(1), record(2))
    assert store.take_delta(change(7, 9, [record(2, "ny"), record(3)], ["idea:1"])) == APPLIED
    assert {key: value["text"] for key, value in store.records.items()} == {"idea:2": "ny", "idea:3": "tekst"}
    assert store.seq == 9


def test_an_overlapping_delta_is_harmless():
    store = store_at(7, record(1))
    assert store.take_delta(change(4, 9, [record(1, "ny")])) == APPLIED
    assert store.records["idea:1"]["text"] == "ny"


def test_a_delta_already_read_is_ignored():
    store = store_at(7, record(1))
    assert store.take_delta(change(5, 7, [record(1, "gammel")])) == IGNORED
    assert store.records["idea:1"]["text"] == "tekst"


def test_a_delta_after_a_gap_asks_for_a_sync_and_changes_nothing():
    store = store_at(7, record(1))
    assert store.take_delta(change(8, 9, [record(2)])) == BEHIND
    assert set(store.records) == {"idea:1"}
    assert store.since() == {"since": 7, "epoch": "e1"}


def test_a_delta_of_another_epoch_asks_for_everything():
    store = store_at(7, record(1))
    assert store.take_delta(change(7, 8, [record(2)], epoch="e2")) == BEHIND
    assert store.since()["since"] == 0


def test_a_delta_without_to_asks_for_everything():
    store = store_at(7, record(1))
    broken = change(7, 8)
    del broken["to"]
    assert store.take_delta(broken) == BEHIND
    assert store.since()["since"] == 0


def test_a_change_from_zero_empties_the_store_first():
    store = store_at(7, record(1))
    assert store.take_delta(change(0, 12, [record(5)])) == APPLIED
    assert set(store.records) == {"idea:5"}


def test_the_sync_of_a_new_epoch_replaces_everything_and_what_is_mine():
    store = store_at(70, record(1))
    store.take_delta(change(2, 3, epoch="e2"))
    assert store.take_sync(change(0, 3, [record(9)], epoch="e2", mine={"ready": True}))
    assert set(store.records) == {"idea:9"}
    assert (store.epoch, store.seq, store.mine) == ("e2", 3, {"ready": True})


def test_a_sync_that_is_older_than_a_delta_already_heard_of_is_asked_again():
    """The delta came before the first answer, was not applied, and no later one may ever come."""
    store = Store()
    assert store.take_delta(change(7, 8, [record(2)])) == BEHIND
    assert not store.take_sync(change(0, 7, [record(1)]))
    assert store.take_sync(change(7, 8, [record(2)]))
    assert set(store.records) == {"idea:1", "idea:2"}


def test_a_sync_of_another_epoch_that_does_not_start_at_zero_is_not_trusted():
    store = store_at(7, record(1))
    assert not store.take_sync(change(5, 8, [record(2)], epoch="e2"))
    assert store.since()["since"] == 0
    assert store.take_sync(change(0, 8, [record(2)], epoch="e2"))
    assert set(store.records) == {"idea:2"}


def test_a_sync_answer_overtaken_by_a_delta_takes_nothing_back():
    store = store_at(7, record(1))
    store.take_delta(change(7, 9, [record(1, "ny")]))
    assert store.take_sync(change(7, 8, [record(1, "mellem")]))
    assert store.records["idea:1"]["text"] == "ny"
    assert store.seq == 9


def test_of_what_is_mine_the_highest_seq_wins():
    store = store_at(7)
    store.take_mine(9, {"ready": True})
    store.take_mine(8, {"ready": False})
    assert store.mine == {"ready": True}
    store.take_mine(10, None)
    assert store.mine == {"ready": True}


def test_an_empty_workshop_at_clock_zero_is_in_step():
    store = Store()
    assert store.take_sync(change(0, 0))
    assert store.take_delta(change(0, 1, [record(1)])) == APPLIED
    assert set(store.records) == {"idea:1"}
