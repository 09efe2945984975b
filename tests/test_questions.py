"""The questions: expected answers in the invented world and in the real data, the same on two engines.

Expected answers are read, not recorded: those of the world from its texts and files, those of the real data
from the five texts, with the line that justifies each row.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Store

import asked
from accords import catalogue, sparql
from accords import store as stores
from accords.passages import Passage, Text
from accords.render import questions as lists
from asked import GRAPHS, WHERE, questions
from laying import ROOT

if TYPE_CHECKING:
    from accords.catalogue import Question

SEEDS = ROOT.parent / "shared" / "seeds"
NEEDS_TEXTS = pytest.mark.skipif(
    not SEEDS.is_dir(), reason="LINES NOT COMPARED: the archive is not beside the checkout (../shared/seeds)"
)
EVERY = pytest.mark.parametrize("question", questions(), ids=lambda one: one.name)
BOTH = pytest.mark.parametrize("graph", GRAPHS)
_NOT_EXISTS = re.compile(r"NOT\s+EXISTS\s*\{(?P<inside>[^{}]*)\}", re.IGNORECASE)
_CLOCK = re.compile(r"\b(NOW|RAND|UUID|STRUUID|BNODE)\s*\(", re.IGNORECASE)
_BARE_CHOICE = re.compile(r"REGEX\s*\([^,]*,\s*\"[^\"()]*\|[^\"]*\"", re.IGNORECASE)


def test_every_competency_question_has_its_file() -> None:
    numbers = [question.number for question in questions() if question.number is not None]
    assert sorted(numbers) == [f"CQ{number:02}" for number in range(1, 69)]


def test_no_two_questions_share_the_last_part_of_their_name() -> None:
    short = [question.short for question in questions()]
    assert len(short) == len(set(short))


@BOTH
def test_every_question_has_an_expected_answer_and_every_expected_answer_a_question(graph: str) -> None:
    files = set((asked.GOLDEN / graph).rglob("*.csv"))
    assert files == {asked.path_of(question, graph) for question in questions()}
    assert set(asked.parameters(graph)) <= {question.name for question in questions()}


@EVERY
@BOTH
def test_a_question_gives_the_expected_answer(question: Question, graph: str) -> None:
    expected = asked.golden(question, graph)
    names = [name for name in expected.names if name != WHERE]
    assert names == asked.kept(question, graph)
    rows = [
        tuple(cell for name, cell in zip(expected.names, row, strict=True) if name != WHERE)
        for row in expected.rows
    ]
    assert asked.without(question, asked.ask(question, graph), graph) == rows


@EVERY
def test_an_empty_answer_of_the_real_data_is_said_to_be_right_and_no_answer_of_the_world_is_empty(
    question: Question,
) -> None:
    assert asked.ask(question, "world")
    assert bool(asked.ask(question, "seeds")) == (question.why_empty is None)


@EVERY
@BOTH
def test_a_question_gives_the_same_answer_on_two_engines(question: Question, graph: str) -> None:
    assert asked.ask_rdflib(question, graph) == asked.ask(question, graph)


@NEEDS_TEXTS
@EVERY
def test_every_row_of_the_real_data_is_justified_by_lines_that_its_excerpts_stand_on(
    question: Question,
) -> None:
    expected = asked.golden(question, "seeds")
    assert WHERE in expected.names
    names = [column.name for column in question.columns]
    for where, row in zip(expected.column(WHERE), asked.ask(question, "seeds"), strict=True):
        cited = dict(zip(names, row, strict=True)).get("excerpts", "").split()
        if where == "-":
            assert not cited, row
            continue
        lines = set(where.split())
        assert all(re.fullmatch(r"00[0-4]:[1-9]\d*", line) for line in lines), where
        standing = set().union(*(_lines(name) for name in cited)) if cited else set()
        if cited and standing:
            assert lines & standing, (where, sorted(standing), row)


def _lines(excerpt: str) -> set[str]:
    """Return the lines over which the passage of an excerpt runs, wherever it is printed."""
    return _standing().get(excerpt, set())


def _standing() -> dict[str, set[str]]:
    if not _FOUND:
        passages = asked.question_of("evidence/passages")
        texts: dict[str, Text] = {}
        names = [column.name for column in passages.columns]
        for row in asked.ask(passages, "seeds"):
            said = dict(zip(names, row, strict=True))
            if not (archived := said["archiveName"]):
                continue
            if archived not in texts:
                texts[archived] = Text((SEEDS / archived).read_bytes().decode("utf-8-sig"))
            found = texts[archived].find(said["quote"], said["quoteEnd"], said["quotePrefix"])
            assert isinstance(found, Passage)
            length = found.last_line - found.first_line
            starts = (found.first_line, *found.repeats)
            _FOUND[said["excerpt"]] = {
                f"{archived[:3]}:{line}" for start in starts for line in range(start, start + length + 1)
            }
    return _FOUND


_FOUND: dict[str, set[str]] = {}


# Time: what a reader would catch at once.


@pytest.mark.parametrize(
    ("day", "state"), [("2023-01-15", "not-yet"), ("2023-06-22", "not-yet"), ("2023-06-23", "in-force")]
)
def test_nothing_is_in_force_before_it_is_signed(day: str, state: str) -> None:
    question = asked.question_of("CQ59")
    names = [column.name for column in question.columns]
    rows = [
        dict(zip(names, row, strict=True))
        for row in asked.ask(question, "seeds", territory="ter:region-93", date=day)
    ]
    assert [row["state"] for row in rows if row["agreement"] == "agr:paca-2023-cooperation"] == [state]


# Headers and portability.


@EVERY
def test_the_header_describes_the_columns_of_the_query_in_their_order(question: Question) -> None:
    found = stores.answer(Store(), question.text, asked.MOST)
    assert found.names == tuple(column.name for column in question.columns)


@EVERY
def test_a_label_stands_beside_the_iri_that_it_names_and_no_iri_is_written_twice(question: Question) -> None:
    names = [column.name for column in question.columns]
    assert len(names) == len(set(names))
    for column in question.columns:
        if column.kind == "label":
            assert names[names.index(column.name) - 1] == column.name.removesuffix("Label"), column.name


@EVERY
def test_every_coded_text_that_an_answer_gives_is_explained_in_the_header(question: Question) -> None:
    coded = re.compile(r"[a-z]+(?:-[a-z]+)*")
    places = [place for place, column in enumerate(question.columns) if column.kind == "text"]
    tokens = set(re.findall(r'"([a-z]+(?:-[a-z]+)*)"', question.text)) - {"fr", "en"}
    for graph in GRAPHS:
        given = {row[place] for row in asked.ask(question, graph) for place in places}
        assert {one for one in given & tokens if coded.fullmatch(one)} <= set(question.codes)


@EVERY
def test_a_question_runs_on_any_engine(question: Question) -> None:
    code = sparql.code(question.text)
    assert not _CLOCK.search(code)
    assert not _BARE_CHOICE.search(question.text)
    for found in _NOT_EXISTS.finditer(code):
        inside = found["inside"].strip().removesuffix(".").strip()
        assert len(inside.split()) == 3, f"NOT EXISTS {{ {inside} }}"  # one triple pattern
    assert not re.search(r"NOT\s+EXISTS\s*\{[^{}]*\{", code, re.IGNORECASE)
    declared = sparql.prefixes(question.text)
    body = "\n".join(line for line in question.text.splitlines() if not line.startswith(("PREFIX", "#")))
    used = set(re.findall(r"(?<![\w?\"'])([A-Za-z][\w-]*):(?=[\w])", sparql.code(body)))
    assert used == set(declared), used ^ set(declared)
    house = asked.prefixes().table
    assert {name: space for name, space in declared.items() if house.get(name) != space} == {}


@EVERY
@BOTH
def test_a_chosen_value_keeps_the_rows_that_have_it_and_no_other(question: Question, graph: str) -> None:
    names = [column.name for column in question.columns]
    given = asked.parameters(graph).get(question.name, {})
    for parameter in question.parameters:
        if not parameter.any_by_default or parameter.name not in names or parameter.name in given:
            continue
        place = names.index(parameter.name)
        every = asked.ask(question, graph)
        for value in sorted({row[place] for row in every} - {""})[:5]:
            chosen = asked.ask(question, graph, **{parameter.name: value})
            assert chosen == [row for row in every if row[place] == value], (parameter.name, value)


@EVERY
def test_labels_come_in_the_language_asked(question: Question) -> None:
    if question.parameter(catalogue.LANG) is None:
        assert not any(column.kind == "label" for column in question.columns)
        return
    french, english = (asked.ask(question, "world", lang=tongue) for tongue in ("fr", "en"))
    told = [
        place
        for place, column in enumerate(question.columns)
        if column.kind not in {"label", "text", "texts"}
    ]
    assert [[row[place] for place in told] for row in french] == [
        [row[place] for place in told] for row in english
    ]


def test_the_guide_lists_the_catalogue(update_golden: bool) -> None:
    guide = ROOT / "queries" / "README.md"
    head, mark, _ = guide.read_text(encoding="utf-8").partition("<!-- catalogue -->\n")
    assert mark
    written = head + mark + lists.as_markdown(catalogue.load(asked.REAL))
    if update_golden:
        guide.write_text(written, encoding="utf-8")
    assert guide.read_text(encoding="utf-8") == written
