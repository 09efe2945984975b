"""Dates are read as people write them, and what may be two dates is never guessed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as some

from accords.dates import NoDate, dated

if TYPE_CHECKING:
    from accords.language import Language
    from calling import Caller

MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAYS = some.dates(min_value=dt.date(1000, 1, 1))


@pytest.mark.parametrize("reader", ["fr", "en"])
@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("2024-03-12", "2024-03-12"),
        ("12 mars 2024", "2024-03-12"),
        ("12 Mars 2024", "2024-03-12"),
        ("1er juin 2023", "2023-06-01"),
        ("1er août 2023", "2023-08-01"),
        ("1 aout 2023", "2023-08-01"),
        ("3 févr. 2024", "2024-02-03"),
        ("juin 2023", "2023-06"),
        ("mardi 12 mars 2024", "2024-03-12"),
        ("le mardi 12 mars 2024", "2024-03-12"),
        ("le 1er juin 2023", "2023-06-01"),
        ("Tuesday, March 12, 2024", "2024-03-12"),
        ("Tuesday the 12th March 2024", "2024-03-12"),
        ("mardi 1 janvier 0000", "0000-01-01"),
        ("mardi dernier", "mardi dernier"),
        ("mardi juin 2023", "mardi juin 2023"),
        ("2023", "2023"),
        ("05/2026", "2026-05"),
        ("March 12, 2024", "2024-03-12"),
        ("12 March 2024", "2024-03-12"),
        ("August 3rd, 2024", "2024-08-03"),
        ("Sept 2024", "2024-09"),
        ("25/03/2024", "2024-03-25"),
        ("03/03/2024", "2024-03-03"),
        ("12.03.2024", "2024-03-12"),
        ("hier", "hier"),
        ("Convention du 12 mars 2024", "Convention du 12 mars 2024"),
    ],
)
def test_a_date_is_read_as_people_write_it(typed: str, written: str, reader: Language) -> None:
    assert dated(typed, reader) == written


@given(DAYS)
def test_every_day_is_read_back_from_each_of_its_forms(day: dt.date) -> None:
    year = f"{day.year:04}"
    forms = [
        day.isoformat(),
        f"{day.day} {MONTHS[day.month - 1]} {year}",
        f"{day.day}/{day.month}/{year}",
        f"{ENGLISH[day.month - 1]} {day.day}, {year}",
    ]
    assert {dated(form) for form in forms} == {day.isoformat()}


@given(DAYS)
def test_to_a_reader_of_english_no_day_of_two_readings_is_guessed(day: dt.date) -> None:
    typed = f"{day.day:02}/{day.month:02}/{day.year}"
    if day.day > 12 or day.day == day.month:
        assert dated(typed, "en") == day.isoformat()
        return
    with pytest.raises(NoDate) as refused:
        dated(typed, "en")
    assert day.isoformat() in refused.value.expected.en
    assert f"{day.year}-{day.day:02}-{day.month:02}" in refused.value.expected.en


@pytest.mark.parametrize(
    ("typed", "reader", "said"),
    [
        ("30 février 2024", "fr", "février 2024 a 29 jours"),
        ("2026-02-30", "fr", "février 2026 a 28 jours"),
        ("2026-02-30", "en", "February 2026 has 28 days"),
        ("31/04/2024", "fr", "avril 2024 a 30 jours"),
        ("2026-13", "fr", "un mois de 1 à 12"),
        ("12/03/24", "fr", "une année à quatre chiffres"),
        ("03/25/2024", "fr", "le jour d'abord (25/03/2024)"),
        ("lundi 12 mars 2024", "fr", "2024-03-12 est un mardi"),
        ("Friday 31 June 2024", "en", "June 2024 has 30 days"),
        ("Friday 12 March 2024", "en", "2024-03-12 is a Tuesday"),
        ("45627", "fr", "le numéro qu'un tableur donne au 2024-12-01"),
        ("45627", "en", "the number that a spreadsheet gives to 2024-12-01"),
        ("20260512", "fr", "une année à quatre chiffres"),
        ("9" * 5000, "fr", "une année à quatre chiffres"),
    ],
)
def test_what_is_no_date_is_refused_with_what_would_be(typed: str, reader: Language, said: str) -> None:
    with pytest.raises(NoDate) as refused:
        dated(typed, reader)
    assert said in refused.value.expected.to(reader)


def test_the_field_is_named_with_what_it_takes(call: Caller) -> None:
    refused = call("new", "accord", "--set", "fin=45627")
    assert refused.code == 2
    assert "Date de fin : « 45627 » ne convient pas" in refused.err
    assert "écrire 2024-12-01" in refused.err
    both = call("new", "agreement", "--set", "end date=03/12/2024", lang="en")
    assert "2024-12-03 (3 December) or 2024-03-12 (12 March)" in both.err


def test_the_value_of_a_claim_is_a_date_when_it_looks_like_one(call: Caller) -> None:
    said = call("new", "assertion", "valeur=12 mars 2024", "--bare").out
    assert 'ae:claimValue "2024-03-12"^^xsd:date' in said
    assert 'ae:claimValue "45627"' in call("new", "assertion", "valeur=45627", "--bare").out
