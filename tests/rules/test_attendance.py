"""Who was there over the day (docs/rules.md section 10)."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.attendance import EVERY, MOST, MOST_TOLD, Sample, is_due, told, too_many, worth_telling
from workshop.rules.groups import EffectiveGroup, effective_groups

MORNING = datetime(2027, 3, 11, 8, tzinfo=UTC)


def look(minutes, step=None, **counts):
    return Sample(MORNING + timedelta(minutes=minutes), counts, step)


def test_it_is_time_at_once_and_then_every_five_minutes():
    assert is_due(None, MORNING)
    assert not is_due(MORNING, MORNING + EVERY - timedelta(seconds=1))
    assert is_due(MORNING, MORNING + EVERY)


def test_a_long_day_is_kept_whole_and_a_long_week_more_coarsely():
    day = [look(5 * n) for n in range(MOST)]
    assert too_many(day) == []
    gone = too_many([*day, look(5 * MOST)])
    assert gone and max(one.at for one in gone) < day[MOST // 2].at


def test_the_starts_of_steps_outlive_the_looks_between_them():
    looks = [look(n, step="step:1" if n % 10 == 0 else None) for n in range(MOST + 1)]
    assert all(one.step is None for one in too_many(looks))


@given(st.lists(st.booleans(), max_size=60), st.integers(1, 20))
def test_letting_go_again_and_again_ends_under_the_most_and_keeps_the_newest(steps, most):
    looks = [look(n, step="step:1" if begins else None) for n, begins in enumerate(steps)]
    newest = looks[-1:] if looks else []
    while gone := too_many(looks, most):
        looks = [one for one in looks if one not in gone]
    assert len(looks) <= most
    assert looks[-1:] == newest


def test_a_document_tells_the_starts_of_the_steps_and_the_last_look():
    looks = [look(0), look(4, step="step:1"), look(9), look(20, step="step:2"), look(25), look(30)]
    assert worth_telling(looks) == [looks[1], looks[3], looks[5]]


def test_without_steps_it_tells_some_looks_over_the_time_and_never_too_many():
    looks = [look(5 * n) for n in range(100)]
    chosen = worth_telling(looks)
    assert len(chosen) == MOST_TOLD and chosen[0] == looks[0] and chosen[-1] == looks[-1]
    assert worth_telling([]) == []


def test_of_too_many_steps_it_tells_the_first_the_last_and_those_at_even_distances():
    looks = [*(look(n, step="step:1") for n in range(5)), look(9)]
    assert worth_telling(looks, 3) == [looks[0], looks[2], looks[5]]
    assert worth_telling(looks[:5], 5) == looks[:5]


def test_a_number_under_the_privacy_minimum_is_not_told_but_nobody_is():
    groups = effective_groups({"citizens": 12, "leaders": 3, "researchers": 4}).groups
    found = {one.keys: one for one in told(look(0, citizens=(12, 4), leaders=(3, 3), researchers=(4, 4)), groups, 5)}
    assert found["citizens",].joined == 12 and found["citizens",].present is None
    assert (found["leaders", "researchers"].joined, found["leaders", "researchers"].present) == (7, 7)
    empty = told(look(0, citizens=(12, 0)), [EffectiveGroup(("citizens",), 12)], 5)
    assert empty[0].present == 0


@given(
    st.dictionaries(st.sampled_from("abcde"), st.tuples(st.integers(0, 15), st.integers(0, 15)), max_size=5),
    st.integers(3, 8),
)
def test_no_number_from_one_to_under_the_minimum_is_ever_told(counts, minimum):
    counts = {key: (max(pair), min(pair)) for key, pair in counts.items()}
    groups = effective_groups({key: joined for key, (joined, _) in counts.items()}, minimum).groups
    for one in told(Sample(MORNING, counts), groups, minimum):
        for number in (one.joined, one.present):
            assert number is None or number == 0 or number >= minimum


def test_every_other_one_of_the_older_is_let_go():
    looks = [look(n) for n in range(13)]
    assert too_many(looks, 12) == [looks[0], looks[2], looks[4]]
    begun = [look(n, step="step:1") for n in range(8)]
    assert too_many(begun, 7) == [begun[0], begun[2]]
