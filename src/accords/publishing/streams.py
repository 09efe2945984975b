"""N-Triples and N-Quads: one line a statement, file after file, memory flat.

1. Each file goes from the parser to the output as it is written: order and lexical forms are kept.
2. Blank nodes are named by their file and their rank in it: the parser's own names differ at each reading.
3. In N-Quads, each line ends with the graph of its file.
"""

from __future__ import annotations

import hashlib
import re
from typing import IO, TYPE_CHECKING, cast

from pyoxigraph import RdfFormat as Syntax
from pyoxigraph import parse, serialize

from accords.language import Words

from .artefacts import Artefact
from .edition import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from .edition import Edition, SourceFile

_END = b" .\n"  # of every line: a line break in a text is written \\n
_SUBJECT = re.compile(rb"^(?P<before>)_:(?P<name>\w+)", re.MULTILINE)
_OBJECT = re.compile(rb"^(?P<before>\S+ \S+ )_:(?P<name>\w+)", re.MULTILINE)


def n_triples(edition: Edition) -> Iterator[Artefact]:
    """Yield the graph as one file of N-Triples."""

    def write(file: BinaryIO) -> None:
        for source in edition.files():
            into(file, source)

    said = Words("Le graphe, un fait par ligne (N-Triples)", "The graph, a statement a line (N-Triples)")
    yield Artefact("accords.nt", "application/n-triples", said, write, "http://www.w3.org/TR/n-triples/")


def n_quads(edition: Edition) -> Iterator[Artefact]:
    """Yield the graph as one file of N-Quads, the statements of each file in a graph of their own."""

    def write(file: BinaryIO) -> None:
        for source in edition.files():
            into(file, source, f" {source.graph} .\n".encode())

    said = Words(
        "Le graphe, un fait par ligne avec son fichier (N-Quads)",
        "The graph, a statement a line with its file (N-Quads)",
    )
    yield Artefact("accords.nq", "application/n-quads", said, write, "http://www.w3.org/TR/n-quads/")


def into(file: BinaryIO, source: SourceFile, ending: bytes = _END) -> None:
    """Write the statements of a Turtle file, one a line, each with this ending.

    Raises ContentError when the file cannot be read.
    """
    lines = _Lines(file, ending, hashlib.sha256(source.name.encode()).hexdigest()[:8])
    try:
        read = parse(
            path=source.path,
            format=Syntax.TURTLE,
            base_iri=source.path.absolute().as_uri(),
            rename_blank_nodes=True,
        )
        serialize(read, output=cast("IO[bytes]", lines), format=Syntax.N_TRIPLES)
    except (SyntaxError, OSError) as wrong:
        raise refusal(source.name) from wrong
    lines.close()


class _Lines:
    """A file whose lines of N-Triples get names of blank nodes and an end of their own on their way."""

    def __init__(self, file: BinaryIO, ending: bytes, stem: str) -> None:
        self._file, self._ending, self._stem, self._held = file, ending, stem.encode(), b""
        self._names: dict[bytes, bytes] = {}

    def write(self, data: bytes) -> int:
        whole = self._held + data
        cut = whole.rfind(b"\n") + 1  # a line may be cut anywhere
        self._held, lines = whole[cut:], whole[:cut]
        if b"_:" in lines:
            lines = _OBJECT.sub(self._renamed, _SUBJECT.sub(self._renamed, lines))
        self._file.write(lines if self._ending == _END else lines.replace(_END, self._ending))
        return len(data)

    def _renamed(self, blank: re.Match[bytes]) -> bytes:
        """Return what stands before a blank node, and its new name."""
        name = self._names.setdefault(blank["name"], b"f%sb%d" % (self._stem, len(self._names)))
        return blank["before"] + b"_:" + name

    def close(self) -> None:
        self._file.write(self._held)

    def flush(self) -> None:
        """Do nothing: the file below is flushed once."""
