"""Where the content is: the one place that knows folders.

Looked for in this order: the folder given (`--root`, or `ACCORDS_ROOT`); the nearest parent of the
working folder that holds all four content folders; the copy inside the installed package or, failing
that, the checkout that the code runs from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import ProjectNotFound

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDERS = ("ontology", "data", "shapes", "queries")
_PACKAGE = Path(__file__).resolve().parent
_PACKAGED = _PACKAGE / "_content"
_CHECKOUT = _PACKAGE.parent.parent


@dataclass(frozen=True, slots=True)
class Project:
    """A place that has the four content folders.

    `drafts` are texts, by printed name, that stand for what the files hold: an editor has not saved them yet.
    """

    root: Path
    drafts: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def ontology(self) -> Path:
        """Return the folder of the ontology and the concept schemes."""
        return self.root / "ontology"

    @property
    def data(self) -> Path:
        """Return the folder of the records."""
        return self.root / "data"

    @property
    def shapes(self) -> Path:
        """Return the folder of the rules."""
        return self.root / "shapes"

    @property
    def queries(self) -> Path:
        """Return the folder of the questions."""
        return self.root / "queries"

    @property
    def cases(self) -> Path | None:
        """Return the folder of the examples of each rule, where there is one."""
        for folder in (self.root / "tests" / "cases", _PACKAGED / "cases", _CHECKOUT / "tests" / "cases"):
            if folder.is_dir():
                return folder
        return None

    def name_of(self, path: Path) -> str:
        """Return a path as it is printed: from the root, with slashes."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.as_posix()


def find(given: Path | None, working: Path, *, to_write: bool = False) -> Project:
    """Return the project to work on; one to write in is never the one that came with the installation.

    Raises ProjectNotFound with the folders looked at.
    """
    if given is not None:
        if _complete(given):
            return Project(given.resolve())
        raise ProjectNotFound((given,))
    places = (working, *working.parents, *(() if to_write else (_PACKAGED, _CHECKOUT)))
    for place in places:
        if _complete(place):
            return Project(place.resolve())
    raise ProjectNotFound(places)


def _complete(folder: Path) -> bool:
    return all((folder / name).is_dir() for name in FOLDERS)
