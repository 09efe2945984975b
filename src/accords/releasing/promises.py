"""What programs read by name in a release, compared: tables with their columns, questions, short names.

Goes in: the sides before and after. Comes out: each difference, and whether it breaks what rests on the side before.

1. Tables are made from the rules: a rule that loosens takes columns away, or moves them to tables of their own.
   What goes breaks; so do cells that become something else, or that are not always filled any more.
2. A question that takes a parameter no more breaks, or that lacks a column of its answer, or has it of another kind.
3. A prefix that goes, or means something else, breaks every short name that begins with it.
4. What is new breaks nothing. Questions that come and go are told by the comparison of the sides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accords import catalogue, kinds
from accords.errors import ContentError
from accords.language import Words
from accords.publishing import asking, columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from accords.publishing.sheets import Sheet
    from accords.sides import Side

Read = dict[str, str]  # what a name stands for
_FOLDER = "queries/"
_TABLE, _COLUMN = Words("la table", "table"), Words("la colonne", "column")
_PARAMETER, _ANSWER = Words("le paramètre", "parameter"), Words("la colonne de réponse", "column of answers")
_PREFIX = Words("le préfixe", "prefix")


@dataclass(frozen=True, slots=True)
class Difference:
    """A name that is read, and what became of it."""

    what: Words
    breaks: bool


def compared(before: Side, after: Side) -> Iterator[Difference]:
    """Yield what changed in the names that programs read."""
    yield from _unlike(_PREFIX, before.knowledge.prefixes.table, after.knowledge.prefixes.table)
    yield from _tables(_sheets(before), _sheets(after))
    asked, asks = _questions(before), _questions(after)
    for name in sorted(asked.keys() & asks.keys()):
        for sort, was, now in zip((_PARAMETER, _ANSWER), asked[name], asks[name], strict=True):
            yield from _unlike(sort, was, now, f"{name} ")


def _tables(before: Mapping[str, Sheet], after: Mapping[str, Sheet]) -> Iterator[Difference]:
    yield from _unlike(_TABLE, dict.fromkeys(before, ""), dict.fromkeys(after, ""))
    for name in sorted(before.keys() & after.keys()):
        was, now = ({one.name: one for one in side[name].columns} for side in (before, after))
        sorts = [{key: one.sort.value for key, one in held.items()} for held in (was, now)]
        yield from _unlike(_COLUMN, sorts[0], sorts[1], f"{name}.")
        for key in sorted(was.keys() & now.keys()):
            if was[key].needed and not now[key].needed:
                french = f"la colonne {name}.{key} n'est plus toujours remplie"
                english = f"column {name}.{key} is not always filled any more"
                yield Difference(Words(french, english), breaks=True)


def _unlike(
    sort: Words, before: Mapping[str, str], after: Mapping[str, str], of: str = ""
) -> Iterator[Difference]:
    """Yield the names of one sort that came, went, or stand for something else; `of` is put before each."""
    for key in sorted(before.keys() | after.keys()):
        was, now = before.get(key), after.get(key)
        if was != now:
            told = _became(was, now)
            what = Words(f"{sort.fr} {of}{key} {told.fr}", f"{sort.en} {of}{key} {told.en}")
            yield Difference(what, breaks=was is not None)


def _became(was: str | None, now: str | None) -> Words:
    if was is None:
        return Words("apparaît", "appears")
    if now is None:
        return Words("disparaît", "leaves")
    return Words(f"change ({was} → {now})", f"changes ({was} → {now})")


def _sheets(side: Side) -> Mapping[str, Sheet]:
    """Return the tables that the rules of a side ask for, by name."""
    return {one.name: one for one in columns.sheets(asking.groups(kinds.of(side.knowledge, side.shapes)))}


def _questions(side: Side) -> Mapping[str, tuple[Read, Read]]:
    """Return what each question takes and answers; nothing of a file that is none."""
    found = {}
    for file, text in (side.texts or {}).items():
        if file.startswith(_FOLDER):
            name = file.removeprefix(_FOLDER).removesuffix(".rq")
            try:
                question = catalogue.of_text(name, file, text)
            except ContentError:
                continue
            taken = {one.name: one.kind for one in question.parameters}
            found[name] = taken, {one.name: one.kind for one in question.columns}
    return found
