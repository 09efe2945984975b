"""`SHA256SUMS`, as `sha256sum -c` reads it: a digest and a path a line, sorted by path."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "SHA256SUMS"
_LINE = re.compile(r"(?P<escaped>\\?)(?P<digest>[0-9a-f]{64})  (?P<path>[^\r\n]+)")
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_BACK = {written: letter for letter, written in _ESCAPES.items()}


def line(path: str, digest: str) -> str:
    r"""Return the line of a file; ends of lines in its path are escaped, and the line says so.

    >>> line("a b", "00"), line("a\nb", "00")
    ('00  a b\n', '\\00  a\\nb\n')
    """
    escaped = "".join(_ESCAPES.get(letter, letter) for letter in path)
    return f"{'' if escaped == path else chr(92)}{digest}  {escaped}\n"


def read(text: str) -> Mapping[str, str] | None:
    """Return the digests by path; None when a line is not one of a list of sums."""
    found = {}
    for row in text.removesuffix("\n").split("\n"):
        match = _LINE.fullmatch(row)
        if match is None:
            return None
        path = match["path"]
        if match["escaped"]:
            path = re.sub(r"\\[\\nr]", lambda one: _BACK[one[0]], path)
        found[path] = match["digest"]
    return found
