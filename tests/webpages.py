"""Reading the pages of the site as a browser that forgives nothing: elements, links, languages, what is said."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from accords.publishing.artefacts import Artefact

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
PICTURE = frozenset({"path", "rect", "circle", "line", "use"})  # of SVG, closed where they open


class Held:
    """A file in memory."""

    def __init__(self) -> None:
        self.bytes = bytearray()

    def write(self, data: bytes) -> int:
        self.bytes += data
        return len(data)


def written(artefacts: Iterable[Artefact]) -> dict[str, bytes]:
    """Return the files of a site by path, each once."""
    found: dict[str, bytes] = {}
    for one in artefacts:
        held = Held()
        one.write(held)  # type: ignore[arg-type]  # all that is used of a file
        assert one.path not in found, one.path
        found[one.path] = bytes(held.bytes)
    return found


@dataclass
class Element:
    """An opening tag, with the language in force there."""

    tag: str
    attributes: Mapping[str, str]
    language: str


@dataclass
class Document(HTMLParser):
    """A page, read strictly: elements close in the order in which they open."""

    text: str
    elements: list[Element] = field(default_factory=list)
    said: list[tuple[str, str]] = field(default_factory=list)  # text with its language
    faults: list[str] = field(default_factory=list)
    _open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.text)
        self.close()
        self.faults += [f"not closed: {one.tag}" for one in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        self.faults += [f"{tag}: twice {name}" for name in set(names) if names.count(name) > 1]
        held = {name: value or "" for name, value in attrs}
        language = held.get("lang", self._open[-1].language if self._open else "")
        element = Element(tag, held, language)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1].tag != tag:
            self.faults.append(f"{self.getpos()}: </{tag}> within {[one.tag for one in self._open][-2:]}")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open and self._open[-1].tag not in {"script", "style"}:
            self.said.append((data, self._open[-1].language))

    def all(self, *tags: str) -> list[Element]:
        """Return the elements of some kinds."""
        return [one for one in self.elements if one.tag in tags]

    @property
    def ids(self) -> list[str]:
        """Return the ids, in order."""
        return [one.attributes["id"] for one in self.elements if "id" in one.attributes]

    @property
    def words(self) -> str:
        """Return what is said, on one line."""
        return " ".join(" ".join(data.split()) for data, _ in self.said)

    def links(self) -> Iterator[tuple[Element, str]]:
        """Yield what the page names: links, scripts, styles, pictures, forms."""
        for one in self.elements:
            for name in ("href", "src", "action", "data", "poster", "srcset", "xlink:href"):
                if name in one.attributes:
                    yield one, one.attributes[name]


def documents(site: Mapping[str, bytes]) -> dict[str, Document]:
    """Return the pages of a site, read."""
    return {path: Document(held.decode()) for path, held in site.items() if path.endswith(".html")}


def target(origin: str, link: str) -> tuple[str, str]:
    """Return the path and the anchor that a relative link leads to."""
    parts = urlsplit(link)
    path = posixpath.normpath(posixpath.join(posixpath.dirname(origin), unquote(parts.path)))
    return (path if parts.path else origin), unquote(parts.fragment)


def internal(link: str) -> bool:
    """Tell whether a link stays in the site."""
    parts = urlsplit(link)
    return not parts.scheme and not parts.netloc


def broken(site: Mapping[str, bytes], read: Mapping[str, Document]) -> list[tuple[str, str]]:
    """Return the links inside a site that lead to no file, or to no place of a page."""
    found = []
    for path, document in read.items():
        for _, link in document.links():
            if internal(link):
                file, anchor = target(path, link)
                if file not in site or (anchor and anchor not in read[file].ids):
                    found.append((path, link))
    return found
