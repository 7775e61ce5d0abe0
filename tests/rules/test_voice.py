"""Voice (docs/rules.md section 10)."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from workshop.catalogue import t
from workshop.rules.voice import Line, PersonCount, lines, percent, voice, vote_shares


def people(group, number, **done):
    return [PersonCount(group, **done)] * number


QUIET_CITIZENS = (
    people("citizens", 4, ideas=0)
    + [PersonCount("citizens", ideas=1, comments=2)]
    + people("politicians", 5, ideas=2, comments=1)
)


def test_shares_stand_beside_the_share_of_the_room():
    citizens, politicians = voice(QUIET_CITIZENS, [], 5).groups
    assert (citizens.head, citizens.ideas, citizens.comments) == (Fraction(1, 2), Fraction(1, 11), Fraction(2, 7))
    assert (politicians.ideas, politicians.votes) == (Fraction(10, 11), None)


def test_votes_are_those_of_closed_votes_as_their_turnout_is_told():
    """Two votes: 12 and 10 of 22, then 20 and 10 of 30."""
    shares = vote_shares([{"citizens": 12, "politicians": 10}, {"citizens": 20, "politicians": 10}])
    assert shares == {"citizens": Fraction(32, 52), "politicians": Fraction(20, 52)}
    citizens, politicians = voice(QUIET_CITIZENS, [], 5, shares).groups
    assert (citizens.votes, politicians.votes) == (Fraction(32, 52), Fraction(20, 52))


def test_a_group_that_was_pooled_in_a_vote_has_no_share_of_votes():
    shares = vote_shares([{"citizens": 12, "leaders+politicians": 10}, {"citizens": 12, "leaders": 11, "politicians": 10}])
    assert shares == {"citizens": Fraction(24, 55)}
    assert vote_shares([]) == {}


def test_those_who_have_written_nothing_yet_are_counted_per_group():
    citizens, politicians = voice(QUIET_CITIZENS, [], 5).groups
    assert citizens.silent == 4
    assert politicians.silent == 0


def test_groups_under_the_privacy_minimum_have_no_line_but_count_in_the_room():
    small = people("researchers", 4, ideas=3) + people("leaders", 1, ideas=2)
    found = voice(people("citizens", 6, ideas=1) + small, [], 5)
    assert [group.key for group in found.groups] == ["citizens"]
    assert found.groups[0].head == Fraction(6, 11)
    assert found.groups[0].ideas == Fraction(6, 20)


def test_no_group_has_a_line_where_what_is_left_over_would_be_one_persons():
    """Eight, six and one: the room's ideas less the two groups' would be the one's."""
    room = people("citizens", 8, ideas=1) + people("politicians", 6, ideas=1)
    assert [group.key for group in voice(room, [], 5).groups] == ["citizens", "politicians"]
    assert voice([*room, PersonCount("researchers", ideas=3)], [], 5).groups == ()


def test_before_anything_is_written_there_are_no_shares():
    found = voice(people("citizens", 5), [], 5)
    assert (found.groups[0].ideas, found.groups[0].comments, found.groups[0].votes) == (None, None, None)
    assert found.top_three is None


def test_an_empty_room_has_no_voice():
    assert voice([], [], 5).groups == ()
    assert lines(voice([], [0, 1], 5)) == []


def test_the_three_most_active_are_summed():
    room = [PersonCount("citizens", ideas=number) for number in (10, 5, 3, 1, 1)]
    assert voice(room, [], 5).top_three == Fraction(18, 20)


def test_a_comment_is_writing_too():
    room = [PersonCount("citizens", comments=1)] * 5 + [PersonCount("citizens", ideas=1, comments=4)]
    found = voice(room, [], 5)
    assert found.groups[0].silent == 0
    assert found.top_three == Fraction(7, 10)


def test_a_group_with_just_half_of_its_due_share_is_not_mentioned():
    room = people("citizens", 5, ideas=1) + people("politicians", 5, ideas=3)
    assert not [line for line in lines(voice(room, [], 5)) if line.key == "voice.ideas"]
    fewer = people("citizens", 5, ideas=1) + people("politicians", 5, ideas=4)
    assert [line.facts["group"] for line in lines(voice(fewer, [], 5)) if line.key == "voice.ideas"] == ["citizens"]


def test_ideas_seen_by_fewer_than_ten_people_are_counted():
    assert voice(people("citizens", 12), [0, 9, 10, 30], 5).rarely_seen == 2


def test_what_is_said_is_a_sentence_without_blame():
    said = lines(voice(QUIET_CITIZENS, [3, 20], 5))
    assert Line("voice.ideas", {"group": "citizens", "head": 50, "share": 9}) in said
    assert Line("voice.silent", {"group": "citizens", "n": 4}) in said
    assert Line("voice.unseen", {"n": 1}) in said
    assert not any(line.facts.get("group") == "politicians" for line in said)
    sentence = t("voice.ideas", "en", group="Citizens", head=40, share=12)
    assert sentence == "Citizens are 40 % of the participants and wrote 12 % of the ideas."


def test_rarely_seen_ideas_are_not_mentioned_where_ten_people_are_not_there_to_see_them():
    assert lines(voice(people("citizens", 9, ideas=1), [0, 0], 5)) == []


def test_three_people_who_hold_more_than_half_are_mentioned():
    room = people("citizens", 3, ideas=2) + people("citizens", 6, ideas=1)
    assert Line("voice.top", {"share": 50}) not in lines(voice(room, [], 5))
    assert Line("voice.top", {"share": 55}) in lines(voice([*people("citizens", 3, ideas=2), *room[4:]], [], 5))


def test_per_cent_is_rounded_half_up():
    assert [percent(Fraction(n, 200)) for n in (0, 1, 2, 3, 200)] == [0, 1, 1, 2, 100]


ROOM = st.lists(st.builds(PersonCount, st.sampled_from("abc"), st.integers(0, 5), st.integers(0, 5)), max_size=20)


@given(ROOM, st.randoms())
def test_the_order_of_people_does_not_matter_and_shares_are_shares(room, source):
    found = voice(room, [], 3)
    source.shuffle(room)
    assert voice(room, [], 3) == found
    for group in found.groups:
        assert group.people >= 3
        assert all(share is None or 0 <= share <= 1 for share in (group.head, group.ideas, group.comments, group.votes))
