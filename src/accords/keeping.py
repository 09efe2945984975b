"""What a whole check leaves for the checks of single files: the parsed graph, and its findings.

1. `Keeper.graph`, while the rules run: a cached graph of the files as they are is taken as it is; otherwise a new
   generation is written, which nothing names yet.
2. `Keeper.findings`, once all is found: the findings are written beside, and the pointer names both. Not when a
   file has changed meanwhile: the findings must be about the cached graph.
3. `Keeper.end` takes away what was written and nothing names.

What goes wrong with the cache is kept in `trouble`: the check itself goes on.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from . import cache, known, prepared
from . import standing as standings
from .cache import CacheProblem

if TYPE_CHECKING:
    from pathlib import Path

    from .errors import AccordsError
    from .loading import Document, FileProblem, Knowledge
    from .project import Project
    from .standing import Survey
    from .validation import Report

    Shapes = tuple[tuple[Document, ...], tuple[FileProblem, ...]]


@dataclass
class Keeper:
    """Keeps the graph and the findings of a whole check; made before the files are read."""

    project: Project
    folder: Path
    trouble: list[AccordsError] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Look at the files before they are read."""
        self.before: Survey = standings.survey(self.project)
        self._database: Path | None = None
        self._written: list[Path] = []

    def graph(self, knowledge: Knowledge, shapes: Shapes) -> None:
        """Have the graph in the cache."""
        if len(knowledge.documents) + len(shapes[0]) != len(self.before.files):  # some are at fault
            return
        rules = None
        try:
            rules = self._held()
        except CacheProblem as problem:
            self.trouble.append(problem)
        if self._database is None and (rules := rules or _prepared(shapes)) is not None:
            try:
                self._database = standings.put(self.folder, self.before, knowledge, rules)
                self._written.append(self._database)
            except CacheProblem as problem:
                self.trouble.append(problem)

    def _held(self) -> str | None:
        """Return the rules that the cache holds, if they are the same; take its graph, if that is too."""
        cached = cache.opened(self.folder)
        if cached is None:
            return None
        try:
            rules = standings.held_rules(self.before, cached)
            if rules is not None and standings.is_held(self.before, cached):
                self._database = cached.path
            return rules
        finally:
            cached.close()

    def findings(self, report: Report, archive: Path | None) -> None:
        """Keep the findings of the whole check beside the graph that they are about."""
        if self._database is None or not report.whole:
            return
        meta = {"archive": known.place(archive)}
        try:
            beside = cache.beside(
                self.folder, ".known", lambda draft: known.fill(draft, report.findings, meta)
            )
            self._written.append(beside)
            if standings.survey(self.project).files == self.before.files and self._still_there():
                cache.name(self.folder, self._database, beside)
                self._written.clear()
        except CacheProblem as problem:
            self.trouble.append(problem)

    def _still_there(self) -> bool:
        """Tell whether nobody has put another graph in the place of the one that was taken."""
        return self._database in self._written or self._database in cache.current(self.folder)

    def end(self) -> None:
        """Take away what nothing names."""
        for path in self._written:
            with contextlib.suppress(OSError):
                path.unlink()


def _prepared(shapes: Shapes) -> str | None:
    rules = standings.ready(shapes)
    return None if rules is None else prepared.written(rules)
