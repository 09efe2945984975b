"""The rules: a page a code, as `accords explain` tells it, a page a shape, and the page that lists them all.

…/shape leads to the list, which has a place for the name of every node of the rules.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from accords.language import Words
from accords.render import blocks
from accords.render import rules as render
from accords.render.phrases import SEVERITIES
from accords.render.prose import opened
from accords.rulebook import code_of
from accords.vocab import BASE, LABEL, SHAPE, sh

from .addresses import PAGE, named
from .page import Entry, Page, Section, Step
from .vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from accords.explanation import Explanation
    from accords.findings import Severity
    from accords.forms import Statements
    from accords.terms import Term

    from .page import Site, View
    from .rulings import Constraint, Rulings

INDEX = "shape.html"
_TITLE = Words("Règles", "Rules")
_SUMMARY = Words(
    "Ce que chaque fiche doit contenir, pourquoi, et comment corriger : les règles que «\u00a0accords check\u00a0» vérifie.",
    "What each record must hold, why, and how to mend it: the rules that “accords check” verifies.",
)


def page_of(code: str) -> str:
    """Return the path of the page of a rule or a shape."""
    return f"shape/{named(code)}{PAGE}"


def said(severity: Severity) -> Words:
    """Return how grave a finding is."""
    return SEVERITIES[severity][0]


def _shapes(site: Site) -> list[NamedNode]:
    """Return the shapes that are no node of a rule: the forms of classes, and what gathers rules."""
    rulings = vocabulary(site).rulings
    return [one for one in rulings.shapes if code_of(one.value) == one.value and one.value.startswith(SHAPE)]


def _places(site: Site) -> Iterator[tuple[str, str]]:
    rulings = vocabulary(site).rulings
    if rulings.families:
        yield BASE + "shape", "shape"
    for family in rulings.families:
        for one in family.rules:
            yield SHAPE + one.rule.code, f"shape/{named(one.rule.code)}"
    for shape in _shapes(site):
        yield shape.value, f"shape/{named(shape.value.removeprefix(SHAPE))}"


def _pages(site: Site) -> Iterator[Page]:
    rulings = vocabulary(site).rulings
    if not rulings.families:
        return
    yield Page(INDEX, _TITLE, "rules.html", _listed, summary=_SUMMARY, iri=BASE + "shape")
    for family in rulings.families:
        for one in family.rules:
            yield _of_rule(site, one, family.name)
    for shape in _shapes(site):
        label = _label(rulings.said, shape)
        yield Page(
            site.places[shape.value] + PAGE,
            label,
            "shape.html",
            partial(_told_of_shape, shape),
            summary=Words(f"{label.fr} : ses champs et ses règles.", f"{label.en}: its fields and rules."),
            iri=shape.value,
            trail=(Step(_TITLE, INDEX),),
        )


def _of_rule(site: Site, one: Explanation, family: Words) -> Page:
    code, name = one.rule.code, one.rule.name
    return Page(
        site.places[SHAPE + code] + PAGE,
        Words(f"{code} – {name.fr}", f"{code} – {name.en}") if name.fr else Words(code, code),
        "rule.html",
        partial(_told, code),
        summary=Words(
            f"Règle {code} : ce qu'elle dit, pourquoi, comment corriger, exemples.",
            f"Rule {code}: what it says, why, how to mend, examples.",
        ),
        iri=SHAPE + code,
        trail=(
            Step(_TITLE, INDEX),
            Step(family if family.fr else Words(code[:2], code[:2]), f"{INDEX}#{code[:2]}"),
        ),
    )


def _listed(view: View) -> Mapping[str, Any]:
    rulings = vocabulary(view.site).rulings
    by_code: dict[str, list[Constraint]] = {}
    for one in rulings.constraints:
        by_code.setdefault(one.code, []).append(one)
    shapes = [(one.value.removeprefix(SHAPE), _label(rulings.said, one)) for one in _shapes(view.site)]
    return {
        "families": rulings.families,
        "by_code": by_code,
        "shapes": shapes,
        "others": _others(
            view.site, {one.name for one in rulings.constraints} | {name for name, _ in shapes}
        ),
        "page_of": page_of,
        "said": said,
    }


def _others(site: Site, told: set[str]) -> list[tuple[str, str]]:
    """Return the other names of the rules with the page that tells of each: fields without a rule of their own."""
    rulings = vocabulary(site).rulings
    found: dict[str, str] = {}
    for shape in rulings.shapes:
        for name, _ in _parts(rulings, shape, told):
            found.setdefault(name, code_of(shape.value).removeprefix(SHAPE))
    return sorted(found.items())


def _parts(rulings: Rulings, shape: NamedNode, told: Collection[str]) -> list[tuple[str, Words]]:
    """Return the named nodes that a shape holds, but those told of elsewhere, with what each says."""
    nodes = (one for one in rulings.held_by(shape)[1:] if isinstance(one, NamedNode))
    found = [(one.value.removeprefix(SHAPE), _spoken(rulings.said, one)) for one in nodes]
    return [(name, spoken) for name, spoken in found if name not in told]


def _told(code: str, view: View) -> Mapping[str, Any]:
    held = vocabulary(view.site)
    shown: Explanation = view.site.remembered("rule", code, lambda: held.rulings.explain(code))
    constraints = [one for one in held.rulings.constraints if one.code == code]
    facts = view.site.facts
    classes = sorted({kind for one in constraints for kind in one.classes}, key=str)
    terms = sorted({term for one in constraints for term in one.named} - set(classes), key=str)
    return {
        "shown": shown,
        "constraints": constraints,
        "classes": [facts.thing(one) for one in classes],
        "terms": [facts.thing(one) for one in terms],
        "message": render.message,
        "lines": render.lines_of,
        "queries": [(one.name, held.rulings.query(NamedNode(one.spoken.node))) for one in constraints],
        "others": [
            row
            for one in constraints
            for row in _parts(held.rulings, NamedNode(one.spoken.node), {two.name for two in constraints})
        ],
        "said": said,
    }


def _told_of_shape(shape: NamedNode, view: View) -> Mapping[str, Any]:
    held = vocabulary(view.site)
    nodes = held.rulings.held_by(shape)
    about = {one.value for one in nodes if isinstance(one, NamedNode)}
    facts = view.site.facts
    fields = [row for node in nodes[1:] if (row := _field(view.site, node)) is not None]
    constraints = [one for one in held.rulings.constraints if one.spoken.node in about]
    told = {name for name, *_ in fields} | {one.name for one in constraints}
    return {
        "classes": [facts.thing(one) for one in held.rulings.classes_of(shape)],
        "fields": fields,
        "constraints": [(one, None) for one in constraints],
        "others": _parts(held.rulings, shape, told),
        "turtle": blocks.alone(held.rulings.facts, shape),
        "rule_page": page_of,
        "message": render.message,
        "said": said,
    }


def _field(site: Site, node: Term) -> tuple[str, Any, Words, Words] | None:
    """Return a field of a form: its name in the rules, its property, its name and its help for a reader."""
    about = vocabulary(site).rulings.said.get(node, {})
    path = next(iter(about.get(sh("path"), ())), None)
    if not isinstance(node, NamedNode) or not isinstance(path, NamedNode) or sh("name") not in about:
        return None
    name, told = (_words(about.get(sh(link), ())) for link in ("name", "description"))
    return node.value.removeprefix(SHAPE), site.facts.thing(path), name, told


def _spoken(held: Statements, node: Term) -> Words:
    """Return what a node of a shape says, else its name for a reader."""
    about = held.get(node, {})
    return _words(about.get(sh("message"), ()) or about.get(sh("name"), ()))


def _label(held: Statements, shape: NamedNode) -> Words:
    found = _words(held.get(shape, {}).get(LABEL, ()))
    name = shape.value.removeprefix(SHAPE)
    return Words(opened(found.fr), opened(found.en)) if found.fr else Words(name, name)


def _words(texts: Sequence[Term]) -> Words:
    spoken = {getattr(one, "language", None) or "fr": getattr(one, "value", "") for one in texts}
    french = spoken.get("fr") or spoken.get("en", "")
    return Words(french, spoken.get("en") or french)


SECTION = Section("rules", _pages, (Entry(_TITLE, INDEX, "foot"),), places=_places)
