"""The network of actors, agreements and committees as GraphML, which Gephi, Cytoscape and others read.

1. A node is a record of one of the three kinds, with its names and, for an agreement, its dates.
2. A link is a statement from one of them to another, with its name, the dates of its agreement, its excerpts and
   their addresses; a change that makes one actor of another links the two.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from accords import network
from accords.language import LANGUAGES, Words
from accords.terms import words_of
from accords.vocab import ORG, TYPE, ae

from .artefacts import Artefact
from .asking import SUPPORTED, groups
from .reading import Reading
from .sheets import Sort
from .tabulating import subjects

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import BinaryIO

    from accords.terms import Term

    from .asking import Asked, Group
    from .edition import Edition

_KINDS = ("actors", "agreements", "committees")
_BEFORE, _AFTER = NamedNode(ORG + "originalOrganization"), NamedNode(ORG + "resultingOrganization")
_DATES = {"start_date": ae("startDate"), "end_date": ae("endDate")}
_BECAME = Words("devient", "becomes")
Said = dict[str, str]


def artefacts(edition: Edition) -> Iterator[Artefact]:
    """Yield the network as one file."""

    def write(file: BinaryIO) -> None:
        woven = Woven(edition)
        file.writelines(line.encode() for line in network.linked(woven.nodes(), woven.links()))

    said = Words("Réseau des acteurs, accords et comités", "Network of actors, agreements and committees")
    yield Artefact(
        "accords.graphml", "application/graphml+xml", said, write, "http://graphml.graphdrawing.org/"
    )


@dataclass(frozen=True)
class Woven:
    """The nodes and links of an edition."""

    edition: Edition

    @cached_property
    def _held(self) -> dict[NamedNode, Group]:
        kinds = self.edition.kinds
        found = subjects(kinds, groups(kinds))
        return {node: group for node, group in found if group is not None and group.name in _KINDS}

    @cached_property
    def _reading(self) -> Reading:
        return Reading(self.edition.facts)

    @cached_property
    def _signed(self) -> Mapping[Term, str]:
        """Return the first day on which each agreement was signed, as written."""
        found: dict[Term, list[str]] = defaultdict(list)
        event, about, on = ae("SignatureEvent"), ae("concernsAgreement"), ae("eventDate")
        for _, held in self.edition.facts.records():
            if event in held.get(TYPE, ()):
                for agreement in held.get(about, ()):
                    found[agreement] += [words_of(day) for day in held.get(on, ())]
        return {agreement: min(days) for agreement, days in found.items() if days}

    def nodes(self) -> Iterator[tuple[str, Said]]:
        """Yield the nodes, in the order of their IRIs."""
        for node, group in self._held.items():
            said = {"id": self._reading.curie(node), "kind": group.one}
            named = self._reading.name(node)
            said |= {} if named is None else _in_both("label", named)
            kind = next(
                (one for one in group.kinds if one.term in self.edition.facts.values(node, TYPE)), None
            )
            said |= {} if kind is None else _in_both("type", kind.words)
            yield node.value, {**said, **self._dates(node)}

    def links(self) -> Iterator[tuple[str, str, Said]]:
        """Yield the links: those of each node in the order of its form, then the changes of actors."""
        for node, group in self._held.items():
            for asked in group.asked:
                if asked.sort is Sort.IRI:
                    yield from self._of(node, asked)
        yield from self._changes()

    def _of(self, node: NamedNode, asked: Asked) -> Iterator[tuple[str, str, Said]]:
        for value in self.edition.facts.values(node, asked.path):
            if isinstance(value, NamedNode) and value in self._held:
                said = {"property": asked.name, **_in_both("label", asked.title)}
                cited = self._cited(self._reading.backing(node, asked.path, value))
                yield node.value, value.value, {**said, **self._dates(node, value), **cited}

    def _changes(self) -> Iterator[tuple[str, str, Said]]:
        for change, held in sorted(self.edition.facts.records(), key=lambda row: str(row[0])):
            days = [words_of(day) for day in held.get(ae("eventDate"), ())]
            dates = {"date": min(days)} if days else {}
            cited = self._cited(self.edition.facts.values(change, SUPPORTED))
            for before in held.get(_BEFORE, ()):
                for after in held.get(_AFTER, ()):
                    if before in self._held and after in self._held:
                        said = {"property": "becomes", **_in_both("label", _BECAME)}
                        yield words_of(before), words_of(after), {**said, **dates, **cited}

    def _dates(self, *nodes: Term) -> Said:
        """Return the dates of the agreement among some nodes, as written."""
        found: Said = {}
        for node in nodes:
            for name, path in _DATES.items():
                value = self.edition.facts.first(node, path)
                if value is not None:
                    found.setdefault(name, words_of(value))
            if node in self._signed:
                found.setdefault("signed", self._signed[node])
        return found

    def _cited(self, excerpts: Iterable[Term]) -> Said:
        held = tuple(excerpts)
        links = " ".join(dict.fromkeys(link for one in held if (link := self._reading.link(one))))
        ids = self._reading.ids(held)
        return {**({"excerpts": ids} if ids else {}), **({"links": links} if links else {})}


def _in_both(name: str, words: Words) -> Said:
    """Return a name in both languages; the attribute without a language is what viewers show first."""
    shown = {"label": words.fr} if name == "label" else {}
    return {**shown, **{f"{name}_{tongue}": words.to(tongue) for tongue in LANGUAGES}}
