"""The public record: put out at an unguessable address by the organiser, and taken in again."""

from __future__ import annotations

import secrets
from typing import Annotated

from workshop.door.arguments import Args, Words
from workshop.door.context import Context
from workshop.door.registry import ORGANISERS, Result, command

#: bytes of chance in a record's address: 144 bits
SLUG_BYTES = 18


class PublishRecord(Args):
    """`reason`: of taking it back; its address says it."""

    published: bool
    reason: Annotated[str, Words("follow_up.words")] = ""


@command("publish_record", PublishRecord, ORGANISERS, while_closed=True, while_draft=False)
def publish_record(context: Context, args: PublishRecord) -> Result:
    """Publish the record, or take it back: then its address says when and why. Published again it has the address it had, so
    that links that were given out work again."""
    workshop = context.workshop
    if args.published and workshop.record_published_at is None:
        workshop.record_slug = workshop.record_slug or secrets.token_urlsafe(SLUG_BYTES)
        workshop.record_published_at = context.now()
        workshop.record_withdrawn_at, workshop.record_withdrawn_reason = None, ""
    elif not args.published and workshop.record_published_at is not None:
        workshop.record_published_at = None
        workshop.record_withdrawn_at, workshop.record_withdrawn_reason = context.now(), args.reason
    context.touch(workshop)
    return None
