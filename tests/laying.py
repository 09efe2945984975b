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
    from collections.abc import Callable

    from accords.loading import Document, FileProblem, Knowledge
    from accords.shacl import Engine
    from accords.validation import Answer, Report

ROOT = Path(__file__).resolve().parent.parent
WORLD = ROOT / "tests" / "world"
ARCHIVE = WORLD / "archive"
CASES = ROOT / "tests" / "cases"

Shapes = tuple[tuple["Document", ...], tuple["FileProblem", ...]]
Expected = tuple[str, str, str]  # code, severity, focus

_LABELS = re.compile(r'skos:prefLabel (?:"[^"\\]+"@(?:fr|en)[\s,]*)+')
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


def laid_over(knowledge: Knowledge, case: Case, folder: Path, *, mark: str = "case-") -> Knowledge:
    """Return the world with a case added; the case is completed with prefixes in a file of `folder`.

    `mark` begins the names of the case's own things: with one of its own, also put behind their labels, a
    case can stand beside others.
    """
    text = case_text(case, knowledge, mark=mark)
    written = folder / f"{case.code}-{case.path.name}"
    written.write_text(text, encoding="utf-8")
    document, problems = loading.read(written, f"{case.code}/{case.path.name}")
    data = knowledge.data if document is None else (*knowledge.data, document)
    return replace(knowledge, data=data, problems=(*knowledge.problems, *problems))


def case_text(case: Case, knowledge: Knowledge, *, mark: str = "case-") -> str:
    """Return the Turtle of a case, prefixes included, its things and labels marked."""
    text = case.path.read_text(encoding="utf-8")
    if mark != "case-":
        number = mark.split("-")[1]
        text = _LABELS.sub(
            lambda labels: labels[0].replace('"@', f' {number}"@'), text.replace("case-", mark)
        )
    return text if "@prefix" in text else knowledge.prefixes.declarations() + text


@dataclass(frozen=True, slots=True)
class AtOnce:
    """Stands in for a child: runs the task here, so that compiled shapes serve for all cases."""

    answer: Answer

    def result(self, told: Callable[[str], None] | None = None) -> Answer:
        assert told is not None
        return self.answer

    def end(self) -> None:
        """Nothing to end."""


def at_once(task: Callable[[Callable[[str], None]], Answer], **_limits: float) -> AtOnce:
    """Run a task in this process."""
    return AtOnce(task(lambda _: None))


def report_on(knowledge: Knowledge, shapes: Shapes, engine: Engine = "auto") -> Report:
    """Return the report on a knowledge whose evidence is the world's archive."""
    options = validation.Options(engine=engine, archive=ARCHIVE)
    return validation.validate(knowledge, shapes, options, start=at_once)


def found(report: Report) -> frozenset[Expected]:
    """Return what a report found, in the terms of a case."""
    return frozenset((f.code, f.severity.value, f.focus or "-") for f in report.findings)
