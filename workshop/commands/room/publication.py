"""The public record: put out at an unguessable address by the organiser, and taken in again."""

from __future__ import annotations

import secrets

from workshop.door.arguments import Args
from workshop.door.context import Context
from workshop.door.registry import ORGANISERS, Result, command

#: bytes of chance in a record's address: 144 bits
SLUG_BYTES = 18


class PublishRecord(Args):
    published: bool


@command("publish_record", PublishRecord, ORGANISERS, while_closed=True, while_draft=False)
def publish_record(context: Context, args: PublishRecord) -> Result:
    """Publish the record, or take it back. Published again it has the address it had, so that links that were given out
    work again."""
    workshop = context.workshop
    if not args.published:
        workshop.record_published_at = None
    elif workshop.record_published_at is None:
        workshop.record_slug = workshop.record_slug or secrets.token_urlsafe(SLUG_BYTES)
        workshop.record_published_at = context.now()
    context.touch(workshop)
    return None
