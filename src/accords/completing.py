"""What a shell offers behind `-p`: parameters of the question, then values of the one begun.

Takes the project, the question and what is typed so far; gives pairs (word, what it is). What cannot be
read within TIMEOUT seconds offers nothing.

A value goes on as it was begun, since shells put what is offered in the place of what was typed:

1. as its short name, when that goes on from what was typed, or its part behind the colon does;
2. as one of its names, case and accents apart; as its short name when others bear that name too.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from . import querying
from .catalogue import LANG
from .errors import AccordsError
from .language import LANGUAGES
from .names import folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyoxigraph import NamedNode

    from .catalogue import Question
    from .language import Language
    from .project import Project
    from .terms import Prefixes

MOST = 50  # values offered
TIMEOUT = 20.0  # seconds: a person waits


def offers(project: Project, question: Question, begun: str, language: Language) -> list[tuple[str, str]]:
    """Return the words that go on from what is typed, each with what it is."""
    name, equals, value = begun.partition("=")
    if not equals:
        return [
            (f"{one.name}=", one.words.to(language))
            for one in question.parameters
            if one.name.startswith(name) and one.kind != LANG
        ]
    parameter = question.parameter(name)
    if parameter is None:
        return []
    if parameter.kind == LANG:
        return [(f"{name}={tongue}", "") for tongue in LANGUAGES if tongue.startswith(value)]
    try:
        prefixes, choices = querying.choices_of(project, parameter, querying.Limits(timeout=TIMEOUT))
    except AccordsError:
        return []
    return [(f"{name}={word}", said) for word, said in _going_on(prefixes, choices.names, value)][:MOST]


def _going_on(
    prefixes: Prefixes, names: Mapping[NamedNode, Sequence[str]], value: str
) -> list[tuple[str, str]]:
    bearers = Counter(name for said in names.values() for name in {folded(one) for one in said})
    found = []
    for thing, said in names.items():
        curie = prefixes.show(thing)
        if curie.startswith(value) or curie.partition(":")[2].startswith(value):
            found.append((curie, said[0] if said else ""))
        elif (name := _begun(said, folded(value))) is not None:
            found.append((name, curie) if bearers[folded(name)] == 1 else (curie, name))
    return sorted(found)


def _begun(names: Sequence[str], wanted: str) -> str | None:
    return next((name for name in names if wanted and folded(name).startswith(wanted)), None)
