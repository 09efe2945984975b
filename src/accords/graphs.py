"""Where a question is asked: the files of a project in a store of their own, or an endpoint."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import loading, remote, store, worker
from .errors import ContentError
from .findings import Severity
from .language import Words, printable
from .location import Location

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Triple

    from .project import Project
    from .solutions import Engine, Solutions

ROWS = 100_000
_PLACE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+)(?:: )?")
_LINE = re.compile(  # other engines, and the parser of Turtle
    r"\bline (?P<line>\d+)(?:,? (?:between )?columns? (?P<column>\d+))?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What an answer may cost: seconds, MiB, rows."""

    timeout: float = worker.TIMEOUT
    memory: int = worker.MEMORY
    rows: int = ROWS


@dataclass(frozen=True, slots=True)
class Local:
    """The files of a project, read when asked."""

    project: Project

    def named(self, running: str) -> str:
        """Return what is running, as a message names it."""
        return running

    def engine(self, _limits: Limits) -> Engine:
        """Return a store of the files.

        Raises ContentError when a file cannot be read: an answer from a part of the graph would mislead.
        """
        return Stored(store_of(self.project))


@dataclass(frozen=True, slots=True)
class Held(Local):
    """Triples at hand: a graph that is not in the files of the project."""

    triples: tuple[Triple, ...] = ()

    def engine(self, _limits: Limits) -> Engine:
        """Return a store of the triples."""
        return Stored(store.build(self.triples))


@dataclass(frozen=True, slots=True)
class Remote:
    """An endpoint that answers SPARQL queries."""

    url: str

    def named(self, running: str) -> str:
        """Return what is running, as a message names it: with where."""
        return f"{running}, {printable(self.url, 200)}"

    def engine(self, limits: Limits) -> Engine:
        """Return the endpoint. Raises BadParameter for what is not its address."""
        return remote.Endpoint(self.url, limits.timeout)


@dataclass(frozen=True, slots=True)
class Stored:
    """A store in this process, as an engine."""

    store: store.Store

    def answer(self, query: str, most: int) -> Solutions:
        """Return what a query finds in the store."""
        return store.answer(self.store, query, most)


def store_of(project: Project) -> store.Store:
    """Return a store of the data, the ontology and the concept schemes, parsed straight into it.

    Raises ContentError when a file cannot be read.
    """
    paths: list[Path] = []
    for folder, skip in ((project.data, frozenset()), (project.ontology, loading.NOT_CONTENT)):
        for path, refused in loading.content_files(project, folder, skip=skip):
            if refused is None:
                paths.append(path)
            elif refused.severity is Severity.ERROR:
                raise _unread(refused.location)
    try:
        return store.load(paths)
    except SyntaxError as wrong:
        noted = wrong.__notes__[-1]
        name = next((project.name_of(path) for path in paths if str(path) == noted), noted)
        raise _unread(place_of(Location(name), str(wrong))) from wrong
    except OSError as problem:
        raise _unread(Location(str(problem.filename or project.name_of(project.data)))) from problem


def _unread(location: Location) -> ContentError:
    place = printable(str(location), 400)
    return ContentError(
        Words(
            f"{place}: illisible ; rien n'est répondu sur une partie du graphe",
            f"{place}: unreadable; nothing is answered from a part of the graph",
        ),
        hint=Words("ce qui ne va pas : accords check", "what is wrong: accords check"),
    )


def place_of(location: Location, said: str) -> Location:
    """Return the place that an engine names in its message, in the file of the query."""
    found = _PLACE.search(said) or _LINE.search(said)
    return Location(location.file, int(found["line"]), int(found["column"] or 1)) if found else location


def reason_of(said: str) -> str:
    """Return what an engine says of a mistake, without the place."""
    return printable(_PLACE.sub("", said.partition("\n")[0]), 200)
