"""From the bytes of one file to its triples, or to all that keeps it from being read.

1. `unfit` judges the bytes: size, encoding, what is not Turtle at all, a line or a nesting without end.
2. `parsed` runs pyoxigraph. At its first error, `turtle.read` finds all of them, each in its place: it goes on
   behind an unclosed quotation mark or address, which hides no other error.
3. The first error of each line is kept, and one for each undeclared prefix; `syntax_words` says them.

What pyoxigraph takes from RDF 1.2 (`<< … >>`, `{| … |}`, `@fr--ltr`) is refused: the reference engine cannot
read it, and deep triple terms end the process.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from . import turtle
from .findings import Severity
from .language import Words, printable
from .location import Location
from .syntax_places import around
from .syntax_sentences import SYNTAX
from .syntax_words import explained, undeclared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from .syntax_sentences import Explained

    House = Callable[[], Mapping[str, str]]

LARGEST = 50_000_000  # bytes of a file
LONGEST = 10_000_000  # bytes of a line
DEEPEST = 200  # nested brackets: the reference engine's parser fails not far above
MOST_ERRORS = 1000  # syntax errors of one file that are told one by one
_BUFFER = 16_777_216  # bytes of one text that the parser takes
_ENDLESS = "text without end"
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
_REASON = re.compile(r"^Parser error [^:]*: ")  # what the parser says in front of a reason: line and columns


@dataclass(frozen=True, slots=True)
class FileProblem:
    """Something wrong with a file, or with a place in it, before any rule is asked."""

    location: Location
    what: str  # the name of the check in the rulebook: FI-01-syntax
    detail: Words | None = None
    severity: Severity = Severity.ERROR
    mend: Words | None = None  # what to do about this one; None: what the rulebook says
    about: NamedNode | None = None  # the property concerned, told behind the detail

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
    safe = _RDF_1_2.sub("!!", text)  # nothing nests in it
    try:
        triples, prefixes = _run(safe)
        if safe != text:
            triples, prefixes = _run(text)
    except SyntaxError as wrong:
        return Parsed((), {}, tuple(_problems(text, wrong, name, house)))
    except MemoryError as full:
        if str(_BUFFER) not in str(full):
            raise
        return Parsed((), {}, tuple(_problems(text, None, name, house)))
    if (newer := _newer(text, triples)) is not None:
        where = Location(name, *turtle.Lines(text).at(newer))
        return Parsed((), {}, (_newer_syntax(text, newer, where),))
    return Parsed(triples, prefixes, ())


def _run(text: str) -> tuple[tuple[Triple, ...], dict[str, str]]:
    """Return the triples and the prefixes of a text. Raises SyntaxError, or MemoryError for a text too long."""
    parser = parse(text, format=RdfFormat.TURTLE, rename_blank_nodes=True)
    triples = tuple(quad.triple for quad in parser)
    return triples, dict(parser.prefixes)


def _problems(text: str, wrong: SyntaxError | None, name: str, house: House) -> Iterator[FileProblem]:
    """Yield the errors that help, in order, put into words; `wrong` is what the parser stumbles over, if anything."""
    reading = turtle.read(text)
    kept = _first_of_each_line(reading, wrong)
    repeated = Counter(undeclared(problem.reason) for problem in kept.values())
    told = 0
    for number, (where, problem) in enumerate(kept.items()):
        prefix = undeclared(problem.reason)
        count = repeated.pop(prefix, 0) if prefix else 1
        if not count:
            continue
        if told == MOST_ERRORS:
            rest = len(kept) - number
            yield _told(name, SYNTAX, f"et {rest} autres erreurs", f"and {rest} more errors", where)
            return
        told += 1
        if problem.reason == _ENDLESS:
            yield FileProblem(Location(name, *where), "FI-06-text")
        elif _RDF_1_2.match(text, problem.start):
            yield _newer_syntax(text, problem.start, Location(name, *where))
        else:
            place = around(text, reading.tokens, problem, where[0], house if prefix else dict)
            yield _problem(explained(problem.reason, place), Location(name, *where), count)


def _first_of_each_line(
    reading: turtle.Reading, wrong: SyntaxError | None
) -> dict[tuple[int, int], turtle.Problem]:
    """Return the first problem of each line by its line and column; never none."""
    lines = turtle.Lines("".join(token.text for token in reading.tokens))
    found = reading.problems or (_of_parser(reading, lines, wrong),)
    first: dict[int, tuple[tuple[int, int], turtle.Problem]] = {}
    for problem in found:
        where = lines.at(problem.start)
        first.setdefault(where[0], (where, problem))
    return dict(first.values())


def _of_parser(reading: turtle.Reading, lines: turtle.Lines, wrong: SyntaxError | None) -> turtle.Problem:
    """Return what the parser alone finds wrong: a text that it has no room for, or what we let pass."""
    if wrong is None:
        widest = max(reading.tokens, key=lambda token: len(token.text))
        return turtle.Problem(widest.start, widest.start + 1, _ENDLESS)
    start = lines.offset(wrong.lineno or 1, wrong.offset or 1)
    return turtle.Problem(start, start + 1, _REASON.sub("", wrong.msg))


def _problem(told: Explained, where: Location, count: int) -> FileProblem:
    if count > 1:
        said = Words(f"{told.said.fr} ({count} endroits)", f"{told.said.en} ({count} places)")
        return FileProblem(where, told.check, said, mend=told.mend)
    about = None if told.about is None else NamedNode(told.about)
    return FileProblem(where, told.check, told.said, mend=told.mend, about=about)


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


def _newer(text: str, triples: tuple[Triple, ...]) -> int | None:
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
