"""What the page of an agreement tells at once, and what records without a name are called."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from accords.inspection import inspect
from accords.language import Words
from accords.project import Project
from accords.publishing.edition import Edition
from accords.site import contents, tilemap
from accords.site.frame import pages
from accords.vocab import RECORD
from calling import invented
from laying import PROJECT, ROOT
from webpages import Document, written

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

DAY = date(2024, 2, 29)
PAGE = "fr/id/agreement/wld-convention-2023.html"
MANDATE = "fr/id/membership/wld-estuaire-office.html"


def page(edition: Edition, path: str) -> Document:
    made = written(one for one in pages(edition) if one.path == path)
    return Document(made[path].decode())


def section(text: str, title: str) -> str:
    """Return the words between a heading and the next one."""
    return re.split(r"<h2", text.partition(f"<h2>{title}</h2>")[2])[0]


def test_the_page_of_an_agreement_tells_who_signed_and_each_commitment_under_its_axis() -> None:
    edition = Edition(PROJECT, DAY)
    facts = edition.facts
    shown = page(edition, PAGE).text
    parts = contents.contents(facts, NamedNode(RECORD + "agreement/wld-convention-2023"))
    assert {part.title.fr for part in parts} >= {"Signature et autres événements", "Axes et engagements"}
    for part in parts:
        held = section(shown, part.title.fr)
        for thing, below in part.tree:
            names = [thing.label, *(one.label for one, _ in below)]
            places = [held.index(name.fr.replace("'", "&#39;")) for name in names if name]
            assert places == sorted(places)
    assert any(below for part in parts for _, below in part.tree)


def test_what_others_would_be_to_a_record_is_named_from_its_side(tmp_path: Path) -> None:
    root = invented(tmp_path / "project")
    (root / "data" / "agreements" / "claim.ttl").write_text(
        """@prefix ae: <https://w3id.org/accords-emploi/def#> .
        @prefix agr: <https://w3id.org/accords-emploi/id/agreement/> .
        @prefix clm: <https://w3id.org/accords-emploi/id/claim/> .
        clm:wld-unlisted a ae:Claim ; ae:claimAbout agr:wld-golden ; ae:claimProperty ae:underAxis ;
          ae:absenceReason <https://w3id.org/accords-emploi/concept/absence-reason/not-stated> .""",
        encoding="utf-8",
    )
    edition = Edition(Project(root), DAY)
    record = inspect(edition.facts, edition.forms, NamedNode(RECORD + "agreement/wld-golden"))
    spoken = {claim.thing.curie: claim.about for claim in record.claims}
    assert spoken["clm:wld-unlisted"] == Words("Engagements", "Commitments")
    assert "Parties" in {words.fr for words in spoken.values()}  # its own properties keep their names


def test_only_agreements_have_contents() -> None:
    facts = Edition(PROJECT, DAY).facts
    assert contents.contents(facts, NamedNode(RECORD + "actor/wld-office")) == []


def test_long_contents_are_cut_and_say_how_many_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = Edition(PROJECT, DAY).facts
    term = NamedNode(RECORD + "agreement/wld-convention-2023")
    whole = contents.contents(facts, term)
    monkeypatch.setattr(contents, "MANY", 1)
    for part, cut in zip(whole, contents.contents(facts, term), strict=True):
        held = len(part.tree) + sum(len(below) for _, below in part.tree)
        assert len(cut.tree) + sum(len(below) for _, below in cut.tree) + cut.left == held
        assert len(cut.tree) == 1


def test_a_withdrawn_commitment_is_no_content(tmp_path: Path) -> None:
    root = invented(tmp_path / "project")
    axis = root / "data" / "agreements" / "wld-withdrawn-axis.ttl"
    axis.write_text(
        "@prefix ae: <https://w3id.org/accords-emploi/def#> .\n"
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        f"<{RECORD}axis/wld-gone> a ae:Axis ; skos:prefLabel 'Axe parti'@fr ; owl:deprecated true ;\n"
        f"  ae:axisOf <{RECORD}agreement/wld-convention-2023> .\n",
        encoding="utf-8",
    )
    facts = Edition(Project(root), DAY).facts
    told = contents.contents(facts, NamedNode(RECORD + "agreement/wld-convention-2023"))
    names = {thing.label.fr for part in told for thing, _ in part.tree if thing.label}
    assert names
    assert "Axe parti" not in names


def test_a_mandate_is_called_after_who_holds_what_and_where() -> None:
    shown = page(Edition(PROJECT, DAY), MANDATE)
    assert "<h1>Doriane Estuaire, directeur général d&#39;opérateur, " in shown.text


def test_a_note_that_names_another_question_leads_to_it_by_its_title() -> None:
    shown = page(Edition(PROJECT, DAY), "fr/questions/governance/co-chairs.html")
    assert (
        '<a href="../../questions/actors/roles-on-a-day.html">Rôles d&#39;une personne un jour donné</a>'
        in shown.text
    )
    assert "question CQ18" in shown.words


def test_one_entry_of_the_navigation_is_the_place_where_one_is() -> None:
    edition = Edition(PROJECT, DAY)
    for path, name in (
        ("fr/list/agreement/index.html", "Accords"),
        ("fr/list/axis/index.html", "Toutes les listes"),
        ("fr/questions/governance/co-chairs.html", "Questions"),
    ):
        head = page(edition, path).text.partition("<main")[0]
        assert re.findall(r'<a [^>]*aria-current="(?:page|true)"[^>]*>([^<]*)', head) == [name]


def test_a_table_beside_the_map_does_not_give_a_place_the_agreements_of_what_is_around_it() -> None:
    edition = Edition(Project(ROOT), DAY)
    words = page(edition, "fr/map.html").words
    for one in tilemap.maps(edition.facts):
        own = sum(1 for place in one.territories if place.own)
        others = sum(1 for place in one.territories if place.count and not place.own)
        assert f"{own} avec un accord du territoire même, {others} avec seulement celui" in words
    assert any(place.around and not place.own for place in one.territories)
