"""Calling the command line in this process, and a project of one's own to call it on.

`call` gives the exit code and what was printed; `invented` makes a project folder whose data is a copy of the
invented world and whose ontology, shapes and queries are the real ones.
"""

from __future__ import annotations

import shutil
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from accords import cli
from laying import ROOT, WORLD

if TYPE_CHECKING:
    from pathlib import Path

    from accords.language import Language


@dataclass(frozen=True, slots=True)
class Called:
    """What a call left behind."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Caller:
    """Calls the command line on one project."""

    root: Path
    printed: pytest.CaptureFixture[str]

    def __call__(self, *words: str, lang: Language = "fr") -> Called:
        before = signal.getsignal(signal.SIGTERM)
        with pytest.raises(SystemExit) as left:
            cli.run(["--root", str(self.root), "--lang", lang, *words])
        signal.signal(signal.SIGTERM, before)
        told = self.printed.readouterr()
        assert isinstance(left.value.code, int)
        return Called(left.value.code, told.out, told.err)

    def write(self, name: str, turtle: str) -> None:
        """Write a file of the project."""
        (self.root / name).write_text(turtle, encoding="utf-8")


def invented(folder: Path) -> Path:
    """Make a project whose data is a copy of the invented world."""
    for name in ("ontology", "shapes", "queries"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copytree(WORLD / "data", folder / "data")
    return folder
