"""Which of several processes carries out the commands of a workshop for now (`workshop/leases.py`)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from workshop.extensions import Model
from workshop.models.base import Moment


class Lease(Model):
    """One row for each workshop that a process holds. No foreign key: its check would lock the workshop's row. A row that
    nobody renews is of no effect, and is deleted when it is old."""

    __tablename__ = "lease"

    workshop_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    #: the name that a process makes for itself at each start; it opens what is written to the process
    holder: Mapped[str] = mapped_column(String(32))
    #: by the database's clock
    until: Mapped[datetime] = mapped_column(Moment)
