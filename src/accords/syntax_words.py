"""What is wrong with a line of Turtle, told to the person who typed it.

Takes the parser's reason (English, made for programmers) and what stands at the place; gives the check
that speaks, a sentence in both languages and what to type instead. A reason that is not known here is
kept as the parser gave it.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from typing import TYPE_CHECKING

from . import syntax_slips as slips
from . import syntax_values as values
from .language import Words, printable
from .syntax_places import Place
from .syntax_sentences import SENTENCES, TAG, TO_FILL, Explained, say

if TYPE_CHECKING:
    from collections.abc import Callable

_CLOSERS = frozenset(".;,])")
_TAG = re.compile(r"@(?!prefix|base)[A-Za-z0-9-]*")


def explained(reason: str, place: Place) -> Explained:
    """Return what the parser's reason means at that place.

    >>> explained("The prefix x: has not been declared", Place("x:a")).said.fr
    'préfixe « x: » non déclaré'
    >>> explained("Something new", Place("x")).said.en
    'Something new (“x”)'
    """
    if place.found and unicodedata.category(place.found[0])[0] in {"C", "Z"} and place.found[0] != " ":
        return _invisible(place.found[0])
    if place.glued and place.found.startswith("…"):
        return _cut_short(place)
    if place.glued and _TAG.fullmatch(place.before) and not place.found.startswith("^"):
        return _tag(place)
    for pattern, tell in _TABLE:
        if (known := pattern.match(reason)) is not None:
            return tell(known, place)
    raw = printable(reason, 200)
    if place.shown in {"", raw}:
        return Explained(Words(raw, raw))
    return Explained(Words(f"{raw} (« {place.shown} »)", f"{raw} (“{place.shown}”)"))


def _cut_short(place: Place) -> Explained:
    whole = printable(f"{place.before}…")
    return Explained(
        Words(f"nom inachevé : {whole}", f"unfinished name: {whole}"),
        Words("écrivez le nom en entier, sans …", "type the whole name, without …"),
    )


def undeclared(reason: str) -> str | None:
    """Return the prefix that a reason finds undeclared, or None."""
    known = _UNDECLARED.match(reason)
    return None if known is None else known[1]


_UNDECLARED = re.compile(r"The prefix (.*): has not been declared", re.DOTALL)


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


def _missing_mark(_known: re.Match[str], place: Place) -> Explained:
    """Tell why what follows a complete statement has no place there."""
    found, before = place.found, place.before
    if (value := slips.no_mark(place) or values.cut(place) or values.broken(place)) is not None:
        return value
    if found in {"]", ")"}:
        return say(
            f"« {found} » sans rien d'ouvert",
            f"“{found}” with nothing open",
            "retirez-le, ou ouvrez le crochet avant",
            "remove it, or open the bracket before",
        )
    if found.startswith("^") or (found.startswith("@") and place.glued):
        return say(
            f"« {place.shown} » n'a pas sa place ici",
            f"“{place.shown}” has no place here",
            'un texte porte une langue ("…"@fr) ou un type ("2023"^^xsd:gYear), pas les deux',
            'a text has a language ("…"@fr) or a datatype ("2023"^^xsd:gYear), not both',
        )
    if found == "{" or found.upper() == "GRAPH" or found == "=>":
        return say(
            "ce n'est pas du Turtle mais du TriG ou du N3",
            "this is not Turtle but TriG or N3",
            "retirez GRAPH, { et }",
            "remove GRAPH, { and }",
        )
    if before in {".", ""} or found in _CLOSERS:
        return _no_record(place)
    return say(
        f"il manque un point, un point-virgule ou une virgule avant « {place.shown} »",
        f"a full stop, a semicolon or a comma is missing before “{place.shown}”",
        f"ajoutez le signe après « {printable(before)} », ligne {place.line_before}",
        f"add the mark after “{printable(before)}”, line {place.line_before}",
    )


def _no_record(place: Place) -> Explained:
    if place.found in _CLOSERS:
        return say(
            f"« {place.found} » en trop",
            f"one “{place.found}” too many",
            "retirez ce signe",
            "remove this mark",
        )
    return say(
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
    if (meant := slips.no_type(place)) is not None:
        return meant
    if found in _CLOSERS:
        return say(
            f"il manque une valeur avant « {found} »",
            f"a value is missing before “{found}”",
            "ajoutez la valeur, ou retirez le signe",
            "add the value, or remove the mark",
        )
    if found.lower() in {"true", "false", "vrai", "faux"}:
        right = "true" if found.lower() in {"true", "vrai"} else "false"
        return say(
            f"« {found} » n'est pas une valeur",
            f"“{found}” is not a value",
            f"écrivez {right}, en minuscules",
            f"type {right}, in lower case",
        )
    return say(
        f"« {place.shown} » n'est pas une valeur",
        f"“{place.shown}” is not a value",
        'un texte se met entre guillemets ("…"@fr), un nom porte son préfixe (act:…)',
        'a text stands between quotation marks ("…"@fr), a name has its prefix (act:…)',
    )


def _character(known: re.Match[str], place: Place) -> Explained:
    """Tell what a character that begins nothing is."""
    letter = known[1]
    if (value := values.curled(place) or values.broken(place)) is not None:
        return value
    if place.glued:
        return say(
            f"« {letter} » à l'intérieur d'un nom, après « {printable(place.before)} »",
            f"“{letter}” inside a name, after “{printable(place.before)}”",
            f"retirez-le, ou écrivez l'adresse entière entre < et > (dans un nom : \\{letter})",
            f"remove it, or write the whole address between < and > (in a name: \\{letter})",
        )
    return say(
        f"« {letter} » ne commence rien en Turtle",
        f"“{letter}” begins nothing in Turtle",
        "un commentaire commence par # ; sinon, retirez ce caractère",
        "a comment begins with #; otherwise remove this character",
    )


def _invisible(letter: str) -> Explained:
    name = f"U+{ord(letter):04X}"
    return say(
        f"caractère invisible {name}",
        f"invisible character {name}",
        "effacez-le et retapez une espace ordinaire",
        "delete it and type an ordinary space",
    )


def _iri_character(known: re.Match[str], place: Place) -> Explained:
    if "\n" in place.found or "\r" in place.found:
        return values.unclosed_iri(Place(re.split(r"[\r\n]", place.found)[0]))
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
    shown = printable(place.whole[place.whole.rfind("@") :])
    return Explained(Words(f"« {shown} »", f"“{shown}”"), check=TAG)


def _to_fill(known: re.Match[str], place: Place) -> Explained:
    """Tell that a place of a template is left as it was."""
    return Explained(
        Words(place.shown, place.shown),
        Words(
            f"remplacez {place.shown} par une valeur, ou effacez la ligne",
            f"replace {place.shown} by a value, or delete the line",
        ),
        TO_FILL,
        known[1],
    )


def _plain(said: Words, mend: Words) -> Callable[[re.Match[str], Place], Explained]:
    """Return what tells one sentence: {0} is the text at fault, {1} what the reason quotes."""

    def tell(known: re.Match[str], place: Place) -> Explained:
        quoted = printable(known[1] or "") if known.re.groups else ""
        filled = [Words(*(text.format(place.shown, quoted) for text in words)) for words in (said, mend)]
        return Explained(filled[0], filled[1])

    return tell


_TABLE: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Place], Explained]], ...] = tuple(
    (re.compile(pattern, re.DOTALL), tell)
    for pattern, tell in (
        (_UNDECLARED.pattern, _prefix),
        (r"A field is left to fill in(?:: (.*))?", _to_fill),
        (r"Unexpected end|Line jumps are not allowed", values.end),
        (r"A dot is expected|.* is not a valid subject or graph name", _missing_mark),
        (r".* is not a valid predicate", _predicate),
        (r".* is not a valid RDF object", _value),
        (r"'(.)' is not allowed at the beginning of a prefix name", _character),
        (r"Invalid IRI code point '(.)'", _iri_character),
        (r".*(?:language code|subtag|extlang)", lambda _, place: _tag(place)),
        *((pattern, _plain(said, mend)) for pattern, said, mend in SENTENCES),
    )
)
