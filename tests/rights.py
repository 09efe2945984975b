"""Running the command without rights, or without room: it is the system that refuses, whoever runs the tests."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LIBC = ctypes.CDLL(None, use_errno=True)
DROP_BOUND, OVERRIDE, SEARCH = 24, 1, 2  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH


def powerless() -> None:
    """Take from root, once this process runs a program, the right to read and write everything."""
    if os.geteuid() == 0:
        for capability in (OVERRIDE, SEARCH):
            LIBC.prctl(DROP_BOUND, capability, 0, 0, 0)


def cramped(most: int) -> Callable[[], None]:
    """Return what bounds the files of a process to so many bytes, as a disk without room does."""

    def bounded() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # an error, as on a full disk, and not an end
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    return bounded


def shut(*places: Path) -> None:
    """Take from everybody the right to write, in folders and in what they hold."""
    for place in places:
        for path in (place, *place.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)


def opened(root: Path) -> None:
    """Give the owner the right to write again."""
    for path in (root, *root.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
