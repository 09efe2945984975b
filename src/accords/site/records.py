"""A page for every record, concept and scheme, and the same as Turtle, JSON-LD and CSV beside.

What is much does not stand on one page: beyond MANY things that refer to a record, or CLAIMS about it, the page
says how many there are and leads to further pages that list them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from accords.families import kind_of
from accords.inspection import excerpt, inspect
from accords.language import LANGUAGES, Words
from accords.render.neighbourhood import Neighbour, neighbourhood
from accords.render.prose import opened, quoted
from accords.render.timeline import timeline
from accords.things import Thing
from accords.vocab import CONCEPT, FIRST, IN_SCHEME, RECORD, REST, SKOS, TYPE, ae

from . import datafiles, describing, listing
from .addresses import PAGE, path_of
from .contents import contents
from .evidence import evidence, key_of, pages_of
from .history import history
from .page import Page, Section, Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from accords.inspection import Links, Property, Record
    from accords.publishing.artefacts import Artefact

    from .contents import Part
    from .history import Dated, History
    from .page import Site, View

MANY = 150  # things that refer to a record, on its page
CLAIMS = 50  # claims about it, on its page
_FEW = 8  # things of each kind, where there are more than MANY in all
_DATED = 40  # lines of a timeline
_NOT_LINKS = frozenset({FIRST, REST, ae("claimAbout")})
_ASIDE = frozenset(one.value for one in (ae("claimValue"), ae("claimProperty"), IN_SCHEME, TYPE))
_SCHEME = SKOS + "ConceptScheme"


@dataclass(frozen=True, slots=True)
class Group:
    """Things that refer to a record by one property, all of them or the first ones."""

    property: Thing
    name: Words | None
    count: int
    things: Sequence[Thing]


def published(site: Site) -> tuple[NamedNode, ...]:
    """Return everything that has a page here: records, concepts and schemes, in the order of their IRIs."""
    found = (
        subject
        for subject in site.facts.by_subject
        if isinstance(subject, NamedNode) and subject.value.startswith((RECORD, CONCEPT))
    )
    return tuple(sorted(found, key=lambda term: term.value))


def _places(site: Site) -> Iterator[tuple[str, str]]:
    for term in published(site):
        if (path := path_of(term.value)) is not None:
            yield term.value, path


def _pages(site: Site) -> Iterator[Page]:
    for term in published(site):
        if term.value in site.places:
            yield from _Maker(site, term).pages()


def _files(site: Site) -> Iterator[Artefact]:
    for term in published(site):
        if term.value in site.places:
            yield from datafiles.of(site, term)


@dataclass(frozen=True)
class _Maker:
    """The pages of one record."""

    site: Site
    term: NamedNode

    @property
    def place(self) -> str:
        return self.site.places[self.term.value]

    def pages(self) -> Iterator[Page]:
        thing = self.site.facts.thing(self.term)
        title = thing.label or _unnamed(thing)
        if self.term.value.startswith(CONCEPT):
            title = Words(opened(title.fr), opened(title.en))
        page = Page(
            self.place + PAGE,
            title,
            "record.html",
            self._told,
            summary=_summary(thing, title),
            iri=self.term.value,
            tongues=self._tongues(thing),
            alternates=datafiles.alternates(self.place, title),
            trail=self._trail(),
            embedded=partial(describing.described, term=self.term),
        )
        yield page
        yield from self._further("links", self._links, MANY, page)
        yield from self._further("claims", self._claims, CLAIMS, page)

    def _further(self, name: str, count: int, size: int, page: Page) -> Iterator[Page]:
        """Yield the pages that list what the page of the record has no room for."""
        what = _FURTHER[name]
        title = Words(f"{page.title.fr} – {what.fr}", f"{page.title.en} – {what.en}")
        above = (*page.trail, Step(page.title, page.path, page.tongues))
        told = {"links": self._all_links, "claims": self._all_claims}[name]
        for first in range(0, count if count > size else 0, size):
            yield Page(
                self._path(name, first // size),
                listing.paged(title, first // size + 1),
                f"record-{name}.html",
                partial(told, first=first),
                tongues=page.tongues,
                trail=above,
                listed=False,
            )

    def _path(self, name: str, number: int) -> str:
        return f"{self.place}~{name}-{number + 1}{PAGE}"

    def _tongues(self, thing: Thing) -> Words:
        """Return the languages of what a thing is called, to readers of either language."""
        return Words(*(self.site.facts.tongue(thing, language) or language for language in LANGUAGES))

    def _trail(self) -> tuple[Step, ...]:
        if not self.term.value.startswith(CONCEPT):
            kind = kind_of(self.term.value)
            return (Step(kind.many, listing.path_of(kind)),)
        steps = [Step(listing.CONCEPTS, listing.CONCEPTS_PATH)]
        for scheme in self.site.facts.things(self.term, IN_SCHEME)[:1]:
            if scheme.iri in self.site.places:
                title = scheme.label or Words(scheme.curie, scheme.curie)
                steps.append(Step(title, self.site.places[scheme.iri] + PAGE, self._tongues(scheme)))
        return tuple(steps)

    @property
    def _links(self) -> int:
        """Return how many things refer to the record."""
        held = self.site.facts.by_value.get(self.term, {})
        return sum(len(found) for link, found in held.items() if link not in _NOT_LINKS)

    @property
    def _claims(self) -> int:
        return len(self.site.facts.subjects(self.term, ae("claimAbout")))

    @property
    def _record(self) -> Record:
        """Return what is known, worked out once for both languages."""
        site = self.site
        record: Record = site.remembered(
            "record", self.term.value, lambda: inspect(site.facts, site.edition.forms, self.term)
        )
        return record

    @property
    def _history(self) -> History:
        found: History = self.site.remembered(
            "history", self.term.value, lambda: history(self.site.facts, self.term)
        )
        return found

    @property
    def _contents(self) -> Sequence[Part]:
        found: Sequence[Part] = self.site.remembered(
            "contents", self.term.value, lambda: contents(self.site.facts, self.term)
        )
        return found

    def _told(self, view: View) -> Mapping[str, Any]:
        record = self._record
        few = self._claims <= CLAIMS
        facts = self.site.facts
        shown = evidence(facts, record.excerpts if few else (), record.claims if few else ())
        own = [excerpt(facts, self.term)] if facts.values(self.term, ae("excerptOf")) else []
        return {
            "record": record,
            "passages": evidence(facts, own, ()).references,  # of an excerpt, its own
            "groups": _grouped(record),
            "key_of": key_of,
            "backing": shown.backing(),
            **shown.told(),
            "claims_left": None if few else (self._claims, self._path("claims", 0)),
            "links": [self._group(one) for one in record.links],
            "links_left": None if self._links <= MANY else (self._links, self._path("links", 0)),
            "concepts": self._tree(record),
            "placeless": bool(facts.subjects(self.term, ae("excerptOf"))) and not pages_of(facts, self.term),
            "contents": self._contents,
            "data": view.page.alternates,
            **self._dates(view),
            "neighbourhood": _around(view, record),
        }

    def _group(self, one: Links) -> Group:
        things = one.things if self._links <= MANY else one.things[:_FEW]
        return Group(one.property, one.name, len(one.things), things)

    def _dates(self, view: View) -> Mapping[str, Any]:
        past = self._history
        dated = past.dated[:_DATED]
        return {
            "history": past,
            "dated": dated,
            "dates_left": len(past.dated) - len(dated),
            "timeline": _timeline(view, dated) if len(dated) > 1 else "",
        }

    def _tree(self, record: Record) -> Sequence[tuple[Thing, Any]]:
        """Return the concepts of a scheme, each with those below it."""
        if all(kind.iri != _SCHEME for kind in record.kinds):
            return ()
        return listing.tree(self.site.facts, self.term)

    def _all_links(self, _view: View, first: int) -> Mapping[str, Any]:
        flat = [(one, thing) for one in self._record.links for thing in one.things]
        part = groupby(flat[first : first + MANY], key=lambda row: row[0])
        groups = [
            Group(one.property, one.name, len(one.things), [thing for _, thing in held]) for one, held in part
        ]
        return {
            "groups": groups,
            **self._steps("links", first, self._links, MANY),
        }

    def _all_claims(self, _view: View, first: int) -> Mapping[str, Any]:
        record = self._record
        part = record.claims[first : first + CLAIMS]
        cited = {excerpt.iri for claim in part for excerpt in claim.excerpts}
        excerpts = [one for one in record.excerpts if one.thing.iri in cited]
        return {
            **evidence(self.site.facts, excerpts, part).told(),
            **self._steps("claims", first, self._claims, CLAIMS),
        }

    def _steps(self, name: str, first: int, count: int, size: int) -> Mapping[str, Any]:
        """Return the links to the further pages beside this one."""
        here = first // size
        return {"steps": [(one + 1, self._path(name, one), one == here) for one in range(-(-count // size))]}


def _unnamed(thing: Thing) -> Words:
    """Return how a thing without a name is called: its class, if it has one, and its short name."""
    if thing.kind is None:
        return Words(thing.curie, thing.curie)
    return Words(f"{opened(thing.kind.fr)} {thing.curie}", f"{opened(thing.kind.en)} {thing.curie}")


def _summary(thing: Thing, title: Words) -> Words:
    kind = thing.kind or Words("fiche", "record")
    return Words(
        f"{title.fr} ({kind.fr}) : ce que le graphe en enregistre, et sur quels mots chaque fait repose.",
        f"{title.en} ({kind.en}): what the graph records of it, and on which words each fact rests.",
    )


def _grouped(record: Record) -> list[tuple[Words | None, list[Property]]]:
    """Return the properties under the groups of the form."""
    return [(group, list(held)) for group, held in groupby(record.properties, key=lambda one: one.group)]


def _timeline(view: View, dated: Sequence[Dated]) -> str:
    marks = [one.mark(view.name(one.thing), view.language) for one in dated]
    return timeline(marks, title=f"Dates – {view.say(view.page.title)}", language=view.language).svg


def _around(view: View, record: Record) -> str:
    """Return the picture of what the record is linked to, if it is linked to anything."""
    before = [
        Neighbour(_called(one, view), view.name(thing))
        for one in record.links
        if one.property.iri not in _ASIDE
        for thing in one.things
        if thing.iri
    ]
    after = [
        Neighbour(opened(view.say(one.name)), view.name(value))
        for one in record.properties
        if one.thing.iri not in _ASIDE
        for value in one.values
        if isinstance(value, Thing) and value.iri in view.site.places
    ]
    if not before and not after:
        return ""
    return neighbourhood(view.say(view.page.title), before, after, view.language).svg


def _called(one: Links, view: View) -> str:
    if one.name is not None:
        return view.say(one.name)
    return quoted(view.name(one.property), view.language)


_FURTHER = {
    "links": Words("tout ce qui y renvoie", "all that refers to it"),
    "claims": Words("toutes les assertions", "all claims"),
}
SECTION = Section("records", _pages, places=_places, files=_files)
