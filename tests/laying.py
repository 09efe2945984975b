"""Laying a case over the invented world: what a case expects, and what the rules say of it.

A case is a file `tests/cases/CODE/ok-*.ttl` or `ko-*.ttl` without prefixes; its first comment lines
`# CODE severity focus` are all the findings expected. `laid_over` parses it with the house prefixes
and returns the knowledge of the world with the case added.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from accords import loading, validation
from accords.project import Project

if TYPE_CHECKING:
    from accords.loading import Document, FileProblem, Knowledge
    from accords.validation import Report

ROOT = Path(__file__).resolve().parent.parent
WORLD = ROOT / "tests" / "world"
ARCHIVE = WORLD / "archive"
CASES = ROOT / "tests" / "cases"

Shapes = tuple[tuple["Document", ...], tuple["FileProblem", ...]]
Expected = tuple[str, str, str]  # code, severity, focus

_EXPECTED = re.compile(r"^# ([A-Z]{2}-[0-9]{2}) (error|warning|note) (\S+)\s*$")


@dataclass(frozen=True, slots=True)
class WorldProject(Project):
    """The project whose data is the invented world, everything else being the real content."""

    @property
    def data(self) -> Path:
        return WORLD / "data"


PROJECT = WorldProject(ROOT)


@dataclass(frozen=True, slots=True)
class Case:
    """One case: its code, its file, the findings that it must raise."""

    path: Path
    expected: frozenset[Expected]

    @property
    def code(self) -> str:
        return self.path.parent.name

    @property
    def faulty(self) -> bool:
        return self.path.name.startswith("ko-")

    def __str__(self) -> str:
        return f"{self.code}/{self.path.stem}"


def cases() -> list[Case]:
    """Return every case, in order."""
    return [Case(path, _expected(path)) for path in sorted(CASES.glob("*/*.ttl"))]


def _expected(path: Path) -> frozenset[Expected]:
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            break
        if match := _EXPECTED.match(line):
            found.append((match[1], match[2], match[3]))
    return frozenset(found)


def world() -> Knowledge:
    """Return the knowledge of the invented world."""
    return loading.load(PROJECT)


def laid_over(knowledge: Knowledge, case: Case, folder: Path) -> Knowledge:
    """Return the world with a case added; the case is completed with prefixes in a file of `folder`."""
    text = case.path.read_text(encoding="utf-8")
    if "@prefix" not in text:
        text = knowledge.prefixes.declarations() + _EXTERNAL + text
    written = folder / f"{case.code}-{case.path.name}"
    written.write_text(text, encoding="utf-8")
    document, problems = loading.read(written, f"{case.code}/{case.path.name}")
    data = knowledge.data if document is None else (*knowledge.data, document)
    return replace(knowledge, data=data, problems=(*knowledge.problems, *problems))


_EXTERNAL = ""  # the house table has the external prefixes too


def report_on(knowledge: Knowledge, shapes: Shapes, engine: str = "auto", timeout: float = 60) -> Report:
    """Return the report on a knowledge whose evidence is the world's archive."""
    options = validation.Options(engine=engine, timeout=timeout, archive=ARCHIVE)  # type: ignore[arg-type]
    return validation.validate(knowledge, shapes, options)


def found(report: Report) -> frozenset[Expected]:
    """Return what a report found, in the terms of a case."""
    return frozenset((f.code, f.severity.value, f.focus or "-") for f in report.findings)
