"""Releases as people make and receive them: the same bytes anywhere, refused or whole, verified without trust.

One release of the invented world is built once; each test that spoils it has a copy of its own.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from openpyxl import load_workbook
from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, parse

from accords.language import Words
from accords.project import Project
from accords.publishing import released
from accords.publishing.edition import Edition
from accords.publishing.formats import FORMATS
from accords.releasing import record, sources, w3id
from accords.vocab import BASE
from calling import Caller, invented
from redirecting import Rules

if TYPE_CHECKING:
    from collections.abc import Callable

PROGRAM = str(Path(sys.executable).with_name("accords"))
DAY = "2024-02-29"
NEW = """@prefix act: <https://w3id.org/accords-emploi/id/actor/> . @prefix ae: <https://w3id.org/accords-emploi/def#> .
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


def run(*words: str, folder: Path | str = "/", **environment: str) -> Ran:
    """Run the command as somebody else's shell would."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("ACCORDS_", "LC_", "LANG"))
    }
    done = subprocess.run(
        [PROGRAM, *words],
        cwd=folder, env={**kept, **environment}, capture_output=True, text=True, check=False, timeout=250,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True, slots=True)
class Built:
    """A project and the release made of it."""

    project: Path
    release: Path


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the first release of the invented world; nobody may change it."""
    folder = tmp_path_factory.mktemp("release")
    project = invented(folder / "project")
    shutil.copy(Path(__file__).parent.parent / "LICENSE-DATA", project)
    release = folder / "0.1.0"
    words = ("release", "build", "--version", "0.1.0", "--to", str(release), "--date", DAY)
    done = run("--root", str(project), *words, PYTHONHASHSEED="1", TZ="UTC")
    assert (done.code, done.err) == (0, ""), done.err
    return Built(project, release)


@pytest.fixture
def copy(built: Built, tmp_path: Path) -> Path:
    """Return a copy of the release that a test may spoil: at its root; below, a file is replaced, not changed."""

    def linked(source: str, target: str) -> None:
        if Path(source).parent == built.release:
            shutil.copy2(source, target)
        else:
            Path(target).hardlink_to(source)

    return shutil.copytree(built.release, tmp_path / "copy", copy_function=linked)


@pytest.fixture
def call(built: Built, capsys: pytest.CaptureFixture[str]) -> Caller:
    return Caller(built.project, capsys)


def contents(folder: Path) -> dict[str, str]:
    """Return the digest of each file below a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


ASKED = ("text/html", "text/turtle", "application/ld+json", "text/csv", "*/*")


def test_every_published_address_leads_to_a_file_of_the_release(built: Built) -> None:
    """Each IRI of ours, in the graph or a name of a file beside it, in each form and language."""
    rules = Rules((built.release / w3id.FOLDER / ".htaccess").read_text(encoding="utf-8"))
    quads = parse(path=built.release / "exports" / "accords.nq")
    terms = {term for quad in quads for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)}
    found = {one.value.partition("#")[0] for one in terms if isinstance(one, NamedNode)}
    paths = {iri.removeprefix(BASE) for iri in found if iri.startswith(BASE)}
    paths |= {"", "def", "shape", "concept", "def/context.jsonld", "def/0.1.0", "dataset/0.1.0"}
    lost = {
        (path, accept, language)
        for path in paths
        for accept in ASKED
        for language in ("fr", "en")
        if not _stands(built.release, rules.lead(path, accept=accept, language=language))
    }
    assert len(paths) > 300
    assert lost == set()


def _stands(release: Path, target: str | None) -> bool:
    """Tell whether an address of the host leads to a file of the release, hosted under its number and as latest."""
    below = (target or "").removeprefix(w3id.HOST + "/").partition("/")[2]
    return bool(below) and (release / below).is_file()


def differences(call: Caller, folder: Path) -> dict[str, str]:
    """Return what a verification finds, in English, by file."""
    told = call("release", "verify", str(folder), "--format", "json")
    held: dict[str, Any] = json.loads(told.out)
    assert told.code == (1 if held["differences"] else 0)
    assert held["sound"] is (not held["differences"])
    found: dict[str, list[str]] = {}
    for one in held["differences"]:
        found.setdefault(one["path"], []).append(one["what"]["en"])
    return {path: " | ".join(said) for path, said in found.items()}


# --- The same bytes


def test_a_release_is_the_same_bytes_wherever_and_whenever_it_is_built(built: Built, tmp_path: Path) -> None:
    """Other hash seed, time zone, language, folders, home, order and time of the files."""
    project = tmp_path / "another place" / "projet é"
    for path in sorted(built.project.rglob("*"), reverse=True):
        if path.is_file():
            target = project / path.relative_to(built.project)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
            os.utime(target, (1, 1))
    other = tmp_path / "release"
    words = ("release", "build", "--version", "0.1.0", "--to", str(other))
    day = "1709164800"  # the same day, as builds agree on it
    done = run(
        *words,
        folder=project / "data",
        PYTHONHASHSEED="4242", TZ="Pacific/Kiritimati", LANG="en_US.UTF-8", LC_ALL="C.UTF-8", HOME=str(tmp_path),
        COLUMNS="40", SOURCE_DATE_EPOCH=day, XDG_CACHE_HOME=str(tmp_path / "cache"),
    )  # fmt: skip
    assert done.code == 0, done.err
    assert contents(other) == contents(built.release)


def test_nothing_of_the_machine_is_in_a_release(built: Built) -> None:
    unwanted = [
        str(built.project).encode(),
        str(Path.home()).encode() + b"/",
        sys.prefix.encode(),
        b"/tmp/",
        b"pytest",
    ]
    for path in built.release.rglob("*"):
        if path.is_file() and not path.is_relative_to(built.release / "queries"):
            held = path.read_bytes()
            assert [word for word in unwanted if word in held] == [], path
    assert all(path.stat().st_mode & 0o111 == 0 for path in built.release.rglob("*") if path.is_file())


def test_a_release_is_a_project_that_says_what_its_project_says(built: Built, call: Caller) -> None:
    told = call("diff", str(built.release), f"path:{built.project}", "--fail-on", "any")
    assert told.code == 0, told.out
    assert not any(path.is_symlink() for path in built.release.rglob("*"))


def test_the_canonical_names_are_those_that_anyone_computes(built: Built) -> None:
    told = json.loads((built.release / "manifest.json").read_text(encoding="utf-8"))["canonical"]
    held = Dataset(parse(path=built.release / "exports" / "accords.nq"))
    held.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(f"{quad} .\n" for quad in held)
    assert hashlib.sha256("".join(lines).encode()).hexdigest() == told["dataset"]
    assert len(told["graphs"]) == len({quad.graph_name for quad in held})


def test_the_usual_program_verifies_the_sums_of_every_file(built: Built) -> None:
    subprocess.run(
        ["sha256sum", "-c", "--strict", "--quiet", "SHA256SUMS"], cwd=built.release, check=True, timeout=60
    )
    listed = {
        row.partition("  ")[2]
        for row in (built.release / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    }
    assert listed | {"SHA256SUMS"} == set(contents(built.release))


def test_every_text_is_there_in_both_languages(built: Built) -> None:
    for name in ("notes/notes.{}.md", "reports/validation.{}.md", "reports/validation.{}.txt", "reports/checks.{}.md",
                 "reports/coverage.{}.md", "reports/requirements.{}.md", "metadata/attribution.{}.md"):  # fmt: skip
        french, english = (
            (built.release / name.format(language)).read_text(encoding="utf-8") for language in ("fr", "en")
        )
        assert french != english, name
    assert "Première version" in (built.release / "notes" / "notes.fr.md").read_text(encoding="utf-8")
    assert "First release" in (built.release / "notes" / "notes.en.md").read_text(encoding="utf-8")


def test_evidence_that_was_not_checked_is_counted(built: Built) -> None:
    held = json.loads((built.release / "reports" / "checks.json").read_text(encoding="utf-8"))
    assert held["checked"]["evidence"] == 0
    assert held["skipped"]["evidence"]["no-archive"] > 0
    page = (built.release / "reports" / "checks.fr.md").read_text(encoding="utf-8")
    assert str(held["skipped"]["evidence"]["no-archive"]) in page


def test_the_report_is_one_that_shacl_tools_read(built: Built) -> None:
    held = [*parse(path=built.release / "reports" / "validation.ttl")]
    told = json.loads((built.release / "reports" / "validation.json").read_text(encoding="utf-8"))
    results = {
        quad.subject for quad in held if str(quad.object) == "<http://www.w3.org/ns/shacl#ValidationResult>"
    }
    assert len(results) == len(told["findings"])
    for name in ("focusNode", "resultSeverity", "sourceShape"):
        said = {quad.subject for quad in held if quad.predicate.value == f"http://www.w3.org/ns/shacl#{name}"}
        assert said == results


# --- Refused or whole


def test_an_error_of_the_check_refuses_the_release_and_leaves_nothing(call: Caller, tmp_path: Path) -> None:
    project = invented(tmp_path / "project")
    wrong = NEW + "act:wld-nameless a ae:Actor .\n"
    (project / "data" / "wrong.ttl").write_text(wrong, encoding="utf-8")
    other = Caller(project, call.printed)
    told = other(
        "release", "build", "--version", "0.1.0", "--to", str(tmp_path / "out"), "--date", DAY, lang="en"
    )
    assert told.code == 1
    assert "the content has errors" in told.err
    assert "data/wrong.ttl:2:" in told.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["project"]


@pytest.mark.parametrize(
    ("number", "code", "said"),
    [
        ("0.2.0", 1, "l'ontologie porte la version 0.1.0, et non 0.2.0"),
        ("1.2", 2, "trois nombres, comme 1.2.0"),
    ],
)
def test_the_number_is_the_one_of_the_ontology(
    call: Caller, tmp_path: Path, number: str, code: int, said: str
) -> None:
    told = call("release", "build", "--version", number, "--to", str(tmp_path / "out"))
    assert (told.code, told.out) == (code, "")
    assert said in told.err
    assert not (tmp_path / "out").exists()


def test_the_number_is_also_that_of_the_iri_of_the_version(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = Caller(invented(tmp_path / "project"), capsys)
    path = call.root / "ontology" / "accords.ttl"
    text = path.read_text(encoding="utf-8")
    assert 'owl:versionInfo "0.1.0"' in text
    path.write_text(text.replace('owl:versionInfo "0.1.0"', 'owl:versionInfo "0.2.0"'), encoding="utf-8")
    told = call("release", "build", "--version", "0.2.0", "--to", str(tmp_path / "out"), lang="en")
    assert (told.code, told.out) == (1, "")
    assert "the ontology bears version 0.1.0, not 0.2.0\n  → owl:versionInfo and owl:versionIRI" in told.err


def test_a_release_is_never_written_over(built: Built, call: Caller) -> None:
    before = contents(built.release)
    told = call("release", "build", "--version", "0.1.0", "--to", str(built.release), lang="en")
    assert told.code == 2
    assert "never written over" in told.err
    assert contents(built.release) == before


def versioned(project: Path, number: str) -> None:
    """Give the ontology of a project a number."""
    path = project / "ontology" / "accords.ttl"
    path.write_text(path.read_text(encoding="utf-8").replace("0.1.0", number), encoding="utf-8")


@pytest.fixture
def next_(built: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Caller:
    """Return a project one step further than the release."""
    project = shutil.copytree(built.project, tmp_path / "next")
    versioned(project, "0.2.0")
    return Caller(project, capsys)


ADDRESS = "https://releases.example/emploi/"


def test_a_second_release_tells_what_changed_and_names_the_first(
    built: Built, next_: Caller, tmp_path: Path
) -> None:
    name = "data/agreements/wld-golden.ttl"
    text = (next_.root / name).read_text(encoding="utf-8")
    assert "@fr" in text
    (next_.root / name).write_text(text.replace('"@fr', ' (revu)"@fr', 1), encoding="utf-8")
    out = tmp_path / "out"
    words = ("release", "build", "--version", "0.2.0", "--to", str(out), "--date", "2024-03-01", "--record")
    told = next_(*words, "--previous", str(built.release), "--address", ADDRESS.rstrip("/"), lang="en")
    assert told.code == 0, told.err
    _is_placed(out)
    _tells_of_both(built.release, out)
    notes = (out / "notes" / "notes.en.md").read_text(encoding="utf-8")
    assert "version 0.1.0 → version 0.2.0" in notes
    assert "(revu)" in notes
    assert str(tmp_path) not in notes
    dcat = (out / "metadata" / "dcat.ttl").read_text(encoding="utf-8")
    assert "dcat:previousVersion <https://w3id.org/accords-emploi/dataset/0.1.0>" in dcat
    recorded = (next_.root / released.PATH).read_bytes()
    assert recorded == (out / released.PATH).read_bytes()
    assert differences(next_, out) == {}


def _is_placed(out: Path) -> None:
    """Assert that a release built with an address has whole links, all of which lead into it."""
    assert json.loads((out / "manifest.json").read_text(encoding="utf-8"))["address"] == ADDRESS
    listed = re.findall("<loc>(.*?)</loc>", (out / "site" / "sitemap.xml").read_text(encoding="utf-8"))
    assert len(listed) > 100
    assert [one for one in listed if not (out / "site" / one.removeprefix(ADDRESS)).is_file()] == []
    home = (out / "site" / "en" / "index.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{ADDRESS}en/index.html">' in home
    rules = (out / w3id.FOLDER / ".htaccess").read_text(encoding="utf-8")
    led = Rules(rules).lead("id/agreement/wld-golden", language="fr") or ""
    assert (out / "site" / led.removeprefix(ADDRESS)).is_file()
    beside = Rules(rules).lead("def/context.jsonld") or ""
    assert (out / beside.removeprefix("https://releases.example/")).is_file()


def _tells_of_both(first: Path, out: Path) -> None:
    """Assert that the feed of a release says of the one before what that one said of itself."""
    for language in ("fr", "en"):
        before, after = (
            (folder / "site" / language / "feed.xml").read_text(encoding="utf-8") for folder in (first, out)
        )
        (entry,) = re.findall("<entry>.*?</entry>", before, re.DOTALL)
        newest, oldest = re.findall("<entry>.*?</entry>", after, re.DOTALL)
        assert oldest.replace(f"{ADDRESS}{language}/", "") == entry
        assert f"{BASE}dataset/0.2.0<" in newest
        assert f"{ADDRESS}{language}/release.html#version-0.2.0" in newest
    page = (out / "site" / "en" / "release.html").read_text(encoding="utf-8")
    assert page.index('id="version-0.2.0"') < page.index('id="version-0.1.0"')


def test_an_address_that_is_none_of_the_web_is_wrong_use(call: Caller, tmp_path: Path) -> None:
    for address in (
        "ftp://a.example/",
        "https://",
        "https://a.example/?b",
        "a.example",
        "https://a.example/<b>",
    ):
        words = (
            "release",
            "build",
            "--version",
            "0.1.0",
            "--to",
            str(tmp_path / "out"),
            "--address",
            address,
        )
        told = call(*words, lang="en")
        assert (told.code, told.out) == (2, "")
        assert "--address" in told.err
    assert not (tmp_path / "out").exists()


def test_a_release_after_another_has_to_be_compared_with_it(
    built: Built, next_: Caller, tmp_path: Path
) -> None:
    artefact = record.record(Edition(Project(built.project), date(2024, 2, 29), "0.1.0"), Words("a", "b"))
    with (next_.root / released.PATH).open("wb") as file:
        artefact.write(file)
    told = next_("release", "build", "--version", "0.2.0", "--to", str(tmp_path / "out"), lang="en")
    assert told.code == 2
    assert "there has been a release already (0.1.0)" in told.err
    assert "--previous" in told.err


def test_the_release_to_compare_with_is_the_last(built: Built, next_: Caller, tmp_path: Path) -> None:
    said = f'<{BASE}def> <http://www.w3.org/2002/07/owl#versionInfo> "0.1.5" .'
    (next_.root / released.PATH).write_text(said, encoding="utf-8")
    words = ("release", "build", "--version", "0.2.0", "--to", str(tmp_path / "out"), "--previous")
    told = next_(*words, str(built.release), lang="en")
    assert told.code == 2
    assert "the last release is 0.1.5, as ontology/released.ttl has it, not 0.1.0" in told.err


def test_a_file_of_a_release_is_no_release_to_compare_with(
    built: Built, next_: Caller, tmp_path: Path
) -> None:
    words = ("release", "build", "--version", "0.2.0", "--to", str(tmp_path / "out"), "--previous")
    told = next_(*words, str(built.release / "exports" / "accords.nq"), lang="en")
    assert told.code == 2
    assert "neither the folder of a release nor a revision" in told.err


def test_what_leaves_without_a_tombstone_is_named_and_refused(
    built: Built, next_: Caller, tmp_path: Path
) -> None:
    (next_.root / "data" / "agreements" / "wld-golden.ttl").unlink()
    words = (
        "release",
        "build",
        "--version",
        "0.2.0",
        "--to",
        str(tmp_path / "out"),
        "--previous",
        str(built.release),
    )
    told = next_(*words)
    assert told.code == 1
    assert "sans stèle" in told.err
    assert "agr:wld-golden" in told.err
    assert not (tmp_path / "out").exists()


# --- Verified without trust


def test_what_was_built_is_sound_and_looking_at_it_changes_nothing(built: Built, call: Caller) -> None:
    before = {path: path.stat().st_mtime_ns for path in built.release.rglob("*")}
    told = call("release", "verify", str(built.release))
    assert (told.code, told.err) == (0, "")
    assert "tout est là" in told.out
    assert differences(call, built.release) == {}
    assert before == {path: path.stat().st_mtime_ns for path in built.release.rglob("*")}


def test_a_release_is_verified_without_any_project(built: Built, tmp_path: Path) -> None:
    told = run("release", "verify", "--lang", "en", str(built.release), folder=tmp_path, HOME=str(tmp_path))
    assert (told.code, told.err) == (0, "")
    assert "what the release says of itself is true" in told.out


def test_a_byte_that_changed_a_file_too_many_and_one_that_is_missing_are_each_named(
    call: Caller, copy: Path
) -> None:
    path = copy / "README.md"
    path.write_bytes(path.read_bytes().replace(b"Graphe", b"graphe", 1))
    (copy / "notes" / "notes.fr.md").unlink()
    (copy / "data" / "more.ttl").write_text("", encoding="utf-8")
    with (copy / "LICENSE-DATA").open("ab") as file:
        file.write(b"!")
    size = (copy / "LICENSE-DATA").stat().st_size
    assert differences(call, copy) == {
        "README.md": "the content does not have the expected digest",
        "notes/notes.fr.md": "missing",
        "data/more.ttl": "extra: the manifest does not list it",
        "LICENSE-DATA": f"{size} bytes instead of {size - 1}",
    }


def test_links_pipes_and_paths_that_lead_out_are_told_and_never_opened(
    call: Caller, copy: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_bytes((copy / "README.md").read_bytes())
    (copy / "README.md").unlink()
    (copy / "README.md").symlink_to(tmp_path / "secret")
    (copy / "circle").symlink_to(copy)
    os.mkfifo(copy / "pipe")
    link = "a link: it might lead out of the folder"
    found = differences(call, copy)
    assert found == {"README.md": f"missing | {link}", "circle": link, "pipe": "not a regular file"}


def test_a_folder_of_links_only_is_no_release(call: Caller, built: Built, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").symlink_to(built.release / "manifest.json")
    told = call("release", "verify", str(tmp_path), lang="en")
    assert (told.code, told.out) == (3, "")
    assert "there is no manifest.json: not a release" in told.err


def rewritten(folder: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """Change a file and all that tells its size and digest, as a forger would."""
    path = folder / name
    before, held = path.read_bytes(), change(path.read_bytes())
    assert held != before
    path.unlink()
    path.write_bytes(held)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for one in manifest["files"]:
        if one["path"] == name:
            one["bytes"], one["sha256"] = len(held), hashlib.sha256(held).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    sums = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    kept = [row for row in sums if row.partition("  ")[2] not in {name, "manifest.json"}]
    kept += [
        f"{hashlib.sha256((folder / one).read_bytes()).hexdigest()}  {one}" for one in (name, "manifest.json")
    ]
    (folder / "SHA256SUMS").write_text("\n".join(kept) + "\n", encoding="utf-8")


def last_line_less(held: bytes) -> bytes:
    return held[: held.rindex(b"\r\n", 0, -2) + 2]


def last_row_less(held: bytes) -> bytes:
    book = load_workbook(io.BytesIO(held))
    book["agreements"].delete_rows(book["agreements"].max_row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def first_line_less(held: bytes) -> bytes:
    return held.partition(b"\n")[2]


@pytest.mark.parametrize(
    ("name", "change", "expected"),
    [
        ("exports/accords.nq", first_line_less, {"exports/accords.nq": "the canonical name"}),
        ("exports/accords.nt", first_line_less, {"exports/accords.nt": "is not the graph of exports/accords.nq"}),
        (
            "data/agreements/wld-golden.ttl",
            lambda held: held + b"<e:a> <e:b> <e:c> .",
            {"data/agreements/wld-golden.ttl": "does not say what exports/accords.nq says"},
        ),
        (
            "metadata/void.ttl",
            lambda held: held.replace(b'void:triples "', b'void:triples "1', 1),
            {"metadata/void.ttl": "wrong figure: void:triples"},
        ),
        (
            "metadata/dcat.ttl",
            lambda held: held.replace(b"dcat:byteSize", b"dcat:bitSize", 1),
            {"metadata/dcat.jsonld": "does not say", "metadata/dcat.ttl": "size or digest of exports/"},
        ),
        (
            "metadata/dcat.ttl",
            lambda held: held.replace(b"dcat:accessURL", b"dcat:accessUrl", 1),
            {"metadata/dcat.jsonld": "does not say", "metadata/dcat.ttl": "a distribution has an access address"},
        ),
        (
            "reports/validation.json",
            lambda held: held.replace(b'"error": 0', b'"error": 1', 1),
            {"reports/validation.json": "the check is not without error"},
        ),
        ("exports/accords.nt", lambda _: b"<a> ", {"exports/accords.nt": "cannot be read"}),
        (
            "exports/tables/agreement_parties.csv",
            last_line_less,
            {"exports/tables/agreement_parties.csv": "rows instead of", "exports/accords.xlsx": "sheet agreement_parties: "},
        ),
        (
            "site/en/feed.xml",
            lambda held: held.replace(b"2024-02-29T", b"2024-02-28T"),
            {"site/en/feed.xml": "release 0.1.0: 2024-02-28 instead of 2024-02-29"},
        ),
        (
            "site/fr/feed.xml",
            lambda held: held.replace(b"dataset/0.1.0<", b"dataset/0.0.9<"),
            {"site/fr/feed.xml": "release 0.0.9: 2024-02-29 instead of – | release 0.1.0: – instead of 2024-02-29"},
        ),
        (
            "ontology/released.ttl",
            lambda held: held.replace(b"2024-02-29", b"2024-02-27"),
            {"ontology/released.ttl": "release 0.1.0: 2024-02-27 instead of 2024-02-29"},
        ),
        ("exports/accords.xlsx", last_row_less, {"exports/accords.xlsx": "sheet agreements: "}),
        ("exports/accords.xlsx", lambda _: b"PK", {"exports/accords.xlsx": "cannot be read"}),
        ("exports/tables/csv-metadata.json", lambda _: b'{"tables": [1]}', {"exports/tables/csv-metadata.json": "cannot be read"}),
    ],
)  # fmt: skip
def test_a_forged_file_is_told_by_what_it_says(
    call: Caller, copy: Path, name: str, change: Callable[[bytes], bytes], expected: dict[str, str]
) -> None:
    rewritten(copy, name, change)
    found = differences(call, copy)
    for path, said in expected.items():
        assert said in found.get(path, "nothing"), found


def compared(told: str) -> dict[str, tuple[int, str | None]]:
    """Return how often each thing was compared, and why it was not, in English."""
    rows = json.loads(told)["compared"]
    return {one["what"]["en"]: (one["count"], (one["skipped"] or {}).get("en")) for one in rows}


def test_every_table_is_counted_in_each_of_its_forms(built: Built, copy: Path) -> None:
    """In a program of its own: where polars has been at work, its threads are no use to a child."""
    told = run("release", "verify", str(built.release), "--format", "json")
    counts = compared(told.out)
    tables = len([*(built.release / "exports" / "tables").glob("*.csv")])
    assert counts["tables, rows counted"] == (tables, None)
    assert counts["Parquet files, rows counted"] == (tables, None)
    assert counts["sheets of the workbook, rows counted"][0] > 50
    assert counts["tables of links, a row a statement"][0] > 50

    def less(held: bytes) -> bytes:
        written = io.BytesIO()
        pl.read_parquet(io.BytesIO(held)).head(-1).write_parquet(written)
        return written.getvalue()

    rewritten(copy, "exports/parquet/agreements.parquet", less)
    rewritten(copy, "exports/parquet/actors.parquet", lambda _: b"PAR1")
    told = run("release", "verify", "--lang", "en", str(copy))
    assert told.code == 1
    assert re.search(r"exports/parquet/agreements\.parquet: \d+ rows instead of \d+\n", told.out)
    assert "exports/parquet/actors.parquet: cannot be read\n" in told.out


def test_what_a_missing_library_keeps_from_being_counted_is_told(built: Built, tmp_path: Path) -> None:
    for name in ("polars", "openpyxl"):
        (tmp_path / f"{name}.py").write_text("raise ImportError", encoding="utf-8")
    for language, said in (
        ("fr", "n'est pas installé : pip install"),
        ("en", "is not installed: pip install"),
    ):
        told = run("release", "verify", "--lang", language, str(built.release), PYTHONPATH=str(tmp_path))
        assert (told.code, told.err) == (0, "")
        assert f"(polars {said} 'accords-emploi[frames]')" in told.out
        assert f"(openpyxl {said} 'accords-emploi[sheets]')" in told.out


def rebuilt(folder: Path) -> tuple[dict[str, str], dict[str, int]]:
    """Return what differs when the exports are made again, by file, and how many files were, by form."""
    told = run("release", "verify", str(folder), "--rebuild", "--format", "json")
    held = json.loads(told.out)
    assert told.code == (1 if held["differences"] else 0)
    made = {one["what"]["en"]: one["count"] for one in held["compared"] if "made again" in one["what"]["en"]}
    return {one["path"]: one["what"]["en"] for one in held["differences"]}, made


def test_every_export_is_made_again_from_the_content_of_the_release(built: Built) -> None:
    differing, made = rebuilt(built.release)
    assert differing == {}
    assert set(made) == {f"made again: {form.title.en}" for form in FORMATS}
    exports = [path for path in (built.release / "exports").rglob("*") if path.is_file()]
    assert sum(made.values()) == len(exports)


def test_a_cell_forged_with_all_its_sums_is_told_when_the_exports_are_made_again(copy: Path) -> None:
    forged = [
        "exports/tables/agreements.csv", "exports/json/agreements.json", "exports/accords.graphml",
        "exports/evidence.ttl", "exports/parquet/agreements.parquet", "exports/accords.xlsx",
    ]  # fmt: skip
    for name in forged:
        rewritten(copy, name, lambda held: held[:-1] + bytes([held[-1] ^ 1]))
    added(copy, "exports/more.csv", b"id\r\n1\r\n")
    differing, _ = rebuilt(copy)
    assert {name for name in forged if "made again from the content" in differing.get(name, "")} == set(
        forged
    )
    assert differing["exports/more.csv"] == "nothing in the content gives it"


def test_nothing_is_made_again_from_content_that_changed(copy: Path) -> None:
    path = next((copy / "data").rglob("*.ttl"))
    held = path.read_bytes()
    path.unlink()
    path.write_bytes(held + b"# more\n")
    differing, made = rebuilt(copy)
    assert set(differing) == {path.relative_to(copy).as_posix()}
    assert made == {"files of the exports, made again alike": 0}


def added(folder: Path, name: str, held: bytes) -> None:
    """Add a file to a release, listed as the others are."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"].append({"path": name, "mediaType": "text/csv", "title": {}, "bytes": 0, "sha256": ""})
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).touch()
    rewritten(folder, name, lambda _: held)


def records(folder: Path, kind: str) -> list[str]:
    """Return the IRIs of the records of a kind."""
    found = {quad.subject for quad in parse(path=folder / "exports" / "accords.nq")}
    return sorted(str(one)[1:-1] for one in found if f"/id/{kind}/" in str(one))


def test_a_table_holds_the_records_of_the_graph_each_once(call: Caller, copy: Path) -> None:
    iris = records(copy, "agreement")
    assert len(iris) > 3
    added(copy, "exports/tables/whole.csv", "\r\n".join(["id,iri", *(f"x,{iri}" for iri in iris)]).encode())
    added(
        copy, "exports/tables/less.csv", "\r\n".join(["id,iri", *(f"x,{iri}" for iri in iris[1:])]).encode()
    )
    added(
        copy,
        "exports/tables/twice.csv",
        "\r\n".join(["id,iri", *(f"x,{iri}" for iri in [*iris, iris[0]])]).encode(),
    )
    told = f"rows for {len(iris)} records of the graph"
    assert differences(call, copy) == {
        "exports/tables/less.csv": f"{len(iris) - 1} {told}",
        "exports/tables/twice.csv": f"{len(iris) + 1} {told}",
    }


def relisted(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the manifest of a release and the sum of it; files that it lists no more are gone."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    before = {one["path"] for one in manifest["files"]}
    change(manifest)
    gone = before - {one["path"] for one in manifest["files"]}
    for name in gone:
        (folder / name).unlink()
    path.write_text(json.dumps(manifest), encoding="utf-8")
    rows = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    kept = [row for row in rows if row.partition("  ")[2] not in {*gone, "manifest.json"}]
    kept.append(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  manifest.json")
    (folder / "SHA256SUMS").write_text("\n".join(kept) + "\n", encoding="utf-8")


def test_a_website_without_a_page_of_a_record_is_told(call: Caller, copy: Path) -> None:
    path = records(copy, "agreement")[0].partition("accords-emploi/")[2]
    missing = {f"site/fr/{path}.html", f"site/{path}.jsonld"}

    def shorter(manifest: dict[str, Any]) -> None:
        manifest["files"] = [one for one in manifest["files"] if one["path"] not in missing]

    relisted(copy, shorter)
    assert differences(call, copy) == dict.fromkeys(missing, "missing from the website")


def test_a_release_that_lacks_a_part_is_told_though_no_list_names_it(call: Caller, copy: Path) -> None:
    gone = {
        "metadata/void.ttl", "reports/validation.json", "notes/notes.fr.md", "exports/accords.rdf", "site/index.html",
        "exports/tables/csv-metadata.json",
    }  # fmt: skip

    def shorter(manifest: dict[str, Any]) -> None:
        manifest["files"] = [one for one in manifest["files"] if one["path"] not in gone]

    relisted(copy, shorter)
    found = differences(call, copy)
    assert {found.get(path) for path in gone} == {"missing: every release has one"}


def test_a_number_or_a_day_that_only_the_manifest_tells_is_told(call: Caller, copy: Path) -> None:
    relisted(copy, lambda manifest: manifest.update(date="2020-02-02"))
    day = f"dcterms:issued tells {DAY}, the manifest 2020-02-02"
    record = f"release 0.1.0: {DAY} instead of 2020-02-02"
    assert differences(call, copy) == {"metadata/dcat.ttl": day, "ontology/released.ttl": record}
    relisted(copy, lambda manifest: manifest.update(version="9.9.9"))
    found = differences(call, copy)
    assert found["exports/accords.nq"] == "owl:versionInfo tells 0.1.0, the manifest 9.9.9"
    assert "dcat:version" in found["metadata/dcat.ttl"]


def test_what_would_fetch_or_swell_is_refused(call: Caller, copy: Path) -> None:
    head = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    added(
        copy, "exports/accords.rdf", head + b'<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
    )
    added(copy, "exports/accords.jsonld", b'{"@context": "https://x.example/c", "@id": "e:a", "x": "y"}')
    added(copy, "exports/deep.json", b"[" * 100_000)
    found = differences(call, copy)
    assert found["exports/accords.rdf"] == "a DOCTYPE declaration: refused"
    assert "cannot be read" in found["exports/accords.jsonld"]
    assert found["exports/deep.json"] == "cannot be read"


def test_a_file_that_ends_the_process_that_reads_it_ends_the_verification_in_order(copy: Path) -> None:
    deep = 100_000
    nested = b"<e:a> <e:b> " + b"<<( <e:a> <e:b> " * deep + b"<e:c>" + b" )>>" * deep + b" .\n"
    rewritten(copy, "exports/accords.nt", lambda _: nested)
    told = run("release", "verify", "--lang", "en", str(copy))
    assert (told.code, told.out) == (3, "")
    assert "failed while running: exports/accords.nt" in told.err
    assert "Traceback" not in told.err


HOSTILE = (
    NEW
    + """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix src: <https://w3id.org/accords-emploi/id/source/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix source-kind: <https://w3id.org/accords-emploi/concept/source-kind/> .
src:wld-hostile a ae:SourceDocument ; ae:sourceKind source-kind:register ;
  dcterms:title "=cmd|' /C calc'!A0 | <script>alert(1)</script> ``` [x](javascript:1) \\u202e | @all #1"@fr ;
  dcterms:license <javascript:alert%281%29> ; foaf:page <javascript:alert%282%29> .
"""
)


def test_hostile_words_stay_inert_in_what_a_release_says(tmp_path: Path) -> None:
    project = invented(tmp_path / "project")
    (project / "data" / "hostile.ttl").write_text(HOSTILE, encoding="utf-8")
    pages = {
        one.path: one for one in sources.attribution(Edition(Project(project), date(2024, 2, 29), "0.1.0"))
    }
    with (tmp_path / "page").open("wb") as file:
        pages["metadata/attribution.fr.md"].write(file)
    page = (tmp_path / "page").read_text(encoding="utf-8")
    for acting in ("<script>", "[x](javascript", "\u202e", " | @all"):
        assert acting not in page
    with (tmp_path / "table").open("wb") as file:
        pages["metadata/sources.csv"].write(file)
    assert "'=cmd" in (tmp_path / "table").read_text(encoding="utf-8")
    assert ",=cmd" not in (tmp_path / "table").read_text(encoding="utf-8")


def test_digests_that_two_lists_tell_otherwise_are_told(call: Caller, copy: Path) -> None:
    path = copy / "SHA256SUMS"
    rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([f"{'0' * 64}{rows[0][64:]}", *rows[1:]]), encoding="utf-8")
    assert list(differences(call, copy).values()) == ["SHA256SUMS and the manifest tell different digests"]


def test_no_test_has_changed_the_release_that_they_share(built: Built) -> None:
    subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=built.release, check=True, timeout=60)


def test_help_speaks_both_languages(call: Caller) -> None:
    for command in ("build", "verify"):
        french, english = (call("release", command, "--help", lang=lang).out for lang in ("fr", "en"))
        assert french != english
        assert "Usage : " in french
