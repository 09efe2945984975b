"""Which files of a folder are read: regular files that end in .ttl, in order.

What cannot be read safely (a pipe, a link out of the project, another syntax) becomes a finding instead.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import system_words
from .findings import Severity
from .location import Location
from .parsing import FileProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .project import Project

_OTHER_SYNTAXES = (".rdf", ".owl", ".nt", ".nq", ".trig", ".n3", ".jsonld", ".turtle")


def content_files(
    project: Project, folder: Path, *, skip: frozenset[str] = frozenset()
) -> Iterator[tuple[Path, FileProblem | None]]:
    """Yield the Turtle files below a folder, in order, each with the reason for not reading it, if any.

    `skip` names folders and files passed over. Nothing is opened: a pipe never blocks.
    """
    if leaves(project, folder):
        yield folder, FileProblem(Location(project.name_of(folder)), "FI-05-outside-folder")
        return
    closed: list[OSError] = []  # folders that cannot be listed
    waiting = [str(folder)]
    while waiting:
        place = waiting.pop()
        try:
            with os.scandir(place) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as shut:
            closed.append(shut)
            continue
        inside = [entry for entry in found if _is_folder(entry)]
        folders = [e for e in inside if not e.name.startswith(".") and e.name not in skip]
        for entry in found:
            if entry not in inside and entry.name not in skip:
                yield from _file(project, entry)
        for entry in folders:
            if entry.is_symlink():
                yield Path(entry.path), _passed_over(project, Path(entry.path), "FI-05-link")
        waiting += [entry.path for entry in reversed(folders) if not entry.is_symlink()]
    for problem in closed:
        yield folder, _unreadable(project, Path(problem.filename or folder), problem)


def below(
    project: Project, folder: Path, *, skip: frozenset[str] = frozenset()
) -> Iterator[tuple[Path, FileProblem | None]]:
    """Yield the Turtle files below a folder that somebody names, as `content_files` does.

    Of a folder that holds content folders, only these are read. `skip` names what is passed over in that of
    the ontology.
    """
    place = folder.absolute() if leaves(project, folder) else folder.resolve()
    held = [one for one in (project.data, project.ontology, project.shapes) if one.is_relative_to(place)]
    for one in held or [place]:
        yield from content_files(project, one, skip=skip if one == project.ontology else frozenset())


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in circles
        return False


def _file(project: Project, entry: os.DirEntry[str]) -> Iterator[tuple[Path, FileProblem | None]]:
    """Yield a file that is read, or that was surely meant to be; links and devices are looked at closely."""
    name = entry.name
    if name.endswith(".ttl") and not name.startswith(".") and entry.is_file(follow_symlinks=False):
        yield Path(entry.path), None
        return
    path = Path(entry.path)
    if (refused := _other_name(project, path)) is not None:
        yield path, refused
    elif path.suffix == ".ttl" and not name.startswith("."):
        yield path, _refusal(project, path)


def _other_name(project: Project, path: Path) -> FileProblem | None:
    """Return what to say of a file that was surely meant to be read, and is not for its name."""
    name = path.name.lower()
    if name.startswith((".", "#")) or name.endswith("~") or path.suffix == ".ttl":
        return None
    if name.endswith(_OTHER_SYNTAXES):
        return _passed_over(project, path, "FI-05-other-syntax")
    if ".ttl" in name:
        return _passed_over(project, path, "FI-05-other-name")
    return None


def _refusal(project: Project, path: Path) -> FileProblem | None:
    if leaves(project, path):
        return _passed_over(project, path, "FI-05-outside-root")
    try:
        mode = path.stat().st_mode
    except OSError as problem:
        return _unreadable(project, path, problem)
    if not stat.S_ISREG(mode):
        return _passed_over(project, path, "FI-05-not-regular")
    return None


def leaves(project: Project, path: Path) -> bool:
    """Tell whether a path is a link that leads out of the project."""
    if not path.is_symlink():
        return False
    try:
        return not path.resolve(strict=True).is_relative_to(project.root.resolve())
    except (OSError, RuntimeError):  # it leads nowhere, or turns in circles: reading it will tell
        return False


def _passed_over(project: Project, path: Path, what: str) -> FileProblem:
    return FileProblem(Location(project.name_of(path)), what, severity=Severity.WARNING)


def _unreadable(project: Project, path: Path, problem: OSError) -> FileProblem:
    return FileProblem(Location(project.name_of(path)), "FI-05-unreadable", system_words(problem))
