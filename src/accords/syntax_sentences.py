"""What is said of a mistake, and the reasons that one sentence answers, whatever stands at the place.

Each row of the table: how the reason begins (a regular expression), what is wrong, what to do. In the last two, {0} is the
text at fault and {1} what the reason quotes.
"""

from __future__ import annotations

from dataclasses import dataclass

from .language import Words

SYNTAX, TAG, TO_FILL = "FI-01-syntax", "FI-09-tag", "FI-15-to-fill"


@dataclass(frozen=True, slots=True)
class Explained:
    """What to say: the check that speaks, what is wrong, what to type instead."""

    said: Words
    mend: Words | None = None  # None: what the rulebook says
    check: str = SYNTAX
    about: str | None = None  # the IRI of the property concerned, where the check names it


def say(fr: str, en: str, mend_fr: str, mend_en: str) -> Explained:
    """Return what is wrong and what to type, in both languages."""
    return Explained(Words(fr, en), Words(mend_fr, mend_en))


_ADDRESS = Words(
    "écrivez l'adresse entière (https://…) ou un nom court (act:…)",
    "write the whole address (https://…) or a short name (act:…)",
)
_ESCAPES = Words(
    'doublez la barre oblique inverse (\\\\) ; sont permis \\n \\t \\" \\\\ et \\u suivi de quatre chiffres hexadécimaux',
    'double the backslash (\\\\); allowed are \\n \\t \\" \\\\ and \\u followed by four hexadecimal digits',
)
SENTENCES: tuple[tuple[str, Words, Words], ...] = (
    (
        r"'\.' is missing behind",
        Words(
            "il manque un point à la fin de la fiche, après {0}",
            "a full stop is missing at the end of the record, after {0}",
        ),
        Words("écrivez {0} .", "type {0} ."),
    ),
    (
        r"';' is missing behind",
        Words(
            "il manque un point-virgule après {0} : une autre propriété suit",
            "a semicolon is missing after {0}: another property follows",
        ),
        Words("écrivez {0} ;", "type {0} ;"),
    ),
    (
        r"',' is missing behind",
        Words(
            "il manque une virgule après {0} : une autre valeur suit",
            "a comma is missing after {0}: another value follows",
        ),
        Words("écrivez {0} ,", "type {0} ,"),
    ),
    (
        r"'\.' is wanted in the place of '(.)'",
        Words("« {1} » à la fin d'une fiche", "“{1}” at the end of a record"),
        Words("écrivez « . » à sa place", "type “.” in its place"),
    ),
    (
        r"';' is wanted in the place of '(.)'",
        Words(
            "« {1} » au milieu d'une fiche, devant une autre propriété",
            "“{1}” in the middle of a record, before another property",
        ),
        Words("écrivez « ; » à sa place", "type “;” in its place"),
    ),
    (
        r"',' is wanted in the place of '(.)'",
        Words(
            "« {1} » devant une autre valeur de la même propriété",
            "“{1}” before another value of the same property",
        ),
        Words("écrivez « , » à sa place", "type “,” in its place"),
    ),
    (
        r"'@' is missing in front of a language: (.*)",
        Words("il manque @ devant la langue : {0}", "@ is missing before the language: {0}"),
        Words("écrivez {1}", "type {1}"),
    ),
    (
        r"No scheme found in an absolute IRI",
        Words("adresse incomplète : {0}", "incomplete address: {0}"),
        _ADDRESS,
    ),
    (
        r"Invalid IRI percent encoding|escapes in IRIs should be %",
        Words("% sans ses deux chiffres hexadécimaux : {0}", "% without its two hexadecimal digits: {0}"),
        Words("écrivez %25 pour un %", "type %25 for a %"),
    ),
    (
        r"Invalid (?:character|host|port|IP)",
        Words("adresse mal formée : {0}", "malformed address: {0}"),
        _ADDRESS,
    ),
    (
        r"Unexpected escape character '(.*)'",
        Words("« {1} » n'est pas un échappement", "“{1}” is not an escape"),
        _ESCAPES,
    ),
    (
        r"The escape sequence '(.*)' is",
        Words("« {1} » ne désigne aucun caractère", "“{1}” names no character"),
        _ESCAPES,
    ),
    (
        r"The character that are allowed to be escaped in IRIs",
        Words("barre oblique inverse mal placée dans un nom", "misplaced backslash in a name"),
        Words("retirez la barre oblique inverse", "remove the backslash"),
    ),
    (
        r"Expecting a datatype IRI after \^\^",
        Words("type attendu après ^^, et non « {0} »", "datatype expected after ^^, not “{0}”"),
        Words("écrivez par exemple ^^xsd:date", "type for instance ^^xsd:date"),
    ),
    (
        r"The datatype of a literal without a language tag",
        Words("texte de type rdf:langString sans langue", "text of type rdf:langString without language"),
        Words('écrivez la langue seule : "…"@fr', 'type the language alone: "…"@fr'),
    ),
    (
        r"blank node property lists should end",
        Words("crochet [ encore ouvert devant « {0} »", "bracket [ still open before “{0}”"),
        Words("fermez-le par ]", "close it with ]"),
    ),
    (
        r"The PREFIX ",
        Words("déclaration de préfixe mal formée, à « {0} »", "malformed prefix declaration, at “{0}”"),
        Words("écrivez @prefix act: <https://…> .", "type @prefix act: <https://…> ."),
    ),
    (
        r"The BASE ",
        Words("déclaration @base mal formée, à « {0} »", "malformed @base declaration, at “{0}”"),
        Words("écrivez @base <https://…> .", "type @base <https://…> ."),
    ),
    (
        r"An integer should not be empty|A double exponent cannot be empty",
        Words("nombre inachevé : {0}", "unfinished number: {0}"),
        Words("complétez le nombre, ou retirez le signe", "complete the number, or remove the sign"),
    ),
    (
        r"A blank node ID cannot be empty",
        Words("_: sans nom derrière", "_: without a name behind it"),
        Words("donnez un nom avec préfixe à la fiche", "give the record a name with a prefix"),
    ),
)
