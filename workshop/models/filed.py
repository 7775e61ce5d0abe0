"""Records that were taken for the archive. They are noted so that a later record can name the one it adds to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from workshop.extensions import Model, db
from workshop.models.base import Moment, workshop_key
from workshop.models.follow_up import FollowUpReport, LineReport
from workshop.models.rooms import Workshop


class FiledRecord(Model):
    """One record as the secretariat took it: its SHA-256 and when."""

    __tablename__ = "filed_record"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = workshop_key()
    sha256: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment)

    __table_args__ = (UniqueConstraint("workshop_id", "sha256"),)


def adds_to(workshop: Workshop) -> FiledRecord | None:
    """Returns the filed record that a record made now adds to: the newest one from before the last report. None where
    nothing was reported since the first was filed."""
    moments = [
        db.session.scalar(select(func.max(model.at)).where(model.workshop_id == workshop.id))
        for model in (FollowUpReport, LineReport)
    ]
    reported = [moment for moment in moments if moment is not None]
    if not reported:
        return None
    wanted = select(FiledRecord).where(FiledRecord.workshop_id == workshop.id, FiledRecord.at < max(reported))
    return db.session.scalar(wanted.order_by(FiledRecord.id.desc()).limit(1))
