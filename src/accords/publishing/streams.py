"""N-Triples and N-Quads: one line a statement, file after file, memory flat.

1. Each file goes from the parser to the output as it is written: order, lexical forms and tags are kept.
2. Blank nodes are named by their file and their rank in it: the parser's own names differ at each reading.
3. In N-Quads, the statements of a file are in its graph. A file whose prefixes all stand at its head (`_HEAD`)
   is read as TriG, its statements in a block of that graph: the parser names the graph for nothing. Of any
   other file, each line gets the name of the graph at its end: the same bytes, later.
"""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING, cast

from pyoxigraph import RdfFormat as Syntax
from pyoxigraph import parse, serialize

from accords import loading
from accords.findings import Severity
from accords.language import Words

from . import tags
from .artefacts import Artefact
from .faithful import stem
from .refusing import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from pyoxigraph import NamedNode

    from .edition import Edition, SourceFile

_END = b" .\n"  # of every line: a line break in a text is written \\n
_MARK = b"\xef\xbb\xbf"
_BLANKS = re.compile(  # a line with a blank node: its subject, what stands between, its object if it is one
    rb"^(?=_:|\S+ \S+ _:)(?P<subject>\S+)(?P<verb> \S+ )(?P<object>_:\S+)?", re.MULTILINE
)
_HEAD = re.compile(rb"(?:\s+|#[^\r\n]*+[\r\n]|@prefix[ \t]+[\w-]*:[ \t]*<[^<>\"\s\\]*>\s*\.)*+")
_DIRECTIVES = tuple(re.compile(word + rb"[\s#<:]") for word in (b"prefix", b"base"))
_SMALL = 1_000_000  # bytes of a text whose statements are written in one go


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
            into(file, source, source.graph)

    said = Words(
        "Le graphe, un fait par ligne avec son fichier (N-Quads)",
        "The graph, a statement a line with its file (N-Quads)",
    )
    yield Artefact("accords.nq", "application/n-quads", said, write, "http://www.w3.org/TR/n-quads/")


def into(file: BinaryIO, source: SourceFile, graph: NamedNode | None = None) -> None:
    """Write the statements of a Turtle file, one a line, in a graph if one is named.

    Raises ContentError when the file cannot be read.
    """
    try:
        if source.path.stat().st_size > loading.LARGEST:  # which the reader of the project refuses
            raise refusal(source.name)
        text = source.path.read_bytes().removeprefix(_MARK)
        tagged = tags.has_capitals(text)
        if tagged or b"<<" in text or (b"{" in text and b"{|" in text):  # one letter is found sooner than two
            _refuse_newer(source)
        written = tags.marked(text) if tagged else text
        framed = None if graph is None else _framed(written, graph)
        ending = _END if graph is None or framed is not None else f" {graph} .\n".encode()
        lines = _Lines(file, ending, stem(source.name), tagged=written is not text)
        if framed is None:
            _through(lines, written, Syntax.TURTLE, Syntax.N_TRIPLES)
        else:
            _through(lines, framed, Syntax.TRIG, Syntax.N_QUADS)
    except (SyntaxError, OSError) as wrong:
        raise refusal(source.name) from wrong
    lines.close()


def _refuse_newer(source: SourceFile) -> None:
    """Refuse what the reader of the project refuses: RDF 1.2, which may also nest without end."""
    _, wrong = loading.read(source.path, source.name)
    if any(problem.severity is Severity.ERROR for problem in wrong):
        raise refusal(source.name)


def _through(lines: _Lines, text: bytes, given: Syntax, wanted: Syntax) -> None:
    """Write what a text says; a small one in one go, which takes fewer calls."""
    read = parse(text, format=given)  # labels of blank nodes: see `_Lines`
    if len(text) < _SMALL:
        lines.write(serialize(read, format=wanted) or b"")
    else:
        serialize(read, output=cast("IO[bytes]", lines), format=wanted)


def _framed(text: bytes, graph: NamedNode) -> bytes | None:
    """Return a text of Turtle as TriG, in a graph; None where it may declare a prefix behind its head.

    A closing brace is none of Turtle's: a text that has one, in a quotation perhaps, is read as it stands.
    """
    found = _HEAD.match(text)
    head = found.end() if found else 0
    if text.find(b"}", head) >= 0:
        return None
    small = text.lower()
    for directive in _DIRECTIVES:
        for word in directive.finditer(small, head):
            if not small[max(0, word.start() - 1) : word.start()].isalnum():
                return None
    return b"%b%b {\n%b\n}" % (text[:head], str(graph).encode(), text[head:])


class _Lines:
    """A file whose lines get names of blank nodes, tags and an end of their own on their way."""

    def __init__(self, file: BinaryIO, ending: bytes, stem: str, *, tagged: bool) -> None:
        self._file, self._ending, self._stem, self._held = file, ending, stem.encode(), b""
        self._tagged = tagged
        self._names: dict[bytes, bytes] = {}

    def write(self, data: bytes) -> int:
        whole = self._held + data if self._held else data
        cut = whole.rfind(b"\n") + 1  # a line may be cut anywhere
        self._held, lines = (b"", whole) if cut == len(whole) else (whole[cut:], whole[:cut])
        if self._tagged:
            lines = tags.unmarked(lines)
        if b"_" in lines and b"_:" in lines:  # one letter is looked for ten times as fast as two
            lines = _BLANKS.sub(self._renamed, lines)
        self._file.write(lines if self._ending == _END else lines.replace(_END, self._ending))
        return len(data)

    def _renamed(self, line: re.Match[bytes]) -> bytes:
        return self._name(line["subject"]) + line["verb"] + self._name(line["object"] or b"")

    def _name(self, term: bytes) -> bytes:
        if not term.startswith(b"_:"):
            return term
        return b"_:" + self._names.setdefault(term, b"%b%d" % (self._stem, len(self._names)))

    def close(self) -> None:
        self._file.write(self._held)

    def flush(self) -> None:
        """Do nothing: the file below is flushed once."""
