"""The website: every IRI has its pages, every link leads somewhere, nothing hostile comes to life."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Literal, NamedNode, RdfFormat, parse

from accords import site as package
from accords.inspection import inspect
from accords.language import LANGUAGES, Words
from accords.project import Project
from accords.publishing.edition import Edition
from accords.site.addresses import path_of, relative
from accords.site.frame import pages
from accords.site.page import Page, Section, Site, View
from accords.site.records import published
from accords.site.sections import SECTIONS
from accords.vocab import BASE, CONCEPT, FOAF, ORG, RECORD, ae
from calling import Caller, invented
from laying import PROJECT, ROOT
from webpages import Document, broken, documents, internal, target, written

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY = date(2024, 2, 29)
NAMED = {"describes", "license", "type"}  # links that name, and fetch nothing
EVIL = "id/actor/evil"  # what is in small letters keeps its name
LARGEST = 100_000  # bytes of a page, pictures left out
HOSTILE = """
@prefix ae: <https://w3id.org/accords-emploi/def#> .
@prefix act: <https://w3id.org/accords-emploi/id/actor/> .
@prefix agr: <https://w3id.org/accords-emploi/id/agreement/> .
@prefix exc: <https://w3id.org/accords-emploi/id/excerpt/> .
@prefix src: <https://w3id.org/accords-emploi/id/source/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

act:evil a ae:Actor , <javascript:alert(0)> ;
  skos:prefLabel "<script>alert(1)</script><img src=x onerror=alert(2)>"@fr , "\\" onmouseover=\\"alert(3)"@en ;
  skos:altLabel "=HYPERLINK(\\"https://evil.example\\")" , "right\\u202Eleft" , "nul\\u0007" , "]]>--></title>"@x-evil , "nom"@fr-FR-x-Bar ;
  foaf:homepage <javascript:alert(4)> , <data:text/html,%3Cscript%3E> , <https://good.example/?a=1&b='2'> ;
  ae:siren "javascript:alert(5)"^^xsd:anyURI ;
  ae:supportedBy exc:evil .
<https://w3id.org/accords-emploi/id/actor/../../../evil> a ae:Actor ; skos:prefLabel "dots"@fr .
<https://w3id.org/accords-emploi/id/actor/a%2Fb?c='d'#e> a ae:Actor ; skos:prefLabel "escapes"@fr .
<https://w3id.org/accords-emploi/id/actor/EVIL> a ae:Actor ; skos:prefLabel "upper"@fr .
<https://w3id.org/accords-emploi/id/actor/index> a ae:Actor ; skos:prefLabel "index"@fr .
<https://w3id.org/accords-emploi/id/> a ae:Actor .
<https://w3id.org/accords-emploi/id/actor/~> skos:broader act:evil .
exc:evil a ae:Excerpt ; ae:quote "</q><script>alert(6)</script>"@fr ; ae:excerptOf src:evil .
src:evil a ae:SourceDocument ; dcterms:title "<b>t</b>"@fr ; foaf:page <javascript:alert(7)> .
agr:evil a ae:Agreement ; skos:prefLabel "</script><script>alert(8)</script>"@en ;
  ae:coversTerritory <javascript:alert(9)> ; ae:startDate "2023-02-30"^^xsd:date , "2024<b>"^^xsd:gYear .
"""


def built(edition: Edition) -> dict[str, bytes]:
    return written(pages(edition))


@pytest.fixture(scope="module")
def site() -> dict[str, bytes]:
    return built(Edition(PROJECT, DAY))


@pytest.fixture(scope="module")
def read(site: dict[str, bytes]) -> dict[str, Document]:
    return documents(site)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    root = invented(tmp_path_factory.mktemp("hostile") / "project")
    (root / "data" / "actors" / "evil.ttl").write_text(HOSTILE, encoding="utf-8")
    return built(Edition(Project(root), DAY))


def test_every_published_iri_has_its_page_in_both_languages(site: Mapping[str, bytes]) -> None:
    facts = Edition(PROJECT, DAY).facts
    iris = [
        subject.value
        for subject in facts.by_subject
        if isinstance(subject, NamedNode) and subject.value.startswith((RECORD, CONCEPT))
    ]
    assert len(iris) > 300
    for iri in iris:
        place = path_of(iri)
        for language in LANGUAGES:
            held = site[f"{language}/{place}.html"].decode()
            assert iri in held
        assert {f"{place}.ttl", f"{place}.jsonld", f"{place}.csv"} <= set(site)


VIEWS = (
    "index", "search", "map", "timeline", "ledger", "network", "concepts", "lists", "coverage/index", "questions/index",
    "downloads", "release", "licence", "about", "def", "shape",
)  # fmt: skip


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_of_the_whole_is_there_and_led_to_from_other_pages(
    site: Mapping[str, bytes], read: Mapping[str, Document], name: str
) -> None:
    for language in LANGUAGES:
        place = f"{language}/{name}.html"
        assert place in site
        others = {
            path: page for path, page in read.items() if path.startswith(f"{language}/") and path != place
        }
        assert any(relative(path, place) == link for path, page in others.items() for _, link in page.links())


def test_every_link_and_every_anchor_leads_somewhere(
    site: Mapping[str, bytes], read: Mapping[str, Document]
) -> None:
    assert broken(site, read) == []


def test_every_page_closes_what_it_opens_and_names_each_place_once(read: Mapping[str, Document]) -> None:
    for path, document in read.items():
        assert document.faults == [], path
        assert len(document.ids) == len(set(document.ids)), path


def test_every_page_says_its_language_and_links_to_the_other(read: Mapping[str, Document]) -> None:
    for path, document in read.items():
        language, _, rest = path.partition("/")
        if not rest:
            continue
        assert document.all("html")[0].attributes["lang"] == language
        others = {one.attributes["hreflang"]: target(path, one.attributes["href"])[0] for one in document.all("a") if "hreflang" in one.attributes}  # fmt: skip
        other = "en" if language == "fr" else "fr"
        assert others[other] == f"{other}/{rest}"


def test_no_page_asks_another_host_for_anything(read: Mapping[str, Document]) -> None:
    for path, document in read.items():
        for element, link in document.links():
            if element.tag != "a" and element.attributes.get("rel") not in NAMED:
                assert internal(link), (path, element)
        assert "@import" not in document.text
        assert not re.search(r"url\((?!#)", document.text), path


def test_no_file_that_pages_load_names_another_host(site: Mapping[str, bytes]) -> None:
    for name in ("style.css", "site.js", "search.js", "records.js"):
        assert b"://" not in site[f"site/{name}"].replace(b"http://www.w3.org/2000/svg", b"")


def test_no_page_is_heavy(site: Mapping[str, bytes]) -> None:
    for path, held in site.items():
        if path.endswith(".html"):
            assert len(re.sub(rb"<svg.*?</svg>", b"", held, flags=re.DOTALL)) < LARGEST, path


def test_a_text_of_another_language_says_so(read: Mapping[str, Document]) -> None:
    facts = Edition(PROJECT, DAY).facts
    checked = 0
    for subject, held in facts.records():
        assert isinstance(subject, NamedNode)
        texts = [one for values in held.values() for one in values if isinstance(one, Literal)]
        elsewhere = {one.value for one in texts if one.language in {"en", None}}
        page = read[f"en/{path_of(subject.value)}.html"]
        said = {data.strip(): language for data, language in page.said}
        for text in texts:
            if text.language == "fr" and text.value in said and text.value not in elsewhere:
                assert said[text.value] == "fr", (subject, text)
                checked += 1
    assert checked > 50


def test_a_page_tells_what_show_tells(read: Mapping[str, Document]) -> None:
    edition = Edition(PROJECT, DAY)
    whole = Site(edition, SECTIONS)
    term = next(one for one in published(whole) if one.value.endswith("agreement/wld-convention-2023"))
    record = inspect(edition.facts, edition.forms, term)
    path = f"en/{path_of(term.value)}.html"
    document = read[path]
    links = {target(path, link)[0] for _, link in document.links() if internal(link)}
    for shown in record.properties:
        assert shown.name.en.lower() in document.words.lower()
    for claim in record.claims:
        assert claim.thing.curie in document.words
    for link in record.links:
        for thing in link.things:
            assert thing.iri is not None
            assert f"en/{path_of(thing.iri)}.html" in links
    for excerpt in record.excerpts:
        assert excerpt.quote in document.words


def _iri(term: object) -> str:
    return str(term).strip("<>")


def test_a_mandate_is_called_by_its_holder_and_its_role(site: Mapping[str, bytes]) -> None:
    facts = Edition(PROJECT, DAY).facts
    mandates = [term for term, held in facts.records() if NamedNode(ORG + "member") in held]
    assert len(mandates) > 2
    for term in mandates:
        label = facts.thing(term).label
        holder = facts.things(term, NamedNode(ORG + "member"))[0].label
        role = facts.things(term, NamedNode(ORG + "role"))[0].label
        there = facts.things(term, NamedNode(ORG + "organization"))[0].label
        assert label is not None
        assert holder is not None
        assert role is not None
        assert there is not None
        assert label == Words(f"{holder.fr}, {role.fr}, {there.fr}", f"{holder.en}, {role.en}, {there.en}")
        assert f"<title>{label.en}" in site[f"en/{path_of(_iri(term))}.html"].decode()


def test_a_source_says_that_its_address_is_not_recorded_when_it_is_not(site: Mapping[str, bytes]) -> None:
    facts = Edition(PROJECT, DAY).facts
    sources = {source for term, _ in facts.records() for source in facts.values(term, ae("excerptOf"))}
    said = {
        "address of this text is not recorded" in site[f"en/{path_of(_iri(source))}.html"].decode(): bool(
            facts.values(source, NamedNode(FOAF + "page"))
        )
        for source in sources
    }
    assert said == {True: False, False: True}


def test_a_page_marks_one_place_of_its_navigation(read: Mapping[str, Document]) -> None:
    places = {entry.path for section in SECTIONS for entry in section.entries if entry.place == "head"}
    marked = {}
    for path, document in read.items():
        held = {one.attributes["href"] for one in document.all("a") if one.attributes.get("aria-current")}
        found = {target(path, link)[0].partition("/")[2] for link in held} & places
        assert len(found) <= 1, path
        marked[path] = next(iter(found), "")
    assert marked["fr/list/agreement/index.html"] == "list/agreement/index.html"
    assert marked["fr/id/agreement/wld-golden.html"] == "list/agreement/index.html"
    assert marked["fr/concepts.html"] == "concepts.html"


def test_marks_of_french_stay_on_the_line_of_their_words(site: Mapping[str, bytes]) -> None:
    for path, held in site.items():
        if path.startswith("fr/id/") and path.endswith(".html"):
            assert "« <q" not in held.decode(), path
    assert "«\N{NO-BREAK SPACE}<q" in site["fr/id/agreement/wld-tripartite-2023.html"].decode()


def test_an_excerpt_leads_to_its_passage(read: Mapping[str, Document]) -> None:
    links = [link for document in read.values() for _, link in document.links() if "#:~:text=" in link]
    assert links
    assert all(urlsplit(link).scheme in {"http", "https"} for link in links)


def test_nothing_hostile_comes_to_life(hostile: dict[str, bytes]) -> None:
    read = documents(hostile)
    assert broken(hostile, read) == []
    for path, document in read.items():
        assert document.faults == [], path
        for element in document.elements:
            assert not [name for name in element.attributes if name.startswith("on")], (path, element)
        for element, link in document.links():
            allowed = {"", "http", "https", "mailto"}
            if element.attributes.get("rel") not in NAMED:
                assert urlsplit(link).scheme in allowed, (path, element)
        scripts = [one for one in document.all("script") if "src" not in one.attributes]
        assert {one.attributes.get("type") for one in scripts} <= {"application/ld+json"}
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u0007]", document.text), path


def test_what_is_hostile_is_shown(hostile: dict[str, bytes]) -> None:
    french = Document(hostile[f"fr/{EVIL}.html"].decode())
    assert "<script>alert(1)</script><img src=x onerror=alert(2)>" in french.words
    assert "right\\u202eleft" in french.words
    assert "javascript:alert(4)" in french.words
    assert "https://good.example/?a=1&b='2'" in [link for _, link in french.links()]


def test_no_name_leaves_its_folder_and_none_hides_another(hostile: dict[str, bytes]) -> None:
    paths = list(hostile)
    assert not [path for path in paths if ".." in path.split("/") or path.startswith("/")]
    assert all(re.fullmatch(r"[A-Za-z0-9_.~/-]+", path) for path in paths)
    assert len({path.casefold() for path in paths}) == len(paths)
    assert {"fr/id/actor/EVIL~2.html", f"fr/{EVIL}.html", "fr/id/actor/index~.html"} <= set(paths)


def test_no_cell_of_a_table_is_a_formula(hostile: dict[str, bytes]) -> None:
    held = hostile[f"{EVIL}.csv"].decode()
    assert "'=HYPERLINK" in held
    assert not re.search(r'(^|,|")=', held.replace("'=", ""), re.MULTILINE)


def test_language_tags_keep_their_capitals_in_the_files_of_a_record(hostile: dict[str, bytes]) -> None:
    for ending in ("ttl", "jsonld", "csv"):
        assert b"fr-FR-x-Bar" in hostile[f"{EVIL}.{ending}"], ending


def test_the_files_of_a_record_hold_the_same(site: Mapping[str, bytes]) -> None:
    place = "id/agreement/wld-convention-2023"
    held = {
        form: Dataset(parse(site[f"{place}.{ending}"], format=form))
        for ending, form in (("ttl", RdfFormat.TURTLE), ("jsonld", RdfFormat.JSON_LD))
    }
    for one in held.values():
        one.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    assert len(held[RdfFormat.TURTLE]) > 15
    assert set(map(str, held[RdfFormat.TURTLE])) == set(map(str, held[RdfFormat.JSON_LD]))


def test_the_embedded_description_reads(read: Mapping[str, Document]) -> None:
    held = read["fr/id/agreement/wld-convention-2023.html"].text
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', held)
    said = json.loads(found)
    assert said["@id"] == BASE + "id/agreement/wld-convention-2023"
    assert "ae:Agreement" in said["@type"]


def test_the_same_input_gives_the_same_bytes_wherever_it_is(tmp_path: Path) -> None:
    digests = set()
    for name, seed, zone in (("one", "1", "UTC"), ("two", "2", "Pacific/Auckland")):
        root = invented(tmp_path / name / "deep" / "project")
        script = (
            "import sys, hashlib; from pathlib import Path; from datetime import date\n"
            "from accords.project import Project; from accords.publishing.edition import Edition\n"
            "from accords.site.frame import pages; from webpages import written\n"
            "held = written(pages(Edition(Project(Path(sys.argv[1])), date(2024, 2, 29))))\n"
            "print(hashlib.sha256(repr(sorted(held.items())).encode()).hexdigest())\n"
        )
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT / "tests")}
        done = subprocess.run(
            [sys.executable, "-c", script, str(root)],
            capture_output=True, text=True, check=True, env=environment, timeout=200,
        )  # fmt: skip
        digests.add(done.stdout)
    assert len(digests) == 1


def test_a_site_whose_address_is_known_has_a_map_of_its_pages() -> None:
    site = built(Edition(PROJECT, DAY, address="https://e.example/base/"))
    held = ET.fromstring(site["sitemap.xml"])  # noqa: S314  # our own
    spot = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
    listed = [one.text or "" for one in held.iter(spot)]
    assert len(listed) == len(set(listed))
    assert {one.removeprefix("https://e.example/base/") for one in listed} <= set(site)
    page = Document(site["fr/index.html"].decode())
    canonical = [one.attributes["href"] for one in page.all("link") if one.attributes["rel"] == "canonical"]
    assert canonical == ["https://e.example/base/fr/index.html"]
    lost = Document(site["404.html"].decode())
    assert all(link.startswith("/base/") for _, link in lost.links())


def test_a_site_without_an_address_names_none(
    site: Mapping[str, bytes], read: Mapping[str, Document]
) -> None:
    assert "sitemap.xml" not in site
    assert not [one for document in read.values() for one in document.all("link") if one.attributes["rel"] == "canonical"]  # fmt: skip


def test_the_feed_reads_and_tells_of_the_edition(site: Mapping[str, bytes]) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    for language in LANGUAGES:
        held = ET.fromstring(site[f"{language}/feed.xml"])  # noqa: S314  # our own
        assert held.findtext(f"{atom}updated") == "2024-02-29T00:00:00Z"
        assert len(held.findall(f"{atom}entry")) == 1


def test_lists_hold_every_record_of_their_kind_and_facets_those_that_have_the_value(
    read: Mapping[str, Document],
) -> None:
    edition = Edition(PROJECT, DAY)
    agreements = {subject.value for subject, _ in edition.facts.records() if "/id/agreement/" in str(subject)}  # type: ignore[union-attr]  # named
    path = "fr/list/agreement/index.html"
    links = {target(path, link)[0] for _, link in read[path].links() if internal(link)}
    assert {f"fr/{path_of(iri)}.html" for iri in agreements} <= links
    chosen = [one for one in read if re.fullmatch(r"fr/list/agreement/territory/.*\.html", one)]
    assert len(chosen) > 2
    for one in chosen:
        assert len(read[one].all("li")) > 1


def test_further_pages_list_what_one_page_has_no_room_for(
    site: Mapping[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accords.site.records.MANY", 3)
    monkeypatch.setattr("accords.site.records.CLAIMS", 2)
    monkeypatch.setattr("accords.site.listing.LONGEST", 4)
    monkeypatch.setattr("accords.site.listing.CHIPS", 2)
    split = built(Edition(PROJECT, DAY))
    read = documents(split)
    assert broken(split, read) == []
    place = "fr/id/agreement/wld-convention-2023"
    further = [path for path in split if path.startswith(f"{place}~links-")]
    assert len(further) > 1
    whole = Document(site[f"{place}.html"].decode())
    wanted = {target(f"{place}.html", link)[0] for _, link in whole.links() if "/id/axis/" in link}
    found = {
        target(path, link)[0] for path in further for _, link in read[path].links() if "/id/axis/" in link
    }
    assert wanted
    assert wanted <= found
    assert "fr/list/territory/index~2.html" in split


def test_a_page_of_another_module_is_framed_linked_and_navigated() -> None:
    def told(view: View) -> dict[str, object]:
        return {"kinds": [], "link": view.of(BASE + "def#Agreement")}

    page = Page("def/Agreement.html", Words("Accord", "Agreement"), "lists.html", told)
    section = Section("terms", lambda _: [page], places=lambda _: [(BASE + "def#Agreement", "def/Agreement")])
    whole = Site(Edition(PROJECT, DAY), (*SECTIONS, section))
    assert View(whole, "en", page).of(BASE + "def#Agreement") == "../def/Agreement.html"


def test_the_search_finds_every_record_that_has_a_page_but_claims(site: Mapping[str, bytes]) -> None:
    held = site["site/records.js"].decode()
    rows = json.loads(held.removeprefix("window.accordsRecords = ").rstrip(";\n"))["rows"]
    ttl = {path.removesuffix(".ttl") for path in site if path.endswith(".ttl") and "id/claim/" not in path}
    terms = {path[3:].removesuffix(".html") for path in site if path.startswith("fr/def/")}
    assert {row[0] for row in rows} == ttl | terms


def test_vendored_files_are_what_their_list_says() -> None:
    folder = Path(package.__file__).parent / "vendored"
    said = (folder / "VENDORED").read_text(encoding="utf-8")
    found = dict(re.findall(r"^(\S+)\n(?:  .*\n)*?  sha256 ([0-9a-f]{64})$", said, re.MULTILINE))
    assert set(found) | {"VENDORED", "minisearch.LICENSE"} == {path.name for path in folder.iterdir()}
    for name, digest in found.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_export_writes_the_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    accords = Caller(invented(tmp_path / "project"), capsys)
    done = accords(
        "export", "--to", str(tmp_path / "out"), "--format", "site", "--address", "https://e.example"
    )
    assert done.code == 0
    assert re.search(r"fr/  [0-9\u202f]+ fichiers", done.out)
    assert (tmp_path / "out" / "fr" / "index.html").is_file()


@pytest.mark.parametrize(
    "wrong", ["e.example", "ftp://e.example", "https://", "https://e.example/?a", "https://e.example/<b>"]
)
def test_an_address_that_is_none_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: str
) -> None:
    accords = Caller(invented(tmp_path / "project"), capsys)
    done = accords("export", "--to", str(tmp_path / "out"), "--format", "nt", "--address", wrong)
    assert done.code == 2
    assert "https://" in done.err
    assert not (tmp_path / "out").exists()
