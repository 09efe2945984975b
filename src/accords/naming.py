"""The name that is proposed for a new record: made of what does not change.

Takes the kind, the values and the names that are taken; gives a free name, or nothing when nothing is known yet.

1. What belongs to another record is named after it, with the next number.
2. An agreement is named by its territory, else its title, its year and its type; a place by its code, as those of
   its level are.
3. Any other record is named by its label.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from .minting import shortened, slug, stem
from .vocab import LABELS, ORG, RECORD, ae

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .kinds import Kind, Kinds
    from .minting import Mint
    from .terms import Term

    Values = Mapping[NamedNode, tuple[Term, ...]]

_AGREEMENT = ae("Agreement")
_TERRITORY, _AGREEMENT_TYPE, _START = ae("coversTerritory"), ae("agreementType"), ae("startDate")
_CODE, _LEVEL = ae("inseeCode"), ae("level")
_ORGANISATIONS = frozenset({ae("Actor"), NamedNode(ORG + "Organization")})  # not owners
_YEAR = 4  # digits
_TITLE = 30  # characters of a title in the name of an agreement


def proposed(kind: Kind, values: Values, signed: Term | None, kinds: Kinds, mint: Mint) -> str:
    """Return a free name for a record; `signed` is the date of the signature of an agreement."""
    if owner := _owner(kind, values):
        return mint.following(_stem(kind, owner, kinds))
    if kind.term == _AGREEMENT:
        said = _agreement(values, signed, kinds)
    else:
        said = _coded(kind, values, kinds) or _labelled(values)
    return mint.free(said) if said else ""


def last(node: NamedNode) -> str:
    """Return the short name of a record."""
    return node.value.rpartition("/")[2]


def _owner(kind: Kind, values: Values) -> NamedNode | None:
    """Return the record that this one belongs to: what its first field for one record leads to."""
    for slot in kind.slots:
        if slot.demand.least == slot.most == 1 and _ORGANISATIONS.isdisjoint(slot.demand.classes):
            for term in values.get(slot.path, ()):
                if isinstance(term, NamedNode) and term.value.startswith(RECORD):
                    return term
    return None


def _stem(kind: Kind, owner: NamedNode, kinds: Kinds) -> str:
    """Return what the names of the records of one kind that belong to the same one begin with."""
    namespace = kinds.knowledge.prefixes.table[kind.prefix]
    others = [
        node.value.removeprefix(namespace)
        for node, held in kinds.facts.by_subject.items()
        if isinstance(node, NamedNode)
        and node.value.startswith(namespace)
        and any(owner in values for values in held.values())
    ]
    return stem(others) or last(owner)


def _coded(kind: Kind, values: Values, kinds: Kinds) -> str:
    """Return the name of a territory by its code, as those of its level are named; empty without."""
    codes = [term.value for term in values.get(_CODE, ()) if isinstance(term, Literal)]
    levels = set(values.get(_LEVEL, ()))
    namespace = kinds.knowledge.prefixes.table[kind.prefix]
    for node, held in kinds.facts.records():
        if codes and not levels.isdisjoint(held.get(_LEVEL, ())) and isinstance(node, NamedNode):
            for code in held.get(_CODE, ()):
                if isinstance(code, Literal) and node.value.endswith(f"-{code.value}"):
                    return slug(node.value.removeprefix(namespace).removesuffix(code.value) + codes[0])
    return ""


def _agreement(values: Values, signed: Term | None, kinds: Kinds) -> str:
    """Return the name of an agreement: territory or title, year, type, as far as they are known."""
    territories = [kinds.facts.thing(term).label for term in values.get(_TERRITORY, ())]
    place = slug(territories[0].fr) if territories and territories[0] else ""
    dates = [term for term in (signed, *values.get(_START, ())) if isinstance(term, Literal)]
    year = dates[0].value[:_YEAR] if dates else ""
    types = [last(term) for term in values.get(_AGREEMENT_TYPE, ()) if isinstance(term, NamedNode)]
    if year and not place:
        place = shortened(_labelled(values), _TITLE)
    return slug(" ".join([place, year, *types])) if place else ""


def _labelled(values: Values) -> str:
    """Return the label of a record as a name."""
    for path in LABELS:
        texts = [term for term in values.get(path, ()) if isinstance(term, Literal)]
        for text in sorted(texts, key=lambda text: text.language != "fr"):
            return slug(text.value)
    return ""
