"""Options of the suite."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from _pytest.config.argparsing import Parser


def pytest_addoption(parser: Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the outputs shown in the guides again, from the commands",
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Tell whether expected outputs are to be written again; continuous integration never does."""
    return bool(request.config.getoption("--update-golden"))
