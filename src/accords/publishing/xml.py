"""RDF/XML: one element a record, sorted as in Turtle.

What XML 1.0 cannot hold is refused, with its place: a control character in a text, a property whose IRI does
not end in a name. A carriage return is written as a reference: a reader of XML makes a line feed of a bare one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from accords.errors import SyntaxProblem
from accords.language import Words, printable
from accords.vocab import RDF, STRING

from . import tags
from .arranged import Arranged
from .artefacts import Artefact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import BinaryIO

    from accords.location import Location
    from accords.terms import Term

    from .edition import Edition

    Place = Callable[[Term, Term, Term], Location]

CLOSING = b"\n</rdf:RDF>\n"
_LETTERS = "A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff"  # that every edition of XML allows
_LOCAL = re.compile(rf"[{_LETTERS}][{_LETTERS}0-9.-]*\Z")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_UNSEEN = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\r]"
)
_TAKEN = frozenset(  # names of RDF that stand for something else in the place of a property
    RDF + name
    for name in (
        *("RDF", "ID", "about", "bagID", "parseType", "resource", "nodeID", "datatype", "Description"),
        *("aboutEach", "aboutEachPrefix", "li"),
    )
)


def rdf_xml(edition: Edition) -> Iterator[Artefact]:
    """Yield the graph as one file of RDF/XML."""

    def write(file: BinaryIO) -> None:
        facts = edition.faithful
        arranged = Arranged(facts, edition.forms, facts.by_subject)
        element = Element(facts.knowledge.prefixes.table, facts.knowledge.locate)
        file.write(element.opening().encode())
        for subject, held in arranged.records():
            rows = ((verb, value) for verb, values in held.items() for value in values)
            file.write(tags.unmarked(element.of(subject, rows).encode()))
        file.write(CLOSING)

    said = Words("Le graphe, fiche par fiche (RDF/XML)", "The graph, record by record (RDF/XML)")
    specification = "http://www.w3.org/TR/rdf-syntax-grammar/"
    yield Artefact("accords.rdf", "application/rdf+xml", said, write, specification)


class Element:
    """Writes records as elements; remembers how it wrote each property."""

    def __init__(self, table: Mapping[str, str], place: Place) -> None:
        """Take the prefixes, and what tells where a statement stands."""
        self._place = place
        self._spaces = {"rdf": RDF} | {
            prefix: space
            for prefix, space in sorted(table.items())
            if _LOCAL.match(prefix) and not prefix.lower().startswith("xml")
        }
        self._names: dict[NamedNode, tuple[str, str] | None] = {}

    def opening(self) -> str:
        """Return the beginning of the file."""
        spaces = "".join(f"\n  xmlns:{prefix}={quoteattr(space)}" for prefix, space in self._spaces.items())
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{spaces}>\n'

    def of(self, subject: Term, rows: Iterable[tuple[NamedNode, Term]]) -> str:
        """Return a record as an element.

        Raises SyntaxProblem for what XML cannot hold.
        """
        written = "".join(self._row(subject, verb, value) for verb, value in rows)
        return f"\n<rdf:Description {_node(subject, 'about')}>\n{written}</rdf:Description>\n"

    def _row(self, subject: Term, verb: NamedNode, value: Term) -> str:
        if verb not in self._names:
            self._names[verb] = self._name(verb)
        if (name := self._names[verb]) is None:
            raise self._refused(_NO_NAME, verb.value, subject, verb, value)
        tag, declared = name
        if isinstance(value, Triple) or (isinstance(value, Literal) and value.direction):
            raise self._refused(_TOO_NEW, str(value), subject, verb, value)
        if not isinstance(value, Literal):
            return f"  <{tag}{declared} {_node(value, 'resource')}/>\n"
        if _FORBIDDEN.search(value.value):
            raise self._refused(_NO_TEXT, value.value, subject, verb, value)
        return f"  <{tag}{declared}{_sort(value)}>{_safe(escape(value.value))}</{tag}>\n"

    def _name(self, verb: NamedNode) -> tuple[str, str] | None:
        """Return a property as the name of an element, and what declares its prefix; None where it has none."""
        found = _LOCAL.search(verb.value)
        if found is None or not found.start() or verb.value in _TAKEN:
            return None
        space, local = verb.value[: found.start()], found.group()
        for prefix, known in self._spaces.items():
            if known == space:
                return f"{prefix}:{local}", ""
        return f"p:{local}", f" xmlns:p={quoteattr(space)}"

    def _refused(self, why: Words, shown: str, subject: Term, verb: NamedNode, value: Term) -> SyntaxProblem:
        said = printable(shown)
        hint = Words("prendre une autre forme", "take another form")
        reason = Words(f"{why.fr} : « {said} »", f"{why.en}: “{said}”")
        return SyntaxProblem(self._place(subject, verb, value), reason, hint=hint)


_NO_TEXT = Words(
    "ce texte a un caractère que XML interdit", "this text has a character that XML does not allow"
)
_TOO_NEW = Words("RDF/XML ne sait pas écrire RDF 1.2", "RDF/XML cannot write RDF 1.2")
_NO_NAME = Words(
    "RDF/XML ne sait pas écrire cette propriété, dont l'IRI ne finit pas par un nom",
    "RDF/XML cannot write this property, whose IRI does not end in a name",
)


def _node(term: Term, attribute: str) -> str:
    if isinstance(term, BlankNode):
        return f'rdf:nodeID="{term.value}"'
    return f"rdf:{attribute}={_safe(quoteattr(term.value))}"  # type: ignore[union-attr]  # no triple term is read


def _sort(value: Literal) -> str:
    if value.language:
        return f' xml:lang="{value.language}"'
    return "" if value.datatype == STRING else f" rdf:datatype={_safe(quoteattr(value.datatype.value))}"


def _safe(text: str) -> str:
    """Return a text with what is not seen as references."""
    return _UNSEEN.sub(lambda found: f"&#x{ord(found[0]):X};", text)
