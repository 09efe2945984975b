"""A folder of published files, written all or none, with the list of what it holds.

1. Every file is written below a folder beside the target, hashed on its way.
2. What tells of the files written before comes last: `manifest.json` lists their path, media type, title, size in
   bytes, SHA-256.
3. When all is on the disk, the folder takes the target's name. What fails before leaves the target as it was.

A folder that exists is replaced on request only, and only when its own manifest accounts for all that it holds.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, cast

from accords.errors import FileRefused, RequestError
from accords.language import Words, printable

from .artefacts import Artefact, content
from .hashing import hashing

if TYPE_CHECKING:
    from pathlib import Path

    from .edition import Edition

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written: what it is, how long, and its digest."""

    artefact: Artefact
    size: int  # bytes
    digest: str  # SHA-256, hexadecimal


Closing = Callable[[tuple[Written, ...]], Iterable[Artefact]]  # makes files that tell of those written before


def publish(
    target: Path,
    edition: Edition,
    artefacts: Iterable[Artefact],
    closing: Iterable[Closing] | None = None,
    *,
    replace: bool = False,
) -> tuple[Written, ...]:
    """Write the artefacts below a folder, then those that `closing` makes of them in turn: the manifest, or more.

    Raises RequestError when the folder holds anything and may not be replaced, or two artefacts have one path;
    FileRefused when the system refuses. Then the folder is as it was.
    """
    _refuse_taken(target, replace=replace)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        draft.mkdir(parents=True)
        written = _written_in(draft, artefacts, ())
        for last in (listing(edition),) if closing is None else closing:
            written = _written_in(draft, last(written), written)
        os.sync()  # on the disk for good, in one go, before anything has its name
        _take_name(draft, target)
    except OSError as problem:
        raise FileRefused(str(problem.filename or target), problem) from problem
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return written


def listing(edition: Edition, more: Mapping[str, object] | None = None) -> Closing:
    """Return what makes the manifest of the files written before it; `more` is told in front of them."""
    return lambda written: (manifest(edition, written, more or {}),)


def manifest(edition: Edition, files: tuple[Written, ...], more: Mapping[str, object]) -> Artefact:
    """Return the list of files, sorted by path."""
    listed = {
        "version": edition.version,
        "date": edition.day.isoformat(),
        **more,
        "files": [
            {
                "path": file.artefact.path,
                "mediaType": file.artefact.media,
                "title": file.artefact.title._asdict(),
                "bytes": file.size,
                "sha256": file.digest,
            }
            for file in sorted(files, key=lambda file: file.artefact.path)
        ],
    }
    said = Words("Liste des fichiers", "List of the files")
    text = json.dumps(listed, ensure_ascii=False, indent=1) + "\n"
    return Artefact(MANIFEST, "application/json", said, content(text.encode()))


def _written_in(
    draft: Path, artefacts: Iterable[Artefact], before: tuple[Written, ...]
) -> tuple[Written, ...]:
    written = {file.artefact.path: file for file in before}
    for artefact in artefacts:
        if artefact.path in written:
            twice = printable(artefact.path, 200)
            raise RequestError(Words(f"{twice} : écrit deux fois", f"{twice}: written twice"))
        path = draft / PurePosixPath(artefact.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file, hashing(file) as through:
            artefact.write(cast("BinaryIO", through))
        written[artefact.path] = Written(artefact, through.size, through.digest)
    return tuple(written.values())


def _refuse_taken(target: Path, *, replace: bool) -> None:
    name = printable(str(target), 200)
    if not target.is_dir():
        if target.exists():
            raise RequestError(Words(f"{name} : ce n'est pas un dossier", f"{name}: not a folder"))
        return
    held = {path.relative_to(target).as_posix() for path in target.rglob("*") if not path.is_dir()}
    if not held:
        return
    foreign = held - _listed(target) - {MANIFEST}
    if foreign:
        shown = printable(min(foreign), 200)
        raise RequestError(
            Words(
                f"{name} contient autre chose qu'un export : {shown}",
                f"{name} holds something else than an export: {shown}",
            ),
            hint=Words("choisir un dossier neuf", "take a new folder"),
        )
    if not replace:
        raise RequestError(
            Words(f"{name} contient déjà un export", f"{name} already holds an export"),
            hint=Words("le remplacer : --replace", "replace it: --replace"),
        )


def _listed(target: Path) -> set[str]:
    """Return the files that the manifest of a folder lists; none without a manifest that reads."""
    try:
        held = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
        return {file["path"] for file in held["files"]}
    except (OSError, ValueError, TypeError, KeyError):
        return set()


def _take_name(draft: Path, target: Path) -> None:
    if not target.exists():
        draft.rename(target)
        return
    old = target.with_name(f".{target.name}.{os.getpid()}.before")
    target.rename(old)
    try:
        draft.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
