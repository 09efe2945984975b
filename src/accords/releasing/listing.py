"""The manifest of a release, read as what it says and no more: a list of paths inside the folder, with sizes and sums."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accords.errors import ContentError
from accords.language import Words, printable
from accords.publishing.folders import MANIFEST

from .holding import LARGEST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .holding import Held

_LARGEST = 200_000_000  # bytes of a manifest
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Listed:
    """A file that a manifest lists."""

    path: str
    media: str
    size: int
    digest: str


@dataclass(frozen=True)
class Manifest:
    """What a manifest says."""

    version: str
    day: str
    files: Mapping[str, Listed]
    canonical: Mapping[str, Any]  # the names of the graph; empty when it tells none


def manifest(held: Held) -> Manifest:
    """Return the manifest of a folder.

    Raises ContentError when the folder has none, or one that does not read.
    """
    if MANIFEST not in held.sizes:
        raise _no_release(
            Words(
                f"il n'y a pas de {MANIFEST} : ce n'est pas une version publiée",
                f"there is no {MANIFEST}: not a release",
            )
        )
    try:
        said = json.loads(held.read(MANIFEST, _LARGEST))
        files = {one["path"]: _listed(one) for one in said["files"]}
        canonical = said.get("canonical")
        names = canonical if isinstance(canonical, dict) else {}
        return Manifest(str(said["version"]), str(said["date"]), files, names)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as wrong:
        raise _no_release(Words(f"{MANIFEST} ne se lit pas", f"{MANIFEST} cannot be read")) from wrong


def _no_release(said: Words) -> ContentError:
    hint = Words(
        "donner le dossier d'une version : celui de SHA256SUMS",
        "name the folder of a release: that of SHA256SUMS",
    )
    return ContentError(said, hint=hint)


def _listed(one: Mapping[str, Any]) -> Listed:
    """Return a row of a manifest. Raises ValueError for one that leads out of the folder, or is no row."""
    path, media, size, digest = one["path"], one["mediaType"], one["bytes"], one["sha256"]
    if not all(isinstance(text, str) for text in (path, media, digest)) or not isinstance(size, int):
        raise TypeError
    parts = path.split("/")
    if "\0" in path or any(part in {"", ".", ".."} for part in parts):
        raise ValueError(printable(path))
    if not _DIGEST.fullmatch(digest) or not 0 <= size <= LARGEST:
        raise ValueError(printable(path))
    return Listed(path, media, size, digest)
