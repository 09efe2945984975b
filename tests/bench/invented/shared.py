"""What agreements share: the change of operator and its law, a framework, instruments, indicators, committees."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from .country import CHANGED
from .evidence import READ, Source, claim
from .writing import Sheet, both, dated

if TYPE_CHECKING:
    from .country import Country, Place, Region
    from .writing import Folder, Pair

FRAMEWORK = "frw:gen-socle"
LAW = "law:gen-loi-agence"
_COMMITTEE = "req:gen-comite-regional"
INSTRUMENTS = (
    ("plateforme", "Plateforme des offres de Norlande", "Norlande job platform"),
    ("cheque-mobilite", "Chèque mobilité de Norlande", "Norlande mobility voucher"),
    ("detection", "Repérage des aptitudes", "Aptitude spotting"),
    ("academie", "Académie des métiers de Norlande", "Norlande academy of occupations"),
    ("bus", "Bus de l'emploi de Norlande", "Norlande job bus"),
    ("carte", "Carte des services de Norlande", "Norlande map of services"),
)
INDICATORS = (  # slug, name in both languages, kind, unit, largest value
    ("taux-chomage", "Taux de chômage", "Unemployment rate", "context", "percent", 20),
    ("taux-retour", "Taux de retour à l'emploi", "Rate of return to work", "outcome", "percent", 90),
    (
        "part-difficulte",
        "Part des recrutements difficiles",
        "Share of difficult hirings",
        "context",
        "ratio",
        1,
    ),
    ("personnes-suivies", "Personnes suivies", "Persons supported", "output", "persons", 20000),
    ("personnes-formees", "Personnes formées", "Persons trained", "output", "persons", 5000),
    ("ateliers", "Ateliers tenus", "Workshops held", "output", "workshops", 900),
    ("satisfaction", "Employeurs satisfaits", "Satisfied employers", "outcome", "percent", 100),
    ("jeunes", "Part des jeunes", "Share of young people", "profile", "percent", 60),
)
_REQUIREMENTS = (
    ("formation", "Au moins une mesure de formation", "At least one training measure", "training"),
    (
        "employeurs",
        "Au moins une mesure pour les employeurs",
        "At least one measure for employers",
        "employer-services",
    ),
)


def write(country: Country, folder: Folder, seed: int) -> None:
    """Write what comes before the agreements, and the committees of each region."""
    source = Source("gen-loi", Random(f"{seed}/law"))
    _write_change(country, folder, source)
    _write_framework(folder, source)
    _write_instruments(folder, source)
    sheet = Sheet("The invented report behind the change of operator, the framework and the instruments.")
    source.write_document(sheet, "report", "Rapport inventé sur la réforme de l'emploi", issued="2023-04")
    source.write_excerpts(sheet)
    folder.write("sources/gen-loi.ttl", sheet)
    for region in country.regions:
        _write_committees(region, folder, seed)


def _write_change(country: Country, folder: Folder, source: Source) -> None:
    before, after = country.operators
    sheet = Sheet("The invented replacement of the operator, and its law.")
    change, by = "chg:gen-operateur", [source.excerpt(), source.excerpt()]
    named = f"{before.label}, {after.label}"
    sheet.record(
        change,
        "ae:OrganisationalChange",
        ("skos:prefLabel", both(f"Remplacement : {named}", f"Replacement: {named}")),
        ("org:originalOrganization", before.name),
        ("org:resultingOrganization", after.name),
        ("ae:eventDate", dated(CHANGED)),
        ("ae:changeKind", "change-kind:replacement"),
        ("ae:legalBasis", LAW),
        ("ae:supportedBy", by),
    )
    claim(sheet, "gen-operateur-date", (change, "ae:eventDate", dated(CHANGED)), by[:1])
    renamed = (change, "ae:changeKind", "change-kind:renaming")
    claim(sheet, "gen-operateur-renaming", renamed, by[1:], basis="inferred", rank="secondary", note=READ)
    sheet.record(
        LAW,
        "eli:LegalResource",
        ("skos:prefLabel", both("Loi inventée pour l'emploi", "Invented law for employment")),
        ("ae:supportedBy", source.excerpt()),
    )
    folder.write("actors/changes.ttl", sheet)


def _write_framework(folder: Folder, source: Source) -> None:
    sheet = Sheet("An invented framework and what it asks.")
    sheet.record(
        FRAMEWORK,
        "ae:ReferenceFramework",
        ("skos:prefLabel", both("Socle inventé des préfigurations", "Invented minimum of prefigurations")),
        ("dcterms:source", source.name),
        ("ae:supportedBy", source.excerpt()),
    )
    common: tuple[Pair, ...] = (
        ("ae:partOfFramework", FRAMEWORK),
        ("ae:appliesToAgreementType", "agreement-type:prefiguration-protocol"),
        ("ae:minimumCount", "1"),
    )
    sheet.record(
        _COMMITTEE,
        "ae:CommitteeRequirement",
        ("skos:prefLabel", both("Comité régional coprésidé", "Co-chaired regional committee")),
        *common,
        ("ae:level", "level:regional"),
        ("ae:requiredChairRole", ["role:prefet-de-region", "role:president-conseil-regional"]),
        ("ae:supportedBy", source.excerpt()),
    )
    for slug, french, english, theme in _REQUIREMENTS:
        sheet.record(
            f"req:gen-{slug}",
            "ae:CommitmentRequirement",
            ("skos:prefLabel", both(french, english)),
            *common,
            ("ae:requiredTheme", f"theme:{theme}"),
            ("ae:supportedBy", source.excerpt()),
        )
    folder.write("frameworks/gen-socle.ttl", sheet)


def _write_instruments(folder: Folder, source: Source) -> None:
    sheet = Sheet("Invented instruments and indicators.")
    for slug, french, english in INSTRUMENTS:
        sheet.record(
            f"ins:gen-{slug}",
            "ae:Instrument",
            ("skos:prefLabel", both(french, english)),
            ("ae:supportedBy", source.excerpt()),
        )
    for slug, french, english, kind, _, _ in INDICATORS:
        sheet.record(
            f"ind:gen-{slug}",
            "ae:Indicator",
            ("skos:prefLabel", both(french, english)),
            ("ae:indicatorKind", f"indicator-kind:{kind}"),
            ("ae:supportedBy", source.excerpt()),
        )
    folder.write("frameworks/gen-instruments.ttl", sheet)


def _write_committees(region: Region, folder: Folder, seed: int) -> None:
    code, here = region.place.code, region.place.label
    rng = Random(f"{seed}/committees/{code}")
    source = Source(f"gen-comites-{code}", rng)
    sheet = Sheet(f"Invented committees of {here}.")
    _write_regional(region, sheet, source)
    for number, place in enumerate(region.departments):
        if number % 3 != 2:  # some départements have none recorded
            _write_departmental(region, number, place, sheet, source)
    for place in region.basins[::2]:
        _write_local(region, place, sheet, source)
    _write_counts(region, sheet, source, rng)
    sheet.record(
        region.organ,
        "ae:DeliberativeOrgan",
        ("skos:prefLabel", both(f"Commission permanente de {here}", f"Standing committee of {here}")),
        ("org:unitOf", region.council.name),
        ("ae:supportedBy", source.excerpt()),
    )
    folder.write(f"committees/gen-region-{code}.ttl", sheet)
    notice = Sheet(f"The invented notice on the committees of {here}.")
    title = f"Notice sur les comités de {here}"
    source.write_document(notice, "document-notice", title, publisher=region.council.name)
    source.write_excerpts(notice)
    folder.write(f"sources/gen-comites-{code}.ttl", notice)


def _committee(  # noqa: PLR0913  # what every committee has
    sheet: Sheet,
    name: str,
    labels: tuple[str, str],
    kind: str,
    place: Place,
    *more: Pair,
    by: str,
    planned: bool,
) -> None:
    level = "local" if place.level == "employment-basin" else place.level
    sheet.record(
        name,
        "ae:GovernanceCommittee",
        ("skos:prefLabel", both(*(f"{label} {place.label}" for label in labels))),
        ("ae:committeeType", f"committee-type:{kind}"),
        ("ae:level", f"level:{level}"),
        ("ae:jurisdiction", place.name),
        ("ae:bodyStatus", f"body-status:{'planned' if planned else 'in-place'}"),
        *more,
        ("ae:supportedBy", by),
    )


def _write_regional(region: Region, sheet: Sheet, source: Source) -> None:
    code, place = region.place.code, region.place
    chairs = [region.prefect.name, region.council.posts[0].name]
    _committee(
        sheet, f"com:gen-crefop-{code}", ("Comité de l'emploi et de la formation :", "Employment and training committee:"),
        "crefop", place, ("ae:coChairedBy", chairs), ("ae:supportsCommittee", f"com:gen-cr-{code}"),
        by=source.excerpt(), planned=False,
    )  # fmt: skip
    colleges = ["actor-type:department", "actor-type:municipal-block", "actor-type:social-partner"]
    _committee(
        sheet, f"com:gen-cr-{code}", ("Comité régional :", "Regional committee:"), "france-travail", place,
        ("ae:hostedBy", f"com:gen-crefop-{code}"), ("ae:providedForBy", f"agr:gen-prefiguration-{code}"),
        ("ae:fulfils", _COMMITTEE), ("ae:coChairedBy", chairs), ("ae:hasMemberCategory", colleges),
        by=source.excerpt(), planned=True,
    )  # fmt: skip
    more = [region.rectorate.posts[0].name, region.branches[1].posts[0].name]
    _committee(
        sheet, f"com:gen-spre-{code}", ("Service public de l'emploi :", "Public employment service:"), "spre", place,
        ("ae:coChairedBy", [*chairs, *more]), by=source.excerpt(), planned=False,
    )  # fmt: skip


def _write_departmental(region: Region, number: int, place: Place, sheet: Sheet, source: Source) -> None:
    chairs = [region.councils[number].posts[0].name, region.branches[1].posts[0].name]
    _committee(
        sheet, f"com:gen-cd-{place.code}", ("Comité départemental :", "Departmental committee:"), "france-travail", place,
        ("ae:providedForBy", f"agr:gen-prefiguration-{region.place.code}"), ("ae:coChairedBy", chairs),
        by=source.excerpt(), planned=True,
    )  # fmt: skip


def _write_local(region: Region, place: Place, sheet: Sheet, source: Source) -> None:
    mission = region.missions[region.basins.index(place)]
    by, host = source.excerpt(), f"com:gen-crefop-{region.place.code}"
    slug = f"gen-cl-{place.name.removeprefix('ter:gen-bassin-')}"
    _committee(
        sheet, f"com:{slug}", ("Comité local :", "Local committee:"), "clefop", place,
        ("ae:hostedBy", host), ("ae:coChairedBy", mission.posts[0].name), by=by, planned=False,
    )  # fmt: skip
    claim(sheet, f"{slug}-hosted", (f"com:{slug}", "ae:hostedBy", host), [by], basis="inferred", note=READ)


def _write_counts(region: Region, sheet: Sheet, source: Source, rng: Random) -> None:
    code = region.place.code
    for slug, about, kind, value in (
        (f"gen-colleges-{code}", f"com:gen-cr-{code}", "colleges", 3 + rng.randint(0, 1)),
        (
            f"gen-bassins-{code}",
            region.place.name,
            "employment-basins",
            len(region.basins) + rng.choice((0, 3)),
        ),
    ):
        sheet.record(
            f"cnt:{slug}",
            "ae:DeclaredCount",
            ("ae:countedIn", about),
            ("ae:countedKind", f"count-kind:{kind}"),
            ("ae:declaredValue", str(value)),
            ("ae:valueQualifier", "value-qualifier:exact"),
            ("ae:supportedBy", source.excerpt()),
        )
