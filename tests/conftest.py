"""Options of the suite, and the fixtures that several files share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from archives import copied
from calling import Caller, invented

if TYPE_CHECKING:
    from pathlib import Path

    from _pytest.config.argparsing import Parser
    from _pytest.nodes import Item

    from archives import Archive


def pytest_addoption(parser: Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the outputs shown in the guides again, from the commands",
    )


LONGEST = (  # files that take minutes: begun first, they do not keep one process busy when the others are done
    "test_known.py",
    "test_near.py",
    "test_pages.py",
    "test_engines.py",
    "test_release.py",
    "test_noticing.py",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[Item]) -> None:
    """Put the longest files first; the others stay in the order drawn."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.name, len(LONGEST)))


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Tell whether expected outputs are to be written again; continuous integration never does."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(autouse=True)
def _kept_apart(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the cache of parsed graphs away from the one of whoever runs the tests."""
    monkeypatch.setenv("ACCORDS_CACHE", str(tmp_path_factory.getbasetemp() / "kept"))


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Caller:
    """Return a caller on a copy of the invented world, no archive being named by the environment."""
    monkeypatch.delenv("ACCORDS_ARCHIVE", raising=False)
    return Caller(invented(tmp_path), capsys)


@pytest.fixture
def archive(call: Caller, tmp_path: Path) -> Archive:
    """Return a copy of the world's archive that a test may spoil."""
    return copied(call, tmp_path)
