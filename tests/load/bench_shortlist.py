"""How long a shortlist takes in a full hall.

`python tests/load/bench_shortlist.py [people] [ideas] [winners]`
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from workshop.rules.ballots import max_approvals
from workshop.rules.shortlist import Voter, equal_weight_per_group, shortlist

GROUPS = ("citizens", "leaders", "politicians", "private_actors", "professionals")


def hall(people: int, ideas: int, approvals: int, seed: int = 1) -> list[Voter]:
    """Voters who like the first ideas better than the last, each a little different."""
    draw = random.Random(seed)
    options = [f"idea:{n}" for n in range(1, ideas + 1)]
    liking = [1 / n for n in range(1, ideas + 1)]
    return [Voter(GROUPS[n % len(GROUPS)], frozenset(draw.choices(options, liking, k=approvals))) for n in range(people)]


def seconds(people: int, ideas: int, winner_count: int, approvals: int, weighted: bool) -> float:
    """Wall time of one shortlist."""
    voters = hall(people, ideas, approvals)
    sizes = {group: sum(voter.group == group for voter in voters) for group in GROUPS}
    weights = equal_weight_per_group(sizes) if weighted else None
    began = time.perf_counter()
    chosen = shortlist(voters, winner_count, "bench", weights)
    took = time.perf_counter() - began
    assert len(chosen.winners) == min(winner_count, ideas)
    return took


def main() -> None:
    given = [int(value) for value in sys.argv[1:4]]
    people, ideas, winner_count = given + [300, 150, 10][len(given) :]
    for approvals in (max_approvals(ideas), ideas):
        for weighted in (False, True):
            took = seconds(people, ideas, winner_count, approvals, weighted)
            purses = "per group" if weighted else "one person"
            print(f"{people} people, {ideas} ideas, {winner_count} winners, {approvals} choices, {purses}: {took:.3f} s")


if __name__ == "__main__":
    main()
