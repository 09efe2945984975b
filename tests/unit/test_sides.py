"""What a person can compare: revisions, folders, parts of a project, files of RDF; and what is refused, in which words.

A small project is put under git; most tests read the JSON form.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import Quad, RdfFormat, serialize

from accords import loading
from calling import Caller
from committing import Committed, git
from laying import PROJECT
from small import small

if TYPE_CHECKING:
    from pathlib import Path

FILE = "data/agreements/a.ttl"
A = "https://w3id.org/accords-emploi/id/agreement/"


@dataclass(frozen=True)
class Little:
    """A small project with one record, committed once, and the folder beside it."""

    at: Committed
    beside: Path

    @property
    def root(self) -> Path:
        return self.at.root

    def __call__(self, *words: str) -> dict[str, Any]:
        called = self.at("--format", "json", *words)
        assert (called.code, called.err) == (0, "")
        found: dict[str, Any] = json.loads(called.out)
        return found

    def added(self, *words: str) -> list[str]:
        return [row["thing"]["curie"] for row in self(*words)["added"]]

    def removed(self, *words: str) -> list[str]:
        return [row["thing"]["curie"] for row in self(*words)["removed"]]

    def refused(self, *words: str, code: int = 2) -> str:
        """Return what is said of a call that fails, in both languages; the code is that of the README."""
        said = [self.at(*words, lang="fr"), self.at(*words, lang="en")]
        assert [one.code for one in said] == [code, code]
        assert [one.out for one in said] == ["", ""]
        assert said[0].err != said[1].err
        assert "Traceback" not in said[0].err
        return said[0].err + said[1].err

    def write(self, name: str, turtle: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(turtle, encoding="utf-8")

    def agreement(self, name: str, file: str = FILE) -> None:
        self.write(
            file,
            f'<{A}{name}> a <https://w3id.org/accords-emploi/def#Agreement> ; <urn:p> "{name}" , "x" , "y" .\n',
        )


@pytest.fixture
def little(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Little:
    """Return a small project under git, the working folder being in it."""
    root = tmp_path / "project"
    root.mkdir()
    small(root)
    made = Little(Committed(Caller(root, capsys)), tmp_path / "beside")
    made.beside.mkdir()
    made.agreement("wld-one")
    made.at.commit()
    monkeypatch.chdir(root)
    return made


# --- Revisions


def test_nothing_said_compares_the_last_revision_with_the_files(little: Little) -> None:
    little.agreement("wld-two", "data/agreements/b.ttl")
    assert little.added() == ["agr:wld-two"]


def test_one_revision_is_compared_with_the_files_and_two_with_each_other(little: Little) -> None:
    first = git(little.root, "rev-parse", "HEAD")
    little.agreement("wld-two", "data/agreements/b.ttl")
    little.at.commit()
    git(little.root, "tag", "v1")
    little.agreement("wld-three", "data/agreements/c.ttl")
    assert little.added(first) == ["agr:wld-three", "agr:wld-two"]
    assert little.added("HEAD~1", "v1") == ["agr:wld-two"]
    assert little.removed("v1", "HEAD~1") == ["agr:wld-two"]
    assert little.added("v1") == ["agr:wld-three"]


def test_the_files_of_a_revision_are_those_committed_whatever_is_on_the_disk(little: Little) -> None:
    little.agreement("wld-two")
    git(little.root, "add", "--all")  # staged, and changed again since
    little.agreement("wld-three")
    assert (little.added(), little.removed()) == (["agr:wld-three"], ["agr:wld-one"])
    assert git(little.root, "status", "--porcelain") == f"MM {FILE}"


def test_attributes_that_hide_or_rewrite_files_change_nothing(little: Little) -> None:
    little.write(".gitattributes", "*.ttl export-ignore export-subst\n")
    little.write(FILE, f'<{A}wld-one> <urn:p> "$Format:%H$" .\n')
    little.at.commit()
    assert little.at("--fail-on", "any").code == 0


def test_files_that_a_project_passes_over_are_passed_over_in_a_revision(little: Little) -> None:
    for name in (
        "ontology/migrations/a.ttl",
        "ontology/hygiene/b.ttl",
        "queries/c.ttl",
        "data/.hidden.ttl",
        "data/.d/e.ttl",
        "data/f.txt",
    ):
        little.agreement("wld-aside", name)
    little.at.commit()
    assert little.at("--fail-on", "any").code == 0
    assert little.removed("HEAD", "HEAD~1") == []


def test_a_project_in_a_folder_of_a_repository_and_in_a_worktree(
    little: Little, monkeypatch: pytest.MonkeyPatch
) -> None:
    outer = little.beside / "outer"
    shutil.copytree(little.root, outer / "deep" / "project", ignore=shutil.ignore_patterns(".git"))
    inner = replace(little, at=Committed(Caller(outer / "deep" / "project", little.at.call.printed)))
    git(outer, "init", "--quiet", "--initial-branch=main")
    git(outer, "add", "--all")
    git(outer, "commit", "--quiet", "--message", "whole")
    inner.agreement("wld-two", "data/agreements/b.ttl")
    assert inner.added() == ["agr:wld-two"]
    git(outer, "worktree", "add", "--quiet", str(little.beside / "tree"))
    other = replace(
        little, at=Committed(Caller(little.beside / "tree" / "deep" / "project", little.at.call.printed))
    )
    other.agreement("wld-three", "data/agreements/c.ttl")
    assert other.added() == ["agr:wld-three"]
    monkeypatch.setenv("GIT_DIR", str(little.root / ".git"))  # as a hook of another repository would
    assert other.added() == ["agr:wld-three"]


def test_a_link_inside_a_revision_stands_for_its_file(little: Little) -> None:
    (little.root / "data/agreements/link.ttl").symlink_to("a.ttl")
    (little.root / "data/agreements/astray.ttl").symlink_to("../../../nowhere.ttl")
    little.at.commit()
    (little.root / "data/agreements/astray.ttl").unlink()
    assert little.at("--fail-on", "any").code == 0


@pytest.mark.parametrize(
    "word",
    ["--output=x", "-x", ";rm -rf .", "a b", "$(touch x)", "HEAD; touch x", "é\u202e", "HEAD:data", "@{-1}", "^HEAD", "no/such", "a" * 5000],
)  # fmt: skip
def test_hostile_words_name_nothing_and_do_nothing(little: Little, word: str) -> None:
    before = sorted(little.root.iterdir())
    for typed in (word, f"rev:{word}"):
        said = little.refused("--", typed)
        assert "révision ou chemin introuvable" in said
        assert "\u202e" not in said
    assert sorted(little.root.iterdir()) == before


@pytest.mark.parametrize("word", ["", "rev:", "path:", "path:none"])
def test_empty_words_are_refused(little: Little, word: str) -> None:
    little.refused(word)


def test_a_close_branch_is_offered_and_a_range_is_taken_apart(little: Little) -> None:
    git(little.root, "branch", "relecture")
    assert "noms proches : relecture" in little.refused("relectur")
    assert "accords diff A B" in little.refused("main..relecture")
    assert "A B" in little.refused("HEAD", "HEAD", "HEAD") or "en trop" in little.refused(
        "HEAD", "HEAD", "HEAD"
    )


def test_a_revision_before_the_project_is_told(little: Little) -> None:
    git(little.root, "checkout", "--quiet", "--orphan", "bare")
    git(little.root, "rm", "-r", "--quiet", "--cached", ".")
    git(little.root, "commit", "--quiet", "--allow-empty", "--message", "nothing")
    assert "aucun fichier de projet" in little.refused("HEAD")


def test_a_folder_without_git_and_a_repository_without_revision_are_told(
    little: Little, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(little.root.parent))
    shutil.rmtree(little.root / ".git")
    assert "n'est pas dans un dépôt git" in little.refused()
    assert "chemin introuvable" in little.refused("HEAD")
    git(little.root, "init", "--quiet")
    assert "aucune révision" in little.refused()


def test_without_git_installed_paths_can_still_be_compared(
    little: Little, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accords.revisions.shutil.which", lambda _: None)
    assert "git : il n'est pas installé" in little.refused(code=3)
    assert little.at("--fail-on", "any", ".", str(little.root)).code == 0


# --- Paths


def test_two_folders_are_compared_without_git(little: Little) -> None:
    shutil.copytree(little.root, little.beside / "other", ignore=shutil.ignore_patterns(".git"))
    little.agreement("wld-two", "data/agreements/b.ttl")
    assert little.added(str(little.beside / "other"), ".") == ["agr:wld-two"]
    assert little.added(str(little.beside / "other")) == ["agr:wld-two"]


def test_a_name_of_both_a_path_and_a_revision_asks_which(little: Little) -> None:
    git(little.root, "branch", "data")
    said = little.refused("data")
    assert "path:data ou rev:data" in said
    little.agreement("wld-two", "data/agreements/b.ttl")
    assert little.added("rev:data") == ["agr:wld-two"]
    assert little.added("path:data") == ["agr:wld-two"]


def test_a_file_of_the_project_is_compared_with_itself_in_the_last_revision(little: Little) -> None:
    little.agreement("wld-two")
    little.agreement("wld-three", "data/agreements/b.ttl")
    assert (little.added(FILE), little.removed(FILE)) == (["agr:wld-two"], ["agr:wld-one"])
    assert little.added("data/agreements") == ["agr:wld-three", "agr:wld-two"]
    assert little.removed("HEAD", FILE) == ["agr:wld-one"]
    assert little.added(FILE, "HEAD") == ["agr:wld-one"]
    assert "couverture" in little(FILE)["notes"][0]["fr"]


def test_two_files_are_compared_wherever_they_are(little: Little) -> None:
    old = little.beside / "old.ttl"
    old.write_text((little.root / FILE).read_text(encoding="utf-8"), encoding="utf-8")
    little.agreement("wld-two")
    assert little.added(str(old), FILE) == ["agr:wld-two"]
    assert little.removed(str(old), FILE) == ["agr:wld-one"]
    assert little(str(old), FILE)["moved"] == []


@pytest.mark.parametrize(
    "name", ["release.nq", "release.nt", "release.ttl", "release.rdf", "release.jsonld", "release.trig"]
)
def test_a_release_is_compared_in_whatever_syntax(little: Little, name: str) -> None:
    folder = little.beside / "release"
    folder.mkdir()
    knowledge = loading.load(PROJECT)
    triples = [triple for document in knowledge.documents for triple in document.triples]
    syntax = RdfFormat.from_extension(name.rpartition(".")[2])
    assert syntax is not None
    quads = [Quad(t.subject, t.predicate, t.object) for t in triples] if syntax.supports_datasets else triples
    (folder / name).write_bytes(serialize(quads, format=syntax) or b"")
    (folder / "manifest.json").write_text("{}", encoding="utf-8")
    shutil.copytree(little.root, little.beside / "other", ignore=shutil.ignore_patterns(".git"))
    for part in ("data", "ontology"):
        shutil.rmtree(little.beside / "other" / part)
    shutil.copytree(PROJECT.ontology, little.beside / "other" / "ontology")
    shutil.copytree(PROJECT.data, little.beside / "other" / "data")
    called = little.at("--fail-on", "any", str(folder), str(little.beside / "other"))
    assert (called.code, called.err) == (0, ""), called.out


def test_what_is_no_rdf_is_refused(little: Little) -> None:
    (little.beside / "notes.txt").write_text("rien", encoding="utf-8")
    for path in (little.beside, little.beside / "notes.txt"):
        assert "ni un projet ni du RDF" in little.refused(str(path))


# --- What cannot be read


def test_a_side_that_does_not_parse_is_named_with_what_is_wrong(little: Little) -> None:
    little.write(FILE, f'<{A}wld-one> a <urn:c> ;; \n <urn:p> "open .\n')
    said = little.refused(code=3)
    assert "un des côtés est illisible (les fichiers présents), rien n'est comparé" in said
    assert f"{FILE}:2:" in said
    little.at.commit()
    little.agreement("wld-one")
    said = little.refused(code=3)
    assert "HEAD (" in said
    assert f"{FILE}:2:" in said


@pytest.mark.parametrize("name", ["broken.nq", "broken.ttl", "broken.jsonld"])
def test_a_release_that_does_not_parse_is_named_with_what_is_wrong(little: Little, name: str) -> None:
    (little.beside / name).write_text("{ <a", encoding="utf-8")
    assert f"{name}:1:" in little.refused(str(little.beside / name), code=3)


def test_many_errors_are_counted_not_all_listed(little: Little) -> None:
    for number in range(25):
        little.write(f"data/b{number:02}.ttl", "<a> <b .\n")
    assert "… et 5 de plus" in little.refused(code=3)
