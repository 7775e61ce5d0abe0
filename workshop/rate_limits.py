"""How fast one actor may send: per participant, not per address, because everybody in a hall shares one address
(docs/protocol.md).

Only failed attempts are counted per address: wrong codes, and separately wrong passwords. A right code is looked up first
and always accepted. docs/security.md computes how many guesses remain.
"""

from __future__ import annotations

import ipaddress
import math
from collections.abc import Callable, Sequence

from workshop.counters import Counters, Limit
from workshop.identity import CARD, Actor
from workshop.rules.refusal import Refused

#: a person may send 20 commands within two seconds and 300 within a minute; a facilitator three times as many
_BURST = Limit(20, 2)
_STEADY = Limit(300, 60)
_CHAIR_BURST = Limit(60, 2)
_CHAIR_STEADY = Limit(900, 60)
#: a phone tells what was on its screen at most every ten seconds, and asks again where somebody goes to and fro
_SEEN = Limit(30, 60)
#: files of a public record made anew: both languages of all formats, and again after a change
_FILES = Limit(20, 60)
#: wrong codes from one address, in a minute: beyond it a wrong code is answered `too_many`
WRONG_CODES = 60
_WRONG_CODES = Limit(WRONG_CODES, 60)
#: wrong passwords for one account from one address, in a quarter of an hour
WRONG_PASSWORDS = 10
_ACCOUNT_HERE = Limit(WRONG_PASSWORDS, 15 * 60)
#: the same for one account from everywhere in an hour, and for every account from one address
_ACCOUNT = Limit(60, 60 * 60)
_PASSWORDS_HERE = Limit(60, 15 * 60)
#: invitations of one account in a day
INVITATIONS = 20
_INVITATIONS = Limit(INVITATIONS, 24 * 60 * 60)
#: a name longer than any account's is counted as what it begins with
_NAME = 80
#: addresses that ask to be told, from one address of the network: a hall asks at once
SUBSCRIPTIONS = 200
_SUBSCRIPTIONS = Limit(SUBSCRIPTIONS, 60 * 60)

_counters = Counters()
#: what every process counts, wherever it happened: the limit, by the first word of whom it is counted for
_SHARED = {
    "file": _FILES,
    "code": _WRONG_CODES,
    "account here": _ACCOUNT_HERE,
    "account": _ACCOUNT,
    "passwords here": _PASSWORDS_HERE,
    "invitation": _INVITATIONS,
    "subscription": _SUBSCRIPTIONS,
}
#: tells other processes of a hit, or that a counter was cleared
Tell = Callable[[Sequence[str], bool], None]
_tell_others: list[Tell] = []


def tell_others_by(tell: Tell) -> None:
    """Has every later hit that all processes count, and every cleared counter, told by this function. The last one given
    is used."""
    _tell_others[:] = [tell]


def told_by_another(who: Sequence[str], cleared: bool) -> None:
    """Counts a hit of another process here, or clears a counter. What this program does not share is left alone."""
    limit = _SHARED.get(who[0])
    if limit is not None and cleared:
        _counters.clear(limit, *who)
    elif limit is not None:
        _counters.hit(limit, *who)


def check(actor: Actor) -> None:
    """Count one message of the actor. Raises `Refused("too_many", retry_after=seconds)` over the limit."""
    if actor.role == CARD:
        # All cards have one pseudonym; each is counted by its token.
        _hit(_BURST, CARD, str(actor.token_id))
        _hit(_STEADY, CARD, str(actor.token_id))
    elif actor.link_id is not None:
        # Opening a link on another device gives no further messages.
        _hit(_CHAIR_BURST, "link", str(actor.link_id))
        _hit(_CHAIR_STEADY, "link", str(actor.link_id))
    elif actor.participant_id is None:
        _hit(_CHAIR_BURST, actor.pseudonym)
        _hit(_CHAIR_STEADY, actor.pseudonym)
    else:
        _hit(_BURST, actor.pseudonym)
        _hit(_STEADY, actor.pseudonym)


def check_seen(actor: Actor) -> None:
    """Counts one message `seen` of the actor, apart from the commands, so that reading never delays a vote. Raises
    `Refused`."""
    _hit(_SEEN, "seen", actor.pseudonym)


def check_file(workshop_id: int) -> None:
    """Count one file of a public record that has to be made anew. Raises `Refused("too_many", retry_after=seconds)`."""
    _hit(_FILES, "file", str(workshop_id))


def note_wrong_code(address: str) -> None:
    """Count one wrong code of an address. Raises `Refused("too_many", codes=…, retry_after=seconds)` over the limit."""
    if not _count(_WRONG_CODES, "code", _network(address)):
        left = _seconds_left(_WRONG_CODES, "code", _network(address))
        raise Refused("too_many", "code", codes=WRONG_CODES, retry_after=left)


def check_password(name: str, address: str) -> None:
    """Raises `Refused("too_many", …, retry_after=seconds)` where too many wrong passwords have lately been sent for the
    account, or from the address; the limit is the fact `passwords` (in a quarter of an hour) or `in_an_hour`. The password
    is not looked at then."""
    for limit, *key in _password_limits(name, address):
        if not _counters.has_room(limit, *key):
            fact = "in_an_hour" if limit is _ACCOUNT else "passwords"
            raise Refused("too_many", "password", **{fact: limit.amount}, retry_after=_seconds_left(limit, *key))


def note_wrong_password(name: str, address: str) -> None:
    """Count one wrong password for the account and for the address."""
    for limit, *key in _password_limits(name, address):
        _count(limit, *key)


def forgive_passwords(name: str, address: str) -> None:
    """Resets, after a right password, the count of wrong ones for this account from this address."""
    limit, *key = _password_limits(name, address)[0]
    _counters.clear(limit, *key)
    for tell in _tell_others:
        tell(key, True)


def check_invitation(organiser_id: int) -> None:
    """Count one invitation of an account. Raises `Refused("too_many", limit=…)` over the limit."""
    if not _count(_INVITATIONS, "invitation", str(organiser_id)):
        raise Refused("too_many", "invitation", in_a_day=INVITATIONS)


def check_subscription(address: str) -> None:
    """Count one request to be told by mail. Raises `Refused("too_many", retry_after=seconds)` over the limit."""
    _hit(_SUBSCRIPTIONS, "subscription", _network(address))


def _password_limits(name: str, address: str) -> tuple[tuple[Limit, str, str], ...]:
    account, network = " ".join(name.split())[:_NAME], _network(address)
    return (
        (_ACCOUNT_HERE, "account here", f"{network} {account}"),
        (_ACCOUNT, "account", account),
        (_PASSWORDS_HERE, "passwords here", network),
    )


def _network(address: str) -> str:
    """Returns what counts as one address: of IPv6 the 64 bits that a household or a phone is given."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False).network_address)


def _count(limit: Limit, *who: str) -> bool:
    """Counts one hit, and has it counted by the other processes where they share the limit. Returns whether it was within
    the limit."""
    if who[0] in _SHARED:
        for tell in _tell_others:
            tell(who, False)
    return _counters.hit(limit, *who)


def _hit(limit: Limit, *who: str) -> None:
    if not _count(limit, *who):
        raise Refused("too_many", retry_after=_seconds_left(limit, *who))


def _seconds_left(limit: Limit, *who: str) -> int:
    return max(1, math.ceil(_counters.seconds_left(limit, *who)))
