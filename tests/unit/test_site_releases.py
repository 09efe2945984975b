"""The feed and the page of the releases: all that are known, the newest first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from accords.language import Words
from accords.project import Project
from accords.publishing.edition import Edition
from accords.site.beside import Beside
from accords.site.feeds import feed
from accords.site.page import Site, View
from accords.site.release import SECTION as RELEASES
from accords.site.sections import SECTIONS
from accords.site.templating import rendered
from accords.vocab import BASE
from calling import invented
from webpages import Document

if TYPE_CHECKING:
    from accords.language import Language

DAY = date(2024, 2, 29)
PAST = f"""@prefix dcterms: <http://purl.org/dc/terms/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<{BASE}dataset/0.9.0> dcterms:issued "2023-01-02"^^xsd:date ; dcterms:description "a \u202e</summary>&"@fr , "b"@en .
<{BASE}dataset/0.10.0> dcterms:issued "2023-03-04"^^xsd:date ; dcterms:description "deux ajouts"@fr , "two added"@en .
<{BASE}dataset/0.1.0> dcterms:hasPart <{BASE}id/actor/wld-x> .
"""


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project that has been released three times, the first time nobody knows when."""
    folder = invented(tmp_path_factory.mktemp("after"))
    (folder / "ontology" / "released.ttl").write_text(PAST, encoding="utf-8")
    return Project(folder)


ATOM = "{http://www.w3.org/2005/Atom}"


def entries(feed: str) -> list[tuple[str, str, str, str]]:
    """Return the entries of a feed: identifier, day, link, sentence."""
    held = ET.fromstring(feed)  # noqa: S314  # our own
    assert held.findtext(f"{ATOM}updated") == held.findtext(f"{ATOM}entry/{ATOM}updated")
    return [
        (
            (one.findtext(f"{ATOM}id") or "").removeprefix(f"{BASE}dataset/"),
            (one.findtext(f"{ATOM}updated") or "").removesuffix("T00:00:00Z"),
            next(link.attrib["href"] for link in one.findall(f"{ATOM}link")),
            one.findtext(f"{ATOM}summary") or "",
        )
        for one in held.findall(f"{ATOM}entry")
    ]


def test_the_feed_tells_of_every_release_whose_day_is_known_the_newest_first(after: Project) -> None:
    edition = Edition(after, DAY, "0.11.0", "https://e.example/")
    site = Site(edition, SECTIONS, Beside(brought=Words("un ajout", "one added")))
    assert entries(feed(site, "en")) == [
        ("0.11.0", "2024-02-29", "https://e.example/en/release.html#version-0.11.0", "one added"),
        ("0.10.0", "2023-03-04", "https://e.example/en/release.html#version-0.10.0", "two added"),
        ("0.9.0", "2023-01-02", "https://e.example/en/release.html#version-0.9.0", "b"),
    ]
    french = entries(feed(site, "fr"))
    assert [one[0] for one in french] == ["0.11.0", "0.10.0", "0.9.0"]
    assert french[2][3] == "a \\u202e</summary>&"


def test_the_feed_of_an_export_tells_of_its_day_and_of_the_releases_before(after: Project) -> None:
    found = entries(feed(Site(Edition(after, DAY), SECTIONS), "fr"))
    assert [one[:3] for one in found] == [
        ("2024-02-29", "2024-02-29", "index.html"),
        ("0.10.0", "2023-03-04", "release.html#version-0.10.0"),
        ("0.9.0", "2023-01-02", "release.html#version-0.9.0"),
    ]


def test_a_release_made_again_is_told_once(after: Project) -> None:
    found = entries(feed(Site(Edition(after, DAY, "0.10.0"), SECTIONS), "fr"))
    assert [one[:2] for one in found] == [("0.10.0", "2024-02-29"), ("0.9.0", "2023-01-02")]


def test_the_page_of_a_release_lists_them_all_where_the_feed_leads(after: Project) -> None:
    site = Site(Edition(after, DAY, "0.11.0"), SECTIONS, Beside(brought=Words("un ajout", "one added")))
    (page,) = RELEASES.pages(site)
    said: dict[Language, str] = {"fr": "jour non enregistré", "en": "day not recorded"}
    for language, unknown in said.items():
        read = Document(rendered(View(site, language, page)))
        anchors = [one.attributes["id"] for one in read.all("dt") if one.attributes.get("id")]
        assert anchors == [f"version-{number}" for number in ("0.11.0", "0.10.0", "0.9.0", "0.1.0")]
        assert {one[2].partition("#")[2] for one in entries(feed(site, language))} < set(anchors)
        assert read.text.count(unknown) == 1
