"""A project as small as can be, for tests about files: the real prefixes and rules about files, little else."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accords import loading
from accords.project import Project
from laying import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from accords.loading import Document, FileProblem

HEAD = "@prefix e: <http://example.org/> .\n"
SHAPES_HEAD = """@prefix aesh: <https://w3id.org/accords-emploi/shape#> .
@prefix e: <http://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@dataclass(frozen=True, slots=True)
class Small:
    """A project in a folder of its own."""

    root: Path

    @property
    def project(self) -> Project:
        return Project(self.root)

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file of the project; text as UTF-8, line ends as given."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def problems(self) -> list[FileProblem]:
        """Return what is wrong with the files of the project."""
        knowledge = loading.load(self.project)
        return [*knowledge.problems, *loading.load_shapes(self.project)[1]]


def small(root: Path) -> Small:
    """Make a project with one tiny record, the house prefixes, and the rules about files."""
    for folder in ("data", "ontology", "shapes"):
        (root / folder).mkdir(parents=True)
    shutil.copy(ROOT / "ontology" / "prefixes.ttl", root / "ontology")
    for name in ("files.ttl", "groups.ttl"):
        shutil.copy(ROOT / "shapes" / name, root / "shapes")
    shutil.copytree(ROOT / "queries", root / "queries")
    return Small(root)


def read(path: Path, content: str | bytes) -> tuple[Document | None, tuple[FileProblem, ...]]:
    """Write a file and read it."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return loading.read(path, path.name)


def told(problems: tuple[FileProblem, ...] | list[FileProblem]) -> list[tuple[str, str]]:
    """Return where each problem is and which check speaks."""
    return [(str(problem.location), problem.what) for problem in problems]
