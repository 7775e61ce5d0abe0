"""A server is killed, its database put back the documented way, and everybody is in step again; and what is acknowledged
is on the disk."""

from __future__ import annotations

import asyncio
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import psutil
import pytest

from tests.apart import run
from tests.live.lines import House, Room, new_id, open_room, post
from tests.load.client import Phone, Refusal
from tests.load.server import Server
from tests.services import missing
from workshop.extensions import db


def kill(server: Server) -> None:
    """As a power cut ends it."""
    assert server.process is not None
    server.process.send_signal(signal.SIGKILL)
    server.process.wait(10)
    server.process = None


async def in_step(people: list[Phone]) -> None:
    """Everybody holds what somebody new is told."""
    async with asyncio.timeout(60):
        for person in people:
            fresh = await person.fresh()
            while (person.records, person.mine) != (fresh.records, fresh.mine):
                await asyncio.sleep(0.1)
                fresh = await person.fresh()


def test_killed_restored_and_everybody_in_step_again(tmp_path: Path):
    database, copied = tmp_path / "rundbord.sqlite", tmp_path / "copy" / "rundbord.sqlite"

    async def scene(server: Server, room: Room) -> None:
        author, reader = await room.join(), await room.join("leaders")
        people = [author, reader]
        await asyncio.gather(*(person.connect() for person in people))
        kept = (await author.command("post_idea", text="Står i kopien"))["result"]["idea"]
        server.run_cli("backup", str(copied))
        opened = await room.api("facilitator", "open_ballot", method="approval", options=[kept])
        ballot = opened["result"]["ballot"]
        await author.until(lambda phone: ballot in phone.records)
        await author.command("cast_ballot", ballot=ballot, choices={kept: 1})
        lost = (await author.command("post_idea", text="Kom efter kopien"))["result"]["idea"]
        await reader.until(lambda phone: lost in phone.records)
        epoch = reader.store.epoch
        with pytest.raises(RuntimeError, match="is in use: stop the server first"):
            server.run_cli("restore", str(copied))
        kill(server)
        assert database.with_name("rundbord.sqlite-wal").stat().st_size > 0
        assert "restored" in server.run_cli("restore", str(copied))
        await asyncio.to_thread(server.start)
        for person in people:
            await person.until(lambda phone: phone.store.epoch not in (None, epoch), 30)
        await in_step(people)
        for person in people:
            assert kept in person.records and lost not in person.records and ballot not in person.records
        again = (await author.command("post_idea", text="Efter genskabelsen"))["result"]["idea"]
        await reader.until(lambda phone: again in phone.records)
        await in_step(people)
        with pytest.raises(Refusal):
            await author.command("cast_ballot", ballot=ballot, choices={kept: 1})

    async def both() -> None:
        with Server(tmp_path) as server:
            async with open_room(House.open(server), "light") as room:
                await scene(server, room)

    run(both())
    replaced = [file for file in tmp_path.glob("rundbord.sqlite.replaced-*") if file.suffix.count("-") == 2]
    assert len(replaced) == 1 and Path(f"{replaced[0]}-wal").stat().st_size > 0


def test_a_server_that_serves_makes_a_copy_by_itself(tmp_path: Path):
    """One minute after the start; posts are answered meanwhile."""
    with Server(tmp_path, {"BACKUP_MINUTES": "1", "BACKUP_COPIES": "2"}) as server:
        house = House.open(server)
        made = house.workshop()
        body = {"code": made["workshop"]["code"], "group": "citizens", "id": new_id()}
        person = post(f"{server.url}/api/join", body)
        latest = time.monotonic() + 90
        slowest = 0.0
        while not list((tmp_path / "backups").glob("rundbord-*.sqlite")):
            assert time.monotonic() < latest, server.log_end()
            before = time.monotonic()
            command = {"id": new_id(), "name": "set_name", "args": {"name": "Anna"}}
            assert post(f"{server.url}/api/commands", command, person["token"])["ok"]
            slowest = max(slowest, time.monotonic() - before)
            time.sleep(0.5)
    assert slowest < 2


def synced(trace: Path) -> int:
    return len(re.findall(r"\bf(?:data)?sync\(", trace.read_text()))


def test_each_acknowledged_vote_was_brought_to_the_disk(tmp_path: Path):
    """The calls of the kernel, not of the program: at least one fsync between the vote and its answer."""
    if shutil.which("strace") is None:
        raise missing("strace", "On Debian: sudo apt install strace")
    with Server(tmp_path) as server:
        house = House.open(server)
        made = house.workshop()
        code = made["workshop"]["code"]
        people = [post(f"{server.url}/api/join", {"code": code, "group": "citizens", "id": new_id()}) for _ in range(20)]

        def send(token: str, name: str, **args: object) -> dict:
            return post(f"{server.url}/api/commands", {"id": new_id(), "name": name, "args": args}, token)

        idea = send(people[0]["token"], "post_idea", text="Flere træer")["result"]["idea"]
        chair = made["tokens"]["facilitator"]
        ballot = send(chair, "open_ballot", method="approval", options=[idea])["result"]["ballot"]
        trace = tmp_path / "trace"
        assert server.process is not None
        words = ["strace", "-f", "-e", "trace=fsync,fdatasync", "-o", str(trace), "-p", str(server.process.pid)]
        tracer = psutil.Popen(words, stderr=subprocess.PIPE)
        try:
            assert b"attached" in tracer.stderr.readline()
            counts = []
            for person in people:
                before = synced(trace)
                assert send(person["token"], "cast_ballot", ballot=ballot, choices={idea: 1})["ok"]
                counts.append(synced(trace) - before)
        finally:
            tracer.send_signal(signal.SIGINT)
            tracer.wait(10)
            tracer.stderr.close()
    assert min(counts) >= 1, counts


def test_every_connection_is_opened_with_full_synchronous_writes(app):
    connections = [db.engine.connect() for _ in range(5)]
    try:
        settings = [connection.exec_driver_sql("PRAGMA synchronous").scalar() for connection in connections]
    finally:
        for connection in connections:
            connection.close()
    assert settings == [2] * 5
