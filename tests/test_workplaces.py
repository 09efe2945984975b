"""Where stewards already are: the files for pre-commit, GitHub, GitLab and editors do what they say.

The steps of the workflow and of the GitLab example are run as they are written, on a repository made for it;
only what would leave the machine (`gh`, `curl`, actions) is put aside, and what it would have sent is looked at.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from laying import ROOT

BIN = Path(sys.executable).parent
WORKFLOW = ROOT / ".github" / "workflows" / "data.yml"
GITLAB = ROOT / ".ci" / "gitlab.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"
SENDER = '#!/bin/sh\nprintf "%s\\n" "$@" >> "$SENT"\nfor last; do case "$last" in body@*) cat "${last#body@}" >> "$SENT";; esac; done\n'
HOSTILE_TITLE = "$(touch pwned) `touch pwned` ; touch pwned"


def read(path: Path) -> Any:  # noqa: ANN401  # what a YAML file holds
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def git(folder: Path, *arguments: str) -> str:
    identity = [
        "-c",
        "user.name=Gestionnaire",
        "-c",
        "user.email=gestionnaire@example.org",
        "-c",
        "commit.gpgsign=false",
    ]
    return subprocess.run(
        ["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True, timeout=60
    ).stdout.strip()  # fmt: skip


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Lay the project's content in a repository of two commits: the second withdraws a commitment."""
    folder = tmp_path / "depot"
    folder.mkdir()
    for name in ("ontology", "data", "shapes", "queries"):
        shutil.copytree(ROOT / name, folder / name)
    git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "Avant")
    path = folder / "data" / "actors" / "actors.ttl"
    path = path if path.exists() else next((folder / "data" / "actors").glob("*.ttl"))
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\n# une remarque\n", encoding="utf-8")
    git(folder, "commit", "--quiet", "--all", "--message", HOSTILE_TITLE)
    return folder


@pytest.mark.parametrize(
    ("schema", "path"),
    [("vendor.github-workflows", WORKFLOW), ("vendor.gitlab-ci", GITLAB)],
    ids=["github", "gitlab"],
)
def test_a_workflow_file_is_what_its_host_takes(schema: str, path: Path) -> None:
    done = subprocess.run(
        [BIN / "check-jsonschema", "--builtin-schema", schema, path],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_manifest_of_hooks_is_what_pre_commit_takes() -> None:
    done = subprocess.run(
        [BIN / "pre-commit", "validate-manifest", HOOKS],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert {hook["id"] for hook in read(HOOKS)} == {"accords-fmt", "accords-check"}


def test_nothing_of_a_pull_request_is_pasted_into_a_command() -> None:
    for step in read(WORKFLOW)["jobs"]["review"]["steps"]:
        assert "${{" not in step.get("run", "")


def surroundings(tmp_path: Path, repository: Path) -> dict[str, str]:
    """Return an environment in which `gh` and `curl` write what they would send."""
    fakes = tmp_path / "fakes"
    fakes.mkdir()
    for name in ("gh", "curl", "make"):
        (fakes / name).write_text(SENDER, encoding="utf-8")
        (fakes / name).chmod(0o755)
    base, head = git(repository, "rev-parse", "HEAD~1"), git(repository, "rev-parse", "HEAD")
    return {
        "PATH": os.pathsep.join([str(fakes), str(BIN), os.environ["PATH"]]),
        "HOME": str(tmp_path), "LC_ALL": "C.UTF-8", "SENT": str(tmp_path / "sent"), "BASE": base, "HEAD": head, "NUMBER": "7",
        "GH_TOKEN": "jeton", "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"), "GITHUB_PATH": str(tmp_path / "path"),
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "ACCORDS_TOKEN": "jeton", "CI_API_V4_URL": "http://127.0.0.1:9/api",
        "CI_PROJECT_ID": "1", "CI_MERGE_REQUEST_IID": "7",
    }  # fmt: skip


def run(script: str, repository: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script], cwd=repository, env=environment,
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


def test_the_github_workflow_reports_findings_and_posts_the_diff(tmp_path: Path, repository: Path) -> None:
    environment = surroundings(tmp_path, repository)
    for step in read(WORKFLOW)["jobs"]["review"]["steps"]:
        if "run" in step:
            done = run(step["run"], repository, environment)
            assert done.returncode == 0, (step["name"], done.stdout, done.stderr)
    assert json.loads((repository / "accords.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    sent = (tmp_path / "sent").read_text(encoding="utf-8").splitlines()
    assert sent[-7:] == ["pr", "comment", "7", "--edit-last", "--create-if-none", "--body-file", "diff.md"]
    assert (
        (tmp_path / "summary").read_text(encoding="utf-8")
        == (repository / "diff.md").read_text(encoding="utf-8")
        != ""
    )
    assert not (repository / "pwned").exists()


def test_the_gitlab_example_reports_findings_and_posts_the_diff(tmp_path: Path, repository: Path) -> None:
    job = read(GITLAB)["accords"]
    environment = surroundings(tmp_path, repository)
    git(repository, "remote", "add", "origin", str(repository))
    done = run("\n".join([*job["before_script"], *job["script"]]), repository, environment)
    assert done.returncode == 0, done.stdout + done.stderr
    issues = json.loads((repository / "gl-code-quality-report.json").read_text(encoding="utf-8"))
    assert {issue["severity"] for issue in issues} <= {"info", "minor", "major"}
    assert "/projects/1/merge_requests/7/notes" in (tmp_path / "sent").read_text(encoding="utf-8")


def test_a_hook_stops_a_commit_that_breaks_a_file(tmp_path: Path, repository: Path) -> None:
    hooks = [{**hook, "language": "system"} for hook in read(HOOKS)]
    (repository / ".pre-commit-config.yaml").write_text(
        yaml.safe_dump({"repos": [{"repo": "local", "hooks": hooks}]}), encoding="utf-8"
    )
    environment = {**surroundings(tmp_path, repository), "PRE_COMMIT_HOME": str(tmp_path / "cache")}
    broken = next((repository / "data" / "agreements").glob("*.ttl"))
    sound = broken.read_text(encoding="utf-8")
    git(repository, "add", ".")
    sane = run("pre-commit run --all-files --color never", repository, environment)
    assert sane.returncode == 0, sane.stdout
    assert sane.stdout.count("Passed") == len(hooks)
    broken.write_text(sound + "\nact:etat ae:inexistante 1 .\n", encoding="utf-8")
    git(repository, "add", ".")
    done = run("pre-commit run --color never", repository, environment)
    assert done.returncode == 1
    assert f"data/agreements/{broken.name}:" in done.stdout
    assert broken.read_text(encoding="utf-8").startswith(sound)


def test_files_keep_to_what_editors_are_told() -> None:
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    ).stdout.split("\0")  # fmt: skip
    exempt = ("tests/golden/", "tests/cases/", "tests/world/archive/")
    kept = [
        name for name in names if name and not name.startswith(exempt) and not name.endswith((".svg", ".png"))
    ]
    assert len(kept) > 300
    for name in kept:
        written = (ROOT / name).read_bytes()
        assert b"\r" not in written, name
        assert not written or written.endswith(b"\n"), name
        assert not any(line.endswith((b" ", b"\t")) for line in written.split(b"\n")), name
