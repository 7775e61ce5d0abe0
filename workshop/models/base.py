"""What all tables share: short keys, JSON, times in UTC, and the stamp of the workshop's clock."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar, overload

from sqlalchemy import JSON, BigInteger, DateTime, Double, ForeignKey, Integer
from sqlalchemy.ext.mutable import MutableDict, MutableList
from sqlalchemy.orm import ColumnProperty, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from workshop.rules.record_ids import RecordId


def column_name(attribute: ColumnProperty[Any]) -> str:
    """Returns the name that the column of a mapped attribute has in the database. The undo log and the file of a person's
    data use it."""
    return str(attribute.columns[0].name)


class Moment(TypeDecorator[datetime]):
    """A time, stored in UTC; it always has a time zone when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Place(TypeDecorator[float]):
    """The place of a row in an order that people change. It may have a fraction, so that a row can be moved between two
    others without changing theirs. A whole number is read as an `int`."""

    impl = Double
    cache_ok = True

    def process_result_value(self, value: float | None, dialect: Any) -> float | None:
        return int(value) if value is not None and value == int(value) else value


#: JSON columns of an object and of a list. SQLAlchemy notices changes of their own entries, not of what is nested in them.
Document = MutableDict.as_mutable(JSON(none_as_null=True))
Listing = MutableList.as_mutable(JSON(none_as_null=True))
BigId = BigInteger().with_variant(Integer, "sqlite")


def workshop_key() -> Mapped[int]:
    """Returns the column that says which workshop a row belongs to."""
    return mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), index=True)


class Stamped:
    """A row that clients see as a record.

    `seq` is the workshop's clock when the row's appearance last changed (docs/architecture.md, law 3). `kind` names the
    record; `record_id` is `"kind:number"` as in docs/protocol.md.
    """

    kind: ClassVar[str]
    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigId, default=0)

    def stamp(self, seq: int) -> None:
        """Sets the number of the clock under which the row's appearance changed for every audience."""
        self.seq = seq

    @property
    def record_id(self) -> str:
        """Returns `"kind:number"`. The row must have its number."""
        return self.record_id_of(self.id)

    @overload
    @classmethod
    def record_id_of(cls, number: int) -> str: ...

    @overload
    @classmethod
    def record_id_of(cls, number: None) -> None: ...

    @classmethod
    def record_id_of(cls, number: int | None) -> str | None:
        """Returns the record id of the row with this number; None for None, the number of no row."""
        return None if number is None else str(RecordId(cls.kind, number))
