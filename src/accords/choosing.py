"""What a reader types for a parameter, as terms: names, codes, short names, IRIs, dates, numbers.

`Choices` are what a parameter can be, with their names, as the graph that is asked knows them.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from .catalogue import AS_OF, LANG
from .errors import AmbiguousName, BadParameter, RequestError, UnknownName, Withdrawn
from .language import LANGUAGES, Words, printable
from .names import Index
from .terms import words_of
from .vocab import XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .catalogue import Catalogue, Parameter, Question
    from .terms import Prefixes, Term

CHOICES = "evidence/choices"  # the question that lists what a parameter can be
ANY = "*"  # typed for « any value »
ANYTHING = "rdfs:Resource"  # the kind of a parameter that takes any term
_CODE = re.compile(r"[0-9][0-9A-Z]+")  # INSEE, SIREN
_INTEGER = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_PARTIAL = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d))?", re.ASCII)


@dataclass(frozen=True)
class Choices:
    """Terms that a parameter can be, each with its names, the preferred ones first."""

    names: dict[NamedNode, tuple[str, ...]]


Chooser = Callable[[NamedNode, Sequence[NamedNode]], Choices]
"""The choices of a kind, a class or a concept scheme; among some things, when any are given."""
Heirs = Callable[[Sequence[NamedNode]], tuple[tuple[str, Words], ...] | None]
"""What replaces things, each by its short name and its label; None when none of them was withdrawn."""


def gathered(rows: Iterable[Sequence[Term | None]]) -> Choices:
    """Return the choices from rows of (thing, name, preferred), the preferred names first."""
    names: dict[NamedNode, dict[str, None]] = {}
    for thing, name, _ in rows:
        if isinstance(thing, NamedNode):
            held = names.setdefault(thing, {})
            if name is not None:
                held[words_of(name)] = None
    return Choices({thing: tuple(held) for thing, held in names.items()})


def terms(
    parameter: Parameter, typed: Sequence[str], prefixes: Prefixes, choices: Chooser, heirs: Heirs
) -> tuple[Term, ...]:
    """Return the terms that were typed for a parameter; none at all for any value.

    Raises UnknownName with the close ones, Withdrawn with what to type instead, AmbiguousName, BadParameter,
    RequestError for « any » beside a value.
    """
    if ANY in typed:
        if others := [one for one in typed if one != ANY]:
            raise _contradicted(parameter.name, printable(others[0]))
        return ()
    found = (_term(parameter, one, prefixes, choices, heirs) for one in typed)
    return tuple(dict.fromkeys(found))


def _contradicted(name: str, other: str) -> RequestError:
    return RequestError(
        Words(
            f"{name} : * (toutes les valeurs) et « {other} » se contredisent",
            f"{name}: * (any value) and “{other}” contradict each other",
        ),
        hint=Words(f"garder l'un des deux : -p {name}=…", f"keep one of the two: -p {name}=…"),
    )


def written(parameter: Parameter, prefixes: Prefixes) -> tuple[Term, ...]:
    """Return the terms of the default of a parameter."""
    return tuple(
        Literal(one) if parameter.kind.startswith("xsd:") or iri is None else NamedNode(iri)
        for one in parameter.defaults
        for iri in [prefixes.expand(one)]
    )


def with_code(label: str, names: Sequence[str]) -> str:
    """Return a label with the code that stands among the names of a thing, if one does.

    >>> with_code("Mayenne", ("Mayenne", "53")), with_code("État", ("État", "State"))
    ('Mayenne (53)', 'État')
    """
    codes = [name for name in names if _CODE.fullmatch(name) and name != label]
    return f"{label} ({codes[0]})" if codes else label


def check_bounds(question: Question, values: Mapping[str, Sequence[Term]], prefixes: Prefixes) -> None:
    """Raise BadParameter for a value that the header of a question says cannot be, beside the others."""

    def held(parameter: Parameter) -> list[str]:
        terms_ = values.get(parameter.name)
        return [words_of(term) for term in (written(parameter, prefixes) if terms_ is None else terms_)]

    for parameter in question.parameters:
        if parameter.least is not None:
            _at_least(parameter.name, parameter.least, held(parameter))
        other = question.parameter(parameter.first) if parameter.first is not None else None
        if other is not None:
            _not_before(parameter.name, held(parameter), other.name, held(other))


def _at_least(name: str, least: int, given: Sequence[str]) -> None:
    for one in given:
        if int(one) < least:
            said = Words(f"un nombre entier, {least} ou plus", f"a whole number, {least} or more")
            raise BadParameter(name, one, said)


def _not_before(name: str, days: Sequence[str], other: str, firsts: Sequence[str]) -> None:
    if days and firsts and min(days) < max(firsts):
        first = max(firsts)
        said = Words(f"le {first} ({other}) ou plus tard", f"{first} ({other}) or later")
        raise BadParameter(name, min(days), said)


def _term(parameter: Parameter, typed: str, prefixes: Prefixes, choices: Chooser, heirs: Heirs) -> Term:
    if parameter.kind == LANG:
        if typed not in LANGUAGES:
            raise BadParameter(parameter.name, typed, Words("fr ou en", "fr or en"))
        return Literal(typed)
    if parameter.kind.startswith("xsd:"):
        return value(parameter.name, parameter.kind, typed)
    if parameter.kind == ANYTHING:
        return _any_term(parameter.name, typed, prefixes)
    kind = prefixes.expand(parameter.kind)
    if kind is None:
        raise BadParameter(parameter.name, parameter.kind, Words("un genre connu", "a known kind"))
    if named := _nodes(typed, prefixes):  # an IRI or a short name: no need of all the names
        for thing in choices(NamedNode(kind), named).names:
            return thing
        if (instead := heirs(named)) is not None:
            raise Withdrawn(typed, instead)
    return _bearing(parameter, typed, Index(prefixes, choices(NamedNode(kind), ()).names))


def _bearing(parameter: Parameter, typed: str, index: Index) -> NamedNode:
    """Return the one thing that bears a name."""
    meant = index.meant(typed)
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise AmbiguousName(typed, tuple((index.curie(term), _said(index.labels[term])) for term in meant))
    raise UnknownName(parameter.heading, typed, index.close_to(typed))


def _nodes(typed: str, prefixes: Prefixes) -> list[NamedNode]:
    """Return the things that what was typed would be, read as an IRI or a short name."""
    found = []
    for iri in Index(prefixes, {}).iris(typed.strip()):
        if "//" in iri or iri.startswith("urn:"):
            with contextlib.suppress(ValueError):
                found.append(NamedNode(iri))
    return found


def _said(names: Sequence[str]) -> Words:
    shown = printable(", ".join(names[:2]))
    return Words(shown, shown)


def _any_term(name: str, typed: str, prefixes: Prefixes) -> Term:
    for node in _nodes(typed, prefixes):
        return node
    raise BadParameter(
        name, typed, Words("une IRI ou un nom court (act:etat)", "an IRI or a short name (act:etat)")
    )


def value(name: str, kind: str, typed: str) -> Literal:
    """Return a literal of a datatype.

    >>> value("date", "xsd:date", "2024-02-30")
    Traceback (most recent call last):
    accords.errors.BadParameter: date : « 2024-02-30 » ne convient pas ; attendu : un jour du calendrier, AAAA-MM-JJ
    """
    given = typed.strip()
    datatype = NamedNode(XSD + kind.removeprefix("xsd:"))
    if kind == "xsd:date":
        return Literal(day(name, given), datatype=datatype)
    if kind in {"xsd:integer", "xsd:nonNegativeInteger", "xsd:positiveInteger"}:
        if not _INTEGER.fullmatch(given) or (kind != "xsd:integer" and given.startswith("-")):
            raise BadParameter(name, typed, Words("un nombre entier", "a whole number"))
        return Literal(str(int(given)), datatype=NamedNode(f"{XSD}integer"))
    return Literal(given) if kind == "xsd:string" else Literal(given, datatype=datatype)


def day(name: str, typed: str) -> str:
    """Return a day as it was typed, when it is one.

    Raises BadParameter, which for a year or a month alone names its first and last day.
    """
    expected = Words("un jour du calendrier, AAAA-MM-JJ", "a day of the calendar, YYYY-MM-DD")
    if _DAY.fullmatch(typed):
        try:
            return date.fromisoformat(typed).isoformat()
        except ValueError:
            raise BadParameter(name, typed, expected) from None
    if found := _PARTIAL.fullmatch(typed):
        first, last = f"{found[0]}-01" + ("" if found["month"] else "-01"), _last_day(found)
        if last is not None:
            expected = Words(
                f"un jour, par exemple {first} ou {last}", f"a day, {first} or {last} for instance"
            )
    raise BadParameter(name, typed, expected)


def _last_day(found: re.Match[str]) -> str | None:
    year, month = int(found["year"]), int(found["month"] or 12)
    for last in (31, 30, 29, 28):
        try:
            return date(year, month, last).isoformat()
        except ValueError:
            continue
    return None


def unknown_parameter(question: Question, name: str) -> RequestError:
    """Return the refusal of a parameter that a question does not have."""
    known = [one.name for one in question.parameters if one.kind != LANG]
    close = tuple(get_close_matches(name, known, n=3)) or tuple(known)
    refusal = UnknownName(Words("paramètre", "parameter"), name, close)
    if not known:
        refusal.hint = Words(f"{question.short} n'a pas de paramètre", f"{question.short} has no parameter")
    elif not get_close_matches(name, known, n=3):
        listed = ", ".join(known)
        refusal.hint = Words(f"ceux de {question.short} : {listed}", f"those of {question.short}: {listed}")
    return refusal


def not_as_of(question: Question, questions: Catalogue) -> RequestError:
    """Return the refusal of `--as-of` by a question that is not asked as of a day."""
    dated = ", ".join(one.short for one in questions.questions if one.parameter(AS_OF) is not None)
    return RequestError(
        Words(f"{question.short} n'est pas posée à une date", f"{question.short} is not asked as of a day"),
        hint=Words(f"celles qui le sont : {dated}", f"those that are: {dated}") if dated else None,
    )
