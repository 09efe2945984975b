"""The pages of the whole and of the vocabulary: what they show is what the commands answer."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from pyoxigraph import Literal, NamedNode

from accords import catalogue, ledger, matrix, querying, requirements
from accords.errors import AccordsError
from accords.language import LANGUAGES, Words
from accords.project import Project
from accords.publishing.edition import Edition
from accords.querying import Request
from accords.render import answer_data
from accords.render import ledger as ledger_render
from accords.render import matrix as matrix_render
from accords.site import tilemap
from accords.site.asked import Asked
from accords.site.beside import Beside
from accords.site.frame import pages
from accords.site.page import Site
from accords.site.questions import MOST
from accords.site.tiles import TILES
from accords.site.vocabulary import Vocabulary
from accords.usage import measure
from accords.vocab import BASE, CONCEPT, DEF, OWL, SHAPE, SKOS, TYPE, ae, sh
from calling import Caller, invented
from laying import PROJECT, ROOT
from webpages import Document, broken, documents, written

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from accords.site.tilemap import Covered
    from accords.things import Facts

DAY = date(2024, 2, 29)
HOSTILE_TERMS = """
@prefix ae: <https://w3id.org/accords-emploi/def#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

ae:Evil a owl:Class ; rdfs:label "<script>alert(1)</script>"@fr , "\\"><img src=x onerror=alert(2)>"@en ;
  skos:definition "</p><script>alert(3)</script>"@fr ; skos:scopeNote "right\\u202Eleft"@fr ;
  rdfs:subClassOf <javascript:alert(4)> ; owl:disjointWith <data:text/html,x> .
ae:oldName a owl:ObjectProperty ; rdfs:label "ancien nom"@fr , "old name"@en ; owl:deprecated true ;
  dcterms:isReplacedBy ae:hasParty ; skos:changeNote "Employer l'autre."@fr , "Use the other one."@en .
"""
HOSTILE_MATCHES = """
@prefix ae: <https://w3id.org/accords-emploi/def#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

ae:Evil skos:closeMatch <javascript:alert(5)> ; skos:editorialNote "<script>alert(6)</script>"@fr .
"""
HOSTILE_RULE = """
@prefix ae: <https://w3id.org/accords-emploi/def#> .
@prefix aesh: <https://w3id.org/accords-emploi/shape#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .

aesh:ZZ-01 a aesh:Rule ; rdfs:label "<script>alert(7)</script>"@fr ; rdfs:comment "<b>why</b>"@fr .
aesh:ZZ-01-evil a sh:PropertyShape ; sh:targetClass ae:Evil ; sh:path ae:hasParty ; sh:minCount 1 ;
  sh:message "ZZ-01 : </td><script>alert(8)</script>"@fr .
"""


@pytest.fixture(scope="module")
def shipped() -> Facts:
    return Edition(Project(ROOT), DAY).facts


@pytest.mark.parametrize("level", TILES)
def test_every_region_and_departement_has_a_square_of_its_own(shipped: Facts, level: str) -> None:
    codes = sorted(
        shipped.texts(subject, ae("inseeCode"))[0].text
        for subject, held in shipped.records()
        if NamedNode(f"{CONCEPT}level/{level}") in held.get(ae("level"), ()) and ae("Territory") in held[TYPE]
    )
    assert sorted(TILES[level]) == codes
    assert len(set(TILES[level].values())) == len(codes)


def test_the_map_counts_what_the_question_about_a_territory_answers(shipped: Facts) -> None:
    drawn = {place.territory.iri: place for one in tilemap.maps(shipped) for place in one.territories}
    told = [place for place in drawn.values() if place.count or place.code in {"11", "75", "971"}]
    project = Project(ROOT)
    question = catalogue.load(project).find("agreements-inside-a-territory")
    requests = [Request(question, {"territory": [place.territory.iri or ""]}, "fr") for place in told]
    answers = querying.ask(querying.Local(project), project, requests, None)
    assert len(told) > 10
    for place, answer in zip(told, answers, strict=True):
        held = {thing.iri for thing in (*place.own, *place.inside)}
        assert held == set(answer.table.column("agreement")), place.code


def test_an_agreement_of_a_region_applies_in_its_departements_and_is_not_theirs(shipped: Facts) -> None:
    place = _place(shipped, "departmental", "53")
    assert (place.own, place.inside, place.state) == ((), (), "around")
    assert [thing.curie for thing in place.around] == ["agr:pdl-2023-prefiguration"]


def test_a_national_agreement_is_counted_in_no_square(shipped: Facts) -> None:
    everywhere = {thing.iri for thing in tilemap.national(shipped)}
    assert everywhere
    for one in tilemap.maps(shipped):
        for place in one.territories:
            assert not everywhere & {t.iri for t in (*place.own, *place.around, *place.inside)}


def test_where_no_territory_has_a_square_there_is_no_map() -> None:
    assert not any(one.drawn for one in tilemap.maps(Edition(PROJECT, DAY).facts))


def _place(facts: Facts, level: str, code: str) -> Covered:
    found = next(one for one in tilemap.maps(facts) if one.level == level)
    return next(place for place in found.territories if place.code == code)


@pytest.fixture(scope="module")
def edition() -> Edition:
    return Edition(PROJECT, DAY)


@pytest.fixture(scope="module")
def site(edition: Edition) -> Mapping[str, bytes]:
    return written(pages(edition))


@pytest.fixture(scope="module")
def read(site: Mapping[str, bytes]) -> Mapping[str, Document]:
    return documents(site)


@pytest.fixture(scope="module")
def asked() -> Asked:
    return Asked(PROJECT)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    root = invented(tmp_path_factory.mktemp("hostile") / "project")
    (root / "ontology" / "evil.ttl").write_text(HOSTILE_TERMS, encoding="utf-8")
    (root / "ontology" / "alignments" / "evil.ttl").write_text(HOSTILE_MATCHES, encoding="utf-8")
    (root / "shapes" / "evil.ttl").write_text(HOSTILE_RULE, encoding="utf-8")
    query = (root / "queries" / "actors" / "parties-of-agreements.rq").read_text(encoding="utf-8")
    evil = re.sub(r"(?m)^(#\+ (?:title|question)-..:).*", r"\1 <script>alert(9)</script>", query)
    evil = evil.replace("#+ number: CQ36\n", "")
    (root / "queries" / "actors" / "evil.rq").write_text(evil, encoding="utf-8")
    return written(pages(Edition(Project(root), DAY)))


def test_every_class_and_property_has_its_page_and_its_place_in_the_list(
    edition: Edition, read: Mapping[str, Document]
) -> None:
    kinds = {
        NamedNode(OWL + name)
        for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
    }
    terms = {
        subject.value: held
        for subject, held in edition.facts.by_subject.items()
        if isinstance(subject, NamedNode)
        and subject.value.startswith(DEF)
        and kinds & set(held.get(TYPE, ()))
    }
    assert len(terms) > 120
    for language in LANGUAGES:
        places = set(read[f"{language}/def.html"].ids)
        links = [one.attributes.get("href", "") for one in read[f"{language}/def.html"].all("a")]
        about = {
            word: read[f"{language}/{link}"]
            for link in links
            if link.startswith("def/")
            for word in read[f"{language}/{link}"].words.split()
            if word.startswith(DEF)
        }
        for iri, held in terms.items():
            assert iri.removeprefix(DEF) in places
            said = [
                t.value
                for t in held[NamedNode(SKOS + "definition")]
                if isinstance(t, Literal) and t.language == language
            ]
            assert " ".join(said[0].split()) in about[iri].words, iri


def test_the_page_of_a_class_tells_what_the_ontology_the_rules_and_the_data_say(
    edition: Edition, read: Mapping[str, Document]
) -> None:
    page = read["en/def/Agreement.html"]
    for words in (
        "evidenced resource",
        "prov:Entity",
        "Nothing is both this and",
        "gist:Agreement",
        "has party",
    ):
        assert words in page.words, words
    links = {link for _, link in page.links()}
    assert {"../shape/AG-05.html#AG-05-end-before-start", "../def/EvidencedResource.html"} <= links
    counted = measure(edition.facts, ae("Agreement"))
    assert counted is not None
    assert f"Records that use it: {counted.records}" in page.words


def test_the_example_of_a_term_is_a_record_that_uses_it(
    edition: Edition, read: Mapping[str, Document]
) -> None:
    site = Site(edition, ())
    held = Vocabulary(site)
    shown = 0
    for term in held.terms:
        page = (
            read[f"fr/{'def/' + term.value.removeprefix(DEF)}.html"]
            if f"fr/def/{term.value.removeprefix(DEF)}.html" in read
            else None
        )
        record = held.example(term)
        users = [s for s, about in edition.facts.records() if term in about or term in about.get(TYPE, ())]
        assert (record is None) == (not users), term
        if record is not None and page is not None:
            shown += 1
            assert record in users
            if not held.is_class(term):
                sizes = {one: sum(map(len, edition.facts.by_subject[one].values())) for one in users}
                assert sizes[record] == min(sizes.values())
            assert f"{edition.knowledge.prefixes.shorten(record.value)} a " in page.words
    assert shown > 90


def test_the_questions_of_a_term_are_those_that_name_it(site: Mapping[str, bytes], asked: Asked) -> None:
    page = site["fr/def/succeeds.html"].decode()
    naming = {
        one.name
        for one in asked.catalogue.questions
        if re.search(r"\bae:succeeds\b", re.sub(r"(?m)#.*$", "", one.text))
    }
    assert naming
    assert set(re.findall(r"\.\./questions/([\w/-]+)\.html", page)) == naming | {"index"}  # of the navigation


def test_every_rule_has_a_page_that_says_what_accords_explain_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], read: Mapping[str, Document]
) -> None:
    accords = Caller(invented(tmp_path / "project"), capsys)
    families = json.loads(accords("explain", "--format", "json").out)["families"]
    codes = [rule["code"] for family in families for rule in family["rules"]]
    assert len(codes) > 100
    for language in LANGUAGES:
        for code in codes:
            assert f"{language}/shape/{code}.html" in read, code
        for code in ("AG-05", "EV-05", "FI-02", "WF-07"):
            told = json.loads(accords("explain", code, "--format", "json").out)
            page = read[f"{language}/shape/{code}.html"]
            for node in told["nodes"]:
                assert node["rule"].removeprefix(SHAPE) in page.ids
                for part in re.split(r"\{[?$]\w+\}", node["message"][language]):
                    assert " ".join(part.split())[1:] in page.words, (code, part)
            for name in ("why", "mend"):
                assert " ".join(told[name][language].split()) in page.words


def test_every_name_of_the_rules_has_its_place(edition: Edition, read: Mapping[str, Document]) -> None:
    wanted = {
        sh("NodeShape"),
        sh("PropertyShape"),
        sh("SPARQLConstraint"),
        NamedNode(SHAPE + "Check"),
        NamedNode(SHAPE + "Rule"),
    }
    names = {
        triple.subject.value.removeprefix(SHAPE)
        for document in edition.rules
        for triple in document.triples
        if triple.predicate == TYPE and triple.object in wanted and isinstance(triple.subject, NamedNode)
    }
    assert len(names) > 500
    assert names <= set(read["fr/shape.html"].ids)
    assert read["fr/shape.html"].ids == read["en/shape.html"].ids


def test_every_question_has_a_page_with_the_rows_of_its_answer(
    site: Mapping[str, bytes], read: Mapping[str, Document], asked: Asked
) -> None:
    assert len(asked.catalogue.questions) > 80
    for question in asked.catalogue.questions:
        for language in LANGUAGES:
            answer = asked.answer(question, language)
            assert not isinstance(answer, AccordsError), question.name
            page = read[f"{language}/questions/{question.name}.html"]
            table = answer_data.as_csv(answer).encode()
            assert site[f"questions/{question.name}.{language}.csv"] == table
            rows = len(page.all("tr")) - 1
            assert rows == min(len(answer.table), MOST) or (rows == -1 and not len(answer.table)), (
                question.name
            )
        assert site[f"questions/{question.name}.rq"].decode() == question.text


@pytest.mark.parametrize("name", ["actors/agreements-by-actor", "time/timeline"])
def test_the_table_of_a_question_is_what_accords_ask_prints(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], site: Mapping[str, bytes]
) -> None:
    accords = Caller(invented(tmp_path / "project"), capsys)
    for language in LANGUAGES:
        done = accords("ask", name, "--format", "csv", lang=language)
        assert done.out.encode() == site[f"questions/{name}.{language}.csv"]


def test_matrices_and_requirements_are_those_of_the_commands(
    read: Mapping[str, Document], site: Mapping[str, bytes]
) -> None:
    where = querying.Local(PROJECT)
    choice = matrix.Choice("territory,theme", relations=frozenset(matrix.RELATIONS))
    held = matrix.matrix(where, PROJECT, choice, "fr", None)
    assert site["coverage/territory-by-theme.fr.csv"].decode() == matrix_render.as_csv(held)
    page = read["fr/coverage/territory-by-theme.html"]
    signs = {
        matrix_render.sign_of(held.cell(row, column)) for row in held.filled_rows for column in held.columns
    }
    assert len(signs) > 1
    cells = sum(1 for one in page.all("td")) - 1  # the corner
    assert cells == len(held.filled_rows) * len(held.columns)
    verdicts = requirements.verdicts(where, PROJECT, "fr")
    assert verdicts
    assert f"{len(verdicts)} exigence" in read["fr/coverage/index.html"].words
    assert "0" not in [words for words, _ in read["fr/coverage/index.html"].said]  # not recorded is never 0


def test_the_ledger_shows_each_declared_number_and_its_gap(read: Mapping[str, Document]) -> None:
    entries = ledger.entries(querying.Local(PROJECT), PROJECT, "fr")
    page = read["fr/ledger.html"]
    assert len(page.all("tr")) == len(entries) + 1 > 3
    words = [said.strip() for said, _ in page.said]
    for one in entries:
        assert one.about_label in words
        for cell in ledger_render.numbers_of(one, "fr")[1:]:
            assert not cell or cell in words


def test_the_network_is_what_accords_network_measures(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    site: Mapping[str, bytes],
    read: Mapping[str, Document],
) -> None:
    accords = Caller(invented(tmp_path / "project"), capsys)
    asked = ("network", "--by", "agreements,committees")
    for form, name in (("nodes-csv", "nodes.en.csv"), ("edges-csv", "edges.csv")):
        done = accords(*asked, "--format", form, lang="en")
        assert done.out.encode() == site[f"network/agreements-committees.{name}"]
        merged = accords(*asked, "--roll-up", "--succession", "--format", form, lang="en")
        assert merged.out.encode() == site[f"network/agreements-committees-joined.{name}"]
        assert merged.out != done.out
    assert 'href="network/agreements-committees-joined.html"' in site["en/network.html"].decode()
    rows = site["network/agreements-committees.nodes.en.csv"].decode().splitlines()
    links = site["network/agreements-committees.edges.csv"].decode().splitlines()
    assert len(read["en/network.html"].all("tr")) == len(rows) + len(links)
    assert b"<svg" in site["en/network.html"]


def test_the_timeline_has_a_row_a_fact_and_dates_that_stay_whole(
    read: Mapping[str, Document], asked: Asked
) -> None:
    answer = asked.answer(asked.catalogue.find("time/timeline"), "fr")
    assert not isinstance(answer, AccordsError)
    page = read["fr/timeline.html"]
    assert len(page.all("tr")) == len(answer.table) + 1
    dated = re.findall(r'<span class="short">\d{4}-\d{2}-\d{2}</span>', page.text)
    assert len(dated) >= 3
    assert not re.findall(r"<td>\d{4}-\d{2}-\d{2}", page.text)
    assert "<svg" in page.text


def test_the_page_about_the_graph_counts_what_there_is(
    edition: Edition, read: Mapping[str, Document]
) -> None:
    page = read["en/about.html"]
    excerpts = len(edition.facts.subjects(ae("Excerpt"), TYPE))
    claims = len(edition.facts.subjects(ae("Claim"), TYPE))
    total = len({triple for document in edition.knowledge.documents for triple in document.triples})
    assert f"Statements: {total:,}; excerpts cited: {excerpts:,}; claims: {claims:,}." in page.words
    absent = sum(1 for _, held in edition.facts.records() if ae("absenceReason") in held)
    assert absent
    told = re.findall(r"absence-reason/[\w-]+\.html[^>]*>[^<]+</a>: ([\d,]+)", page.text)
    assert sum(map(int, told)) == absent
    entries = ledger.entries(querying.Local(PROJECT), PROJECT, "en")
    gaps = sum(1 for one in entries if one.gap not in {None, 0})
    assert f"differ from what is recorded: {gaps} of {len(entries)}" in page.words
    verdicts = requirements.verdicts(querying.Local(PROJECT), PROJECT, "en")
    unmet = sum(1 for one in verdicts if one.status == "not-recorded")
    assert f"that nothing recorded covers: {unmet} of {len(verdicts)}" in page.words
    assert "not registered yet" in page.words


def test_every_source_document_has_its_row_and_says_what_is_not_stated(
    edition: Edition, read: Mapping[str, Document]
) -> None:
    documents_ = edition.facts.subjects(ae("SourceDocument"), TYPE)
    page = read["fr/licence.html"]
    assert len(page.all("tr")) == len(documents_) + 1 > 3
    assert {"non indiqué", "inconnus"} <= {words.strip() for words, _ in page.said}


def test_no_page_leads_to_our_own_addresses_which_lead_nowhere_yet(read: Mapping[str, Document]) -> None:
    links = [(path, link) for path, page in read.items() for one, link in page.links() if one.tag == "a"]
    assert any(link.startswith("https://") for _, link in links)
    assert {(path, link) for path, link in links if link.startswith(BASE) or link == "None"} == set()


def test_downloads_name_the_files_that_stand_beside_with_their_sizes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    accords = Caller(invented(tmp_path / "project"), capsys)
    out = tmp_path / "out"
    assert (
        accords("export", "--to", str(out), "--format", "site", "--format", "nt", "--date", "2024-02-29").code
        == 0
    )
    page = Document((out / "en" / "downloads.html").read_text(encoding="utf-8"))
    size = (out / "accords.nt").stat().st_size
    assert f"{size / 1e6:.1f} MB" in page.words if size >= 1e6 else f"{size / 1e3:.0f} kB" in page.words
    links = [link for _, link in page.links()]
    assert {"../accords.nt", "../manifest.json"} <= set(links)
    assert "exported alone" not in page.words
    assert 'parse("accords.nt")' in page.words
    assert (out / "manifest.json").is_file()


def test_a_site_made_alone_says_that_the_files_are_not_beside(read: Mapping[str, Document]) -> None:
    page = read["en/downloads.html"]
    assert "exported alone" in page.words
    assert "N-Quads" in page.words
    assert "../manifest.json" not in {link for _, link in page.links()}


def test_an_export_says_that_it_is_no_release_and_a_release_shows_its_notes(edition: Edition) -> None:
    plain = written(one for one in pages(edition) if one.path == "en/release.html")[
        "en/release.html"
    ].decode()
    assert "not those of a release" in plain
    notes = "# Notes\n\n- <script>alert(1)</script>\n- [x](javascript:alert(2))\n- [y](https://good.example/)\n- a\u202eb\n"
    beside = Beside((), Words(notes, notes))
    made = pages(Edition(PROJECT, DAY, "1.2.3"), beside)
    held = written(one for one in made if one.path == "en/release.html")["en/release.html"].decode()
    page = Document(held)
    assert page.faults == []
    assert "not those of a release" not in held
    assert "1.2.3" in page.words
    assert "<h2>Notes</h2>" in held
    assert "<script>alert" not in held
    assert {link for _, link in page.links() if "javascript" in link or "good.example" in link} == {
        "https://good.example/"
    }
    assert "\u202e" not in held


def test_a_term_that_is_retired_names_what_replaces_it(hostile: Mapping[str, bytes]) -> None:
    page = Document(hostile["en/def/oldName.html"].decode())
    assert "Deprecated ; replaced by has party" in page.words.replace("Deprecated;", "Deprecated ;")
    assert "Use the other one." in page.words
    assert "../def/hasParty.html" in {link for _, link in page.links()}
    assert "Deprecated." in Document(hostile["en/def.html"].decode()).words


def test_nothing_hostile_in_terms_rules_and_questions_comes_to_life(hostile: Mapping[str, bytes]) -> None:
    read = documents(hostile)
    assert {"fr/def/Evil.html", "fr/shape/ZZ-01.html", "fr/questions/actors/evil.html"} <= set(read)
    for path, page in read.items():
        assert page.faults == [], path
        assert not re.search(r"<script>alert|<img src=x|<b>why", page.text), path
        assert "\u202e" not in page.text, path
        for one, link in page.links():
            assert (
                urlsplit(link).scheme in {"", "http", "https", "mailto"}
                or one.attributes.get("rel") == "describes"
            ), path
        assert not [name for one in page.elements for name in one.attributes if name.startswith("on")], path
    assert "<script>alert(7)</script>" in read["fr/shape/ZZ-01.html"].words
    assert "<script>alert(8)</script>" in read["fr/def/Evil.html"].words
    assert broken(hostile, read) == []


def test_an_empty_project_has_pages_that_say_so(tmp_path: Path) -> None:
    root = invented(tmp_path / "project")
    for folder in (root / "data").iterdir():
        if folder.is_dir():
            shutil.rmtree(folder)
    for path in (root / "queries").rglob("*.rq"):
        path.unlink()
    held = written(pages(Edition(Project(root), DAY)))
    read = documents(held)
    assert broken(held, read) == []
    assert "No dated fact is recorded." in read["en/timeline.html"].words
    assert "No declared number is recorded." in read["en/ledger.html"].words
    assert "No recorded link between two actors." in read["en/network.html"].words


def test_what_does_not_fit_on_a_page_is_cut_and_said(
    monkeypatch: pytest.MonkeyPatch, edition: Edition
) -> None:
    for name, value in (
        ("questions.MOST", 2),
        ("overviews.MOST", 2),
        ("network.ROWS", 2),
        ("coverage.VERDICTS", 2),
        ("attribution.LONGEST", 2),
        ("coverage.ROWS", 2),
    ):
        monkeypatch.setattr(f"accords.site.{name}", value)
    held = written(pages(edition))
    read = documents(held)
    assert broken(held, read) == []
    assert "The first 2 of" in read["en/timeline.html"].words
    assert "The first 2 of" in read["en/network.html"].words
    assert "The first 2 of" in read["en/coverage/index.html"].words
    assert "The first 2 rows of" in read["en/questions/time/timeline.html"].words
    assert "en/licence~2.html" in held
    assert held["questions/time/timeline.en.csv"].count(b"\n") > 3
