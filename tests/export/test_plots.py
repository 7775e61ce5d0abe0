"""The plot of a measured goal: where things stand, that a moved target stays to be seen, and that nothing covers anything."""

from __future__ import annotations

import itertools
import re
from datetime import date
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.export.sample import GOALS, sample
from tests.export.standing import item as item_of
from tests.export.standing import measured, told
from workshop.export.promises import plots
from workshop.export.promises.curves import drawn, target_in
from workshop.export.promises.placing import Box, Label, Line, placed
from workshop.export.promises.plots import Curve, Target, Value

TREES = Curve(
    values=[
        Value(date(2026, 8, 1), Fraction(180), "180"),
        Value(date(2026, 12, 1), Fraction(320), "320"),
        Value(date(2027, 3, 31), Fraction(412), "412 træer"),
    ],
    targets=[Target(None, Fraction(500), "mål: 500 (v. 1)"), Target(date(2026, 12, 1), Fraction(600), "mål: 600 (v. 2)")],
    upward=True,
    baseline=Value(date(2026, 4, 1), Fraction(0), "0"),
    deadline=date(2027, 12, 31),
    title="Plantede træer",
    told="Fra 0 til 412.",
    baseline_text="0 ved start",
    begins="apr. 2026",
    ends="frist dec. 2027",
)


def parts(curve: Curve) -> ET.Element:
    return ET.fromstring(plots.draw(curve, "p"))


def the(drawing: ET.Element, kind: str) -> list[ET.Element]:
    return [one for one in drawing.iter() if one.get("class") == kind]


def corners(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"([\d.]+) ([\d.]+)", path)]


def test_values_stand_from_left_to_right_and_higher_ones_higher_up():
    points = corners(the(parts(TREES), "v")[0].get("d", ""))
    assert len(points) == 4, "the baseline and three values"
    assert [x for x, _ in points] == sorted(x for x, _ in points)
    assert [y for _, y in points] == sorted((y for _, y in points), reverse=True)


def test_a_moved_target_leaves_its_step():
    line = corners(the(parts(TREES), "tg")[0].get("d", ""))
    at = plots.scale(TREES)
    moved = at.x(date(2026, 12, 1))
    assert line == [
        (12, at.y(Fraction(500))),
        (moved, at.y(Fraction(500))),
        (moved, at.y(Fraction(600))),
        (348, at.y(Fraction(600))),
    ]
    words = [one.text for one in the(parts(TREES), "tt") + the(parts(TREES), "s")]
    assert {"mål: 600 (v. 2)", "mål: 500 (v. 1)"} <= set(words)


def test_the_hatched_part_is_where_the_goal_is_reached():
    def hatched(upward: bool) -> list[float]:
        curve = plots.replace(TREES, upward=upward)
        path = next(one for one in parts(curve).iter() if str(one.get("fill")).startswith("url"))
        return [y for _, y in corners(path.get("d", ""))]

    target = plots.scale(TREES).y(Fraction(600))
    assert min(hatched(True)) == plots.TOP < target
    assert max(hatched(False)) == plots.BOTTOM > target


def test_it_is_said_in_words_and_has_no_colour_of_its_own():
    drawing = parts(TREES)
    assert (drawing.get("role"), drawing.get("aria-labelledby"), drawing.get("aria-describedby")) == ("img", "p-t", "p-d")
    assert [one.text for one in drawing.iter() if one.get("id") in ("p-t", "p-d")] == ["Plantede træer", "Fra 0 til 412."]
    assert not re.search(r"#[0-9a-f]{3,6}\b|rgb|style=", plots.draw(TREES, "p").replace("url(#p-h)", ""))


def test_what_people_wrote_is_escaped():
    wicked = plots.replace(TREES, title="<script>", values=[Value(date(2027, 1, 1), Fraction(1), '"><img>')])
    assert "<img" not in plots.draw(wicked, "p") and "<script" not in plots.draw(wicked, "p")


def test_without_a_value_there_is_nothing_to_draw():
    with pytest.raises(ValueError, match="nothing was measured"):
        plots.draw(plots.replace(TREES, values=[]), "p")


def test_one_value_without_anything_else_is_drawn():
    alone = Curve(values=[Value(date(2027, 1, 1), Fraction(0), "0")], targets=[], upward=True)
    assert len(the(parts(alone), "newest")) == 1 and not the(parts(alone), "v")


numbers = st.fractions(min_value=-1000, max_value=1000)
days = st.dates(min_value=date(2026, 1, 1), max_value=date(2030, 1, 1))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(days, numbers), min_size=1, max_size=8), st.none() | numbers, st.none() | days, st.booleans())
def test_everything_stands_inside(found, target, deadline, upward):
    values = [Value(day, value, f"{float(value):.1f}") for day, value in sorted(found)]
    targets = [Target(None, target, "mål")] if target is not None else []
    drawing = parts(Curve(values, targets, upward, deadline=deadline))
    for circle in (one for one in drawing.iter() if one.tag.endswith("circle")):
        assert plots.LEFT <= float(circle.get("cx", "")) <= plots.RIGHT
        assert plots.TOP <= float(circle.get("cy", "")) <= plots.BOTTOM
    newest = max(values, key=lambda one: one.on)
    assert newest.text in [one.text for one in the(drawing, "big")] or newest.on == values[-1].on


def test_labels_do_not_cover_each_other_or_the_line():
    at = plots.scale(TREES)
    line = corners(the(parts(TREES), "v")[0].get("d", ""))
    boxes = []
    for text in (one for one in parts(TREES).iter() if one.tag.endswith("text") and one.get("y") != "224"):
        label = Label(text.text or "", str(text.get("class") or ""), 0, 0)
        foot = float(text.get("y", "")) + label.size * 0.22
        left = float(text.get("x", ""))
        boxes.append(Box(left, foot - label.size * 1.1, left + label.width, foot))
    assert len(boxes) == 6, "newest, two targets, baseline, two values between"
    assert not [one for place, one in enumerate(boxes) for other in boxes[place + 1 :] if one.meets(other)]
    assert not [box for box in boxes for one, two in itertools.pairwise(line) if Line(*one, *two).crosses(box)]
    assert at.y(Fraction(600)) > plots.TOP


def test_a_label_that_is_not_needed_is_left_out_where_there_is_no_room():
    taken = [Box(0, 0, 360, 236)]
    one, other = Label("needed", "", 50, 50, needed=True), Label("not", "", 50, 50)
    assert [label.text for label, _, _ in placed([one, other], [], taken, Box(0, 0, 360, 200))] == ["needed"]


def test_a_line_crosses_a_box_only_where_it_runs_through_it():
    box = Box(10, 10, 20, 20)
    assert Line(0, 15, 30, 15).crosses(box) and Line(0, 0, 30, 30).crosses(box)
    assert (
        not Line(0, 5, 30, 5).crosses(box) and not Line(0, 15, 5, 15).crosses(box) and not Line(0, 25, 25, 40).crosses(box)
    )


def test_a_goal_is_drawn_with_its_table_once_something_was_measured():
    goal = GOALS[0]
    assert drawn(item_of(goal), goal, told()) is None
    reached = item_of(goal)["reached"] | measured(("46", "46", "2027-11-01"), ("49 %", "49", "2028-03-01"))
    found = drawn(item_of(goal, reached=reached), goal, told())
    assert found is not None
    assert [(value, source) for _, value, source in found.rows] == [
        ("41 %", "Ungeundersøgelsen"),
        ("46 %", "Kilden"),
        ("49 %", "Kilden"),
    ]
    assert "mål: mindst 60 %" in found.plot and "41 % ved start" in found.plot and "frist dec. 2028" in found.plot


def test_the_target_of_an_earlier_version_is_read_back_from_the_changes():
    from workshop.export.document import Change, Revision

    change = Revision(
        4, 4, sample().decisions[0].closed_at, "facilitator", "editor", "", None, (Change("target", "50", "60"),)
    )
    goal = plots.replace(GOALS[0], revisions=(change,))
    assert [target_in(goal, version) for version in (3, 4)] == ["50", "60"]
