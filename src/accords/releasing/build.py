"""The making of a release: refused or whole.

Goes in: `Order`, what is asked. Comes out: the files written. In this order:

1. The number: three figures, the one that the ontology bears, allowed by what changed since the release before.
2. The check of the whole project: an error refuses the release.
3. The files: the content as it is, the exports, reports, notes, the record for the next release; then what describes
   the files written, the manifest with the canonical names of the graph, the sums.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from accords import checking, comparing, measuring, validation
from accords import diff as differing
from accords.errors import RequestError
from accords.findings import Severity
from accords.language import Words, printable
from accords.publishing import folders, released
from accords.publishing.artefacts import Artefact, content
from accords.publishing.edition import Edition
from accords.publishing.formats import FORMATS
from accords.render import text
from accords.site.beside import Beside
from accords.site.frame import pages

from . import (
    canonical,
    citation,
    contents,
    executable,
    figures,
    metadata,
    notes,
    reading,
    record,
    reports,
    sources,
    sums,
    versions,
    vocabulary,
    w3id,
)
from .described import EXPORTS, SITE, Described
from .refusing import ReleaseRefused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from pyoxigraph import Quad

    from accords.checking import Checked
    from accords.diff import Diff
    from accords.project import Project
    from accords.publishing.folders import Written
    from accords.publishing.released import Past

    from .versions import Version


_PREVIOUS = Words(
    "--previous DOSSIER, ou --previous rev:ÉTIQUETTE", "--previous FOLDER, or --previous rev:TAG"
)
_SCHEMA = ".schema.json"  # how the files end that tell of others what they hold


@dataclass(frozen=True)
class Order:
    """A release that is asked for."""

    project: Project
    version: str
    day: date
    target: Path
    working: Path  # where paths start from
    previous: str | None = None  # a folder or a revision, as typed
    archive: Path | None = None
    address: str = (
        ""  # where the website will be served, with a slash at its end; nothing when that is not known
    )


def build(order: Order, told: checking.Tell) -> tuple[Written, ...]:
    """Write the release that is asked for and return its files.

    Raises ReleaseRefused when the content does not allow it, RequestError, ContentError, LimitReached.
    """
    _must_be_new(order.target)
    asked = versions.version(order.version, "--version")
    edition = Edition(order.project, order.day, order.version, order.address, _before(order))
    _must_be_declared(edition, asked)
    since = _since(order, edition, asked)
    made = _checked(order, told)
    told(str(order.target))
    return _Release(edition, made, since).write(order.target)


def _before(order: Order) -> Project | None:
    """Return the folder of the release before, where it is one that is named."""
    asked = order.previous
    return None if asked is None else comparing.folder_of(order.project, order.working, asked)


def _must_be_new(target: Path) -> None:
    """Raise RequestError for a folder that holds anything: a release is never written over."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        shown = printable(str(target), 200)
        raise RequestError(
            Words(
                f"{shown} existe déjà ; une version publiée ne se réécrit pas",
                f"{shown} exists already; a release is never written over",
            ),
            hint=Words("donner un dossier neuf : --to", "name a new folder: --to"),
        )


def _must_be_declared(edition: Edition, asked: Version) -> None:
    declared = versions.declared(edition.facts)
    named = versions.named(edition.facts)
    if declared != str(asked) or named != str(asked):
        shown = printable((named if declared == str(asked) else declared) or "–")
        raise ReleaseRefused(
            Words(
                f"l'ontologie porte la version {shown}, et non {asked}",
                f"the ontology bears version {shown}, not {asked}",
            ),
            (),
            hint=Words(
                "owl:versionInfo et owl:versionIRI, dans ontology/accords.ttl",
                "owl:versionInfo and owl:versionIRI, in ontology/accords.ttl",
            ),
        )


def _since(order: Order, edition: Edition, asked: Version) -> tuple[Version, Diff] | None:
    """Return the version before and what changed since; None for the first release.

    Raises ReleaseRefused when what changed does not allow the number, RequestError when the release before is not named.
    """
    if order.previous is None:
        _must_be_first(edition.past, asked)
        return None
    before, after = comparing.compared(order.project, order.working, (order.previous,))
    if not (before.filed and before.whole):
        raise _no_release(order.previous)
    known = versions.declared(before.facts)
    last = versions.version(known or "", "--previous")
    _must_be_last(edition.past, asked, last)
    found = differing.compare(before, after)
    versions.allow(asked, last, versions.judged(found, before, after))
    return last, measuring.measured(found, before, after, order.project)


def _no_release(asked: str) -> RequestError:
    shown = printable(asked, 200)
    return RequestError(
        Words(
            f"{shown} n'est ni le dossier d'une version ni une révision : rien ne s'y compare en entier",
            f"{shown} is neither the folder of a release nor a revision: nothing whole to compare with",
        ),
        hint=Words(
            "--previous DOSSIER, ou --previous rev:ÉTIQUETTE", "--previous FOLDER, or --previous rev:TAG"
        ),
    )


def _must_be_first(past: Past, asked: Version) -> None:
    """Raise RequestError when the record of the project names a release before this one."""
    others = {past.last, *(one.version for one in past.releases)} - {None, str(asked)}
    if others:
        raise RequestError(
            Words(
                f"il y a déjà eu une version ({past.last}) : il faut comparer avec la précédente",
                f"there has been a release already ({past.last}): it takes a comparison with the previous one",
            ),
            hint=_PREVIOUS,
        )


def _must_be_last(past: Past, asked: Version, before: Version) -> None:
    """Raise RequestError when the record names another release as the last one."""
    last = past.last
    if last not in {None, str(asked), str(before)}:
        raise RequestError(
            Words(
                f"la dernière version est {last}, d'après {released.PATH}, et non {before}",
                f"the last release is {last}, as {released.PATH} has it, not {before}",
            ),
            hint=_PREVIOUS,
        )


def _checked(order: Order, told: checking.Tell) -> Checked:
    """Return the report of the check. Raises ReleaseRefused when it has an error."""
    options = validation.Options(archive=order.archive)
    made = checking.check(order.project, options, None, told)
    wrong = [found for found in made.report.findings if found.severity is Severity.ERROR]
    if wrong or not made.report.whole:
        raise ReleaseRefused(
            Words("le contenu a des erreurs", "the content has errors"),
            [Words(text.finding(one, "fr"), text.finding(one, "en")) for one in wrong],
            hint=Words("accords check", "accords check"),
        )
    return made


@dataclass(frozen=True)
class _Release:
    """A release that nothing refuses any more; `data` gathers the paths of the exports that hold the data."""

    edition: Edition
    made: Checked
    since: tuple[Version, Diff] | None
    data: set[str] = field(default_factory=set)

    def write(self, target: Path) -> tuple[Written, ...]:
        placed = {"address": self.edition.address} if self.edition.address else {}
        before = None if self.since is None else str(self.since[0])
        more = {"previous": before, **placed, "canonical": self._names()}
        closing = (self._site, self._descriptions, folders.listing(self.edition, more), _sums)
        return folders.publish(target, self.edition, self._artefacts(), closing)

    def _artefacts(self) -> Iterator[Artefact]:
        edition = self.edition
        yield reading.page(edition)
        yield citation.citation(edition)
        yield from contents.as_they_are(edition.project)
        yield record.record(edition, notes.sentence(edition, self.since))
        yield executable.questions(edition)
        yield from self._exports()
        yield from reports.validation(edition, self.made)
        yield from reports.coverage(edition)
        yield from reports.checks(self.made)
        yield from notes.notes(edition, self.since)
        yield from sources.attribution(edition)
        yield from w3id.kit(edition)

    def _exports(self) -> Iterator[Artefact]:
        for artefact in vocabulary.vocabulary(self.edition):
            self.data.add(artefact.path)
            yield artefact
        for form in FORMATS:
            for artefact in form.make(self.edition):
                placed = replace(artefact, path=EXPORTS + artefact.path)
                if not placed.path.endswith(_SCHEMA):
                    self.data.add(placed.path)
                yield placed

    def _site(self, written: tuple[Written, ...]) -> Iterator[Artefact]:
        """Yield the website, which tells of the exports beside it and holds the notes."""
        files = tuple(
            replace(one, artefact=replace(one.artefact, path=one.artefact.path.removeprefix(EXPORTS)))
            for one in written
            if one.artefact.path.startswith(EXPORTS)
        )
        told, brought = notes.told(self.edition, self.since), notes.sentence(self.edition, self.since)
        beside = Beside(files, told, brought, f"../{EXPORTS}", f"../{folders.MANIFEST}")
        for artefact in pages(self.edition, beside):
            yield replace(artefact, path=SITE + artefact.path)

    @cached_property
    def _quads(self) -> tuple[Quad, ...]:
        return tuple(canonical.quads(self.edition))

    def _descriptions(self, written: tuple[Written, ...]) -> Iterator[Artefact]:
        previous = None if self.since is None else str(self.since[0])
        yield from metadata.descriptions(
            Described(self.edition, figures.of_quads(self._quads), written, frozenset(self.data), previous)
        )

    def _names(self) -> dict[str, object]:
        found = canonical.of_quads(self._quads)
        return {
            "algorithm": canonical.ALGORITHM,
            "dataset": found.dataset,
            "merged": found.merged,
            "graphs": dict(found.graphs),
        }


def _sums(written: tuple[Written, ...]) -> Iterator[Artefact]:
    """Yield the sums of all files, as `sha256sum -c` reads them."""
    lines = sorted((file.artefact.path, file.digest) for file in written)
    said = Words("Empreintes des fichiers", "Sums of the files")
    text_ = "".join(sums.line(path, digest) for path, digest in lines)
    yield Artefact(sums.FILE, "text/plain", said, content(text_.encode()))
