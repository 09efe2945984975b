"""The forms that an export can take, by name; what makes one is imported when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accords.language import Words

from .artefacts import Format

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .artefacts import Artefact
    from .edition import Edition


def _n_triples(edition: Edition) -> Iterable[Artefact]:
    from .streams import n_triples  # noqa: PLC0415  # only what is asked for is imported

    return n_triples(edition)


def _n_quads(edition: Edition) -> Iterable[Artefact]:
    from .streams import n_quads  # noqa: PLC0415  # only what is asked for is imported

    return n_quads(edition)


def _csv(edition: Edition) -> Iterable[Artefact]:
    from .csvs import artefacts  # noqa: PLC0415  # only what is asked for is imported

    return artefacts(edition)


def _xlsx(edition: Edition) -> Iterable[Artefact]:
    from .book import artefacts  # noqa: PLC0415  # only what is asked for is imported

    return artefacts(edition)


def _parquet(edition: Edition) -> Iterable[Artefact]:
    from .parquet import artefacts  # noqa: PLC0415  # only what is asked for is imported

    return artefacts(edition)


def _json(edition: Edition) -> Iterable[Artefact]:
    from .objects import artefacts  # noqa: PLC0415  # only what is asked for is imported

    return artefacts(edition)


def _graphml(edition: Edition) -> Iterable[Artefact]:
    from .graphs import artefacts  # noqa: PLC0415  # only what is asked for is imported

    return artefacts(edition)


def _turtle(edition: Edition) -> Iterable[Artefact]:
    from .turtles import turtle  # noqa: PLC0415  # only what is asked for is imported

    return turtle(edition)


def _trig(edition: Edition) -> Iterable[Artefact]:
    from .turtles import trig  # noqa: PLC0415  # only what is asked for is imported

    return trig(edition)


def _json_ld(edition: Edition) -> Iterable[Artefact]:
    from .linked_json import json_ld  # noqa: PLC0415  # only what is asked for is imported

    return json_ld(edition)


def _rdf_xml(edition: Edition) -> Iterable[Artefact]:
    from .xml import rdf_xml  # noqa: PLC0415  # only what is asked for is imported

    return rdf_xml(edition)


def _evidence(edition: Edition) -> Iterable[Artefact]:
    from .evidence import evidence  # noqa: PLC0415  # only what is asked for is imported

    return evidence(edition)


def _same_as(edition: Edition) -> Iterable[Artefact]:
    from .evidence import same_as  # noqa: PLC0415  # only what is asked for is imported

    return same_as(edition)


FORMATS = (
    Format("ttl", Words("Turtle", "Turtle"), _turtle),
    Format("trig", Words("TriG, un graphe par fichier", "TriG, a graph per file"), _trig),
    Format("jsonld", Words("JSON-LD et son contexte", "JSON-LD and its context"), _json_ld),
    Format("rdf", Words("RDF/XML", "RDF/XML"), _rdf_xml),
    Format("nt", Words("N-Triples", "N-Triples"), _n_triples),
    Format("nq", Words("N-Quads, un graphe par fichier", "N-Quads, a graph per file"), _n_quads),
    Format("csv", Words("Tables CSV, avec leurs descriptions", "CSV tables, with their descriptions"), _csv),
    Format("xlsx", Words("Classeur de toutes les tables", "Workbook of all tables"), _xlsx),
    Format("parquet", Words("Tables Parquet", "Parquet tables"), _parquet),
    Format(
        "json",
        Words("JSON simple, un fichier par sorte de fiches", "Plain JSON, a file a kind of records"),
        _json,
    ),
    Format(
        "graphml",
        Words(
            "Réseau des acteurs, accords et comités (GraphML)",
            "Network of actors, agreements and committees (GraphML)",
        ),
        _graphml,
    ),
    Format(
        "evidence", Words("Les preuves, fait par fait", "The evidence, statement by statement"), _evidence
    ),
    Format("same-as", Words("Les fiches retirées", "The retired records"), _same_as),
)
