"""Evidence as files: statements and annotations, in Turtle for people, in N-Quads for machines.

And the records that gave way to another: `same-as.ttl`. These triples are derived: they stand in files of their
own, so that the graph itself is, in every form, what the sources say and nothing else.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from accords.language import Words
from accords.render.blocks import Writer
from accords.vocab import DEPRECATED, OWL, RECORD, REPLACED_BY

from . import tags
from .artefacts import Artefact
from .edition import GRAPH
from .statements import quotations, statements
from .turtles import name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import BinaryIO

    from accords.terms import Term
    from accords.things import Facts

    from .edition import Edition

    Blocks = Iterable[tuple[NamedNode, Mapping[NamedNode, Sequence[Term]]]]

EVIDENCE = NamedNode(GRAPH + "evidence")  # the graph of what is derived here
_SAME = NamedNode(OWL + "sameAs")
_TURTLE, _QUADS = (
    Words(
        f"Les preuves de chaque fait : rdf:Statement et Web Annotation ({form})",
        f"The evidence of each statement: rdf:Statement and Web Annotation ({form})",
    )
    for form in ("Turtle", "N-Quads")
)


def evidence(edition: Edition) -> Iterator[Artefact]:
    """Yield the evidence of every statement, in both forms."""

    def write_turtle(file: BinaryIO) -> None:
        _turtle(file, edition.faithful, _all)

    def write_quads(file: BinaryIO) -> None:
        for subject, held in _all(edition.faithful):
            for verb, values in held.items():
                lines = (f"{subject} {verb} {value} {EVIDENCE} .\n" for value in values)
                file.write(tags.unmarked("".join(lines).encode()))

    yield Artefact("evidence.ttl", "text/turtle", _TURTLE, write_turtle, "http://www.w3.org/TR/turtle/")
    yield Artefact("evidence.nq", "application/n-quads", _QUADS, write_quads, "http://www.w3.org/TR/n-quads/")


def same_as(edition: Edition) -> Iterator[Artefact]:
    """Yield owl:sameAs from each record that gave way to one other to that other."""

    def write(file: BinaryIO) -> None:
        _turtle(file, edition.faithful, replaced)

    said = Words(
        "Les fiches retirées et celle qui remplace chacune (owl:sameAs)",
        "The retired records and the one that replaces each (owl:sameAs)",
    )
    yield Artefact("same-as.ttl", "text/turtle", said, write, "http://www.w3.org/TR/turtle/")


def replaced(facts: Facts) -> Blocks:
    """Yield the retired records with the record that replaces each, in order of IRI.

    One that gave way to several is none of them.
    """
    for subject, held in sorted(facts.by_subject.items(), key=lambda row: str(row[0])):
        others = [one for one in held.get(REPLACED_BY, ()) if _is_record(one)]
        retired = any(
            isinstance(one, Literal) and one.value in {"true", "1"} for one in held.get(DEPRECATED, ())
        )
        if retired and isinstance(subject, NamedNode) and _is_record(subject) and len(others) == 1:
            yield subject, {_SAME: others}


def _is_record(term: Term) -> bool:
    return isinstance(term, NamedNode) and term.value.startswith(RECORD)


def _all(facts: Facts) -> Blocks:
    return chain(statements(facts), quotations(facts))


def _turtle(file: BinaryIO, facts: Facts, blocks: Callable[[Facts], Blocks]) -> None:
    writer = Writer(facts.knowledge.prefixes, name)
    file.write(writer.prefixes.declarations().encode())
    file.writelines(
        b"\n" + tags.unmarked(writer.block(subject, held).encode()) + b"\n" for subject, held in blocks(facts)
    )
