"""Offsets to lines and columns, and back, whatever the line ends: LF, CRLF or CR."""

from __future__ import annotations

import re
from bisect import bisect_right

_LINE_END = re.compile(r"\r\n|\n|\r")


class Lines:
    """Offsets to lines and columns of one text, both counted from 1."""

    def __init__(self, text: str) -> None:
        """Note where each line begins."""
        self.starts = [0, *(found.end() for found in _LINE_END.finditer(text))]

    def at(self, offset: int) -> tuple[int, int]:
        r"""Return the line and the column of an offset.

        >>> Lines("ab\r\ncd").at(5)
        (2, 2)
        """
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        r"""Return the offset of a line and a column.

        >>> Lines("ab\r\ncd").offset(2, 2)
        5
        """
        return self.starts[min(line, len(self.starts)) - 1] + column - 1
