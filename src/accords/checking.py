"""The check of a project or of some of its files, the shortest way that gives the same findings.

1. Without files, and for files of the rules: the whole check; what it finds without files is kept (`keeping`).
2. With files: from the cache, which is built when there is none, when it is damaged or of another version,
   or when too much has changed since.
3. When the cache cannot be had, the whole check, its findings restricted to the files; a notice says why.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from . import cache, loading, near, rulebook, shacl, validation, worker
from . import standing as standings
from .cache import CacheProblem
from .keeping import Keeper
from .loading import Knowledge
from .shapes import ShapesProblem
from .wording import Wording

if TYPE_CHECKING:
    from pathlib import Path

    from .cache import Cached
    from .errors import AccordsError
    from .project import Project
    from .rulebook import Rulebook
    from .standing import Survey
    from .validation import Options, Report, Start

FEW = 200  # files asked for, beyond which all are read
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Checked:
    """A report, the rulebook and the labels that it speaks with, and what kept the cache from being used."""

    report: Report
    book: Rulebook
    wording: Wording
    trouble: tuple[AccordsError, ...] = ()


def check(
    project: Project, options: Options, cached_in: Path | None, told: Tell, *, start: Start | None = None
) -> Checked:
    """Return the report on a project, or on the files of the options; `cached_in` is where the cache is.

    `start` runs the rules, in a child unless told otherwise. Raises LimitReached when they run out of time or
    memory.
    """
    trouble: list[AccordsError] = []
    if cached_in is not None and 0 < len(options.only) <= FEW and options.engine != "reference":
        early = None if start is not None else worker.Early(functools.partial(shacl.warm, options.engine))
        try:
            run = start if early is None else early.start
            found = _Cache(project, cached_in, told, run or worker.start, trouble).check(options)
        finally:
            if early is not None:
                early.end()
        if found is not None:
            return replace(found, trouble=tuple(trouble))
    every = not options.only and not options.passed_over
    keeper = Keeper(project, cached_in, trouble) if cached_in is not None and every else None
    try:
        made = _whole(project, options, told, start or worker.start, keeper)
        return replace(made, trouble=tuple(trouble))
    finally:
        if keeper is not None:
            keeper.end()


def _whole(project: Project, options: Options, told: Tell, start: Start, keeper: Keeper | None) -> Checked:
    """Return the report that reading everything gives."""
    knowledge = loading.load(project, told)
    shapes = loading.load_shapes(project)

    def meanwhile() -> None:
        if keeper is not None:
            keeper.graph(knowledge, shapes)

    report = validation.validate(knowledge, shapes, options, told=told, start=start, meanwhile=meanwhile)
    if keeper is not None:
        keeper.findings(report, options.archive)
    return Checked(report, rulebook.of_documents(shapes[0]), Wording(knowledge))


@dataclass(frozen=True)
class _Cache:
    """The cache of a project, built when it must be; what goes wrong with it is kept in `trouble`."""

    project: Project
    folder: Path
    told: Tell
    start: Start
    trouble: list[AccordsError]

    def check(self, options: Options) -> Checked | None:
        """Return the report on the files of the options; None when the cache cannot give it."""
        asked = frozenset(self.project.name_of(path.resolve()) for path in options.only)
        survey = standings.survey(self.project, options.only)
        if not _usual(self.project, options.only, survey):
            return None
        for built in (False, True):
            try:
                if built and not standings.build(replace(self.project, drafts={}), self.folder, self.told):
                    return None
                if (made := self._checked(survey, asked, options, built=built)) is not None:
                    return made if made.report.whole else None  # the whole check says what stops the rules
            except CacheProblem as problem:
                self.trouble.append(problem)
            except ShapesProblem:  # an engine refuses a rule: the whole check says which, and where
                return None
        return None

    def _checked(
        self, survey: Survey, asked: frozenset[str], options: Options, *, built: bool
    ) -> Checked | None:
        with _Opened(self.folder) as cached:
            stood = None if cached is None else standings.standing(survey, cached, asked)
            if stood is None:
                return None
            report = near.validate(stood, asked, options, told=self.told, start=self.start)
        if report.near is not None:
            report = replace(report, near=replace(report.near, built=built))
        wording = Wording(Knowledge(stood.survey.project, (), (), (), stood.table))
        return Checked(report, stood.rules.book, wording)


def _usual(project: Project, only: tuple[Path, ...], survey: Survey) -> bool:
    """Tell whether all files asked for are files of records, or were: no rules, no devices, nothing passed over."""
    listed = [(path, survey.files.get(project.name_of(path.resolve()))) for path in only]
    return all(found.folder != "shapes" if found is not None else not path.exists() for path, found in listed)


class _Opened:
    """An open cache that is let go at the end, or None."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> Cached | None:
        self.cached = cache.opened(self.folder)
        return self.cached

    def __exit__(self, *_: object) -> None:
        if self.cached is not None:
            self.cached.close()
