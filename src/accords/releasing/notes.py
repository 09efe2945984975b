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
from accords.render import difference_data, difference_pages, differences
from accords.render.phrases import counted, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accords.diff import Diff
    from accords.families import Family, Kind
    from accords.language import Language
    from accords.publishing.edition import Edition

    from .versions import Version

_TITLE = Words("Notes de version", "Release notes")
_FIRST = Words(
    "Première version : il n'y en a pas avant elle. Elle contient :",
    "First release: there is none before it. It holds:",
)
_HELD: dict[Family, tuple[Words, Words]] = {
    "records": (Words("fiche", "record"), Words("fiches", "records")),
    "concepts": (Words("concept", "concept"), Words("concepts", "concepts")),
    "terms": (Words("terme", "term"), Words("termes", "terms")),
}


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


def sentence(edition: Edition, since: tuple[Version, Diff] | None) -> Words:
    """Return what a release brings, in one sentence without a full stop: how much changed, or how much it holds."""
    if since is not None:
        return Words(*(differences.summary(since[1], language) for language in LANGUAGES))
    held: Counter[Family] = Counter()
    for kind, count in _counts(edition):
        held[kind.family] += count
    said = (
        ", ".join(counted(held[one], *_HELD[one], language) for one in _HELD if held[one])
        for language in LANGUAGES
    )
    return Words(f"Première version : {next(said)}", f"First release: {next(said)}")


def _file(name: str, media: str, said: str) -> Artefact:
    return Artefact(f"notes/{name}", media, _TITLE, content(said.encode("utf-8", "backslashreplace")))


def _changed(edition: Edition, before: Version, diff: Diff, language: Language) -> str:
    return difference_pages.as_markdown(_named(edition, before, diff), language, most=0)


def _named(edition: Edition, before: Version, diff: Diff) -> Diff:
    """Return a diff between versions: where their files stood is nobody's concern."""
    names = (Words(f"version {one}", f"version {one}") for one in (before, edition.version))
    return replace(diff, before=next(names), after=next(names))


def _first(edition: Edition, language: Language) -> str:
    colon = Words(" : ", ": ").to(language)
    listed = [
        f"- {kind.many.to(language)}{colon}{number(count, language)}" for kind, count in _counts(edition)
    ]
    return "\n".join([_FIRST.to(language), "", *listed]) + "\n"


def _counts(edition: Edition) -> Iterator[tuple[Kind, int]]:
    """Yield the kinds of what an edition holds, with how many there are."""
    counts = Counter(
        kind_of(subject.value) for subject in edition.facts.by_subject if isinstance(subject, NamedNode)
    )
    yield from ((kind, counts[kind]) for kind in KINDS if counts[kind] and kind.family in _HELD)
