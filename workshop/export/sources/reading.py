"""The rows of a workshop that the document uses, and the names of things in the document."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from string import ascii_uppercase

from sqlalchemy import select

from workshop.catalogue import t
from workshop.export.document import Reference
from workshop.extensions import db
from workshop.models import Agreement, Goal, Group, Idea, Theme, Workshop, headcount, labels
from workshop.models.items import for_parties_only
from workshop.models.texts import TextVersion, Versioned
from workshop.rules.fields import missing_needed
from workshop.rules.groups import split_key

CLOSED = "closed"


class Reading:
    """The rows of one workshop, each kind read once, and the names the document gives them.

    `public` leaves out the agreements that only their parties may read.
    """

    def __init__(self, workshop: Workshop, language: str, public: bool) -> None:
        self.workshop = workshop
        self.language = language
        self.public = public

    @cached_property
    def groups(self) -> dict[str, Group]:
        """Returns the groups by key, in the workshop's order."""
        return {group.key: group for group in self.workshop.groups}

    @cached_property
    def sizes(self) -> dict[str, int]:
        """Returns how many people have joined and were not removed, by group key; 0 for an empty group."""
        return headcount.by_key(self.workshop.id)

    @cached_property
    def _keys_by_id(self) -> dict[int, str]:
        return {group.id: key for key, group in self.groups.items()}

    @cached_property
    def goals(self) -> list[Goal]:
        """Returns the goals that were not dropped, in the room's order."""
        rows = db.session.scalars(select(Goal).where(Goal.workshop_id == self.workshop.id).order_by(Goal.position, Goal.id))
        return [row for row in rows if row.state != "dropped"]

    @cached_property
    def all_agreements(self) -> list[Agreement]:
        """Returns the agreements that were not dropped, in the room's order."""
        rows = db.session.scalars(
            select(Agreement).where(Agreement.workshop_id == self.workshop.id).order_by(Agreement.position, Agreement.id)
        )
        return [row for row in rows if row.state != "dropped"]

    @cached_property
    def withheld(self) -> frozenset[str]:
        """Returns the record ids of the agreements that a public document must not show; none for another document."""
        if not self.public:
            return frozenset()
        return frozenset(row.record_id for row in self.all_agreements if for_parties_only(row.content))

    @property
    def agreements(self) -> list[Agreement]:
        """Returns the agreements that this document shows."""
        return [row for row in self.all_agreements if row.record_id not in self.withheld]

    @cached_property
    def ideas(self) -> list[Idea]:
        """Returns the ideas that the room has seen and may still see, the oldest first. Private, hidden and withdrawn ideas
        are not printed."""
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
        """Returns the titles of themes by number."""
        rows = db.session.scalars(select(Theme).where(Theme.workshop_id == self.workshop.id))
        return {row.id: row.title for row in rows}

    # names

    def say(self, key: str, **facts: object) -> str:
        """Returns a text of the export catalogue in this document's language."""
        return t(f"export.{key}", self.language, **facts)

    def group_name(self, key: str) -> str:
        """Returns a group's name in the document's language; for an unknown key the key."""
        group = self.groups.get(key)
        if group is None:
            return key
        return (group.name_en if self.language == "en" else group.name_da) or group.name_da

    def effective_name(self, key: str) -> str:
        """Returns the name of an effective group: "Folketing + Forskere"."""
        return self.joined_name(split_key(key))

    def joined_name(self, keys: Iterable[str]) -> str:
        """Returns the names of several groups joined by a plus, in the workshop's order."""
        return " + ".join(self.group_name(key) for key in self.in_order(keys))

    def in_order(self, keys: Iterable[str]) -> list[str]:
        """Returns group keys in the workshop's order, unknown ones last."""
        order = {key: place for place, key in enumerate(self.groups)}
        return sorted(keys, key=lambda key: (order.get(key, len(order)), key))

    def place(self, key: str) -> tuple[int, str]:
        """Returns a sort key for an effective group: the place of its first group in the workshop's order."""
        order = {one: number for number, one in enumerate(self.groups)}
        return min(order.get(one, len(order)) for one in split_key(key)), key

    def marks(self, keys: Iterable[str]) -> tuple[int, ...]:
        """Returns the numbers of the groups' drawn marks; groups without a mark are left out."""
        found = (self.groups.get(key) for key in self.in_order(keys))
        return tuple(group.glyph for group in found if group is not None and group.glyph)

    @cached_property
    def labelled(self) -> labels.Labels:
        """Returns which groups are named as labels on what their members write."""
        return labels.shown(self.workshop)

    def label(self, group_id: int | None, by_helper: bool | None = None) -> str | None:
        """Returns a group's name as a label on a text, None where it must not be shown; by the rules of the screens
        (`screens.view.View.group_label`)."""
        return self.name_by_id(group_id) if self.labelled.on(group_id, by_helper) else None

    def name_by_id(self, group_id: int | None) -> str | None:
        """Returns a group's name, whatever its size: for people who chose to be named."""
        key = self._keys_by_id.get(group_id or 0)
        return self.group_name(key) if key else None

    @cached_property
    def labels(self) -> dict[str, str]:
        """Returns the names of goals, agreements and ideas by record id: "Mål 2", "Aftale A", "Idé 14"."""
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
        """Returns a reference to a record; one that no longer exists is named as a dropped text."""
        label = self.labels.get(record_id) or self.say("name.dropped")
        return Reference(record_id, label, self._texts.get(record_id, "") if text is None else text)

    def references(self, record_ids: Iterable[str]) -> tuple[Reference, ...]:
        """Returns references to those of the records that this document shows."""
        shown = (one for one in record_ids if one in self.labels and one not in self.withheld)
        return tuple(self.reference(one) for one in shown)

    def standing(self, row: Versioned) -> str:
        """Returns agreed, intention, not_agreed or unfinished (docs/rules.md section 1).

        A carried text had no blocking check when the vote opened, and stays agreed if a date in it passes later. An
        agreement that was not carried, and has a blocking check or an empty required field when the workshop closes, is an
        intention. In a workshop that is not closed nothing becomes an intention by this rule.
        """
        if row.state in ("agreed", "not_agreed", "intention"):
            return row.state
        blocked = any(check.get("severity") == "B" for check in row.checks)
        over = isinstance(row, Agreement) and self.workshop.state == CLOSED
        if over and (blocked or missing_needed("agreement", row.content)):
            return "intention"
        return "unfinished"


def letter(place: int) -> str:
    """Returns the letter of the agreement at a place, counted from 0: A, B … Z, AA, AB …"""
    first, second = divmod(place, len(ascii_uppercase))
    return (letter(first - 1) if first else "") + ascii_uppercase[second]


def wording(row: Versioned | TextVersion) -> str:
    """Returns the main sentence of a text: a goal's title, an agreement's purpose."""
    return str(row.content.get("title") or row.content.get("purpose") or "")
