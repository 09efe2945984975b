"""Parts of releases: numbers, descriptions, canonical names, sums, manifests, addresses."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
import rdflib
import yaml
from pyld import jsonld
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from accords import diff as differing
from accords import sides
from accords.errors import BadParameter, ContentError, FileRefused
from accords.language import Words
from accords.project import Project
from accords.publishing import released, sourced
from accords.publishing.edition import Edition
from accords.releasing import (
    canonical,
    citation,
    contents,
    describing,
    executable,
    figures,
    holding,
    listing,
    profile,
    record,
    sorting,
    sources,
    sums,
    versions,
    w3id,
)
from accords.releasing.described import TOLD as TEXTS
from accords.releasing.describing import Node, Ref, Text
from accords.releasing.refusing import ReleaseRefused
from accords.releasing.versions import Level, Version
from accords.vocab import BASE, DEF, RECORD
from calling import invented
from laying import PROJECT, ROOT
from parts import dataset, planted, rows
from parts import text as said_by
from redirecting import Rules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from accords.publishing.artefacts import Artefact
    from accords.sides import Side

EDITION = Edition(PROJECT, date(2024, 2, 29), "0.1.0")
TOLD = Words("deux ajouts", "two added")


# --- Numbers


@pytest.mark.parametrize(
    "written", ["1.2", "v1.2.3", "1.2.3-rc1", "01.2.3", "1.2.3 ", "", "1.2.9999999999", "١.٢.٣"]
)
def test_a_number_is_three_figures(written: str) -> None:
    with pytest.raises(BadParameter):
        versions.version(written, "--version")


def test_numbers_are_compared_as_numbers() -> None:
    assert versions.version("0.10.0", "x") > versions.version("0.9.9", "x")
    assert Version(0, 2, 0).above(Version(0, 1, 9)) == Level.MINOR
    assert Version(1, 0, 0).above(Version(0, 9, 9)) == Level.MAJOR
    assert Version(0, 1, 2).above(Version(0, 1, 1)) == Level.PATCH


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Side:
    folder = invented(tmp_path_factory.mktemp("before"))
    (folder / "data" / "stone.ttl").write_text(STONE, encoding="utf-8")
    return sides.of_project(Project(folder), Words("avant", "before"))


STONE = f"""@prefix act: <{RECORD}actor/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix ae: <{DEF}> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
act:wld-stone a ae:Actor ; skos:prefLabel "Stèle"@fr , "Tombstone"@en ; owl:deprecated true .
"""
NEW = STONE + 'act:wld-new a ae:Actor ; skos:prefLabel "Nouveau"@fr , "New"@en .\n'


def edited(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    folder = invented(tmp_path / "after")
    (folder / "data" / "stone.ttl").write_text(STONE, encoding="utf-8")
    return folder


def judged(before: Side, folder: Path) -> versions.Judgement:
    after = sides.of_project(Project(folder), Words("après", "after"))
    return versions.judged(differing.compare(before, after), before, after)


def reasons(found: versions.Judgement) -> str:
    return "\n".join(one.what.en for one in found.reasons)


def test_nothing_changed_asks_for_a_patch(before: Side, changed: Path) -> None:
    found = judged(before, changed)
    assert (found.wanted, found.reasons, found.forbidden) == (Level.PATCH, (), ())


def test_a_corrected_label_asks_for_a_patch(before: Side, changed: Path) -> None:
    edited(changed, "data/stone.ttl", "Tombstone", "Gravestone")
    assert judged(before, changed).wanted == Level.PATCH


def test_something_new_asks_for_a_minor_version(before: Side, changed: Path) -> None:
    (changed / "data" / "stone.ttl").write_text(NEW, encoding="utf-8")
    found = judged(before, changed)
    assert found.wanted == Level.MINOR
    assert "act:wld-new (New) is new" in reasons(found)


def test_what_is_deprecated_asks_for_a_minor_version(before: Side, changed: Path) -> None:
    edited(changed, "ontology/numbers.ttl", "ae:unit a ", "ae:unit owl:deprecated true ; a ")
    found = judged(before, changed)
    assert found.wanted == Level.MINOR
    assert "ae:unit" in reasons(found)
    assert "is deprecated" in reasons(found)


def test_what_had_a_tombstone_leaves_in_a_major_version(before: Side, changed: Path) -> None:
    (changed / "data" / "stone.ttl").unlink()
    found = judged(before, changed)
    assert (found.wanted, found.forbidden) == (Level.MAJOR, ())
    assert "act:wld-stone (Tombstone) leaves" in reasons(found)
    with pytest.raises(ReleaseRefused, match="act:wld-stone"):
        versions.allow(Version(0, 2, 0), Version(0, 1, 0), found)
    versions.allow(Version(1, 0, 0), Version(0, 1, 0), found)


def test_what_has_no_tombstone_never_leaves(before: Side, changed: Path) -> None:
    (changed / "data" / "agreements" / "wld-golden.ttl").unlink()
    found = judged(before, changed)
    assert found.wanted == Level.MAJOR
    assert any("agr:wld-golden" in said.en for said in found.forbidden)
    with pytest.raises(ReleaseRefused, match="stèle") as refused:
        versions.allow(Version(9, 0, 0), Version(0, 1, 0), found)
    assert refused.value.exit_code == 1
    assert set(found.forbidden) == set(refused.value.reasons)


def test_terms_and_concepts_have_tombstones_too(before: Side, changed: Path) -> None:
    edited(changed, "ontology/numbers.ttl", "ae:unit a ", "ae:unity a ")
    scheme = changed / "ontology" / "concepts" / "unit.ttl"
    text = scheme.read_text(encoding="utf-8")
    slug = re.findall(r"^(unit:[a-z-]+) a ", text, re.MULTILINE)[-1]
    scheme.write_text(text[: text.index(f"\n{slug} a ") + 1], encoding="utf-8")
    told = [said.en.partition(" ")[0] for said in judged(before, changed).forbidden]
    assert {"ae:unit", slug} <= set(told)


def test_a_name_that_changes_without_a_tombstone_leaves(before: Side, changed: Path) -> None:
    for path in (changed / "data").rglob("*.ttl"):
        path.write_text(
            path.read_text(encoding="utf-8").replace("agr:wld-golden ", "agr:wld-gilded "), encoding="utf-8"
        )
    found = judged(before, changed)
    assert [said.en.partition(" ")[0] for said in found.forbidden] == ["agr:wld-golden"]


def test_a_term_that_loses_an_axiom_asks_for_a_major_version(before: Side, changed: Path) -> None:
    edited(changed, "ontology/agreements.ttl", "rdfs:range ae:Actor", "rdfs:range ae:Agreement")
    found = judged(before, changed)
    assert found.wanted == Level.MAJOR
    assert "loses an axiom (rdfs:range)" in reasons(found)


def test_a_rule_or_a_question_that_goes_asks_for_a_major_version(before: Side, changed: Path) -> None:
    (changed / "queries" / "coverage" / "places.rq").unlink()
    found = judged(before, changed)
    assert (found.wanted, found.forbidden) == (Level.MAJOR, ())
    assert "places" in reasons(found)


ONE = "sh:minCount 1 ; sh:maxCount 1 ;"  # the first is that of the type of an agreement


@pytest.mark.parametrize(
    ("name", "edit", "told"),
    [
        ("shapes/agreements.ttl", (ONE, "sh:minCount 1 ;"), "agreement_type leaves"),
        ("shapes/agreements.ttl", (ONE, "sh:maxCount 1 ;"), "agreement_type is not always filled"),
        ("shapes/numbers.ttl", ("sh:datatype xsd:integer", "sh:datatype xsd:decimal"), "(integer → decimal)"),
        ("queries/coverage/places.rq", ("#+ column: code (text)", "#+ column: codeOfIt (text)"), "places code leaves"),
        ("queries/coverage/places.rq", ("#+ parameter: level (c:level,", "#+ parameter: level (skos:Concept,"), "places level changes"),
        ("ontology/prefixes.ttl", ('sh:prefix "int"', 'sh:prefix "intent"'), "prefix int leaves"),
    ],
)  # fmt: skip
def test_a_name_that_programs_read_breaks_only_in_a_major_version(
    before: Side, changed: Path, name: str, edit: tuple[str, str], told: str
) -> None:
    edited(changed, name, *edit)
    if name.endswith(".rq"):  # the variable of the query as well
        path = changed / name
        path.write_text(path.read_text(encoding="utf-8").replace("?code", "?codeOfIt"), encoding="utf-8")
    found = judged(before, changed)
    assert found.wanted == Level.MAJOR
    assert told in reasons(found)


def test_a_field_that_the_rules_newly_name_asks_for_a_minor_version(before: Side, changed: Path) -> None:
    edited(
        changed,
        "shapes/agreements.ttl",
        "sh:property aesh:AG-01-label ,",
        "sh:property aesh:more , aesh:AG-01-label ,",
    )
    rule = (
        'aesh:more a sh:PropertyShape ; sh:path ae:unit ; sh:maxCount 1 ; sh:name "Unité"@fr , "Unit"@en .\n'
    )
    with (changed / "shapes" / "agreements.ttl").open("a", encoding="utf-8") as file:
        file.write(rule)
    found = judged(before, changed)
    assert found.wanted == Level.MINOR, reasons(found)
    assert "column agreements.unit appears" in reasons(found)


@pytest.mark.parametrize("asked", ["0.1.0", "0.0.9"])
def test_a_number_comes_after_the_one_before(asked: str) -> None:
    nothing = versions.Judgement(Level.PATCH, (), ())
    with pytest.raises(ReleaseRefused, match="ne vient pas après") as refused:
        versions.allow(versions.version(asked, "x"), Version(0, 1, 0), nothing)
    assert refused.value.hint is not None
    assert refused.value.hint.fr == "--version 0.1.1"


# --- Descriptions


HOSTILE = 'a "quote" \\ <b>bold</b>\n\t\u202e\x7f [x](javascript:1) é'
NODES = (
    Node(
        f"{BASE}dataset/1.0.0",
        (
            ("rdf:type", Ref("dcat:Dataset")),
            ("rdf:type", Ref("void:Dataset")),
            ("dcterms:title", Text(HOSTILE, "fr")),
            ("dcterms:title", Text("plain")),
            ("dcat:byteSize", describing.whole(12)),
            ("dcat:downloadURL", describing.beside("exports/a b#é.nq")),
            (
                "spdx:checksum",
                Node(
                    None,
                    (
                        ("rdf:type", Ref("spdx:Checksum")),
                        ("spdx:checksumValue", Text("ab", datatype="xsd:hexBinary")),
                    ),
                ),
            ),
        ),
    ),
    Node("https://x.example/%20?a=b", (("rdf:type", Ref("foaf:Agent")), ("foaf:name", Text("x")))),
)


def test_both_writings_of_a_description_say_the_same_to_readers_of_others() -> None:
    turtle, linked = describing.as_turtle(NODES, "said"), describing.as_json(NODES)
    at = "https://here.example/metadata/x"
    one = {*parse(turtle, format=RdfFormat.TURTLE, base_iri=at)}
    other = {*parse(linked, format=RdfFormat.JSON_LD, base_iri=at)}
    assert canonical.digest(one) == canonical.digest(other)
    graph = rdflib.Graph().parse(data=turtle, format="turtle", publicID=at)
    by_rdflib = parse(graph.serialize(format="nt").encode(), format=RdfFormat.N_TRIPLES)
    assert canonical.digest(by_rdflib) == canonical.digest(one)
    assert Literal(HOSTILE, language="fr") in {quad.object for quad in one}
    assert NamedNode("https://here.example/exports/a%20b%23%C3%A9.nq") in {quad.object for quad in one}


def test_a_description_fetches_nothing_to_be_read() -> None:
    held = json.loads(describing.as_json(NODES))
    assert all(isinstance(value, str) for value in held["@context"].values())


# --- Canonical names


def test_the_canonical_form_is_the_one_that_others_make() -> None:
    blank = BlankNode("x")
    quads = [
        Quad(blank, NamedNode("e:p"), Literal('l\n"', language="fr"), NamedNode("e:g")),
        Quad(NamedNode("e:s"), NamedNode("e:q"), blank, NamedNode("e:g")),
        Quad(BlankNode("y"), NamedNode("e:p"), blank),
    ]
    quads += [Quad(NamedNode(f"e:{9 - number}"), NamedNode("e:p"), Literal("x")) for number in range(9)]
    written = (serialize(quads, format=RdfFormat.N_QUADS) or b"").decode()
    options = {
        "algorithm": "URDNA2015",
        "inputFormat": "application/n-quads",
        "format": "application/n-quads",
    }
    assert canonical.canonical(quads).decode() == jsonld.normalize(written, options)


def test_names_of_blank_nodes_and_order_do_not_count_and_anything_else_does() -> None:
    def graph(name: str, value: str) -> list[Quad]:
        node = BlankNode(name)
        return [Quad(node, NamedNode("e:p"), Literal(value)), Quad(NamedNode("e:s"), NamedNode("e:q"), node)]

    assert canonical.digest(graph("a", "1")) == canonical.digest(reversed(graph("zz", "1")))
    assert canonical.digest(graph("a", "1")) != canonical.digest(graph("a", "2"))


def test_figures_are_those_that_sparql_counts() -> None:
    quads = tuple(canonical.quads(EDITION))
    found = figures.of_quads(quads)
    graph = rdflib.Graph()
    lines = (serialize({quad.triple for quad in quads}, format=RdfFormat.N_TRIPLES) or b"").decode()
    graph.parse(data=lines, format="nt")

    def asked(query: str) -> dict[str, int]:
        return {str(row[0]): int(row[1]) for row in graph.query(query)}  # type: ignore[index, arg-type]  # rows

    assert found.classes == asked("SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c")
    assert found.properties == asked("SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p")
    assert found.statements == len(graph)
    assert found.subjects == len(set(graph.subjects()))
    assert found.objects == len(set(graph.objects()))
    records = {subject for subject in graph.subjects() if str(subject).startswith(RECORD)}
    assert found.records == len(records) > 100


# --- Sums and manifests


def test_sums_are_read_by_the_usual_program(tmp_path: Path) -> None:
    names = ["plain", "two words", "back\\slash", "line\nbreak", "not\\n\na break", "\u2028\x0b", "é"]
    digests = {}
    for name in names:
        (tmp_path / name).write_text(name, encoding="utf-8")
        digests[name] = holding.held(tmp_path).digest(name)
    text = "".join(sums.line(name, digests[name]) for name in sorted(names))
    (tmp_path / sums.FILE).write_text(text, encoding="utf-8")
    subprocess.run(
        ["sha256sum", "-c", "--strict", sums.FILE], cwd=tmp_path, check=True, capture_output=True, timeout=60
    )
    assert sums.read(text) == digests
    assert sums.read("not a sum") is None
    assert sums.read(text.replace("\n", "\r\n")) is None  # a list that was sent as text


def row(**other: object) -> dict[str, object]:
    return {"path": "a", "mediaType": "text/plain", "bytes": 1, "sha256": "0" * 64, **other}


NUMBERED = {"version": "1", "date": "2026-11-22"}


def test_a_manifest_is_read(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({**NUMBERED, "files": [row()]}), encoding="utf-8")
    assert list(listing.manifest(holding.held(tmp_path)).files) == ["a"]


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"[]",
        json.dumps({**NUMBERED, "files": 3}).encode(),
        json.dumps({"version": "1", "files": []}).encode(),
        b"[" * 100_000,
        b"\xff\xfe",
        *(
            json.dumps({**NUMBERED, "files": [row(**{key: value})]}).encode()
            for key, value in (
                ("path", "../out"),
                ("path", "/etc/passwd"),
                ("path", "a//b"),
                ("path", "a\0b"),
                ("path", 3),
                ("bytes", -1),
                ("bytes", "1"),
                ("bytes", 10**30),
                ("sha256", "0"),
            )
        ),
    ],
)
def test_a_manifest_that_is_none_is_refused(tmp_path: Path, said: bytes) -> None:
    (tmp_path / "manifest.json").write_bytes(said)
    with pytest.raises(ContentError):
        listing.manifest(holding.held(tmp_path))


def test_a_file_that_became_a_link_since_it_was_seen_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a").write_text("a", encoding="utf-8")
    seen = holding.held(tmp_path / "folder")
    (tmp_path / "secret").write_text("s", encoding="utf-8")
    (tmp_path / "folder" / "a").unlink()
    (tmp_path / "folder" / "a").symlink_to(tmp_path / "secret")
    with pytest.raises(FileRefused):
        seen.digest("a")


# --- What is written


def test_the_files_of_the_content_are_those_that_git_keeps(tmp_path: Path) -> None:
    project = Project(ROOT)
    names = {artefact.path for artefact in contents.as_they_are(project)}
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "ontology", "data", "shapes", "queries"],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
    ).stdout.split("\0")  # fmt: skip
    if any(tracked):
        kept = {name for name in tracked if name and not name.endswith(".py")} - {released.PATH}
        assert names == kept | {"LICENSE-DATA"}
    for artefact in contents.as_they_are(project):
        with (tmp_path / "file").open("wb") as file:
            artefact.write(file)
        assert (tmp_path / "file").read_bytes() == (ROOT / artefact.path).read_bytes()


def test_a_link_is_no_file_of_the_content(tmp_path: Path) -> None:
    root = invented(tmp_path / "project")
    (tmp_path / "secret").write_text("mine", encoding="utf-8")
    for name in ("data/secret.ttl", "data/secret.md", "queries/secret.rq"):
        (root / name).symlink_to(tmp_path / "secret")
    assert not [one.path for one in contents.as_they_are(Project(root)) if "secret" in one.path]


def held_by(artefact: Artefact, folder: Path) -> bytes:
    with (folder / "held").open("wb") as file:
        artefact.write(file)
    return (folder / "held").read_bytes()


def test_each_question_is_executable_with_the_text_of_its_file(tmp_path: Path) -> None:
    quads = [
        *parse(
            held_by(executable.questions(EDITION), tmp_path),
            format=RdfFormat.TURTLE,
            base_iri="https://r.example/metadata/queries.ttl",
        )
    ]
    texts = {
        quad.subject: quad.object.value
        for quad in quads
        if quad.predicate.value.rpartition("#")[2] in {"select", "construct"}
        and isinstance(quad.object, Literal)
    }
    sources_ = {
        quad.subject: quad.object.value.removeprefix("https://r.example/")
        for quad in quads
        if quad.predicate.value.endswith("/source") and isinstance(quad.object, NamedNode)
    }
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "queries").glob("*/*.rq")}
    assert set(sources_.values()) == files
    assert all(text == (ROOT / sources_[node]).read_text(encoding="utf-8") for node, text in texts.items())
    assert texts.keys() == sources_.keys()


def test_the_record_keeps_the_hygiene_rules_quiet_until_something_changes(tmp_path: Path) -> None:
    """What a release leaves is what HYG-14 and HYG-23 expect of `ontology/released.ttl`."""
    raw = held_by(record.record(Edition(Project(ROOT), date(2024, 2, 29), "0.1.0"), TOLD), tmp_path)
    triples = [quad.triple for quad in parse(raw, format=RdfFormat.TURTLE)]
    queries = [
        (ROOT / "ontology" / "hygiene" / f"HYG-{code}.rq").read_text(encoding="utf-8") for code in (14, 23)
    ]

    def faults() -> set[str]:
        return {row["problem"] for query in queries for row in rows(dataset(), query)}

    with planted(dataset(), "released", triples):
        assert not faults()
        new = Triple(
            NamedNode(DEF + "New"),
            NamedNode(said_by(NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"))),
            NamedNode("http://www.w3.org/2002/07/owl#Class"),
        )
        with planted(dataset(), "ontology", [new]):
            assert faults() == {"added", "terms changed since the release that bears this version"}


def test_the_record_remembers_the_first_release_of_each_iri(tmp_path: Path) -> None:
    folder = invented(tmp_path / "project")
    first = held_by(record.record(Edition(Project(folder), date(2024, 1, 1), "0.1.0"), TOLD), tmp_path)
    (folder / released.PATH).write_bytes(first)
    again = held_by(record.record(Edition(Project(folder), date(2024, 1, 1), "0.1.0"), TOLD), tmp_path)
    assert again == first
    (folder / "data" / "agreements" / "wld-golden.ttl").unlink()
    (folder / "data" / "new.ttl").write_text(NEW, encoding="utf-8")
    project = Project(folder)
    (folder / released.PATH).write_bytes(
        held_by(record.record(Edition(project, date(2024, 2, 1), "1.0.0"), TOLD), tmp_path)
    )
    past = released.past(project)
    assert past.firsts[f"{RECORD}agreement/wld-golden"] == f"{BASE}dataset/0.1.0"
    assert past.firsts[f"{RECORD}agreement/wld-tripartite-2023"] == f"{BASE}dataset/0.1.0"
    assert past.firsts[f"{RECORD}actor/wld-new"] == f"{BASE}dataset/1.0.0"
    assert [(one.version, one.day, one.told) for one in past.releases] == [
        ("1.0.0", date(2024, 2, 1), TOLD),
        ("0.1.0", date(2024, 1, 1), TOLD),
    ]
    assert past.last == "0.1.0"  # what the ontology bears


@pytest.mark.parametrize("address", ["", "https://a.example/"])
def test_a_release_says_how_to_cite_it_and_names_no_person(tmp_path: Path, address: str) -> None:
    made = citation.citation(replace(EDITION, address=address))
    held = yaml.safe_load(held_by(made, tmp_path))
    keywords = held.pop("keywords")
    assert len(keywords) == len(set(keywords)) > 5
    assert held.pop("abstract") == f"{TEXTS.fr} {TEXTS.en}"
    assert "Acteurs" in held["title"]
    assert "actors" in held.pop("title")
    assert "citer" in held["message"]
    assert "cite" in held.pop("message")
    assert "resolve yet" in held["identifiers"][0].pop("description")
    assert held == {
        "cff-version": "1.2.0",
        "type": "dataset",
        "version": "0.1.0",
        "date-released": "2024-02-29",
        "license": "etalab-2.0",
        "authors": [{"name": "Accords emploi"}],
        "identifiers": [{"type": "other", "value": f"{BASE}dataset/0.1.0"}],
        **({"url": address} if address else {}),
    }


OLD = f"""@prefix dcterms: <http://purl.org/dc/terms/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
<{BASE}def> owl:versionInfo "0.10.0" .
<{BASE}dataset/0.9.0> dcterms:hasPart <{RECORD}actor/wld-a> .
<{BASE}dataset/0.10.0> dcterms:hasPart <{RECORD}actor/wld-b> .
<{BASE}dataset/elsewhere> dcterms:hasPart <{RECORD}actor/wld-c> .
<{BASE}dataset/0.8.0> dcterms:issued "soon" ; dcterms:description "en une langue"@fr .
"""


def test_a_record_that_names_no_day_is_read_and_numbers_come_as_numbers(tmp_path: Path) -> None:
    folder = invented(tmp_path)
    (folder / released.PATH).write_text(OLD, encoding="utf-8")
    past = released.past(Project(folder))
    assert [(one.version, one.day, one.told) for one in past.releases] == [
        ("0.10.0", None, None),
        ("0.9.0", None, None),
        ("0.8.0", None, None),
    ]
    assert past.last == "0.10.0"


def test_the_folder_of_the_release_before_tells_what_the_project_does_not(tmp_path: Path) -> None:
    ours, theirs = invented(tmp_path / "ours"), invented(tmp_path / "theirs")
    (theirs / released.PATH).write_text(OLD, encoding="utf-8")
    manifest = {"version": "0.10.0", "date": "2024-05-06", "files": []}
    (theirs / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    past = released.past(Project(ours), Project(theirs))
    assert [(one.version, one.day) for one in past.releases][:2] == [
        ("0.10.0", date(2024, 5, 6)),
        ("0.9.0", None),
    ]
    assert past.firsts[f"{RECORD}actor/wld-a"] == f"{BASE}dataset/0.9.0"
    assert past.last is None  # the project has no record: nothing it says is contradicted
    (theirs / "manifest.json").write_text("[]", encoding="utf-8")
    assert released.past(Project(ours), Project(theirs)).releases[0].day is None


def test_the_record_is_no_part_of_the_graph(tmp_path: Path) -> None:
    folder = invented(tmp_path)
    before_ = canonical.digest(canonical.quads(Edition(Project(folder), date(2024, 1, 1), "0.1.0")))
    (folder / released.PATH).write_text(f"<{DEF}Ghost> a <{DEF}Ghost> .", encoding="utf-8")
    assert canonical.digest(canonical.quads(Edition(Project(folder), date(2024, 1, 1), "0.1.0"))) == before_


def test_the_vocabulary_in_one_file_says_what_its_files_say() -> None:
    for documents in (EDITION.knowledge.ontology, EDITION.rules):
        triples = [triple for document in documents for triple in document.triples]
        written = sorting.as_turtle(triples, EDITION.knowledge.prefixes, "# said\n\n")
        linked = parse(sorting.as_json(triples), format=RdfFormat.JSON_LD)
        assert canonical.of_triples(quad.triple for quad in linked) == canonical.of_triples(triples)
        assert canonical.of_triples(
            quad.triple for quad in parse(written, format=RdfFormat.TURTLE)
        ) == canonical.of_triples(triples)


def test_every_source_is_attributed_with_its_excerpts() -> None:
    found = {one.iri: one for one in sourced.documents(EDITION.facts)}
    graph = rdflib.Graph()
    lines = (
        serialize({quad.triple for quad in canonical.quads(EDITION)}, format=RdfFormat.N_TRIPLES) or b""
    ).decode()
    graph.parse(data=lines, format="nt")
    query = f"SELECT ?d (COUNT(?e) AS ?n) {{ ?d a <{DEF}SourceDocument> OPTIONAL {{ ?e <{DEF}excerptOf> ?d }} }} GROUP BY ?d"
    assert {iri: one.excerpts for iri, one in found.items()} == {
        str(row[0]): int(row[1])  # type: ignore[index, arg-type]  # rows
        for row in graph.query(query)
    }


SOURCE = f"""@prefix ae: <{DEF}> . @prefix dcterms: <http://purl.org/dc/terms/> . @prefix src: <{RECORD}source/> .
src:wld-two a ae:SourceDocument ; dcterms:title "Register"@en , "Registre"@fr ; dcterms:publisher src:wld-nobody ;
  dcterms:issued "2024-01" , "2023" ; dcterms:license <https://a.example/l> ; dcterms:rights "cited only"@en .
"""


def test_a_source_is_attributed_with_all_that_is_said_of_it_in_the_language_of_the_page(
    tmp_path: Path,
) -> None:
    folder = invented(tmp_path / "project")
    (folder / "data" / "two.ttl").write_text(SOURCE, encoding="utf-8")
    made = sources.attribution(Edition(Project(folder), date(2024, 2, 29), "0.1.0"))
    table, french, english = (held_by(one, tmp_path).decode() for one in made)
    assert ",Registre,src:wld-nobody,2024-01 2023,,https://a.example/l cited only,0\r\n" in table
    for page, title in ((french, "Registre"), (english, "Register")):
        (row,) = (line for line in page.splitlines() if "src:wld-two" in line)
        assert row.startswith(f"| {title} (")
        assert "2024-01, 2023" in row
        assert "cited only" in row


# --- The profile


RECORD_OF_ONE = (
    Node(
        "https://x.example/c",
        (
            ("rdf:type", Ref("dcat:Catalog")),
            ("dcterms:title", Text("t")),
            ("dcterms:description", Text("d")),
            ("dcterms:publisher", Ref("https://x.example/p")),
            ("dcat:dataset", Ref("https://x.example/d")),
        ),
    ),
    Node("https://x.example/p", (("rdf:type", Ref("foaf:Agent")), ("foaf:name", Text("p")))),
)


def of(nodes: tuple[Node, ...]) -> list[Quad]:
    return [*parse(describing.as_turtle(nodes, ""), format=RdfFormat.TURTLE, base_iri="https://x.example/")]


def test_a_record_that_lacks_what_the_profile_asks_is_told_in_both_languages() -> None:
    told = {said.en.partition(" (https")[0] for said in profile.broken(of(RECORD_OF_ONE))}
    assert told == {"a catalogue leads to a dataset"}  # which is described nowhere
    bare = (Node("https://x.example/c", (("rdf:type", Ref("dcat:Distribution")),)),)
    lacking = {said.fr.partition(" (https")[0] for said in profile.broken(of(bare))}
    assert lacking == {
        "une distribution a une adresse d'accès",
        "une distribution a une licence, une seule",
        "une distribution a un titre, un par langue",
        "un type de média du registre de l'IANA, un seul",
    }


def test_every_rule_of_the_profile_speaks_both_languages() -> None:
    spoken: dict[str, set[str]] = {}
    for quad in parse(profile.rules(), format=RdfFormat.TURTLE):
        if quad.predicate.value.endswith("#message") and isinstance(quad.object, Literal):
            spoken.setdefault(str(quad.subject), set()).add(quad.object.language or "")
    shapes = {
        str(q.subject)
        for q in parse(profile.rules(), format=RdfFormat.TURTLE)
        if q.predicate.value.endswith("#path")
    }
    assert spoken == {shape: {"fr", "en"} for shape in shapes}


# --- Addresses


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Rules:
    (htaccess, _) = w3id.kit(EDITION)
    return Rules(held_by(htaccess, tmp_path_factory.mktemp("w3id")).decode())


LATEST = w3id.HOST + "/latest/site/"


def published() -> Iterator[str]:
    """Yield every IRI of ours in the graph, without what follows #."""
    for quad in canonical.quads(Edition(Project(ROOT), date(2024, 2, 29), "0.1.0")):
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            if isinstance(term, NamedNode) and term.value.startswith(BASE):
                yield term.value.partition("#")[0]


def test_every_published_address_leads_somewhere(rules: Rules) -> None:
    paths = {iri.removeprefix(BASE) for iri in published()}
    assert len(paths) > 500
    assert [path for path in sorted(paths) if rules.lead(path) is None] == []


@pytest.mark.parametrize(
    ("path", "accept", "language", "target"),
    [
        ("", "*/*", "", LATEST + "index.html"),
        ("id/actor/etat", "text/html,*/*", "fr-FR,en;q=0.5", LATEST + "fr/id/actor/etat.html"),
        ("id/actor/etat", "text/html,*/*", "EN-gb", LATEST + "en/id/actor/etat.html"),
        ("id/actor/etat", "text/turtle", "", LATEST + "id/actor/etat.ttl"),
        ("id/actor/etat", "application/ld+json, text/turtle;q=0.5", "", LATEST + "id/actor/etat.ttl"),
        ("id/actor/etat", "text/html, text/turtle;q=0.1", "en", LATEST + "en/id/actor/etat.html"),
        ("id/actor/etat", "application/ld+json", "", LATEST + "id/actor/etat.jsonld"),
        ("id/actor/etat", "text/csv", "", LATEST + "id/actor/etat.csv"),
        ("concept/theme/training", "*/*", "", LATEST + "fr/concept/theme/training.html"),
        ("concept/theme", "text/turtle", "", LATEST + "concept/theme.ttl"),
        ("def", "text/html", "en", LATEST + "en/def.html"),
        ("def", "text/turtle", "en", LATEST + "def.ttl"),
        ("def", "application/ld+json", "", LATEST + "def.jsonld"),
        ("shape", "text/turtle", "", LATEST + "shape.ttl"),
        ("def/1.2.0", "*/*", "", w3id.HOST + "/1.2.0/site/def.ttl"),
        ("dataset/1.2.0", "text/html", "", w3id.HOST + "/1.2.0/site/index.html"),
        ("dataset/1.2.0", "text/turtle", "", w3id.HOST + "/1.2.0/metadata/dcat.ttl"),
        ("dataset/1.2.0", "application/ld+json", "", w3id.HOST + "/1.2.0/metadata/dcat.jsonld"),
        ("graph/data/agreements/x", "*/*", "", w3id.HOST + "/latest/data/agreements/x.ttl"),
        ("id/actor/../../etc", "*/*", "", None),
        ("id/nothing/etat", "*/*", "", None),
        ("id/actor/", "*/*", "", None),
        ("elsewhere", "*/*", "", None),
    ],
)
def test_an_address_leads_to_what_is_asked_for(
    rules: Rules, path: str, accept: str, language: str, target: str | None
) -> None:
    assert rules.lead(path, accept=accept, language=language) == target


@pytest.mark.parametrize(
    ("address", "site", "folder", "numbered"),
    [
        ("", f"{w3id.HOST}/latest/site/", f"{w3id.HOST}/latest/", f"{w3id.HOST}/"),
        ("https://a.example/", "https://a.example/", "https://a.example/", "https://a.example/"),
        ("https://a.example/b/", "https://a.example/b/", "https://a.example/", "https://a.example/"),
        ("https://a.example/site/", "https://a.example/site/", "https://a.example/", "https://a.example/"),
        (
            "https://a.example/b/latest/site/",
            "https://a.example/b/latest/site/",
            "https://a.example/b/latest/",
            "https://a.example/b/",
        ),
        (
            "https://a.example/0.1.0/site/",
            "https://a.example/latest/site/",
            "https://a.example/latest/",
            "https://a.example/",
        ),
    ],
)
def test_where_releases_stand_follows_from_the_address_of_the_website(
    address: str, site: str, folder: str, numbered: str
) -> None:
    assert w3id.places(address, "0.1.0") == w3id.Places(site, folder, numbered)


def test_a_request_whose_place_is_known_leads_there_and_names_no_other(tmp_path: Path) -> None:
    kit = {one.path: one for one in w3id.kit(replace(EDITION, address="https://a.example/b%20c/"))}
    text = held_by(kit[w3id.FOLDER + ".htaccess"], tmp_path).decode()
    page = held_by(kit[w3id.FOLDER + "README.md"], tmp_path).decode()
    assert "host.example" not in text + page
    assert page.count("https://a.example/b%20c/") == 2
    assert "Not registered yet" in text
    rules = Rules(text)
    assert rules.lead("id/actor/etat", language="en") == "https://a.example/b%20c/en/id/actor/etat.html"
    assert rules.lead("graph/data/agreements/x") == "https://a.example/data/agreements/x.ttl"
    assert rules.lead("dataset/1.2.0", accept="text/turtle") == "https://a.example/1.2.0/metadata/dcat.ttl"


def test_the_request_says_in_both_languages_that_it_has_not_been_made(tmp_path: Path) -> None:
    (_, page) = w3id.kit(EDITION)
    text = held_by(page, tmp_path).decode()
    assert "Pas encore enregistré" in text
    assert "Not registered yet" in text
    assert text.index("Pas encore") < text.index("Not registered")
