"""Records as plain JSON, a file a kind, each record a tree of what it is made of; and a JSON Schema for each file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from accords.language import Words
from accords.render.tables import dumped

from . import schemas
from .about import LICENCE
from .artefacts import Artefact, content
from .asking import groups
from .plain import Plainly
from .reading import Reading
from .tabulating import subjects
from .trees import Trees

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from pyoxigraph import NamedNode

    from .artefacts import Write
    from .asking import Group
    from .edition import Edition

FOLDER = "json"
_SCHEMA = "https://json-schema.org/draft/2020-12/schema"


def artefacts(edition: Edition) -> Iterator[Artefact]:
    """Yield a file a group of records, each with its schema.

    Raises MissingLibrary, when a file is written.
    """
    planned = groups(edition.written)
    trees = Trees(edition.written, planned)
    plainly = Plainly(Reading(edition.facts), planned, trees.parts)
    nodes: dict[str, list[NamedNode]] = {group.name: [] for group in planned}
    for node, group in subjects(edition.written, planned):
        if group is not None:
            nodes[group.name].append(node)
    for group in planned:
        written = _writing(edition, group, nodes[group.name], trees, plainly)
        yield Artefact(f"{FOLDER}/{group.name}.json", "application/json", group.title, written)
        said = Words(f"{group.title.fr} : schéma JSON", f"{group.title.en}: JSON Schema")
        schema = dumped(schemas.schema(group, planned, trees.parts)).encode()
        path = f"{FOLDER}/{group.name}.schema.json"
        yield Artefact(path, "application/schema+json", said, content(schema), _SCHEMA)


def _writing(
    edition: Edition, group: Group, nodes: Sequence[NamedNode], trees: Trees, plainly: Plainly
) -> Write:
    def write(file: BinaryIO) -> None:
        head = {
            "title": group.title._asdict(),
            "date": edition.day.isoformat(),
            "license": LICENCE,
        }
        file.write(json.dumps(head, ensure_ascii=False, indent=1)[:-2].encode() + b',\n "records": [')
        for place, node in enumerate(nodes):
            told = dumped(plainly.record(trees.tree(node, group), group)).rstrip("\n")
            file.write((b",\n" if place else b"\n") + told.encode())
        file.write(b"\n]}\n")

    return write
