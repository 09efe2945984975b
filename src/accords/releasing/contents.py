"""What a release holds as it is: the files of the four folders, byte for byte, and the licence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accords.errors import FileRefused
from accords.files import content_files
from accords.findings import Severity
from accords.language import Words
from accords.loading import RELEASED
from accords.publishing.artefacts import Artefact, Write
from accords.publishing.refusing import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from accords.project import Project

_MEDIA = {
    ".ttl": ("text/turtle", Words("Turtle", "Turtle")),
    ".rq": ("application/sparql-query", Words("Requête SPARQL", "SPARQL query")),
    ".md": ("text/markdown", Words("Mode d'emploi", "Guide")),
    ".ipynb": ("application/x-ipynb+json", Words("Carnet", "Notebook")),
}
_LICENCES = (("LICENSE-DATA", Words("Licence des données", "Licence of the data")),)


def as_they_are(project: Project) -> Iterator[Artefact]:
    """Yield the files of the four folders, and the licence where the project has it at its root.

    Raises ContentError for a Turtle file that cannot be read.
    """
    for folder in (project.ontology, project.data, project.shapes, project.queries):
        for path in sorted(_files(project, folder)):
            name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
            if name != f"ontology/{RELEASED}":  # the release writes its own
                media, kind = _MEDIA[path.suffix]
                yield Artefact(name, media, Words(f"{kind.fr}, {name}", f"{kind.en}, {name}"), copy(path))
    for name, said in _LICENCES:
        if (project.root / name).is_file():
            yield Artefact(name, "text/markdown", said, copy(project.root / name))


def _files(project: Project, folder: Path) -> Iterator[Path]:
    """Yield the Turtle files as everything else reads them, and the other files that a reader needs."""
    for path, refused in content_files(project, folder):
        if refused is None:
            yield path
        elif refused.severity is Severity.ERROR:
            raise refusal(str(refused.location))
    for path in folder.rglob("*"):
        hidden = any(part.startswith((".", "__")) for part in path.relative_to(folder).parts)
        if (
            not hidden
            and path.suffix in _MEDIA.keys() - {".ttl"}
            and path.is_file()
            and not path.is_symlink()
        ):
            yield path


def copy(path: Path) -> Write:
    """Return what writes the bytes of a file."""

    def write(file: BinaryIO) -> None:
        try:
            file.write(path.read_bytes())
        except OSError as problem:
            raise FileRefused(str(path), problem) from problem

    return write
