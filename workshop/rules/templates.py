"""Ready programmes: lists of steps. Titles and instructions are catalogue keys (rules.po)."""

from __future__ import annotations

from dataclasses import dataclass, field

from workshop.rules.steps import DEFAULT_MINUTES, DEFAULT_SETTINGS


@dataclass(frozen=True)
class PlannedStep:
    """One step of a template. The keys name its texts in the catalogue."""

    kind: str
    minutes: int
    instruction_key: str
    settings: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Template:
    """A named programme. `name_key` and `about_key` are catalogue keys."""

    key: str
    steps: tuple[PlannedStep, ...]

    @property
    def name_key(self) -> str:
        return f"template.{self.key}.name"

    @property
    def about_key(self) -> str:
        return f"template.{self.key}.about"

    @property
    def minutes(self) -> int:
        """Returns the minutes of all its steps together."""
        return sum(step.minutes for step in self.steps)


def planned(kind: str, minutes: int | None = None, **settings: object) -> PlannedStep:
    """Returns a step of a kind with its default minutes, settings and texts."""
    return PlannedStep(
        kind=kind,
        minutes=DEFAULT_MINUTES[kind] if minutes is None else minutes,
        instruction_key=f"step.{kind}.instruction",
        settings={**DEFAULT_SETTINGS.get(kind, {}), **settings},
    )


_COLLABORATION = Template(
    "collaboration",
    (
        planned("welcome"),
        planned("frame"),
        planned("rules"),
        planned("ideas"),
        planned("themes"),
        planned("ballot", seats=5, weights="one_person"),
        planned("goals"),
        planned("agreements"),
        planned("break"),
        planned("decisions"),
        planned("commitments"),
        planned("closing"),
    ),
)
"""Half a day: from joining a group to a decision that every group carries, with one break."""

_IDEA_POOL = Template(
    "idea_pool",
    (
        planned("welcome", 5),
        planned("frame", 5),
        planned("ideas", 20, writing="open"),
        planned("themes", 10),
        planned("ballot", 10, seats=5, weights="one_person"),
        planned("closing", 10),
    ),
)
"""One hour: many ideas and a fair shortlist, no decision."""

_CITIZENS_MEET_COUNCIL = Template(
    "citizens_meet_council",
    (
        planned("welcome", 10),
        planned("frame", 10),
        planned("rules", 5),
        planned("ideas", 25),
        planned("themes", 15),
        planned("break", 15),
        planned("ballot", 10, seats=3, weights="one_person"),
        planned("goals", 25),
        planned("decisions", 15),
        planned("commitments", 10),
        planned("closing", 10),
    ),
)
"""An evening of two and a half hours: citizens and council find three goals and decide on them together."""

TEMPLATES: dict[str, Template] = {
    template.key: template for template in (_COLLABORATION, _IDEA_POOL, _CITIZENS_MEET_COUNCIL, Template("empty", ()))
}
"""By the keys of docs/protocol.md: `collaboration`, `idea_pool`, `citizens_meet_council`, `empty`."""
