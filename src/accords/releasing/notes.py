"""Release notes in the words of the domain: what changed since the release before, in both languages.

The first release says that it is the first, and what it holds.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from accords.families import KINDS, kind_of
from accords.language import LANGUAGES, Words
from accords.publishing.artefacts import Artefact, content
from accords.render import difference_data, difference_pages
from accords.render.phrases import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accords.diff import Diff
    from accords.language import Language
    from accords.publishing.edition import Edition

    from .versions import Version

_TITLE = Words("Notes de version", "Release notes")
_FIRST = Words(
    "Première version : il n'y en a pas avant elle. Elle contient :",
    "First release: there is none before it. It holds:",
)


def notes(edition: Edition, since: tuple[Version, Diff] | None) -> Iterator[Artefact]:
    """Yield the notes of a release; `since` is the version before and what changed, None for the first release."""
    for language, text in told(edition, since)._asdict().items():
        yield _file(f"notes.{language}.md", "text/markdown", text)
    if since is not None:
        yield _file("notes.json", "application/json", difference_data.as_json(_named(edition, *since)))


def told(edition: Edition, since: tuple[Version, Diff] | None) -> Words:
    """Return the notes as Markdown, in both languages."""
    head = f"# Accords emploi {edition.version} ({edition.day.isoformat()})\n\n"
    return Words(
        *(
            head + (_first(edition, language) if since is None else _changed(edition, *since, language))
            for language in LANGUAGES
        )
    )


def _file(name: str, media: str, said: str) -> Artefact:
    return Artefact(f"notes/{name}", media, _TITLE, content(said.encode("utf-8", "backslashreplace")))


def _changed(edition: Edition, before: Version, diff: Diff, language: Language) -> str:
    return difference_pages.as_markdown(_named(edition, before, diff), language, most=0)


def _named(edition: Edition, before: Version, diff: Diff) -> Diff:
    """Return a diff between versions: where their files stood is nobody's concern."""
    names = (Words(f"version {one}", f"version {one}") for one in (before, edition.version))
    return replace(diff, before=next(names), after=next(names))


def _first(edition: Edition, language: Language) -> str:
    counts = Counter(
        kind_of(subject.value) for subject in edition.facts.by_subject if isinstance(subject, NamedNode)
    )
    colon = Words(" : ", ": ").to(language)
    listed = [
        f"- {kind.many.to(language)}{colon}{number(counts[kind], language)}"
        for kind in KINDS
        if counts[kind] and kind.family in {"records", "concepts", "terms"}
    ]
    return "\n".join([_FIRST.to(language), "", *listed]) + "\n"
