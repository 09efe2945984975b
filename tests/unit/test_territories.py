"""The regions and départements are all there, coded, contained, and written by their script.

In: `data/territories/*.ttl`, `data/sources/decoupage-administratif.ttl`, and the script
`data/territories/generate.py`. Where the environment variable ACCORDS_DECOUPAGE names the unpacked
npm package, the files are compared with what the script writes from it; otherwise that one test is
skipped and says so. A small invented package stands in for the real one in the other tests.
"""

from __future__ import annotations

import json
import os
import runpy
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from pyoxigraph import BlankNode, Literal, RdfFormat, parse

DATA = Path(__file__).resolve().parents[2] / "data"
GENERATED = ("france", "regions", "departements")
AE = "https://w3id.org/accords-emploi/def#"
LEVEL = "https://w3id.org/accords-emploi/concept/level/"
TERRITORY = "https://w3id.org/accords-emploi/id/territory/"
SOURCE = "https://w3id.org/accords-emploi/id/source/decoupage-administratif"
DCTERMS = "http://purl.org/dc/terms/"
XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
PREF_LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

# Region code -> code of the one département that lies on the same ground
OVERSEAS = {"01": "971", "02": "972", "03": "973", "04": "974", "06": "976"}


class Value(NamedTuple):
    """An object as the tests read it."""

    text: str
    language: str = ""
    datatype: str = ""


Records = dict[str, dict[str, list[Value]]]  # slug -> property -> values


@cache
def read(*names: str) -> Records:
    """Give the records of files of `data/territories`, by slug."""
    records: Records = defaultdict(lambda: defaultdict(list))
    for name in names:
        text = (DATA / "territories" / f"{name}.ttl").read_bytes()
        for quad in parse(text, format=RdfFormat.TURTLE):
            assert not isinstance(quad.subject, BlankNode)
            assert not isinstance(quad.object, BlankNode)
            if isinstance(quad.object, Literal):
                value = Value(quad.object.value, quad.object.language or "", quad.object.datatype.value)
            else:
                value = Value(str(quad.object).strip("<>"))
            slug = str(quad.subject).strip("<>").removeprefix(TERRITORY)
            records[slug][quad.predicate.value].append(value)
    return records


def codes(name: str) -> list[str]:
    """Give the codes of one file, in the order of the file."""
    return [value.text for record in read(name).values() for value in record[f"{AE}inseeCode"]]


def enclosing(name: str) -> dict[str, list[str]]:
    """Give the slugs of what encloses each record of one file."""
    return {
        slug: [value.text.removeprefix(TERRITORY) for value in record[f"{AE}within"]]
        for slug, record in read(name).items()
    }


@cache
def script() -> SimpleNamespace:
    """Load the script, which is no part of the package, without leaving bytecode beside it."""
    return SimpleNamespace(**runpy.run_path(str(DATA / "territories" / "generate.py")))


def test_there_are_eighteen_regions_and_one_hundred_and_one_departements() -> None:
    assert (len(read("france")), len(read("regions")), len(read("departements"))) == (1, 18, 101)


@pytest.mark.parametrize("name", ["regions", "departements"])
def test_each_territory_has_one_code_and_codes_are_unique_per_level(name: str) -> None:
    assert len(codes(name)) == len(set(codes(name))) == len(read(name))
    assert codes(name) == sorted(codes(name))
    assert {value.datatype for record in read(name).values() for value in record[f"{AE}inseeCode"]} == {
        XSD_STRING
    }


def test_a_code_means_nothing_without_its_level() -> None:
    assert set(codes("regions")) & set(codes("departements")) >= {"44", "53"}


@pytest.mark.parametrize(
    ("name", "level", "prefix"),
    [("regions", "regional", "region-"), ("departements", "departmental", "departement-")],
)
def test_level_and_slug_agree_with_the_file(name: str, level: str, prefix: str) -> None:
    for slug, record in read(name).items():
        assert record[f"{AE}level"] == [Value(f"{LEVEL}{level}")], slug
        assert slug == prefix + record[f"{AE}inseeCode"][0].text.lower()


def test_each_departement_lies_in_one_region_and_each_region_in_france() -> None:
    assert set(read("france")) == {"france"}
    assert enclosing("france") == {"france": []}
    assert all(up == ["france"] for up in enclosing("regions").values())
    assert all(len(up) == 1 for up in enclosing("departements").values())
    assert {up for (up,) in enclosing("departements").values()} == set(read("regions"))


def test_an_overseas_department_is_a_region_and_a_departement_with_two_codes() -> None:
    held = Counter(up for (up,) in enclosing("departements").values())
    assert {slug for slug, times in held.items() if times == 1} == {f"region-{region}" for region in OVERSEAS}
    for region, departement in OVERSEAS.items():
        assert enclosing("departements")[f"departement-{departement}"] == [f"region-{region}"]
        assert (
            read("regions")[f"region-{region}"][PREF_LABEL]
            == read("departements")[f"departement-{departement}"][PREF_LABEL]
        )


@pytest.mark.parametrize("name", GENERATED)
def test_each_territory_has_its_names_and_leads_to_the_register(name: str) -> None:
    for slug, record in read(name).items():
        assert record[RDF_TYPE] == [Value(f"{AE}Territory")], slug
        assert sorted(value.language for value in record[PREF_LABEL]) == ["en", "fr"], slug
        assert record[f"{DCTERMS}source"] == [Value(SOURCE)], slug


def test_a_name_is_the_same_in_english_unless_the_script_says_otherwise() -> None:
    english = script().ENGLISH
    for slug, record in read(*GENERATED).items():
        name = {value.language: value.text for value in record[PREF_LABEL]}
        assert name["en"] == english.get(name["fr"], name["fr"]), slug


def test_the_register_states_its_version_its_vintage_and_its_licence() -> None:
    text = (DATA / "sources" / "decoupage-administratif.ttl").read_text(encoding="utf-8")
    statements = {
        (quad.predicate.value, str(quad.object).strip("<>"))
        for quad in parse(text.encode(), format=RdfFormat.TURTLE)
        if str(quad.subject) == f"<{SOURCE}>"
    }
    assert (f"{DCTERMS}title", '"@etalab/decoupage-administratif 6.0.0"@fr') in statements
    assert (
        f"{DCTERMS}license",
        "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
    ) in statements
    assert "Millésime 2026" in text


def package(folder: Path, *, readme: str) -> Path:
    """Make an invented package: one region of each kind, one collectivity that stays out."""
    (folder / "data").mkdir()
    about = {"version": "1.0.0", "repository": "https://example.org/register"}
    regions = [
        {"code": "53", "nom": "Bretagne", "zone": "metro"},
        {"code": "03", "nom": "Guyane", "zone": "drom"},
        {"code": "987", "nom": "Polynésie française", "zone": "com"},
    ]
    departements = [
        {"code": "973", "nom": "Guyane", "region": "03", "zone": "drom"},
        {"code": "2A", "nom": "Corse-du-Sud", "region": "53", "zone": "metro"},
        {"code": "987", "nom": "Polynésie française", "region": "987", "zone": "com"},
    ]
    (folder / "package.json").write_text(json.dumps(about), encoding="utf-8")
    (folder / "README.md").write_text(readme, encoding="utf-8")
    (folder / "data" / "regions.json").write_text(json.dumps(regions), encoding="utf-8")
    (folder / "data" / "departements.json").write_text(json.dumps(departements), encoding="utf-8")
    return folder


README = "| 2001 | 1.0.0 | install |\n\nDonnées : [Licence Ouverte](https://example.org/licence)\\\n"


def test_the_script_keeps_regions_and_departements_sorted_and_leaves_collectivities_out(
    tmp_path: Path,
) -> None:
    written = script().files(package(tmp_path, readme=README))
    regions, departements = (written[f"territories/{name}.ttl"] for name in GENERATED[1:])
    assert regions.index("ter:region-03 a") < regions.index("ter:region-53 a")
    assert '"Bretagne"@fr , "Brittany"@en' in regions
    assert departements.index("ter:departement-2a a") < departements.index("ter:departement-973 a")
    assert 'ae:inseeCode "2A"' in departements
    assert "Polynésie" not in regions + departements
    assert "<https://example.org/licence>" in written["sources/decoupage-administratif.ttl"]
    assert "Vintage 2001" in written["sources/decoupage-administratif.ttl"]


@pytest.mark.parametrize("line", README.strip().splitlines()[::2])
def test_the_script_refuses_a_package_that_hides_its_vintage_or_its_licence(
    tmp_path: Path, line: str
) -> None:
    with pytest.raises(SystemExit, match=r"no vintage of 1\.0\.0, or no licence"):
        script().files(package(tmp_path, readme=README.replace(line, "")))


def test_the_script_refuses_a_folder_that_is_not_the_package(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="not the package expected"):
        script().main([str(tmp_path)])


def test_the_files_are_those_that_the_script_writes() -> None:
    folder = os.environ.get("ACCORDS_DECOUPAGE")
    if not folder:
        pytest.skip(
            "NOT COMPARED with the register: set ACCORDS_DECOUPAGE to the unpacked npm package "
            "@etalab/decoupage-administratif 6.0.0"
        )
    for name, text in script().files(Path(folder)).items():
        assert (DATA / name).read_bytes() == text.encode("utf-8"), name
