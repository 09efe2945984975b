"""JSON-LD: the graph as objects, with the keys of the context; and the context as a file of its own.

The document holds its context. A reference would have to be fetched, and nothing may be: a relative one is lost
as soon as the file is read from a stream, the IRI of ours is not registered, and most readers refuse a context
that they have to look for. The file `context.jsonld` is for those who write documents with the same keys.

1. One record a line, sorted as in Turtle; every IRI whole.
2. Texts by language are an object (`{"fr": …, "en": …}`); a value that is not what its key announces says so
   itself (`@value`, `@type`, `@language`). Numbers and dates are texts: their digits are kept.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode

from accords.language import Words
from accords.vocab import STRING, TYPE

from . import tags
from .arranged import Arranged
from .artefacts import Artefact, content
from .contexts import CONTEXT, ID, KIND, Key, context_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import BinaryIO

    from accords.terms import Term

    from .contexts import Context
    from .edition import Edition

CONTEXT_FILE = "context.jsonld"
_MEDIA, _SPECIFICATION = "application/ld+json", "http://www.w3.org/TR/json-ld11/"
_UNKNOWN = Key("")
_UNSEEN = re.compile(  # controls, directions, separators that are no space, halves: JSON can write each as an escape
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)


def json_ld(edition: Edition) -> Iterator[Artefact]:
    """Yield the graph as one file of JSON-LD, and its context."""
    context = context_of(edition)

    def write(file: BinaryIO) -> None:
        facts = edition.faithful
        arranged = Arranged(facts, edition.forms, facts.by_subject)
        file.write(b'{"@context": ' + as_json(context.definitions) + b',\n"@graph": [')
        file.writelines(
            (b",\n" if number else b"\n") + as_json(node(context, subject, held))
            for number, (subject, held) in enumerate(arranged.records())
        )
        file.write(b"\n]}\n")

    said = Words("Le graphe, une fiche par ligne (JSON-LD)", "The graph, a record a line (JSON-LD)")
    yield Artefact("accords.jsonld", _MEDIA, said, write, _SPECIFICATION)
    said = Words("Les clés du JSON-LD : le contexte", "The keys of the JSON-LD: the context")
    yield Artefact(CONTEXT_FILE, _MEDIA, said, content(context_file(context)), _SPECIFICATION)


def context_file(context: Context) -> bytes:
    """Return the context as a file: with its name and its version beside it, which readers pass over."""
    whole = {"@id": CONTEXT, "version": context.version, "@context": context.definitions}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"


def node(context: Context, subject: Term, held: Mapping[NamedNode, Sequence[Term]]) -> dict[str, Any]:
    """Return a record as an object, its tags still marked."""
    found: dict[str, Any] = {ID: _id(subject)}
    for verb, values in held.items():
        kinds = [value for value in values if isinstance(value, NamedNode)]
        if verb == TYPE and len(kinds) == len(values):
            found[KIND] = [context.classes.get(kind, kind.value) for kind in kinds]
        else:
            key = context.keys.get(verb, _UNKNOWN)
            found[key.name or verb.value] = _values(key, values)
    return found


def as_json(value: object) -> bytes:
    """Return a value as JSON on one line, as the tags were written, nothing unseen in it."""
    text = json.dumps(value, ensure_ascii=False)
    text = _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return tags.unmarked(text.encode())


def _id(term: Term) -> str:
    return f"_:{term.value}" if isinstance(term, BlankNode) else term.value  # type: ignore[union-attr]  # no triple term is read


def _values(key: Key, values: Sequence[Term]) -> object:
    if key.reads == "@language" and all(isinstance(value, Literal) and value.language for value in values):
        return _by_language(values)
    shown = [_value(key, value) for value in values]
    return shown[0] if key.single and len(shown) == 1 else shown


def _by_language(values: Sequence[Term]) -> dict[str, object]:
    found: dict[str, list[str]] = defaultdict(list)
    for value in values:
        if isinstance(value, Literal):
            found[value.language or ""].append(value.value)
    return {language: texts[0] if len(texts) == 1 else texts for language, texts in found.items()}


def _value(key: Key, value: Term) -> object:
    """Return one value: a text when it is what its key announces, else an object that says what it is."""
    if not isinstance(value, Literal):
        return _id(value) if key.reads == "@id" else {ID: _id(value)}
    if value.language:
        return {"@value": value.value, "@language": value.language}
    if value.datatype == STRING:
        return value.value if not key.reads else {"@value": value.value}
    if key.reads == value.datatype.value:
        return value.value
    return {"@value": value.value, "@type": value.datatype.value}
