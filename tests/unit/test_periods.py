"""Partial dates as periods: from the first day to the day after the last, as precise as they are written."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accords.errors import BadParameter
from accords.literals import well_typed
from accords.periods import period
from accords.vocab import XSD

DATATYPES = {"year": "gYear", "month": "gYearMonth", "day": "date"}


@pytest.mark.parametrize(
    ("text", "first", "after", "precision"),
    [
        ("2023", "2023-01-01", "2024-01-01", "year"),
        ("2023-06", "2023-06-01", "2023-07-01", "month"),
        ("2023-06-01", "2023-06-01", "2023-06-02", "day"),
        ("2023-12", "2023-12-01", "2024-01-01", "month"),
        ("2023-12-31", "2023-12-31", "2024-01-01", "day"),
        ("2024-02", "2024-02-01", "2024-03-01", "month"),
        ("2023-02", "2023-02-01", "2023-03-01", "month"),
        ("1900-02-28", "1900-02-28", "1900-03-01", "day"),
        ("2000-02-28", "2000-02-28", "2000-02-29", "day"),
        ("2000-02-29", "2000-02-29", "2000-03-01", "day"),
        ("0001", "0001-01-01", "0002-01-01", "year"),
        ("9998", "9998-01-01", "9999-01-01", "year"),
        ("2023Z", "2023-01-01", "2024-01-01", "year"),
        ("2023-06+02:00", "2023-06-01", "2023-07-01", "month"),
        ("2023-06-01-14:00", "2023-06-01", "2023-06-02", "day"),
    ],
)
def test_a_partial_date_stands_for_its_days_up_to_the_day_after_the_last(
    text: str, first: str, after: str, precision: str
) -> None:
    found = period(text)
    assert (found.first.isoformat(), found.after.isoformat(), found.precision) == (first, after, precision)


@pytest.mark.parametrize("text", ["9999", "9999-12", "9999-12-31"])
def test_the_last_day_of_the_calendar_has_days_but_no_day_after(text: str) -> None:
    found = period(text)
    assert found.last == date.max
    assert found.days.stop == date.max.toordinal() + 1
    with pytest.raises(OverflowError):
        _ = found.after


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "23", "2023-", "2023-6", "2023-00", "2023-13", "2023-99", "2023-06-00", "2023-06-31", "2023-02-29",
        "1900-02-29", "2023-6-1", "202306", "2023-06-01T00:00:00", "2023-06-01 ", " 2023", "2023\n", "0000", "0000-01",
        "-0044", "+2023", "12023", "10000-01-01", "२०२३", "２０２３", "2023-06-01+15:00", "2023-06-01z", "2023/06",
        "2023-06-01-02", "juin 2023", "--06-01",
    ],
)  # fmt: skip
def test_what_is_not_a_year_a_month_or_a_day_is_refused_with_what_would_do(text: str) -> None:
    with pytest.raises(BadParameter) as refused:
        period(text)
    assert refused.value.given == text
    assert "2023-06-01" in refused.value.message.fr
    assert "2023-06-01" in refused.value.message.en


@given(st.dates(max_value=date(9999, 11, 30)), st.sampled_from([4, 7, 10]))
def test_a_day_is_in_its_year_its_month_and_itself_and_the_next_begins_where_they_end(
    day: date, precise: int
) -> None:
    found = period(day.isoformat()[:precise])
    assert day.toordinal() in found.days
    assert found.days == range(found.first.toordinal(), found.last.toordinal() + 1)
    assert found.written == day.isoformat()[:precise]
    if found.last < date.max:
        following = period(found.after.isoformat()[:precise])
        assert following.first == found.after == found.last + timedelta(days=1)


@given(st.from_regex(r"-?[0-9]{4,5}(-[0-9]{2}){0,2}(Z|[+-][0-9]{2}:[0-9]{2})?", fullmatch=True))
def test_what_is_taken_is_of_its_datatype_and_what_is_refused_is_of_none_or_out_of_the_calendar(
    text: str,
) -> None:
    typed = {
        precision for precision, name in DATATYPES.items() if text.isascii() and well_typed(text, XSD + name)
    }
    try:
        found = period(text)
    except BadParameter:
        assert not typed or text.startswith(("-", "0000")) or text[4:5].isdigit()
    else:
        assert found.precision in typed
