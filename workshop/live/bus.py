"""Redis between several processes: it wakes the pumps of the others, adds up who is connected, and carries the letters of
`forwarding`.

Nothing depends on it: what is committed is in the database, and the ticker finds what no message announced. So a Redis that
is full, hangs, refuses or restarts costs a second's delay and one line in the log. No request waits for it: messages are
sent by a green thread of their own, and the ticker waits at most `WAIT` seconds once in `REST` seconds.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import time
import uuid
from collections.abc import Callable
from typing import Any, Protocol

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ResponseError
from redis.exceptions import TimeoutError as RedisTimeoutError
from redis.retry import Retry

from workshop import faults
from workshop.extensions import socketio
from workshop.letters import EVERYBODY

CHANNEL = "rundbord:committed"
#: the longest wait for one answer of Redis, seconds
WAIT = 0.5
#: how long Redis is not used after a missing answer, seconds
REST = 5.0
#: a connection that has been silent for so long is pinged, and closed after twice that, seconds
SILENT = 5.0
#: the values of another process count until they have not changed for so long, seconds
FRESH = 5.0
#: how long the values of a process that has ended are stored, seconds
_GONE = 60.0
_SENDING, _LISTENING, _PRESENCE = ("Redis, telling of changes", "Redis, listening", "Redis, counting who is here")


def connect(url: str) -> Redis:
    """Returns a client that times out after `WAIT` seconds and leaves retries to its callers.

    Raises `ValueError` for an address that cannot be parsed.
    """
    client: Redis = Redis.from_url(
        url, socket_timeout=WAIT, socket_connect_timeout=WAIT, retry=Retry(NoBackoff(), 0), retry_on_timeout=False
    )
    return client


class Letters(Protocol):
    """Who writes to single processes, and reads what they write (`forwarding.Forwarding`)."""

    def has_mail(self) -> bool: ...

    def collect(self) -> list[tuple[str, bytes]]: ...

    def sent(self, receivers: list[int] | None) -> None: ...

    def heard(self, to: str, message: bytes) -> None: ...


class Bus:
    """One process's side of Redis."""

    def __init__(self, redis: Redis) -> None:
        self.redis = redis
        self.process = uuid.uuid4().hex
        #: to whom letters are written; it opens them too (`forwarding`), so it never passes Redis
        self.name = secrets.token_hex(16)
        self.letters: Letters | None = None
        #: when the listener last had a sign of life; 0 while it has no connection
        self._lived = 0.0
        #: until when letters are not sent: after an error that Redis itself answers they are
        self._silent_until = 0.0
        self._waiting: dict[int, int] = {}
        self._sending = False
        self._serving = False
        self._rests_until = 0.0
        #: workshop and process -> its last values, and when they changed
        self._heard: dict[tuple[int, str], tuple[str, float]] = {}

    def start(self, wake: Callable[[int], None]) -> None:
        """Listens for the commits of other processes as long as the server runs; calls `wake` with the workshop."""
        self._serving = True
        socketio.start_background_task(self._listen, wake)

    def publish(self, workshop_id: int, seq: int) -> None:
        """Announces a commit to the other processes. A server sends it from a green thread of its own, so that no request
        waits."""
        self._waiting[workshop_id] = seq
        if self._serving:
            self.flush()
        else:
            self._send()

    def flush(self) -> None:
        """Sends what waits, soon."""
        if not self._sending:
            self._sending = True
            socketio.start_background_task(self._send_all)

    def is_listening(self) -> bool:
        """Returns whether messages of other processes arrive here."""
        return time.monotonic() - self._lived < 2 * SILENT

    def _send_all(self) -> None:
        try:
            while self._waiting or (self.letters is not None and self.letters.has_mail()):
                # Those who wait for an answer come before those who are told of a change: they write their letters now.
                socketio.sleep(0)
                self._send()
        finally:
            self._sending = False

    def _send(self) -> None:
        """Sends the waiting letters and then the commits. While Redis does not answer they are dropped: who waits for an
        answer is told, and each process checks the clocks once a second."""
        waiting, self._waiting = self._waiting, {}
        letters = self.letters.collect() if self.letters is not None else []
        moment, receivers = time.monotonic(), None
        if self._resting():
            waiting = {}
        if moment >= self._silent_until and (letters or waiting):
            with faults.survived(_SENDING, trace=False) as attempt:
                pipe = self.redis.pipeline(transaction=False)
                for name, content in letters:
                    pipe.publish(_channel(name), content)
                for workshop_id, seq in waiting.items():
                    pipe.publish(CHANNEL, json.dumps({"workshop": workshop_id, "seq": seq}))
                receivers = pipe.execute()[: len(letters)]
            self._answered(attempt)
        if letters and self.letters is not None:
            self.letters.sent(receivers)

    def exchange(self, workshop_id: int, mine: dict[str, Any]) -> list[dict[str, Any]] | None:
        """Publishes who is connected to this process. Returns what every living process publishes, or None while Redis does
        not answer."""
        if self._resting():
            return None
        key = f"rundbord:presence:{workshop_id}"
        found: list[dict[str, Any]] = []
        with faults.survived(_PRESENCE, trace=False) as attempt:
            pipe = self.redis.pipeline(transaction=False)
            pipe.hset(key, self.process, json.dumps({**mine, "at": time.monotonic()}))
            pipe.expire(key, 60)
            pipe.hgetall(key)
            texts = {_text(process): _text(text) for process, text in pipe.execute()[2].items()}
            gone = [process for process, text in texts.items() if not self._is_fresh(workshop_id, process, text, found)]
            if gone:
                self.redis.hdel(key, *gone)
        return found if self._answered(attempt) else None

    def _is_fresh(self, workshop_id: int, process: str, text: str, found: list[dict[str, Any]]) -> bool:
        """Puts what a living process publishes into `found`. A process counts as alive while its values change, because the
        clocks of two machines may differ. Returns False for one that has been silent for long."""
        place, moment = (workshop_id, process), time.monotonic()
        before = self._heard.get(place)
        if before is None or before[0] != text:
            before = self._heard[place] = (text, moment)
        age = moment - before[1]
        if age < FRESH:
            found.append(json.loads(text))
        if age > _GONE:
            del self._heard[place]
        return age <= _GONE

    def _resting(self) -> bool:
        return time.monotonic() < self._rests_until

    def _answered(self, attempt: faults.Attempt) -> bool:
        if not attempt.ok:
            self._rests_until = time.monotonic() + REST
        if not isinstance(attempt.error, ResponseError | None):
            self._silent_until = self._rests_until
        return attempt.ok

    def _listen(self, wake: Callable[[int], None]) -> None:
        while True:
            try:
                self._hear(wake)
            except Exception as error:  # noqa: BLE001 - nothing may end the listener
                self._lived = 0.0
                faults.failed(_LISTENING, error, trace=False)
            socketio.sleep(1)

    def _hear(self, wake: Callable[[int], None]) -> None:
        """Receives messages until the connection breaks. A silent connection is pinged."""
        channel: Any = self.redis.pubsub()  # type: ignore[no-untyped-call]
        try:
            channel.subscribe(CHANNEL, _channel(self.name), _channel(EVERYBODY))
            heard = asked = time.monotonic()
            while True:
                message = channel.get_message(timeout=1.0)
                moment = time.monotonic()
                if message is not None:
                    heard = asked = self._lived = moment
                    faults.worked(_LISTENING)
                    if message["type"] == "message":
                        with faults.survived("a message of another process"):
                            self._take(_text(message["channel"]), message["data"], wake)
                elif moment - heard > 2 * SILENT:
                    raise RedisTimeoutError(f"no sign of life for {moment - heard:.0f} s")
                elif moment - asked > SILENT:
                    asked = moment
                    channel.ping()
        finally:
            channel.close()

    def _take(self, channel: str, data: bytes, wake: Callable[[int], None]) -> None:
        if channel == CHANNEL:
            wake(int(json.loads(data)["workshop"]))
        elif self.letters is not None:
            self.letters.heard(self.name if channel == _channel(self.name) else EVERYBODY, data)


def _channel(name: str) -> str:
    """Returns the channel on which one process, or everybody, hears letters. It does not tell the name."""
    return f"rundbord:to:{hashlib.sha256(name.encode()).hexdigest()[:32]}"


def _text(given: bytes | str) -> str:
    return given.decode() if isinstance(given, bytes) else given
