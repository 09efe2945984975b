"""What changed, in sentences: the sections that a text and a Markdown page both show, in the reader's language.

Goes in: a `Diff`. Comes out: its summary, what a reviewer should read again, and sections of entries; nothing in
them is made safe for a terminal or a page yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from accords.diff import IRIS
from accords.families import Kind, rank
from accords.language import Words
from accords.periods import PRECISIONS
from accords.things import Text

from .matrix import STATES
from .phrases import counted, number
from .prose import opened, quoted, thing, things

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from accords.diff import Arrival, CellChange, Change, Departure, Diff, GapChange, Move, Renaming
    from accords.language import Language
    from accords.periods import Precision
    from accords.sameness import Likeness
    from accords.shifts import Shift, Swap
    from accords.things import Value

_Count = tuple[Words, Words]

ADDED = Words("ajout", "added"), Words("ajouts", "added")
REMOVED = Words("retrait", "removed"), Words("retraits", "removed")
RENAMED = Words("renommage", "renamed"), Words("renommages", "renamed")
MOVED = Words("déplacement", "moved"), Words("déplacements", "moved")
CHANGED = Words("modification", "changed"), Words("modifications", "changed")
_DEPRECATED = Words("abandon", "deprecated")
_CELLS = Words("case de couverture", "coverage cell"), Words("cases de couverture", "coverage cells")
_NUMBERS = Words("nombre déclaré", "declared number"), Words("nombres déclarés", "declared numbers")
_UNREPLACED = (
    Words(
        "retrait ou renommage sans remplaçant déclaré", "removal or renaming without a declared replacement"
    ),
    Words(
        "retraits ou renommages sans remplaçant déclaré",
        "removals or renamings without a declared replacement",
    ),
)
_UNBACKED = (
    Words("fait changé alors que sa preuve est la même", "fact changed while its evidence is the same"),
    Words(
        "faits changés alors que leur preuve est la même", "facts changed while their evidence is the same"
    ),
)
_WITHOUT = Words("sans remplaçant", "without replacement")
_BY = Words(" ; remplaçant : ", "; replaced by: ")
_STAYED = Words("fait changé, preuve inchangée", "fact changed, evidence unchanged")
_ANCHORED = Words("preuve réancrée, faits inchangés", "evidence re-anchored, facts unchanged")
_RESTING = Words(" ; s'y appuient sans changer : ", "; resting on it, unchanged: ")
_SILENT = Words(
    "renommage non déclaré, reconnu au contenu : il manque dcterms:isReplacedBy",
    "renaming not declared, recognised by its content: dcterms:isReplacedBy is missing",
)
_LIKE: dict[Likeness, Words] = {
    "value": Words("même valeur, autrement écrite", "same value, written otherwise"),
    "letters": Words("même texte, aux espaces et signes près", "same text but for spaces and marks"),
}
_MOVES = Words("D'un fichier à l'autre", "From one file to another")
_COVERAGE = Words("Couverture, territoire × thème", "Coverage, territory × theme")
_LEDGER = Words("Nombres déclarés, face à l'enregistré", "Declared numbers, beside what is recorded")
_PRECISIONS: dict[str, Precision] = {"xsd:gYear": "year", "xsd:gYearMonth": "month", "xsd:date": "day"}
_LINE = 60  # characters of two values on one line
_SOME = 5  # things listed in one line


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: which, of what, its details, and what to read again."""

    sign: str
    said: str
    rows: tuple[tuple[str, tuple[str, ...]], ...] = ()
    alerts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """The changes of one kind."""

    title: str
    count: str
    entries: tuple[Entry, ...]


def heading(diff: Diff, language: Language) -> str:
    """Return which sides were compared."""
    return f"{diff.before.to(language)} → {diff.after.to(language)}"


def summary(diff: Diff, language: Language) -> str:
    """Return how much changed, or that nothing did."""
    if diff.empty:
        nothing = Words(
            "Aucun changement : au plus la mise en forme, les commentaires, l'ordre.",
            "No change: formatting, comments or order at most.",
        )
        return nothing.to(language)
    counts: tuple[tuple[int, _Count], ...] = (
        (len(diff.arrivals), ADDED),
        (len(diff.departures), REMOVED),
        (len(diff.renamings), RENAMED),
        (len(diff.changes), CHANGED),
        (len(diff.moves), MOVED),
        (len(diff.cells), _CELLS),
        (len(diff.gaps), _NUMBERS),
    )
    return _listed(counts, language)


def _listed(counts: Iterable[tuple[int, _Count]], language: Language) -> str:
    return ", ".join(counted(count, *names, language) for count, names in counts if count)


def alerts(diff: Diff, language: Language) -> list[str]:
    """Return what a reviewer should read again, counted."""
    unbacked = sum(shift.unbacked for change in diff.changes for shift in change.shifts)
    counts: tuple[tuple[int, _Count], ...] = ((len(diff.unreplaced), _UNREPLACED), (unbacked, _UNBACKED))
    return [counted(count, *names, language) for count, names in counts if count]


def sections(diff: Diff, language: Language) -> list[Section]:
    """Return the changes by kind, in the reader's order, then moves, coverage and declared numbers."""
    told: dict[Kind, list[tuple[_Count, Entry]]] = {}
    for arrival in diff.arrivals:
        told.setdefault(arrival.kind, []).append((ADDED, _arrival(arrival, language)))
    for departure in diff.departures:
        told.setdefault(departure.kind, []).append((REMOVED, _departure(departure, language)))
    for renaming in diff.renamings:
        told.setdefault(renaming.kind, []).append((RENAMED, _renaming(renaming, language)))
    for change in diff.changes:
        told.setdefault(change.kind, []).append((CHANGED, _change(change, language)))
    found = []
    for kind in sorted(told, key=rank):
        counts = [
            (sum(name == one for one, _ in told[kind]), name) for name in (ADDED, REMOVED, RENAMED, CHANGED)
        ]
        entries = tuple(entry for _, entry in told[kind])
        found.append(Section(kind.many.to(language), _listed(counts, language), entries))
    return [*found, *_others(diff, language)]


def _others(diff: Diff, language: Language) -> Iterator[Section]:
    for title, count, entries in (
        (_MOVES, (len(diff.moves), MOVED), tuple(_moves(diff.moves, language))),
        (_COVERAGE, (len(diff.cells), _CELLS), tuple(_cell(cell, language) for cell in diff.cells)),
        (_LEDGER, (len(diff.gaps), _NUMBERS), tuple(_gap(gap, language) for gap in diff.gaps)),
    ):
        if entries:
            yield Section(title.to(language), _listed([count], language), entries)


def _arrival(one: Arrival, language: Language) -> Entry:
    return Entry(ADDED[0].to(language), _where(thing(one.thing, language), one.file))


def _departure(one: Departure, language: Language) -> Entry:
    sign = _DEPRECATED if one.deprecated else REMOVED[0]
    said = _where(thing(one.thing, language), one.file)
    if one.replaced_by:
        return Entry(sign.to(language), said + _BY.to(language) + things(one.replaced_by, language))
    unreplaced = one.kind.family in IRIS
    return Entry(sign.to(language), said, alerts=(_WITHOUT.to(language),) if unreplaced else ())


def _renaming(one: Renaming, language: Language) -> Entry:
    label = one.after.label.to(language) if one.after.label is not None else ""
    said = f"{one.before.curie} → {one.after.curie}" + (f", {label}" if label else "")
    return Entry(
        RENAMED[0].to(language),
        _where(said, one.file),
        alerts=() if one.declared else (_SILENT.to(language),),
    )


def _change(one: Change, language: Language) -> Entry:
    rows = tuple((_named(shift, language), tuple(_values(shift, language))) for shift in one.shifts)
    alert = [_ANCHORED.to(language)] if one.reanchored else []
    if one.reanchored and one.resting:
        alert[0] += _RESTING.to(language) + _some([thing(held, language) for held in one.resting], language)
    return Entry(CHANGED[0].to(language), _where(thing(one.thing, language), one.file), rows, tuple(alert))


def _named(shift: Shift, language: Language) -> str:
    name = shift.name.to(language)
    return name if ":" in name else opened(name)  # a short name stays as it is


def _values(shift: Shift, language: Language) -> Iterator[str]:
    for swap in shift.swaps:
        yield from _swapped(swap, language)
    for sign, values in (("−", shift.gone), ("+", shift.come)):
        for value in values:
            yield f"{sign} {_value(value, language)}"
    if shift.unbacked:
        yield f"! {_STAYED.to(language)}"


def _swapped(swap: Swap, language: Language) -> list[str]:
    """Return both values on one line, or on two when they are long."""
    texts = [value for value in (swap.before, swap.after) if isinstance(value, Text)]
    typed = len({text.datatype for text in texts}) > 1
    before, after = (_value(value, language, typed=typed) for value in (swap.before, swap.after))
    if swap.likeness:
        after += f" ({_LIKE[swap.likeness].to(language)})"
    return [f"{before} → {after}"] if len(before) + len(after) < _LINE else [before, f"→ {after}"]


def _value(value: Value, language: Language, *, typed: bool = False) -> str:
    """Return a value: text between quotation marks, a date with how precise it is."""
    if not isinstance(value, Text):
        return thing(value, language)
    if value.datatype is None:
        foreign = value.language is not None and value.language != language
        return quoted(value.text, language) + (f" ({value.language})" if foreign else "")
    precision = _PRECISIONS.get(value.datatype)
    if precision is not None:
        return f"{value.text} ({PRECISIONS[precision].to(language)})"
    return f"{value.text} ({value.datatype})" if typed else value.text


def _moves(moves: Sequence[Move], language: Language) -> Iterator[Entry]:
    """Return one entry for all that went from one file to another."""
    order = sorted(moves, key=lambda one: (one.before, one.after))
    for (before, after), held in groupby(order, key=lambda one: (one.before, one.after)):
        named = [thing(one.thing, language) for one in held]
        said = f"{before} → {after}{Words(' : ', ': ').to(language)}{_some(named, language)}"
        yield Entry(counted(len(named), *MOVED, language), said)


def _some(named: Sequence[str], language: Language) -> str:
    """Return the first of some names, and how many more there are."""
    listed = ", ".join(named[:_SOME])
    left = len(named) - _SOME
    if left <= 0:
        return listed
    return listed + Words(f" et {number(left, 'fr')} de plus", f" and {number(left, 'en')} more").to(language)


def _cell(cell: CellChange, language: Language) -> Entry:
    row, column = (
        one.label.to(language) if one.label is not None else one.curie for one in (cell.row, cell.column)
    )
    states = " → ".join(STATES[state].to(language) for state in (cell.before, cell.after))
    return Entry("", f"{row} × {column}{Words(' : ', ': ').to(language)}{states}")


def _gap(gap: GapChange, language: Language) -> Entry:
    about, kind = (
        one.label.to(language) if one.label is not None else one.curie for one in (gap.about, gap.kind)
    )
    rows = []
    for name, (before, after) in (
        (Words("déclaré", "declared"), gap.declared),
        (Words("enregistré", "recorded"), gap.recorded),
    ):
        if before is not None or after is not None:
            shown = ["–" if value is None else number(value, language) for value in (before, after)]
            rows.append((name.to(language), (shown[0] if before == after else " → ".join(shown),)))
    return Entry("", f"{about}, {kind}", tuple(rows))


def _where(said: str, file: str) -> str:
    """Return what is said with its file; the name of a question tells its file."""
    return said if not file or file.startswith("queries/") else f"{said}, {file}"
