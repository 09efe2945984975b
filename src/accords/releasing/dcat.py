"""The release as portals harvest it: a catalogue record of DCAT-AP 3.

Nobody and no address is made up: the publisher is the group that the ontology names, files are linked by their
place in the release. What the profile asks to be told of names of others is told, so that the record can be checked
with nothing fetched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal

from accords.language import Words
from accords.publishing.sourced import documents
from accords.vocab import BASE, DATES, ae

from .described import EU, KEYWORDS, LICENCE, NAME, SITE, SPOKEN, TEAM, TITLE, TOLD, ending
from .describing import Node, Ref, Text, beside, both, every, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accords.publishing.folders import Written

    from .described import Described
    from .describing import Value

PROFILE = "https://semiceu.github.io/DCAT-AP/releases/3.0.0"
_FORMATS = {  # of the European authority table, by ending
    "csv": "CSV", "html": "HTML", "json": "JSON", "jsonld": "JSON_LD", "nq": "RDF_N_QUADS", "nt": "RDF_N_TRIPLES",
    "parquet": "PARQUET", "rdf": "RDF_XML", "trig": "RDF_TRIG", "ttl": "RDF_TURTLE", "xlsx": "XLSX", "xml": "XML",
    "graphml": "XML",
}  # fmt: skip
_DATED = tuple(ae(name) for name in ("startDate", "endDate", "eventDate"))
_NOTES = Words(
    "Ce qui change : notes/notes.fr.md de la version.", "What changes: notes/notes.en.md of the release."
)


def catalogue(it: Described) -> Iterator[Node]:
    """Yield the catalogue, its record, the dataset and its distributions."""
    yield Node(
        f"{it.iri}#catalogue",
        (
            ("rdf:type", Ref("dcat:Catalog")),
            *every("dcterms:title", both(Words(f"Catalogue {NAME}", f"{NAME} catalogue"))),
            *every("dcterms:description", both(TOLD)),
            ("dcterms:publisher", Ref(TEAM)),
            ("dcterms:license", Ref(LICENCE)),
            ("dcterms:issued", it.day),
            ("dcterms:modified", it.day),
            ("dcterms:spatial", Ref(f"{EU}country/FRA")),
            *SPOKEN,
            ("dcat:dataset", Ref(it.iri)),
            ("dcat:record", Ref(f"{it.iri}#record")),
        ),
    )
    yield Node(
        f"{it.iri}#record",
        (
            ("rdf:type", Ref("dcat:CatalogRecord")),
            ("foaf:primaryTopic", Ref(it.iri)),
            ("dcterms:conformsTo", Ref(PROFILE)),
            ("dcterms:issued", it.day),
            ("dcterms:modified", it.day),
            *SPOKEN,
        ),
    )
    yield Node(it.iri, tuple(_dataset(it)))
    yield from _distributions(it)
    yield from _typed()


def _dataset(it: Described) -> Iterator[tuple[str, Value]]:
    yield "rdf:type", Ref("dcat:Dataset")
    yield from every("dcterms:title", both(TITLE))
    yield from every("dcterms:description", both(TOLD))
    yield "dcterms:identifier", Text(f"accords-emploi-{it.edition.version}")
    for words, language in zip(KEYWORDS, ("fr", "en"), strict=True):
        yield from every("dcat:keyword", (Text(word, language) for word in words))
    yield from every("dcat:theme", (Ref(f"{EU}data-theme/{name}") for name in ("SOCI", "ECON")))
    yield "dcterms:publisher", Ref(TEAM)
    yield "dcterms:creator", Ref(TEAM)
    yield "dcat:contactPoint", Node(None, (("rdf:type", Ref("vcard:Group")), ("vcard:fn", Text(NAME))))
    yield "dcterms:accessRights", Ref(f"{EU}access-right/PUBLIC")
    yield "dcterms:accrualPeriodicity", Ref(f"{EU}frequency/IRREG")
    yield "dcterms:issued", it.day
    yield "dcterms:modified", it.day
    yield from SPOKEN
    yield "dcterms:spatial", Ref(f"{EU}country/FRA")
    if (period := _period(it)) is not None:
        yield "dcterms:temporal", period
    yield "dcterms:conformsTo", Ref(f"{BASE}def/{it.edition.version}")
    yield from every("dcterms:source", (Ref(one.iri) for one in documents(it.edition.facts)))
    yield "dcterms:provenance", _provenance(it)
    yield "dcat:version", Text(it.edition.version or "")
    yield "owl:versionInfo", Text(it.edition.version or "")
    yield from every("adms:versionNotes", both(_NOTES))
    if it.previous is not None:
        yield "dcat:previousVersion", Ref(f"{BASE}dataset/{it.previous}")
    yield "dcat:landingPage", beside(_landing(it))
    yield from every("dcat:distribution", (Ref(it.name(one.artefact.path)) for one in it.exports))
    if it.site:
        yield "dcat:distribution", Ref(it.name("site"))


def _landing(it: Described) -> str:
    return f"{SITE}index.html" if it.site else "README.md"


def _period(it: Described) -> Node | None:
    """Return the time from the first date of the records to the last."""
    dates = sorted(
        (value.value, value.datatype.value.rpartition("#")[2])
        for _, held in it.edition.facts.records()
        for predicate in _DATED
        for value in held.get(predicate, ())
        if isinstance(value, Literal) and value.datatype in DATES
    )
    if not dates:
        return None
    ends = (("dcat:startDate", dates[0]), ("dcat:endDate", dates[-1]))
    said = ((name, Text(day, datatype=f"xsd:{kind}")) for name, (day, kind) in ends)
    return Node(None, (("rdf:type", Ref("dcterms:PeriodOfTime")), *said))


def _provenance(it: Described) -> Node:
    count = len(documents(it.edition.facts))
    said = Words(
        f"Saisi d'après {count} documents (metadata/sources.csv) ; chaque fait mène à ses mots, vérifiés à chaque "
        "version (reports/checks.fr.md).",
        f"Entered from {count} documents (metadata/sources.csv); every fact leads to its words, checked at each "
        "release (reports/checks.en.md).",
    )
    return Node(None, (("rdf:type", Ref("dcterms:ProvenanceStatement")), *every("rdfs:label", both(said))))


def _distributions(it: Described) -> Iterator[Node]:
    for one in it.exports:
        yield Node(it.name(one.artefact.path), tuple(_distribution(it, one)))
    if it.site:
        rows = (
            ("rdf:type", Ref("dcat:Distribution")),
            *every("dcterms:title", both(Words("Le site", "The website"))),
            ("dcat:accessURL", beside(f"{SITE}index.html")),
            ("dcat:mediaType", _media("text/html")),
            ("dcterms:format", Ref(f"{EU}file-type/HTML")),
            ("dcterms:license", Ref(LICENCE)),
        )
        yield Node(it.name("site"), rows)


def _distribution(it: Described, one: Written) -> Iterator[tuple[str, Value]]:
    file = one.artefact
    yield "rdf:type", Ref("dcat:Distribution")
    yield from every("dcterms:title", both(file.title))
    yield "dcat:accessURL", beside(file.path)
    yield "dcat:downloadURL", beside(file.path)
    yield "dcat:mediaType", _media(file.media)
    if (known := _FORMATS.get(ending(file.path))) is not None:
        yield "dcterms:format", Ref(f"{EU}file-type/{known}")
    yield "dcat:byteSize", whole(one.size)
    checksum = (
        ("rdf:type", Ref("spdx:Checksum")),
        ("spdx:algorithm", Ref("spdx:checksumAlgorithm_sha256")),
        ("spdx:checksumValue", Text(one.digest, datatype="xsd:hexBinary")),
    )
    yield "spdx:checksum", Node(None, checksum)
    yield "dcterms:license", Ref(LICENCE)
    yield "dcterms:issued", it.day
    yield from SPOKEN
    if file.conforms is not None:
        yield "dcterms:conformsTo", Ref(file.conforms)


def _media(media: str) -> Ref:
    return Ref(f"http://www.iana.org/assignments/media-types/{media.partition(';')[0].strip()}")


def _typed() -> Iterator[Node]:
    """Yield what the profile asks to be told of names of others, so that it can be checked with nothing fetched."""
    yield Node(
        TEAM,
        (
            ("rdf:type", Ref("foaf:Agent")),
            ("rdf:type", Ref("foaf:Group")),
            ("foaf:name", Text(NAME)),
        ),
    )
    named = {
        "dcterms:LinguisticSystem": ("language/FRA", "language/ENG"),
        "dcterms:Location": ("country/FRA",),
        "dcterms:RightsStatement": ("access-right/PUBLIC",),
        "dcterms:Frequency": ("frequency/IRREG",),
    }
    for kind, names in named.items():
        for name in names:
            yield Node(EU + name, (("rdf:type", Ref(kind)),))
    yield Node(LICENCE, (("rdf:type", Ref("dcterms:LicenseDocument")),))
    yield Node(PROFILE, (("rdf:type", Ref("dcterms:Standard")),))
