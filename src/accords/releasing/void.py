"""The release in figures, as VoID has them: what it holds, by class, by property, by graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accords.vocab import BASE

from .described import LICENCE, TITLE
from .describing import Node, Ref, Text, beside, both, every, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .described import Described


def figures(it: Described) -> Iterator[Node]:
    """Yield the description of the release and of its graphs."""
    found = it.figures
    yield Node(
        it.iri,
        (
            ("rdf:type", Ref("void:Dataset")),
            *every("dcterms:title", both(TITLE)),
            ("dcterms:license", Ref(LICENCE)),
            ("void:uriSpace", Text(BASE)),
            ("void:triples", whole(found.statements)),
            ("void:entities", whole(found.records)),
            ("void:distinctSubjects", whole(found.subjects)),
            ("void:distinctObjects", whole(found.objects)),
            ("void:classes", whole(len(found.classes))),
            ("void:properties", whole(len(found.properties))),
            ("void:vocabulary", Ref(f"{BASE}def#")),
            *every(
                "void:dataDump",
                (beside(one.artefact.path) for one in it.dumps),
            ),
            *every("void:classPartition", _partitions("void:class", "void:entities", found.classes.items())),
            *every(
                "void:propertyPartition",
                _partitions("void:property", "void:triples", found.properties.items()),
            ),
            *every("void:subset", (Ref(graph) for graph in found.graphs)),
        ),
    )
    for graph, count in found.graphs.items():
        yield Node(graph, (("rdf:type", Ref("void:Dataset")), ("void:triples", whole(count))))


def _partitions(what: str, count: str, held: Iterable[tuple[str, int]]) -> Iterator[Node]:
    for iri, number in held:
        yield Node(None, ((what, Ref(iri)), (count, whole(number))))
