"""Where a new record has its place: the file of the project to write it in.

1. An agreement and a source document have a file of their own, named after them.
2. What belongs to one of these (an axis, an event, an excerpt…) goes where that one is written.
3. Any other record goes where all the records of its class are, when they share one file. When they do not, it
   goes where those are that are filed under the same concept (its level, its type), when these share one.
4. A file that a program writes, as its first line says, is no place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from .errors import RequestError
from .language import Words, printable
from .vocab import ae

if TYPE_CHECKING:
    from pathlib import Path

    from .authoring import Draft
    from .kinds import Kinds
    from .loading import Document

_PROGRAM = re.compile(r"\A(?:#.*\n)*#.*\bWritten by (?P<program>\S+\.py)\b")
_OWN = {ae("Agreement"): "agreements", ae("SourceDocument"): "sources"}  # folder of the files of their own


def own_file(draft: Draft) -> bool:
    """Tell whether a record has a file of its own."""
    return draft.kind.term in _OWN


def place_of(draft: Draft, kinds: Kinds) -> Path:
    """Return the file in which a record has its place.

    Raises RequestError when the record has no name yet, or when several files could hold it.
    """
    project = kinds.knowledge.project
    if draft.kind.term in _OWN:
        if not draft.named:
            raise RequestError(
                Words("sans nom, la fiche n'a pas de fichier", "without a name, the record has no file"),
                hint=Words("donner --id NOM", "give --id NAME"),
            )
        name = draft.node.value.rpartition("/")[2]
        return project.data / _OWN[draft.kind.term] / f"{name}.ttl"
    if (beside := _beside(draft, kinds)) is not None:
        return beside
    homes = _homes(draft, kinds)
    alike = _alike(draft, kinds, homes)
    places = [home for home in alike if not _written_by(home)]
    if len(places) == 1:
        return places[0].path
    if len(alike) == 1:
        raise _by_program(alike[0])
    places = places or [home for home in homes if not _written_by(home)]
    if len(places) == 1:
        return places[0].path
    raise _several(draft, [home.name for home in places])


def _beside(draft: Draft, kinds: Kinds) -> Path | None:
    """Return the file of the agreement or source to which a record belongs."""
    folders = [kinds.knowledge.project.data / folder for folder in _OWN.values()]
    for slot in draft.kind.slots:
        if slot.demand.least == slot.most == 1 and slot.demand.scheme is None:
            for value in draft.values.get(slot.path, ()):
                for document in kinds.knowledge.homes.get(value, ()):
                    if document.path.parent in folders:
                        return document.path
    return None


def _homes(draft: Draft, kinds: Kinds) -> list[Document]:
    """Return the files that hold the records of the class of a draft."""
    found = {
        kinds.knowledge.homes[node][0]
        for node, _ in kinds.facts.records()
        if isinstance(node, NamedNode) and kinds.of(node) == draft.kind
    }
    return sorted(found, key=lambda home: home.path)


def _alike(draft: Draft, kinds: Kinds, homes: list[Document]) -> list[Document]:
    """Return the files that hold records of the same concepts as a draft, field by field; all of them for none."""
    for slot in draft.kind.slots:
        if slot.demand.scheme is not None and slot.most == 1 and (given := draft.values.get(slot.path)):
            holding = {
                kinds.knowledge.homes[node][0]
                for node, said in kinds.facts.records()
                if kinds.of(node) == draft.kind and not set(given).isdisjoint(said.get(slot.path, ()))
            }
            homes = [home for home in homes if home in holding] or homes
    return homes


def _written_by(home: Document) -> str:
    """Return the program that writes a file; empty for a file that people write."""
    found = _PROGRAM.match(home.text)
    return found["program"] if found is not None else ""


def _by_program(home: Document) -> RequestError:
    name, program = printable(home.name, 200), printable(_written_by(home), 200)
    return RequestError(
        Words(f"{name} est écrit par {program}", f"{name} is written by {program}"),
        hint=Words(
            "le changer là, ou nommer un autre fichier : --to FICHIER",
            "change it there, or name another file: --to FILE",
        ),
    )


def _several(draft: Draft, homes: list[str]) -> RequestError:
    kind = draft.kind.words
    listed = ", ".join(homes)
    return RequestError(
        Words(
            f"aucun fichier ne va de soi pour cette fiche ({kind.fr})",
            f"no one file is the place of this record ({kind.en})",
        ),
        hint=Words(
            "le nommer : --to FICHIER" + (f" ({listed})" if homes else ""),
            "name it: --to FILE" + (f" ({listed})" if homes else ""),
        ),
    )
