"""Somebody's file on its way to the parser: watched block by block, what is dangerous refused before it gets there.

1. A byte-order mark is taken away, a NUL refused; language tags are marked, so that they keep their capitals (`tags`).
2. Of Turtle and its kin: a line without end, triple terms nested too deep.
3. Of RDF/XML: a document type (entities can make a gigabyte of a line), tags too long or nested too deep.
4. Of JSON-LD: a context that would have to be fetched; the one of this project is put in its place.

A block goes on once it is judged; what may still go on in the next block waits for it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from accords.errors import FileRefused, SyntaxProblem
from accords.language import Words, printable
from accords.location import Location
from accords.parsing import DEEPEST, LONGEST

from . import tags
from .contexts import CONTEXT
from .syntaxes import ELSEWHERE

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

LONGEST_TAG = 200_000  # bytes: a parser of XML takes time that grows with the square of the attributes
_BLOCK = 1 << 16
_MARK = b"\xef\xbb\xbf"
_TAIL = 4096  # bytes of JSON that wait for the next block: more than any sound `"@context": "…"`
_TERMS = re.compile(rb"<<|>>")
_XML = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    rb"|<(?P<closing>/)?(?![!?/])(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+(?<!/)(?P<open>>)"
    rb"|<(?![!?/])(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+>",
    re.DOTALL,
)
_LONG = (b"<!--", b"<![", b"<?")  # what may be long without harm
_CONTEXTS = re.compile(
    rb'"@(?:context|import)"\s*:\s*(?:"(?P<one>(?:[^"\\]|\\.)*+)"|\[(?P<several>[^\[\]{}]*))'
)
_STRING = re.compile(rb'"(?P<one>(?:[^"\\]|\\.)*+)"')


class Intake:
    """A file as a parser reads it."""

    def __init__(self, file: BinaryIO, name: str, kind: str, context: Callable[[], bytes]) -> None:
        """Take the file, its name for messages, the kind of its syntax, what gives the project's own context."""
        self._file, self._name, self._context = file, name, context
        self._kind, self._judge = kind, {"turtle": self._lines, "xml": self._tags, "json": self._json}[kind]
        self._waiting, self._ready = b"", memoryview(b"")
        self._line, self._column, self._depth = 1, 1, 0
        self._begun = self._ended = False
        self.tagged = False  # whether a language tag was marked

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes; none at the end.

        Raises SyntaxProblem for what is refused, FileRefused when the system does not give the file.
        """
        while not self._ready and not self._ended:
            self._fill()
        piece = bytes(self._ready[:size] if size >= 0 else self._ready)
        self._ready = self._ready[len(piece) :]
        return piece

    def _fill(self) -> None:
        try:
            opening = b"" if self._begun else self._file.read(len(_MARK))
            block = self._file.read(_BLOCK)
        except OSError as problem:
            raise FileRefused(self._name, problem) from problem
        self._begun, self._ended = True, not block
        block = opening.removeprefix(_MARK) + block
        text = self._waiting + block
        if (nul := text.find(b"\0")) >= 0:
            raise self._refused(text, nul, _NUL)
        judged = self._judge(text)
        self._waiting, passed = text[judged:], text[:judged]
        self._line, self._column = self._after(passed)
        if self._ended and self._kind == "xml" and self._depth:
            raise self._refused(text, 0, _CUT)  # a parser may take the half for the whole
        capitals = self._kind != "turtle" or tags.has_capitals(passed)
        marked = tags.marked(passed, self._kind) if capitals else passed
        self.tagged |= len(marked) != len(passed)
        self._ready = memoryview(self._inlined(marked) if self._kind == "json" else marked)

    def _lines(self, text: bytes) -> int:
        """Judge whole lines of Turtle."""
        cut = len(text) if self._ended else text.rfind(b"\n") + 1
        if len(text) - cut > LONGEST:
            raise self._refused(text, cut, Words("une ligne n'en finit pas", "a line has no end"))
        for found in _TERMS.finditer(text, 0, cut) if b"<<" in text or self._depth else ():
            self._depth = max(0, self._depth + (1 if found.group() == b"<<" else -1))
            self._bounded(text, found.start())
        return cut

    def _tags(self, text: bytes) -> int:
        """Judge whole tags of XML."""
        at = text.find(b"<")
        while at >= 0:
            found = _XML.match(text, at)
            if found is None:
                return self._unfinished(text, at)
            self._short(text, at, found.end())
            if found["open"]:
                self._depth += -1 if found["closing"] else 1
                self._bounded(text, at)
            at = text.find(b"<", found.end())
        return len(text)

    def _unfinished(self, text: bytes, at: int) -> int:
        """Judge a piece of XML that does not end in the text at hand."""
        begun = text[at : at + 9]
        if begun.upper().startswith(b"<!DOCTYPE"):
            raise self._refused(text, at, _DOCTYPE, _WITHOUT)
        self._short(text, at, len(text))
        return len(text) if self._ended else at

    def _short(self, text: bytes, start: int, end: int) -> None:
        long = text.startswith(_LONG, start)
        if end - start > (LONGEST if long else LONGEST_TAG):
            raise self._refused(text, start, Words("une balise n'en finit pas", "a tag has no end"))

    def _json(self, text: bytes) -> int:
        """Judge the contexts of JSON-LD."""
        last = 0
        for found in _CONTEXTS.finditer(text):
            last = found.end()
            for named in _strings(found):
                if named.decode(errors="replace") != CONTEXT:
                    raise self._foreign(text, found.start(), named)
        return len(text) if self._ended else max(last, len(text) - _TAIL)

    def _foreign(self, text: bytes, at: int, named: bytes) -> SyntaxProblem:
        shown = printable(named.decode(errors="replace"), 200)
        said = Words(*(f"{elsewhere}{shown}" for elsewhere in ELSEWHERE))
        hint = Words(
            f"le copier dans le fichier ; seul {CONTEXT} est connu",
            f"copy it into the file; only {CONTEXT} is known",
        )
        return self._refused(text, at, said, hint)

    def _inlined(self, text: bytes) -> bytes:
        """Return a text with the project's own context in the place of its name."""
        named = f'"{CONTEXT}"'.encode()
        if named not in text:
            return text
        inline = self._context()
        return _CONTEXTS.sub(lambda found: found.group().replace(named, inline), text)

    def _bounded(self, text: bytes, at: int) -> None:
        if self._depth > DEEPEST:
            said = Words(
                f"plus de {DEEPEST} niveaux emboîtés", f"more than {DEEPEST} levels inside one another"
            )
            raise self._refused(text, at, said)

    def _after(self, text: bytes) -> tuple[int, int]:
        """Return the line and the column behind a text that begins where the parser has got to."""
        ended = text.rfind(b"\n") + 1
        letters = len(text[ended:].decode(errors="replace"))
        return self._line + text.count(b"\n"), letters + (1 if ended else self._column)

    def _refused(self, text: bytes, at: int, why: Words, hint: Words | None = None) -> SyntaxProblem:
        return SyntaxProblem(Location(self._name, *self._after(text[:at])), why, hint=hint)


_NUL = Words(
    "ce fichier contient un caractère nul (ou n'est pas en UTF-8)",
    "this file holds a NUL character (or is not UTF-8)",
)
_CUT = Words(
    "le fichier finit avant ses balises : est-il entier ?", "the file ends before its tags: is it whole?"
)
_DOCTYPE = Words(
    "une déclaration DOCTYPE : ce fichier n'est pas lu, ses entités pourraient être sans fin",
    "a DOCTYPE declaration: this file is not read, its entities might have no end",
)
_WITHOUT = Words("la retirer, écrire les entités en clair", "remove it, write the entities out")


def _strings(found: re.Match[bytes]) -> list[bytes]:
    if found["one"] is not None:
        return [found["one"]]
    return [one["one"] for one in _STRING.finditer(found["several"] or b"")]
