"""What the files of a release say, compared with one another: the same graph in every form, figures that are true.

Runs in a child that can be killed: what is parsed here may come from anybody.

1. The N-Quads have the canonical names that the manifest tells, and so have the files of the content, one by one.
2. Every other form of the whole graph is the same graph.
3. The figures of VoID are counted again; the catalogue record keeps the rules of its profile, is the same in both
   writings, and its sizes and sums are those of the files, its number and its day those of the manifest; the
   ontology bears the same number.
4. Tables hold the records of the graph, and as many rows in each of their forms; what their addresses would lead to is
   there; the report of the check has no error; the feeds tell of the releases that the record names.
"""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from accords.language import Words, printable
from accords.publishing.edition import GRAPH
from accords.publishing.released import DATASET
from accords.publishing.released import PATH as RECORD_OF
from accords.vocab import CONCEPT, DEF, RECORD

from . import canonical, figures, lineage, profile, tallying, w3id
from .described import EXPORTS, SITE, SYNTAXES, whole_graph
from .holding import Compared, Difference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from .holding import Held
    from .listing import Manifest

BASE = "https://release.invalid/"  # stands for the folder while its relative links are read
_LARGEST = 4_000_000_000  # bytes of a file that is parsed
_QUADS = f"{EXPORTS}accords.nq"
_RDF, _JSON = frozenset(SYNTAXES) - {"jsonld"}, frozenset({"json", "jsonld"})
_THINGS = (RECORD, CONCEPT)
_ONTOLOGY = DEF.removesuffix("#")
_DOCTYPE = b"<!DOCTYPE"
_NOT_READ = Words("ne se lit pas", "cannot be read")


Found = tuple[tuple[Compared, ...], tuple[Difference, ...]]


def compared(held: Held, said: Manifest, sound: frozenset[str], tell: Callable[[str], None]) -> Found:
    """Return what was compared among the sound files of a release, and what differs."""
    return _Comparing(held, said, sound, tell).all()


@dataclass
class _Comparing:
    held: Held
    said: Manifest
    sound: frozenset[str]
    tell: Callable[[str], None]
    differences: list[Difference] = field(default_factory=list)
    done: list[Compared] = field(default_factory=list)

    def all(self) -> Found:
        quads = self._quads(_QUADS) if _QUADS in self.sound else None
        if quads is None:
            missing = Words(f"{_QUADS} manque ou a changé", f"{_QUADS} is missing or changed")
            self.done.append(Compared(Words("le graphe", "the graph"), 0, missing))
        else:
            self._names(quads)
            self._forms()
            self._figures(quads)
            self._tables(quads)
            self._pages(quads)
        self._tallies(quads)
        self._others()
        self._record()
        self._report()
        self._releases()
        return tuple(self.done), tuple(self.differences)

    def _differs(self, path: str, french: str, english: str) -> None:
        self.differences.append(Difference(path, Words(french, english)))

    def _bytes(self, path: str) -> bytes:
        self.tell(path)
        return self.held.read(path, min(self.held.sizes[path], _LARGEST))

    def _quads(self, path: str) -> tuple[Quad, ...] | None:
        """Return what a file of RDF says; None, and a difference, when it does not parse."""
        raw = self._bytes(path)
        syntax = RdfFormat.from_extension(path.rpartition(".")[2])
        if syntax == RdfFormat.RDF_XML and _DOCTYPE in raw[:100_000].upper():
            self._differs(path, "une déclaration DOCTYPE : refusée", "a DOCTYPE declaration: refused")
            return None
        try:
            return tuple(parse(raw, format=syntax, base_iri=BASE + path, rename_blank_nodes=True))
        except (SyntaxError, ValueError) as wrong:
            reason = printable(str(wrong), 200)
            self._differs(path, f"{_NOT_READ.fr} : {reason}", f"{_NOT_READ.en}: {reason}")
            return None

    def _names(self, quads: tuple[Quad, ...]) -> None:
        """Compare the canonical names: those of the N-Quads, then those of the files that they were made of."""
        found, told = canonical.of_quads(quads), self.said.canonical
        for name, value in (("dataset", found.dataset), ("merged", found.merged), ("graphs", found.graphs)):
            if told.get(name) != value:
                self._differs(
                    _QUADS,
                    f"le nom canonique ({name}) n'est pas celui du manifeste",
                    f"the canonical name ({name}) is not that of the manifest",
                )
        files = 0
        for graph, name in found.graphs.items():
            path = unquote(graph.removeprefix(GRAPH)) + ".ttl"
            if path not in self.sound:
                self._differs(
                    path,
                    "le fichier de ce graphe manque ou a changé",
                    "the file of this graph is missing or changed",
                )
            elif (held := self._quads(path)) is not None:
                files += 1
                if canonical.of_triples(quad.triple for quad in held) != name:
                    self._differs(path, f"ne dit pas ce que dit {_QUADS}", f"does not say what {_QUADS} says")
        self.done.append(
            Compared(Words("fichiers du contenu, même graphe", "files of the content, same graph"), files)
        )
        numbers = profile.values(quads, _ONTOLOGY, "owl:versionInfo")
        self._says(_QUADS, "owl:versionInfo", numbers, self.said.version)

    def _says(self, path: str, what: str, found: frozenset[str], expected: str) -> None:
        """Compare what a file says of the release with what the manifest says."""
        if found != {expected}:
            told = printable(", ".join(sorted(found)) or "–", 200)
            named = printable(expected, 200)
            self._differs(
                path,
                f"{what} dit {told}, le manifeste {named}",
                f"{what} tells {told}, the manifest {named}",
            )

    def _forms(self) -> None:
        """Compare the other forms of the whole graph with the name of the manifest."""
        forms = 0
        for path in sorted(path for path in self.sound if whole_graph(path) and path != _QUADS):
            held = self._quads(path)
            forms += held is not None
            if held is not None and canonical.of_triples(q.triple for q in held) != self.said.canonical.get(
                "merged"
            ):
                self._differs(path, f"n'est pas le graphe de {_QUADS}", f"is not the graph of {_QUADS}")
        self.done.append(
            Compared(Words("formes du graphe, même graphe", "forms of the graph, same graph"), forms)
        )

    def _others(self) -> None:
        """Read the other files of the exports in RDF and JSON."""
        read = 0
        for path in sorted(
            path for path in self.sound if path.startswith((EXPORTS, SITE)) and not whole_graph(path)
        ):
            ending = path.rpartition(".")[2]
            if ending in _RDF:
                read += self._quads(path) is not None
            elif ending in _JSON:
                read += self._json(path)
        said = Words("autres fichiers RDF et JSON, lus", "other files in RDF and JSON, read")
        self.done.append(Compared(said, read))

    def _json(self, path: str) -> bool:
        try:
            json.loads(self._bytes(path))
        except (ValueError, RecursionError):
            self._differs(path, _NOT_READ.fr, _NOT_READ.en)
            return False
        return True

    def _figures(self, quads: tuple[Quad, ...]) -> None:
        path = "metadata/void.ttl"
        if path not in self.sound or (held := self._quads(path)) is None:
            return
        wrong = profile.wrong_figures(held, figures.of_quads(quads))
        for one in wrong:
            self._differs(path, f"chiffre faux : {one}", f"wrong figure: {one}")
        self.done.append(
            Compared(
                Words("chiffres de VoID, recomptés", "figures of VoID, counted again"), profile.count(held)
            )
        )

    def _record(self) -> None:
        """Compare the catalogue record with its profile, its other writing, and the files."""
        path, twin = "metadata/dcat.ttl", "metadata/dcat.jsonld"
        if path not in self.sound or (held := self._quads(path)) is None:
            return
        other = self._quads(twin) if twin in self.sound else None
        if other is not None and canonical.digest(other) != canonical.digest(held):
            self._differs(twin, f"ne dit pas ce que dit {path}", f"does not say what {path} says")
        for said in profile.broken(held):
            self._differs(path, said.fr, said.en)
        release = f"{DATASET}{self.said.version}"
        self._says(path, "dcat:version", profile.values(held, release, "dcat:version"), self.said.version)
        self._says(path, "dcterms:issued", profile.values(held, release, "dcterms:issued"), self.said.day)
        told = profile.distributions(held, BASE)
        for file, size, digest in told:
            listed = self.said.files.get(file)
            if listed is None or (str(listed.size), listed.digest) != (size, digest):
                self._differs(path, f"taille ou empreinte de {file}", f"size or digest of {file}")
        self.done.append(
            Compared(Words("distributions du catalogue", "distributions of the catalogue"), len(told))
        )

    def _tables(self, quads: tuple[Quad, ...]) -> None:
        """Compare the things of each table that names some with those of the graph, kind by kind."""
        known: dict[str, set[str]] = defaultdict(set)
        for quad in quads:
            if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(_THINGS):
                known[_kind(quad.subject.value)].add(quad.subject.value)
        tables = 0
        for path in sorted(self.sound):
            if path.startswith(tallying.TABLES) and path.endswith(".csv"):
                named = [iri for iri in self._column(path) if iri.startswith(_THINGS)]
                expected = {iri for kind in set(map(_kind, named)) for iri in known[kind]}
                tables += bool(named)
                if sorted(named) != sorted(expected):
                    self._differs(
                        path,
                        f"{len(named)} lignes pour {len(expected)} fiches du graphe",
                        f"{len(named)} rows for {len(expected)} records of the graph",
                    )
        self.done.append(Compared(Words("tableaux, mêmes fiches", "tables, same records"), tables))

    def _tallies(self, quads: tuple[Quad, ...] | None) -> None:
        """Count the rows of every table, in each of its forms."""
        self._found(tallying.tallied(self.sound, self._bytes, quads))

    def _releases(self) -> None:
        """Compare the releases that are told of, where the record of them is sound."""
        if RECORD_OF in self.sound and (held := self._quads(RECORD_OF)) is not None:
            self._found(lineage.told(self.said, held, self.sound, self._bytes))

    def _found(self, found: Iterable[Compared | Difference]) -> None:
        for one in found:
            if isinstance(one, Difference):
                self.differences.append(one)
            else:
                self.done.append(one)

    def _pages(self, quads: tuple[Quad, ...]) -> None:
        """Look for what the addresses of records and concepts would lead to, where the website is there."""
        if f"{SITE}index.html" not in self.said.files:
            missing = Words("pas de site dans cette version", "no website in this release")
            self.done.append(Compared(Words("pages", "pages"), 0, missing))
            return
        subjects = {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
        wanted = {path for iri in subjects for path in w3id.leading(iri)}
        for path in sorted(wanted - self.said.files.keys()):
            self._differs(path, "manque au site", "missing from the website")
        self.done.append(
            Compared(Words("pages et fichiers des adresses", "pages and files of the addresses"), len(wanted))
        )

    def _column(self, path: str) -> Iterator[str]:
        """Yield the IRIs of a table that has one row a thing: its column `iri`."""
        text = self._bytes(path).decode("utf-8-sig", "replace")
        csv.field_size_limit(max(len(text), 1))
        for row in csv.DictReader(io.StringIO(text, newline="")):
            if (iri := row.get("iri")) is not None:
                yield iri

    def _report(self) -> None:
        path = "reports/validation.json"
        if path not in self.sound:
            return
        try:
            errors = json.loads(self._bytes(path))["counts"]["error"]
        except (ValueError, TypeError, KeyError, RecursionError):
            errors = None
        if errors != 0:
            self._differs(path, "le contrôle n'est pas sans erreur", "the check is not without error")
        self.done.append(
            Compared(Words("rapport de validation, sans erreur", "validation report, no error"), 1)
        )


def _kind(iri: str) -> str:
    return iri.rpartition("/")[0]
