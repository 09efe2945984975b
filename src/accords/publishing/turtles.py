"""Turtle and TriG as people read them: house prefixes, one block a record, sorted (`arranged`).

The Turtle file groups the records by kind, whatever the files they stand in. The TriG file keeps the files
apart: the statements of each are in its graph, sorted in the same way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from accords.language import Words
from accords.loading import Knowledge
from accords.render.blocks import Writer
from accords.things import Facts

from . import tags
from .arranged import Arranged
from .artefacts import Artefact

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from pyoxigraph import BlankNode

    from .edition import Edition


def turtle(edition: Edition) -> Iterator[Artefact]:
    """Yield the graph as one file of Turtle."""

    def write(file: BinaryIO) -> None:
        facts = edition.faithful
        into(file, Arranged(facts, edition.forms, facts.by_subject))

    said = Words("Le graphe, fiche par fiche (Turtle)", "The graph, record by record (Turtle)")
    yield Artefact("accords.ttl", "text/turtle", said, write, "http://www.w3.org/TR/turtle/")


def trig(edition: Edition) -> Iterator[Artefact]:
    """Yield the graph as one file of TriG, the statements of each file in a graph of their own."""

    def write(file: BinaryIO) -> None:
        facts = edition.faithful
        writer = Writer(facts.knowledge.prefixes, name)
        file.write(writer.prefixes.declarations().encode())
        for document in facts.knowledge.documents:
            inside = Facts(Knowledge(edition.project, (document,), (), ()))
            arranged = Arranged(facts, edition.forms, inside.by_subject)
            blocks = [writer.block(subject, held, "  ") for subject, held in arranged.records()]
            graph = edition.source_file(document.path).graph
            text = f"\n{writer.show(graph)} {{\n\n" + "\n\n".join(blocks) + "\n\n}\n"
            file.write(tags.unmarked(text.encode()))

    said = Words(
        "Le graphe, fiche par fiche, un graphe par fichier (TriG)",
        "The graph, record by record, a graph per file (TriG)",
    )
    yield Artefact("accords.trig", "application/trig", said, write, "http://www.w3.org/TR/trig/")


def into(file: BinaryIO, arranged: Arranged) -> None:
    """Write statements as Turtle, in their order, the kinds as headings."""
    prefixes = arranged.facts.knowledge.prefixes
    writer = Writer(prefixes, name)
    file.write(prefixes.declarations().encode())
    for kind in arranged.kinds:
        if kind.of is not None:
            file.write(f"\n# {writer.show(kind.of)}\n".encode())
        for subject in kind.subjects:
            block = writer.block(subject, arranged.record(subject))
            file.write(b"\n" + tags.unmarked(block.encode()) + b"\n")


def name(node: BlankNode) -> str:
    """Return the name of a blank node, which is stable already (`faithful`)."""
    return node.value
