"""The tiles of the maps: one square a region, one square a département, overseas included.

Every territory has the same size, whatever its own: Paris is read as easily as Guyane. The squares keep
neighbours near one another as far as a grid can; the overseas ones stand apart, below on the left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Tile(NamedTuple):
    """The place of a square: its column and its row, from the upper left."""

    column: int
    row: int


_REGIONS = """
.  .  32 .  .
.  28 11 44 .
53 52 24 27 .
.  75 84 .  .
.  76 93 .  94
.  .  .  .  .
01 02 03 04 06
"""

_DEPARTEMENTS = """
.   .   .   .   .   .   62  59  .   .   .   .   .   .
.   .   .   .   76  80  60  02  08  .   .   .   .   .
.   .   50  14  27  95  93  77  51  55  57  .   .   .
29  22  35  61  78  92  75  94  10  52  54  67  .   .
.   56  53  72  28  45  91  89  21  70  88  68  .   .
.   .   44  49  37  41  18  58  71  39  25  90  .   .
.   .   85  79  86  36  23  03  69  01  74  .   .   .
.   .   .   17  16  87  19  63  42  38  73  .   .   .
.   .   .   33  24  46  15  43  07  26  05  .   .   .
.   .   .   40  47  82  12  48  30  84  04  06  .   .
971 972 .   64  32  31  81  34  .   13  83  .   .   .
973 974 .   .   65  09  11  66  .   .   .   .   .   2B
976 .   .   .   .   .   .   .   .   .   .   .   .   2A
"""


def _read(drawn: str) -> dict[str, Tile]:
    r"""Return the place of each code of a drawing.

    >>> _read("a .\n. b")
    {'a': Tile(column=0, row=0), 'b': Tile(column=1, row=1)}
    """
    return {
        code: Tile(column, row)
        for row, line in enumerate(drawn.strip().splitlines())
        for column, code in enumerate(line.split())
        if code != "."
    }


TILES: Mapping[str, Mapping[str, Tile]] = {  # by level, by INSEE code
    "regional": _read(_REGIONS),
    "departmental": _read(_DEPARTEMENTS),
}
