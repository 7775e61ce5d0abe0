"""Stores and finds follow-up cards by their code, so that two copies of the database do not show which card is new.

The key of a card's row is the hash of its code, encrypted with the server's key and a salt that all cards of the workshop
share. Each new card changes the salt, so all rows are written again, sorted by their new keys. Whoever compares the database
before and after sees that every row changed, but not which one is new (docs/secrecy.md).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from sqlalchemy import delete, func, insert, select

from workshop import secrecy
from workshop.extensions import db
from workshop.models.cards import FollowUpCard
from workshop.models.rooms import Group

_SALT_BYTES = 8
#: characters at the start of `code_hash` that are the salt, in hex
_SALT = 2 * _SALT_BYTES


def put(secret: str, workshop_id: int, code: str, group_id: int) -> None:
    """Adds a card to those of the workshop, and writes all of them again under a new salt. Runs inside a write
    transaction."""
    here = FollowUpCard.workshop_id == workshop_id
    rows = db.session.execute(select(FollowUpCard.code_hash, FollowUpCard.group_id).where(here)).all()
    blocks = [(_unveiled(secret, stored), group) for stored, group in rows]
    blocks.append((secrecy.card_block(secret, code), group_id))
    salt = secrets.token_hex(_SALT_BYTES)
    anew = sorted((_veiled(secret, salt, block), group) for block, group in blocks)
    db.session.execute(delete(FollowUpCard).where(here).execution_options(synchronize_session=False))
    db.session.execute(
        insert(FollowUpCard),
        [{"code_hash": stored, "workshop_id": workshop_id, "group_id": group} for stored, group in anew],
    )


def find(secret: str, code: str, workshop_id: int | None = None) -> FollowUpCard | None:
    """Returns the card with this code, among those of one workshop or of all; None where there is none."""
    block, tried = secrecy.card_block(secret, code), None
    # Another card taken meanwhile changes the keys of all, so the search is repeated if the salts have changed.
    while (salts := _salts(workshop_id)) != tried:
        names = [_veiled(secret, salt, block) for salt in salts]
        card = db.session.scalar(
            select(FollowUpCard).where(FollowUpCard.code_hash.in_(names)).execution_options(populate_existing=True)
        )
        if card is not None:
            return card
        tried = salts
    return None


def by_group(workshop_id: int) -> dict[str, int]:
    """Returns how many cards each declared group has, by its key; groups without cards are left out."""
    rows = db.session.execute(
        select(Group.key, func.count())
        .join(FollowUpCard, FollowUpCard.group_id == Group.id)
        .where(FollowUpCard.workshop_id == workshop_id)
        .group_by(Group.key)
    )
    return {str(key): int(number) for key, number in rows}


def workshops_with_cards() -> Iterable[int]:
    """Returns the numbers of the workshops in which somebody has a card."""
    return db.session.scalars(select(FollowUpCard.workshop_id).distinct().order_by(FollowUpCard.workshop_id)).all()


def _salts(workshop_id: int | None) -> list[str]:
    """Returns the salt of the workshop's cards, or with None the salts of all workshops that have cards."""
    any_row = select(func.min(FollowUpCard.code_hash)).group_by(FollowUpCard.workshop_id)
    if workshop_id is not None:
        any_row = any_row.where(FollowUpCard.workshop_id == workshop_id)
    return sorted(stored[:_SALT] for stored in db.session.scalars(any_row))


def _veiled(secret: str, salt: str, block: bytes) -> str:
    """Returns the key of a card's row: the salt, and the block encrypted under it, in hex."""
    return salt + secrecy.veil(secret, salt, block).hex()


def _unveiled(secret: str, stored: str) -> bytes:
    """Returns the block in the key of a card's row."""
    return secrecy.unveil(secret, stored[:_SALT], bytes.fromhex(stored[_SALT:]))
