"""Write France, its regions and its départements from the official geographic code.

    python data/territories/generate.py FOLDER

In: the unpacked npm package `@etalab/decoupage-administratif` (FOLDER holds its `package.json`,
its `README.md` and `data/*.json`; `npm pack @etalab/decoupage-administratif@6.0.0` fetches it).
Out: `data/territories/{france,regions,departements}.ttl` and
`data/sources/decoupage-administratif.ttl`, the same bytes for the same package.

1. Version and repository are read in `package.json`, vintage and licence in `README.md`.
2. Regions and départements are those of metropolitan France and of the overseas departments and
   regions; the overseas collectivities (zone `com`) are neither and stay out.
3. Each département lies within its region, each region within France. A code is unique per level
   only: 53 is both a région and a département, so slugs carry the level.
4. Names stand as the register writes them. In English a name changes only where English has a
   usual word for the whole of it (Brittany); made-up compounds stay (Bourgogne-Franche-Comté).

Only the standard library is used. Communes are few and written by hand in `places.ttl`.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).resolve().parents[1]
ZONES = {"metro", "drom"}
SOURCE = "src:decoupage-administratif"
ENGLISH = {
    "Bretagne": "Brittany",
    "Corse": "Corsica",
    "Guyane": "French Guiana",
    "La Réunion": "Réunion",
    "Normandie": "Normandy",
}
NAMESPACES = {
    "absence-reason": "https://w3id.org/accords-emploi/concept/absence-reason/",
    "ae": "https://w3id.org/accords-emploi/def#",
    "claim-basis": "https://w3id.org/accords-emploi/concept/claim-basis/",
    "claim-rank": "https://w3id.org/accords-emploi/concept/claim-rank/",
    "clm": "https://w3id.org/accords-emploi/id/claim/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "level": "https://w3id.org/accords-emploi/concept/level/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "source-kind": "https://w3id.org/accords-emploi/concept/source-kind/",
    "src": "https://w3id.org/accords-emploi/id/source/",
    "ter": "https://w3id.org/accords-emploi/id/territory/",
}
NOTICE = "Written by data/territories/generate.py: change the script or the package, not this file."


class Territory(NamedTuple):
    """One record: its slug, its name in French, its level, its code and what encloses it."""

    slug: str
    name: str
    level: str
    code: str = ""
    within: str = ""


class Register(NamedTuple):
    """What the package says of itself."""

    version: str
    vintage: str
    licence: str
    page: str


def files(package: Path) -> dict[str, str]:
    """Give the text of each file to write, by its path inside `data/`."""
    register = read_register(package)
    regions = read_regions(package)
    departements = read_departements(package)
    return {
        "territories/france.ttl": france(),
        "territories/regions.ttl": territories(f"The {len(regions)} regions.", regions),
        "territories/departements.ttl": territories(f"The {len(departements)} départements.", departements),
        "sources/decoupage-administratif.ttl": source(register),
    }


def read_register(package: Path) -> Register:
    """Read version, vintage, licence and address; refuse a package that does not state them."""
    about = json.loads((package / "package.json").read_text(encoding="utf-8"))
    readme = (package / "README.md").read_text(encoding="utf-8")
    version = about["version"]
    vintage = re.search(rf"^\|\s*(\d{{4}})\s*\|\s*{re.escape(version)}\s*\|", readme, re.MULTILINE)
    licence = re.search(r"^Données : \[Licence Ouverte\]\((https://[^)\s]+)\)", readme, re.MULTILINE)
    if not vintage or not licence:
        message = f"{package / 'README.md'}: no vintage of {version}, or no licence of the data"
        raise SystemExit(message)
    return Register(version, vintage[1], licence[1], about["repository"])


def read_regions(package: Path) -> list[Territory]:
    """Read the regions, by code."""
    return [
        Territory(f"region-{row['code']}", row["nom"], "regional", row["code"], "france")
        for row in read_rows(package, "regions")
    ]


def read_departements(package: Path) -> list[Territory]:
    """Read the départements, by code."""
    return [
        Territory(
            f"departement-{row['code'].lower()}",
            row["nom"],
            "departmental",
            row["code"],
            f"region-{row['region']}",
        )
        for row in read_rows(package, "departements")
    ]


def read_rows(package: Path, name: str) -> list[dict[str, str]]:
    """Read the rows of one file of the package, without the overseas collectivities, by code."""
    rows = json.loads((package / "data" / f"{name}.json").read_text(encoding="utf-8"))
    return sorted((row for row in rows if row["zone"] in ZONES), key=lambda row: str(row["code"]))


def france() -> str:
    """Write the country, which the register divides and gives no code."""
    return territories("The country.", [Territory("france", "France", "national")])


def territories(about: str, records: list[Territory]) -> str:
    """Write a file of territories."""
    return document(
        about, ("ae", "dcterms", "level", "skos", "src", "ter"), [block(each) for each in records]
    )


def block(territory: Territory) -> str:
    """Write one territory."""
    english = ENGLISH.get(territory.name, territory.name)
    place = f"  ae:level level:{territory.level} ;"
    if territory.code:
        place += f" ae:inseeCode {quoted(territory.code)} ;"
    if territory.within:
        place += f" ae:within ter:{territory.within} ;"
    return "\n".join(
        (
            f"ter:{territory.slug} a ae:Territory ;",
            f"  skos:prefLabel {quoted(territory.name)}@fr , {quoted(english)}@en ;",
            place,
            f"  dcterms:source {SOURCE} .",
        )
    )


def source(register: Register) -> str:
    """Write the source document, and why it has no publisher and no date of issue."""
    record = (
        f"{SOURCE} a ae:SourceDocument ;",
        "  ae:sourceKind source-kind:register ;",
        f"  dcterms:title {quoted(f'@etalab/decoupage-administratif {register.version}')}@fr ;",
        f"  foaf:page <{register.page}> ;",
        f"  dcterms:license <{register.licence}> ;",
        *note(
            f"Millésime {register.vintage} du code officiel géographique de l'Insee, "
            "d'après le README du paquet ; données sous Licence Ouverte.",
            f"Vintage {register.vintage} of the INSEE official geographic code, "
            "according to the README of the package; data under Licence Ouverte.",
        ),
    )
    publisher = absence(
        "publisher",
        "Le paquet nomme un auteur et un dépôt de code, pas d'éditeur.",
        "The package names an author and a code repository, no publisher.",
    )
    issued = absence(
        "issued",
        "Le paquet donne l'année de son millésime, pas de date de parution.",
        "The package gives the year of its vintage, no date of issue.",
    )
    prefixes = tuple(prefix for prefix in NAMESPACES if prefix not in {"level", "ter"})
    return document("The register of territories.", prefixes, ["\n".join(record), publisher, issued])


def absence(name: str, french: str, english: str) -> str:
    """Write the claim that the package does not state one property of Dublin Core."""
    return "\n".join(
        (
            f"clm:decoupage-administratif-{name} a ae:Claim ;",
            f"  ae:claimAbout {SOURCE} ; ae:claimProperty dcterms:{name} ;",
            "  ae:absenceReason absence-reason:not-stated ;",
            "  ae:claimBasis claim-basis:editorial ; ae:claimRank claim-rank:preferred ;",
            *note(french, english),
        )
    )


def note(french: str, english: str) -> tuple[str, str, str]:
    """Write the lines of a note in both languages that closes a record."""
    return "  skos:editorialNote", f"    {quoted(french)}@fr ,", f"    {quoted(english)}@en ."


def document(about: str, prefixes: tuple[str, ...], blocks: list[str]) -> str:
    """Write a whole Turtle file."""
    head = f"# {about} {NOTICE}\n"
    declared = "\n".join(f"@prefix {each}: <{NAMESPACES[each]}> ." for each in prefixes)
    return "\n".join((head, declared, "", "\n\n".join(blocks), ""))


def quoted(text: str) -> str:
    """Write a short string; refuse what would need an escape."""
    if any(sign in text for sign in '"\\\n\r\u2019') or text != text.strip():
        message = f"unexpected sign in {text!r}"
        raise SystemExit(message)
    return f'"{text}"'


def main(arguments: list[str]) -> None:
    """Write the four files from the package in the folder given."""
    if len(arguments) != 1:
        raise SystemExit(__doc__)
    try:
        written = files(Path(arguments[0]))
    except (OSError, ValueError, KeyError) as problem:
        message = f"not the package expected: {type(problem).__name__}: {problem}"
        raise SystemExit(message) from problem
    for name, text in written.items():
        (DATA / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
