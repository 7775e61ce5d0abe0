"""Who is heard: shares beside shares of the room, for the facilitator (docs/rules.md section 10). Words,
not blame."""

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
"""A group with less than half of the share its size would give is worth a sentence."""


@dataclass(frozen=True)
class PersonCount:
    """How much one person has written so far, never what. Whether they have voted is not read here."""

    group: str
    ideas: int = 0
    comments: int = 0


@dataclass(frozen=True)
class GroupVoice:
    """A group's share of people, ideas, comments and votes; None where there are none of a kind yet, and for votes where
    the rule of turnout does not let it be told.

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
    """The room's voice: groups in the order of their keys, those under the privacy minimum left out; all of them where
    those few would be the rest.

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
    """One sentence for the console: a catalogue key and its facts; `group` is a group's key, shares whole
    per cent."""

    key: str
    facts: dict[str, int | str]


def vote_shares(turnouts: Iterable[Mapping[str, int]]) -> dict[str, Fraction]:
    """Returns each group's share of the votes cast in closed votes. `turnouts`: of each vote that may be told by group
    (`turnout.may_show_groups`) how many voted per effective group.

    A declared group that was pooled in one of them has no share: the pool's number is not its own.
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
    """Returns the voice of a room. `seen_by`: for every open idea how many people have seen it; `votes`: `vote_shares`.

    Shares are of the whole room, small groups included. The groups that have a line are those that may be named on what
    they write (`labels.labelled`): what the lines leave over is then always of enough people.
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
    """Returns the sentences worth saying: a group with under half of its due share, the silent, the loudest three, the
    unseen.

    In this order, groups by key. The three most active are mentioned when they hold more than half,
    rarely seen ideas when there are ten people who could have seen them.
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
