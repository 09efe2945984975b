"""What every literal, IRI and prefix must be, whatever the rules say: checked on the parsed text.

Takes the knowledge, or the files of the rules; gives file problems of the family FI (and WF-06 for
Unicode), each at its place. Ill-typed literals, places of a template left to fill, invisible characters,
prefixes that differ from the house table, labels that only look different, links to other documents that nobody
follows, records described twice.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from . import literals, rightly, turtle
from .findings import Severity
from .language import Words, printable
from .loading import FileProblem
from .location import Location
from .terms import words_of
from .vocab import ALT_LABEL, IMPORTS, NAME, PREF_LABEL, RECORD, TITLE, TYPE, ae, sh

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Triple

    from .loading import Document, Knowledge
    from .terms import Prefixes, Term

_INVISIBLE = re.compile(  # Unicode categories Cc and Cf, but for tab, line ends and the two joiners
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b"
    "\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
)
_JOINERS = frozenset("\u200c\u200d")  # lawful between letters of some scripts, never in an IRI of ours
_SOFT_HYPHEN = "\u00ad"
_VERBATIM = frozenset({ae("quote"), ae("quoteEnd"), ae("quotePrefix")})  # as printed, soft hyphens included
_TO_FILL = "…"
_NAMED_BY = frozenset({PREF_LABEL, ALT_LABEL, NAME, TITLE})
_LINKS = {IMPORTS: "FI-11-imports", sh("shapesGraph"): "FI-11-shapes-graph"}


def problems(knowledge: Knowledge) -> tuple[FileProblem, ...]:
    """Return everything that is wrong with the literals, IRIs and prefixes of the files."""
    return (*of_documents(knowledge.documents, knowledge.prefixes), *between(knowledge))


def of_documents(documents: tuple[Document, ...], prefixes: Prefixes) -> tuple[FileProblem, ...]:
    """Return what is wrong in each file by itself; `prefixes` is the house table."""
    return tuple(_of_documents(documents, prefixes))


def between(knowledge: Knowledge) -> tuple[FileProblem, ...]:
    """Return what is wrong with files beside each other: look-alikes, things described twice or nowhere."""
    return (*_look_alikes(knowledge), *_homes(knowledge))


def label_keys(triples: Iterable[Triple]) -> Iterator[tuple[str, Triple]]:
    """Yield each label of a record, with a key that it shares with the labels that it may be taken for."""
    for triple in triples:
        subject, label = triple.subject, triple.object
        if (
            triple.predicate in {PREF_LABEL, NAME}
            and isinstance(label, Literal)
            and isinstance(subject, NamedNode)
            and subject.value.startswith(RECORD)
        ):
            kind = subject.value.removeprefix(RECORD).partition("/")[0]
            yield f"{kind} {label.language or ''} {_skeleton(label.value)}", triple


def well_typed(term: Term | None) -> bool:
    """Tell whether a term is anything but a literal outside the lexical space of its datatype."""
    return not isinstance(term, Literal) or literals.well_typed(term.value, term.datatype.value)


def to_fill(term: Term | None) -> bool:
    """Tell whether a term is a text that a template leaves to fill: an ellipsis and nothing else."""
    return isinstance(term, Literal) and term.value.strip() == _TO_FILL


def invisible(text: str, *, verbatim: bool = False) -> bool:
    r"""Tell whether a text holds a character that is not seen, or that changes the reading direction.

    >>> invisible("Nantes\u200b"), invisible("Saint-Nazaire\\n"), invisible("\u202eNantes")
    (True, False, True)
    """
    found = _INVISIBLE.search(text)
    if found is None or not verbatim:
        return found is not None
    return _INVISIBLE.search(text.replace(_SOFT_HYPHEN, "")) is not None


def _of_documents(documents: tuple[Document, ...], prefixes: Prefixes) -> Iterator[FileProblem]:
    for document in documents:
        yield from _of_prefixes(document, prefixes)
        for triple in document.triples:
            yield from _of_triple(document, triple)
        yield from _repeated(document, prefixes)


def _at(document: Document, triple: Triple) -> Location:
    return document.locate(triple.subject, triple.predicate, triple.object)


def _of_triple(document: Document, triple: Triple) -> Iterator[FileProblem]:
    value = triple.object
    if isinstance(value, Literal):
        yield from _of_literal(document, triple, value)
    for number, term in enumerate((triple.subject, triple.predicate, value), 1):
        if isinstance(term, NamedNode) and (invisible(term.value) or set(term.value) & _JOINERS):
            place = document.locate(*(triple.subject, triple.predicate, value)[:number])
            shown = printable(term.value)
            yield FileProblem(place, "FI-07-iri", Words(shown, shown))
    if triple.predicate in _LINKS:
        shown = printable(str(value))
        yield FileProblem(
            _at(document, triple), _LINKS[triple.predicate], Words(shown, shown), Severity.WARNING
        )


def _of_literal(document: Document, triple: Triple, value: Literal) -> Iterator[FileProblem]:
    if to_fill(value):
        yield _left(document, triple)
        return
    if not well_typed(value):
        yield _ill_typed(document, triple, value)
    if invisible(value.value, verbatim=triple.predicate in _VERBATIM):
        shown = printable(value.value)
        yield FileProblem(
            _at(document, triple), "FI-07-label", Words(f"« {shown} »", f"“{shown}”"), Severity.WARNING
        )
    if triple.predicate in _NAMED_BY and not unicodedata.is_normalized("NFC", value.value):
        written, composed = _spelled(value.value), _spelled(unicodedata.normalize("NFC", value.value))
        yield FileProblem(
            _at(document, triple),
            "WF-06-nfc",
            Words(f"{written} ; attendu : {composed}", f"{written}; expected: {composed}"),
            Severity.WARNING,
        )


def _left(document: Document, triple: Triple) -> FileProblem:
    """Return the problem of a text that a template leaves to fill."""
    return FileProblem(
        _at(document, triple),
        "FI-15-to-fill",
        Words(f"« {_TO_FILL} »", f"“{_TO_FILL}”"),
        about=triple.predicate,
    )


def _ill_typed(document: Document, triple: Triple, value: Literal) -> FileProblem:
    """Return the problem of a value that does not fit its datatype, with the right spelling where there is one."""
    form, shown, datatype = (
        literals.expected(value.datatype.value),
        printable(value.value),
        value.datatype.value,
    )
    due = rightly.DATES if datatype in rightly.DATES else {datatype}
    right = rightly.written(value.value, due)
    mend = None if right is None else Words(f"écrivez {right}", f"type {right}")
    if right is None and datatype in rightly.DATES and (known := rightly.certain(value.value)) is not None:
        mend = Words(
            f"ce jour n'existe pas : corrigez-le, ou écrivez {known} si le reste n'est pas connu",
            f"there is no such day: correct it, or type {known} if the rest is not known",
        )
    return FileProblem(
        _at(document, triple),
        "FI-03-ill-typed",
        Words(f"« {shown} » ; attendu : {form.fr}", f"“{shown}”; expected: {form.en}"),
        mend=mend,
    )


def _spelled(text: str) -> str:
    """Return a text with its combining marks shown apart, cut around the first of them."""
    marked = next((place for place, letter in enumerate(text) if unicodedata.combining(letter)), 0)
    cut = text[max(0, marked - 30) : marked + 30]
    return "".join(
        f"\\u{ord(letter):04x}" if unicodedata.combining(letter) else letter for letter in printable(cut)
    )


def _of_prefixes(document: Document, prefixes: Prefixes) -> Iterator[FileProblem]:
    """Yield each prefix that the file binds to another IRI than the house does."""
    table = prefixes.table
    for prefix, namespace in sorted(document.prefixes.items()):
        if table.get(prefix, namespace) != namespace:
            yield FileProblem(
                _declaration(document, prefix),
                "FI-04-other-namespace",
                Words(
                    f"{prefix}: vaut ici <{printable(namespace)}>, attendu : <{table[prefix]}>",
                    f"{prefix}: is <{printable(namespace)}> here, expected: <{table[prefix]}>",
                ),
                Severity.WARNING,
            )


def _declaration(document: Document, prefix: str) -> Location:
    """Return where a file declares a prefix, the last time: that is the one which counts."""
    declared = re.compile(rf"(?:@prefix|(?<![\w:])prefix)\s+{re.escape(prefix)}:", re.IGNORECASE)
    places = [found.start() for found in declared.finditer(document.text)]
    return Location(document.name, *turtle.Lines(document.text).at(places[-1] if places else 0))


def _repeated(document: Document, prefixes: Prefixes) -> Iterator[FileProblem]:
    """Yield each record whose kind is given by two statements of a file, at the later one."""
    typed = Counter(
        triple.subject.value
        for triple in document.triples
        if triple.predicate == TYPE
        and isinstance(triple.subject, NamedNode)
        and triple.subject.value.startswith(RECORD)
    )
    twice = {iri for iri, count in typed.items() if count > 1}
    if not twice:
        return
    lines, first = turtle.Lines(document.text), dict[str, Location]()
    for statement in turtle.read(document.text).statements:
        subject = statement.subject
        if not isinstance(subject, NamedNode) or subject.value not in twice:
            continue
        if any(triple.predicate == TYPE and triple.subject == subject for triple in statement.triples):
            place = Location(document.name, *lines.at(statement.start))
            before = first.setdefault(subject.value, place)
            if before is not place:
                said = f"{prefixes.show(subject)}, {before}"
                yield FileProblem(place, "FI-14-repeated", Words(said, said))


def _homes(knowledge: Knowledge) -> Iterator[FileProblem]:
    """Yield the files without a record, and the pairs of files that describe the same records."""
    first: dict[Term, tuple[Document, Triple]] = {}
    twice: dict[tuple[Document, Document], list[Triple]] = defaultdict(list)
    for document in knowledge.data:
        if not document.triples:
            yield FileProblem(Location(document.name), "FI-14-empty", severity=Severity.WARNING)
        for triple in document.triples:
            if triple.predicate == TYPE and isinstance(triple.subject, NamedNode):
                before, _ = first.setdefault(triple.subject, (document, triple))
                if before is not document:
                    twice[before, document].append(triple)
    for (before, document), triples in twice.items():
        start, *others = triples
        where = before.locate(start.subject)
        name = knowledge.prefixes.show(start.subject)
        more = len({triple.subject for triple in others} - {start.subject})
        yield FileProblem(
            document.locate(start.subject),
            "FI-14-twice",
            Words(
                f"{name}, {where}" + (f", et {more} autres fiches" if more else ""),
                f"{name}, {where}" + (f", and {more} more records" if more else ""),
            ),
        )


def _look_alikes(knowledge: Knowledge) -> Iterator[FileProblem]:
    """Yield the labels that become equal once case and compatibility forms are folded.

    Of the things that share a label, the first in the order of IRIs is the one that the others are taken for.
    """
    alike: dict[str, list[tuple[str, str, Document, Triple]]] = defaultdict(list)
    for document in knowledge.data:
        for key, triple in label_keys(document.triples):
            subject, label = words_of(triple.subject), words_of(triple.object)
            alike[key].append((subject, label, document, triple))
    for things in alike.values():
        (first, spelling, *_), *others = sorted(things, key=lambda named: named[:2])
        for iri, text, document, triple in others:
            if iri != first and text != spelling:
                other, shown = knowledge.prefixes.shorten(first), printable(text)
                yield FileProblem(
                    _at(document, triple),
                    "FI-08-confusable",
                    Words(f"« {shown} » et le nom de {other}", f"“{shown}” and the name of {other}"),
                    Severity.WARNING,
                )


def _skeleton(text: str) -> str:
    """Return what is left of a label once case, compatibility forms, spacing and the unseen are gone.

    >>> _skeleton("Région  Sud") == _skeleton("RÉGION\u00a0\u200bSUD")
    True
    """
    return " ".join(unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold().split())
