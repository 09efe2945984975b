"""What is published: the files of a project, a day and, for a release, a version.

Everything that bears a time bears the edition's day: the same input gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote

from pyoxigraph import NamedNode

from accords import files, kinds, loading
from accords.findings import Severity
from accords.vocab import BASE

from . import faithful, released, tabulating
from .reading import Reading
from .refusing import refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from accords.forms import Forms
    from accords.kinds import Kinds
    from accords.loading import Document, Knowledge
    from accords.parsing import FileProblem
    from accords.project import Project
    from accords.things import Facts

    from .released import Past
    from .sheets import Tables

GRAPH = BASE + "graph/"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A Turtle file of the published graph, and the name of the graph that holds its statements."""

    path: Path
    name: str  # as printed: data/agreements/….ttl
    graph: NamedNode


@dataclass(frozen=True, eq=False)
class Edition:
    """A project on a day, as it is published; parsed when a format asks for it, once."""

    project: Project
    day: date
    version: str | None = None
    address: str = ""  # where its website is put, with a slash at its end; nothing when that is not known
    before: Project | None = None  # the folder of the release before, where it is at hand

    @cached_property
    def knowledge(self) -> Knowledge:
        """Return the parsed records, ontology and concepts.

        Raises ContentError when a file has an error: a part of a graph is never published as the whole.
        """
        found = loading.load(self.project)
        _refuse(found.problems)
        return found

    @cached_property
    def rules(self) -> tuple[Document, ...]:
        """Return the parsed files of the rules.

        Raises ContentError when one has an error.
        """
        documents, problems = loading.load_shapes(self.project)
        _refuse(problems)
        return documents

    @cached_property
    def facts(self) -> Facts:
        """Return the statements by subject."""
        return self.kinds.facts

    @cached_property
    def faithful(self) -> Facts:
        """Return the statements by subject, ready to be written: see `faithful`."""
        return self.written.facts

    @cached_property
    def forms(self) -> Forms:
        """Return the forms of every class."""
        return self.kinds.forms

    @cached_property
    def kinds(self) -> Kinds:
        """Return the kinds of records, with what their forms ask."""
        return kinds.of(self.knowledge, self.rules)

    @cached_property
    def written(self) -> Kinds:
        """Return the kinds of records, their statements ready to be written: see `faithful`."""
        return replace(self.kinds, knowledge=faithful.knowledge(self.knowledge))

    @cached_property
    def tables(self) -> Tables:
        """Return the records and the concepts as tables."""
        return tabulating.tables(self.written, Reading(self.facts))

    @cached_property
    def past(self) -> Past:
        """Return what was published before.

        Raises ContentError when the record of it cannot be read.
        """
        return released.past(self.project, self.before)

    def files(self) -> Iterator[SourceFile]:
        """Yield the files of the records, the ontology and the concepts, in order, nothing parsed.

        Raises ContentError when one cannot be read.
        """
        for folder, skip in (
            (self.project.data, frozenset[str]()),
            (self.project.ontology, loading.NOT_CONTENT),
        ):
            for path, refused in files.content_files(self.project, folder, skip=skip):
                if refused is None:
                    yield self.source_file(path)
                else:
                    _refuse((refused,))

    def source_file(self, path: Path) -> SourceFile:
        """Return a file with the name of its graph: …/graph/data/agreements/SLUG."""
        name = self.project.name_of(path)
        return SourceFile(path, name, NamedNode(GRAPH + quote(name.removesuffix(".ttl"))))


def _refuse(problems: Iterable[FileProblem]) -> None:
    wrong = [problem for problem in problems if problem.severity is Severity.ERROR]
    if wrong:
        raise refusal(str(wrong[0].location))
