"""The exports of a release made again from the content that it holds, and compared byte for byte.

Goes in: what a folder holds, what its manifest says, and which files are sound. Come out: what was compared, and every
difference. It is made with the tool at hand: another version of it, or of a library that writes a form, may write
other bytes that say the same.

1. Nothing is made of content that is not what the manifest lists.
2. What is made is hashed and let go: nothing is written.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, BinaryIO, cast

from accords.errors import AccordsError, MissingLibrary
from accords.language import Words
from accords.project import Project
from accords.publishing.edition import Edition
from accords.publishing.formats import FORMATS
from accords.publishing.hashing import hashing

from .described import EXPORTS
from .holding import Compared, Difference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from accords.publishing.artefacts import Artefact, Format

    from .holding import Held
    from .listing import Manifest

_FOLDERS = ("data/", "ontology/", "shapes/", "queries/")
_SAID = Words("fichiers des exports, refaits à l'identique", "files of the exports, made again alike")
_CHANGED = Words("le contenu n'est pas celui du manifeste", "the content is not that of the manifest")
_OTHER = Words(
    "refait du contenu, il n'a pas ces octets (ou une bibliothèque d'une autre version l'écrit autrement)",
    "made again from the content, it has other bytes (or a library of another version writes it otherwise)",
)
_UNKNOWN = Words("rien dans le contenu ne le donne", "nothing in the content gives it")
_BUSY = Words("non refait : polars est déjà à l'œuvre ici", "not made again: polars is at work here already")


class _Nowhere:
    """A file that keeps nothing."""

    def write(self, data: bytes) -> int:
        return len(data)


def rebuilt(
    held: Held, said: Manifest, sound: frozenset[str], tell: Callable[[str], None], left: frozenset[str]
) -> Iterator[Compared | Difference]:
    """Yield what was compared, and what differs; forms in `left` are not made."""
    content = {path for path in (*held.sizes, *said.files) if path.startswith(_FOLDERS)}
    if not content <= sound or any(one.path.startswith(_FOLDERS) for one in held.differences):
        yield Compared(_SAID, 0, _CHANGED)
        return
    try:
        edition = Edition(Project(held.folder), dt.date.fromisoformat(said.day), said.version)
        yield from _compared(edition, said, sound, tell, left)
    except (AccordsError, ValueError) as wrong:
        why = wrong.message if isinstance(wrong, AccordsError) else _CHANGED
        yield Compared(_SAID, 0, why)


def _compared(
    edition: Edition, said: Manifest, sound: frozenset[str], tell: Callable[[str], None], left: frozenset[str]
) -> Iterator[Compared | Difference]:
    listed = {path for path in sound if path.startswith(EXPORTS)}
    for form in FORMATS:
        tell(form.name)
        try:
            made = dict(_made(form, edition)) if form.name not in left else _BUSY
        except MissingLibrary as missing:
            made = missing.message
        if isinstance(made, Words):
            listed = {path for path in listed if not path.endswith(f".{form.name}")}
            yield _again(form, 0, made)
            continue
        alike = {path for path, digest in made.items() if path in listed}
        yield from (Difference(p, _OTHER) for p in sorted(alike) if said.files[p].digest != made[p])
        listed -= alike
        yield _again(form, len(alike))
    yield from (Difference(path, _UNKNOWN) for path in sorted(listed))


def _again(form: Format, count: int, skipped: Words | None = None) -> Compared:
    return Compared(Words(f"refait : {form.title.fr}", f"made again: {form.title.en}"), count, skipped)


def _made(form: Format, edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield the path and the digest of each file of a form."""
    for artefact in form.make(edition):
        yield EXPORTS + artefact.path, _digest(artefact)


def _digest(artefact: Artefact) -> str:
    with hashing(cast("BinaryIO", _Nowhere())) as through:
        artefact.write(cast("BinaryIO", through))
    return through.digest
