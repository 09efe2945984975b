"""One edited file, checked from the cache: what the whole check finds in it, word for word."""

from __future__ import annotations

import random
import shutil
from functools import cache as remembered
from typing import TYPE_CHECKING

import pytest

from accords import cache, loading, near, standing, validation
from accords.project import FOLDERS, Project
from laying import ARCHIVE, PROJECT, ROOT, at_once, cases, world

if TYPE_CHECKING:
    from pathlib import Path

    from accords.validation import Report
    from laying import Case, Shapes

QUIET = lambda _: None  # noqa: E731


@remembered
def shapes() -> Shapes:
    return loading.load_shapes(PROJECT)


def whole(project: Project, path: Path) -> Report:
    """Return what the whole check says of one file."""
    options = validation.Options(archive=ARCHIVE, only=(path,))
    return validation.validate(loading.load(project), shapes(), options, start=at_once)


def from_cache(project: Project, folder: Path, path: Path) -> near.Near:
    """Return what the check from the cache says of one file."""
    cached = cache.opened(folder)
    assert cached is not None
    name = project.name_of(path.resolve())
    stood = standing.standing(standing.survey(project, (path,)), cached, frozenset({name}))
    assert stood is not None
    made = near.validate(
        stood, frozenset({name}), validation.Options(archive=ARCHIVE, only=(path,)), start=at_once
    )
    cached.close()
    return made


@pytest.fixture(scope="module")
def cached_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cache")
    assert standing.build(PROJECT, folder, QUIET)
    return folder


@pytest.mark.parametrize("case", cases(), ids=str)
def test_a_case_beside_the_cached_world_is_found_as_in_the_whole_check(
    case: Case, cached_world: Path, tmp_path: Path
) -> None:
    text = case.path.read_text(encoding="utf-8")
    if "@prefix" not in text:
        text = world().prefixes.declarations() + text
    path = tmp_path / f"{case.code}-{case.path.name}"
    path.write_text(text, encoding="utf-8")
    assert from_cache(PROJECT, cached_world, path).report == whole(PROJECT, path)
