"""The country: territories, actors, posts and their holders, in the proportions of a real one.

`imagined` draws them up in memory, a few thousand at most: agreements pick their parties here, and
`census` writes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from . import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CHANGED = "2024-01-01"  # the day when the operator was replaced
_DEPARTMENTS = [f"{code:02}" for code in range(1, 96) if code != 20]  # 2A and 2B in the real code
_ROLES = {  # of the head of a body, by its type: the concept, and the name in both languages
    "region": ("president-conseil-regional", "Président", "President"),
    "rectorate": ("recteur", "Recteur", "Rector"),
    "employment-operator": ("directeur-general-operateur", "Directeur général", "Director General"),
    "operator-branch": ("directeur-regional-operateur", "Directeur régional", "Regional director"),
    "ministry": ("ministre-travail", "Ministre", "Minister"),
    "joint-body": ("membre-bureau", "Membre du bureau", "Board member"),
    "social-partner": ("membre-bureau", "Membre du bureau", "Board member"),
    "municipality": ("membre-bureau", "Membre du bureau", "Board member"),
}
_HEAD = ("directeur-de-service", "Directeur", "Director")
_HOLDER_CHANGES = (2015, 2023)  # the years in which a post may pass from one person to the next


@dataclass(frozen=True, slots=True)
class Scale:
    """How many of each, for a number of triples."""

    regions: int
    departments: int  # in each region
    basins: int  # in each département
    groupings: int
    towns: int

    @classmethod
    def of(cls, triples: int) -> Scale:
        """Return the size of the country that such a graph would describe."""
        agreements = triples // 500
        regions = max(3, min(18, agreements // 10 + 2))
        return cls(
            regions,
            5 if regions > 9 else 2,
            3 if agreements > 500 else 1,
            max(2, agreements // 4),
            max(3, agreements * 2 // 5),
        )


@dataclass(frozen=True, slots=True)
class Place:
    """A territory."""

    name: str  # CURIE
    label: str
    level: str
    code: str
    within: str


@dataclass(frozen=True, slots=True)
class Holder:
    """A person in a post, from one day to another."""

    person: str
    label: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Post:
    """A post and its holders, one after the other."""

    name: str
    role: str
    labels: tuple[str, str]
    body: str
    place: str
    holders: tuple[Holder, ...]

    def holder(self, day: str) -> Holder:
        """Return who holds the post on a day."""
        return next((one for one in self.holders if day <= one.until), self.holders[-1])


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor, with the post that signs for it."""

    name: str
    label: str
    kind: str  # class
    type: str
    place: str = ""
    parent: str = ""
    posts: tuple[Post, ...] = ()


@dataclass(frozen=True, slots=True)
class Region:
    """A region: its places and the bodies that act there."""

    place: Place
    departments: tuple[Place, ...]
    basins: tuple[Place, ...]
    prefect: Post
    prefecture: Actor
    rectorate: Actor
    council: Actor
    branches: tuple[Actor, Actor]  # of the operator before and after it was replaced
    support: Actor
    councils: tuple[Actor, ...]  # of its départements
    chambers: tuple[Actor, ...]
    missions: tuple[Actor, ...]

    @property
    def organ(self) -> str:
        """Return the CURIE of the organ that approves what the council signs."""
        return f"dlo:gen-commission-{self.place.code}"

    def local(self) -> tuple[Actor, ...]:
        """Return the bodies that join agreements beside the great ones."""
        return (*self.councils, *self.chambers, *self.missions, self.support)


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality or a grouping of them: the place, the body that governs it, its region."""

    place: Place
    actor: Actor
    region: Region


@dataclass(frozen=True, slots=True)
class Country:
    """All that exists before any agreement."""

    place: Place
    regions: tuple[Region, ...]
    state: Actor
    operators: tuple[Actor, Actor]
    national: tuple[Actor, ...]  # ministries, joint bodies, social partners
    towns: tuple[Town, ...]

    def actors(self) -> Iterator[Actor]:
        """Yield every actor once."""
        yield from (self.state, *self.operators, *self.national)
        for one in self.regions:
            yield from (one.prefecture, one.rectorate, one.council, *one.branches, *one.local())
        for town in self.towns:
            yield town.actor


def imagined(scale: Scale, seed: int) -> Country:
    """Return a country of that size; the same seed gives the same one."""
    maker = _Maker(Random(f"{seed}/country"))
    state = Actor("act:gen-etat", "État de Norlande", "ae:PublicBody", "state")
    operators = (
        maker.actor("office-emploi", "Office de l'emploi", "ae:PublicOperator", "employment-operator"),
        maker.actor("agence-travail", "Agence du travail", "ae:PublicOperator", "employment-operator"),
    )
    national = (
        maker.actor(
            "ministere-travail",
            "Ministère du travail de Norlande",
            "ae:StateService",
            "ministry",
            parent=state.name,
        ),
        maker.actor("caisse-paritaire", "Caisse paritaire de l'emploi", "ae:JointBody", "joint-body"),
        maker.actor("fonds-paritaire", "Fonds paritaire des formations", "ae:JointBody", "joint-body"),
        *(
            maker.actor(
                f"syndicat-{number}",
                f"Syndicat {words.place(9000 + number)}",
                "ae:SocialPartner",
                "social-partner",
            )
            for number in range(1, 7)
        ),
    )
    codes = iter(_DEPARTMENTS)
    regions = tuple(
        maker.region(number, codes, scale, state, operators) for number in range(1, scale.regions + 1)
    )
    nation = Place("ter:gen-pays", "Norlande", "national", "", "")
    return Country(nation, regions, state, operators, national, tuple(maker.towns(scale, regions)))


@dataclass(slots=True)
class _Maker:
    """Draws up what exists; names and persons are numbered in the order of their making."""

    rng: Random
    _places: int = 0
    _persons: int = 0

    def place(self, level: str, slug: str, code: str, within: str) -> Place:
        self._places += 1
        return Place(f"ter:gen-{slug}", words.place(self._places), level, code, within)

    def actor(  # noqa: PLR0913  # the fields of an actor
        self, slug: str, label: str, kind: str, of_type: str, *, place: str = "", parent: str = ""
    ) -> Actor:
        role, french, english = _ROLES.get(of_type, _HEAD)
        post = self.post(
            slug, role, (f"{french} ({label})", f"{english} ({label})"), f"act:gen-{slug}", place
        )
        return Actor(f"act:gen-{slug}", label, kind, of_type, place, parent, (post,))

    def post(self, slug: str, role: str, labels: tuple[str, str], body: str, place: str) -> Post:
        handed = f"{self.rng.randint(*_HOLDER_CHANGES)}-09"
        holders = (self._holder("2010", f"{handed}-01"), self._holder(f"{handed}-02", "2030"))
        return Post(f"post:gen-{slug}", role, labels, body, place, holders)

    def _holder(self, since: str, until: str) -> Holder:
        self._persons += 1
        return Holder(f"per:gen-{self._persons:05}", words.person(self.rng), since, until)

    def region(  # what a region is made from
        self, number: int, codes: Iterator[str], scale: Scale, state: Actor, operators: Sequence[Actor]
    ) -> Region:
        code = f"{number:02}"
        place = self.place("regional", f"region-{code}", code, "ter:gen-pays")
        departments = tuple(
            self.place("departmental", f"departement-{one}", one, place.name)
            for one in (next(codes) for _ in range(scale.departments))
        )
        basins = tuple(
            self.place("employment-basin", f"bassin-{upper.code}-{one}", "", upper.name)
            for upper in departments
            for one in range(1, scale.basins + 1)
        )
        here = place.label
        return Region(
            place,
            departments,
            basins,
            self.post(
                f"prefet-{code}", "prefet-de-region",
                (f"Préfet de la région {here}", f"Prefect of the {here} region"), state.name, place.name,
            ),
            self.actor(f"prefecture-{code}", f"Préfecture de {here}", "ae:StateService", "prefecture", place=place.name, parent=state.name),
            self.actor(f"rectorat-{code}", f"Rectorat de {here}", "ae:StateService", "rectorate", place=place.name, parent=state.name),
            self.actor(f"region-{code}", f"Région {here}", "ae:TerritorialAuthority", "region", place=place.name),
            (self._branch("office", code, operators[0], place), self._branch("agence", code, operators[1], place)),
            self.actor(f"carif-{code}", f"Centre de ressources de {here}", "ae:SupportBody", "support-body", place=place.name),
            tuple(self._council(one) for one in departments),
            tuple(self._chamber(one) for one in departments),
            tuple(self._mission(one) for one in basins),
        )  # fmt: skip

    def _branch(self, slug: str, code: str, operator: Actor, place: Place) -> Actor:
        label = f"{operator.label}, direction de {place.label}"
        return self.actor(
            f"{slug}-{code}",
            label,
            "ae:OperatorBranch",
            "operator-branch",
            place=place.name,
            parent=operator.name,
        )

    def _council(self, place: Place) -> Actor:
        slug, label = f"departement-{place.code}", f"Département de {place.label}"
        return self.actor(slug, label, "ae:TerritorialAuthority", "department", place=place.name)

    def _chamber(self, place: Place) -> Actor:
        slug, label = f"chambre-{place.code}", f"Chambre consulaire de {place.label}"
        return self.actor(slug, label, "ae:ConsularChamber", "consular-chamber", place=place.name)

    def _mission(self, place: Place) -> Actor:
        slug = f"mission-{place.name.removeprefix('ter:gen-bassin-')}"
        return self.actor(
            slug, f"Mission locale de {place.label}", "ae:Actor", "integration-actor", place=place.name
        )

    def towns(self, scale: Scale, regions: Sequence[Region]) -> Iterator[Town]:
        within = [(region, place) for region in regions for place in region.departments]
        for number in range(scale.groupings):
            region, department = within[number % len(within)]
            place = self.place("intermunicipal", f"agglo-{number + 1:04}", "", department.name)
            yield Town(place, self._grouping(place), region)
        for number in range(scale.towns):
            again, turn = divmod(number, len(within))
            region, department = within[turn]
            code = f"{department.code}{again + 1:03}"
            place = self.place("municipal", f"commune-{code}", code, department.name)
            yield Town(place, self._municipality(place), region)

    def _grouping(self, place: Place) -> Actor:
        slug, label = place.name.removeprefix("ter:gen-"), f"Agglomération de {place.label}"
        return self.actor(slug, label, "ae:AuthorityGrouping", "intermunicipality", place=place.name)

    def _municipality(self, place: Place) -> Actor:
        slug, label = place.name.removeprefix("ter:gen-"), f"Commune de {place.label}"
        return self.actor(slug, label, "ae:TerritorialAuthority", "municipality", place=place.name)
