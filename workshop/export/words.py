"""Makes sentences from the values of an outcome, in its language and within its mandate.

Where the room may only inspire or recommend, no sentence says that something was decided (docs/rules.md: words follow
the mandate). No function here rounds, adds or guesses a number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from babel.dates import format_date, format_time
from babel.lists import format_list

from workshop.catalogue import has, t
from workshop.clock import ZONE, day_of
from workshop.export.document import Decision, Figure, Outcome, ShortlistStep, Tally, Vote

#: the decision levels at which the room itself decides; at the others it advises
DECIDING = frozenset({"agreement", "decision"})


class Words:
    """The sentences of one outcome: `words("about.title")` is the text `export.about.title` in its language."""

    def __init__(self, outcome: Outcome) -> None:
        self.language = outcome.language
        self.locale = "en_GB" if outcome.language == "en" else outcome.language
        self.level = outcome.mandate.decision_level
        self.family = "decides" if self.level in DECIDING else "advises"

    def __call__(self, key: str, **facts: object) -> str:
        return t(f"export.{key}", self.language, **facts)

    def mandated(self, key: str, **facts: object) -> str:
        """Returns the text that fits the decision level: `<key>.decides` or `<key>.advises`."""
        return self(f"{key}.{self.family}", **facts)

    def one_of(self, key: str, value: str) -> str:
        """Returns the text for one value of a fixed list; the value itself if it is not in the list."""
        return self(f"{key}.{value}") if has(f"export.{key}.{value}") else value

    def listed(self, names: Iterable[str]) -> str:
        """Returns names as a list: "a, b og c"."""
        return format_list(list(names), style="standard", locale=self.locale)

    def check(self, code: str) -> str:
        """Returns the sentence of a quality check (docs/rules.md section 2)."""
        asked, why = t(f"check.{code}", self.language), t(f"check.{code}.why", self.language)
        return f"{asked} {why}" if asked.endswith((".", "?", "!")) else f"{asked}. {why}"

    def number(self, value: str) -> str:
        """Returns a decimal number as it is written in the language: "0,58"; a fraction "2/3" unchanged."""
        return value.replace(".", ",") if self.language == "da" else value

    # times

    def day(self, value: date | str | None) -> str:
        """Returns a day in words, "22. november 2026"; a text that is not an ISO date unchanged."""
        return written_day(value, self.language)

    def clock(self, value: datetime) -> str:
        """Returns a time of day in the time zone of the room."""
        return format_time(value.astimezone(ZONE), "HH.mm" if self.language == "da" else "HH:mm", locale=self.locale)

    def moment(self, value: datetime | None) -> str:
        """Returns a day and a time of day in the time zone of the room."""
        if value is None:
            return ""
        return self("moment", day=self.day(day_of(value)), time=self.clock(value))

    # counts

    def figure(self, figure: Figure) -> str:
        """Returns a figure in words: "12", "under 5", "ingen tal"."""
        if figure.exact is not None:
            return str(figure.exact)
        return self("figure.withheld") if figure.at_most is None else self("figure.under", n=figure.at_most + 1)

    def tally(self, tally: Tally, *, brief: bool = False) -> str:
        """Returns the stances of a group: "19 for (heraf 2 med forbehold), 4 imod, 1 blank"; `brief` does not mention
        reservations."""
        in_favour = self._in_favour(tally)
        if in_favour is None:
            return self("figure.withheld")
        said = self("count.for", count=in_favour)
        if tally.reservation.exact and not brief:
            said += " " + self("count.of_which_reserved", count=tally.reservation.exact)
        parts = [said, self("count.against", count=self.figure(tally.against))]
        return ", ".join([*parts, self("count.blank", n=tally.blank.exact)] if tally.blank.exact else parts)

    def _in_favour(self, tally: Tally) -> int | None:
        """Returns how many are for, with or without a reservation; None where counts are withheld."""
        return None if tally.for_.exact is None else tally.for_.exact + (tally.reservation.exact or 0)

    def per_group(self, vote: Vote) -> str:
        """Returns from when on counts by group are shown: "Tal for hver gruppe vises først, når …"."""
        return self("per_group", n=vote.counts_from)

    # decisions

    def carried(self, decision: Decision) -> str:
        """Returns the outcome of a decision in one or two sentences: which groups carried it, and which were absent."""
        names = [group.name for group in decision.groups]
        facts: dict[str, object] = {
            "n": len(names),
            "groups": self.listed(names),
            "missing": self.listed(decision.missing_required),
            "blocked": self.listed(self._blocked(decision)),
            "silent": self.listed(g.name for g in decision.groups if g.status == "no_position"),
            "limit": decision.rules.overall_majority,
        }
        said = self(f"outcome.{decision.outcome}", **facts)
        return f"{said} {self.not_present(decision.absent)}".strip()

    def in_short(self, decision: Decision) -> str:
        """Returns the outcome without the names of all groups: "Flertal i alle 5 grupper", or why it was not carried."""
        if decision.outcome == "ratified":
            return self("outcome.in_all", n=len(decision.groups))
        return self.carried(replace(decision, absent=()))

    def _blocked(self, decision: Decision) -> list[str]:
        """Returns the groups without a majority; one whose party binds itself with the share it needed."""
        bound = {group.name for group in decision.groups if not set(group.keys).isdisjoint(decision.rules.binding_groups)}
        share = decision.rules.binding_majority
        return [self("blocked_party", group=name, share=share) if name in bound else name for name in decision.blocked_by]

    def not_present(self, absent: tuple[str, ...]) -> str:
        """Returns "Ikke til stede: …", or an empty text if no group was absent."""
        return self("not_present", groups=self.listed(absent)) if absent else ""

    def overall(self, decision: Decision) -> str:
        """Returns the result in the whole room: "51 af de 62, der tog stilling, er for. 64 af 67 stemte."."""
        return f"{self._position_of_the_room(decision)} {self.turnout_of(decision)}".strip()

    def turnout_of(self, vote: Vote) -> str:
        """Returns how many of the whole room voted, and how many of them through a helper: "64 af 67 stemte. En
        hjælper …"."""
        if vote.voted.exact is None or vote.eligible.exact is None:
            return ""
        said = self("overall.turnout", voted=vote.voted.exact, eligible=vote.eligible.exact)
        return f"{said} {self('overall.by_helper', n=vote.by_helper)}" if vote.by_helper else said

    def _position_of_the_room(self, decision: Decision) -> str:
        counts = decision.overall.counts or Tally()
        in_favour, against = self._in_favour(counts), counts.against.exact
        if in_favour is None or against is None:
            return self("overall.withheld", n=decision.counts_from) + "."
        return self("overall.exact", n=in_favour + against, favour=in_favour)

    def chosen(self, step: ShortlistStep) -> str:
        """Returns why an idea is on the shortlist, in one sentence, and with which ideas it tied."""
        if step.phase == "equal_shares" and step.supporters.exact is not None and step.price:
            said = self("chosen.equal_shares", n=step.supporters.exact, price=step.price)
        elif step.phase == "equal_shares":
            said = self("chosen.equal_shares_withheld")
        else:
            said = self("chosen.phragmen")
        if step.tied:
            said += " " + self("chosen.tied", others=self.listed(one.label for one in step.tied))
            said += " " + self(f"chosen.broken.{step.broken_by or 'rule'}")
        return said


def written_day(value: date | str | None, language: str) -> str:
    """Returns a day in words; a text that is not an ISO date unchanged; an empty text for None."""
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return str(value)
    return day_in_words(value, language) if value is not None else ""


def day_in_words(value: date, language: str) -> str:
    """Returns a day as it is written in a language: "22. november 2026", "22 November 2026"."""
    if language == "en":
        return format_date(value, "d MMMM y", locale="en_GB")
    return format_date(value, "d. MMMM y", locale=language)
