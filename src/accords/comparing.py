"""What a person wants compared: the words typed, read as the two sides that they name.

Nothing: what was committed last (HEAD) and the project as it is on the disk. One word: it, and the project on the
disk. Two: one and the other. Each word is, in this order:

1. `rev:NAME`, a revision; `path:NAME`, a path.
2. A path of the disk, unless a revision has that name too: then a refusal that offers both.
3. A revision that git knows.

A file or folder inside a content folder of the project stands for this part of the project: beside a revision or
another project, the same part of it is taken; alone, the same part of HEAD.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from . import project as projects
from . import revisions, sides
from .errors import BadParameter, ProjectNotFound, RequestError, UnknownName
from .language import Words, printable
from .project import FOLDERS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from .project import Project
    from .sides import Side

_REVISION, _PATH = "rev:", "path:"
_HEAD = "HEAD"
_SHOWN = 10  # letters of the name of a commit


@dataclass(frozen=True, slots=True)
class _Commit:
    asked: str
    commit: str


@dataclass(frozen=True, slots=True)
class _Folder:
    project: Project
    name: Words


@dataclass(frozen=True, slots=True)
class _Part:
    """A file or folder inside a content folder of the project at hand."""

    file: str


@dataclass(frozen=True, slots=True)
class _Graph:
    path: Path
    name: Words


_Target = _Commit | _Folder | _Part | _Graph


def compared(project: Project, working: Path, asked: Sequence[str]) -> tuple[Side, Side]:
    """Return the two sides that the words name; `working` is the folder that paths start from.

    Raises RequestError for words that name nothing, or two things, UnreadableSide, GitFailed.
    """
    targets = [_target(project, working, word) for word in asked]
    tree = _Folder(project, Words("les fichiers présents", "the files as they are"))
    before, after = _both(project, tree, targets)
    return _side(project, tree, before, after), _side(project, tree, after, before)


def folder_of(project: Project, working: Path, word: str) -> Project | None:
    """Return the project whose folder a word names; None for a revision, a file, a part of a project.

    Raises what `compared` raises.
    """
    found = _target(project, working, word)
    return found.project if isinstance(found, _Folder) else None


def _both(project: Project, tree: _Target, targets: Sequence[_Target]) -> tuple[_Target, _Target]:
    match targets:
        case []:
            return _head(project), tree
        case [_Part() as part]:
            return _head(project), part
        case [target]:
            return target, tree
        case _:
            return targets[0], targets[1]


def _side(project: Project, tree: _Folder, target: _Target, other: _Target) -> Side:
    """Return a side; beside a part of the project, the same part of a commit or of a project."""
    match target:
        case _Commit(asked, commit):
            named = (
                printable(asked) if commit.startswith(asked) else f"{printable(asked)} ({commit[:_SHOWN]})"
            )
            side = sides.of_commit(project, commit, Words(named, named))
        case _Folder(folder, name):
            side = sides.of_project(folder, name)
        case _Part(file):
            return sides.of_project(project, tree.name).narrowed(file)
        case _Graph(path, name):
            return sides.of_graph(project, path, name)
    return side.narrowed(other.file) if isinstance(other, _Part) else side


def _head(project: Project) -> _Commit:
    """Return what was committed last. Raises RequestError where nothing was."""
    hint = Words(
        "comparer deux dossiers ou deux fichiers : accords diff A B",
        "compare two folders or two files: accords diff A B",
    )
    shown = printable(str(project.root), 200)
    if not revisions.inside(project.root):
        raise RequestError(
            Words(f"{shown} n'est pas dans un dépôt git", f"{shown} is not in a git repository"), hint=hint
        )
    commit = revisions.commit_of(project.root, _HEAD)
    if commit is None:
        raise RequestError(
            Words(
                f"le dépôt de {shown} n'a encore aucune révision",
                f"the repository of {shown} has no revision yet",
            ),
            hint=hint,
        )
    return _Commit(_HEAD, commit)


def _target(project: Project, working: Path, word: str) -> _Target:
    if word.startswith(_REVISION):
        return _commit(project, word.removeprefix(_REVISION))
    if word.startswith(_PATH):
        found = _path(project, working, word.removeprefix(_PATH))
        if found is None:
            raise UnknownName(Words("chemin", "path"), word.removeprefix(_PATH), ())
        return found
    found = _path(project, working, word)
    if found is None:
        return _commit(project, word)
    if _names_a_commit(project, word):
        shown = printable(word)
        raise RequestError(
            Words(f"« {shown} » est un chemin et une révision", f"“{shown}” is a path and a revision"),
            hint=Words(
                f"taper {_PATH}{shown} ou {_REVISION}{shown}", f"type {_PATH}{shown} or {_REVISION}{shown}"
            ),
        )
    return found


def _names_a_commit(project: Project, word: str) -> bool:
    try:
        return revisions.commit_of(project.root, word) is not None
    except revisions.GitFailed:  # without git, a path is a path
        return False


def _commit(project: Project, word: str) -> _Commit:
    """Return the commit of a revision. Raises RequestError, UnknownName with the close ones, GitFailed."""
    name = "A, B"
    if not word:
        raise BadParameter(name, word, Words("une révision ou un chemin", "a revision or a path"))
    known = revisions.inside(project.root)
    commit = revisions.commit_of(project.root, word) if known else None
    if commit is not None:
        return _Commit(word, commit)
    refusal = UnknownName(
        Words("révision ou chemin", "revision or path") if known else Words("chemin", "path"),
        word,
        tuple(get_close_matches(word, revisions.names(project.root), n=3)) if known else (),
    )
    first, _, last = word.partition("..")
    if last.strip(".") and first:
        refusal.hint = Words("les deux séparément : accords diff A B", "both apart: accords diff A B")
    raise refusal


def _path(project: Project, working: Path, word: str) -> _Target | None:
    """Return what a path leads to, if it leads anywhere."""
    try:
        path = (working / word).resolve()
        if not word or not path.exists():
            return None
    except (OSError, ValueError, RuntimeError):  # no name of a path
        return None
    file = project.name_of(path)
    if file.partition("/")[0] in FOLDERS and path.is_relative_to(project.root):
        return _Part(file)
    shown = printable(word, 200)
    try:
        return _Folder(projects.find(path, path), Words(shown, shown))
    except ProjectNotFound:
        return _Graph(working / word, Words(shown, shown))
