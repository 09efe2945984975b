"""Charts: what each sign says, that nothing hangs on colour, that no words leave the picture or overlap."""

from __future__ import annotations

import re
import subprocess
import sys
from decimal import Decimal
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import accords
from accords.errors import BadParameter, RequestError, UnknownName
from accords.render import charts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from accords.language import Language
    from accords.render.charts import Picture
    from calling import Caller

SVG = "{http://www.w3.org/2000/svg}"
DECLARED: dict[str, list[Any]] = {
    "what": ["Protocole de Hautebrume, dont le nom est long", "Seuil", "Rien d'enregistré"],
    "declared": [23, 3, 18],
    "recorded": [15, None, 0],
}
EVENTS: dict[str, list[Any]] = {
    "what": ["une année", "un mois", "un jour", "une date déduite", "une loi"],
    "date": ["2019", "2021-02", "2023-06-08", "2023-06-23", None],
    "basis": ["c/claim-basis/quoted", None, "quoted", "https://w3id.org/x/claim-basis/inferred", None],
}
SPANS: dict[str, list[Any]] = {
    "what": ["datée", "par années", "sans fin", "finie on ne sait quand", "début inconnu"],
    "date": ["2020-01-01", "2021", "2022-05-01", "2020", None],
    "end": ["2021-12-31", "2024", None, None, "2022-12"],
    "ended": ["dated", "dated", "none-stated", "date-unknown", "dated"],
}


def root(picture: Picture) -> ET.Element:
    return ET.fromstring(picture.svg)  # noqa: S314  # our own


def said(picture: Picture) -> str:
    return root(picture).findtext(f"{SVG}desc") or ""


def words(picture: Picture) -> list[str]:
    return [found.text or "" for found in root(picture).iter(f"{SVG}text")]


def number(element: ET.Element, name: str, default: float = 0) -> float:
    return float(element.get(name) or default)


def boxes(picture: Picture) -> list[tuple[float, float, str]]:
    """Return the bars and intervals: left, width, filling, without bands, grounds and legend."""
    return [
        (number(one, "x"), number(one, "width"), one.get("fill") or "")
        for one in root(picture).iter(f"{SVG}rect")
        if number(one, "x") > 30 and one.get("fill") not in {"#fff", charts.BAND}
    ]


def group(picture: Picture, name: str) -> ET.Element:
    """Return what is drawn for one row."""
    groups = [
        one for one in root(picture).iter(f"{SVG}g") if (one.findtext(f"{SVG}title") or "").startswith(name)
    ]
    assert len(groups) == 1
    return groups[0]


def drawn(element: ET.Element) -> set[str]:
    """Return the signs of a row."""
    return {sign for one in element if (sign := sign_of(one))}


def sign_of(one: ET.Element) -> str:
    """Return what a shape stands for; nothing for words and grounds."""
    filling, path = one.get("fill") or "", one.get("d") or ""
    match one.tag.removeprefix(SVG):
        case "circle":
            return "dot"
        case "rect":
            return "hatched" if "stripes" in filling else "plain" if filling == "#1f4e79" else ""
        case "line":
            return "dashes" if one.get("stroke-dasharray") else "line"
        case "path":
            return "diamond" if path.endswith("z") else "chevron" if "l" in path else "open"
        case _:
            return "?" if one.text == "?" else ""


def axis(picture: Picture) -> dict[str, float]:
    """Return where the ticks of a timeline stand."""
    ticks = [
        one for one in root(picture).iter(f"{SVG}text") if re.fullmatch(r"\d{4,5}(-\d\d)?", one.text or "")
    ]
    return {one.text or "": number(one, "x") for one in ticks if one.get("text-anchor") == "middle"}


def bars(values: list[str] | str = "declared", title: str | None = None) -> Picture:
    return accords.bars(DECLARED, label="what", values=values, title=title)


def test_a_bar_is_as_long_as_its_number_and_the_number_is_printed() -> None:
    picture = bars()
    lengths = [width for _, width, _ in boxes(picture)]
    assert lengths == pytest.approx([lengths[0], lengths[0] * 3 / 23, lengths[0] * 18 / 23], abs=0.2)
    assert {"23", "3", "18"} <= set(words(picture))


def test_nothing_recorded_is_a_zero_and_no_value_is_a_dash_never_a_zero() -> None:
    picture = bars(["declared", "recorded"])
    assert len(boxes(picture)) == 4  # 23 and 15, 3, 18
    assert words(picture).count("0") == 1
    assert words(picture).count("—") == 2  # the row and the legend
    assert "Seuil : declared 3 ; recorded pas de valeur." in said(picture)
    assert "Rien d'enregistré : declared 18 ; recorded 0." in said(picture)


def test_series_are_told_apart_by_their_filling_and_named_in_the_legend() -> None:
    four = {"what": ["a"], **{name: [1] for name in "wxyz"}}
    picture = accords.bars(four, label="what", values=list("wxyz"))
    fillings = [filling for _, _, filling in boxes(picture)]
    patterns = {f"url(#{one.get('id')})" for one in root(picture).iter(f"{SVG}pattern")}
    assert len(set(fillings)) == 4
    assert set(fillings[1:]) == patterns
    assert set("wxyz") <= set(words(picture))


def test_negative_values_go_to_the_left_of_zero() -> None:
    picture = accords.bars({"what": ["a", "b"], "gap": [-2, 4]}, label="what", values="gap")
    (left, wide, _), (zero, wider, _) = boxes(picture)
    assert left + wide == pytest.approx(zero, abs=0.2)
    assert wider == pytest.approx(2 * wide, abs=0.2)


def test_numbers_are_written_as_the_reader_writes_them() -> None:
    table = {"what": ["a", "b", "c"], "n": [1234567, Decimal("2.50"), 0.0625]}
    french = words(accords.bars(table, label="what", values="n"))
    english = words(accords.bars(table, label="what", values="n", lang="en"))
    assert {"1\u202f234\u202f567", "2,5", "0,0625"} <= set(french)
    assert {"1,234,567", "2.5", "0.0625"} <= set(english)


@pytest.mark.parametrize(
    ("lang", "line"), [("fr", "un mois : 2021-02 (mois)."), ("en", "un mois: 2021-02 (month).")]
)
def test_the_text_alternative_says_each_row_in_the_readers_language(lang: Language, line: str) -> None:
    picture = accords.timeline(EVENTS, label="what", basis="basis", lang=lang)
    assert line in said(picture)
    assert root(picture).get("lang") == lang
    assert root(picture).get("role") == "img"
    assert all(name in said(picture) for name in EVENTS["what"])


def test_an_event_is_as_wide_as_it_is_precise() -> None:
    picture = accords.timeline(EVENTS, label="what", basis="basis")
    assert drawn(group(picture, "une année")) == {"hatched"}
    assert drawn(group(picture, "un mois")) == {"hatched"}
    assert drawn(group(picture, "un jour")) == {"dot"}
    assert drawn(group(picture, "une loi")) == set()
    ticks = axis(picture)
    (year, wide, _), (month, narrow, _) = boxes(picture)
    assert year == pytest.approx(ticks["2019"], abs=0.2)
    assert year + wide == pytest.approx(ticks["2020"], abs=0.2)
    assert narrow == pytest.approx((ticks["2022"] - ticks["2021"]) * 28 / 365, abs=0.2)
    assert ticks["2021"] < month < ticks["2022"]
    assert "2019 (année)" in words(picture)
    assert "2023-06-08" in words(picture)


def test_a_date_that_is_not_quoted_has_another_mark_and_says_so() -> None:
    picture = accords.timeline(EVENTS, label="what", basis="basis")
    assert drawn(group(picture, "une date déduite")) == {"diamond"}
    assert "une date déduite : 2023-06-23, date déduite." in said(picture)
    flagged = accords.timeline(
        {"what": ["a", "b"], "date": ["2019", "2020"], "inferred": [True, False]},
        label="what",
        basis="inferred",
    )
    assert drawn(group(flagged, "a")) == {"hatched", "diamond"}
    assert drawn(group(flagged, "b")) == {"hatched"}
    assert "diamond" not in drawn(group(accords.timeline(EVENTS, label="what"), "une date déduite"))


@pytest.mark.parametrize(
    ("basis", "told"),
    [
        ("claim-basis:inferred", "date déduite"),
        ("claim-basis:editorial", "date fixée par le gestionnaire"),
        ("claim-basis:external-register", "date d'un registre externe"),
        ("claim-basis:other", "date non citée"),
    ],
)
def test_what_a_date_rests_on_is_told(basis: str, told: str) -> None:
    table = {"what": ["a"], "date": ["2023-06-23"], "basis": [basis]}
    assert f"a : 2023-06-23, {told}." in said(accords.timeline(table, label="what", basis="basis"))


STATES = {
    "what": ["signé", "à voter", "peut-être", "un mois", "une année", "renoncé", "une loi"],
    "date": ["2023-06-08", "2023-07-07", "2023-09-01", "2023-10", "2022", "2023-11-02", "2023-12-18"],
    "basis": [*["claim-basis:quoted"] * 2, "claim-basis:inferred", *["claim-basis:quoted"] * 4],
    "state": [
        "https://w3id.org/accords-emploi/concept/event-status/occurred",
        *["https://w3id.org/accords-emploi/concept/event-status/planned"] * 3,
        "event-status:occurred",
        "event-status:cancelled",
        None,
    ],
}


def signs(picture: Picture, start: str) -> list[str]:
    """Return what draws a row: tags, and whether they are hollow or dashed."""
    return [
        f"{part.tag.removeprefix(SVG)}"
        f"{' hollow' if part.get('fill') in {'#fff', 'none'} else ''}"
        f"{' dashed' if part.get('stroke-dasharray') else ''}"
        for part in group(picture, start)
        if part.tag.removeprefix(SVG) in {"circle", "path", "rect"} and part.get("fill") != "#f2f2f2"
    ]


def test_what_is_only_planned_has_another_mark_than_what_occurred() -> None:
    picture = accords.timeline(STATES, label="what", basis="basis", status="state")
    assert signs(picture, "signé") == signs(picture, "une loi") == ["circle"]
    assert signs(picture, "à voter") == ["circle hollow"]
    assert signs(picture, "peut-être") == ["path hollow dashed"]
    assert signs(picture, "un mois")[-1] == "rect hollow dashed"
    assert "dashed" not in " ".join(signs(picture, "une année"))
    assert signs(picture, "renoncé") == ["circle", "path hollow"]
    assert "à voter : 2023-07-07, prévu." in said(picture)
    assert "renoncé : 2023-11-02, annulé." in said(picture)
    assert "signé : 2023-06-08." in said(picture)


@pytest.mark.parametrize(
    ("lang", "keys"),
    [
        (
            "fr",
            (
                "prévu à ce jour",
                "prévu, ce mois ou cette année",
                "date déduite, ou prise ailleurs, d'un événement prévu",
                "annulé",
            ),
        ),
        (
            "en",
            (
                "planned on this day",
                "planned, in this month or year",
                "date inferred, or taken elsewhere, of a planned event",
                "cancelled",
            ),
        ),
    ],
)
def test_the_legend_tells_planned_and_cancelled_where_they_are(lang: Language, keys: tuple[str, ...]) -> None:
    shown = words(accords.timeline(STATES, label="what", basis="basis", status="state", lang=lang))
    assert [key for key in keys if key in shown] == list(keys)
    without = words(accords.timeline(STATES, label="what", basis="basis", lang=lang))
    assert not [key for key in keys if key in without]


def test_a_state_told_among_the_details_is_told_once() -> None:
    table = {"what": ["a"], "date": ["2023"], "state": ["event-status:planned"], "label": ["prévu"]}
    picture = accords.timeline(table, label="what", status="state", details=["label"])
    assert "a : 2023 (année), prévu." in said(picture)


def test_an_interval_shows_what_its_ends_are() -> None:
    picture = accords.timeline(SPANS, label="what", end="end", ended="ended")
    assert drawn(group(picture, "datée")) == {"plain"}
    assert drawn(group(picture, "par années")) == {"plain", "hatched"}
    assert drawn(group(picture, "sans fin")) == {"plain", "open", "chevron"}
    assert drawn(group(picture, "finie")) == {"hatched", "dashes", "?"}
    assert drawn(group(picture, "début inconnu")) == {"hatched", "dashes", "?"}
    assert "sans fin : dès 2022-05-01, sans fin enregistrée." in said(picture)
    assert "finie on ne sait quand : dès 2020 (année), fini à une date inconnue." in said(picture)
    assert "début inconnu : début inconnu, jusqu'à 2022-12 (mois)." in said(picture)


def test_the_last_day_of_an_interval_is_included() -> None:
    table = {"what": ["a", "b"], "date": ["2020-01-01", "2021-01-01"], "end": ["2020-12-31", "2021"]}
    picture = accords.timeline(table, label="what", end="end")
    ticks = axis(picture)
    first = boxes(picture)[0]
    assert first[0] == pytest.approx(ticks["2020"], abs=0.2)
    assert first[0] + first[1] == pytest.approx(ticks["2021"], abs=0.2)


def test_a_start_and_an_end_in_one_year_are_that_year_and_nothing_is_sure_of_it() -> None:
    table = {"what": ["a", "b"], "date": ["2023", "2023"], "end": ["2023", "2023-06-15"]}
    picture = accords.timeline(table, label="what", end="end")
    assert drawn(group(picture, "a")) == drawn(group(picture, "b")) == {"hatched"}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_legend_names_the_signs_that_are_there_and_no_other(lang: Language) -> None:
    days = accords.timeline({"what": ["a"], "date": ["2020-01-01"]}, label="what", lang=lang)
    months = accords.timeline({"what": ["a"], "date": ["2020-01"]}, label="what", lang=lang)
    dot = {"fr": "à ce jour", "en": "on this day"}[lang]
    hatched = {
        "fr": "un jour inconnu de ce mois ou de cette année",
        "en": "on an unknown day of this month or year",
    }[lang]
    assert dot in words(days)
    assert hatched not in words(days)
    assert hatched in words(months)
    assert dot not in words(months)


@pytest.mark.parametrize(
    "dates",
    [
        ["0001", "9999"],
        ["0001-01-01"],
        ["9999-12-31"],
        ["2023-06-08"],
        ["2020-02", "2020-03"],
        ["1789", "2024-01-01"],
    ],
)
def test_any_dates_of_the_calendar_find_room_on_the_axis(dates: list[str]) -> None:
    picture = accords.timeline({"what": dates, "date": dates}, label="what")
    ticks = list(axis(picture).values())
    assert ticks == sorted(set(ticks))
    assert all(right - left > 30 for left, right in pairwise(ticks))
    assert all(ticks[0] - 3 <= left and left + wide <= ticks[-1] + 5.1 for left, wide, _ in boxes(picture))


def test_an_empty_table_says_so() -> None:
    nothing: dict[str, list[Any]] = {"what": [], "date": [], "n": []}
    assert "Aucune ligne." in words(accords.bars(nothing, label="what", values="n"))
    assert "No row." in words(accords.timeline(nothing, label="what", lang="en"))
    undated = accords.timeline({"what": ["a"], "date": [None]}, label="what")
    assert "date non enregistrée" in words(undated)


def test_labels_are_escaped_and_nothing_unseen_is_drawn() -> None:
    hostile = '</text><script>alert(1)</script> & "x" \u202e\x07\ud800'
    for picture in (
        accords.bars({"what": [hostile], "n": [1]}, label="what", values="n", title=hostile),
        accords.timeline({"what": [hostile], "date": ["2020"]}, label="what", title=hostile),
    ):
        kinds = {one.tag.removeprefix(SVG) for one in root(picture).iter()}
        assert kinds <= {
            "svg",
            "title",
            "desc",
            "defs",
            "pattern",
            "path",
            "circle",
            "rect",
            "line",
            "text",
            "g",
        }
        assert "\\u202e" in said(picture)
        assert not {"\u202e", "\x07", "\ud800"} & set(picture.svg)


def test_a_picture_needs_nothing_from_elsewhere_and_two_of_them_share_no_name() -> None:
    pictures = [
        bars(),
        accords.timeline(EVENTS, label="what"),
        accords.timeline(SPANS, label="what", end="end"),
    ]
    names = [one.get("id") for picture in pictures for one in root(picture).iter() if one.get("id")]
    assert len(set(names)) == len(names)
    for picture in pictures:
        assert "http" not in picture.svg.replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert re.search(r"href|style|script|font-face|@import|on\w+=", picture.svg) is None
        for used in re.findall(r"url\(#([\w-]+)\)", picture.svg):
            assert used in names


def test_the_same_values_give_the_same_bytes() -> None:
    assert bars().svg == bars().svg
    assert (
        accords.timeline(SPANS, label="what", end="end").svg
        == accords.timeline(SPANS, label="what", end="end").svg
    )


LABELS = st.text(st.characters(codec="utf-8"), max_size=120)


@given(
    st.lists(
        st.tuples(LABELS, st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)),
        max_size=6,
    )
)
def test_whatever_the_labels_and_numbers_words_stay_in_the_picture_and_apart(
    rows: list[tuple[str, Any]],
) -> None:
    picture = accords.bars(
        {"what": [name for name, _ in rows], "n": [value for _, value in rows]}, label="what", values="n"
    )
    apart(picture)


def test_words_of_a_full_timeline_stay_in_the_picture_and_apart() -> None:
    for table, end in ((EVENTS, None), (SPANS, "end")):
        long = {**table, "what": [f"{name}, {'très long nom ' * 12}" for name in table["what"]]}
        apart(accords.timeline(long, label="what", end=end, details=["what"], title="Un long titre " * 20))


def apart(picture: Picture) -> None:
    """Assert that texts stay inside and that no two overlap, by the widths that charts count with."""
    frame = root(picture)
    width, height = number(frame, "width"), number(frame, "height")
    places = []
    for one in frame.iter(f"{SVG}text"):
        wide = charts.width_of(one.text or "") * number(one, "font-size", 12) / 12
        left = number(one, "x") - wide * {"end": 1, "middle": 0.5}.get(one.get("text-anchor") or "", 0)
        places.append((left, number(one, "y"), left + wide))
    for left, y, right in places:
        assert left >= 0
        assert right <= width
        assert 10 <= y <= height - 4
    for one_, other in combinations(places, 2):
        assert abs(one_[1] - other[1]) >= 10 or one_[2] <= other[0] or other[2] <= one_[0]


@pytest.mark.parametrize(
    ("refused", "kind", "told"),
    [
        (lambda: bars("declare"), UnknownName, "declare"),
        (lambda: bars("what"), BadParameter, "un nombre"),
        (lambda: accords.bars({"w": ["a"], "n": [True]}, label="w", values="n"), BadParameter, "un nombre"),
        (lambda: accords.bars({"w": ["a"], "n": [float("inf")]}, label="w", values="n"), RequestError, "fini"),
        (lambda: accords.bars({"w": ["a"], "n": [10**400]}, label="w", values="n"), RequestError, "fini"),
        (lambda: accords.bars({"w": ["a"], **{n: [1] for n in "abcde"}}, label="w", values=list("abcde")), RequestError, "4"),
        (lambda: accords.bars(DECLARED, label="what", values=[]), RequestError, "4"),
        (lambda: accords.bars({"w": ["a"] * 301, "n": [1] * 301}, label="w", values="n"), RequestError, "301"),
        (lambda: accords.timeline({"w": ["a"] * 301, "date": ["2020"] * 301}, label="w"), RequestError, "301"),
        (lambda: accords.timeline({"w": ["a"], "date": ["juin"]}, label="w"), BadParameter, "2023-06"),
        (
            lambda: accords.timeline({"w": ["a"], "date": ["2024"], "end": ["2023"]}, label="w", end="end"),
            RequestError,
            "« a » finit (2023) avant de commencer (2024)",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused_with_the_reason(
    refused: Callable[[], object], kind: type[RequestError], told: str
) -> None:
    with pytest.raises(kind) as raised:
        refused()
    assert told in raised.value.message.fr
    assert raised.value.message.en


def test_an_unknown_column_is_refused_with_the_close_ones() -> None:
    with pytest.raises(UnknownName) as refused:
        bars("declare")
    assert refused.value.close == ("declared",)


def test_a_frame_of_either_kind_is_drawn_as_the_dict_it_holds() -> None:
    pictures = {
        accords.bars(table, label="what", values=["declared", "recorded"]).svg
        for table in (
            DECLARED,
            pl.DataFrame(DECLARED),
            pd.DataFrame(DECLARED),
            pd.DataFrame(DECLARED).astype({"recorded": "Int64"}),
        )
    }
    assert len(pictures) == 1
    days = ["2020-01-01", None]
    timelines = {
        accords.timeline(table, label="what").svg
        for table in (
            {"what": ["a", "b"], "date": days},
            pl.DataFrame({"what": ["a", "b"], "date": days}).with_columns(pl.col("date").str.to_date()),
            pd.DataFrame({"what": ["a", "b"], "date": pd.to_datetime(pd.Series(days))}),
        )
    }
    assert len(timelines) == 1


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_answers_of_the_catalogue_are_drawn_and_named_by_their_headers(call: Caller, lang: Language) -> None:
    gap = accords.ask("commitments/declared-recorded-gap", root=call.root, lang=lang)
    picture = accords.bars(gap, label=["aboutLabel", "kindLabel"], values=["declared", "recorded"], lang=lang)
    assert not {"declared", "recorded"} & set(words(picture))  # the words of the header instead
    assert str(gap.column("aboutLabel")[0]) in said(picture)
    apart(picture)
    events = accords.ask("time/timeline", root=call.root, lang=lang)
    drawn_events = accords.timeline(
        events, label="eventLabel", basis="basis", details=["kindLabel", "statusLabel"], lang=lang
    )
    assert len(list(root(drawn_events).iter(f"{SVG}g"))) == len(events)
    apart(drawn_events)
    force = accords.ask("in-force-on-a-date", as_of="2024-06-30", root=call.root, lang=lang)
    spans = accords.timeline(
        force, label="agreementLabel", start="start", end="end", ended="endKind", basis="inferred", lang=lang
    )
    apart(spans)


def test_a_notebook_shows_the_picture_and_its_text_is_short() -> None:
    picture = bars(title="Un titre")
    assert picture._repr_svg_() == picture.svg
    assert repr(picture) == "Picture(title='Un titre')"
    with pytest.raises(AttributeError):
        picture.svg = ""  # type: ignore[misc]  # it must refuse


def test_a_picture_is_saved_whole_or_not_at_all(tmp_path: Path) -> None:
    picture, target = bars(), tmp_path / "a.svg"
    picture.save(target)
    picture.save(str(target))
    assert target.read_bytes() == picture.svg.encode()
    for nowhere in (
        tmp_path / "none" / "a.svg",
        target / "a.svg",
        tmp_path,
        tmp_path / ("a" * 300),
        tmp_path.parent / "..",
    ):
        with pytest.raises(RequestError):
            picture.save(nowhere)
    assert [path.name for path in tmp_path.iterdir()] == ["a.svg"]
    assert target.read_bytes() == picture.svg.encode()


def test_importing_accords_imports_nothing_heavy() -> None:
    script = (
        "import sys, accords\n"
        "heavy = {'rdflib', 'pyshacl', 'networkx', 'rich', 'pyoxigraph', 'openpyxl', 'polars', 'pandas', 'click'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
