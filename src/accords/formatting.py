"""A Turtle file set right: white space only, and nothing else may change.

1. The bytes are judged and parsed as `accords check` does; a file with an error is left alone.
2. `turtle.laid_out` sets the white space; asked to sort, `turtle.ordered` moves whole records.
3. What comes out must hold the same graph and the same comments, else it is refused: the triples are compared
   one by one, blank nodes named in the order in which they come; where that does not do (sorted records), by
   their canonical form (RDFC-1.0).
4. `write` puts it in the place of the file, whole or not at all, unless the file has changed meanwhile.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from . import loading, turtle, writing
from .errors import AccordsError, RequestError
from .findings import Severity
from .language import Words, printable
from .location import Location
from .parsing import FileProblem, parsed, unfit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .loading import House
    from .project import Project
    from .terms import Term

_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Formatted:
    """A file before and after; the same when an error keeps it from being read."""

    name: str
    before: bytes
    after: bytes
    problems: tuple[FileProblem, ...] = ()

    @property
    def changed(self) -> bool:
        """Tell whether there is anything to write."""
        return self.before != self.after

    @property
    def at_fault(self) -> bool:
        """Tell whether an error keeps it from being set right; a warning does not."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def files(project: Project) -> tuple[tuple[Path, FileProblem | None], ...]:
    """Return every Turtle file of a project, each with the reason for not reading it, if any."""
    folders = (project.data, project.ontology, project.shapes)
    return tuple(found for folder in folders for found in loading.content_files(project, folder))


def of_file(path: Path, name: str, *, sort: bool = False, house: House = dict) -> Formatted:
    """Return a file set right. Raises AccordsError when that would change more than white space."""
    raw = loading.raw(path, name)
    if isinstance(raw, FileProblem):
        return Formatted(name, b"", b"", (raw,))
    return of_bytes(raw, name, sort=sort, house=house)


def of_bytes(raw: bytes, name: str, *, sort: bool = False, house: House = dict) -> Formatted:
    """Return the bytes of a file set right. Raises AccordsError when that would change more than white space."""
    if problems := unfit(raw, len(raw), name) or parsed(raw.decode("utf-8-sig"), name, house).problems:
        return Formatted(name, raw, raw, problems)
    text = raw.decode("utf-8")
    reading = turtle.read(text)
    if reading.problems:
        return Formatted(name, raw, raw, (_unread(text, reading.problems[0], name),))
    after = turtle.laid_out(reading)
    if sort:
        after = turtle.ordered(after, turtle.read(after))
    if not same(text, after, sort=sort):
        raise _refused(name)
    return Formatted(name, raw, after.encode(), loading.marked(raw, name))


def _unread(text: str, problem: turtle.Problem, name: str) -> FileProblem:
    shown = printable(problem.reason, 200)
    where = Location(name, *turtle.Lines(text.removeprefix(_MARK)).at(problem.start))
    return FileProblem(where, "FI-01-syntax", Words(shown, shown))


def same(before: str, after: str, *, sort: bool = False) -> bool:
    """Tell whether two texts hold the same graph and the same comments, in the same order unless sorted."""
    one, other = _comments(before), _comments(after)
    if (Counter(one) != Counter(other)) if sort else (one != other):
        return False
    return [*_named(before)] == [*_named(after)] or _canonical(before) == _canonical(after)


def _comments(text: str) -> list[str]:
    return [token.text for token in turtle.tokens(text) if token.kind == "comment"]


def _named(text: str) -> Iterator[tuple[Term | int, ...]]:
    """Yield the triples, blank nodes numbered in the order in which they come."""
    numbers: dict[Term, int] = {}

    def named(term: Term) -> Term | int:
        return numbers.setdefault(term, len(numbers)) if isinstance(term, BlankNode) else term

    for quad in parse(text.removeprefix(_MARK), format=RdfFormat.TURTLE):
        yield named(quad.subject), quad.predicate, named(quad.object)


def _canonical(text: str) -> Dataset:
    dataset = Dataset(parse(text.removeprefix(_MARK), format=RdfFormat.TURTLE))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def _refused(name: str) -> AccordsError:
    shown = printable(name, 200)
    return AccordsError(
        Words(
            f"{shown} : la mise en forme changerait le graphe ou un commentaire ; rien n'est écrit",
            f"{shown}: formatting would change the graph or a comment; nothing is written",
        ),
        hint=Words(
            "signaler ce fichier : c'est un défaut de l'outil", "report this file: it is a bug of the tool"
        ),
    )


def write(path: Path, made: Formatted) -> None:
    """Put a file set right in the place of the one that was read.

    Raises RequestError when it cannot be written, or is no longer what was read.
    """
    present = loading.raw(path, made.name)
    if present == made.after:  # somebody else has formatted it too
        return
    if present != made.before:
        shown = printable(made.name, 200)
        raise RequestError(
            Words(
                f"{shown} : modifié entre-temps, laissé tel quel", f"{shown}: changed meanwhile, left alone"
            ),
            hint=Words("relancer la commande", "run the command again"),
        )
    writing.whole(path, made.after)
