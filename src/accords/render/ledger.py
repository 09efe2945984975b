"""The ledger of declared against recorded: a table for readers, CSV and JSON for programs."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING

from accords.language import Words, printable
from accords.vocab import CONCEPT

from .answers import marked
from .prose import wrapped
from .tables import aligned, dumped, inert

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accords.language import Language
    from accords.ledger import Entry

COLUMNS = ("about", "kind", "declared", "recorded", "gap", "excerpt")
_NONE = Words("Aucun nombre déclaré n'est enregistré.", "No declared number is recorded.")
_HEADS = (
    Words("nature", "kind"),
    Words("déclaré", "declared"),
    Words("enregistré", "recorded"),
    Words("écart", "gap"),
)
_LONGEST = 400  # characters of a passage or a label
_INDENT, _NARROWEST = 4, 5  # of the lines of numbers; characters of a kind, at least
_SIGNS = {  # of the numbers that are softened; any other qualifier is said in words
    f"{CONCEPT}value-qualifier/{name}": sign
    for name, sign in {
        "exact": "", "more-than": "> ", "less-than": "< ", "at-least": "≥ ", "nearly": "≲ ", "approximately": "≈ ",
    }.items()
}  # fmt: skip
_THRESHOLD = Words("seuil", "threshold")
_NOTE = Words(
    "L'écart mesure ce que les sources ne détaillent pas, non ce qui n'existe pas ; un seuil ne se compare pas.",
    "The gap measures what the sources do not detail, not what does not exist; a threshold is not compared.",
)


def as_text(entries: Sequence[Entry], language: Language, width: int) -> str:
    """Return the ledger, one line a number and the passage that declares it."""
    if not entries:
        return "\n".join(wrapped(_NONE.to(language), width=width)) + "\n"
    lines = iter(_table(entries, language, width))
    parts = [next(lines)]
    for about, counted in groupby(entries, key=lambda one: (one.about, one.about_label)):
        parts += wrapped(printable(about[1], _LONGEST), indent=2, hanging=4, width=width)
        for one in counted:
            parts.append(next(lines))
            for passage in passages_of(one):
                parts += wrapped(f"> {passage}", indent=6, hanging=2, width=width)
    return "\n".join([*parts, "", *wrapped(_NOTE.to(language), width=width)]) + "\n"


def _table(entries: Sequence[Entry], language: Language, width: int) -> list[str]:
    """Return the headings and one line a number, the kinds cut where the numbers would not fit."""
    rows = [tuple(head.to(language) for head in _HEADS)]
    rows += [numbers_of(one, language) for one in entries]
    taken = sum(max(len(row[place]) for row in rows) + 2 for place in (1, 2, 3))
    room = max(width - _INDENT - taken, _NARROWEST)
    return aligned(
        ((printable(kind, room), *numbers) for kind, *numbers in rows), right=(1, 2, 3), indent=_INDENT
    )


def numbers_of(one: Entry, language: Language) -> tuple[str, ...]:
    """Return the kind of a number, what is declared with its sign, what is recorded and the gap."""
    declared = f"{_SIGNS.get(one.qualifier, printable(one.qualifier_label) + ' ')}{one.declared}".lstrip()
    if one.recorded is None or one.gap is None:
        return printable(one.kind_label), declared, "", _THRESHOLD.to(language)
    return printable(one.kind_label), declared, str(one.recorded), str(one.gap)


def passages_of(one: Entry) -> list[str]:
    """Return each passage with the line where it stands, when the text is at hand."""
    passages = one.passage.split("\n") if one.passage else []
    places = one.place.split("\n") if one.place else []
    told = zip_longest(passages, places[: len(passages)], fillvalue="")
    return [
        f"{printable(passage, _LONGEST)} — {printable(place)}" if place else printable(passage, _LONGEST)
        for passage, place in told
    ]


def as_csv(entries: Sequence[Entry]) -> str:
    """Return one line a number, under the columns about, kind, declared, recorded, gap, excerpt.

    A threshold has no `recorded` and no `gap`; several excerpts have a space between them.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in entries:
        numbers = ["" if value is None else value for value in (one.declared, one.recorded, one.gap)]
        writer.writerow([inert(one.about), inert(one.kind), *numbers, inert(" ".join(one.excerpts))])
    return written.getvalue()


def as_json(entries: Sequence[Entry]) -> str:
    """Return the same with labels and passages, as JSON."""
    return dumped([asdict(one) for one in entries])


def as_markdown(entries: Sequence[Entry], language: Language) -> str:
    """Return the ledger as a table."""
    if not entries:
        return marked(_NONE.to(language)) + "\n"
    heads = [Words("objet", "about").to(language), *(head.to(language) for head in _HEADS)]
    heads.append(Words("passage", "passage").to(language))
    lines = [f"| {' | '.join(heads)} |", "|---|---|---:|---:|---:|---|"]
    for one in entries:
        cells = [
            printable(one.about_label, _LONGEST),
            *numbers_of(one, language),
            "\n".join(passages_of(one)),
        ]
        lines.append(f"| {' | '.join(map(marked, cells))} |")
    return "\n".join([*lines, "", marked(_NOTE.to(language))]) + "\n"
