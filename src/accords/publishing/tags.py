r"""Language tags as they are written: the parser puts them in small letters, readers get them back.

1. Before a text is parsed, `marked` gives each tag with a capital letter (`@fr-FR`) a private subtag that says
   where the capitals stand: `@fr-fr-x-NAME-00011-z`. NAME is drawn by lot: no text can hold it beforehand.
2. Such a tag goes through parser, store and serializer as any other.
3. `unmarked` puts the capitals back in what is written, and takes the private subtag away.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

_NAME = secrets.token_hex(4)
_BEGUN = f"-x-{_NAME}-".encode()
LONGEST = 100  # characters of a tag; no longer one is in use anywhere
_TAIL = 512  # bytes: more than the longest tag with its mark
_CAPITAL = re.compile(rb"@(?:[a-z0-9]|-(?!-))*+(?:[A-Z]|--)")
_TURTLE = re.compile(rb"(?P<before>[\"'][ \t\r\n]*@)(?P<tag>[A-Za-z]+(?:-[A-Za-z0-9]+)*)")
_XML = re.compile(rb"(?P<before>\bxml:lang\s*=\s*[\"'])(?P<tag>[A-Za-z]+(?:-[A-Za-z0-9]+)*)(?=[\"'])")
_JSON = re.compile(rb"(?P<before>\"@language\"\s*:\s*\")(?P<tag>[A-Za-z]+(?:-[A-Za-z0-9]+)*)(?=\")")
_PATTERNS = {"turtle": _TURTLE, "xml": _XML, "json": _JSON}
_MARKED = re.compile(rf"-x-{_NAME}(?P<capitals>(?:-[01]{{1,8}})+)-z".encode())  # behind its tag


def has_capitals(text: bytes) -> bool:
    """Tell whether a text of Turtle may have a tag with a capital letter, or with the direction of RDF 1.2.

    Quick, and never wrongly no.
    """
    return _CAPITAL.search(text) is not None


def marked(text: bytes, kind: str = "turtle") -> bytes:
    """Return a text whose tags with capital letters say where these stand.

    `kind`: `turtle` (also TriG, N-Triples, N-Quads), `xml` or `json`.
    """
    return _PATTERNS[kind].sub(_mark, text)


def unmarked(text: bytes) -> bytes:
    r"""Return a text whose tags are as they were before they were marked.

    >>> unmarked(b'"x"@fr-be , ' + marked(b'"x"@fr-FR .'))
    b'"x"@fr-be , "x"@fr-FR .'
    """
    if _BEGUN not in text:
        return text
    pieces, at = [], 0
    for found in _MARKED.finditer(text):
        capitals = found["capitals"].replace(b"-", b"")
        tag_ = found.start() - len(capitals)
        pieces += [text[at:tag_], _raised(text[tag_ : found.start()], capitals)]
        at = found.end()
    return b"".join([*pieces, text[at:]])


def tag(language: str) -> str:
    """Return the tag of a parsed literal as it was written."""
    return unmarked(language.encode()).decode() if _NAME in language else language


def _mark(found: re.Match[bytes]) -> bytes:
    written = found["tag"]
    if written.islower() or len(written) > LONGEST:
        return found.group()
    capitals = "".join("1" if chr(letter).isupper() else "0" for letter in written)
    parts = "-".join(capitals[at : at + 8] for at in range(0, len(capitals), 8))
    return found["before"] + written.lower() + _BEGUN + parts.encode() + b"-z"


def _raised(written: bytes, capitals: bytes) -> bytes:
    letters = zip(written, capitals, strict=True)
    return bytes(ord(chr(one).upper()) if up == ord("1") else one for one, up in letters)


@dataclass(slots=True)
class Unmarking:
    """A file that takes the marks of tags away on their way to another; `close` writes what is held back."""

    file: BinaryIO
    wanted: Callable[[], bool]  # whether any tag was marked so far
    _held: bytes = field(default=b"")

    def write(self, data: bytes) -> int:
        """Write what cannot be a part of a marked tag any more."""
        if not self._held and not self.wanted():
            return self.file.write(data)
        text = self._held + data
        last = max((found.end() for found in _MARKED.finditer(text)), default=0)
        cut = max(last, len(text) - _TAIL, 0)
        self._held = text[cut:]
        self.file.write(unmarked(text[:cut]))
        return len(data)

    def flush(self) -> None:
        """Do nothing: the file below is flushed once."""

    def close(self) -> None:
        """Write what was held back."""
        self.file.write(unmarked(self._held))
        self._held = b""
