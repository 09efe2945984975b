"""Another identifier for a record, wherever the Turtle files of a project name it.

Takes a library, the name under the pointer and what was typed; gives the new spelling of each place. Refused:
what is not a record of this project, a name that is none, one that is taken or was retired.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from accords.errors import RequestError
from accords.language import Words, printable
from accords.vocab import RECORD

from . import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accords.turtle import Name

    from .finding import Place
    from .library import Library


def check(library: Library, name: Name | None) -> Name:
    """Return the name of a record. Raises RequestError for anything else."""
    if name is None:
        raise RequestError(Words("ce n'est pas le nom d'une fiche", "not the name of a record"))
    if not name.node.value.startswith(RECORD):
        shown = printable(name.token.text)
        raise RequestError(
            Words(
                f"{shown} n'est pas une fiche : un terme se remplace par un autre, il ne se renomme pas",
                f"{shown} is not a record: a term is replaced by another, not renamed",
            )
        )
    if name.node not in library.knowledge.homes:
        shown = printable(name.token.text)
        raise RequestError(Words(f"{shown} n'est décrit nulle part", f"{shown} is described nowhere"))
    return name


def meant(library: Library, name: Name, typed: str) -> NamedNode:
    """Return the identifier that was typed: an address, a short name, or a last part alone.

    Raises RequestError when it is none, or is taken.
    """
    prefix = name.token.text.partition(":")[0] if name.token.kind == "name" else None
    given = typed.strip()
    table = {**library.knowledge.prefixes.table, **name.prefixes}
    if given.startswith("<") or "//" in given:
        iri = given.removeprefix("<").removesuffix(">")
    elif ":" in given:
        space, _, local = given.partition(":")
        iri = f"{table[space]}{local}" if space in table else ""
    else:
        stem = table.get(prefix or "") if prefix is not None else None
        iri = (stem or name.node.value.rpartition("/")[0] + "/") + given if given else ""
    return _free(library, name, _node(iri, typed))


def _node(iri: str, typed: str) -> NamedNode:
    shown = printable(typed)
    refusal = RequestError(
        Words(
            f"« {shown} » ne convient pas ; attendu : un nom court (agr:…) ou son dernier mot",
            f"“{shown}” will not do; expected: a short name (agr:…) or its last part",
        )
    )
    last = iri.removeprefix(RECORD)
    if not iri.startswith(RECORD) or not last or last.endswith("/") or " " in last:
        raise refusal
    try:
        return NamedNode(iri)
    except ValueError:
        raise refusal from None


def _free(library: Library, name: Name, node: NamedNode) -> NamedNode:
    if node != name.node and library.used(node):
        shown = library.knowledge.prefixes.show(node)
        retired = library.deprecated(node)
        raise RequestError(
            Words(
                f"{shown} {'a été retiré' if retired else 'existe déjà'} : choisir un autre nom",
                f"{shown} {'was retired' if retired else 'exists already'}: choose another name",
            )
        )
    return node


def edits(library: Library, name: Name, node: NamedNode) -> Iterator[tuple[Place, str]]:
    """Yield each place that names the record, with its new spelling there."""
    for place, found in finding.references(library, name.node):
        yield place, found.respelt(node)
