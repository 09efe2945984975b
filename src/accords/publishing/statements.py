"""The evidence of each statement, for readers that follow statements and annotations (model, « preuves »).

Statements: each triple of a record that rests on excerpts is an rdf:Statement with these excerpts.

1. A claim about a triple that the graph holds: the excerpts of the claim.
2. Any other triple of a record that names excerpts, unless a claim is about it: the excerpts of the record.
3. Its IRI is made of the triple itself, lexical form, language and datatype included: the same at each export.

Annotations: each excerpt is an oa:SpecificResource of its source, with a selector: the quotation, or the range
from the first words to the last. Where the source has an address, foaf:page leads to the passage itself.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from accords import citing
from accords.terms import words_of
from accords.vocab import FOAF, RDF, RECORD, TYPE, ae

from . import tags

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from accords.terms import Term
    from accords.things import Facts

STATEMENT = RECORD + "statement/"
OA = "http://www.w3.org/ns/oa#"
_STATEMENT, _SUBJECT, _PREDICATE, _OBJECT = (
    NamedNode(RDF + name) for name in ("Statement", "subject", "predicate", "object")
)
_RESOURCE, _SOURCE, _SELECTOR, _QUOTE, _RANGE, _START, _END, _EXACT, _PREFIX = (
    NamedNode(OA + name)
    for name in (
        *("SpecificResource", "hasSource", "hasSelector", "TextQuoteSelector", "RangeSelector"),
        *("hasStartSelector", "hasEndSelector", "exact", "prefix"),
    )
)
_PAGE = NamedNode(FOAF + "page")
_SUPPORT, _CLAIM, _EXCERPT = ae("supportedBy"), ae("Claim"), ae("Excerpt")
_Said = tuple["NamedNode", "Term"]  # property and value


def statements(facts: Facts) -> Iterator[tuple[NamedNode, dict[NamedNode, tuple[Term, ...]]]]:
    """Yield each statement that rests on excerpts, with what describes it, record by record in order of IRI."""
    claimed = _claimed(facts)
    for subject in sorted((one for one in facts.by_subject if isinstance(one, NamedNode)), key=str):
        for verb, value, excerpts in _rows(facts.by_subject[subject], claimed.get(subject, {})):
            yield (
                iri(Triple(subject, verb, value)),
                {
                    TYPE: (_STATEMENT,),
                    _SUBJECT: (subject,),
                    _PREDICATE: (verb,),
                    _OBJECT: (value,),
                    _SUPPORT: tuple(sorted(excerpts, key=str)),
                },
            )


def quotations(facts: Facts) -> Iterator[tuple[NamedNode, dict[NamedNode, tuple[Term, ...]]]]:
    """Yield each excerpt with its source and its selectors, in order of IRI."""
    for excerpt, held in sorted(facts.by_subject.items(), key=lambda row: str(row[0])):
        source, quote = facts.first(excerpt, ae("excerptOf")), facts.first(excerpt, ae("quote"))
        if (
            isinstance(excerpt, NamedNode)
            and isinstance(quote, Literal)
            and _EXCERPT in held.get(TYPE, ())
            and source is not None
        ):
            yield from _annotation(facts, excerpt, source, quote.value)


def iri(triple: Triple) -> NamedNode:
    """Return the name of a statement.

    >>> iri(Triple(NamedNode("e:a"), NamedNode("e:b"), Literal("c", language="fr"))).value[-8:]
    '896864f5'
    """
    value = triple.object
    kind = f"@{tags.tag(value.language or '')}^{value.datatype.value}" if isinstance(value, Literal) else ""
    told = f"{words_of(triple.subject)} {triple.predicate.value} {words_of(value)}{kind}"
    return NamedNode(STATEMENT + hashlib.sha1(told.encode(), usedforsecurity=False).hexdigest())


def _claimed(facts: Facts) -> Mapping[Term, Mapping[_Said, set[Term]]]:
    """Return, for each record, what claims are about, with their excerpts."""
    found: dict[Term, dict[_Said, set[Term]]] = defaultdict(lambda: defaultdict(set))
    for claim, held in facts.by_subject.items():
        for about in held.get(ae("claimAbout"), ()):
            for verb in held.get(ae("claimProperty"), ()):
                for value in held.get(ae("claimValue"), ()):
                    if isinstance(verb, NamedNode):
                        found[about][verb, value] |= set(facts.values(claim, _SUPPORT))
    return found


def _rows(
    held: Mapping[NamedNode, Sequence[Term]], claimed: Mapping[_Said, set[Term]]
) -> Iterator[tuple[NamedNode, Term, set[Term]]]:
    own = set() if _CLAIM in held.get(TYPE, ()) else set(held.get(_SUPPORT, ()))
    for verb in sorted(held, key=str):
        for value in sorted(held[verb], key=str):
            excerpts = claimed.get((verb, value))
            if excerpts is None:
                excerpts = set() if verb == _SUPPORT else own
            if excerpts:
                yield verb, value, excerpts


def _annotation(
    facts: Facts, excerpt: NamedNode, source: Term, quote: str
) -> Iterator[tuple[NamedNode, dict[NamedNode, tuple[Term, ...]]]]:
    end, prefix = (_text(facts, excerpt, name) for name in ("quoteEnd", "quotePrefix"))
    selector = NamedNode(f"{excerpt.value}#selector")
    about: dict[NamedNode, tuple[Term, ...]] = {
        TYPE: (_RESOURCE,),
        _SOURCE: (source,),
        _SELECTOR: (selector,),
    }
    page = facts.first(source, _PAGE)
    address = citing.link(page.value, prefix, quote, end) if isinstance(page, NamedNode) else ""
    yield excerpt, about | ({_PAGE: (NamedNode(address),)} if address else {})
    if not end:
        yield selector, _quoting(quote, prefix)
        return
    first, last = (NamedNode(f"{excerpt.value}#{name}") for name in ("first-words", "last-words"))
    yield selector, {TYPE: (_RANGE,), _START: (first,), _END: (last,)}
    yield first, _quoting(quote, prefix)
    yield last, _quoting(end, "")


def _quoting(words: str, prefix: str) -> dict[NamedNode, tuple[Term, ...]]:
    found: dict[NamedNode, tuple[Term, ...]] = {TYPE: (_QUOTE,), _EXACT: (Literal(words),)}
    return found | ({_PREFIX: (Literal(prefix),)} if prefix else {})


def _text(facts: Facts, excerpt: NamedNode, name: str) -> str:
    found = facts.first(excerpt, ae(name))
    return found.value if isinstance(found, Literal) else ""
