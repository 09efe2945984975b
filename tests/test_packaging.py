"""The package, not only the code: what the wheel holds, and that it works in an empty folder."""

from __future__ import annotations

import json
import os
import shutil
import site
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from laying import ROOT

CONTENT = {
    "ontology": "ontology",
    "data": "data",
    "shapes": "shapes",
    "queries": "queries",
    "tests/cases": "cases",
}
PACKAGED = "accords/_content"


def tracked(folder: str) -> set[str]:
    done = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", folder],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return {name for name in done.stdout.splitlines() if (ROOT / name).is_file()}


def build(kind: str, source: Path, target: Path) -> Path:
    """Build a distribution with the locked backend, nothing fetched."""
    subprocess.run(
        [sys.executable, "-m", "build", f"--{kind}", "--no-isolation", "--outdir", str(target), str(source)],
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    (built,) = target.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel in an environment of its own; the dependencies are lent by this one."""
    home = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", str(home)], check=True, timeout=120)
    python = home / "bin" / "python"
    subprocess.run(
        [str(python), "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(wheel)],
        check=True, timeout=120,
    )  # fmt: skip
    (packages,) = (home / "lib").glob("python*/site-packages")
    (packages / "lent.pth").write_text("\n".join(site.getsitepackages()) + "\n", encoding="utf-8")
    return home


def accords(home: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ACCORDS_")}
    return subprocess.run(
        [str(home / "bin" / "accords"), *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


@pytest.mark.parametrize("folder", CONTENT)
def test_the_wheel_holds_every_tracked_content_file_and_no_other(folder: str, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        start = f"{PACKAGED}/{CONTENT[folder]}/"
        held = {name.removeprefix(start) for name in archive.namelist() if name.startswith(start)}
    assert held == {name.removeprefix(f"{folder}/") for name in tracked(folder)}


def test_the_wheel_holds_the_code_its_types_and_its_licences_and_nothing_of_the_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    code = {name.removeprefix("src/") for name in tracked("src")}
    assert code <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert any(name.endswith("licenses/LICENSE-DATA") for name in names)
    rest = {
        name for name in names - code if not name.startswith(f"{PACKAGED}/") and ".dist-info/" not in name
    }
    assert rest == set()


def test_a_wheel_made_from_the_source_distribution_holds_the_same(wheel: Path, tmp_path: Path) -> None:
    sdist = build("sdist", ROOT, tmp_path / "sdist")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    (source,) = (tmp_path / "source").iterdir()
    again = build("wheel", source, tmp_path / "again")
    with zipfile.ZipFile(wheel) as first, zipfile.ZipFile(again) as second:
        assert set(first.namelist()) == set(second.namelist())


def test_the_installed_package_checks_its_own_content_in_an_empty_folder(
    installed: Path, tmp_path: Path
) -> None:
    here = json.loads(accords(Path(sys.prefix), ROOT, "check", "--format", "json").stdout)
    done = accords(installed, tmp_path, "check", "--format", "json")
    assert done.returncode == 0, done.stderr
    there = json.loads(done.stdout)
    assert there["checked"] == here["checked"]
    assert there["findings"] == here["findings"]
    assert list(tmp_path.iterdir()) == []


def test_the_installed_package_explains_a_rule_with_its_examples(installed: Path, tmp_path: Path) -> None:
    done = accords(installed, tmp_path, "explain", "AG-05")
    assert done.returncode == 0, done.stderr
    assert "AG-05" in done.stdout
    assert "agr:case-" in done.stdout


def test_another_project_is_checked_by_name(installed: Path, tmp_path: Path) -> None:
    for folder in ("ontology", "shapes", "queries"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copytree(ROOT / "tests" / "world" / "data", tmp_path / "data")
    done = accords(installed, Path("/"), "--root", str(tmp_path), "check", "--fail-on", "note")
    assert done.returncode == 0, done.stdout + done.stderr
