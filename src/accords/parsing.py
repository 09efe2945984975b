"""From the bytes of one file to its triples, or to all that keeps it from being read.

1. `unfit` judges the bytes: size, encoding, what is not Turtle at all, a line or a nesting without end.
2. `parsed` runs pyoxigraph, which goes on after an error, so that all of them come. An unclosed quotation
   mark or address is closed at the end of its line and the text read again: it hides no other error.
3. The first error of each line is kept, and one for each undeclared prefix; `syntax_words` says them.

What pyoxigraph takes from RDF 1.2 (`<< … >>`, `{| … |}`, `@fr--ltr`) is refused: the reference engine cannot
read it, and deep triple terms end the process.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, Quad, RdfFormat, Triple, parse

from . import turtle
from .findings import Severity
from .language import Words, printable
from .location import Location
from .syntax_words import SYNTAX, Place, explained, undeclared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    House = Callable[[], Mapping[str, str]]

LARGEST = 50_000_000  # bytes of a file
LONGEST = 10_000_000  # bytes of a line
DEEPEST = 200  # nested brackets: the reference engine's parser fails not far above
MOST_ERRORS = 1000  # syntax errors of one file that are told one by one
_REPAIRS, _REPAIRABLE = (
    100,
    2_000_000,
)  # unclosed marks of one file, and characters of a file read again for them
_BUFFER = 16_777_216  # bytes of one text that the parser takes
_ENDLESS = "text without end"
_BEFORE = 300  # characters looked at in front of an error
_MARK = b"\xef\xbb\xbf"
_BINARY = (
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "zip, docx, xlsx, odt"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"%PDF-", "PDF"),
)
_CONFLICT = re.compile(r"(?:\A|(?<=[\r\n]))(?:<{7}|>{7})(?=[ \r\n]|\Z)[^\r\n]*")
_OTHERS = (  # how contents of other kinds begin
    ("FI-10-html", re.compile(r"<!doctype html|<html\b", re.IGNORECASE)),
    ("FI-10-xml", re.compile(r"<\?xml|<!doctype|<rdf:rdf\s", re.IGNORECASE)),
    ("FI-10-json", re.compile(r'\{\s*(?:"|\}|\Z)|\[\s*(?:"|\{)')),
)
_RDF_1_2 = re.compile(r"<<|\{\|")
_VERSION = re.compile(r"(?:\A|(?<=[\r\n]))[ \t]*@?version\b", re.IGNORECASE)
_LINE = re.compile(r"[\r\n]")
_TRAILING = re.compile(r"\s*(?:@[A-Za-z][A-Za-z0-9-]*|\^\^\S+?)?\s*[;,.\])]*\s*\Z")
_REASON = re.compile(r"^Parser error [^:]*: ")  # what the parser says in front of a reason: line and columns


@dataclass(frozen=True, slots=True)
class FileProblem:
    """Something wrong with a file, or with a place in it, before any rule is asked."""

    location: Location
    what: str  # the name of the check in the rulebook: FI-01-syntax
    detail: Words | None = None
    severity: Severity = Severity.ERROR
    mend: Words | None = None  # what to do about this one; None: what the rulebook says

    @property
    def code(self) -> str:
        """Return the code of the rule.

        >>> FileProblem(Location("a.ttl"), "FI-01-syntax").code
        'FI-01'
        """
        return "-".join(self.what.split("-")[:2])


@dataclass(frozen=True, slots=True)
class Parsed:
    """The triples of a file and its prefixes; neither when it has an error."""

    triples: tuple[Triple, ...]
    prefixes: dict[str, str]
    problems: tuple[FileProblem, ...]


class _Error(NamedTuple):
    """One error of the parser: offsets in the text that it was given, and the reason."""

    start: int
    end: int
    reason: str


def unfit(raw: bytes, size: int, name: str) -> tuple[FileProblem, ...]:
    """Return what makes a file unfit to parse, judged on its bytes; `size` is that of the whole file."""
    if size > LARGEST:
        return (too_large(size, name),)
    for opening, kind in _BINARY:
        if raw.startswith(opening):
            return (_told(name, "FI-10-binary", kind, kind),)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return (FileProblem(Location(name), "FI-02-utf-16"),)
    if (nul := raw.find(b"\0")) >= 0:
        return (FileProblem(_at(raw, nul, name), "FI-02-nul"),)
    try:
        text = raw.removeprefix(_MARK).decode("utf-8")
    except UnicodeDecodeError as wrong:
        offset = wrong.start + (len(_MARK) if raw.startswith(_MARK) else 0)
        byte = f"0x{raw[offset]:02x}"
        where = _at(raw, offset, name)
        return (FileProblem(where, "FI-02-not-utf-8", Words(f"octet {byte}", f"byte {byte}")),)
    return (*_not_turtle(text, name), *_without_end(raw, text, name))


def too_large(size: int, name: str) -> FileProblem:
    """Return the problem of a file of too many bytes."""
    return _told(name, "FI-06-file", f"{size} octets", f"{size} bytes")


def _told(name: str, what: str, fr: str, en: str, at: tuple[int, int] = (1, 1)) -> FileProblem:
    return FileProblem(Location(name, *at), what, Words(fr, en))


def _at(raw: bytes, offset: int, name: str) -> Location:
    before = raw[:offset].removeprefix(_MARK).decode("utf-8", errors="replace")
    return Location(name, *turtle.Lines(before).at(len(before)))


def _not_turtle(text: str, name: str) -> Iterator[FileProblem]:
    """Yield each conflict marker that opens, or what else the file is."""
    if markers := [*_CONFLICT.finditer(text)]:
        lines = turtle.Lines(text)
        opening = [found for found in markers if found.group().startswith("<")] or markers[:1]
        for marker in opening:
            shown = printable(marker.group())
            yield _told(name, "FI-10-conflict", shown, shown, lines.at(marker.start()))
        return
    begun = text[:4096].lstrip()
    for what, pattern in _OTHERS:
        if found := pattern.match(begun):
            shown = printable(_LINE.split(begun)[0])
            place = turtle.Lines(text).at(text.index(found.group()))
            yield _told(name, what, f"« {shown} »", f"“{shown}”", place)
            return


def _without_end(raw: bytes, text: str, name: str) -> Iterator[FileProblem]:
    """Yield what is too wide or too deep."""
    for number, line in enumerate(raw.splitlines() if len(raw) > LONGEST else (), 1):
        if len(line) > LONGEST:
            yield _told(name, "FI-06-line", f"{len(line)} octets", f"{len(line)} bytes", (number, 1))
            return
    if text.count("[") + text.count("(") <= DEEPEST:
        return
    depth = 0
    for start, piece in turtle.pieces(text):
        depth = max(0, depth + (piece in "[(") - (piece in "])"))
        if depth > DEEPEST:
            yield FileProblem(Location(name, *turtle.Lines(text).at(start)), "FI-06-nesting")
            return


def parsed(text: str, name: str, house: House) -> Parsed:
    """Return what a text holds, or every syntax error in it.

    `house` gives the house table of prefixes, asked only to tell what to type.
    """
    safe = _RDF_1_2.sub("!!", text)  # of the same length: an error is where it was, and nothing nests
    triples, prefixes, errors = _run(safe)
    if safe != text and not errors:
        triples, prefixes, errors = _run(text)
    if errors:
        return Parsed((), {}, (*_problems(text, safe, errors, name, house),))
    if (newer := _newer(text, triples)) is not None:
        where = Location(name, *turtle.Lines(text).at(newer))
        return Parsed((), {}, (_newer_syntax(text, newer, where),))
    return Parsed(tuple(triples), prefixes, ())


def _run(text: str) -> tuple[list[Triple], dict[str, str], list[_Error]]:
    """Return the triples, the prefixes and the errors that the parser finds in a text."""
    triples: list[Triple] = []
    wrong: list[SyntaxError] = []
    further: list[_Error] = []
    parser = parse(text, format=RdfFormat.TURTLE, rename_blank_nodes=True)
    while True:
        try:
            quad: Quad | None = next(parser, None)
        except SyntaxError as error:
            wrong.append(error)
            continue
        except MemoryError as full:
            if str(_BUFFER) not in str(full):
                raise
            further.append(_too_long(text))
            break
        if quad is None:
            break
        triples.append(quad.triple)
    return triples, dict(parser.prefixes), [*_placed(text, wrong), *further]


def _placed(text: str, wrong: list[SyntaxError]) -> Iterator[_Error]:
    if not wrong:
        return
    lines = turtle.Lines(text)
    for error in wrong:
        start = lines.offset(error.lineno or 1, error.offset or 1)
        end = lines.offset(error.end_lineno or 1, error.end_offset or 1)
        yield _Error(start, max(start, end), _REASON.sub("", error.msg))


def _too_long(text: str) -> _Error:
    """Return the error of a text that the parser has no room for: unclosed, or long indeed."""
    for start, piece in turtle.pieces(text):
        if piece in {'"', "'"}:
            return _Error(start, len(text), "Unexpected end of file")
        if len(piece) > _BUFFER // 8 and len(piece.encode()) >= _BUFFER:
            return _Error(start, start + 1, _ENDLESS)
    return _Error(0, 0, _ENDLESS)


def _problems(text: str, safe: str, errors: list[_Error], name: str, house: House) -> Iterator[FileProblem]:
    """Yield the errors that help, in order, put into words."""
    kept = _first_of_each_line(_repaired(text, safe, errors))
    repeated = Counter(undeclared(error.reason) for _, error in kept.values())
    lines = turtle.Lines(text)
    told = 0
    for number, (where, (read, error)) in enumerate(kept.items()):
        prefix = undeclared(error.reason)
        count = repeated.pop(prefix, 0) if prefix else 1
        if not count:
            continue
        if told == MOST_ERRORS:
            rest = len(kept) - number
            yield _told(name, SYNTAX, f"et {rest} autres erreurs", f"and {rest} more errors", where)
            return
        told += 1
        if error.reason != _ENDLESS and _RDF_1_2.match(text, at := lines.offset(*where)):
            yield _newer_syntax(text, at, Location(name, *where))
        else:
            yield _problem(read, error, Location(name, *where), house, count)


Found = tuple[str, _Error]  # an error, with the text in which its offsets count


def _repaired(text: str, safe: str, errors: list[_Error]) -> Iterator[tuple[tuple[int, int], Found]]:
    """Yield each error with its line and column, unclosed marks closed one after the other."""
    for _ in range(_REPAIRS if len(text) <= _REPAIRABLE else 0):
        unclosed = next((found for error in errors if (found := _unclosed(safe, error))), None)
        if unclosed is None:
            break
        yield turtle.Lines(safe).at(unclosed.start), (safe, unclosed)
        safe = _closed(safe, unclosed.start)
        _, _, errors = _run(safe)
    lines = turtle.Lines(safe)
    for error in errors:
        yield lines.at(error.start), (safe, error)


def _unclosed(text: str, error: _Error) -> _Error | None:
    """Return the error of a short string or an address that its line does not close, put at its opening."""
    if error.reason.startswith("Line jumps"):
        window = max(0, text.rfind("\n", 0, error.start), text.rfind("\r", 0, error.start))
        for start, piece in turtle.pieces(text, window):
            if start > error.start:
                break
            if piece in {'"', "'"}:
                return _Error(start, error.start, "Unexpected end of file")
        return None
    spanning = _LINE.search(text, error.start, error.end)
    opening = text[error.start : error.start + 3]
    if opening[:1] in {'"', "'"} and opening[:1] * 3 != opening and error.reason == "Unexpected end of file":
        return error
    if opening[:1] == "<" and (error.reason == "Unexpected end of file" or spanning):
        return _Error(error.start, spanning.start() if spanning else error.end, "Unexpected end of file")
    return None


def _closed(text: str, opening: int) -> str:
    """Return the text with what opens there closed at the end of its line, before the punctuation."""
    ended = _LINE.search(text, opening)
    line = text[opening + 1 : ended.start() if ended else len(text)]
    trailing = _TRAILING.search(line)
    at = opening + 1 + (trailing.start() if trailing else len(line))
    return text[:at] + (">" if text[opening] == "<" else text[opening]) + text[at:]


def _first_of_each_line(found: Iterable[tuple[tuple[int, int], Found]]) -> dict[tuple[int, int], Found]:
    first: dict[int, tuple[tuple[int, int], Found]] = {}
    for where, error in found:
        if where[0] not in first or where < first[where[0]][0]:
            first[where[0]] = (where, error)
    return dict(first[line] for line in sorted(first))


def _problem(text: str, error: _Error, where: Location, house: House, count: int) -> FileProblem:
    if error.reason == _ENDLESS:
        return FileProblem(where, "FI-06-text")
    told = explained(error.reason, _place(text, error, where.line, house))
    if count > 1:
        said = Words(f"{told.said.fr} ({count} endroits)", f"{told.said.en} ({count} places)")
        return FileProblem(where, told.check, said, mend=told.mend)
    return FileProblem(where, told.check, told.said, mend=told.mend)


def _place(text: str, error: _Error, line: int, house: House) -> Place:
    """Return what stands at an error and in front of it."""
    window = max(0, error.start - _BEFORE)
    if window:
        begun = _LINE.search(text, window, error.start)
        window = begun.end() if begun else window
    before, ended, whole = "", 0, ""
    for start, piece in turtle.pieces(text, window):
        if start >= error.start:
            break
        whole = piece
        before = piece[: error.start - start]  # of a piece that the parser cuts, what it took
        ended = start + len(before)
    found = text[error.start : min(error.end, error.start + 200)]
    if not error.reason.startswith("Invalid IRI code point"):
        found = _LINE.split(found)[0]
    between = len(turtle.Lines(text[ended : error.start]).starts) - 1 if before else 0
    table = house() if undeclared(error.reason) else {}
    return Place(found, before, bool(before) and ended == error.start, whole, line - between, table)


_OLDER = Words(
    "écrivez en Turtle 1.1 ; une preuve se donne par ae:supportedBy ou une ae:Claim",
    "write Turtle 1.1; evidence is given by ae:supportedBy or an ae:Claim",
)


def _newer_syntax(text: str, offset: int, where: Location) -> FileProblem:
    shown = printable(_LINE.split(text[offset : offset + 40])[0].strip())
    said = Words(
        f"écriture de RDF 1.2, qui n'est pas lue ici : {shown}", f"RDF 1.2 syntax, not read here: {shown}"
    )
    return FileProblem(where, SYNTAX, said, mend=_OLDER)


def _newer(text: str, triples: list[Triple]) -> int | None:
    """Return where a text that parses uses RDF 1.2, or None."""
    found = any(
        isinstance(triple.object, Triple)
        or (isinstance(triple.object, Literal) and triple.object.direction is not None)
        for triple in triples
    )
    if not found and not _VERSION.search(text):
        return None
    problems = turtle.read(text).problems
    return problems[0].start if problems else None
