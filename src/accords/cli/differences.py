"""What changes in a file, as `diff -u` and `patch -p1` say it."""

from __future__ import annotations

import difflib


def difference(name: str, before: bytes, after: bytes) -> str:
    """Return what changes between two states of a file, as `patch -p1` reads it."""
    one, other = (_ended(raw.decode("utf-8").split("\n")) for raw in (before, after))
    short = name.lstrip("/")
    return "".join(difflib.unified_diff(one, other, f"a/{short}", f"b/{short}"))


def _ended(lines: list[str]) -> list[str]:
    """Return lines with their ends; a last one without an end says so, as diff does."""
    *whole, last = lines
    ended = [f"{line}\n" for line in whole]
    return [*ended, f"{last}\n\\ No newline at end of file\n"] if last else ended
