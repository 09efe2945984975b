"""What the site is made of, as values: sections, their pages, and a page seen in one language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from accords.language import LANGUAGES, Language, Words
from accords.render.prose import bound, safe
from accords.things import Facts, Text
from accords.vocab import BASE

from . import addresses
from .addresses import PAGE
from .asked import Asked
from .beside import Beside

if TYPE_CHECKING:
    from accords.publishing.artefacts import Artefact
    from accords.publishing.edition import Edition
    from accords.things import Thing, Value

OWN = Words(*LANGUAGES)
LABEL = 300  # characters of a label on a page
Made = TypeVar("Made")
Told = Callable[["View"], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same in another form, a file outside the trees of the languages."""

    path: str
    media: str
    name: str  # of the form
    title: Words


@dataclass(frozen=True, slots=True)
class Step:
    """A page above another: its name, its path, and the languages of its name."""

    title: Words
    path: str
    tongues: Words = OWN


@dataclass(frozen=True, slots=True)
class Page:
    """One page, in both languages; `told` gives what its template is told."""

    path: str  # below the folder of a language: id/actor/etat.html
    title: Words
    template: str
    told: Told = lambda _: {}
    summary: Words | None = None  # one sentence, for who has not opened it
    iri: str | None = None  # what it is about
    tongues: Words = OWN  # the languages of the title
    alternates: tuple[Alternate, ...] = ()
    trail: tuple[Step, ...] = ()  # from the widest; the home page is understood
    embedded: Callable[[View], object] | None = None  # JSON-LD
    listed: bool = True  # among the pages that search engines are told of


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of the navigation; at the head of every page, or at its foot."""

    title: Words
    path: str
    place: Literal["head", "foot"] = "head"


@dataclass(frozen=True, slots=True)
class Section:
    """Pages of one kind, the IRIs that they are about, and files beside them."""

    name: str
    pages: Callable[[Site], Iterable[Page]]
    entries: tuple[Entry, ...] = ()
    places: Callable[[Site], Iterable[tuple[str, str]]] = lambda _: ()  # IRI, path without its ending
    files: Callable[[Site], Iterable[Artefact]] = lambda _: ()


@dataclass(frozen=True, eq=False)
class Site:
    """An edition as a website."""

    edition: Edition
    sections: tuple[Section, ...]
    beside: Beside = field(default_factory=Beside)
    _last: dict[str, tuple[str, Any]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Return where the site is put, with a slash at its end; nothing when that is not known."""
        return self.edition.address

    @cached_property
    def facts(self) -> Facts:
        """Return the statements of the edition, with whole labels."""
        return Facts(self.edition.knowledge, LABEL)

    @cached_property
    def asked(self) -> Asked:
        """Return the questions and their answers."""
        return Asked(self.edition.project)

    @cached_property
    def places(self) -> dict[str, str]:
        """Return the path of each IRI that has a page, without its ending."""
        return addresses.apart(found for section in self.sections for found in section.places(self))

    def remembered(self, what: str, key: str, make: Callable[[], Made]) -> Made:
        """Return what was made of its kind for the same key just before, else make it: pages come in pairs."""
        if self._last.get(what, ("", None))[0] != key:
            self._last[what] = key, make()
        return cast("Made", self._last[what][1])

    def kept(self, what: str, make: Callable[[], Made]) -> Made:
        """Return what is made of the whole site, once."""
        return self.remembered(what, "site", make)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return the links of the navigation."""
        return tuple(entry for section in self.sections for entry in section.entries)


@dataclass(frozen=True)
class View:
    """A page in one language: its words, and its links."""

    site: Site
    language: Language
    page: Page

    @property
    def path(self) -> str:
        """Return where the file stands in the site."""
        return f"{self.language}/{self.page.path}"

    @property
    def other(self) -> Language:
        """Return the other language."""
        return LANGUAGES[1] if self.language == LANGUAGES[0] else LANGUAGES[0]

    def say(self, words: Words) -> str:
        """Return words in the language of the page, with nothing unseen in them."""
        return bound(safe(words.to(self.language)))

    def to(self, path: str, language: Language | None = None) -> str:
        """Return the link to a page in the same language, or in the one given; `path` may hold an anchor."""
        return self.file(f"{language or self.language}/{path}")

    def whole(self, path: str, language: Language) -> str:
        """Return the whole address of a page, where that of the site is known; else the link to it."""
        return f"{self.site.address}{language}/{path}" if self.site.address else self.to(path, language)

    def file(self, path: str) -> str:
        """Return the link to a file that has no language."""
        return addresses.relative(self.path, path)

    def of(self, iri: str | None) -> str | None:
        """Return the link to the page about an IRI, else to the web; None where neither may be followed.

        Our own addresses lead nowhere on the web yet: one without a page is no link.
        """
        if iri is None:
            return None
        if (place := self.site.places.get(iri)) is not None:
            return self.to(place + PAGE)
        return None if iri.startswith(BASE) else addresses.outside(iri)

    def name(self, thing: Thing) -> str:
        """Return what a thing is called here: its label, else its short name with its kind."""
        if thing.label is not None:
            return self.say(thing.label)
        return safe(thing.curie) if thing.kind is None else f"{safe(thing.curie)} ({self.say(thing.kind)})"

    def notes(self, texts: Sequence[Text]) -> list[Text]:
        """Return notes in the language of the page; those of another language when there is none."""
        return [one for one in texts if one.language in {None, self.language}] or list(texts)

    def values(self, found: Sequence[Value]) -> list[Value]:
        """Return values, texts in the reader's language first; others that say the same are left out."""
        own = [one for one in found if not isinstance(one, Text) or one.language in {None, self.language}]
        said = {one.text for one in own if isinstance(one, Text)}
        return own + [
            one for one in found if isinstance(one, Text) and one not in own and one.text not in said
        ]

    def tongue(self, thing: Thing) -> str | None:
        """Return the language of the name of a thing, where it is not that of the page."""
        return self.site.facts.tongue(thing, self.language)
