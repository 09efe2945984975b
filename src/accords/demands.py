"""What the rules ask of each field of a form: how many values, of which sort, and which fields stand in for each other.

Takes the parsed files of the rules; gives, for a class with its superclasses, a `Demand` for each property.

1. A property shape counts for a class when a shape that targets the class, or the property itself, holds it.
2. What several shapes say of one property adds up: the largest minimum, the smallest maximum, every class.
   A minimum whose severity is not error only makes the field wished for.
3. A node shape that takes one of several fields (`sh:or` over minimum counts) makes these an alternative; one
   that takes one of several classes (`sh:or` over `sh:class`) makes the class that it targets too wide.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from .forms import statements
from .vocab import FIRST, LANG_STRING, NIL, REST, SKOS, sh

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .forms import Statements
    from .loading import Document
    from .terms import Term

_DASH = "http://datashapes.org/dash#"
_EDITOR = NamedNode(_DASH + "editor")
_TAGGED = NamedNode(_DASH + "TextFieldWithLangEditor")
_PICKED = frozenset({NamedNode(_DASH + "AutoCompleteEditor"), NamedNode(_DASH + "InstancesSelectEditor")})
_ONE_LINE = NamedNode(_DASH + "singleLine")
_IN_SCHEME = NamedNode(SKOS + "inScheme")
_TRUE = Literal(value=True)


@dataclass(frozen=True, slots=True)
class Demand:
    """What the rules ask of one field."""

    least: int = 0
    most: int | None = None
    wished: bool = False  # the rules warn where it is missing
    scheme: NamedNode | None = None  # the concept scheme that its values belong to
    classes: tuple[NamedNode, ...] = ()
    datatypes: tuple[NamedNode, ...] = ()
    tagged: bool = False  # a text with its language
    french: bool = False  # one of them in French
    plain: bool = False  # a text without a language
    linked: bool = False  # an IRI, whatever it leads to
    unique: bool = False  # one text a language at most


@dataclass(frozen=True)
class Demands:
    """What the rules ask of the records of every class."""

    said: Statements

    def of(self, classes: Sequence[Term]) -> dict[NamedNode, Demand]:
        """Return the demand on each property of a record; `classes` are its own and those above."""
        found: dict[NamedNode, Demand] = {}
        for node in self._shapes(classes):
            for path in self._values(node, "path"):
                if isinstance(path, NamedNode):
                    found[path] = self._joined(found.get(path, Demand()), node)
        return found

    def alternatives(self, classes: Sequence[Term]) -> tuple[tuple[NamedNode, ...], ...]:
        """Return the groups of fields of which a record needs one."""
        return self._groups(classes, sh("Violation"))

    def wishes(self, classes: Sequence[Term]) -> tuple[tuple[NamedNode, ...], ...]:
        """Return the groups of fields of which the rules warn when a record has none."""
        return self._groups(classes, sh("Warning"))

    def _groups(self, classes: Sequence[Term], severity: NamedNode) -> tuple[tuple[NamedNode, ...], ...]:
        found = [
            self._alternative(node) for node in self._targeting(classes) if self._severity(node) == severity
        ]
        return tuple(sorted({group for group in found if group}, key=str))

    def narrower(self, kind: Term) -> tuple[NamedNode, ...]:
        """Return the classes of which a record of a class needs one, its own being too wide."""
        for node in self._targeting([kind]):
            for either in self._values(node, "or"):
                named = [self._values(member, "class") for member in self._list(either)]
                classes = [one for classes in named for one in classes if isinstance(one, NamedNode)]
                if named and all(named) and kind not in classes:
                    return tuple(classes)
        return ()

    def class_for(self, classes: Sequence[Term], path: Term, value: Term) -> NamedNode | None:
        """Return the class that a value of a field asks for, when it is none of those of the record."""
        for node in self._targeting(classes):
            for both in self._values(node, "and"):
                for part in self._list(both):
                    for either in self._values(part, "or"):
                        members = self._list(either)
                        if self._spoken_of(members, path, value) and not self._held(members, classes):
                            return next(
                                (one for member in members for one in self._named(member, "class")), None
                            )
        return None

    def _spoken_of(self, members: Iterable[Term], path: Term, value: Term) -> bool:
        """Tell whether a rule « not that value, or that class » is about a value of a field."""
        for member in members:
            for denied in self._values(member, "not"):
                for part in self._values(denied, "property"):
                    if path in self._values(part, "path") and value in self._listed(part):
                        return True
        return False

    def _listed(self, part: Term) -> Iterator[Term]:
        """Yield the values that a property shape asks for, by name or in a list."""
        yield from self._values(part, "hasValue")
        for shape in self._values(part, "qualifiedValueShape"):
            for head in self._values(shape, "in"):
                yield from self._list(head)

    def _held(self, members: Iterable[Term], classes: Sequence[Term]) -> bool:
        for member in members:
            denied = [one for no in self._values(member, "not") for one in self._values(no, "class")]
            if set(self._values(member, "class")) & set(classes) or (
                denied and not set(denied) & set(classes)
            ):
                return True
        return False

    def _values(self, node: Term, name: str) -> Sequence[Term]:
        return self.said.get(node, {}).get(sh(name), ())

    def _targeting(self, classes: Sequence[Term]) -> Iterator[Term]:
        """Yield the shapes that target some classes, in the order of the rules."""
        wanted = {shape for kind in classes for shape in self._by_target.get(kind, ())}
        yield from (shape for shape in self._targeted if shape in wanted)

    @cached_property
    def _targeted(self) -> tuple[Term, ...]:
        return tuple(shape for shape in self.said if self._values(shape, "targetClass"))

    @cached_property
    def _by_target(self) -> Mapping[Term, Sequence[Term]]:
        found: dict[Term, list[Term]] = defaultdict(list)
        for shape in self._targeted:
            for target in self._values(shape, "targetClass"):
                found[target].append(shape)
        return found

    def _shapes(self, classes: Sequence[Term]) -> Iterator[Term]:
        """Yield the property shapes that count for a record of some classes."""
        for shape in self._targeting(classes):
            yield from (shape, *self._values(shape, "property"))
        for shape in self.said:
            for target in self._values(shape, "targetSubjectsOf"):
                for node in (shape, *self._values(shape, "property")):
                    if target in self._values(node, "path"):
                        yield node

    def _joined(self, before: Demand, node: Term) -> Demand:
        french = self._asks_french(node)
        least = max(self._count(node, "minCount") or 0, 1 if french else 0)
        most = [count for count in (before.most, self._count(node, "maxCount")) if count is not None]
        severity = self._severity(node)
        editors = self.said.get(node, {}).get(_EDITOR, ())
        classes, datatypes, scheme = self._allowed(node)
        return replace(
            before,
            least=max(before.least, least) if severity == sh("Violation") else before.least,
            most=min(most, default=None),
            wished=before.wished or (least > 0 and severity == sh("Warning")),
            scheme=before.scheme or scheme,
            classes=tuple(dict.fromkeys((*before.classes, *classes))),
            datatypes=tuple(dict.fromkeys((*before.datatypes, *datatypes))),
            tagged=before.tagged or _TAGGED in editors or LANG_STRING in datatypes,
            french=before.french or french,
            plain=before.plain or _ONE_LINE in self.said.get(node, {}),
            linked=before.linked
            or bool(_PICKED & set(editors))
            or sh("IRI") in self._values(node, "nodeKind"),
            unique=before.unique or _TRUE in self._values(node, "uniqueLang"),
        )

    def _asks_french(self, node: Term) -> bool:
        languages = [
            one
            for shape in self._values(node, "qualifiedValueShape")
            for listed in self._values(shape, "languageIn")
            for one in self._list(listed)
        ]
        return Literal("fr") in languages and (self._count(node, "qualifiedMinCount") or 0) > 0

    def _allowed(self, node: Term) -> tuple[tuple[NamedNode, ...], tuple[NamedNode, ...], NamedNode | None]:
        """Return the classes, the datatypes and the concept scheme that a shape takes."""
        classes, datatypes = self._named(node, "class"), self._named(node, "datatype")
        scheme = None
        parts = [*self._values(node, "node")]
        parts += [member for either in self._values(node, "or") for member in self._list(either)]
        for part in parts:
            more, types, among = self._allowed(part)
            classes, datatypes, scheme = classes + more, datatypes + types, scheme or among
        for part in self._values(node, "property"):
            if _IN_SCHEME in self._values(part, "path"):
                scheme = next(iter(self._named(part, "hasValue")), scheme)
        return classes, datatypes, scheme

    def _named(self, node: Term, name: str) -> tuple[NamedNode, ...]:
        return tuple(value for value in self._values(node, name) if isinstance(value, NamedNode))

    def _alternative(self, node: Term) -> tuple[NamedNode, ...]:
        """Return the fields of which a node shape takes one; none for a shape that says another thing."""
        for either in self._values(node, "or"):
            members = self._list(either)
            if any(self._values(member, "not") for member in members):
                continue
            asked = [
                path
                for member in members
                for part in (member, *self._values(member, "property"))
                for path in self._named(part, "path")
                if self._count(part, "minCount")
            ]
            if asked:
                return tuple(dict.fromkeys(asked))
        return ()

    def _count(self, node: Term, name: str) -> int | None:
        for value in self._values(node, name):
            if isinstance(value, Literal) and value.value.isdecimal():
                return int(value.value)
        return None

    def _severity(self, node: Term) -> Term:
        return next(iter(self._values(node, "severity")), sh("Violation"))

    def _list(self, head: Term) -> list[Term]:
        found: list[Term] = []
        while head != NIL and (cell := self.said.get(head)) is not None:
            found += cell.get(FIRST, ())
            head = next(iter(cell.get(REST, ())), NIL)
        return found


def of_documents(documents: Iterable[Document]) -> Demands:
    """Return the demands that the files of the rules hold."""
    return Demands(statements(documents))
