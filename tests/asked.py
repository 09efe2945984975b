"""Asking the project's questions in tests: of the invented world and of the real data, on two engines.

A golden file `tests/golden/<graph>/<theme>/<name>.csv` holds an answer without its label columns: IRIs as
short names, lists sorted with a space between, rows in the order of the answer. The file of the invented
world is the whole answer. That of the real data was made by close reading: instead of excerpts it has the
column `where`, the seed and the line that justify each row (`002:13`, several with a space; `-` for a row
that says that nothing is recorded). `parameters.toml` beside the files says what is asked for where the
defaults of a question would ask for something else.
"""

from __future__ import annotations

import csv
import functools
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import rdflib
from pyoxigraph import Literal, NamedNode, RdfFormat

from accords import catalogue, choosing, graphs, loading, sparql
from accords import store as stores
from accords.project import Project
from accords.solutions import TRIPLE_COLUMNS
from accords.table import sorted_texts
from accords.terms import Prefixes, words_of
from laying import PROJECT, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from accords.catalogue import Question
    from accords.terms import Term

REAL = Project(ROOT)
GOLDEN = ROOT / "tests" / "golden"
GRAPHS = {"world": PROJECT, "seeds": REAL}
WHERE = "where"
MOST = 100_000
Rows = list[tuple[str, ...]]


@functools.cache
def questions() -> tuple[Question, ...]:
    """Return the catalogue, which has no fault."""
    found = catalogue.load(REAL)
    assert not found.problems, [str(problem) for problem in found.problems.values()]
    return found.questions


def question_of(name: str) -> Question:
    """Return a question by its name."""
    return next(one for one in questions() if name in {one.name, one.short, one.number})


@functools.cache
def prefixes() -> Prefixes:
    return Prefixes(loading.house(REAL))


@functools.cache
def store(graph: str) -> stores.Store:
    """Return a graph in the embedded store."""
    return graphs.store_of(GRAPHS[graph])


@functools.cache
def rdflib_graph(graph: str) -> rdflib.Graph:
    """Return the same graph in rdflib, lexical forms kept."""
    rdflib.NORMALIZE_LITERALS = False
    found = rdflib.Graph()
    written = store(graph).dump(format=RdfFormat.N_QUADS)
    assert written is not None
    found.parse(data=written.decode(), format="nt")
    return found


@functools.cache
def parameters(graph: str) -> dict[str, dict[str, str | list[str]]]:
    """Return what is asked for, by question, where it is not the defaults."""
    path = GOLDEN / graph / "parameters.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def query(question: Question, graph: str, **values: str) -> str:
    """Return the query as it is asked in a graph; `values` are short names or literals as they are typed."""
    typed = {**parameters(graph).get(question.name, {}), **values}
    bound = {
        name: [
            _term(question, name, one)
            for one in ([given] if isinstance(given, str) else given)
            if one != choosing.ANY
        ]
        for name, given in typed.items()
    }
    return sparql.bound(question.text, bound)


def _term(question: Question, name: str, typed: str) -> Term:
    parameter = question.parameter(name)
    assert parameter is not None, (question.name, name)
    if parameter.kind.startswith("xsd:"):
        return choosing.value(name, parameter.kind, typed)
    if parameter.kind == catalogue.LANG:
        return Literal(typed)
    expanded = prefixes().expand(typed)
    return NamedNode(expanded or typed)


def ask(question: Question, graph: str, **values: str) -> Rows:
    """Return the answer of the embedded store, cells as golden files write them."""
    found = stores.answer(store(graph), query(question, graph, **values), MOST)
    rows = sorted(found.rows, key=str) if found.triples else found.rows
    return [cells(question, found.names, row) for row in rows]


def ask_rdflib(question: Question, graph: str) -> Rows:
    """Return the answer of rdflib, cells as golden files write them."""
    found = rdflib_graph(graph).query(query(question, graph))
    names = [str(name) for name in found.vars] if found.vars is not None else list(TRIPLE_COLUMNS)
    rows = [[_translated(cell) for cell in row] for row in found]  # type: ignore[union-attr]  # SELECT, CONSTRUCT
    return [
        cells(question, names, row) for row in (rows if found.vars is not None else sorted(rows, key=_key))
    ]


def _key(row: list[Term | None]) -> str:
    return str(tuple(row))


def _translated(cell: object) -> Term | None:
    match cell:
        case None:
            return None
        case rdflib.URIRef():
            return NamedNode(str(cell))
        case rdflib.Literal():
            if cell.language:
                return Literal(str(cell), language=cell.language)
            return (
                Literal(str(cell), datatype=NamedNode(str(cell.datatype)))
                if cell.datatype
                else Literal(str(cell))
            )
        case _:
            raise TypeError(cell)


def cells(question: Question, names: Iterable[str], row: Iterable[Term | None]) -> tuple[str, ...]:
    """Return a row as text: short names, lists sorted."""
    kinds = {column.name: column.kind for column in question.columns}
    return tuple(_cell(kinds[name], cell) for name, cell in zip(names, row, strict=True))


def _cell(kind: str, cell: Term | None) -> str:
    if cell is None:
        return ""
    if kind == "iris":
        return " ".join(sorted({prefixes().shorten(iri).strip("<>") for iri in words_of(cell).split()}))
    if kind == "texts":
        return words_of(sorted_texts(cell) or Literal(""))
    return prefixes().show(cell).strip("<>") if isinstance(cell, NamedNode) else words_of(cell)


@dataclass(frozen=True)
class Golden:
    """An expected answer."""

    path: Path
    names: tuple[str, ...]
    rows: Rows

    def column(self, name: str) -> list[str]:
        place = self.names.index(name)
        return [row[place] for row in self.rows]


def golden(question: Question, graph: str) -> Golden:
    """Return the expected answer of a question in a graph."""
    path = path_of(question, graph)
    with path.open(encoding="utf-8", newline="") as file:
        names, *rows = csv.reader(file)
    return Golden(path, tuple(names), [tuple(row) for row in rows])


def path_of(question: Question, graph: str) -> Path:
    return GOLDEN / graph / f"{question.name}.csv"


def kept(question: Question, graph: str) -> list[str]:
    """Return the columns that a golden file compares: no labels, and no excerpts of the real data."""
    left_out = {"excerpts"} if graph == "seeds" else set()
    return [one.name for one in question.columns if one.kind != "label" and one.name not in left_out]


def without(question: Question, rows: Rows, graph: str) -> Rows:
    """Return rows with the columns that a golden file compares."""
    wanted = set(kept(question, graph))
    places = [place for place, column in enumerate(question.columns) if column.name in wanted]
    return [tuple(row[place] for place in places) for row in rows]
