"""What docs/secrecy.md promises of cards and verdicts, tried on the database file: alone, with the journal, by order, by time,
and with two copies of it."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.commands.database_file import everything_but, file, on_disk, opened
from tests.commands.follow_up.card_room import CardRoom
from workshop import identity, secrecy
from workshop.backup.copying import copy
from workshop.commands.follow_up import cards as cards_module
from workshop.commands.privacy.retention import erase_names_of
from workshop.door import perform
from workshop.extensions import db
from workshop.models import VerdictPaper, card_box
from workshop.rules.codes import reentry_code

pytestmark = pytest.mark.on_disk

WORDS = "kanariefugl i kantinen"


@pytest.fixture
def room(app) -> CardRoom:
    return CardRoom({"citizens": 6, "politicians": 6})


@contextmanager
def copied() -> Iterator[sqlite3.Connection]:
    """A copy of the whole file as it is now, as somebody has it who copies it again and again."""
    db.session.rollback()
    with closing(sqlite3.connect(file())) as source, closing(sqlite3.connect(":memory:")) as copy:
        source.backup(copy)
        yield copy


def card_rows(connection: sqlite3.Connection) -> set[str]:
    return {row[0] for row in connection.execute("select code_hash from follow_up_card")}


def cards_by_group(connection: sqlite3.Connection) -> Counter[int]:
    return Counter(row[0] for row in connection.execute("select group_id from follow_up_card"))


def strings(cell: Any) -> Iterator[str]:
    """Every string of a cell, those inside JSON and blobs too."""
    if isinstance(cell, bytes):
        yield from (cell.hex(), cell.decode("latin-1"))
    elif isinstance(cell, int | float):
        yield str(cell)
    elif isinstance(cell, dict):
        for name, value in cell.items():
            yield from (name, *strings(value))
    elif isinstance(cell, list):
        for value in cell:
            yield from strings(value)
    elif isinstance(cell, str):
        yield cell
        if cell[:1] in "[{":
            with suppress(ValueError):
                yield from strings(json.loads(cell))


def all_strings() -> set[str]:
    found: set[str] = set()
    with opened() as connection:
        for (table,) in connection.execute("select name from sqlite_master where type = 'table'").fetchall():
            for row in connection.execute(f'select * from "{table}"'):
                for cell in row:
                    found.update(strings(cell))
    return found


def test_the_code_is_in_no_byte_of_the_file_however_often_it_was_asked_for(room: CardRoom):
    person, command_id = room.everybody[0], secrets.token_hex(16)
    codes = {perform(person, "take_follow_up_card", {}, command_id)["result"]["card"] for _ in range(3)}
    (code,) = codes
    token = cards_module.let_in(code)[1]
    disk = on_disk()
    assert command_id.encode() in disk, "the file was read"
    for told in (code, code.replace("-", ""), token, identity.secret(), person.personal_code or ""):
        assert told.encode() not in disk
    block = secrecy.card_block(identity.secret(), code.replace("-", ""))
    assert block not in disk and block.hex().encode() not in disk


def test_what_the_file_holds_makes_no_card_even_with_the_servers_key(room: CardRoom):
    """The command's id is kept with the answer; the person's own code, which is needed too, is kept nowhere."""
    ids = [secrets.token_hex(16) for _ in room.everybody]
    for person, command_id in zip(room.everybody, ids, strict=True):
        perform(person, "take_follow_up_card", {}, command_id)
    held = all_strings()
    assert set(ids) <= held and len(held) > 150
    tried = [reentry_code(secrecy.card_code(identity.secret(), room.id, text, one)) for text in held for one in ids[:2]]
    found = [code for code in tried if card_box.find(identity.secret(), code)]
    assert found == []


def test_card_and_participant_share_the_workshop_and_the_group_and_nothing_else(room: CardRoom):
    room.take_all()
    with opened() as connection:
        columns = {row[1] for row in connection.execute("pragma table_info(follow_up_card)")}
        assert columns == {"code_hash", "workshop_id", "group_id"}
        papers = {row[1] for row in connection.execute("pragma table_info(verdict_paper)")}
        assert papers == {"look_back_id", "key", "workshop_id", "on", "group", "verdict", "words"}
        for table in ("follow_up_card", "verdict_paper"):
            with pytest.raises(sqlite3.OperationalError, match="rowid"):
                connection.execute(f"select rowid from {table}")
        rows = card_rows(connection)
    rest = everything_but("follow_up_card")
    assert len(rows) == 12
    # Neither the row nor the half of it that is the card's own stands anywhere else.
    assert not [row for row in rows if row in rest or row[16:] in rest]


def test_the_journal_says_that_a_card_was_taken_and_nothing_of_it(room: CardRoom):
    room.take_all()
    with opened() as connection:
        entries = connection.execute("select args, proof from journal_entry where name = 'take_follow_up_card'").fetchall()
        answers = connection.execute("select result from answer where name = 'take_follow_up_card'").fetchall()
    assert entries == [("{}", "{}")] * 12
    assert set(answers) == {(None,)}


def test_cards_lie_in_the_order_of_their_names_and_not_in_that_of_taking(app):
    """By order: twelve cards would lie in the order they were taken once in 479 million rooms."""
    for number in range(2):
        room = CardRoom({"citizens": 6, "politicians": 6}, title=f"Skolemad {number}")
        taken = [room.take(person) for person in room.everybody]
        with opened() as connection:
            here = "select code_hash from follow_up_card where workshop_id = ?"
            stored = [row[0] for row in connection.execute(here, (room.id,))]
        assert stored == sorted(stored)
        disk = on_disk()
        on_page = sorted(stored, key=lambda name: disk.rindex(name.encode()), reverse=True)
        found = {
            code: card.code_hash
            for code in taken
            if (card := card_box.find(identity.secret(), code.replace("-", ""), room.id))
        }
        in_order_of_taking = [found[code] for code in taken]
        assert len(found) == 12
        for order in (stored, on_page):
            assert order not in (in_order_of_taking, in_order_of_taking[::-1])


def test_two_copies_do_not_show_which_card_came_between_them(room: CardRoom):
    room.take_all({"citizens": 3, "politicians": 3})
    for person in (*room.people["citizens"][3:], *room.people["politicians"][3:]):
        with copied() as before:
            room.take(person)
            with copied() as after:
                was, now = card_rows(before), card_rows(after)
                assert len(now) == len(was) + 1
                # Every row is another one, so none of them stands out.
                assert not was & now and not {row[:16] for row in was} & {row[:16] for row in now}
                assert not {row[16:] for row in was} & {row[16:] for row in now}
                more = cards_by_group(after) - cards_by_group(before)
                assert sum(more.values()) == 1


def test_all_cards_still_let_in_after_others_were_taken(room: CardRoom):
    taken = [(person, room.take(person)) for person in room.everybody]
    for person, code in taken:
        group = next(key for key, people in room.people.items() if person in people)
        assert room.mine(code)["group"] == group


def test_a_devices_token_comes_at_a_time_of_its_own_and_leads_to_no_card(room: CardRoom):
    """By time: what is written when a card lets a device in and judges names no card, no group and no person."""
    codes = room.take_all()["citizens"]
    look_back = room.look_back()
    with copied() as before:
        room.judge(codes[2], look_back, "not_kept", words=WORDS)
        with copied() as after:
            changed = {
                table: [row for row in rows(after, table) if row not in rows(before, table)] for table in tables(after)
            }
    written = {table: new for table, new in changed.items() if new}
    assert set(written) - {"sqlite_sequence"} == {"token", "verdict_paper", "journal_entry", "answer", "workshop"}
    assert not rows_differ(changed, "participant") and not rows_differ(changed, "follow_up_card")
    (entry,) = written["journal_entry"]
    (answer,) = written["answer"]
    assert "card" in entry and "card" in answer
    people = {f"participant:{person.participant_id}" for person in room.everybody}
    told = repr(written)
    assert not [name for name in people if name in told]
    assert not [row for row in card_names() if row in told or row[16:] in told]


def tables(connection: sqlite3.Connection) -> list[str]:
    return [row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")]


def rows(connection: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    return connection.execute(f'select * from "{table}"').fetchall()


def rows_differ(changed: dict[str, list[Any]], table: str) -> bool:
    return bool(changed[table])


def card_names() -> set[str]:
    with opened() as connection:
        return card_rows(connection)


def test_at_closing_every_key_becomes_a_random_one_and_the_old_are_gone_from_the_disk(room: CardRoom):
    codes = [code for taken in room.take_all().values() for code in taken]
    look_back = room.look_back()
    for number, code in enumerate(codes):
        room.judge(code, look_back, "kept" if number % 2 else "partly", words=f"{WORDS} {number:02}")
    number = int(look_back.partition(":")[2])
    keys = {secrecy.verdict_key(identity.secret(), number, room.agreement, code.replace("-", "")) for code in codes}
    assert {paper.key for paper in db.session.query(VerdictPaper)} == keys
    assert all(key.encode() in on_disk() for key in keys)
    room.close(look_back)
    disk = on_disk()
    assert [key for key in keys if key.encode() in disk] == []
    with opened() as connection:
        stored = connection.execute("select key, words from verdict_paper").fetchall()
    assert [key for key, _ in stored] == sorted(key for key, _ in stored) and len(stored) == 12
    said = [words for _, words in stored]
    assert said not in (sorted(said), sorted(said, reverse=True))


def test_no_other_table_holds_a_verdict_or_its_words(room: CardRoom):
    codes = room.take_all()["citizens"]
    look_back = room.look_back()
    for code in codes:
        room.judge(code, look_back, "cannot_say", words=WORDS)
    rest = everything_but("verdict_paper", "sqlite_master")
    assert WORDS not in rest and "cannot_say" not in rest
    for paper in db.session.query(VerdictPaper):
        assert paper.key not in rest


def test_cards_outlive_the_erasing_of_names_and_still_lead_to_nobody(room: CardRoom):
    codes = [code for taken in room.take_all().values() for code in taken]
    erase_names_of(room.id)
    with opened() as connection:
        people = connection.execute("select reentry_hash, name from participant").fetchall()
        seals = connection.execute("select count(*) from token where participant_id is not null and sealed_code is not null")
        assert seals.fetchone() == (0,)
    assert set(people) == {("", None)}
    look_back = room.look_back()
    for code in codes:
        room.judge(code, look_back)
    room.close(look_back)
    kept = room.kept()
    assert kept and kept["counts"] == {"kept": 12, "partly": 0, "not_kept": 0, "cannot_say": 0}


# the decision on a reopened agreement


def decided_on(room: CardRoom) -> str:
    """The decision of the cards on a new version of the agreement."""
    on = {"agreement": room.agreement}
    room.do(room.organiser, "reopen_agreement", **on, reason="Det varer længere")
    room.do(room.organiser, "edit_reopened", **on, revision=1, resources="1.200 timer")
    return str(room.do(room.organiser, "decide_reopened", **on, until=room.day(14))["decision"])


def test_the_stance_of_a_card_comes_at_a_time_of_its_own_and_leads_to_no_card(room: CardRoom):
    """By time, by order and by join: a stance is one paper under a key that the code makes, and an entry that names no card."""
    codes = room.take_all()["citizens"]
    decision = decided_on(room)
    with copied() as before:
        room.do(room.card(codes[2]), "take_card_stance", decision=decision, stance="against", reason=WORDS)
        with copied() as after:
            written = {
                table: new
                for table in tables(after)
                if (new := [row for row in rows(after, table) if row not in rows(before, table)])
            }
    assert set(written) - {"sqlite_sequence"} == {"token", "paper", "journal_entry", "answer", "workshop"}
    (paper,) = written["paper"]
    told = repr({table: new for table, new in written.items() if table != "paper"})
    assert "against" not in told and WORDS not in told and paper[1] not in told
    assert not [
        f"participant:{person.participant_id}" for person in room.everybody if f"participant:{person.participant_id}" in told
    ]
    assert not [row for row in card_names() if row in told or row[16:] in told]
    with opened() as connection:
        assert connection.execute("select count(*) from participation where subject = ?", (decision,)).fetchone() == (0,)
        names = {row[0] for row in connection.execute("select actor from journal_entry where name = 'take_card_stance'")}
    room.do(room.card(codes[3]), "take_card_stance", decision=decision, stance="for")
    with opened() as connection:
        actors = {row[0] for row in connection.execute("select actor from journal_entry where name = 'take_card_stance'")}
    assert actors == names and len(actors) == 1, "the journal knows all cards by one name"


def test_at_closing_the_papers_of_cards_get_random_keys_and_the_old_are_gone_from_the_disk(room: CardRoom):
    codes = [code for taken in room.take_all().values() for code in taken]
    decision = decided_on(room)
    for number, code in enumerate(codes):
        room.do(room.card(code), "take_card_stance", decision=decision, stance="against", reason=f"{WORDS} {number:02}")
    keys = {secrecy.ballot_key(identity.secret(), decision, code.replace("-", "")) for code in codes}
    assert all(key.encode() in on_disk() for key in keys)
    room.do(room.organiser, "close_reopened", agreement=room.agreement)
    disk = on_disk()
    assert [key for key in keys if key.encode() in disk] == []
    with opened() as connection:
        stored = connection.execute("select key, content from paper where subject = ?", (decision,)).fetchall()
    assert [key for key, _ in stored] == sorted(key for key, _ in stored) and len(stored) == 12
    said = [content for _, content in stored]
    assert said not in (sorted(said), sorted(said, reverse=True))


def test_the_servers_own_copies_hold_the_papers_of_cards_for_they_show_nobodys(room: CardRoom, tmp_path: Path):
    code = room.take(room.everybody[0])
    decision = decided_on(room)
    room.do(room.card(code), "take_card_stance", decision=decision, stance="for")
    db.session.rollback()
    assert copy(str(file()), str(tmp_path / "copy.sqlite")) == 0
    with closing(sqlite3.connect(tmp_path / "copy.sqlite")) as connection:
        assert connection.execute("select count(*) from paper where subject = ?", (decision,)).fetchone() == (1,)
