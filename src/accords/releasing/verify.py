"""A release read again, with nothing but its folder: is everything there, whole, and what it says it is?

Goes in: a folder. Comes out: `Verdict`: what was compared, with counts, and every difference, file by file.

1. Every file that the manifest lists is there with its size and its digest; no other is; `SHA256SUMS` says the same;
   what every release has is listed.
2. What the files say is compared in a child that can be killed, and only where they are what the manifest lists:
   `meaning`. There too, when it is asked for, the exports are made again from the content: `rebuilding`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accords import frames, worker
from accords.errors import FileRefused
from accords.language import Words
from accords.publishing.folders import MANIFEST

from . import holding, listing, meaning, rebuilding, sums, tallying
from .described import EXPORTS, SITE, SYNTAXES
from .holding import Compared, Difference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from .holding import Held
    from .listing import Manifest

_MISSING = Words("manque", "missing")
_EXTRA = Words("en trop : le manifeste ne le liste pas", "extra: the manifest does not list it")
_OTHER = Words("le contenu n'a pas l'empreinte attendue", "the content does not have the expected digest")
_SUM = Words(
    "SHA256SUMS et le manifeste ne disent pas la même empreinte",
    "SHA256SUMS and the manifest tell different digests",
)
_NOT_SUMS = Words("ce n'est pas une liste d'empreintes", "not a list of digests")
_LARGEST_SUMS = 200_000_000
_PARTS = (  # that every release has, whatever it holds
    *(f"{EXPORTS}accords.{syntax}" for syntax in SYNTAXES), tallying.DESCRIPTION,
    "metadata/dcat.jsonld", "metadata/dcat.ttl", "metadata/queries.ttl", "metadata/schema.jsonld",
    "metadata/sources.csv", "metadata/void.ttl", "notes/notes.en.md", "notes/notes.fr.md",
    "ontology/released.ttl", "reports/checks.json", "reports/validation.json", "reports/validation.ttl",
    f"{SITE}index.html",
)  # fmt: skip
_PART = Words("manque : chaque version en a un", "missing: every release has one")


@dataclass(frozen=True)
class Verdict:
    """What a verification found."""

    version: str
    compared: tuple[Compared, ...]
    differences: tuple[Difference, ...]


def verify(
    folder: Path,
    *,
    rebuild: bool = False,
    timeout: float = worker.TIMEOUT,
    memory: int = worker.MEMORY,
    told: Callable[[str], None] = lambda _: None,
) -> Verdict:
    """Return what is not as a release says of itself; with `rebuild`, the exports are made again from its content.

    Raises ContentError when the folder is not a release, FileRefused, LimitReached.
    """
    held = holding.held(folder)
    said = listing.manifest(held)
    parts = (Difference(path, _PART) for path in _PARTS if path not in said.files)
    bytes_ = (*held.differences, *parts, *_files(held, said), *_sums(held, said))
    wrong = {one.path for one in bytes_}
    sound = frozenset(path for path in said.files if path not in wrong)

    def looked(tell: worker.Tell) -> meaning.Found:
        left = frozenset(
            {"parquet"} if frames.at_work() else ()
        )  # a fork of what polars runs in would wait for ever
        compared, differences = meaning.compared(held, said, sound, tell)
        again = tuple(rebuilding.rebuilt(held, said, sound, tell, left)) if rebuild else ()
        return (
            (*compared, *(one for one in again if isinstance(one, Compared))),
            (*differences, *(one for one in again if isinstance(one, Difference))),
        )

    compared, meant = worker.start(looked, timeout=timeout, memory=memory).result(told)
    files = Compared(Words("fichiers, taille et empreinte", "files, size and digest"), len(said.files))
    return Verdict(said.version, (files, *compared), tuple(sorted({*bytes_, *meant})))


def _files(held: Held, said: Manifest) -> Iterator[Difference]:
    for path, listed in said.files.items():
        if path not in held.sizes:
            yield Difference(path, _MISSING)
        elif held.sizes[path] != listed.size:
            found = held.sizes[path]
            yield Difference(
                path,
                Words(f"{found} octets au lieu de {listed.size}", f"{found} bytes instead of {listed.size}"),
            )
        elif _digest(held, path) != listed.digest:
            yield Difference(path, _OTHER)
    for path in held.sizes.keys() - said.files.keys() - {MANIFEST, sums.FILE}:
        yield Difference(path, _EXTRA)


def _digest(held: Held, path: str) -> str | None:
    try:
        return held.digest(path)
    except FileRefused:
        return None


def _sums(held: Held, said: Manifest) -> Iterator[Difference]:
    if sums.FILE not in held.sizes:
        yield Difference(sums.FILE, _MISSING)
        return
    found = sums.read(held.read(sums.FILE, _LARGEST_SUMS).decode("utf-8", "replace"))
    if found is None:
        yield Difference(sums.FILE, _NOT_SUMS)
        return
    expected = {path: listed.digest for path, listed in said.files.items()}
    expected[MANIFEST] = held.digest(MANIFEST)
    for path in found.keys() | expected.keys():
        if found.get(path) != expected.get(path):
            yield Difference(path, _SUM)
