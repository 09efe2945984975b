"""The header of a question: lines `#+ key: value` before the query, and the question that they make.

A line has both languages with ` / ` between them, or stands twice, `-fr` and `-en`:

    #+ number: CQ03                     the competency question, where it is one
    #+ title-fr: …   #+ question-fr: …  and in English
    #+ for: comités / committees        who asks it
    #+ keywords: …, … / …, …
    #+ parameter: territory (ae:Territory, ter:region-52) = le territoire / the territory
    #+ parameter: months (xsd:integer, 12, min 1) = …      a number not below that one
    #+ parameter: to (xsd:date, "2026-12-31"^^xsd:date, not before ?from) = …      a day not before another
    #+ column: agreement (iri) = accord : celui qui s'applique / agreement: the one that applies
    #+ code: in-force = en vigueur / in force   what a coded text of a cell means
    #+ seeds: yes | partly | no         what the five texts can answer; seeds-fr and seeds-en say why
    #+ empty: right                     an empty answer is right; empty-fr and empty-en say why
    #+ completed-by: …                  what completes the answer; completed-fr, completed-en
    #+ note-fr: …

The kind of a parameter says where its values come from: a class (its records), a scheme (its concepts), a
datatype, or `lang`. Its default is what the query holds between the braces of its `VALUES` line. The words
of a column begin with its heading; what follows a colon explains it. `iris` are IRIs with a space between
them, `texts` texts with ` | `: engines give them in any order, the tool sorts them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from .errors import ContentError, SyntaxProblem
from .language import Words, printable
from .location import Location
from .sparql import UNDEF, form, slots

if TYPE_CHECKING:
    from collections.abc import Mapping

LANG = "lang"  # the kind, and the name, of the parameter that picks the language of labels
AS_OF = "date"  # the name of the parameter that `--as-of` sets
KINDS = ("iri", "label", "iris", "date", "number", "boolean", "text", "texts")
SEEDS = ("yes", "partly", "no")
_LINE = re.compile(r"#\+\s*(?P<key>[\w-]+)\s*:\s*(?P<value>.*?)\s*")
_PARAMETER = re.compile(
    r"(?P<name>\w+) \((?P<kind>[\w:-]+), (?P<default>.+?)(?:, (?P<bound>[A-Za-z][\w ?-]*))?\) = (?P<words>.+)"
)
_BOUND = re.compile(r"min (?P<least>-?\d{1,18})|not before \?(?P<first>\w+)", re.ASCII)
_INTEGERS = frozenset({"xsd:integer", "xsd:nonNegativeInteger", "xsd:positiveInteger"})
_TOKEN = re.compile(r'"(?P<text>(?:[^"\\]|\\.)*)"(?:\^\^\S+|@[\w-]+)?|(?P<bare>\S+)')
_COLUMN = re.compile(r"(?P<name>\w+) \((?P<kind>\w+)\) = (?P<words>.+)")
_CODE = re.compile(r"(?P<token>[\w-]+) = (?P<words>.+)")
_HEADING = re.compile(r"\s*:\s|\s*[,;(]")
_NUMBER = re.compile(r"CQ\d\d")
_BETWEEN = " / "
_SINGLE = frozenset({"number", "seeds", "empty", "completed-by"})
_PAIRED = frozenset({"title", "question", "seeds-why", "empty-why", "completed", "note"})
_MANY = frozenset({"parameter", "column", "code"})
_WHY = {"seeds": "seeds-why", "empty": "empty-why"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a reader may choose in a question."""

    name: str
    kind: str  # a CURIE of a class or scheme, of a datatype, or `lang`
    default: str  # as the query writes it, UNDEF for any
    words: Words
    least: int | None = None  # no number below
    first: str | None = None  # the parameter whose day it cannot come before

    @property
    def defaults(self) -> tuple[str, ...]:
        """Return the default as it would be typed: short names, days, numbers, words; none for any."""
        found = _TOKEN.finditer("" if self.any_by_default else self.default)
        return tuple(token["bare"] if token["text"] is None else token["text"] for token in found)

    @property
    def heading(self) -> Words:
        """Return how the words begin: what comes before a colon explains it."""
        return Words(*(heading(said) for said in self.words))

    @property
    def any_by_default(self) -> bool:
        """Tell whether nothing chosen means any value."""
        return self.default == UNDEF


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an answer: its variable, what its cells are, what they mean."""

    name: str
    kind: str  # one of KINDS; `evidence` for what a tool adds
    words: Words

    @property
    def heading(self) -> Words:
        """Return the heading of the column."""
        return Words(*(heading(said) for said in self.words))


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what its header says, and the query as it stands in the file."""

    name: str  # theme/file, without its ending
    location: Location
    title: Words
    question: Words
    audience: Words
    keywords: Words
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    text: str = field(repr=False)
    codes: Mapping[str, Words] = field(
        default_factory=dict, hash=False
    )  # coded texts of cells, as a reader says them
    number: str | None = None
    seeds: str = "yes"
    why_seeds: Words | None = None
    why_empty: Words | None = None  # why an empty answer is right, when it is
    completed_by: str | None = None
    completed: Words | None = None
    note: Words | None = None

    @property
    def theme(self) -> str:
        """Return the folder of the question."""
        return self.name.rpartition("/")[0]

    @property
    def short(self) -> str:
        """Return the name without the theme."""
        return self.name.rpartition("/")[2]

    def parameter(self, name: str) -> Parameter | None:
        """Return a parameter by its name."""
        return next((one for one in self.parameters if one.name == name), None)


def heading(words: str) -> str:
    """Return how the words of a column or of a parameter begin, up to what explains them.

    >>> heading("date déduite : vrai si elle ne vient pas des mots de la source")
    'date déduite'
    """
    return _HEADING.split(words, maxsplit=1)[0].strip()


@dataclass
class _Header:
    """The lines of a header, gathered one by one."""

    file: str
    single: dict[str, str] = field(default_factory=dict)
    pairs: dict[str, dict[str, str]] = field(default_factory=dict)
    parameters: list[tuple[int, Parameter]] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    codes: dict[str, Words] = field(default_factory=dict)

    def add(self, line: int, key: str, value: str) -> None:
        """Take one line."""
        if not value:
            raise self.wrong(line, Words(f"« {key} » est vide", f"“{key}” is empty"))
        stem, _, tongue = key.rpartition("-")
        stem = _WHY.get(stem, stem)
        if key == "parameter":
            self.parameters.append((line, self._parameter(line, value)))
        elif key == "column":
            self.columns.append(self._column(line, value))
        elif key == "code":
            self._code(line, value)
        elif key in _SINGLE:
            self._once(line, key, self.single, key, value)
        elif key in {"for", "keywords"}:
            self.pairs[key] = self._both(line, value)._asdict()
        elif stem in _PAIRED and tongue in {"fr", "en"}:
            self._once(line, key, self.pairs.setdefault(stem, {}), tongue, value)
        else:
            known = sorted({*_SINGLE, *_MANY, "for", "keywords", "title-fr", "question-fr", "note-fr"})
            close = ", ".join(get_close_matches(key, known, n=2)) or ", ".join(known)
            shown = printable(key)
            raise self.wrong(
                line, Words(f"« {shown} » inconnu ; plutôt : {close}", f"unknown “{shown}”; rather: {close}")
            )

    def _once(self, line: int, key: str, held: dict[str, str], place: str, value: str) -> None:
        if place in held:
            raise self.wrong(line, Words(f"« {key} » deux fois", f"“{key}” twice"))
        held[place] = value

    def _parameter(self, line: int, value: str) -> Parameter:
        found = _PARAMETER.fullmatch(value)
        if found is None:
            form_ = "NOM (GENRE, DÉFAUT) = … / …"
            raise self.wrong(line, Words(f"paramètre attendu : {form_}", f"parameter expected: {form_}"))
        if any(one.name == found["name"] for _, one in self.parameters):
            raise self.wrong(
                line, Words(f"paramètre {found['name']} deux fois", f"parameter {found['name']} twice")
            )
        words = self._both(line, found["words"])
        least, first = self._bound(line, found["kind"], found["bound"])
        return Parameter(found["name"], found["kind"], found["default"], words, least, first)

    def _bound(self, line: int, kind: str, written: str | None) -> tuple[int | None, str | None]:
        """Return what a parameter cannot be below or before."""
        if written is None:
            return None, None
        found = _BOUND.fullmatch(written)
        if found is not None and found["least"] is not None and kind in _INTEGERS:
            return int(found["least"]), None
        if found is not None and found["first"] is not None and kind == "xsd:date":
            return None, found["first"]
        shown = printable(written)
        said = Words(
            f"borne « {shown} » ; attendu : min N pour un nombre entier, not before ?NOM pour un jour",
            f"bound “{shown}”; expected: min N for a whole number, not before ?NAME for a day",
        )
        raise self.wrong(line, said)

    def _column(self, line: int, value: str) -> Column:
        found = _COLUMN.fullmatch(value)
        if found is None or found["kind"] not in KINDS:
            form_ = f"NOM ({'|'.join(KINDS)}) = … / …"
            raise self.wrong(line, Words(f"colonne attendue : {form_}", f"column expected: {form_}"))
        return Column(found["name"], found["kind"], self._both(line, found["words"]))

    def _code(self, line: int, value: str) -> None:
        found = _CODE.fullmatch(value)
        if found is None or found["token"] in self.codes:
            raise self.wrong(
                line, Words("code attendu, une fois : CODE = … / …", "code expected, once: CODE = … / …")
            )
        self.codes[found["token"]] = self._both(line, found["words"])

    def _both(self, line: int, value: str) -> Words:
        french, between, english = value.partition(_BETWEEN)
        if not between or not french.strip() or not english.strip():
            raise self.wrong(
                line, Words("attendu : le français / l'anglais", "expected: the French / the English")
            )
        return Words(french.strip(), english.strip())

    def words(self, stem: str, *, required: bool = False) -> Words | None:
        """Return a sentence in both languages; None when it is not there."""
        held = self.pairs.get(stem, {})
        if {"fr", "en"} <= set(held):
            return Words(held["fr"], held["en"])
        if held or required:
            raise self.wrong(1, Words(f"il manque « {stem} » (fr et en)", f"“{stem}” is missing (fr and en)"))
        return None

    def must(self, stem: str) -> Words:
        """Return a sentence in both languages that has to be there."""
        return self.words(stem, required=True) or Words("", "")

    def wrong(self, line: int, said: Words) -> ContentError:
        """Return the refusal of a header, at its line."""
        return SyntaxProblem(Location(self.file, line), Words(f"en-tête : {said.fr}", f"header: {said.en}"))


def of_text(name: str, file: str, text: str) -> Question:
    """Return the question that a text holds.

    Raises SyntaxProblem, at its line, when the header is not as above or the query does not agree with it.
    """
    header = _Header(file)
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#+"):
            found = _LINE.fullmatch(line)
            if found is None:
                raise header.wrong(number, Words("attendu : #+ clé: valeur", "expected: #+ key: value"))
            header.add(number, found["key"], found["value"])
    _judge(header, text)
    seeds = header.single.get("seeds", "yes")
    return Question(
        name=name,
        location=Location(file, 1),
        title=header.must("title"),
        question=header.must("question"),
        audience=header.must("for"),
        keywords=header.must("keywords"),
        parameters=tuple(parameter for _, parameter in header.parameters),
        columns=tuple(header.columns),
        codes=header.codes,
        text=text,
        number=header.single.get("number"),
        seeds=seeds,
        why_seeds=header.words("seeds-why", required=seeds != "yes"),
        why_empty=header.words("empty-why", required="empty" in header.single),
        completed_by=header.single.get("completed-by"),
        completed=header.words("completed", required="completed-by" in header.single),
        note=header.words("note"),
    )


def _judge(header: _Header, text: str) -> None:
    """Raise SyntaxProblem when the header and the query do not agree."""
    single = header.single
    if "number" in single and not _NUMBER.fullmatch(single["number"]):
        raise header.wrong(1, Words("number attendu : CQ01", "number expected: CQ01"))
    if single.get("seeds", "yes") not in SEEDS or single.get("empty", "right") != "right":
        raise header.wrong(
            1, Words("seeds : yes, partly ou no ; empty : right", "seeds: yes, partly or no; empty: right")
        )
    if form(text) not in {"SELECT", "CONSTRUCT"}:
        said = Words("une question est un SELECT ou un CONSTRUCT", "a question is a SELECT or a CONSTRUCT")
        raise header.wrong(1, said)
    days = {parameter.name for _, parameter in header.parameters if parameter.kind == "xsd:date"}
    written = {slot.name: slot for slot in slots(text)}
    for line, parameter in header.parameters:
        slot = written.get(parameter.name)
        if slot is None:
            line_ = f"VALUES ?{parameter.name} {{ … }}"
            raise header.wrong(line, Words(f"pas de ligne {line_}", f"no line {line_}"))
        if parameter.first is not None and parameter.first not in days - {parameter.name}:
            said = Words(
                f"?{parameter.first} n'est pas un autre jour demandé",
                f"?{parameter.first} is not another day asked for",
            )
            raise header.wrong(line, said)
        if slot.inside != parameter.default:
            raise header.wrong(
                line,
                Words(
                    f"le défaut de {parameter.name} n'est pas celui de la ligne {slot.line} : {printable(slot.inside)}",
                    f"the default of {parameter.name} is not that of line {slot.line}: {printable(slot.inside)}",
                ),
            )
