"""Durations are read as people write them, and what is none is left as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from accords.durations import lasting

if TYPE_CHECKING:
    from calling import Caller


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("3 ans", "P3Y"),
        ("Trois ans", "P3Y"),
        ("une année", "P1Y"),
        ("18 mois", "P18M"),
        ("2 ans et 6 mois", "P2Y6M"),
        ("two years and six months", "P2Y6M"),
        ("2 semaines et 3 jours", "P17D"),
        ("P3Y", "P3Y"),
    ],
)
def test_a_duration_is_read_as_people_write_it(typed: str, written: str) -> None:
    assert lasting(typed) == written


@pytest.mark.parametrize(
    "typed", ["", "ans", "3", "-3 ans", "1,5 an", "2.5 ans", "2-3 ans", "6 mois 2 ans", "0 jour"]
)
def test_what_is_no_duration_stays_as_it_is(typed: str) -> None:
    assert lasting(typed) == typed


def test_the_duration_of_an_agreement_may_be_typed_as_the_article_has_it(call: Caller) -> None:
    assert '"P3Y"^^xsd:duration' in call("new", "accord", "durée=trois ans", "--bare").out


def test_a_duration_that_cannot_be_read_is_refused_with_the_forms_that_can(call: Caller) -> None:
    refused = call("new", "accord", "durée=longtemps", "--bare")
    assert refused.code == 2
    assert "attendu : une durée comme 3 ans, 18 mois ou P3Y" in refused.err
