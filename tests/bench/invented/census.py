"""The country as files: territories, actors, posts and persons, and the directories that they were read in."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from .evidence import READ, REGISTER, Source, claim
from .writing import Sheet, both, dated, text

if TYPE_CHECKING:
    from .country import Actor, Country, Place, Post
    from .writing import Folder

_REGISTER = "src:gen-registre"
_FILES = {  # where actors of a class are described
    "ae:PublicBody": "state", "ae:StateService": "state", "ae:PublicOperator": "operators",
    "ae:OperatorBranch": "operators", "ae:TerritorialAuthority": "authorities", "ae:AuthorityGrouping": "authorities",
    "ae:ConsularChamber": "chambers", "ae:JointBody": "joint-bodies", "ae:SocialPartner": "social-partners",
    "ae:SupportBody": "support-bodies", "ae:Actor": "integration-actors",
}  # fmt: skip


def write(country: Country, folder: Folder, seed: int) -> None:
    """Write territories, actors, posts, persons, and the directories that they were read in."""
    _write_territories(country, folder)
    register = Source("gen-registre", Random(f"{seed}/register"))
    directories = _Directories(seed)
    sheets = {name: Sheet(f"Invented actors: {name}.") for name in dict.fromkeys(_FILES.values())}
    posts, persons = Sheet("Invented posts."), Sheet("Invented persons and what they held.")
    for number, actor in enumerate(country.actors()):
        source = directories.of(actor)
        _write_actor(sheets[_FILES[actor.kind]], actor, number, source, register)
        for post in actor.posts:
            _write_post(posts, persons, post, source)
    for region in country.regions:
        _write_post(posts, persons, region.prefect, directories.of(region.prefecture))
    for name, sheet in sheets.items():
        folder.write(f"actors/{name}.ttl", sheet)
    folder.write("actors/posts.ttl", posts)
    folder.write("actors/persons.ttl", persons)
    directories.write(folder)
    registered = Sheet("The invented register of territories and bodies.")
    register.write_document(registered, "register", "Registre inventé de Norlande", issued="2024")
    register.write_excerpts(registered)
    folder.write("sources/gen-registre.ttl", registered)


@dataclass(slots=True)
class _Directories:
    """One directory for each type of actor: the source of what is said of them."""

    seed: int
    _sources: dict[str, Source] = field(default_factory=dict)

    def of(self, actor: Actor) -> Source:
        slug = f"gen-annuaire-{actor.type}"
        if slug not in self._sources:
            self._sources[slug] = Source(slug, Random(f"{self.seed}/{slug}"))
        return self._sources[slug]

    def write(self, folder: Folder) -> None:
        for slug, source in self._sources.items():
            sheet = Sheet(f"An invented directory: {slug}.")
            source.write_document(
                sheet,
                "document-notice",
                f"Annuaire inventé, {slug.removeprefix('gen-annuaire-')}",
                issued="2024-03",
            )
            source.write_excerpts(sheet)
            folder.write(f"sources/{slug}.ttl", sheet)


def _write_territories(country: Country, folder: Folder) -> None:
    sheets = {
        level: Sheet(f"Invented territories: {level}.")
        for level in ("national", "regional", "departmental", "local")
    }
    _write_place(sheets["national"], country.place)
    for region in country.regions:
        for place in (region.place, *region.departments, *region.basins):
            _write_place(sheets.get(place.level, sheets["local"]), place)
    for town in country.towns:
        _write_place(sheets["local"], town.place)
    names = {"national": "pays", "regional": "regions", "departmental": "departements", "local": "places"}
    for level, sheet in sheets.items():
        folder.write(f"territories/{names[level]}.ttl", sheet)


def _write_place(sheet: Sheet, place: Place) -> None:
    sheet.record(
        place.name,
        "ae:Territory",
        ("skos:prefLabel", both(place.label, place.label)),
        ("ae:level", f"level:{place.level}"),
        ("ae:inseeCode", [text(place.code)] if place.code else ()),
        ("ae:within", [place.within] if place.within else ()),
        ("dcterms:source", _REGISTER),
    )


def _write_actor(sheet: Sheet, actor: Actor, number: int, source: Source, register: Source) -> None:
    by, slug = source.excerpt(), actor.name.partition(":")[2]
    numbered = actor.type in {"region", "department", "consular-chamber"} and number % 3 == 0
    siren = _siren(number)
    sheet.record(
        actor.name,
        actor.kind,
        ("skos:prefLabel", both(actor.label, actor.label)),
        ("skos:altLabel", [text(f"{actor.label}, dit {slug}", "fr")] if number % 5 == 0 else ()),
        ("ae:actorType", f"actor-type:{actor.type}"),
        ("ae:siren", [text(siren)] if numbered else ()),
        ("org:unitOf", [actor.parent] if actor.parent else ()),
        ("ae:jurisdiction", [actor.place] if actor.place else ()),
        ("ae:supportedBy", by),
    )
    if numbered:
        said = (actor.name, "ae:siren", text(siren))
        claim(sheet, f"{slug}-siren", said, [register.excerpt()], basis="external-register", note=REGISTER)
    if actor.parent:
        said = (actor.name, "org:unitOf", actor.parent)
        claim(sheet, f"{slug}-unit-of", said, [by], basis="inferred", note=READ)
    if number % 4 == 0:
        said = (actor.name, "ae:actorType", f"actor-type:{actor.type}")
        claim(sheet, f"{slug}-type", said, [by], basis="inferred", note=READ)


def _write_post(posts: Sheet, persons: Sheet, post: Post, source: Source) -> None:
    by = source.excerpt()
    posts.record(
        post.name,
        "org:Post",
        ("skos:prefLabel", both(*post.labels)),
        ("org:role", f"role:{post.role}"),
        ("org:postIn", post.body),
        ("org:heldBy", [holder.person for holder in post.holders]),
        ("ae:jurisdiction", [post.place] if post.place else ()),
        ("ae:supportedBy", by),
    )
    for holder in post.holders:
        said = source.excerpt()
        persons.record(
            holder.person, "foaf:Person", ("foaf:name", text(holder.label)), ("ae:supportedBy", said)
        )
        persons.record(
            f"mem:{holder.person.partition(':')[2]}",
            "org:Membership",
            ("org:member", holder.person),
            ("org:organization", post.body),
            ("org:role", f"role:{post.role}"),
            ("ae:startDate", dated(holder.since)),
            ("ae:endDate", [dated(holder.until)] if holder.until < "2030" else ()),
            ("ae:supportedBy", said),
        )


def _siren(number: int) -> str:
    """Return nine digits with a right check digit, another for each number.

    >>> _siren(1)
    '900000019'
    """
    digits = f"9{number:07}"
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(digits)]
    total = sum(value - 9 if value > 9 else value for value in doubled)
    return f"{digits}{-total % 10}"
