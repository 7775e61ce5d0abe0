"""The rehearsal of the real session, as fast as the limits allow, is a test like any other."""

import pytest

from tests.apart import run
from tests.load import formulas, london, rehearsal
from tests.load.server import Server
from workshop.rules import common_ground
from workshop.rules.ballots import Positions


@pytest.mark.slow
def test_the_real_session_replayed_on_the_real_server_differs_nowhere():
    with Server() as server:
        checks = run(rehearsal.play(server, rehearsal.make(server, london.load())))
    assert checks.failed == []
    assert checks.made > 50


def test_the_products_common_ground_of_all_36_statements_equals_the_formula():
    """Also of the figures that the rules of disclosure keep back in a room this small."""
    session = london.load()
    for statement in session.shown:
        counts = session.counts(statement.number)
        answers = {
            group: Positions(agree=n["agree"], passed=n["pass"], disagree=n["disagree"]) for group, n in counts.items()
        }
        assert common_ground.common_ground(answers) == formulas.common_ground(counts)
        assert common_ground.may_rank(answers, session.sizes) == formulas.is_ranked(counts, session.sizes)
