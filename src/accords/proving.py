"""Proof that an edit did what was meant and nothing else; without it, nothing is written.

A Turtle file: what it says is compared, graph against graph (RDFC-1.0 where there are blank nodes), and its
comments one by one. A query: its names one by one, and its comments; a question stays a question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat, parse

from . import headers, querynames, turtle
from .errors import AccordsError, ContentError
from .language import Words, printable
from .sparql import IGNORED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .editable import File
    from .terms import Term

_MARK = "\ufeff"


def turtle_file(file: File, after: str, rows: Iterable[tuple[Term, NamedNode, Term]]) -> None:
    """Raise AccordsError unless a text holds these triples and the comments of the file."""
    read = _dataset((row.subject, row.predicate, row.object) for row in file.reading.triples)
    held = _dataset((row.subject, row.predicate, row.object) for row in file.triples)
    try:
        parsed = [quad.triple for quad in parse(after.removeprefix(_MARK), format=RdfFormat.TURTLE)]
    except SyntaxError as problem:
        raise _failed(file.name) from problem
    made = _dataset((row.subject, row.predicate, row.object) for row in parsed)
    if file.reading.problems or read != held or made != _dataset(rows):
        raise _failed(file.name)
    if _comments(after) != _comments(file.text):
        raise _failed(file.name)


def _dataset(rows: Iterable[tuple[Term, NamedNode, Term]]) -> Dataset:
    quads = [Quad(s, p, o) for s, p, o in rows if isinstance(s, (NamedNode, BlankNode))]
    dataset = Dataset(quads)
    if any(isinstance(term, BlankNode) for quad in quads for term in (quad.subject, quad.object)):
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def _comments(text: str) -> list[str]:
    return [token.text for token in turtle.tokens(text) if token.kind == "comment"]


def query(file: File, after: str, names: Mapping[NamedNode, NamedNode], house: Mapping[str, str]) -> None:
    """Raise AccordsError unless a text is the query with its names changed."""
    meant = [names.get(name.node, name.node) for name in querynames.names(file.text, house)]
    if meant != [name.node for name in querynames.names(after, house)]:
        raise _failed(file.name)
    if _remarks(file.text) != _remarks(after) or (_asks(file.text) and not _asks(after)):
        raise _failed(file.name)


def _remarks(text: str) -> list[str]:
    """Return the comments and the strings of a query, the lines that declare parameters left out."""
    found = (match.group() for match in IGNORED.finditer(text))
    return [one for one in found if one.startswith(("#", '"', "'")) and not one.startswith("#+ parameter")]


def _asks(text: str) -> bool:
    """Tell whether a text is a question with its header."""
    try:
        headers.of_text("", "", text)
    except ContentError:
        return False
    return True


def _failed(name: str) -> AccordsError:
    shown = printable(name, 200)
    return AccordsError(
        Words(
            f"{shown} : le résultat ne dirait pas exactement ce qui est demandé ; rien n'est écrit",
            f"{shown}: the result would not say exactly what is asked; nothing is written",
        ),
        hint=Words(
            "signaler ce fichier : c'est un défaut de l'outil", "report this file: it is a bug of the tool"
        ),
    )
