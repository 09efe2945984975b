"""A file that is counted and hashed while it is written.

What is long is hashed and written by a thread beside, a piece at a time: both let the parser go on. No more than
two pieces are ever held, and the thread ends with its file.
"""

from __future__ import annotations

import contextlib
import hashlib
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future

_PIECE = 1 << 20  # bytes handed over at once; a shorter file needs no thread


class Hashing:
    """What bytes are written to; `size` and `digest` hold once `hashing` has ended."""

    def __init__(self, file: BinaryIO) -> None:
        """Write to a file opened for that."""
        self._file, self._hash = file, hashlib.sha256()
        self._held: list[bytes] = []
        self._length = self.size = 0
        self._beside: ThreadPoolExecutor | None = None
        self._pending: Future[None] | None = None

    def write(self, data: bytes) -> int:
        """Take bytes. Raises OSError when those before could not be written."""
        self._held.append(data)
        self._length += len(data)
        self.size += len(data)
        if self._length >= _PIECE:
            self._hand_over()
        return len(data)

    def writelines(self, lines: Iterable[bytes]) -> None:
        """Take bytes, one after the other."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Do nothing: the file is flushed once, at its end."""

    @property
    def digest(self) -> str:
        """Return the SHA-256 of all bytes, hexadecimal."""
        return self._hash.hexdigest()

    def finish(self) -> None:
        """Write what is left. Raises OSError."""
        self._settle()
        self._put(b"".join(self._held))

    def end(self) -> None:
        """End the thread, whatever happened."""
        if self._beside is not None:
            self._beside.shutdown()

    def _hand_over(self) -> None:
        self._settle()
        if self._beside is None:
            self._beside = ThreadPoolExecutor(1)
        self._pending = self._beside.submit(self._put, b"".join(self._held))
        self._held, self._length = [], 0

    def _settle(self) -> None:
        if self._pending is not None:
            self._pending.result()

    def _put(self, data: bytes) -> None:
        self._hash.update(data)
        self._file.write(data)


@contextlib.contextmanager
def hashing(file: BinaryIO) -> Iterator[Hashing]:
    """Yield what is written through to a file; all is written when the block ends well."""
    through = Hashing(file)
    try:
        yield through
        through.finish()
    finally:
        through.end()
