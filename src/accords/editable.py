"""The files in which a name may stand, as they are read before any of them is edited.

Takes a project; gives every Turtle file of its data, ontology and shapes and every query, sound, with its bytes,
or as it is being written where an editor has it open.
What tells of the past stays as it is and is no part of it: `ontology/migrations/` and `ontology/released.ttl`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from . import loading, turtle
from .errors import RequestError, SyntaxProblem, system_words
from .findings import Severity
from .language import Words, printable
from .location import Location
from .parsing import FileProblem, parsed, unfit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pyoxigraph import Triple

    from .project import Project
    from .terms import Term

MIGRATIONS = "migrations"


@dataclass(frozen=True, eq=False)
class File:
    """One file as it was read; of a query, no triples and no prefixes."""

    path: Path
    name: str  # as printed
    raw: bytes
    triples: tuple[Triple, ...] = ()
    prefixes: Mapping[str, str] | None = None

    @property
    def is_query(self) -> bool:
        """Tell whether it is a query."""
        return self.path.suffix == ".rq"

    @cached_property
    def text(self) -> str:
        """Return its text, byte order mark and line ends as they are."""
        return self.raw.decode("utf-8")

    @cached_property
    def reading(self) -> turtle.Reading:
        """Return what a Turtle file holds, with the places."""
        return turtle.read(self.text)

    @cached_property
    def named(self) -> frozenset[Term]:
        """Return everything that the triples of a Turtle file name, datatypes included."""
        terms = {term for row in self.triples for term in (row.subject, row.predicate, row.object)}
        return frozenset(terms | {term.datatype for term in terms if isinstance(term, Literal)})

    @property
    def line_end(self) -> str:
        """Return how its lines end."""
        return "\r\n" if "\r\n" in self.text else "\n"


def files(project: Project) -> tuple[File, ...]:
    """Return every file of a project in which a name may stand, in order.

    Raises SyntaxProblem for a Turtle file that does not parse, RequestError for a file that cannot be read: a
    name might stand there unseen.
    """
    found: dict[Path, File] = {}
    for path in (*_turtle(project), *unsaved(project)):
        found.setdefault(path.resolve(), _turtle_file(project, path))
    for folder in (project.queries, project.ontology):
        for path in sorted(folder.rglob("*.rq")):
            if path.is_file() and not _past(project, path) and not path.name.startswith("."):
                found.setdefault(path.resolve(), _query(project, path))
    return tuple(found.values())


def _turtle(project: Project) -> Iterator[Path]:
    for folder in (project.data, project.ontology, project.shapes):
        skip = frozenset({MIGRATIONS}) if folder == project.ontology else frozenset()
        for path, refusal in loading.content_files(project, folder, skip=skip):
            if refusal is not None and refusal.severity is Severity.ERROR:
                raise _unread(refusal)
            if refusal is None and not _past(project, path):
                yield path


def unsaved(project: Project) -> tuple[Path, ...]:
    """Return the Turtle files of the project that an editor has open and that are not on disk."""
    folders = (project.data, project.ontology, project.shapes)
    paths = (project.root / name for name in sorted(project.drafts) if name.endswith(".ttl"))
    inside = (path for path in paths if any(path.is_relative_to(folder) for folder in folders))
    return tuple(path for path in inside if not path.exists() and not _past(project, path))


def _past(project: Project, path: Path) -> bool:
    """Tell whether a file says what was, and not what is."""
    past = project.ontology / MIGRATIONS
    return path.is_relative_to(past) or path == project.ontology / loading.RELEASED


def _turtle_file(project: Project, path: Path) -> File:
    name = project.name_of(path)
    draft = _draft(project, name)
    raw = loading.raw(path, name) if draft is None else draft
    if isinstance(raw, FileProblem):
        raise _unread(raw)
    if problems := unfit(raw, len(raw), name):
        raise _unread(problems[0])
    found = parsed(raw.decode("utf-8-sig"), name, dict)
    if errors := [problem for problem in found.problems if problem.severity is Severity.ERROR]:
        raise _unread(errors[0])
    return File(path, name, raw, found.triples, found.prefixes)


def _query(project: Project, path: Path) -> File:
    name = project.name_of(path)
    try:
        draft = _draft(project, name)
        raw = path.read_bytes() if draft is None else draft
        raw.decode("utf-8")
    except OSError as problem:
        said = system_words(problem)
        raise RequestError(Words(f"{name} : {said.fr}", f"{name}: {said.en}")) from problem
    except UnicodeDecodeError as problem:
        raise SyntaxProblem(Location(name), Words("pas en UTF-8", "not UTF-8")) from problem
    return File(path, name, raw)


def _draft(project: Project, name: str) -> bytes | None:
    """Return the text of a file that an editor has open; None for one that is as it was saved."""
    draft = project.drafts.get(name)
    return None if draft is None else draft.encode("utf-8", "surrogatepass")


def _unread(problem: FileProblem) -> SyntaxProblem:
    file = printable(problem.location.file, 200)
    hint = Words(f"le corriger d'abord : accords check {file}", f"mend it first: accords check {file}")
    said = problem.detail or Words("illisible", "unreadable")
    return SyntaxProblem(problem.location, said, hint=hint)
