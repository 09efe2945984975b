"""Whether a file has changed: by its size and its time, or else by the digest of its bytes."""

from __future__ import annotations

import hashlib
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_OPEN = 2.0  # seconds: a file as young as this when it was read is compared by its digest


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells whether a file has changed: size and time, or else the digest of its bytes."""

    size: int
    mtime: int  # nanoseconds
    digest: str = ""
    young: bool = False  # so young when it was read that its time alone proves nothing


def digest(content: bytes) -> str:
    """Return the digest of the bytes of a file."""
    return hashlib.sha256(content).hexdigest()


def stamp_of(path: Path) -> Stamp:
    """Return the stamp of a file as the system has it, without its digest."""
    status = os.stat(path)  # noqa: PTH116  # thousands of them
    return Stamp(status.st_size, status.st_mtime_ns)


def young(stamp: Stamp) -> bool:
    """Tell whether a file was written so lately that it could change again and keep its time."""
    return stamp.mtime > time.time_ns() - int(_OPEN * 1e9)


def stale(path: Path, held: Stamp, now: Stamp, read: Callable[[Path], bytes] = Path.read_bytes) -> bool:
    """Tell whether a file differs from what the cache has of it: its size and time, or else its digest."""
    if now.size != held.size:
        return True
    if now.mtime == held.mtime and not held.young:
        return False
    return digest(read(path)) != held.digest
