"""Lists: every kind of record, all of it and by territory, theme and year; concepts, scheme by scheme.

A list of more than LONGEST lines goes on on further pages: `index.html`, `index~2.html`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from accords.families import KINDS, kind_of
from accords.language import Words
from accords.names import folded
from accords.vocab import BASE, BROADER, IN_SCHEME, NOTATION, RECORD, SKOS, TYPE

from . import facets
from .addresses import PAGE, named
from .facets import FACETS, TERRITORY, THEME, YEAR
from .page import Entry, Page, Section, Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from accords.families import Kind
    from accords.language import Language
    from accords.terms import Term
    from accords.things import Facts, Thing

    from .facets import Facet
    from .page import Site, View

LONGEST = 150  # lines of a page
CHIPS = 40  # values of a facet beside a list; more have a page of their own
LISTS = Words("Toutes les listes", "All lists")
LISTS_PATH = "lists.html"
CONCEPTS = Words("Concepts", "Concepts")
CONCEPTS_PATH = "concepts.html"
AGREEMENTS = RECORD + "agreement/"
_HEADS = ("agreement", "actor", "committee", "territory")
_BESIDE = 2  # places beside a name
_HOMES = {TERRITORY: re.compile(r"id/territory/[^/]+"), THEME: re.compile(r"concept/theme/[^/]+")}
_SCHEME = NamedNode(SKOS + "ConceptScheme")
_KINDS = tuple(kind for kind in KINDS if kind.family == "records")


def path_of(kind: Kind, facet: Facet | None = None, value: str = "", number: int = 1) -> str:
    """Return the path of a list, or of one of its further pages."""
    stem = f"list/{kind.name}/"
    stem += "index" if facet is None else f"{facet.name}/{_file(value) if value else 'index'}"
    return f"{stem}{PAGE}" if number == 1 else f"{stem}~{number}{PAGE}"


def _file(value: str) -> str:
    return named(value.rstrip("/").rpartition("/")[2])


def tree(facts: Facts, scheme: Term) -> Sequence[tuple[Thing, Any]]:
    """Return the concepts of a scheme by code, each with the narrower ones of the same scheme."""
    held = {term for term in facts.subjects(scheme, IN_SCHEME) if isinstance(term, NamedNode)}
    below: dict[Term | None, list[NamedNode]] = defaultdict(list)
    for term in held:
        wider = [one for one in facts.values(term, BROADER) if one in held and one != term]
        below[wider[0] if wider else None].append(term)

    def branch(above: Term | None, seen: frozenset[Term]) -> list[tuple[Thing, Any]]:
        found = sorted((t for t in below[above] if t not in seen), key=lambda term: _place(facts, term))
        return [(facts.thing(term), branch(term, seen | {term})) for term in found]

    return branch(None, frozenset())


def _place(facts: Facts, term: NamedNode) -> tuple[str, str]:
    code = facts.first(term, NOTATION)
    return (getattr(code, "value", "~"), term.value)


@dataclass(frozen=True, slots=True)
class Row:
    """A record of a list, with the values by which it can be chosen."""

    thing: Thing
    term: NamedNode
    values: Mapping[Facet, tuple[str, ...]]

    def beside(self, view: View, several: bool) -> list[tuple[str, str | None]]:
        """Return what stands beside the name, with its language: the class where there are several, places, years."""
        said: list[tuple[str, str | None]] = []
        if several and self.thing.kind:
            said.append((view.say(self.thing.kind), None))
        places = self.values[TERRITORY]
        said += [
            (name_of(view.site, TERRITORY, one, view.language), tongue_of(view, one))
            for one in places[:_BESIDE]
        ]
        said += [("…", None)] if len(places) > _BESIDE else []
        years = self.values[YEAR]
        said += [(years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}", None)] if years else []
        return said


def rows(site: Site) -> dict[Kind, list[Row]]:
    """Return the rows of every kind of records, by name."""
    return site.kept("rows", lambda: _all_rows(site))


def latest(row: Row) -> tuple[str, str]:
    """Return the sorting key of a row: the year in which it begins, then its name."""
    return min(row.values[YEAR], default=""), row.term.value


def _all_rows(site: Site) -> dict[Kind, list[Row]]:
    found: dict[Kind, list[Row]] = {kind: [] for kind in _KINDS}
    for term, _ in site.facts.records():
        if isinstance(term, NamedNode) and term.value in site.places:
            row = Row(site.facts.thing(term), term, _values(site, term))
            found[kind_of(term.value)].append(row)
    for rows in found.values():
        rows.sort(key=lambda row: (folded(row.thing.label.fr if row.thing.label else "~"), row.term.value))
    return found


def _values(site: Site, term: NamedNode) -> dict[Facet, tuple[str, ...]]:
    """Return the values of each facet that can have a page: years, and records of the right kind."""
    found = facets.values(site.facts, term)
    for facet, home in _HOMES.items():
        found[facet] = tuple(
            value for value in found[facet] if home.fullmatch(site.places.get(value, "")) is not None
        )
    return found


def _pages(site: Site) -> Iterator[Page]:
    yield Page(LISTS_PATH, LISTS, "lists.html", _lists, summary=_ALL)
    yield Page(CONCEPTS_PATH, CONCEPTS, "concepts.html", _concepts, summary=_SCHEMES)
    for kind, found in rows(site).items():
        if found or kind.name in _HEADS:
            yield from _of_kind(site, kind, found)


def _lists(view: View) -> Mapping[str, Any]:
    found = rows(view.site)
    return {"kinds": [(kind, path_of(kind), len(found[kind])) for kind in _KINDS if found[kind]]}


def _concepts(view: View) -> Mapping[str, Any]:
    facts = view.site.facts
    held = [thing for one in facts.subjects(_SCHEME, TYPE) if (thing := facts.thing(one)).iri]
    held.sort(key=lambda thing: thing.curie)
    counted = [(one, len(facts.subjects(NamedNode(one.iri), IN_SCHEME))) for one in held if one.iri]
    return {"schemes": counted}


def _of_kind(site: Site, kind: Kind, rows: list[Row]) -> Iterator[Page]:
    choices = _choices(site, rows)
    yield from _paged(kind, None, "", rows, choices, kind.many)
    for facet, values in choices.items():
        yield from _choice_pages(site, kind, facet, values)
        for value, held in values:
            title = _titled(kind, facet, value, site)
            yield from _paged(kind, facet, value, held, choices, title)


Choices = dict["Facet", list[tuple[str, list[Row]]]]


def _choices(site: Site, rows: list[Row]) -> Choices:
    """Return the values of each facet, by name, with the rows that have them."""
    found: Choices = {}
    for facet in FACETS:
        held: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            for value in row.values[facet]:
                held[value].append(row)
        if held:
            found[facet] = sorted(held.items(), key=lambda item: folded(name_of(site, facet, item[0], "fr")))
    return found


def name_of(site: Site, facet: Facet, value: str, language: Language) -> str:
    """Return what a value of a facet is called."""
    if facet == YEAR:
        return value
    thing = site.facts.thing(NamedNode(value))
    return thing.label.to(language) if thing.label else thing.curie


def tongue_of(view: View, value: str) -> str | None:
    """Return the language of the name of a value of a facet, where it is not the reader's."""
    if not value.startswith(BASE):
        return None
    return view.tongue(view.site.facts.thing(NamedNode(value)))


def _titled(kind: Kind, facet: Facet, value: str, site: Site) -> Words:
    name = Words(name_of(site, facet, value, "fr"), name_of(site, facet, value, "en"))
    return Words(f"{kind.many.fr} – {name.fr}", f"{kind.many.en} – {name.en}")


def _paged(  # noqa: PLR0913, PLR0917  # a list, and what it is a list of
    kind: Kind, facet: Facet | None, value: str, rows: list[Row], choices: Choices, title: Words
) -> Iterator[Page]:
    trail = [Step(LISTS, LISTS_PATH)]
    if facet is not None:
        trail.append(Step(kind.many, path_of(kind)))
    count = max(-(-len(rows) // LONGEST), 1)
    for number in range(1, count + 1):
        part = rows[(number - 1) * LONGEST : number * LONGEST]

        def told(view: View, part: list[Row] = part, number: int = number) -> Mapping[str, Any]:
            return {
                "rows": part,
                "several": len({row.thing.kind for row in rows}) > 1,
                "total": len(rows),
                "first": (number - 1) * LONGEST + 1,
                "steps": [(n, path_of(kind, facet, value, n), n == number) for n in range(1, count + 1)],
                "facets": [_chips(view, kind, one, held, facet, value) for one, held in choices.items()],
                "everything": path_of(kind),
            }

        yield Page(
            path_of(kind, facet, value, number),
            paged(title, number),
            "list.html",
            told,
            summary=_summary(title),
            trail=tuple(trail),
            listed=number == 1,
        )


def _chips(  # noqa: PLR0913, PLR0917  # a facet of a list, and what is chosen
    view: View,
    kind: Kind,
    facet: Facet,
    held: list[tuple[str, list[Row]]],
    chosen: Facet | None,
    value: str,
) -> Mapping[str, Any]:
    """Return the links of a facet; where there are many, the one to the page that lists them."""
    shown = held if len(held) <= CHIPS else [one for one in held if chosen == facet and one[0] == value]
    return {
        "facet": facet,
        "chosen": chosen == facet,
        "values": [
            {
                "name": name_of(view.site, facet, one, view.language),
                "tongue": tongue_of(view, one),
                "path": path_of(kind, facet, one),
                "count": len(rows),
                "chosen": chosen == facet and one == value,
            }
            for one, rows in shown
        ],
        "all": path_of(kind, facet) if len(held) > CHIPS else None,
        "count": len(held),
    }


def _choice_pages(
    site: Site, kind: Kind, facet: Facet, values: list[tuple[str, list[Row]]]
) -> Iterator[Page]:
    """Yield the pages that list the values of a facet, where they are many."""
    if len(values) <= CHIPS:
        return
    title = Words(f"{kind.many.fr} – {facet.title.fr.lower()}", f"{kind.many.en} – {facet.title.en.lower()}")
    count = -(-len(values) // LONGEST)
    for number in range(1, count + 1):
        part = values[(number - 1) * LONGEST : number * LONGEST]

        def told(
            view: View, part: list[tuple[str, list[Row]]] = part, number: int = number
        ) -> Mapping[str, Any]:
            return {
                "values": [
                    (
                        name_of(site, facet, one, view.language),
                        tongue_of(view, one),
                        path_of(kind, facet, one),
                        len(rows),
                    )
                    for one, rows in part
                ],
                "steps": [(n, path_of(kind, facet, "", n), n == number) for n in range(1, count + 1)],
            }

        yield Page(
            path_of(kind, facet, "", number),
            paged(title, number),
            "choices.html",
            told,
            summary=_summary(title),
            trail=(Step(LISTS, LISTS_PATH), Step(kind.many, path_of(kind))),
            listed=number == 1,
        )


def paged(title: Words, number: int) -> Words:
    """Return the title of a further page."""
    return title if number == 1 else Words(f"{title.fr} (page {number})", f"{title.en} (page {number})")


def _summary(title: Words) -> Words:
    return Words(f"Liste : {title.fr}.", f"List: {title.en}.")


_ALL = Words("Toutes les fiches du graphe, sorte par sorte.", "All records of the graph, kind by kind.")
_SCHEMES = Words(
    "Les listes de concepts qui servent à décrire les accords : thèmes, types, statuts…",
    "The lists of concepts that describe agreements: themes, types, statuses…",
)
SECTION = Section(
    "lists",
    _pages,
    entries=(
        *(Entry(kind.many, path_of(kind)) for kind in _KINDS if kind.name in _HEADS),
        Entry(CONCEPTS, CONCEPTS_PATH),
        Entry(LISTS, LISTS_PATH),
    ),
)
