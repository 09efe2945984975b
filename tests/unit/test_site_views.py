"""The pages of the whole: what they show is what the commands answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode

from accords import catalogue, querying
from accords.project import Project
from accords.publishing.edition import Edition
from accords.querying import Request
from accords.site import tilemap
from accords.site.tiles import TILES
from accords.vocab import CONCEPT, TYPE, ae
from laying import PROJECT, ROOT

if TYPE_CHECKING:
    from accords.site.tilemap import Covered
    from accords.things import Facts

DAY = date(2024, 2, 29)


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
