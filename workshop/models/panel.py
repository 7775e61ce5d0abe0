"""What the panel says in public after the seminar: its questions, who answered them, and its statement.

Rows are added and never overwritten, so that what was asked and answered stays readable.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workshop.extensions import Model
from workshop.models.base import Moment, workshop_key


class PanelQuestion(Model):
    """A question of the panel about one item."""

    __tablename__ = "panel_question"
    kind = "question"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = workshop_key()
    on: Mapped[str] = mapped_column(String(40), index=True)
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)


class PanelAnswer(Model):
    """An answer to a question of the panel, by the receiver or by a party of the item; there may be several."""

    __tablename__ = "panel_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = workshop_key()
    question_id: Mapped[int] = mapped_column(ForeignKey("panel_question.id", ondelete="CASCADE"), index=True)
    #: the body or the party that answered, as it was called then
    by: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)


class PanelStatement(Model):
    """A joint statement of the panel on one item, or on all of them (`on` None). The newest counts; earlier ones stay."""

    __tablename__ = "panel_statement"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = workshop_key()
    on: Mapped[str | None] = mapped_column(String(40))
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)
