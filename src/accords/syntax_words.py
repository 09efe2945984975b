"""What is wrong with a line of Turtle, told to the person who typed it.

Takes the parser's reason (English, made for programmers) and what stands at the place; gives the check
that speaks, a sentence in both languages and what to type instead. A reason that is not known here is
kept as the parser gave it.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .language import Words, printable
from .syntax_sentences import SENTENCES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SYNTAX, TAG = "FI-01-syntax", "FI-09-tag"
_QUOTES = frozenset("“”„‟«»‘’‚‛‹›")
_CLOSERS = frozenset(".;,])")
_WORD = re.compile(r"[^\W\d][\w-]*")
_TAG = re.compile(r"@(?!prefix|base)[A-Za-z0-9-]*")
_NUMBER = re.compile(r"[+-]?[0-9][0-9.-]*|[+-]?[.][0-9]+")


@dataclass(frozen=True, slots=True)
class Place:
    """What stands where the parser stopped."""

    found: str  # the text at fault
    before: str = ""  # the piece in front of it, nothing at the start of a file
    glued: bool = False  # nothing stands between the two
    whole: str = ""  # the piece in front of it, with what is glued to it
    line_before: int = 1
    house: Mapping[str, str] = field(default_factory=dict)  # the house table of prefixes

    @property
    def shown(self) -> str:
        """Return the text at fault as a message repeats it."""
        return printable(self.found)


@dataclass(frozen=True, slots=True)
class Explained:
    """What to say: the check that speaks, what is wrong, what to type instead."""

    said: Words
    mend: Words | None = None  # None: what the rulebook says
    check: str = SYNTAX


def explained(reason: str, place: Place) -> Explained:
    """Return what the parser's reason means at that place.

    >>> explained("The prefix x: has not been declared", Place("x:a")).said.fr
    'préfixe « x: » non déclaré'
    >>> explained("Something new", Place("x")).said.en
    'Something new (“x”)'
    """
    if place.found and unicodedata.category(place.found[0])[0] in {"C", "Z"} and place.found[0] != " ":
        return _invisible(place.found[0])
    if place.glued and _TAG.fullmatch(place.before) and not place.found.startswith("^"):
        return _tag(place)
    for pattern, tell in _TABLE:
        if (known := pattern.match(reason)) is not None:
            return tell(known, place)
    raw = printable(reason, 200)
    if place.shown in {"", raw}:
        return Explained(Words(raw, raw))
    return Explained(Words(f"{raw} (« {place.shown} »)", f"{raw} (“{place.shown}”)"))


def undeclared(reason: str) -> str | None:
    """Return the prefix that a reason finds undeclared, or None."""
    known = _UNDECLARED.match(reason)
    return None if known is None else known[1]


_UNDECLARED = re.compile(r"The prefix (.*): has not been declared", re.DOTALL)


def _say(fr: str, en: str, mend_fr: str, mend_en: str) -> Explained:
    return Explained(Words(fr, en), Words(mend_fr, mend_en))


def _prefix(known: re.Match[str], place: Place) -> Explained:
    name = printable(known[1])
    said = Words(f"préfixe « {name}: » non déclaré", f"prefix “{name}:” is not declared")
    if known[1] in place.house:
        line = f"@prefix {name}: <{place.house[known[1]]}> ."
        return Explained(
            said, Words(f"ajoutez en tête du fichier : {line}", f"add at the top of the file: {line}")
        )
    offers = ", ".join(f"{close}:" for close in difflib.get_close_matches(known[1], place.house, 3))
    if offers:
        return Explained(
            said,
            Words(
                f"corrigez le préfixe (proches : {offers}) ou déclarez-le en tête du fichier",
                f"correct the prefix (close: {offers}) or declare it at the top of the file",
            ),
        )
    return Explained(
        said,
        Words(
            f"déclarez-le en tête du fichier (@prefix {name}: <https://…> .), ou corrigez la faute de frappe",
            f"declare it at the top of the file (@prefix {name}: <https://…> .), or correct the misspelling",
        ),
    )


def _end(known: re.Match[str], place: Place) -> Explained:
    """Tell what was open when the file, or the line, ended."""
    found = place.found
    if known.group().startswith("Line"):
        return _say(
            "guillemet ouvert sur cette ligne et jamais refermé",
            "quotation mark opened on this line and never closed",
            'fermez le guillemet ; un texte sur plusieurs lignes se met entre """ et """',
            'close the quotation mark; a text of several lines stands between """ and """',
        )
    if found.startswith(('"""', "'''")):
        return _say(
            "texte ouvert ici par trois guillemets et jamais refermé : rien de ce qui suit n'est lu",
            "text opened here with three quotation marks and never closed: nothing behind it is read",
            f"fermez le texte par {found[:3]}",
            f"close the text with {found[:3]}",
        )
    if found.startswith("'") and place.glued:
        return _say(
            f"apostrophe dans un nom : {printable(place.before + found)}",
            f"apostrophe inside a name: {printable(place.before + found)}",
            "retirez l'apostrophe du nom",
            "remove the apostrophe from the name",
        )
    if found.startswith(('"', "'")):
        return _say(
            f"guillemet ouvert ici et jamais refermé : {place.shown}",
            f"quotation mark opened here and never closed: {place.shown}",
            "fermez le guillemet à la fin du texte ; à l'intérieur, écrivez « » ou \\\"",
            'close the quotation mark at the end of the text; inside, type « » or \\"',
        )
    if found.startswith("<"):
        return _unclosed_iri(place)
    shown = f" (« {place.shown} »)" if found.strip() else ""
    return _say(
        f"le fichier s'arrête au milieu d'une fiche{shown}",
        f"the file ends in the middle of a record{shown.replace('« ', '“').replace(' »', '”')}",
        "complétez la dernière fiche et terminez-la par un point",
        "complete the last record and end it with a full stop",
    )


def _unclosed_iri(place: Place) -> Explained:
    return _say(
        f"chevron < ouvert ici et jamais refermé : {place.shown}",
        f"bracket < opened here and never closed: {place.shown}",
        "fermez l'adresse par >",
        "close the address with >",
    )


def _missing_mark(_known: re.Match[str], place: Place) -> Explained:
    """Tell why what follows a complete statement has no place there."""
    found, before = place.found, place.before
    if place.glued and before[:1] in {'"', "'"} and before[-1:] == before[:1] and _WORD.match(found):
        return _say(
            f"texte coupé par un guillemet droit avant « {place.shown} »",
            f"text cut by a straight quotation mark before “{place.shown}”",
            "à l'intérieur d'un texte, écrivez « » ou \\\" au lieu de \"",
            'inside a text, type « » or \\" instead of "',
        )
    if _NUMBER.fullmatch(before) and _NUMBER.match(found):
        return _say(
            f"date ou nombre mal écrit : {printable(before)}{'' if place.glued else ' '}{place.shown}",
            f"ill-written date or number: {printable(before)}{'' if place.glued else ' '}{place.shown}",
            'une date s\'écrit "2023-06-01"^^xsd:date, un nombre sans espace : 17000',
            'a date is written "2023-06-01"^^xsd:date, a number without a space: 17000',
        )
    if found in {"]", ")"}:
        return _say(
            f"« {found} » sans rien d'ouvert",
            f"“{found}” with nothing open",
            "retirez-le, ou ouvrez le crochet avant",
            "remove it, or open the bracket before",
        )
    if found.startswith("^") or (found.startswith("@") and place.glued):
        return _say(
            f"« {place.shown} » n'a pas sa place ici",
            f"“{place.shown}” has no place here",
            'un texte porte une langue ("…"@fr) ou un type ("2023"^^xsd:gYear), pas les deux',
            'a text has a language ("…"@fr) or a datatype ("2023"^^xsd:gYear), not both',
        )
    if found == "{" or found.upper() == "GRAPH" or found == "=>":
        return _say(
            "ce n'est pas du Turtle mais du TriG ou du N3",
            "this is not Turtle but TriG or N3",
            "retirez GRAPH, { et }",
            "remove GRAPH, { and }",
        )
    if before in {".", ""} or found in _CLOSERS:
        return _no_record(place)
    return _say(
        f"il manque un point, un point-virgule ou une virgule avant « {place.shown} »",
        f"a full stop, a semicolon or a comma is missing before “{place.shown}”",
        f"ajoutez le signe après « {printable(before)} », ligne {place.line_before}",
        f"add the mark after “{printable(before)}”, line {place.line_before}",
    )


def _no_record(place: Place) -> Explained:
    if place.found in _CLOSERS:
        return _say(
            f"« {place.found} » en trop",
            f"one “{place.found}” too many",
            "retirez ce signe",
            "remove this mark",
        )
    return _say(
        f"« {place.shown} » ne peut pas commencer une fiche",
        f"“{place.shown}” cannot begin a record",
        "une fiche commence par un nom avec préfixe, comme agr:…",
        "a record begins with a name that has a prefix, such as agr:…",
    )


def _predicate(_known: re.Match[str], place: Place) -> Explained:
    if place.found in _CLOSERS:
        said = Words(
            f"il manque une propriété avant « {place.found} »",
            f"a property is missing before “{place.found}”",
        )
    else:
        said = Words(
            f"« {place.shown} » n'est pas une propriété",
            f"“{place.shown}” is not a property",
        )
    return Explained(
        said,
        Words(
            "une propriété s'écrit avec son préfixe, comme ae:theme, ou a pour le type",
            "a property is written with its prefix, such as ae:theme, or a for the type",
        ),
    )


def _value(_known: re.Match[str], place: Place) -> Explained:
    found = place.found
    if found in _CLOSERS:
        return _say(
            f"il manque une valeur avant « {found} »",
            f"a value is missing before “{found}”",
            "ajoutez la valeur, ou retirez le signe",
            "add the value, or remove the mark",
        )
    if found.lower() in {"true", "false", "vrai", "faux"}:
        right = "true" if found.lower() in {"true", "vrai"} else "false"
        return _say(
            f"« {found} » n'est pas une valeur",
            f"“{found}” is not a value",
            f"écrivez {right}, en minuscules",
            f"type {right}, in lower case",
        )
    return _say(
        f"« {place.shown} » n'est pas une valeur",
        f"“{place.shown}” is not a value",
        'un texte se met entre guillemets ("…"@fr), un nom porte son préfixe (act:…)',
        'a text stands between quotation marks ("…"@fr), a name has its prefix (act:…)',
    )


def _character(known: re.Match[str], place: Place) -> Explained:
    """Tell what a character that begins nothing is."""
    letter = known[1]
    if letter in _QUOTES:
        return _say(
            f"guillemet typographique {letter} là où Turtle attend un guillemet droit",
            f"typographic quotation mark {letter} where Turtle expects a straight one",
            'entourez le texte de guillemets droits : "…"',
            'put straight quotation marks around the text: "…"',
        )
    if place.glued:
        return _say(
            f"« {letter} » à l'intérieur d'un nom, après « {printable(place.before)} »",
            f"“{letter}” inside a name, after “{printable(place.before)}”",
            f"retirez-le, ou écrivez l'adresse entière entre < et > (dans un nom : \\{letter})",
            f"remove it, or write the whole address between < and > (in a name: \\{letter})",
        )
    return _say(
        f"« {letter} » ne commence rien en Turtle",
        f"“{letter}” begins nothing in Turtle",
        "retirez ce caractère",
        "remove this character",
    )


def _invisible(letter: str) -> Explained:
    name = f"U+{ord(letter):04X}"
    return _say(
        f"caractère invisible {name}",
        f"invisible character {name}",
        "effacez-le et retapez une espace ordinaire",
        "delete it and type an ordinary space",
    )


def _iri_character(known: re.Match[str], place: Place) -> Explained:
    if "\n" in place.found or "\r" in place.found:
        return _unclosed_iri(Place(re.split(r"[\r\n]", place.found)[0]))
    letter = known[1]
    shown = f"U+{ord(letter):04X}" if unicodedata.category(letter)[0] in {"C", "Z"} else f"« {letter} »"
    mend = Words("retirez ce caractère de l'adresse", "remove this character from the address")
    if letter == " ":
        shown = "espace"
        mend = Words(
            "retirez l'espace (dans une adresse : %20), ou fermez l'adresse par > avant elle",
            "remove the space (in an address: %20), or close the address with > before it",
        )
    english = "space" if letter == " " else shown.replace("« ", "“").replace(" »", "”")
    return Explained(
        Words(
            f"caractère interdit dans une adresse ({shown}) : {place.shown}",
            f"character not allowed in an address ({english}): {place.shown}",
        ),
        mend,
    )


def _tag(place: Place) -> Explained:
    shown = printable(place.whole)
    return Explained(Words(f"« {shown} »", f"“{shown}”"), check=TAG)


def _plain(said: Words, mend: Words) -> Callable[[re.Match[str], Place], Explained]:
    """Return what tells one sentence: {0} is the text at fault, {1} what the reason quotes."""

    def tell(known: re.Match[str], place: Place) -> Explained:
        quoted = printable(known[1] or "") if known.re.groups else ""
        return Explained(Words(*(text.format(place.shown, quoted) for text in said)), mend)

    return tell


_TABLE: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Place], Explained]], ...] = tuple(
    (re.compile(pattern, re.DOTALL), tell)
    for pattern, tell in (
        (_UNDECLARED.pattern, _prefix),
        (r"Unexpected end|Line jumps are not allowed", _end),
        (r"A dot is expected|.* is not a valid subject or graph name", _missing_mark),
        (r".* is not a valid predicate", _predicate),
        (r".* is not a valid RDF object", _value),
        (r"'(.)' is not allowed at the beginning of a prefix name", _character),
        (r"Invalid IRI code point '(.)'", _iri_character),
        (r".*(?:language code|subtag|extlang)", lambda _, place: _tag(place)),
        *((pattern, _plain(said, mend)) for pattern, said, mend in SENTENCES),
    )
)
