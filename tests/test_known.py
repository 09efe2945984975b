"""What was broken before, told with the check of one file: as the whole check would tell it now.

The first tests edit file after file of a project whose whole check is kept, a project with a fault of every kind,
and compare: the findings in the file, those elsewhere that the kept check did not have, how many of its own are
left. The others follow a person at work, and what may happen to a cache.
"""

from __future__ import annotations

import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from accords import cache, checking, evidence, known, loading, validation
from accords.project import FOLDERS, Project
from accords.vocab import TYPE, sh
from calling import Caller, invented
from laying import ARCHIVE, PROJECT, ROOT, at_once, case_text, cases, world
from test_near import Kept, command, dice, edited, environment, parsed

if TYPE_CHECKING:
    from pathlib import Path

    from accords.findings import Finding
    from accords.validation import Report

EDITS = 16  # files edited one after the other, each left as it is
PATIENCE = 900
A_FILE = "data/agreements/wld-convention-2023.ttl"
PLACES = "data/territories/places.ttl"


def checked(held: Kept, *only: Path) -> Report:
    """Return what a check says, as the command makes it."""
    options = validation.Options(archive=held.archive, only=only)
    made = checking.check(held.project, options, held.folder, lambda _: None, start=at_once)
    assert made.trouble == ()
    return made.report


@pytest.fixture
def faulty(tmp_path: Path) -> Kept:
    """Return the invented world with a case of each rule beside the others, in files by rule."""
    root, knowledge = invented(tmp_path / "root"), world()
    for number, case in enumerate([case for case in cases() if case.faulty][::3]):
        text = case_text(case, knowledge, mark=f"case-{number}-")
        (root / "data" / f"case-{number}-{case.code}.ttl").write_text(text, encoding="utf-8")
    return Kept(Project(root), tmp_path / "cache", ARCHIVE)


@pytest.fixture
def shipped(tmp_path: Path) -> Kept:
    for name in FOLDERS:
        shutil.copytree(ROOT / name, tmp_path / "root" / name)
    return Kept(Project(tmp_path / "root"), tmp_path / "cache", None)


def elsewhere(report: Report, name: str) -> list[known.Known]:
    return [known.of(found) for found in report.findings if found.location.file != name]


def compare(held: Kept, before: Report, made: Report, name: str) -> None:
    """Compare a check from the cache with the whole one, `before` being what is kept."""
    whole = held.whole()
    assert whole.whole
    assert made.near is not None
    assert made.near.elsewhere is not None
    assert made.near.known is not None
    assert made.findings == tuple(found for found in whole.findings if found.location.file == name)
    now, then = elsewhere(whole, name), elsewhere(before, name)
    assert keys(map(known.of, made.near.elsewhere)) == keys(known.beyond(now, then))
    mended = keys(known.beyond(then, now))
    left = Counter(one.severity for one in then)
    left.subtract(key[0] for key in mended.elements())
    assert +Counter(made.near.known) == +left


def keys(some: Any) -> Counter[Any]:
    return Counter((one.severity, one.key) for one in some)


@pytest.mark.timeout(PATIENCE)
@pytest.mark.parametrize("graph", ["faulty", "shipped"])
@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_known_and_what_is_new_is_what_two_whole_checks_differ_by(
    graph: str, seed: int, request: pytest.FixtureRequest
) -> None:
    held: Kept = request.getfixturevalue(graph)
    rng, documents = dice(seed), parsed(held)
    before = checked(held)
    seen = 0
    for path in rng.sample(sorted(documents), EDITS):
        path.write_bytes(edited(documents[path], documents, rng))
        name = held.project.name_of(path)
        made = checked(held, path)
        compare(held, before, made, name)
        assert made.near is not None
        seen += len(made.near.elsewhere or ())
    assert seen
