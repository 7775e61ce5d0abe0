"""The section of goals, and those of texts that were not agreed."""

from __future__ import annotations

from workshop.export.blocks import Block, Facts, Heading, Paragraph, Section, Wording, facts
from workshop.export.document import Goal, Outcome, VotedGoal
from workshop.export.parts import agreements, history
from workshop.export.words import Words


def agreed(outcome: Outcome, words: Words) -> Section | None:
    """Returns the agreed goals; if there are none, a sentence that says so. None if there are none yet in an open workshop."""
    found = outcome.goals_standing("agreed")
    if not found and outcome.state != "closed":
        return None
    blocks: list[Block] = [] if found else [Paragraph(words("goals.none"), soft=True)]
    for goal in found:
        blocks += written(goal, outcome, words)
    return Section("goals", words("goals.heading"), tuple(blocks))


def unsettled(outcome: Outcome, words: Words) -> list[Section]:
    """Returns two sections: goals and agreements that were voted down, and those that were not voted on."""
    sections = []
    for standing in ("not_agreed", "unfinished"):
        blocks: list[Block] = []
        for agreement in outcome.agreements_standing(standing):
            blocks += agreements.written(agreement, outcome, words)
            if standing == "unfinished":
                blocks += agreements.missing(agreement, words)
        for goal in outcome.goals_standing(standing):
            blocks += written(goal, outcome, words)
        if blocks:
            blocks.insert(0, Paragraph(words(f"{standing}.lead"), soft=True))
            sections.append(Section(standing, words(f"{standing}.heading"), tuple(blocks)))
    return sections


def written(goal: Goal, outcome: Outcome, words: Words) -> list[Block]:
    """Returns one goal: its title, its figures, and its other fields."""
    blocks: list[Block] = [
        Heading(3, goal.label),
        Wording(goal.title, open=goal.standing != "agreed"),
    ]
    decision = outcome.decision_on(goal)
    if said := carried(goal, outcome, words):
        blocks.append(Paragraph(said, soft=True))
    blocks.append(facts((words("goal.measure"), measure(goal, words)), *particulars(goal, words).pairs))
    if decision is not None:
        blocks += agreements.minority(decision, (), words)
    return blocks


def carried(goal: Goal, outcome: Outcome, words: Words) -> str:
    """Returns how the room carried it, if it did, and which versions have corrected its language since."""
    decision = outcome.decision_on(goal)
    if decision is None or decision.outcome != "ratified":
        return history.language_only(goal, None, words)
    return f"{words.carried(decision)} {history.language_only(goal, decision.subject_version, words)}".strip()


def particulars(goal: Goal, words: Words) -> Facts:
    """Returns the fields of a goal that are filled in, except its title and its figures."""
    return facts(
        (words("goal.indicator"), goal.indicator),
        (words("goal.target_group"), goal.target_group),
        (words("goal.challenge"), goal.challenge),
        (words("goal.deadline"), words.day(goal.deadline)),
        (words("goal.owner"), goal.owner),
        (words("goal.contributors"), goal.contributors),
        (words("goal.first_step"), first_step(goal, words)),
        (words("goal.data_source"), goal.data_source),
        (words("goal.from_ideas"), "\n".join(f"{idea.label}: {idea.text}" for idea in goal.from_ideas)),
    )


def measure(goal: Goal | VotedGoal, words: Words) -> str:
    """Returns a goal's baseline and target: "Fra 41 % (1. marts 2026) op til 60 %". An unknown baseline is called so."""
    if not goal.target:
        return ""
    target = with_unit(goal.target, goal.unit)
    baseline = with_unit(goal.baseline, goal.unit) if goal.baseline else words("goal.unknown")
    if goal.baseline_date:
        key = "goal.measured_on" if goal.baseline else "goal.measured_by"
        baseline = words(key, value=baseline, day=words.day(goal.baseline_date))
    direction = goal.direction if goal.direction in ("up", "down", "at_least", "at_most") else "to"
    return words(f"goal.from_{direction}", baseline=baseline, target=target)


def with_unit(value: str, unit: str) -> str:
    """Returns a value with its unit; the value alone if it contains the unit or has no digit."""
    if not unit or unit.lower() in value.lower() or not any(letter.isdigit() for letter in value):
        return value
    return f"{value} {unit}"


def first_step(goal: Goal, words: Words) -> str:
    """Returns the first step and its day."""
    if not goal.first_step or not goal.first_step_due:
        return goal.first_step
    return words("goal.first_step_by", step=goal.first_step, day=words.day(goal.first_step_due))
