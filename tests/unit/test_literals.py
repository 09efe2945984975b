"""Lexical forms: what is refused, and the legal rarities that pass."""

from __future__ import annotations

import pytest

from accords.literals import expected, well_typed
from accords.vocab import XSD

GOOD = {
    "date": [
        "2023-06-01",
        "-0044-03-15",
        "12023-01-01",
        "2024-02-29",
        "2000-02-29",
        "2023-06-01+14:00",
        "2023-06-01Z",
    ],
    "gYear": ["2023", "-0001", "12023", "2023+02:00"],
    "gYearMonth": ["2023-12"],
    "dateTime": ["2023-06-01T24:00:00", "2023-06-01T10:00:00.5-05:00"],
    "integer": ["007", "-1", "9" * 5000],
    "int": ["2147483647", "-2147483648", "0000000000000000000000000000007"],
    "nonNegativeInteger": ["0", "-0", "17"],
    "positiveInteger": ["1", "+1", "001"],
    "boolean": ["true", "false", "1", "0"],
    "decimal": ["5.6", ".5", "5.", "-0"],
    "double": ["1e5", "INF", "NaN", "1.5"],
    "duration": ["P3Y", "P1Y2M3DT4H5M6.7S", "-P1D", "PT0S"],
    "anythingElse": ["whatever"],
}
BAD = {
    "date": [
        "2023-02-30",
        "2023-2-3",
        "23-06-01",
        "2023-13-01",
        "2023-06-31",
        "2023",
        "2023-06-01+15:00",
        "1900-02-29",
        " 2023-06-01",
    ],
    "gYear": ["23", "2023-01", "0", "02023", "2023 "],
    "gYearMonth": ["2023-13", "2023-00", "2023"],
    "dateTime": ["2023-06-01", "2023-06-01T25:00:00", "2023-06-01T24:00:01"],
    "integer": ["abc", "1.0", "", "1 000"],
    "int": ["2147483648", "-2147483649", "9" * 5000],
    "nonNegativeInteger": ["-1"],
    "positiveInteger": ["0", "-1"],
    "boolean": ["yes", "TRUE", "oui"],
    "decimal": ["5,6", "1e5", "."],
    "duration": ["P", "3Y", "P1YT", "P1S", "PT"],
}


@pytest.mark.parametrize(("datatype", "text"), [(d, t) for d, texts in GOOD.items() for t in texts])
def test_a_legal_form_passes(datatype: str, text: str) -> None:
    assert well_typed(text, XSD + datatype)


@pytest.mark.parametrize(("datatype", "text"), [(d, t) for d, texts in BAD.items() for t in texts])
def test_an_illegal_form_is_refused(datatype: str, text: str) -> None:
    assert not well_typed(text, XSD + datatype)


@pytest.mark.parametrize("datatype", BAD)
def test_every_refusal_says_what_to_type_in_both_languages(datatype: str) -> None:
    words = expected(XSD + datatype)
    assert words.fr
    assert words.en
