"""How fast one actor may send: per participant, never per address, for a hall shares one address (docs/protocol.md)."""

from __future__ import annotations

import math
import time

from limits import RateLimitItem, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from .identity import Actor
from .rules.refusal import Refused

#: a person may send 20 commands within two seconds and 300 within a minute; a facilitator three times as many
_BURST = RateLimitItemPerSecond(20, 2)
_STEADY = RateLimitItemPerMinute(300)
_CHAIR_BURST = RateLimitItemPerSecond(60, 2)
_CHAIR_STEADY = RateLimitItemPerMinute(900)
#: a phone tells what was on its screen at most every ten seconds, and asks again where somebody goes to and fro
_SEEN = RateLimitItemPerMinute(30)
#: wrong codes and passwords from one address: enough for a hall's slips, too few to guess with
_WRONG = RateLimitItemPerMinute(60)

_limiter = FixedWindowRateLimiter(MemoryStorage())


def check(actor: Actor) -> None:
    """Count one message of the actor. Raises `Refused("too_many", retry_after=seconds)` over the limit."""
    if actor.participant_id is None:
        _hit(_CHAIR_BURST, actor.pseudonym)
        _hit(_CHAIR_STEADY, actor.pseudonym)
    else:
        _hit(_BURST, actor.pseudonym)
        _hit(_STEADY, actor.pseudonym)


def check_seen(actor: Actor) -> None:
    """Count one message `seen` of the actor, apart from the commands: reading never holds up a vote."""
    _hit(_SEEN, "seen", actor.pseudonym)


def check_wrong(address: str) -> None:
    """Refuse an address that has lately sent too many wrong codes or passwords."""
    if not _limiter.test(_WRONG, "wrong", address):
        raise Refused("too_many", retry_after=_seconds_left(_WRONG, "wrong", address))


def note_wrong(address: str) -> None:
    """Count one wrong code or password of an address."""
    _limiter.hit(_WRONG, "wrong", address)


def _hit(limit: RateLimitItem, *who: str) -> None:
    if not _limiter.hit(limit, *who):
        raise Refused("too_many", retry_after=_seconds_left(limit, *who))


def _seconds_left(limit: RateLimitItem, *who: str) -> int:
    reset, _remaining = _limiter.get_window_stats(limit, *who)
    return max(1, math.ceil(reset - time.time()))
