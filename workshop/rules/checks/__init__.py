"""Live quality checks of goals, agreements and workshops (docs/rules.md section 2). They never rewrite
text."""

from workshop.rules.checks.agreements import AgreementContext, LinkedGoal, check_agreement
from workshop.rules.checks.found import Check, blocking, blocks_opening
from workshop.rules.checks.goals import GoalContext, check_goal
from workshop.rules.checks.workshop import GroupCount, check_closing, check_groups

__all__ = [
    "AgreementContext",
    "Check",
    "GoalContext",
    "GroupCount",
    "LinkedGoal",
    "blocking",
    "blocks_opening",
    "check_agreement",
    "check_closing",
    "check_goal",
    "check_groups",
]
