"""A record, a concept or a term given another IRI, everywhere at once.

Takes a workplace, the old name and the new one; gives a plan.

1. The new name stays in the namespace of the old one, follows the rules on names, is free and never served:
   an IRI has one meaning for ever.
2. Every name that stands for the old IRI stands for the new one, whatever its spelling; words do not change.
3. The old IRI keeps a tombstone behind the record: what was said under it, with the successor and the reason
   (of a term of the ontology, its label and definition, no axiom). People hold exports with it.
4. An IRI that no release has ever carried is in nobody's hands: said to be unreleased, it leaves no tombstone
   and is free again. `ontology/released.ttl`, once there is one, is asked first.
5. Records named after the old one are its parts if they lead to it, or back what does. They are told, and
   renamed with it when asked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from . import loading
from .editing import Change
from .errors import BadParameter, RequestError
from .language import Words
from .loading import RELEASED
from .minting import LONGEST_NAME, SHORT_NAME
from .retiring import Reason, must_be_ours, must_live, sort_of, tombstone
from .vocab import DEF, OWL, RECORD, TYPE, ae

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .retiring import Plan, Workplace
    from .terms import Term

NAME = Words("NOUVEAU", "NEW")  # the argument
_CLASS, _PROPERTY = re.compile(r"[A-Z][A-Za-z0-9]*"), re.compile(r"[a-z][A-Za-z0-9]*")
_CLASSES = NamedNode(OWL + "Class")
_SUPPORTED_BY = ae("supportedBy")
_SHOWN = 12  # parts listed


def renamed(  # noqa: PLR0913  # what the command line can ask for
    place: Workplace,
    old: NamedNode,
    asked: str,
    reason: Reason | None,
    *,
    title: str,
    unreleased: bool = False,
    with_parts: bool = False,
) -> Plan:
    """Return the plan by which something is called otherwise; without a reason, the new name is the reason.

    Raises RequestError for what cannot be renamed, BadParameter for a name against the rules.
    """
    must_be_ours(place, old)
    must_live(place, old)
    new = _node(place, old, asked)
    parts = _parts(place, old, new)
    names = {old: new, **(parts if with_parts else {})}
    _must_be_free(place, names.values())
    if unreleased:
        _must_be_unreleased(place, names)
    behind = {} if unreleased else {one: (one, _stone(place, one, names[one], reason)) for one in names}
    told = [] if with_parts or not parts else [_told(place, parts)]
    return place.plan(title, Change(names=names, behind=behind), names, told)


def _stone(
    place: Workplace, old: NamedNode, new: NamedNode, reason: Reason | None
) -> list[tuple[NamedNode, Term]]:
    shown = place.curie(new)
    default = Reason(Words(f"IRI changée en {shown}.", f"IRI changed to {shown}."))
    return tombstone(place, old, new, reason or default)


def _node(place: Workplace, old: NamedNode, asked: str) -> NamedNode:
    """Return the IRI asked for. Raises BadParameter for one against the rules or of another namespace."""
    space = sort_of(old)
    bare = asked.strip().removeprefix("<").removesuffix(">")
    expanded = place.knowledge.prefixes.expand(bare) or bare
    local = expanded.removeprefix(space)
    pattern, expected = _rule(place, old)
    if not pattern.fullmatch(local) or len(local) > LONGEST_NAME:
        prefix = place.curie(old).partition(":")[0]
        raise BadParameter(
            NAME, asked, Words(f"{prefix}: suivi de {expected.fr}", f"{prefix}: followed by {expected.en}")
        )
    if space + local == old.value:
        shown = place.curie(old)
        raise RequestError(Words(f"{shown} s'appelle déjà ainsi", f"{shown} is called that already"))
    return NamedNode(space + local)


def _rule(place: Workplace, old: NamedNode) -> tuple[re.Pattern[str], Words]:
    """Return what a name must be, by what bears it."""
    if not old.value.startswith(DEF):
        return SHORT_NAME, Words(
            f"minuscules, chiffres et traits d'union, {LONGEST_NAME} caractères au plus",
            f"lower-case letters, digits and hyphens, at most {LONGEST_NAME} characters",
        )
    if _CLASSES in place.facts.values(old, TYPE):
        return _CLASS, Words("lettres et chiffres, majuscule d'abord", "letters and digits, a capital first")
    return _PROPERTY, Words("lettres et chiffres, minuscule d'abord", "letters and digits, no capital first")


def _must_be_free(place: Workplace, names: Iterable[NamedNode]) -> None:
    """Raise RequestError for a name that something bears, bore, or is meant by anywhere."""
    wanted = frozenset(names)
    carried = released(place)
    for node in wanted:
        if node in place.knowledge.homes:
            must_live(place, node)
        taken = node in carried
        where = next(_named_in(place, node), "ontology/" + RELEASED if taken else None)
        if where is not None:
            shown = place.curie(node)
            raise RequestError(
                Words(f"{shown} est déjà pris", f"{shown} is already taken"),
                hint=Words(f"écrit dans {where}", f"written in {where}"),
            )


def _named_in(place: Workplace, node: NamedNode) -> Iterator[str]:
    """Yield where something is described, else the files that name it."""
    if node in place.knowledge.homes:
        yield str(place.knowledge.locate(node))
    yield from (name for name, named in place.named.items() if node in named)


def released(place: Workplace) -> frozenset[Term]:
    """Return what a release has carried, as far as one has left word of it."""
    path = place.knowledge.project.ontology / RELEASED
    document = loading.read(path, RELEASED)[0] if path.is_file() else None
    rows = () if document is None else document.triples
    return frozenset(term for row in rows for term in (row.subject, row.object))


def _must_be_unreleased(place: Workplace, names: Mapping[NamedNode, NamedNode]) -> None:
    carried = released(place)
    for old in names:
        if old in carried:
            shown = place.curie(old)
            raise RequestError(
                Words(f"{shown} a été publié", f"{shown} has been released"),
                hint=Words(
                    "sans --unreleased : il garde une stèle", "without --unreleased: it keeps a tombstone"
                ),
            )


def _parts(place: Workplace, old: NamedNode, new: NamedNode) -> dict[NamedNode, NamedNode]:
    """Return the records named after another that lead to it or back what does, with the names they would have."""
    if not old.value.startswith(RECORD):
        return {}
    stem, instead = _stems(old, new)
    records = [record for record, _ in place.facts.records() if isinstance(record, NamedNode)]
    others = [_slug(one) for one in records if sort_of(one) == sort_of(old) and one != old]
    nearer = [slug for slug in others if _begins(slug, stem)]  # act:a-b, when act:a is renamed
    named = {
        record: instead + _slug(record)[len(stem) :]
        for record in records
        if sort_of(record) != sort_of(old) and not place.is_retired(record)
        if _begins(_slug(record), stem) and not any(_begins(_slug(record), slug) for slug in nearer)
    }
    belonging = _belonging(place, old, frozenset(named))
    return {one: NamedNode(sort_of(one) + slug) for one, slug in named.items() if one in belonging}


def _stems(old: NamedNode, new: NamedNode) -> tuple[str, str]:
    """Return what two names begin with, less the words with which both end."""
    one, other = _slug(old).split("-"), _slug(new).split("-")
    while min(len(one), len(other)) > 1 and one[-1] == other[-1]:
        del one[-1], other[-1]
    return "-".join(one), "-".join(other)


def _begins(slug: str, stem: str) -> bool:
    """Tell whether a name begins with another, word for word."""
    return slug == stem or slug.startswith(f"{stem}-")


def _slug(node: NamedNode) -> str:
    return node.value.removeprefix(sort_of(node))


def _belonging(place: Workplace, old: NamedNode, among: frozenset[NamedNode]) -> set[Term]:
    """Return those of some records that lead to another, step by step, and the passages that back them."""
    leading: set[Term] = {old}
    while further := {
        record
        for record in among - leading
        if leading & {v for vs in place.facts.by_subject[record].values() for v in vs}
    }:
        leading |= further
    backing = {value for record in leading for value in place.facts.values(record, _SUPPORTED_BY)}
    return (leading | backing) & among


def _told(place: Workplace, parts: Mapping[NamedNode, NamedNode]) -> Words:
    listed = ", ".join(place.curie(one) for one in list(parts)[:_SHOWN])
    more = f", … (+{len(parts) - _SHOWN})" if len(parts) > _SHOWN else ""
    return Words(
        f"{len(parts)} fiches en tirent leur nom et le gardent : {listed}{more} (--with-parts les renomme)",
        f"{len(parts)} records are named after it and stay so: {listed}{more} (--with-parts renames them)",
    )
