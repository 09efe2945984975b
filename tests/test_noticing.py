"""No question ignores what it is about, and no triple is asked for by nobody unnoticed.

Each triple of the invented world's data is removed in turn (`noticing`). `golden/noticed.csv` lists, for each
predicate, the questions whose answer some such triple changes; `golden/unnoticed.csv` the classes and
predicates with triples that change no answer, how many, and why that is right. `--update-golden` writes both
again, keeping the reasons; a new line has none, and fails until somebody gives one.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import pytest

import asked
from noticing import noticed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

pytestmark = pytest.mark.timeout(1800)  # some twenty thousand questions; minutes where others work as well
NOTICED, UNNOTICED = asked.GOLDEN / "noticed.csv", asked.GOLDEN / "unnoticed.csv"
Silent = dict[tuple[str, str], int]


@pytest.fixture(scope="module")
def world() -> tuple[dict[str, set[str]], Silent]:
    """Return, by predicate, the questions that notice it, and the triples that none does."""
    seen: dict[str, set[str]] = defaultdict(set)
    silent: Counter[tuple[str, str]] = Counter()
    for one in noticed():
        seen[one.predicate] |= one.questions
        if not one.questions:
            silent[" ".join(one.kinds), one.predicate] += 1
    return dict(seen), dict(silent)


def test_the_questions_that_notice_a_predicate_are_those_listed(
    world: tuple[dict[str, set[str]], Silent], update_golden: bool
) -> None:
    seen, _ = world
    if update_golden:
        written(
            NOTICED,
            ("predicate", "questions"),
            ((name, " ".join(sorted(seen[name]))) for name in sorted(seen)),
        )
    listed = {row["predicate"]: set(row["questions"].split()) for row in rows(NOTICED)}
    assert seen == listed


def test_a_triple_that_no_question_notices_is_listed_with_its_reason(
    world: tuple[dict[str, set[str]], Silent], update_golden: bool
) -> None:
    _, silent = world
    listed = {(row["class"], row["predicate"]): row for row in rows(UNNOTICED)}
    if update_golden:
        lines = [(*pair, silent[pair], listed.get(pair, {}).get("why", "")) for pair in sorted(silent)]
        written(UNNOTICED, ("class", "predicate", "triples", "why"), lines)
        listed = {(row["class"], row["predicate"]): row for row in rows(UNNOTICED)}
    assert silent == {pair: int(row["triples"]) for pair, row in listed.items()}
    assert [pair for pair, row in listed.items() if not row["why"].strip()] == []


def test_every_question_notices_something(world: tuple[dict[str, set[str]], Silent]) -> None:
    seen, _ = world
    silent = {question.name for question in asked.questions()} - set().union(*seen.values())
    assert silent == {"coverage/concepts"}  # about the concept schemes, which are no data


def rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(path: Path, names: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(lines)
