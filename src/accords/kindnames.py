"""Which kind of records a person means: agreement, Accords, comité, ae:Axis, région.

1. Its code, its class, its prefix or its name in either language; accents, capitals and plurals do not count.
2. The words with which one name alone begins: « comité » for « comité de gouvernance ».
3. Else a refusal with the close ones or, for a type that a field of some kind takes (« région »), that field.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from .errors import RequestError, UnknownName
from .language import Words, printable
from .names import Names, folded
from .vocab import IN_SCHEME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyoxigraph import NamedNode

    from .kinds import Kind, Kinds

_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_PLURALS = (
    ("ies", "y"),
    ("ches", "ch"),
    ("aux", "al"),
    ("ss", "ss"),
    ("s", ""),
)  # endings, the first that fits
_SHORTEST = 4  # letters of a word that may have a plural
_CLOSE = 6
_KIND = Words("sorte de fiche", "kind of record")


def find(asked: str, kinds: Kinds) -> Kind:
    """Return the kind meant.

    Raises UnknownName with the close ones, RequestError for a class that is too wide.
    """
    wanted = folded(asked)
    for names in (_exactly, _said):
        found = [
            kind for kind in kinds.all if wanted and singular(wanted) in map(singular, names(kind, kinds))
        ]
        if found:
            return _precise(found[0], kinds)
    begun = [kind for kind in kinds.all if any(_begins(name, wanted) for name in _said(kind, kinds))]
    if len(begun) == 1:
        return _precise(begun[0], kinds)
    raise _unknown(asked, begun or _close(wanted, kinds), kinds)


def listed(kinds: Iterable[Kind]) -> Words:
    """Return kinds in one sentence, each by its code and its name."""
    held = tuple(kinds)
    return Words(
        ", ".join(f"{kind.code} ({kind.words.fr})" for kind in held),
        ", ".join(f"{kind.code} ({kind.words.en})" for kind in held),
    )


def kebab(term: NamedNode) -> str:
    """Return the name of a class in lower case: SignatureEvent, signature-event."""
    return "-".join(_WORD.split(re.split(r"[/#]", term.value)[-1])).lower()


def singular(name: str) -> str:
    """Return a folded name, each of its words without the ending of a plural.

    >>> singular("partenaires sociaux"), singular("territories"), singular("axes")
    ('partenaire social', 'territory', 'axe')
    """
    return " ".join(_without_plural(word) for word in name.split())


def _without_plural(word: str) -> str:
    for plural, one in _PLURALS:
        if len(word) >= _SHORTEST and word.endswith(plural):
            return word.removesuffix(plural) + one
    return word


def _exactly(kind: Kind, kinds: Kinds) -> Iterator[str]:
    curie = kinds.knowledge.prefixes.show(kind.term)
    yield from map(folded, (kind.code, *kind.words, curie, kind.term.value, kind.prefix))


def _said(kind: Kind, _kinds: Kinds) -> Iterator[str]:
    yield from map(folded, (kind.code, kebab(kind.term), *kind.words))


def _begins(name: str, wanted: str) -> bool:
    return bool(wanted) and f"{singular(name)} ".startswith(f"{singular(wanted)} ")


def _precise(kind: Kind, kinds: Kinds) -> Kind:
    """Return a kind that is precise enough. Raises RequestError for one that is not."""
    if not kind.narrower:
        return kind
    choice = listed([one for one in kinds.all if one.term in kind.narrower])
    raise RequestError(
        Words(f"« {kind.words.fr} » n'est pas assez précis", f"“{kind.words.en}” is not precise enough"),
        hint=Words(f"au choix : {choice.fr}", f"one of: {choice.en}"),
    )


def _unknown(asked: str, close: Sequence[Kind], kinds: Kinds) -> UnknownName:
    refusal = UnknownName(_KIND, asked, tuple(kind.code for kind in close))
    said = listed(close)
    refusal.hint = _as_a_type(asked, kinds) or Words(
        f"sortes proches : {said.fr}" if close else "les voir toutes : accords new",
        f"close kinds: {said.en}" if close else "see them all: accords new",
    )
    return refusal


def _as_a_type(asked: str, kinds: Kinds) -> Words | None:
    """Return what to type for a concept that a required field of some kind takes."""
    for concept in Names(kinds.knowledge).index.meant(asked):
        schemes = kinds.facts.values(concept, IN_SCHEME)
        for kind in kinds.all:
            for slot in kind.slots:
                if slot.demand.scheme in schemes and slot.demand.least and not kind.narrower:
                    name, shown = slot.field.name, printable(asked)
                    typed = f'accords new {kind.code} {slot.code}="{shown}"'
                    return Words(
                        f"c'est une valeur de « {name.fr} » : {typed}",
                        f"it is a value of “{name.en}”: {typed}",
                    )
    return None


def _close(wanted: str, kinds: Kinds) -> list[Kind]:
    by_name = {name: kind for kind in reversed(kinds.all) for name in _said(kind, kinds) if not kind.narrower}
    holding = [name for name in by_name if wanted and f" {wanted} " in f" {name} "]
    alike = get_close_matches(singular(wanted), list(by_name), n=_CLOSE, cutoff=0.6)
    found = {by_name[name].code: by_name[name] for name in [*holding, *alike]}
    return list(found.values())[:_CLOSE]
