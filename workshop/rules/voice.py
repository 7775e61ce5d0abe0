"""Who is heard: each group's share of ideas, comments and votes beside its share of the people (docs/rules.md section 10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from workshop.rules.groups import JOINT, split_key
from workshop.rules.labels import labelled

MOST_ACTIVE = 3
SEEN_BY_ENOUGH = 10
QUIET = Fraction(1, 2)
"""A group gets a sentence where its share of texts or votes is under this part of its share of the people."""


@dataclass(frozen=True)
class PersonCount:
    """How much one person has written so far. Whether they have voted is not included."""

    group: str
    ideas: int = 0
    comments: int = 0


@dataclass(frozen=True)
class GroupVoice:
    """A group's share of people, ideas, comments and votes; None where there are none of a kind yet, and for votes also
    where the rule of turnout (section 7) does not allow it.

    `silent` is how many of its people have written nothing yet.
    """

    key: str
    people: int
    silent: int
    head: Fraction
    ideas: Fraction | None
    comments: Fraction | None
    votes: Fraction | None


@dataclass(frozen=True)
class Voice:
    """Who is heard in the room. `groups` are those that `labels.labelled` allows to be named, in the order of their keys.

    `people` is everybody in the room; `top_three` the share of ideas and comments by the three most
    active, None before anything is written; `rarely_seen` the number of ideas seen by fewer than ten
    people.
    """

    people: int
    groups: tuple[GroupVoice, ...]
    top_three: Fraction | None
    rarely_seen: int


@dataclass(frozen=True)
class Line:
    """One sentence for the console: a catalogue key and its facts; `group` is a group's key, shares are in whole per cent."""

    key: str
    facts: dict[str, int | str]


def vote_shares(turnouts: Iterable[Mapping[str, int]]) -> dict[str, Fraction]:
    """Returns each group's share of the votes cast in closed votes. `turnouts`: how many voted per effective group, for each
    vote that may be shown by group (`turnout.may_show_groups`).

    A declared group that was pooled in one of them has no share, because only the pool's number is known.
    """
    votes = list(turnouts)
    cast = sum(sum(vote.values()) for vote in votes)
    pooled = {declared for vote in votes for key in vote if JOINT in key for declared in split_key(key)}
    keys = {key for vote in votes for key in vote if JOINT not in key} - pooled
    return {key: Fraction(sum(vote.get(key, 0) for vote in votes), cast) for key in keys} if cast else {}


def voice(
    people: Iterable[PersonCount],
    seen_by: Iterable[int],
    privacy_minimum: int,
    votes: Mapping[str, Fraction] | None = None,
) -> Voice:
    """Returns who is heard in a room. `seen_by`: how many people have seen each open idea; `votes`: from `vote_shares`.

    Shares are of the whole room, small groups included. A group has a line where it may be named on what its people write
    (`labels.labelled`): then the rest, which can be found by subtracting, is always of enough people.
    """
    room = list(people)
    sizes = Counter(person.group for person in room)
    groups = tuple(_of_group(key, room, (votes or {}).get(key)) for key in sorted(labelled(sizes, privacy_minimum)))
    written = sorted((person.ideas + person.comments for person in room), reverse=True)
    return Voice(
        people=len(room),
        groups=groups,
        top_three=_share(sum(written[:MOST_ACTIVE]), sum(written)),
        rarely_seen=sum(seen < SEEN_BY_ENOUGH for seen in seen_by),
    )


def lines(found: Voice) -> list[Line]:
    """Returns the sentences for the console, in this order: groups with under half of the share their size would give, how
    many people of each group have written nothing, the three most active, and rarely seen ideas.

    Groups are in the order of their keys. The three most active are mentioned when they have written more than half, rarely
    seen ideas when there are ten people who could have seen them.
    """
    said = []
    for group in found.groups:
        for kind in ("ideas", "comments", "votes"):
            share: Fraction | None = getattr(group, kind)
            if share is not None and share < group.head * QUIET:
                facts: dict[str, int | str] = {
                    "group": group.key,
                    "head": percent(group.head),
                    "share": percent(share),
                }
                said.append(Line(f"voice.{kind}", facts))
    said += [Line("voice.silent", {"group": g.key, "n": g.silent}) for g in found.groups if g.silent]
    if found.top_three is not None and found.top_three > Fraction(1, 2):
        said.append(Line("voice.top", {"share": percent(found.top_three)}))
    if found.rarely_seen and found.people >= SEEN_BY_ENOUGH:
        said.append(Line("voice.unseen", {"n": found.rarely_seen}))
    return said


def percent(share: Fraction) -> int:
    """Returns a share in whole per cent, half rounded up."""
    return int(share * 100 + Fraction(1, 2))


def _of_group(key: str, room: list[PersonCount], votes: Fraction | None) -> GroupVoice:
    members = [person for person in room if person.group == key]
    silent = sum(person.ideas + person.comments == 0 for person in members)
    return GroupVoice(
        key=key,
        people=len(members),
        silent=silent,
        head=Fraction(len(members), len(room)),
        ideas=_share(sum(p.ideas for p in members), sum(p.ideas for p in room)),
        comments=_share(sum(p.comments for p in members), sum(p.comments for p in room)),
        votes=votes,
    )


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None
