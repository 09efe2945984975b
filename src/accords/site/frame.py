"""From sections to files: every page in both languages, and what stands beside the pages.

1. Each page of each section becomes two files, `fr/…` and `en/…`.
2. The files of the sections, the style and the script follow, `index.html` and `404.html` come last.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from accords.language import LANGUAGES, Words
from accords.publishing.artefacts import Artefact, content

from .beside import Beside
from .page import Site, View
from .sections import SECTIONS
from .templating import rendered, standing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from accords.publishing.edition import Edition

HTML = "text/html; charset=utf-8"
_ASSETS = (
    ("style.css", "text/css; charset=utf-8", Words("La mise en page", "The style")),
    ("site.js", "text/javascript; charset=utf-8", Words("Le script des listes", "The script of the lists")),
    (
        "search.js",
        "text/javascript; charset=utf-8",
        Words("Le script de la recherche", "The script of the search"),
    ),
    ("icon.svg", "image/svg+xml", Words("L'icône", "The icon")),
)


def pages(edition: Edition, beside: Beside | None = None) -> Iterator[Artefact]:
    """Yield the files of the site of an edition; `beside` is what is published with it, where that is known."""
    site = Site(edition, SECTIONS, beside or Beside())
    for section in site.sections:
        for page in section.pages(site):
            for language in LANGUAGES:
                yield _file(View(site, language, page))
        yield from section.files(site)
    for name, media, title in _ASSETS:
        yield Artefact(f"site/{name}", media, title, content((files(__package__) / name).read_bytes()))
    for name, title in (("index", _CHOICE), ("404", _MISSING)):
        made = standing(f"{name}.html", site).encode()
        yield Artefact(f"{name}.html", HTML, title, content(made))


def _file(view: View) -> Artefact:
    def write(file: BinaryIO) -> None:
        file.write(rendered(view).encode())

    return Artefact(view.path, HTML, view.page.title, write)


_CHOICE = Words("Choix de la langue", "Choice of language")
_MISSING = Words("Page introuvable", "Page not found")
