"""The coverage matrix: what is recorded of each column in each row, four states told apart.

Takes the answers of the project's own questions (`queries/coverage/<row>-by-<column>.rq` for what is
recorded, `places`, `concepts` and the agreements for what could be); gives `Matrix`. The questions do the
rolling up: themes along skos:broader, territories along containment.

1. A cell is `commitment` when a commitment or an axis (for committees: a committee) is recorded there, else
   `mention`, else `stated-absent` when a claim says that there is none, else `not-recorded`. A stated absence
   beside something recorded is kept and told: two sources may disagree.
2. Rows are what could be covered, recorded or not: that is how the empty ones show. Columns are concepts in
   the order of their tree, the top ones unless all are asked for.
3. What comes from a larger territory is `inherited`, from a smaller one `inside`; a territory's own cells are
   those of agreements about it, and the others are shown only when asked for. A cell tells the nearest reach
   of what gives its state.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING

from . import catalogue, querying
from .errors import RequestError, UnknownName
from .language import Words
from .table import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .catalogue import Catalogue, Question
    from .language import Language
    from .project import Project
    from .querying import Limits, Local, Remote
    from .table import Cell as TableCell
    from .table import Table
    from .terms import Term

STATES = ("commitment", "mention", "stated-absent", "not-recorded")  # the first that holds is the cell's
RELATIONS = ("own", "inherited", "inside")  # how far what is recorded reaches, the nearest first
BY = "territory,theme"  # what is crossed unless something else is asked for
_FOLDER, _BY = "coverage", "-by-"
_SCHEMES = {"theme": "c:theme", "barrier": "c:barrier", "level": "c:level", "committee-level": "c:level"}
_ALIASES = {"territory,committee-level": "territory,level"}  # as the question is named, as it is typed
_CLOSE = 0.8  # from how alike a name is offered alone


@dataclass(frozen=True, slots=True)
class Entry:
    """A row or a column: what it is, its label, what stands above it and how many do."""

    term: Term
    label: str
    code: str = ""
    broader: Term | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """One thing recorded in a cell."""

    term: Term
    label: str
    kind: str  # axis, commitment, mention, committee, claim …
    state: str
    relation: str  # own, inherited, inside
    agreement: Term | None
    excerpts: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What is recorded of a column in a row."""

    items: tuple[Item, ...] = ()

    @property
    def state(self) -> str:
        """Return the state of the cell."""
        found = {item.state for item in self.items}
        return next((state for state in STATES if state in found), "not-recorded")

    @property
    def relation(self) -> str:
        """Return the nearest reach of what gives the state; nothing where nothing is recorded."""
        reached = {item.relation for item in self.items if item.state == self.state}
        return next((relation for relation in RELATIONS if relation in reached), "")

    @property
    def disputed(self) -> bool:
        """Tell whether something is recorded that a source says is absent."""
        found = {item.state for item in self.items}
        return "stated-absent" in found and len(found) > 1


@dataclass(frozen=True, slots=True)
class Choice:
    """What a matrix is asked for."""

    by: str = BY
    level: str | None = None  # of the territories in the rows; what the question asks for by default
    every: bool = False  # narrower concepts as well, not the top ones only
    relations: frozenset[str] = frozenset({"own"})  # own, inherited, inside


@dataclass(frozen=True)
class Matrix:
    """Rows, columns and what is recorded where they meet."""

    by: tuple[str, str]
    rows: tuple[Entry, ...]
    columns: tuple[Entry, ...]
    cells: Mapping[tuple[Term, Term], Cell]
    level: str = ""  # the label of the level of its territories, when they all have the same
    choice: Choice = Choice()  # what was asked for

    def cell(self, row: Entry, column: Entry) -> Cell:
        """Return a cell; one where nothing is recorded is empty."""
        return self.cells.get((row.term, column.term), Cell())

    @cached_property
    def filled_rows(self) -> tuple[Entry, ...]:
        """Return the rows in which something is recorded."""
        return tuple(row for row in self.rows if any(self.cell(row, column).items for column in self.columns))

    @cached_property
    def empty_rows(self) -> tuple[Entry, ...]:
        """Return the rows in which nothing at all is recorded."""
        filled = {row.term for row in self.filled_rows}
        return tuple(row for row in self.rows if row.term not in filled)

    @cached_property
    def empty_columns(self) -> tuple[Entry, ...]:
        """Return the columns of which nothing is recorded in any row."""
        return tuple(
            column for column in self.columns if all(not self.cell(row, column).items for row in self.rows)
        )

    @cached_property
    def disputed(self) -> tuple[tuple[Entry, Entry], ...]:
        """Return the row and the column of each disputed cell."""
        return tuple(
            (row, column) for row in self.rows for column in self.columns if self.cell(row, column).disputed
        )

    @cached_property
    def _tally(self) -> Counter[str]:
        """Return how many cells are in each state, and have each reach."""
        found = [self.cell(row, column) for row in self.rows for column in self.columns]
        return Counter(cell.state for cell in found) + Counter(cell.relation for cell in found)

    def count(self, name: str) -> int:
        """Return how many cells are in a state, or have what gives their state from so far."""
        return self._tally[name]


def kinds(known: Catalogue) -> tuple[str, ...]:
    """Return the matrices that the project has a question for, as `--by` takes them."""
    names = [
        question.short for question in known.questions if question.theme == _FOLDER and _BY in question.short
    ]
    crossed = (",".join(name.split(_BY, 1)) for name in names)
    return tuple(sorted(_ALIASES.get(name, name) for name in crossed))


def matrix(
    where: Local | Remote, project: Project, choice: Choice, language: Language, limits: Limits | None = None
) -> Matrix:
    """Return the matrix asked for.

    Raises UnknownName for rows and columns that no question is about, RequestError for a choice of
    territories where no row is one, and what `querying.ask` raises.
    """
    known = catalogue.load(project)
    return of_answers(known, choice, querying.ask(where, project, asked(known, choice, language), limits))


def asked(known: Catalogue, choice: Choice, language: Language) -> tuple[querying.Request, ...]:
    """Return what is asked of a graph for a matrix: its cells, its rows, its columns.

    Raises UnknownName, RequestError.
    """
    row, column = _crossed(choice, known)
    cells = known.find(f"{_FOLDER}/{row}{_BY}{column}")
    concepts = known.find(f"{_FOLDER}/concepts")
    rows = (
        known.find(f"{_FOLDER}/places")
        if row == "territory"
        else known.find(f"{_FOLDER}/recorded-agreements")
    )
    return (
        querying.Request(cells, _related(cells, choice), language),
        querying.Request(rows, {} if choice.level is None else {"level": [choice.level]}, language),
        querying.Request(concepts, {"scheme": [_SCHEMES.get(column, f"c:{column}")]}, language),
    )


def of_answers(known: Catalogue, choice: Choice, answers: Sequence[querying.Answer]) -> Matrix:
    """Return the matrix that the answers to what is asked make."""
    row, column = _crossed(choice, known)
    variable = column.rpartition("-")[2]  # a committee's level stands under ?level
    found = [answer.table for answer in answers]
    columns = [entry for entry in _arranged(_entries(found[2])) if choice.every or not entry.depth]
    levels = {text(one.get("ownLevelLabel")) for one in _rows(found[1])}
    return Matrix(
        (row, column),
        tuple(_entries(found[1])),
        tuple(columns),
        cells_of(found[0], (row, variable)),
        levels.pop() if len(levels) == 1 else "",
        choice,
    )


def _crossed(choice: Choice, known: Catalogue) -> tuple[str, str]:
    """Return what stands in the rows and in the columns.

    Raises UnknownName, RequestError.
    """
    by = choice.by.replace(" ", "").replace("×", ",").casefold()
    by = _ALIASES.get(by, by)
    if by not in kinds(known):
        close = get_close_matches(by, kinds(known), cutoff=_CLOSE) or kinds(known)
        refusal = UnknownName(Words("matrice", "matrix"), choice.by, tuple(close))
        refusal.hint = Words(f"noms proches : {' ; '.join(close)}", f"close names: {'; '.join(close)}")
        raise refusal
    by = next((name for name, typed in _ALIASES.items() if typed == by), by)
    row, _, column = by.partition(",")
    if row != "territory" and (choice.level is not None or choice.relations != {"own"}):
        raise RequestError(
            Words(
                "--level, --inherited et --inside choisissent des territoires, et aucune ligne n'en est un",
                "--level, --inherited and --inside choose territories, and no row is one",
            ),
            hint=Words("avec --by territory,…", "with --by territory,…"),
        )
    return row, column


def _related(question: Question, choice: Choice) -> dict[str, list[str]]:
    """Return the values of `relation` where a question has it: it need not look for the others."""
    return {"relation": sorted(choice.relations)} if question.parameter("relation") is not None else {}


def _entries(table: Table) -> list[Entry]:
    """Return what could be a row or a column, each once."""
    entries: dict[Term, Entry] = {}
    for row in _rows(table):
        term, label, *_ = row.values()
        if (found := _term(term)) is not None and found not in entries:
            entries[found] = Entry(
                found,
                text(label) or text(found),
                text(row.get("code")) or text(row.get("notation")),
                _term(row.get("broader")) or _term(row.get("within")),
            )
    return list(entries.values())


def _arranged(entries: Sequence[Entry]) -> list[Entry]:
    """Return concepts in the order of their tree, each after the one above it; none is lost in a circle."""
    known = {entry.term for entry in entries}
    under: dict[Term | None, list[Entry]] = defaultdict(list)
    for entry in entries:
        under[entry.broader if entry.broader in known else None].append(entry)
    waiting = [(entry, 0) for entry in reversed((*under[None], *entries))]
    arranged: dict[Term, Entry] = {}
    while waiting:
        entry, depth = waiting.pop()
        if entry.term not in arranged:
            arranged[entry.term] = replace(entry, depth=depth)
            waiting += [(narrower, depth + 1) for narrower in reversed(under[entry.term])]
    return list(arranged.values())


def own_cells(known: Catalogue) -> querying.Request:
    """Return what is asked of a graph about the cells of the first matrix, by territory and theme.

    Raises UnknownName in a project without the question.
    """
    row, column = BY.split(",")
    question = known.find(f"{_FOLDER}/{row}{_BY}{column}")
    return querying.Request(question, _related(question, Choice()))


def cells_of(table: Table, by: tuple[str, str]) -> dict[tuple[Term, Term], Cell]:
    """Return the cells that an answer holds, by what stands in the row and in the column."""
    gathered: dict[tuple[Term, Term], dict[tuple[Term | str | None, ...], Item]] = defaultdict(dict)
    for row in _rows(table):
        line, column, item = _term(row[by[0]]), _term(row[by[1]]), _term(row["item"])
        if line is None or column is None or item is None:
            continue
        kind, agreement, excerpts = text(row.get("kind")), _term(row.get("agreement")), row.get("excerpts")
        gathered[line, column][item, kind, agreement] = Item(
            item,
            text(row.get("itemLabel")) or text(item),
            kind,
            text(row["state"]),
            text(row.get("relation")) or "own",  # of several, `own` comes last and stays
            agreement,
            excerpts if isinstance(excerpts, tuple) else (),
        )
    return {place: Cell(tuple(items.values())) for place, items in gathered.items()}


def _rows(table: Table) -> Iterable[dict[str, TableCell]]:
    return (dict(zip(table.names, row, strict=True)) for row in table.rows)


def _term(cell: TableCell) -> Term | None:
    return None if isinstance(cell, tuple) else cell
