"""One question asked of one engine: values into terms, rows into a table with labels and evidence.

1. What a reader typed becomes terms (`choosing`), and these take their place in the query (`sparql.bound`).
2. Lists are split; a label that the query did not find in the language asked is completed: asked language,
   French, English, without language, then the CURIE or the IRI (a borrowed term has the name we give it).
3. With evidence, each row gets the source, the passage and the link of the excerpts that it names, for each
   column that names some.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from . import borrowed, choosing, citing, loading, misnaming, mistakes, sparql
from .catalogue import LANG, Column
from .errors import RequestError, SyntaxProblem
from .graphs import ROWS, place_of, reason_of
from .language import LANGUAGES, Words
from .remote import QueryRefused
from .solutions import BOOLEAN_COLUMN, TRIPLE_COLUMNS
from .table import Table, listed, plain, sorted_texts
from .terms import Prefixes, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from .catalogue import Catalogue, Parameter, Question
    from .graphs import Limits
    from .language import Language
    from .location import Location
    from .mistakes import Mistake
    from .project import Project
    from .solutions import Engine, Solutions
    from .table import Cell
    from .terms import Term
    from .worker import Tell

MOST_AT_ONCE = 500  # terms of one VALUES line: some endpoints refuse long queries
_UNNAMED = {  # the columns of answers that are not rows
    BOOLEAN_COLUMN: Words("réponse", "answer"),
    **dict(
        zip(
            TRIPLE_COLUMNS,
            (Words("sujet", "subject"), Words("propriété", "property"), Words("objet", "object")),
            strict=True,
        )
    ),
}
_LABELS, _SUCCESSORS = "evidence/labels", "evidence/successors"
_LISTS: Mapping[str, Callable[[Term | None], Cell]] = {"iris": listed, "texts": sorted_texts}


@dataclass(frozen=True, slots=True)
class Request:
    """One question with what the reader chose."""

    question: Question
    values: Mapping[str, Sequence[str]]  # parameter name -> what was typed
    language: Language = "fr"
    evidence: bool = False
    archive: Path | None = None  # with evidence: the texts, for the line of each passage
    named: bool = False  # also return the labels of what only IRIs name, for a reader
    own: bool = False  # the query is the reader's: also tell the terms of ours that do not exist


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a parameter was."""

    name: str
    said: tuple[str, ...]  # the values, none for any: labels and codes for a reader, else short names
    default: bool = False  # not chosen: what the question takes by itself


@dataclass(frozen=True, slots=True)
class Answer:
    """The table, and the query that gave it, ready to paste."""

    table: Table
    query: str
    chosen: tuple[Chosen, ...] = ()
    triples: bool = False
    labels: Mapping[Term, str] = field(default_factory=dict)  # when asked for: of IRIs without a label column
    doubts: tuple[
        Mistake, ...
    ] = ()  # when asked for: terms of ours that the query names and nothing describes


@dataclass(frozen=True)
class Asking:
    """One engine and what is needed to ask it."""

    engine: Engine
    project: Project
    catalogue: Catalogue
    limits: Limits
    _cells: dict[Cell, Cell] = field(default_factory=dict)

    @functools.cached_property
    def prefixes(self) -> Prefixes:
        """Return the house table of short names."""
        return Prefixes(loading.house(self.project))

    def answer(self, request: Request, tell: Tell) -> Answer:
        """Return the answer of a request."""
        question = request.question
        tell(question.name)
        values = self._values(request)
        query = sparql.bound(question.text, values)
        found = self._found(query, question.location)
        columns = _columns(question, found)
        rows = tuple(
            tuple(self._same(_cell(column, cell)) for column, cell in zip(columns, row, strict=True))
            for row in (sorted(found.rows, key=str) if found.triples else found.rows)
        )
        table = self._labelled(Table(columns, rows), request.language)
        if request.evidence:
            table = self._evidenced(table, request)
        return Answer(
            table,
            query,
            tuple(self._chosen(request, values)),
            triples=found.triples,
            labels=self._names(table, request.language) if request.named else {},
            doubts=self._doubts(question) if request.own else (),
        )

    def _same(self, cell: Cell) -> Cell:
        """Return the one value that stands for all cells alike: it is kept, and leaves the worker, once."""
        return self._cells.setdefault(cell, cell)

    def _doubts(self, question: Question) -> tuple[Mistake, ...]:
        terms = misnaming.described(self.project)
        return misnaming.doubts(question.text, question.location.file, self.prefixes, terms)

    def _chosen(self, request: Request, values: Mapping[str, Sequence[Term]]) -> Iterator[Chosen]:
        """Yield what each parameter was, defaults included; one that takes any value by itself is not told."""
        for parameter in request.question.parameters:
            chosen = values.get(parameter.name)
            if parameter.kind == LANG or (chosen is None and parameter.any_by_default):
                continue
            terms = choosing.written(parameter, self.prefixes) if chosen is None else chosen
            said = self._said(parameter, terms, request)
            yield Chosen(parameter.name, said, default=chosen is None)

    def _said(self, parameter: Parameter, terms: Sequence[Term], request: Request) -> tuple[str, ...]:
        """Return values as a reader knows them: a day as it is written, a thing by its label and its code."""
        things = {term for term in terms if isinstance(term, NamedNode)}
        if not request.named or not things:
            return tuple(self.prefixes.show(term) if term in things else words_of(term) for term in terms)
        labels, kind = self._labels(things, request.language), self.prefixes.expand(parameter.kind)
        names = self.choices(NamedNode(kind), sorted(things, key=str)).names if kind is not None else {}
        return tuple(
            choosing.with_code(labels[term].value, names.get(term, ()))
            if isinstance(term, NamedNode)
            else words_of(term)
            for term in terms
        )

    def _names(self, table: Table, language: Language) -> dict[Term, str]:
        """Return the labels of what only an IRI names in the table, excerpts apart."""
        places = [
            place
            for place, column in enumerate(table.columns)
            if column.kind in {"iri", "iris", "text"}
            and not citing.cites(column)
            and f"{column.name}Label" not in table.names
        ]
        cells = [row[place] for row in table.rows for place in places]
        things = {term for cell in cells for term in (cell if isinstance(cell, tuple) else (cell,))}
        labels = self._labels({term for term in things if isinstance(term, NamedNode)}, language)
        return {thing: label.value for thing, label in labels.items()}

    def query(self, request: Request) -> str:
        """Return the query of a request, the values in their place."""
        return sparql.bound(request.question.text, self._values(request))

    def _found(self, query: str, location: Location) -> Solutions:
        try:
            return self.engine.answer(query, self.limits.rows)
        except SyntaxError as wrong:
            reason = reason_of(str(wrong))
            place = place_of(location, str(wrong))
            mistake = mistakes.found(query, location.file, self.prefixes.table, place, reason)
            raise SyntaxProblem(mistake.location, mistake.said, hint=mistake.mend) from wrong
        except QueryRefused as refused:
            raise self._refused(query, location, refused) from refused

    def _refused(self, query: str, location: Location, refused: QueryRefused) -> SyntaxProblem:
        """Return why an endpoint does not take a query: a usual mistake, else what it says itself."""
        place = place_of(location, refused.said)
        mistake = mistakes.usual(query, location.file, self.prefixes.table, place, refused.said)
        if mistake is None:
            return SyntaxProblem(place, refused.message)
        said = Words(f"{mistake.said.fr} ({refused.message.fr})", f"{mistake.said.en} ({refused.message.en})")
        return SyntaxProblem(mistake.location, said, hint=mistake.mend)

    def _values(self, request: Request) -> dict[str, tuple[Term, ...]]:
        """Return the terms of each parameter chosen; of `lang` always.

        Raises RequestError.
        """
        values: dict[str, tuple[Term, ...]] = {}
        for name, typed in request.values.items():
            parameter = request.question.parameter(name)
            if parameter is None:
                raise choosing.unknown_parameter(request.question, name)
            values[name] = choosing.terms(parameter, typed, self.prefixes, self.choices, self.heirs)
        choosing.check_bounds(request.question, values, self.prefixes)
        if request.question.parameter(LANG) is not None:
            values.setdefault(LANG, (Literal(request.language),))
        return values

    def choices(self, kind: NamedNode, things: Sequence[NamedNode] = ()) -> choosing.Choices:
        """Return what a parameter of a kind can be, and its names; among some things, when any are given."""
        text = self._own(choosing.CHOICES, "kind", "thing")
        asked = sparql.bound(text, {"kind": [kind], "thing": things})
        found = self.engine.answer(asked, max(self.limits.rows, ROWS))  # the reader's limit is of the answer
        return choosing.gathered(found.rows)

    def heirs(self, things: Sequence[NamedNode]) -> tuple[tuple[str, Words], ...] | None:
        """Return what replaces things, with its labels; None when none of them was withdrawn."""
        if all(question.name != _SUCCESSORS for question in self.catalogue.questions):
            return None  # a project that does not say
        rows = self._rows_about(_SUCCESSORS, "thing", set(things))
        found = {row["successor"] for row in rows if isinstance(row["successor"], NamedNode)}
        fr, en = (self._labels(found, language) for language in LANGUAGES)
        named = {self.prefixes.show(one): Words(fr[one].value, en[one].value) for one in found}
        return tuple(sorted(named.items())) if rows else None

    def _labelled(self, table: Table, language: Language) -> Table:
        """Return the table with every label that its query did not find."""
        pairs = [
            (table.names.index(column.name.removesuffix("Label")), place)
            for place, column in enumerate(table.columns)
            if column.kind == "label" and column.name.removesuffix("Label") in table.names
        ]
        missing = {
            row[of] for row in table.rows for of, place in pairs if row[place] is None and row[of] is not None
        }
        if not missing:
            return table
        labels = self._labels({term for term in missing if isinstance(term, NamedNode)}, language)
        rows = []
        for row in table.rows:
            cells = list(row)
            for of, place in pairs:
                if cells[place] is None and isinstance(term := cells[of], NamedNode):
                    cells[place] = labels[term]
            rows.append(tuple(cells))
        return replace(table, rows=tuple(rows))

    def _labels(self, things: set[NamedNode], language: Language) -> dict[NamedNode, Literal]:
        """Return one label each: language asked, French, English, without language, CURIE."""
        ranks = {tongue: rank for rank, tongue in enumerate(dict.fromkeys((language, "fr", "en", "")))}
        best: dict[Term, tuple[int, str, str]] = {}
        for row in self._rows_about(_LABELS, "thing", things):
            label, tongue = words_of(row["label"]), words_of(row["language"]) if row["language"] else ""
            found = (ranks.get(tongue, len(ranks)), label, tongue)
            best[row["thing"]] = min(best.get(row["thing"], found), found)
        return {
            thing: Literal(best[thing][1], language=best[thing][2] or None)
            if thing in best
            else self._called(thing, language)
            for thing in things
        }

    def _called(self, thing: NamedNode, language: Language) -> Literal:
        """Return what stands for a label that is nowhere: the name we give a borrowed term, else the CURIE."""
        words = borrowed.called(thing)
        if words is not None:
            return Literal(words.to(language), language=language)
        return Literal(self.prefixes.shorten(thing.value))

    def _rows_about(self, question: str, parameter: str, things: set[NamedNode]) -> list[dict[str, Term]]:
        """Return the rows of one of the project's own questions about things, some hundreds at a time."""
        text = self._own(question, parameter)
        ordered = sorted(things, key=str)
        rows: list[dict[str, Term]] = []
        for start in range(0, len(ordered), MOST_AT_ONCE):
            batch = ordered[start : start + MOST_AT_ONCE]
            asked = sparql.bound(text, {parameter: batch})
            found = self.engine.answer(asked, max(self.limits.rows, ROWS))
            rows.extend(dict(zip(found.names, row, strict=True)) for row in found.rows)  # type: ignore[arg-type]  # a question of things: each cell is a term
        return rows

    def _own(self, name: str, *parameters: str) -> str:
        """Return the text of a question that the tool asks itself.

        Raises UnknownName in a project without it, SyntaxProblem for one without what it is asked by.
        """
        question = self.catalogue.find(name)
        for parameter in parameters:
            if question.parameter(parameter) is None:
                raise SyntaxProblem(
                    question.location,
                    Words(
                        f"l'outil pose cette question et y cherche le paramètre « {parameter} »",
                        f"the tool asks this question and looks for the parameter “{parameter}” in it",
                    ),
                    hint=Words(
                        f"reprendre queries/{name}.rq de l'outil", f"take queries/{name}.rq of the tool again"
                    ),
                )
        return question.text

    def _evidenced(self, table: Table, request: Request) -> Table:
        """Return the table with the source, the passage and the link of the excerpts of each row.

        Raises RequestError when no column names excerpts.
        """
        excerpts = citing.cited(table)
        if excerpts is None:
            raise RequestError(
                Words("cette réponse ne cite pas d'extraits", "this answer cites no excerpts"),
                hint=Words("sans --evidence", "without --evidence"),
            )
        found = citing.citations(
            self._rows_about(citing.QUESTION, "excerpt", excerpts), request.archive, request.language
        )
        return citing.evidenced(table, found, placed=request.archive is not None)


def _cell(column: Column, cell: Term | None) -> Cell:
    """Return what an engine found as the header of its column has it: a list is split."""
    return _LISTS[column.kind](cell) if column.kind in _LISTS else cell


def _columns(question: Question, found: Solutions) -> tuple[Column, ...]:
    """Return the columns of an answer: those of the header, else what the rows show."""
    known = {column.name: column for column in question.columns}
    return tuple(known.get(name) or _seen(name, place, found) for place, name in enumerate(found.names))


def _seen(name: str, place: int, found: Solutions) -> Column:
    """Return a column that no header describes, its kind read in its cells."""
    cells = [row[place] for row in found.rows if row[place] is not None]
    words = _UNNAMED.get(name) if found.triples or found.names == (BOOLEAN_COLUMN,) else None
    return Column(name, _kind(cells), words or Words(name, name))


def _kind(cells: Sequence[Term | None]) -> str:
    """Return what the cells of a column are, as far as a reader is shown them differently."""
    if cells and all(isinstance(cell, NamedNode) for cell in cells):
        return "iri"
    kinds = {type(plain(cell)) for cell in cells}
    if kinds == {bool}:
        return "boolean"
    return "number" if kinds and kinds <= {int, float, Decimal} else "text"
