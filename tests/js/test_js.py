"""The scripts of the browser, tested by Node's own runner: tests/js/*.test.mjs."""

from __future__ import annotations

import json
import os
import random
import subprocess
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.rules.reference_receipt import receipt
from tests.services import needs_node
from workshop import clock
from workshop.rules import language
from workshop.rules.ballots import BallotPaper
from workshop.rules.difference import difference
from workshop.rules.rows import rebased
from workshop.rules.shortlist import Voter, shortlist
from workshop.rules.shortlist_result import written

HERE = Path(__file__).parent
STATIC = HERE.parent.parent / "static"


def run_node(*arguments: str, env: dict[str, str] | None = None) -> None:
    """Run Node in this folder and fail with what it printed."""
    done = subprocess.run(
        [needs_node(), *arguments],
        cwd=HERE,
        env={**os.environ, "TZ": "Europe/Copenhagen", **(env or {})},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, f"node {' '.join(arguments)}\n{done.stdout}\n{done.stderr}"


def test_the_scripts_pass_their_own_tests() -> None:
    files = sorted(path.name for path in HERE.glob("*.test.mjs"))
    assert files
    run_node("--test", "--test-reporter=spec", *files)


@pytest.mark.parametrize("zone", ["Pacific/Honolulu", "Pacific/Kiritimati"])
def test_a_device_in_another_time_zone_shows_the_times_of_the_room(zone: str) -> None:
    assert f"'{clock.ZONE.key}'" in (STATIC / "js/lib/format.js").read_text(encoding="utf-8")
    run_node("--test", "--test-name-pattern=times are those of the room", "lib.test.mjs", env={"TZ": zone})


def test_the_receipt_of_a_phone_is_that_of_the_rules(tmp_path: Path) -> None:
    examples = [_receipts(seed) for seed in range(150)]
    lines = [line for example in examples for person in example["people"] for line in person["receipt"]]
    assert {line["phase"] for line in lines} == {"equal_shares", "phragmen"}
    assert {line["helped"] for line in lines} >= {True, None}
    file = tmp_path / "examples.json"
    file.write_text(json.dumps({"examples": examples}))
    run_node("--test", "--test-reporter=spec", "receipt.test.mjs", env={"RECEIPT_EXAMPLES": str(file)})


def _receipts(seed: int) -> dict[str, Any]:
    """A random ballot, its shortlist with some prices withheld at times, and the receipts of a few voters."""
    lot = random.Random(seed)
    groups = ["citizens", "leaders+researchers", "politicians"]
    options = [f"idea:{number}" for number in range(1, 11)]
    voters = [
        Voter(lot.choice(groups), frozenset(lot.sample(options, lot.randint(1, 5)))) for _ in range(lot.randint(6, 40))
    ]
    winner_count = lot.randint(1, 8)
    chosen = shortlist(voters, winner_count, "seed")
    withheld_from = lot.randint(0, 12)
    steps: list[dict[str, Any]] = [
        {"option": step.option, "phase": step.phase, "price": written(step.price) if n < withheld_from else None}
        for n, step in enumerate(chosen.steps)
    ]
    held = Fraction(winner_count, len(voters)) if lot.random() < 0.9 else None
    people = []
    for voter in lot.sample(voters, 4):
        paper = BallotPaper(voter.group, {option: lot.choice([1, 2]) for option in voter.supports})
        lines = [line.as_record() for line in receipt(paper, steps, held)]
        people.append({"choices": dict(paper.choices), "receipt": lines})
    return {"name": f"seed {seed}", "steps": steps, "purse": held and written(held), "people": people}


def test_a_difference_is_cut_into_the_same_words_in_both_languages(tmp_path: Path) -> None:
    pairs = [
        ("Flere bænke i parken", "Flere bænke i byens parker"),
        ("Senest 31/12-2027, 1.000 kr.", "Senest 31/12-2028, 1.500 kr."),
        ("Vi måler det.", "Vi måler det hvert år."),
        ("ingen unge føler sig utrygge", "alle børn kan sove roligt"),
        ("", "ny"),
        ("a  b\nc", "a b\nc"),
        ("det er politikernes ansvar", "det er kommunens ansvar"),
    ]
    file = tmp_path / "pairs.json"
    expected = [[part.as_record() for part in difference(old, new)] for old, new in pairs]
    file.write_text(json.dumps([{"pair": p, "parts": e} for p, e in zip(pairs, expected, strict=True)]))
    run_node(
        "--input-type=module",
        "--eval",
        f"""
        import assert from 'node:assert/strict';
        import {{ readFileSync }} from 'node:fs';
        import {{ difference }} from '{(STATIC / "js/lib/difference.js").as_uri()}';
        for (const {{ pair, parts }} of JSON.parse(readFileSync('{file}', 'utf8')))
          assert.deepEqual(difference(...pair), parts, pair.join(' / '));
        """,
    )


def test_changed_words_are_counted_and_lists_laid_anew_as_the_rules_do(tmp_path: Path) -> None:
    lot = random.Random(11)
    words = ["skolen", "skollen", "er", "åben", "1.000", "31/12-2027", "don't", "og", ",", "."]
    texts = [[" ".join(lot.choices(words, k=lot.randint(0, 12))) for _ in "ab"] for _ in range(200)]
    rows = [{"party": party, "what": what} for party in "AB" for what in ("Lys", "Mad", "")]
    lists = [[lot.sample(rows, lot.randint(0, 4)) for _ in "abc"] for _ in range(200)]
    file = tmp_path / "examples.json"
    file.write_text(
        json.dumps(
            {
                "words": [[*pair, language.changed_words(*pair), language.most_words(pair[0])] for pair in texts],
                "lists": [[*three, rebased(*three)] for three in lists],
            }
        )
    )
    run_node(
        "--input-type=module",
        "--eval",
        f"""
        import assert from 'node:assert/strict';
        import {{ readFileSync }} from 'node:fs';
        import {{ changedWords, mostCorrected }} from '{(STATIC / "js/lib/difference.js").as_uri()}';
        import {{ rebased }} from '{(STATIC / "js/lib/rows.js").as_uri()}';
        const {{ words, lists }} = JSON.parse(readFileSync('{file}', 'utf8'));
        for (const [old, now, changed, most] of words)
          assert.deepEqual([changedWords(old, now), mostCorrected(old)], [changed, most], old + ' / ' + now);
        for (const [old, now, present, laid] of lists) assert.deepEqual(rebased(old, now, present), laid);
        """,
    )


def test_no_script_reaches_beyond_the_house() -> None:
    """No third-party request, ever, and nothing that exists only on HTTPS without a way around it."""
    for path in (STATIC / "js").rglob("*.js"):
        text = path.read_text()
        for word in ("http://", "https://", "randomUUID(", "crypto.subtle"):
            assert word not in text.replace("http://www.w3.org/", ""), f"{path.relative_to(STATIC)} has {word}"
