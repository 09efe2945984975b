"""Descriptions of a release, as Turtle and as JSON-LD: one value, two writings.

A description is a tuple of `Node`s. A name is a CURIE of the table below, an IRI, or a path of the release, which
both writings keep relative (`../exports/accords.nq`): wherever the folder stands, its links lead to its own files.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode

from accords.vocab import DCTERMS, FOAF, OWL, RDF, RDFS, SH, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accords.language import Words

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "owl": OWL,
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": "https://schema.org/",
    "sh": SH,
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": XSD,
}


_PREFIX = re.compile(r"\b([a-z]+):")


@dataclass(frozen=True, slots=True)
class Text:
    """A literal: text in a language, or of a datatype given as a CURIE."""

    said: str
    language: str | None = None
    datatype: str | None = None


@dataclass(frozen=True, slots=True)
class Ref:
    """A name: a CURIE, an IRI, or a relative path."""

    name: str


@dataclass(frozen=True, slots=True)
class Node:
    """A thing and what is said of it; without a name, it is written where it is used."""

    name: str | None
    rows: tuple[tuple[str, Value], ...]


Value = Text | Ref | Node


def both(said: Words) -> tuple[Text, Text]:
    """Return a sentence in both languages."""
    return Text(said.fr, "fr"), Text(said.en, "en")


def every(name: str, values: Iterable[Value]) -> tuple[tuple[str, Value], ...]:
    """Return the values of one property."""
    return tuple((name, value) for value in values)


def whole(number: int) -> Text:
    """Return a count."""
    return Text(str(number), datatype="xsd:nonNegativeInteger")


def beside(path: str) -> Ref:
    """Return a file of the release as the files of `metadata/` lead to it.

    >>> beside("exports/a b.nq")
    Ref(name='../exports/a%20b.nq')
    """
    return Ref("../" + quote(path))


def as_turtle(nodes: Iterable[Node], comment: str) -> bytes:
    """Return a description as Turtle; names without a scheme stay relative to the file."""
    blocks = [f"{_ref(node.name or '')} {_rows(node, 1)} ." for node in nodes]
    used = {name for block in blocks for name in _PREFIX.findall(block)} & set(PREFIXES)
    head = "".join(f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in sorted(used))
    said = "".join(f"# {line}\n" for line in comment.splitlines())
    return (said + "\n" + head + "\n" + "\n\n".join(blocks) + "\n").encode()


def _rows(node: Node, depth: int) -> str:
    held: dict[str, list[str]] = {}
    for name, value in node.rows:
        held.setdefault(name, []).append(_shown(value, depth))
    between = " ;\n" + "  " * depth
    return between.join(
        f"{'a' if name == 'rdf:type' else name} {' , '.join(values)}" for name, values in held.items()
    )


def _shown(value: Value, depth: int) -> str:
    match value:
        case Node(None):
            inner = "\n" + "  " * (depth + 1)
            return f"[{inner}{_rows(value, depth + 1)}\n{'  ' * depth}]"
        case Node():
            return _ref(value.name or "")
        case Ref():
            return _ref(value.name)
        case Text():
            said = str(RdfLiteral(value.said))
            if value.language:
                return f"{said}@{value.language}"
            return f"{said}^^{value.datatype}" if value.datatype else said


def _ref(name: str) -> str:
    prefix, colon, local = name.partition(":")
    if colon and prefix in PREFIXES and local.replace("_", "").isalnum():
        return name
    return f"<{name}>" if _relative(name) else str(NamedNode(name))


def _relative(name: str) -> bool:
    return name.startswith(("../", "./", "#"))


def as_json(nodes: Iterable[Node]) -> bytes:
    """Return a description as JSON-LD whose context is inside: nothing is fetched to read it."""
    held = [_object(node) for node in nodes]
    used = {key.partition(":")[0] for one in held for key in _named(one)}
    context = {prefix: PREFIXES[prefix] for prefix in sorted(used & set(PREFIXES))}
    whole_ = {"@context": context, "@graph": held}
    return (json.dumps(whole_, ensure_ascii=False, indent=1) + "\n").encode()


def _object(node: Node) -> dict[str, object]:
    found: dict[str, object] = {} if node.name is None else {"@id": node.name}
    rows: dict[str, list[object]] = {}
    for name, value in node.rows:
        rows.setdefault(name, []).append(_value(value))
    for name, values in rows.items():
        if name == "rdf:type":
            found["@type"] = [value["@id"] for value in values if isinstance(value, dict)]
        else:
            found[name] = values[0] if len(values) == 1 else values
    return found


def _value(value: Value) -> object:
    match value:
        case Node(None):
            return _object(value)
        case Node():
            return {"@id": value.name}
        case Ref():
            return {"@id": value.name}
        case Text(said, str() as language):
            return {"@value": said, "@language": language}
        case Text(said, None, str() as datatype):
            return {"@value": said, "@type": datatype}
        case Text(said):
            return said


def _named(held: object) -> Iterable[str]:
    """Yield every key and every name of a JSON-LD value."""
    if isinstance(held, dict):
        for key, value in held.items():
            yield key
            if key in {"@id", "@type"} and isinstance(value, str):
                yield value
            yield from _named(value)
    elif isinstance(held, list):
        for one in held:
            yield from (one,) if isinstance(one, str) else _named(one)
