"""A name changed from an editor is what `accords rename` writes, to the byte, the open texts as if they were saved."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from accords import journal
from calling import invented
from editor import Editor, Refused, applied_to

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

AGREEMENT = "data/agreements/wld-chambre-2024.ttl"
THEMES = "ontology/concepts/theme.ttl"
RENAMED = {  # the file in which one stands on a name, the words it stands on, the name, the new one
    "a record": (
        AGREEMENT,
        "agr:wld-chambre-2024 a",
        "agr:wld-chambre-2024",
        "agr:wld-chambre-rebaptisee",
    ),
    "an actor": (AGREEMENT, "act:wld-office", "act:wld-office", "wld-bureau"),
    "a concept that queries name": (THEMES, "theme:governance a", "theme:governance", "theme:steering"),
    "a property": (AGREEMENT, "ae:hasParty", "ae:hasParty", "ae:party"),
}

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return invented(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def editor(project: Path, cache: Path) -> Iterator[Editor]:
    with Editor(project, cache) as one:
        yield one


@pytest.fixture(scope="module")
def english(project: Path, cache: Path) -> Iterator[Editor]:
    able = {"workspace": {"workspaceEdit": {"documentChanges": True}}}
    with Editor(project, cache, locale="en-GB", capabilities=able) as one:
        yield one


def shut(editor: Editor, *addresses: str) -> None:
    for uri in addresses:
        editor.say("textDocument/didClose", {"textDocument": {"uri": uri}})


def asked(editor: Editor, uri: str, words: str, new: str) -> dict[str, Any]:
    edit: dict[str, Any] = editor.ask("textDocument/rename", {**editor.on(uri, words, 5), "newName": new})
    return edit


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def edited(editor: Editor, root: Path, changes: Mapping[str, list[dict[str, Any]]]) -> dict[str, bytes]:
    """Return every file of a project as it will be once all that is open, and all that changes, is saved."""
    after = files(root)
    for uri in {*editor.texts, *changes}:
        name = Path(uri.removeprefix("file://")).relative_to(root).as_posix()
        saved = after.get(name, b"").decode("utf-8-sig")
        mark = b"\xef\xbb\xbf" if after.get(name, b"").startswith(b"\xef\xbb\xbf") else b""
        text = editor.texts.get(uri, saved)
        after[name] = mark + applied_to(text, changes.get(uri, [])).encode()
    return after


def commanded(root: Path, old: str, new: str, *words: str, lang: str = "fr") -> tuple[int, str]:
    """Return the exit code of `accords rename`, and what it says."""
    command: list[str | Path] = [Path(sys.executable).parent / "accords", "--root", root, "--lang", lang]
    done = subprocess.run(
        [*command, "rename", old, new, *words, "--yes"], capture_output=True, check=False, timeout=120
    )
    return done.returncode, done.stderr.decode()


def copied(root: Path, to: Path, texts: Mapping[str, str]) -> Path:
    """Copy a project, with what an editor has open saved."""
    copy = shutil.copytree(root, to / "copy")
    for uri, text in texts.items():
        (copy / Path(uri.removeprefix("file://")).relative_to(root)).write_text(
            text, encoding="utf-8", newline=""
        )
    return copy


@pytest.mark.parametrize("renamed", RENAMED.values(), ids=RENAMED)
def test_what_the_editor_is_sent_is_what_the_command_writes(
    editor: Editor, project: Path, tmp_path: Path, renamed: tuple[str, str, str, str]
) -> None:
    file, words, old, new = renamed
    editor.texts.clear()
    uri = editor.open(project / file)
    prepared = editor.ask("textDocument/prepareRename", editor.on(uri, words, 5))
    assert prepared["placeholder"] == old
    changes = asked(editor, uri, words, new)["changes"]
    copy = copied(project, tmp_path, {})
    assert commanded(copy, old, new)[0] == 0
    assert edited(editor, project, changes) == files(copy)
    written = b"".join(edited(editor, project, changes).values())
    assert b"dcterms:isReplacedBy" in written
    assert any(address.endswith(".rq") for address in changes) == (old in {"theme:governance", "ae:hasParty"})
    shut(editor, uri)


def test_unsaved_texts_new_files_and_open_queries_count_as_they_are(
    editor: Editor, project: Path, tmp_path: Path
) -> None:
    editor.texts.clear()
    agreement = editor.open(project / AGREEMENT)
    first = editor.texts[agreement].index("agr:wld-chambre-2024 a")
    editor.type(agreement, first, "# été 😀 theme:training\n\n")
    new = editor.open(
        project / "data/agreements/zz-new.ttl",
        "@prefix ag: <https://w3id.org/accords-emploi/id/agreement/> .\r\n\r\n"
        "<urn:x:é> <urn:x:seen> ag:wld-chambre-2024 , <urn:x:😀> .\r\n",
    )
    query = project / "queries/governance/agreements-without-body.rq"
    asking = editor.open(query, query.read_text(encoding="utf-8") + "# end\n")
    at = editor.texts[asking].index("SELECT")
    editor.type(asking, at, "# é 😀 <https://w3id.org/accords-emploi/id/agreement/wld-chambre-2024>\n")
    editor.type(
        asking,
        editor.texts[asking].rindex("}"),
        "FILTER (?a != <https://w3id.org/accords-emploi/id/agreement/wld-chambre-2024>) ",
    )
    copy = copied(project, tmp_path, editor.texts)
    changes = asked(editor, agreement, "agr:wld-chambre-2024 a", "agr:wld-chambre-neuf")["changes"]
    assert {agreement, new, asking} <= set(changes)
    assert commanded(copy, "agr:wld-chambre-2024", "agr:wld-chambre-neuf")[0] == 0
    assert edited(editor, project, changes) == files(copy)
    shut(editor, agreement, new, asking)


def test_edits_carry_the_versions_of_the_open_texts(english: Editor, project: Path) -> None:
    uri = english.open(project / AGREEMENT)
    english.type(uri, 0, "\n")
    made = asked(english, uri, "agr:wld-chambre-2024 a", "wld-chambre-neuf")["documentChanges"]
    versions = {one["textDocument"]["uri"]: one["textDocument"]["version"] for one in made}
    assert versions.pop(uri) == english.versions[uri]
    assert set(versions.values()) == {None}
    shut(english, uri)


def test_a_name_that_no_file_has_ever_held_leaves_no_tombstone(editor: Editor, project: Path) -> None:
    editor.texts.clear()
    uri = editor.open(project / AGREEMENT)
    editor.type(
        uri,
        len(editor.texts[uri]),
        "\nagr:wld-jamais-lu a ae:Agreement .\n<urn:x> <urn:y> agr:wld-jamais-lu .\n",
    )
    changes = asked(editor, uri, "agr:wld-jamais-lu a", "agr:wld-bien-ecrit")["changes"]
    after = edited(editor, project, changes)[AGREEMENT].decode()
    assert after == editor.texts[uri].replace("wld-jamais-lu", "wld-bien-ecrit")
    shut(editor, uri)


@pytest.mark.parametrize("held", ["data/agreements/zz-held.ttl", "ontology/released.ttl", AGREEMENT])
def test_a_name_that_a_file_on_disk_holds_keeps_its_tombstone(
    editor: Editor, project: Path, held: str
) -> None:
    editor.texts.clear()
    saved = (project / held).read_bytes() if (project / held).exists() else None
    mark = "\n<urn:x> <urn:y> <https://w3id.org/accords-emploi/id/agreement/wld-deja-lu> .\n"
    (project / held).write_text(((saved or b"").decode()) + mark, encoding="utf-8")
    try:
        uri = editor.open(project / AGREEMENT)
        editor.write(uri, editor.texts[uri].replace(mark, "") + "\nagr:wld-deja-lu a ae:Agreement .\n")
        changes = asked(editor, uri, "agr:wld-deja-lu a", "agr:wld-bien-ecrit")["changes"]
        after = edited(editor, project, changes)[AGREEMENT].decode()
        assert "agr:wld-deja-lu a ae:Agreement ;\n  owl:deprecated true" in after
        shut(editor, uri)
    finally:
        if saved is None:
            (project / held).unlink()
        else:
            (project / held).write_bytes(saved)


def test_marks_and_line_ends_of_files_that_are_not_open_stay(
    editor: Editor, project: Path, tmp_path: Path
) -> None:
    editor.texts.clear()
    path = project / "data/zz-marked.ttl"
    path.write_bytes(
        "\ufeff@prefix x: <https://w3id.org/accords-emploi/id/agreement/> . x:a <urn:x:é😀> x:wld-chambre-2024 .\r\n".encode()
    )
    try:
        uri = editor.open(project / AGREEMENT)
        changes = asked(editor, uri, "agr:wld-chambre-2024 a", "wld-chambre-neuf")["changes"]
        assert path.as_uri() in changes
        copy = copied(project, tmp_path, {})
        assert commanded(copy, "agr:wld-chambre-2024", "wld-chambre-neuf")[0] == 0
        assert edited(editor, project, changes) == files(copy)
        shut(editor, uri)
    finally:
        path.unlink()


def test_what_is_typed_is_read_with_the_prefixes_of_the_file(editor: Editor, project: Path) -> None:
    editor.texts.clear()
    text = (project / AGREEMENT).read_text(encoding="utf-8").replace("agr:", "acc:")
    uri = editor.open(project / AGREEMENT, text)
    changes = asked(editor, uri, "acc:wld-chambre-2024 a", "acc:wld-chambre-neuf")["changes"]
    after = edited(editor, project, changes)
    assert "acc:wld-chambre-neuf a ae:Agreement" in after[AGREEMENT].decode()
    assert "agr:wld-chambre-neuf" in after["data/agreements/wld-chambre-2027.ttl"].decode()
    shut(editor, uri)


def test_what_still_names_the_old_one_and_the_parts_are_told(english: Editor, project: Path) -> None:
    english.texts.clear()
    uri = english.open(project / AGREEMENT)
    english.type(uri, 0, "# see agr:wld-chambre-2024\n")
    asked(english, uri, "agr:wld-chambre-2024 a", "wld-chambre-neuf")
    told = [one["params"]["message"] for one in english.told if one["method"] == "window/showMessage"]
    assert "records are named after it and stay so" in told[-1]
    assert f"still stands in a comment or a text: {AGREEMENT}:1" in told[-1]
    shut(english, uri)


REFUSED = {  # what is typed in place of agr:wld-chambre-2024
    "taken": "agr:wld-golden",
    "of another kind": "act:wld-office",
    "nothing": "",
    "a term": "ae:Agreement",
    "two words": "a b",
    "the same": "wld-chambre-2024",
    "too long": "n" * 61,
}


@pytest.mark.parametrize("typed", REFUSED.values(), ids=REFUSED)
def test_what_the_command_refuses_is_refused_with_its_words(
    editor: Editor, english: Editor, project: Path, typed: str
) -> None:
    for one, lang in ((editor, "fr"), (english, "en")):
        uri = one.open(project / AGREEMENT)
        with pytest.raises(Refused) as refused:
            asked(one, uri, "agr:wld-chambre-2024 a", typed)
        code, said = commanded(project, "agr:wld-chambre-2024", typed, lang=lang)
        assert code == 2
        assert said.removeprefix("accords: ").replace("\n  → ", " → ").strip() == refused.value.message
        shut(one, uri)


@pytest.mark.parametrize(
    ("words", "old"),
    [
        ("skos:prefLabel", "skos:prefLabel"),
        ("men:wld-tripartite-2023-soins a", "men:wld-tripartite-2023-soins"),
    ],
)
def test_what_cannot_be_renamed_is_refused_when_the_name_is_asked_for(
    editor: Editor, project: Path, words: str, old: str
) -> None:
    path = next(one for one in (project / "data").rglob("*.ttl") if words in one.read_text(encoding="utf-8"))
    uri = editor.open(path)
    with pytest.raises(Refused) as refused:
        editor.ask("textDocument/prepareRename", editor.on(uri, words, 5))
    said = commanded(project, old, "x")[1]
    assert said.removeprefix("accords: ").replace("\n  → ", " → ").strip() == refused.value.message
    shut(editor, uri)


@pytest.mark.parametrize("words", ["Protocole de coopération", "a ae:Agreement"])
def test_what_is_no_name_is_not_renamed(editor: Editor, project: Path, words: str) -> None:
    uri = editor.open(project / AGREEMENT)
    with pytest.raises(Refused, match="pas le nom d'une fiche"):
        editor.ask("textDocument/prepareRename", editor.on(uri, words, 0))
    shut(editor, uri)


def test_a_name_that_nothing_describes_is_refused_with_where_it_stands(editor: Editor, project: Path) -> None:
    uri = editor.open(project / AGREEMENT)
    editor.type(uri, len(editor.texts[uri]), "\n<urn:x> <urn:y> agr:wld-inconnu .\n")
    with pytest.raises(Refused, match=r"agr:wld-inconnu.*wld-chambre-2024\.ttl"):
        asked(editor, uri, "agr:wld-inconnu", "agr:x")
    shut(editor, uri)


def test_a_file_that_does_not_parse_stops_everything_as_it_stops_the_command(
    editor: Editor, project: Path
) -> None:
    uri = editor.open(project / AGREEMENT)
    broken = editor.open(project / "data/zz-broken.ttl", "agr:wld-chambre-2024 a")
    with pytest.raises(Refused, match=r"data/zz-broken\.ttl.*accords check data/zz-broken\.ttl"):
        asked(editor, uri, "agr:wld-chambre-2024 a", "wld-chambre-neuf")
    shut(editor, uri, broken)


def test_nothing_is_renamed_while_a_command_is_to_be_finished(editor: Editor, project: Path) -> None:
    uri = editor.open(project / AGREEMENT)
    (project / journal.JOURNAL).write_text('{"title": "accords rename a b", "files": []}', encoding="utf-8")
    try:
        with pytest.raises(Refused, match="une commande interrompue reste à finir : accords rename a b"):
            asked(editor, uri, "agr:wld-chambre-2024 a", "wld-chambre-neuf")
    finally:
        (project / journal.JOURNAL).unlink()
    shut(editor, uri)
