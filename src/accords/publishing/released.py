"""What was published before, as releases left word of it in `ontology/released.ttl` (written by `releasing`).

Goes in: a project and, where it is at hand, the folder of the release before. Comes out: `Past`.

1. A record names releases, each with the day and a sentence on what it brought, and the IRIs that it was the first
   to carry. Records of old name no day.
2. The folder of a release knows more than a project to which its record was not copied back: what either says is
   taken, of the folder first; its own day stands in its manifest.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from accords import loading
from accords.language import LANGUAGES, Words
from accords.vocab import BASE, DCTERMS, OWL

from .folders import MANIFEST
from .refusing import refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Triple

    from accords.project import Project

PATH = f"ontology/{loading.RELEASED}"
DATASET = BASE + "dataset/"
PART, ISSUED, TOLD = (NamedNode(DCTERMS + name) for name in ("hasPart", "issued", "description"))
ONTOLOGY, NUMBER = NamedNode(BASE + "def"), NamedNode(OWL + "versionInfo")
_VERSION = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}){2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Release:
    """A release: its number, its day and what it brought, where they are known."""

    version: str
    day: date | None = None
    told: Words | None = None

    @property
    def key(self) -> tuple[int, ...]:
        """Return the sorting key: numbers as numbers."""
        return tuple(map(int, self.version.split(".")))


@dataclass(frozen=True)
class Past:
    """The last release that the record of the project names, the first that carried each IRI, and all of them."""

    last: str | None = None
    firsts: Mapping[str, str] = field(default_factory=dict)  # IRI of the release, by IRI
    releases: tuple[Release, ...] = ()  # newest first


def past(project: Project, before: Project | None = None) -> Past:
    """Return what was published before; nothing before the first release. `before` is the folder of the last one.

    Raises ContentError when a record cannot be read.
    """
    ours = _recorded(project)
    if before is None:
        return ours
    theirs = _recorded(before)
    own = _manifest(before)
    known = {one.version: one for one in (*ours.releases, *own, *theirs.releases)}
    firsts = {**ours.firsts, **theirs.firsts}
    return Past(ours.last, firsts, _ordered(_whole(one, own) for one in known.values()))


def _whole(release: Release, own: Iterable[Release]) -> Release:
    """Return a release with the day that its manifest tells, where its record tells none."""
    days = (one.day for one in own if one.version == release.version)
    return release if release.day else Release(release.version, next(days, None), release.told)


def _ordered(releases: Iterable[Release]) -> tuple[Release, ...]:
    return tuple(sorted(releases, key=lambda one: one.key, reverse=True))


def _recorded(project: Project) -> Past:
    path = project.ontology / loading.RELEASED
    if not path.is_file():
        return Past()
    document, _ = loading.read(path, PATH)
    if document is None:
        raise refusal(PATH)
    numbers = (
        one.object.value
        for one in document.triples
        if one.predicate == NUMBER and one.subject == ONTOLOGY and isinstance(one.object, Literal)
    )
    firsts = {
        one.object.value: one.subject.value
        for one in document.triples
        if one.predicate == PART and isinstance(one.subject, NamedNode) and isinstance(one.object, NamedNode)
    }
    return Past(next(numbers, None), firsts, _ordered(releases(document.triples)))


def releases(triples: Iterable[Triple]) -> Iterable[Release]:
    """Return the releases that a record names: those that carried something, or bear a day."""
    said: dict[str, dict[NamedNode, list[Literal]]] = {}
    for one in triples:
        if isinstance(one.subject, NamedNode) and one.predicate in {PART, ISSUED, TOLD}:
            rows = said.setdefault(one.subject.value.removeprefix(DATASET), {})
            if isinstance(one.object, Literal):
                rows.setdefault(one.predicate, []).append(one.object)
    for version, rows in said.items():
        if _VERSION.fullmatch(version):
            yield Release(version, _day(rows.get(ISSUED, ())), _words(rows.get(TOLD, ())))


def _day(found: Iterable[Literal]) -> date | None:
    for one in found:
        try:
            return date.fromisoformat(one.value)
        except ValueError:
            continue
    return None


def _words(found: Iterable[Literal]) -> Words | None:
    said = {one.language: one.value for one in found}
    french, english = (said.get(language) for language in LANGUAGES)
    return Words(french, english) if french and english else None


def _manifest(folder: Project) -> tuple[Release, ...]:
    """Return what the manifest of a release says of it; nothing without one that reads."""
    try:
        held = json.loads((folder.root / MANIFEST).read_text(encoding="utf-8"))
        version, day = str(held["version"]), date.fromisoformat(held["date"])
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return ()
    return (Release(version, day),) if _VERSION.fullmatch(version) else ()
