"""Property paths, and the machine that follows them one statement at a time.

A path is read from its text (`parsed`: SPARQL 1.1 property paths, plus `?value`, any property, and `?path`,
from a thing to the properties that it carries) or made of the classes below. What remains to be followed of
a path is a state; `moves` gives the statements that lead on from a state, and the state after each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Kind = Literal["to", "from", "value", "property"]
_PIECES = re.compile(r"\s*(<[^<>\s]*>|\?value|\?path|[A-Za-z][\w-]*:[\w-]*|[()|/^*+?])")


class Step(NamedTuple):
    """One statement: to its object, from its object to its subject, to any value, to any property."""

    kind: Kind
    predicate: str = ""  # an IRI, for the kinds `to` and `from`


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several paths."""

    paths: tuple[tuple[Path, ...], ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A path any number of times, none included."""

    path: tuple[Path, ...]


Path = Step | Choice | Repeated
State = tuple[Path, ...]  # what remains to be followed

ANY = Step("value")


def moves(state: State) -> Iterator[tuple[Step, State]]:
    """Yield the statements that lead on from a state, each with the state after it.

    >>> [step.predicate for step, _ in moves((Repeated((Step("to", "a"),)), Step("to", "b")))]
    ['a', 'b']
    """
    if not state:
        return
    first, rest = state[0], state[1:]
    match first:
        case Choice(paths):
            for path in paths:
                yield from moves((*path, *rest))
        case Repeated(path):
            for step, left in moves(path):
                yield step, (*left, first, *rest)
            yield from moves(rest)
        case _:
            yield first, rest


def once_or_more(path: State) -> State:
    """Return a path repeated at least once."""
    return (*path, Repeated(path))


def perhaps(path: State) -> State:
    """Return a path that may be passed over."""
    return (Choice((path, ())),)


def backwards(path: State) -> State:
    """Return the path followed from its end. Raises ValueError for `?value` and `?path`."""
    return tuple(_turned(part) for part in reversed(path))


def _turned(part: Path) -> Path:
    match part:
        case Choice(paths):
            return Choice(tuple(backwards(path) for path in paths))
        case Repeated(path):
            return Repeated(backwards(path))
        case Step("to", predicate):
            return Step("from", predicate)
        case Step("from", predicate):
            return Step("to", predicate)
        case _:
            message = "a path that names no property has no way back"
            raise ValueError(message)


def parsed(text: str, expand: Callable[[str], str | None]) -> State:
    """Return the path that a text writes; `expand` gives the IRI of a prefixed name.

    Raises ValueError for a text that is not a path.

    >>> parsed("^ex:a/ex:b", lambda name: name.replace("ex:", "http://e/"))
    (Step(kind='from', predicate='http://e/a'), Step(kind='to', predicate='http://e/b'))
    """
    reader = _Reader(_pieces(text), expand)
    path = reader.choice()
    if reader.left:
        raise ValueError(text)
    return path


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    at = 0
    while text[at:].strip():
        found = _PIECES.match(text, at)
        if found is None:
            raise ValueError(text)
        pieces.append(found[1])
        at = found.end()
    return pieces


class _Reader:
    """Reads a path from its pieces, by the grammar of SPARQL 1.1 (section 9.1)."""

    def __init__(self, pieces: list[str], expand: Callable[[str], str | None]) -> None:
        self.left, self.expand = pieces[::-1], expand

    def choice(self) -> State:
        paths = [self._sequence()]
        while self._taken("|"):
            paths.append(self._sequence())
        return paths[0] if len(paths) == 1 else (Choice(tuple(paths)),)

    def _sequence(self) -> State:
        path = self._part()
        while self._taken("/"):
            path += self._part()
        return path

    def _part(self) -> State:
        if self._taken("^"):
            return backwards(self._part())
        path = self._primary()
        if self._taken("*"):
            return (Repeated(path),)
        if self._taken("+"):
            return once_or_more(path)
        return perhaps(path) if self._taken("?") else path

    def _primary(self) -> State:
        if self._taken("("):
            path = self.choice()
            if not self._taken(")"):
                raise ValueError
            return path
        piece = self.left.pop() if self.left else ""
        if piece in {"?value", "?path"}:
            return (ANY if piece == "?value" else Step("property"),)
        iri = piece[1:-1] if piece.startswith("<") else self.expand(piece)
        if not iri:
            raise ValueError(piece)
        return (Step("to", iri),)

    def _taken(self, piece: str) -> bool:
        if self.left and self.left[-1] == piece:
            self.left.pop()
            return True
        return False
