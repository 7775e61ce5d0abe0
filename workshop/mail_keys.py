"""Keyed hashes of addresses, and the tokens by which somebody stops mails."""

from __future__ import annotations

import hmac
import re

from workshop import identity, secrecy

_STOP = re.compile(r"(\d{1,9})-([0-9a-f]{48})")


def plain(address: str) -> str:
    """Returns an address so that two spellings of the same one are equal: capitals and small letters are. "ß" is not "ss":
    those are two addresses."""
    return address.strip().lower()


def address_hash(address: str) -> str:
    """Returns the keyed hash that the outbox stores of an address. Spellings of the same address give the same hash."""
    return secrecy.keyed_hash(identity.secret(), "mail address", plain(address))


def stop_token(link_id: int) -> str:
    """Returns the token by which the holder of a receiver's or steward's link stops mails. It gives no other access."""
    return f"{link_id}-{_stop_code(link_id)}"


def link_to_stop(token: str) -> int | None:
    """Returns the number of the link whose mails a token stops; None for any other token."""
    found = _STOP.fullmatch(token) if token.isascii() else None
    if found is None or not hmac.compare_digest(found[2], _stop_code(int(found[1]))):
        return None
    return int(found[1])


def _stop_code(link_id: int) -> str:
    return secrecy.derived_token(identity.secret(), "stop mails", str(link_id))


def new_subscription_token() -> tuple[str, bytes]:
    """Returns the hash of a new subscription's token, and the token sealed with the server's key, because each mail must
    hold it."""
    token = secrecy.new_token()
    hashed = subscription_hash(token)
    return hashed, secrecy.seal(identity.secret(), f"subscription:{hashed}", token)


def subscription_hash(token: str) -> str:
    """Returns the keyed hash that the database stores of a subscription's token."""
    return secrecy.keyed_hash(identity.secret(), "subscription", token)


def subscription_token(hashed: str, sealed: bytes) -> str | None:
    """Returns the token of a subscription; None where it was sealed with another key."""
    try:
        token = secrecy.unseal(identity.secret(), f"subscription:{hashed}", sealed)
    except secrecy.CannotOpen:
        return None
    return token if hmac.compare_digest(subscription_hash(token), hashed) else None
