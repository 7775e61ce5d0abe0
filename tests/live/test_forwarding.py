"""Commands of one workshop go to the process that holds its lease, over a real Redis between two real processes.

All tests share the two processes.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
import urllib.error
from collections.abc import Iterator
from typing import Any

import pytest

from tests.apart import run
from tests.live.lines import SCENE, Line, Room, new_id
from tests.live.own_redis import until
from tests.live.pair import PACE, Pair, counted, forwarded, give, join, opened, overhearing
from tests.load.client import Hall
from tests.load.server import Server
from workshop.rate_limits import WRONG_CODES


@pytest.fixture(scope="module")
def pair(prepared_postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    with opened(prepared_postgres, tmp_path_factory.mktemp("redis")) as made:
        yield made


def played(pair: Pair, server: Server, made: dict[str, Any]) -> list[dict[str, Any]]:
    """The same scene wherever it is played: joining, posting, voting, refusals, and ids that are sent again."""
    chair, token = made["tokens"]["facilitator"], made["token"]
    other = join(server, made, "leaders", name="Anna")["token"]
    again = new_id()
    answers = [give(server, token, "post_idea", id=again, text="Flere træer", why="Skygge") for _ in range(2)]
    idea = answers[0]["result"]["idea"]
    answers.append(give(server, token, "post_idea", text="x" * 5000))
    answers.append(give(server, other, "withdraw_idea", idea=idea))
    answers.append(give(server, token, "post_idea", text="Uden id", id="no id"))
    answers.append(give(server, token, "open_ballot", method="dots", options=[idea], settings={}))
    opened = give(server, chair, "open_ballot", method="approval", options=[idea], settings={})
    ballot = opened["result"]["ballot"]
    answers += [opened, give(server, token, "cast_ballot", ballot=ballot, choices={idea: 1})]
    answers.append(give(server, other, "cast_ballot", ballot=ballot, choices={"idea:999999": 1}))
    answers.append(give(server, other, "set_name", name=" "))
    answers += [give(server, chair, name, ballot=ballot) for name in ("close_ballot", "publish_ballot", "close_ballot")]
    answers.append(give(server, chair, "close_workshop"))
    answers.append(give(server, token, "take_follow_up_card", id="f" * 32))
    return answers


def without_names(found: Any) -> str:
    """JSON in which what differs between two rooms is the same: numbers of rows by their order, no times, no chance."""
    text = json.dumps(found, default=str)
    seen: dict[str, str] = {}
    text = re.sub(r"\b([a-z_]+):(\d+)\b", lambda m: seen.setdefault(m[0], f"{m[1]}:row{len(seen)}"), text)
    text = re.sub(r"\d{4}-\d\d-\d\d[T ][\d:.+Z]+", "moment", text)
    return re.sub(r'"[0-9a-f]{16,}"|"[2-9A-Z]{4}(-[2-9A-Z]{4})+"|(?<="code": )"[2-9A-Z]{6}"', '"chance"', text)


#: what is compared of the tables, in an order that is the same in both rooms
KEPT = {
    "journal_entry": "seq, actor, name, args, proof",
    "idea": "seq, text, why, state",
    "participation": "voted, subject",
    "ballot": "seq, state, result",
    "participant": "id - min(id) OVER (), name, seq, mine_seq, state",
    "turnout": "seq, subject",
    "answer": "seq, actor, name, result",
}


def kept(pair: Pair, workshop: int) -> str:
    """What the database holds of a room, in the form of `without_names`."""
    found = [
        pair.rows(f"SELECT {columns} FROM {table} WHERE workshop_id = %s ORDER BY 1", workshop)
        for table, columns in KEPT.items()
    ]
    return without_names([*found, pair.rows("SELECT clock, state FROM workshop WHERE id = %s", workshop)])


def test_a_command_that_arrives_elsewhere_leaves_the_same_answers_and_the_same_rows(pair: Pair):
    here, there = pair.held_by_first(), pair.held_by_first()
    local = played(pair, pair.first, here)
    before, others = forwarded(pair.second), counted(pair.first, "rundbord_commands_for_others_total")
    distant = played(pair, pair.second, there)
    sent = forwarded(pair.second) - before
    assert sent > 12 and counted(pair.first, "rundbord_commands_for_others_total") - others == sent
    assert forwarded(pair.second, "fallback") == 0
    for one, other in zip(local, distant, strict=True):
        assert without_names(one) == without_names(other)
    assert {answer["error"]["code"] for answer in distant if not answer["ok"]} >= {"too_long", "not_yours", "malformed"}
    assert distant[0] == distant[1]
    assert kept(pair, here["workshop"]["id"]) == kept(pair, there["workshop"]["id"])


def test_a_phone_gets_its_own_things_once_and_everybody_the_change(pair: Pair):
    made = pair.held_by_first()

    async def scene() -> None:
        async with asyncio.timeout(SCENE), Hall(pair.first.url, "light") as near, Hall(pair.second.url, "light") as far:
            here, there = Room(near, made, "light"), Room(far, made, "light")
            people = [await there.join() for _ in range(6)]
            phones = [await there.line(person) for person in people]
            listener = await here.line(await here.join())
            for line in (*phones, listener):
                await line.sync()
            posted = await asyncio.gather(*(line.command("post_idea", text=f"Idé {n}") for n, line in enumerate(phones)))
            newest = max(answer["seq"] for answer in posted)
            for line in (*phones, listener):
                await line.hears("delta", lambda delta: delta["to"] >= newest)
            await asyncio.sleep(0.3)
            for line, answer in zip(phones, posted, strict=True):
                assert answer["result"]["idea"] in answer["mine"]["ideas"]
                assert [own for own in line.of("mine") if own["seq"] <= newest] == []
            await asyncio.gather(*(line.close() for line in (*here.lines, *there.lines)))

    before = forwarded(pair.second)
    run(scene())
    assert forwarded(pair.second) - before >= 12
    assert forwarded(pair.second, "fallback") == 0


def test_nothing_readable_passes_redis_and_what_is_sent_again_does_nothing(pair: Pair):
    made = pair.held_by_first()
    number, clock = made["workshop"]["id"], "SELECT clock FROM workshop WHERE id = %s"
    with overhearing(pair.redis) as heard:
        person = join(pair.second, made, name="Kanariefugl")
        idea = give(pair.second, person["token"], "post_idea", text="Kanarie i kulminen")["result"]["idea"]
        ballot = give(
            pair.second,
            made["tokens"]["facilitator"],
            "open_ballot",
            method="dots",
            options=[idea],
            settings={"dots": 1000, "per_option": 1000},
        )["result"]["ballot"]
        give(pair.second, person["token"], "cast_ballot", ballot=ballot, choices={idea: 977})
        device = give(pair.second, made["tokens"]["facilitator"], "make_link", role="steward", name="Kanarie")
        time.sleep(0.5)
    told = b"".join(heard)
    code = person["reentry_code"]
    secrets = ["anarie", "post_idea", "cast_ballot", "choices", idea, ballot, "participant", person["token"], code]
    secrets += [
        str(pair.holder(number)),
        code.replace("-", ""),
        *made["tokens"].values(),
        *(device.get("result") or {}).values(),
    ]
    for secret in secrets:
        assert not isinstance(secret, str) or secret.encode() not in told, f"{secret} passes Redis"
    letters = re.findall(rb'"PUBLISH" "(rundbord:to:[0-9a-f]{32})" "((?:[^"\\]|\\.)*)"', told)
    assert len(letters) >= 10 and b'"PUBLISH" "rundbord:committed"' in told
    before = pair.rows(clock, number)
    for channel, escaped in letters:
        message = escaped.decode("latin-1").encode().decode("unicode_escape").encode("latin-1")
        for sent in (message, message[:-1] + bytes([message[-1] ^ 1]), b"", b"{}"):
            assert pair.redis.client.publish(channel.decode(), sent) in (1, 2), "one process, or both"
    time.sleep(0.5)
    assert pair.rows(clock, number) == before
    assert give(pair.second, person["token"], "post_idea", text="Og videre")["ok"]
    for server in (pair.first, pair.second):
        assert "Traceback" not in server.log_end()


def test_what_is_limited_or_done_by_the_clock_counts_once_over_both(pair: Pair):
    """Wrong codes of an address, people who write or are lost, and a vote whose time is out."""
    made = pair.held_by_first()
    number, chair = made["workshop"]["id"], made["tokens"]["facilitator"]
    idea = give(pair.second, made["token"], "post_idea", text="Flere træer")["result"]["idea"]
    opened = give(pair.second, chair, "open_ballot", method="approval", options=[idea], settings={})

    async def scene() -> None:
        async with asyncio.timeout(SCENE), Hall(pair.first.url, "light") as near, Hall(pair.second.url, "light") as far:
            here, there = Room(near, made, "light"), Room(far, made, "light")
            person, lost = await here.join(), await here.join()
            consoles = [await here.line("facilitator"), await there.line("facilitator")]
            both = [await here.line(person), await there.line(person)]
            gone = [await here.line(lost), await there.line(lost)]
            for line in (*consoles, *both, *gone):
                await line.sync()
            for line in both:
                await line.say("writing", {"active": True})
            for console in consoles:
                await console.hears("presence", lambda told: told["here"] == 2 and told["writing"] == 1)
            for line in gone:
                await line.close()
            for console in consoles:
                await console.hears("presence", lambda told: told["here"] == 1 and told["stuck"] == 1)
            await asyncio.gather(*(line.close() for line in (*here.lines, *there.lines)))

    run(scene())
    pair.rows("UPDATE ballot SET ends_at = now() - interval '1 minute' WHERE workshop_id = %s RETURNING id", number)
    closed = "SELECT actor FROM journal_entry WHERE workshop_id = %s AND name = 'close_ballot'"
    until(lambda: pair.rows(closed, number))
    time.sleep(2.5)
    assert opened["ok"] and pair.rows(closed, number) == [("system",)]
    codes = [wrong_code((pair.first, pair.second)[place % 2]) for place in range(WRONG_CODES + 6)]
    assert codes[: WRONG_CODES - 4] == ["unknown_code"] * (WRONG_CODES - 4) and codes[-2:] == ["too_many"] * 2


def test_of_two_busy_workshops_one_goes_to_the_other_process(pair: Pair):
    made = [pair.held_by_first(), pair.held_by_first()]
    numbers = [one["workshop"]["id"] for one in made]
    assert pair.holder(numbers[0]) == pair.holder(numbers[1])

    async def scene() -> None:
        async with asyncio.timeout(SCENE), Hall(pair.second.url, "light") as hall:
            rooms = [Room(hall, one, "light") for one in made]
            lines = [await room.line(await room.join()) for room in rooms for _ in range(4)]

            parted = asyncio.Event()

            async def busy(line: Line) -> None:
                while not parted.is_set():
                    assert (await line.command("set_ready", ready=True))["ok"]
                    await asyncio.sleep(PACE)

            async def watch() -> None:
                while pair.holder(numbers[0]) == pair.holder(numbers[1]):
                    await asyncio.sleep(PACE)
                parted.set()

            await asyncio.gather(watch(), *(busy(line) for line in lines))
            await asyncio.gather(*(line.close() for line in lines))

    run(scene())
    assert None not in map(pair.holder, numbers)
    assert all(
        give(server, one["token"], "set_ready", ready=True)["ok"] for server in (pair.first, pair.second) for one in made
    )


def wrong_code(server: Server) -> str:
    """What a join with a code of no workshop is answered."""
    with pytest.raises(urllib.error.HTTPError) as refused:
        join(server, {"workshop": {"code": "ZZZZZZ"}})
    with refused.value as answer:
        return str(json.load(answer)["error"]["code"])
