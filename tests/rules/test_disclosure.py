"""What may be shown of a group, of the room, and of both together (docs/rules.md section 7)."""

import itertools
from collections import defaultdict

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from workshop.rules.disclosure import (
    BANDS,
    EXACT,
    NOTHING,
    Counts,
    Kind,
    View,
    band,
    interim_due,
    may_label,
    of_answers,
    of_choices,
    view,
)

K = 5


def choice(eligible, yes, cast=None, openly=False):
    cast = eligible if cast is None else cast
    return Counts(eligible, yes, cast - yes, open=openly)


def in_band(name):
    return View(Kind.BAND, band=name)


@pytest.mark.parametrize(
    ("yes", "against", "name"),
    [
        (0, 6, "under 1/3"),
        (2, 4, "1/3-1/2"),
        (3, 3, "1/3-1/2"),
        (4, 3, "1/2-2/3"),
        (4, 2, "1/2-2/3"),
        (5, 2, "over 2/3"),
        (6, 0, "over 2/3"),
    ],
)
def test_the_band_of_a_share(yes, against, name):
    assert band(yes, against) == name


def test_there_is_no_band_without_a_position():
    assert band(0, 0) is None


def test_a_tie_lies_in_the_lower_half_and_a_carried_group_in_the_upper():
    for yes, against in itertools.product(range(9), repeat=2):
        if yes + against:
            assert (BANDS.index(band(yes, against)) >= 2) == (2 * yes > yes + against)


def test_under_the_privacy_minimum_nothing_is_shown():
    assert view(choice(4, 2), K) == NOTHING
    assert view(choice(20, 2, cast=4), K) == NOTHING
    assert view(choice(20, 10, cast=7), 8) == NOTHING


def test_from_five_to_nine_people_a_band_is_shown():
    assert view(choice(5, 2), K) == in_band("1/3-1/2")
    assert view(choice(9, 9), K) == in_band("over 2/3")


def test_from_ten_people_counts_are_shown():
    assert view(choice(10, 3), K) == EXACT
    assert view(choice(10, 7), K) == EXACT


def test_at_most_two_on_a_side_are_never_counted():
    assert view(choice(10, 2), K) == View(Kind.FEW, few_yes=True)
    assert view(choice(10, 8), K) == View(Kind.FEW, few_against=True)
    assert view(Counts(10, 1, 1, 8), K) == View(Kind.FEW, few_yes=True, few_against=True)


def test_a_group_of_three_with_its_own_threshold_is_shown_as_a_status():
    assert view(choice(3, 3), 3) == NOTHING


def test_a_group_that_votes_openly_is_shown():
    assert view(Counts(3, 1, 2, open=True), K) == EXACT


def test_with_one_banded_group_the_total_is_banded_too():
    disclosed = of_choices({"a": choice(12, 6), "b": choice(8, 4)}, K)
    assert disclosed.by_group == {"a": EXACT, "b": in_band("1/3-1/2")}
    assert disclosed.total == in_band("1/3-1/2")


def test_with_two_banded_groups_the_total_is_counted():
    disclosed = of_choices({"a": choice(12, 6), "b": choice(9, 4), "c": choice(9, 1)}, K)
    assert disclosed.total == EXACT


def test_with_every_group_counted_the_total_is_counted():
    assert of_choices({"a": choice(12, 6), "b": choice(12, 3)}, K).total == EXACT


def test_one_group_with_at_most_two_keeps_the_total_from_being_counted():
    disclosed = of_choices({"a": choice(20, 10), "b": choice(12, 1)}, K)
    assert disclosed.by_group["b"] == View(Kind.FEW, few_yes=True)
    assert not disclosed.total.exact


def test_three_groups_with_at_most_two_each_do_not_show_a_total_of_six():
    full = {group: choice(20, 2) for group in "abc"}
    assert not of_choices(full, K).total.exact
    assert of_choices(full | {"a": choice(20, 1), "b": choice(20, 1)}, K).total.exact


def test_a_room_without_groups_shows_nothing():
    assert of_choices({}, K).total == NOTHING


def test_a_single_small_group_is_the_room():
    assert of_choices({"a": choice(3, 2)}, K).total == NOTHING
    assert of_choices({"a": choice(8, 2)}, K).total == in_band("under 1/3")


def choices_seen(sizes, cast, k, openly=()):
    """Everything two-way groups can vote, sorted by what is published of it; the groups at `openly` vote by name."""
    seen = defaultdict(list)
    for votes in itertools.product(*(range(v + 1) for v in cast)):
        groups = {
            str(g): choice(e, y, v, g in openly) for g, (e, y, v) in enumerate(zip(sizes, votes, cast, strict=True))
        }
        disclosed = of_choices(groups, k)
        total = sum(votes) if disclosed.total.exact else disclosed.total
        shown = tuple(
            votes[g] if disclosed.by_group[str(g)].exact else disclosed.by_group[str(g)] for g in range(len(sizes))
        )
        seen[shown, total].append(votes)
    return seen


def own_view_leaves(eligible, cast, shown, k):
    """The counts that the group's own view leaves open."""
    return {y for y in range(cast + 1) if view(choice(eligible, y, cast), k) == shown}


def assert_no_choice_can_be_subtracted(sizes, cast, k, openly=()):
    """A reader knows who voted, everything published, and this program: no withheld count may be left alone."""
    for (shown, total), worlds in choices_seen(sizes, cast, k, openly).items():
        for g, seen in enumerate(shown):
            if isinstance(seen, View):
                left = {votes[g] for votes in worlds}
                own = own_view_leaves(sizes[g], cast[g], seen, k)
                assert len(left) > 1 or len(own) == 1, (shown, total, worlds)


@pytest.mark.parametrize(
    "sizes",
    [(8,), (12,), (5, 5), (6, 6), (8, 8), (9, 9), (5, 12), (9, 10), (11, 11), (10, 20), (5, 6, 7), (6, 9, 11), (8, 8, 8)],
)
def test_nothing_can_be_subtracted_when_everybody_votes(sizes):
    assert_no_choice_can_be_subtracted(sizes, sizes, K)


@settings(max_examples=30)
@given(st.lists(st.integers(1, 11), min_size=1, max_size=3), st.integers(3, 7), st.data())
def test_nothing_can_be_subtracted_whoever_votes(sizes, k, data):
    cast = [data.draw(st.integers(0, size)) for size in sizes]
    assert_no_choice_can_be_subtracted(sizes, cast, k)


@pytest.mark.parametrize(
    ("sizes", "openly"),
    [
        ((8, 3), {1}),
        ((12, 12), {1}),
        ((11, 4), {1}),
        ((3, 12), {1}),
        ((1, 12), {1}),
        ((5, 6, 3), {2}),
        ((11, 11, 4), {2}),
        ((6, 9, 11), {0, 2}),
        ((8, 8, 8), {1}),
    ],
)
def test_nothing_can_be_subtracted_where_another_group_votes_openly(sizes, openly):
    assert_no_choice_can_be_subtracted(sizes, sizes, K, openly)


@settings(max_examples=40)
@given(st.lists(st.integers(1, 11), min_size=2, max_size=3), st.integers(3, 7), st.data())
def test_nothing_can_be_subtracted_whoever_votes_and_whoever_does_so_openly(sizes, k, data):
    openly = data.draw(st.sets(st.integers(0, len(sizes) - 1), min_size=1))
    cast = [data.draw(st.integers(0, size)) for size in sizes]
    assert_no_choice_can_be_subtracted(sizes, cast, k, openly)


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 40)), min_size=2, max_size=5), st.data())
def test_one_secret_group_among_open_ones_never_stands_beside_an_exact_total(votes, data):
    assume(all(yes <= size for size, yes in votes))
    secret = data.draw(st.integers(0, len(votes) - 1))
    groups = {str(g): choice(size, yes, openly=g != secret) for g, (size, yes) in enumerate(votes)}
    disclosed = of_choices(groups, K)
    assert all(disclosed.by_group[key].exact for key in groups if int(key) != secret)
    assert disclosed.total.exact == disclosed.by_group[str(secret)].exact


def test_where_everybody_votes_openly_everything_is_counted_however_few_they_are():
    disclosed = of_answers({"a": Counts(1, 1, 0, open=True), "b": Counts(2, 0, 1, 1, open=True)}, K)
    assert disclosed.total == EXACT and set(disclosed.by_group.values()) == {EXACT}


def answers_of(eligible, cast):
    return [Counts(eligible, y, a, cast - y - a) for y in range(cast + 1) for a in range(cast - y + 1)]


def status(counts):
    """A published status that cuts through the bands, as a decision has."""
    if counts.yes + counts.against == 0:
        return "no_position"
    return 3 * counts.yes >= 2 * (counts.yes + counts.against)


def shown_answers(counts, shown):
    return (counts.yes, counts.against, counts.blank) if shown.exact else shown


@pytest.mark.parametrize(
    ("sizes", "openly"), [((8,), ""), ((11,), ""), ((5, 6), ""), ((6, 4), "b"), ((3, 6), "b"), ((6, 3), "b"), ((5, 4), "a")]
)
@pytest.mark.parametrize("with_status", [False, True])
def test_no_stance_can_be_subtracted(sizes, openly, with_status):
    said = status if with_status else (lambda counts: None)
    worlds = defaultdict(list)
    fixed = defaultdict(list)
    for groups in itertools.product(*(answers_of(size, size) for size in sizes)):
        named = {
            key: Counts(one.eligible, one.yes, one.against, one.blank, open=key in openly)
            for key, one in zip("abc", groups, strict=False)
        }
        disclosed = of_answers(named, K, lambda _, counts: said(counts), said)
        total = sum(groups, Counts(0, 0, 0))
        alone = tuple((shown_answers(named[g], disclosed.by_group[g]), said(named[g])) for g in named)
        worlds[alone, shown_answers(total, disclosed.total), said(total)].append(groups)
        fixed[alone, said(total)].append(groups)
    for (alone, total, of_total), possible in worlds.items():
        for g, (shown, _) in enumerate(alone):
            if not isinstance(shown, View):
                continue
            for side in ("yes", "against"):
                left = {getattr(groups[g], side) for groups in possible}
                without_total = {getattr(groups[g], side) for groups in fixed[alone, of_total]}
                assert len(left) > 1 or len(without_total) == 1, (alone, total, side)


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 30)), min_size=1, max_size=5), st.randoms())
def test_what_is_shown_does_not_depend_on_the_order_of_groups(votes, random):
    assume(all(yes <= size for size, yes in votes))
    groups = {str(g): choice(size, yes) for g, (size, yes) in enumerate(votes)}
    shuffled = list(groups.items())
    random.shuffle(shuffled)
    assert of_choices(dict(shuffled), K) == of_choices(groups, K)


def test_an_interim_mood_waits_for_k_new_ballots_in_every_group_shown():
    assert interim_due({}, {"a": 5, "b": 6}, K)
    assert not interim_due({}, {"a": 5, "b": 4}, K)
    assert not interim_due({"a": 5, "b": 6}, {"a": 10, "b": 10}, K)
    assert interim_due({"a": 5, "b": 6}, {"a": 10, "b": 11}, K)
    assert not interim_due({}, {}, K)


def test_a_group_is_named_on_ideas_only_from_the_privacy_minimum_on():
    assert not may_label(4, K)
    assert may_label(5, K)
