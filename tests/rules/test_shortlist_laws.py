"""What must hold of every shortlist (docs/rules.md section 5), tried on many small rooms."""

from fractions import Fraction
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.rules.shortlist import Voter, shortlist

OPTIONS = "abcdef"
BALLOT = st.builds(Voter, st.sampled_from(["x", "y", "z"]), st.frozensets(st.sampled_from(OPTIONS)))
ROOM = st.lists(BALLOT, max_size=9)
WINNER_COUNTS = st.integers(1, 5)
WEIGHTS = st.fixed_dictionaries({"x": st.integers(1, 4), "y": st.integers(1, 4), "z": st.integers(1, 4)})


def spent(steps, phase):
    return sum((sum(step.paid_by_group.values()) for step in steps if step.phase == phase), Fraction(0))


@given(ROOM, WINNER_COUNTS, WEIGHTS)
def test_at_most_as_many_as_are_to_win_and_only_supported_ideas(room, winner_count, weights):
    chosen = shortlist(room, winner_count, "seed", weights)
    supported = set().union(*(voter.supports for voter in room))
    assert len(chosen.winners) == len(set(chosen.winners)) == min(winner_count, len(supported))
    assert set(chosen.winners) <= supported


@given(ROOM, WINNER_COUNTS, WEIGHTS)
def test_every_idea_is_paid_in_full_and_equal_shares_never_spends_more_than_there_is(room, winner_count, weights):
    chosen = shortlist(room, winner_count, "seed", weights)
    for step in chosen.steps:
        assert sum(step.paid_by_group.values()) == 1
    assert spent(chosen.steps, "equal_shares") <= winner_count


@given(ROOM, WINNER_COUNTS, WEIGHTS)
def test_nobody_pays_more_than_their_purse_in_equal_shares(room, winner_count, weights):
    chosen = shortlist(room, winner_count, "seed", weights)
    counted = [voter for voter in room if voter.supports]
    whole = sum(weights[voter.group] for voter in counted)
    for voter in counted:
        left = Fraction(winner_count * weights[voter.group], whole)
        for step in chosen.steps:
            if step.phase == "equal_shares" and step.option in voter.supports:
                paid = min(left, step.price * weights[voter.group])
                left -= paid
        assert left >= 0


@given(ROOM, WINNER_COUNTS, WEIGHTS)
def test_equal_shares_comes_first_and_prices_never_fall_within_a_phase(room, winner_count, weights):
    steps = shortlist(room, winner_count, "seed", weights).steps
    phases = [step.phase for step in steps]
    assert phases == sorted(phases)
    for phase in ("equal_shares", "phragmen"):
        prices = [step.price for step in steps if step.phase == phase]
        assert prices == sorted(prices)


@given(ROOM, WINNER_COUNTS)
def test_a_tie_is_always_reported_whole(room, winner_count):
    chosen = shortlist(room, winner_count, "seed")
    if chosen.steps:
        support = {option: sum(option in voter.supports for voter in room) for option in OPTIONS}
        first = chosen.steps[0]
        assert set(first.tied) == {option for option in OPTIONS if support[option] == max(support.values())}
    for step in chosen.steps:
        assert step.option in step.tied
        assert (step.broken_by is None) == (len(step.tied) == 1)


@given(ROOM, WINNER_COUNTS, WEIGHTS, st.randoms())
def test_the_result_does_not_depend_on_the_order_of_ballots(room, winner_count, weights, random):
    shuffled = list(room)
    random.shuffle(shuffled)
    assert shortlist(shuffled, winner_count, "seed", weights) == shortlist(room, winner_count, "seed", weights)


@given(ROOM, WINNER_COUNTS, WEIGHTS, st.integers(2, 5))
def test_only_the_proportion_of_weights_matters(room, winner_count, weights, factor):
    scaled = {group: weight * factor for group, weight in weights.items()}
    assert shortlist(room, winner_count, "seed", scaled).winners == shortlist(room, winner_count, "seed", weights).winners


@given(ROOM, WINNER_COUNTS, WEIGHTS)
def test_influence_adds_up_to_one(room, winner_count, weights):
    chosen = shortlist(room, winner_count, "seed", weights)
    if chosen.steps:
        assert sum(chosen.influence.values()) == 1


@settings(max_examples=300)
@given(st.lists(BALLOT, min_size=1, max_size=12), WINNER_COUNTS)
def test_whoever_is_large_and_agreed_enough_is_represented(room, winner_count):
    """Extended justified representation: of n·l/k people with l ideas in common, one has l ideas chosen."""
    counted = [voter for voter in room if voter.supports]
    winners = set(shortlist(room, winner_count, "seed").winners)
    for size in range(1, winner_count + 1):
        for common in combinations(OPTIONS, size):
            left_out = [v for v in counted if v.supports.issuperset(common) and len(v.supports & winners) < size]
            assert len(left_out) * winner_count < size * len(counted) or not counted
