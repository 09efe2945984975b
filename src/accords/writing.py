"""Files written whole or not at all: a reader never meets half a file, a failure leaves the old one."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from typing import TYPE_CHECKING

from .errors import FileRefused, RequestError
from .language import Words, printable

if TYPE_CHECKING:
    from pathlib import Path


def whole(path: Path, content: bytes) -> None:
    """Put content in a file: whole or not at all.

    Raises RequestError when the file cannot be written, FileRefused when it is the system that refuses.
    """
    if not path.name:
        raise FileRefused(str(path), IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR)))
    try:
        special = path.exists() and not path.is_file() and not path.is_dir()
        target = path.resolve()  # a link stays a link
    except OSError as problem:
        raise FileRefused(str(path), problem) from problem
    if special:  # a device, a pipe: written to, never replaced
        _into(path, content)
        return
    if not target.parent.is_dir():
        raise _without_folder(path)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        rights = _rights(target)
        with draft.open("wb") as file:
            if rights is not None:
                os.fchmod(file.fileno(), rights)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    except BaseException as problem:
        with contextlib.suppress(OSError):  # where nothing can be written, there may be nothing to take away
            draft.unlink()
        if isinstance(problem, OSError):
            raise FileRefused(str(path), problem) from problem
        raise


def _rights(target: Path) -> int | None:
    """Return the rights of the file to replace, None for a new one.

    Raises PermissionError for a file that its owner keeps from being written.
    """
    if not target.exists():
        return None
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return stat.S_IMODE(target.stat().st_mode)


def _into(path: Path, content: bytes) -> None:
    try:
        with path.open("wb", buffering=0) as file:
            file.write(content)
    except OSError as problem:
        raise FileRefused(str(path), problem) from problem


def _without_folder(path: Path) -> RequestError:
    name, folder = printable(str(path), 200), printable(str(path.parent), 200)
    return RequestError(
        Words(f"{name} : le dossier {folder} n'existe pas", f"{name}: there is no folder {folder}"),
        hint=Words(f"le créer : mkdir -p {folder}", f"make it: mkdir -p {folder}"),
    )
