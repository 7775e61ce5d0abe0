"""One reading of a workshop: its rows, and what each thing is called in the document."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from string import ascii_uppercase

from sqlalchemy import select

from workshop.catalogue import t
from workshop.export.document import Reference
from workshop.extensions import db
from workshop.models import Agreement, Goal, Group, Idea, Theme, Workshop, headcount, labels
from workshop.models.texts import TextVersion, Versioned
from workshop.rules.fields import missing_needed
from workshop.rules.groups import split_key

CLOSED = "closed"


class Reading:
    """The rows of one workshop, each kind read once, and the names the document gives them.

    `public` leaves out the agreements that are open to their parties only.
    """

    def __init__(self, workshop: Workshop, language: str, public: bool) -> None:
        self.workshop = workshop
        self.language = language
        self.public = public

    @cached_property
    def groups(self) -> dict[str, Group]:
        """The groups by key, in the workshop's order."""
        return {group.key: group for group in self.workshop.groups}

    @cached_property
    def sizes(self) -> dict[str, int]:
        """People who have joined and were not removed, by group key; empty groups are nought."""
        return headcount.by_key(self.workshop.id)

    @cached_property
    def _keys_by_id(self) -> dict[int, str]:
        return {group.id: key for key, group in self.groups.items()}

    @cached_property
    def goals(self) -> list[Goal]:
        """Goals that were not dropped, in the room's order."""
        rows = db.session.scalars(select(Goal).where(Goal.workshop_id == self.workshop.id).order_by(Goal.position, Goal.id))
        return [row for row in rows if row.state != "dropped"]

    @cached_property
    def all_agreements(self) -> list[Agreement]:
        """Agreements that were not dropped, in the room's order."""
        rows = db.session.scalars(
            select(Agreement).where(Agreement.workshop_id == self.workshop.id).order_by(Agreement.position, Agreement.id)
        )
        return [row for row in rows if row.state != "dropped"]

    @cached_property
    def withheld(self) -> frozenset[str]:
        """Record ids of agreements that a public document must not show."""
        if not self.public:
            return frozenset()
        return frozenset(row.record_id for row in self.all_agreements if row.content.get("openness") == "parties_only")

    @property
    def agreements(self) -> list[Agreement]:
        """The agreements that this document shows."""
        return [row for row in self.all_agreements if row.record_id not in self.withheld]

    @cached_property
    def ideas(self) -> list[Idea]:
        """Ideas the room has seen and may still see, oldest number first. Private, hidden and withdrawn ones are
        nobody's to print."""
        return list(
            db.session.scalars(
                select(Idea)
                .where(
                    Idea.workshop_id == self.workshop.id,
                    Idea.state.in_(("open", "merged")),
                    Idea.shown_seq.is_not(None),
                )
                .order_by(Idea.id)
            )
        )

    @cached_property
    def themes(self) -> dict[int, str]:
        """Theme titles by number."""
        rows = db.session.scalars(select(Theme).where(Theme.workshop_id == self.workshop.id))
        return {row.id: row.title for row in rows}

    # names

    def say(self, key: str, **facts: object) -> str:
        """Returns a text of the export catalogue in this document's language."""
        return t(f"export.{key}", self.language, **facts)

    def group_name(self, key: str) -> str:
        """Returns a group's name in the document's language; an unknown key stands as it is."""
        group = self.groups.get(key)
        if group is None:
            return key
        return (group.name_en if self.language == "en" else group.name_da) or group.name_da

    def effective_name(self, key: str) -> str:
        """Returns the name of an effective group: "Folketing + Forskere"."""
        return self.joined_name(split_key(key))

    def joined_name(self, keys: Iterable[str]) -> str:
        """Names of groups that stand together, in the workshop's order."""
        return " + ".join(self.group_name(key) for key in self.in_order(keys))

    def in_order(self, keys: Iterable[str]) -> list[str]:
        """Group keys in the workshop's order, unknown ones last."""
        order = {key: place for place, key in enumerate(self.groups)}
        return sorted(keys, key=lambda key: (order.get(key, len(order)), key))

    def place(self, key: str) -> tuple[int, str]:
        """Returns where an effective group stands in the workshop's order: as its first declared group."""
        order = {one: number for number, one in enumerate(self.groups)}
        return min(order.get(one, len(order)) for one in split_key(key)), key

    def marks(self, keys: Iterable[str]) -> tuple[int, ...]:
        """Returns the drawn marks of large enough groups."""
        found = (self.groups.get(key) for key in self.in_order(keys))
        return tuple(group.glyph for group in found if group is not None and group.glyph)

    @cached_property
    def labelled(self) -> labels.Labels:
        """The groups that are named on what their people write."""
        return labels.shown(self.workshop)

    def label(self, group_id: int | None, by_helper: bool | None = None) -> str | None:
        """Returns a group's name as a label on words, as on the screens (`screens.view.View.group_label`)."""
        return self.name_by_id(group_id) if self.labelled.on(group_id, by_helper) else None

    def name_by_id(self, group_id: int | None) -> str | None:
        """Returns a group's name, whatever its size: for those who chose to stand by name."""
        key = self._keys_by_id.get(group_id or 0)
        return self.group_name(key) if key else None

    @cached_property
    def labels(self) -> dict[str, str]:
        """What each goal, agreement and idea is called: "Mål 2", "Aftale A", "Idé 14"."""
        named = {row.record_id: self.say("name.goal", number=number) for number, row in enumerate(self.goals, 1)}
        kinds = {"agreed": "agreement", "intention": "intention"}
        for place, row in enumerate(self.all_agreements):
            kind = kinds.get(self.standing(row), "draft")
            named[row.record_id] = self.say(f"name.{kind}", letter=letter(place))
        for number, idea in enumerate(self.ideas, 1):
            named[idea.record_id] = self.say("name.idea", number=number)
        return named

    @cached_property
    def _texts(self) -> dict[str, str]:
        titles = {row.record_id: wording(row) for row in (*self.goals, *self.all_agreements)}
        return titles | {idea.record_id: idea.text for idea in self.ideas}

    def reference(self, record_id: str, text: str | None = None) -> Reference:
        """Returns a pointer to a record; one that is no longer there is called a dropped text."""
        label = self.labels.get(record_id) or self.say("name.dropped")
        return Reference(record_id, label, self._texts.get(record_id, "") if text is None else text)

    def references(self, record_ids: Iterable[str]) -> tuple[Reference, ...]:
        """Pointers to those of the records that this document shows."""
        shown = (one for one in record_ids if one in self.labels and one not in self.withheld)
        return tuple(self.reference(one) for one in shown)

    def standing(self, row: Versioned) -> str:
        """agreed, intention, not_agreed or unfinished (docs/rules.md section 1).

        What was carried had nothing that blocked when the vote opened, and a date that passes later takes nothing back.
        An agreement that was not, and has a blocking check or a needed field open when the workshop closes, is an
        intention. While the workshop runs nothing is an intention yet.
        """
        if row.state in ("agreed", "not_agreed", "intention"):
            return row.state
        blocked = any(check.get("severity") == "B" for check in row.checks)
        over = isinstance(row, Agreement) and self.workshop.state == CLOSED
        if over and (blocked or missing_needed("agreement", row.content)):
            return "intention"
        return "unfinished"


def letter(place: int) -> str:
    """A, B … Z, AA, AB …: the letter of the agreement at a place from 0."""
    first, second = divmod(place, len(ascii_uppercase))
    return (letter(first - 1) if first else "") + ascii_uppercase[second]


def wording(row: Versioned | TextVersion) -> str:
    """Returns the sentence a text is known by: a goal's title, an agreement's purpose."""
    return str(row.content.get("title") or row.content.get("purpose") or "")
