"""What tells others of the site: a feed of what was published, newest first (Atom), and a map of its pages.

A map holds whole addresses: there is one only where the address of the site is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from accords.language import LANGUAGES, Words
from accords.publishing.artefacts import Artefact, content
from accords.render.prose import safe
from accords.vocab import BASE

from .page import Section
from .release import link, releases

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from accords.language import Language

    from .page import Page, Site

MOST = 20_000  # pages in one map, each in both languages: fewer than the 50,000 that may be
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_FEED = Words("Fil des publications", "Feed of publications")
_PAGES = Words("Plan du site", "Map of the site")


def _files(site: Site) -> Iterator[Artefact]:
    for language in LANGUAGES:
        text = feed(site, language).encode()
        yield Artefact(f"{language}/feed.xml", "application/atom+xml", _FEED, content(text))
    if site.address:
        yield from _maps(site)


def feed(site: Site, language: Language) -> str:
    """Return the feed in one language: this edition, then the releases before it whose day is known."""
    here = f"{site.address}{language}/" if site.address else ""
    linked = f'<link rel="self" href={quoteattr(here + "feed.xml")}/>' if here else ""
    return (
        f'{_XML}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">\n'
        f"<id>{BASE}dataset</id>\n<title>Accords emploi</title>\n<updated>{_moment(site.edition.day)}</updated>\n"
        "<author><name>Accords emploi</name></author>\n"
        f'{linked}<link rel="alternate" href={quoteattr(here + "index.html")}/>\n'
        f"{''.join(_entry(one, here, language) for one in _entries(site))}</feed>\n"
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a feed says of one edition."""

    name: str  # at the end of its IRI
    title: Words
    day: date
    path: str
    told: Words


def _entries(site: Site) -> Iterator[_Entry]:
    edition = site.edition
    if edition.version is None:
        day = edition.day.isoformat()
        title = Words(f"État des données du {day}", f"State of the data on {day}")
        yield _Entry(day, title, edition.day, "index.html", _SUMMARY)
    for one in releases(site):
        if one.day is not None:
            title = Words(f"Version {one.version}", f"Version {one.version}")
            yield _Entry(one.version, title, one.day, link(one), one.told or _SUMMARY)


def _entry(one: _Entry, here: str, language: Language) -> str:
    title, told = (escape(safe(said.to(language))) for said in (one.title, one.told))
    return (
        f"<entry>\n<id>{BASE}dataset/{escape(safe(one.name))}</id>\n<title>{title}</title>\n"
        f'<updated>{_moment(one.day)}</updated>\n<link rel="alternate" href={quoteattr(here + one.path)}/>\n'
        f"<summary>{told}</summary>\n</entry>\n"
    )


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _maps(site: Site) -> Iterator[Artefact]:
    listed = [page for section in site.sections for page in section.pages(site) if page.listed]
    parts = [listed[first : first + MOST] for first in range(0, len(listed), MOST)]
    if len(parts) == 1:
        yield _artefact("sitemap.xml", _map(site, listed))
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield _artefact(name, _map(site, part))
    rows = [f"<sitemap><loc>{escape(site.address + name)}</loc></sitemap>\n" for name in names]
    yield _artefact("sitemap.xml", f'{_XML}<sitemapindex xmlns="{_MAP}">\n{"".join(rows)}</sitemapindex>\n')


def _map(site: Site, pages: Sequence[Page]) -> str:
    rows = (_row(site, page, language) for page in pages for language in LANGUAGES)
    spaces = f'xmlns="{_MAP}" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return f"{_XML}<urlset {spaces}>\n{''.join(rows)}</urlset>\n"


def _row(site: Site, page: Page, language: Language) -> str:
    def address(tongue: Language) -> str:
        return f"{site.address}{tongue}/{page.path}"

    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{one}" href={quoteattr(address(one))}/>' for one in LANGUAGES
    )
    return f"<url><loc>{escape(address(language))}</loc>{others}</url>\n"


def _artefact(name: str, text: str) -> Artefact:
    return Artefact(name, "application/xml", _PAGES, content(text.encode()))


_SUMMARY = Words(
    "Le graphe, ses pages et ses fichiers tels qu'ils étaient ce jour-là.",
    "The graph, its pages and its files as they stood on that day.",
)
SECTION = Section("feeds", lambda _: (), files=_files)
