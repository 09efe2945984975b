"""A copy of the invented world's archive that a test may spoil, and texts of the test's own.

`Archive.plant` puts a text into it and, into the project of a call, a source document with its excerpts.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accords import loading
from laying import ARCHIVE, PROJECT

if TYPE_CHECKING:
    from pathlib import Path

    from accords.language import Language
    from calling import Called, Caller


def declarations() -> str:
    """Return the house prefixes as Turtle."""
    return loading.load(PROJECT).prefixes.declarations()


@dataclass(frozen=True)
class Archive:
    """Calls on a project with a folder of archived texts."""

    call: Caller
    folder: Path

    def __call__(self, *words: str, lang: Language = "fr") -> Called:
        return self.call(*words, "--archive", str(self.folder), lang=lang)

    def plant(self, name: str, text: str, excerpts: str = "") -> None:
        """Archive a text, and record its source document `src:NAME` with the excerpts given."""
        raw = text.encode()
        (self.folder / f"{name}.txt").write_bytes(raw)
        self.record(
            f'src:{name} a ae:SourceDocument ; ae:archiveName "{name}.txt" ;\n'
            f'  ae:textDigest "{hashlib.sha256(raw).hexdigest()}" .\n{excerpts}',
            f"{name}.ttl",
        )

    def record(self, turtle: str, file: str = "planted.ttl") -> None:
        """Write records, without prefixes, into a file of the project."""
        self.call.write(f"data/sources/{file}", declarations() + turtle + "\n")


def copied(call: Caller, folder: Path) -> Archive:
    """Return calls on a project with a copy of the world's archive."""
    return Archive(call, shutil.copytree(ARCHIVE, folder / "archive", copy_function=shutil.copyfile))
