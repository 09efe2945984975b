"""What every literal, IRI and prefix must be, whatever the rules say: checked on the parsed text.

Takes the knowledge; gives file problems of the family FI (and WF-06 for Unicode), each at its place.
Ill-typed literals, language tags, invisible characters, prefixes that differ from the house table,
labels that only look different, imports that nobody follows.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from . import literals
from .findings import Severity
from .language import Words, printable
from .loading import FileProblem
from .location import Location
from .vocab import ALT_LABEL, IMPORTS, NAME, PREF_LABEL, RECORD, TITLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Triple

    from .loading import Document, Knowledge
    from .terms import Term

_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_INVISIBLE = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
_JOINERS = frozenset("\u200c\u200d")  # lawful between letters of some scripts, never in an IRI of ours
_NAMED_BY = frozenset({PREF_LABEL, ALT_LABEL, NAME, TITLE})


def problems(knowledge: Knowledge) -> tuple[FileProblem, ...]:
    """Return everything that is wrong with the literals, IRIs and prefixes of the files."""
    found: list[FileProblem] = []
    for document in knowledge.documents:
        found.extend(_of_prefixes(document, knowledge))
        for triple in document.triples:
            found.extend(_of_triple(document, triple))
    found.extend(_look_alikes(knowledge))
    return tuple(found)


def ill_typed(document: Document) -> Iterator[Triple]:
    """Yield the triples whose literal is outside the lexical space of its datatype."""
    for triple in document.triples:
        value = triple.object
        if isinstance(value, Literal) and not literals.well_typed(value.value, value.datatype.value):
            yield triple


def _at(document: Document, triple: Triple) -> Location:
    return document.locate(triple.subject, triple.predicate, triple.object)


def _of_triple(document: Document, triple: Triple) -> Iterator[FileProblem]:
    value = triple.object
    if isinstance(value, Literal):
        yield from _of_literal(document, triple, value)
    for term in (triple.subject, triple.predicate, value):
        if isinstance(term, NamedNode) and not term.value.isascii():
            hidden = sorted(set(term.value) & (_INVISIBLE | _JOINERS))
            if hidden:
                shown = printable(term.value)
                yield FileProblem(
                    _at(document, triple),
                    "FI-07",
                    "FI-07-invisible-in-iri",
                    Words(f"caractère invisible dans {shown}", f"invisible character in {shown}"),
                )
    if triple.predicate == IMPORTS:
        shown = printable(str(value))
        yield FileProblem(
            _at(document, triple), "FI-11", "FI-11-import", Words(shown, shown), Severity.WARNING
        )


def _of_literal(document: Document, triple: Triple, value: Literal) -> Iterator[FileProblem]:
    datatype = value.datatype.value
    if not literals.well_typed(value.value, datatype):
        form, shown = literals.expected(datatype), printable(value.value)
        yield FileProblem(
            _at(document, triple),
            "FI-03",
            "FI-03-ill-typed",
            Words(f"« {shown} » ; attendu : {form.fr}", f"“{shown}”; expected: {form.en}"),
        )
    if value.language and not _TAG.fullmatch(value.language):
        shown = printable(value.language)
        yield FileProblem(_at(document, triple), "FI-09", "FI-09-language-tag", Words(shown, shown))
    if value.value.isascii():
        return
    if set(value.value) & _INVISIBLE:
        shown = printable(value.value)
        yield FileProblem(
            _at(document, triple), "FI-07", "FI-07-invisible-in-text", Words(shown, shown), Severity.WARNING
        )
    if triple.predicate in _NAMED_BY and not unicodedata.is_normalized("NFC", value.value):
        composed = unicodedata.normalize("NFC", value.value)
        yield FileProblem(
            _at(document, triple),
            "WF-06",
            "WF-06-nfc",
            Words(
                f"{ascii(value.value)[:80]} ; attendu : {ascii(composed)[:80]}",
                f"{ascii(value.value)[:80]}; expected: {ascii(composed)[:80]}",
            ),
            Severity.WARNING,
        )


def _of_prefixes(document: Document, knowledge: Knowledge) -> Iterator[FileProblem]:
    """Yield each prefix that the file binds to another IRI than the house does."""
    table = knowledge.prefixes.table
    for prefix, namespace in sorted(document.prefixes.items()):
        if table.get(prefix, namespace) != namespace:
            line = next(
                (
                    number
                    for number, text in enumerate(document.text.splitlines(), 1)
                    if re.match(rf"\s*@?prefix\s+{re.escape(prefix)}:", text, re.IGNORECASE)
                ),
                1,
            )
            yield FileProblem(
                Location(document.name, line),
                "FI-04",
                "FI-04-prefix",
                Words(
                    f"{prefix}: vaut ici <{printable(namespace)}>, attendu : <{table[prefix]}>",
                    f"{prefix}: is <{printable(namespace)}> here, expected: <{table[prefix]}>",
                ),
                Severity.WARNING,
            )


def _look_alikes(knowledge: Knowledge) -> Iterator[FileProblem]:
    """Yield the labels that become equal once case and compatibility forms are folded."""
    seen: dict[tuple[str, str, str], dict[str, tuple[Term, Document, Triple]]] = defaultdict(dict)
    for document in knowledge.data:
        for triple in document.triples:
            if (
                triple.predicate in {PREF_LABEL, NAME}
                and isinstance(triple.object, Literal)
                and isinstance(triple.subject, NamedNode)
                and triple.subject.value.startswith(RECORD)
            ):
                kind = triple.subject.value.removeprefix(RECORD).partition("/")[0]
                folded = unicodedata.normalize("NFKC", triple.object.value).casefold()
                seen[kind, triple.object.language or "", " ".join(folded.split())].setdefault(
                    triple.object.value, (triple.subject, document, triple)
                )
    for spellings in seen.values():
        first, *others = spellings.values()
        for subject, document, triple in others:
            if subject != first[0]:
                other = knowledge.prefixes.show(first[0])
                shown = printable(triple.object.value if isinstance(triple.object, Literal) else "")
                yield FileProblem(
                    _at(document, triple),
                    "FI-08",
                    "FI-08-look-alike",
                    Words(f"« {shown} » et le nom de {other}", f"“{shown}” and the name of {other}"),
                    Severity.WARNING,
                )
