"""What all tables share: short keys, JSON, times in UTC, and the stamp of the workshop's clock."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, DateTime, ForeignKey, Integer
from sqlalchemy.ext.mutable import MutableDict, MutableList
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """A time, stored in UTC, always aware when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


#: JSON columns: whole values, or objects and lists whose direct changes are noticed.
Document = MutableDict.as_mutable(JSON(none_as_null=True))
Listing = MutableList.as_mutable(JSON(none_as_null=True))
BigId = BigInteger().with_variant(Integer, "sqlite")


def workshop_key() -> Mapped[int]:
    """The column that says which workshop a row belongs to."""
    return mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), index=True)


class Stamped:
    """A row that clients see as a record.

    `seq` is the workshop's clock when its appearance last changed (law 3). `kind` names the record;
    `record_id` is `"kind:pk"` as in docs/protocol.md.
    """

    kind: ClassVar[str]
    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigId, default=0)

    @property
    def record_id(self) -> str:
        return f"{self.kind}:{self.id}"
