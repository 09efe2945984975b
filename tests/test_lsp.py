"""`accords lsp` with an editor that speaks to it: every answer, in both languages, whatever happens."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from accords import formatting, turtle
from calling import invented
from editor import Editor, Refused, applied_to, place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calling import Caller

GRAVITY = {"error": 1, "warning": 2, "note": 3}
AGREEMENT = "data/agreements/wld-chambre-2024.ttl"
STATEMENT = "agr:wld-chambre-2024 a ae:Agreement ;\n"
HOSTILE = "[clic](command:workbench.action.quit) <img src=x onerror=alert(1)> `x` **gras** \\u202e"

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
    with Editor(project, cache, locale="en-GB") as one:
        yield one


@pytest.fixture
def uri(editor: Editor, project: Path) -> Iterator[str]:
    """Open the agreement as its file is, and close it at the end."""
    address = editor.open(project / AGREEMENT)
    yield address
    shut(editor, address)


def shut(editor: Editor, uri: str) -> None:
    editor.say("textDocument/didClose", {"textDocument": {"uri": uri}})


def checked(project: Path, cache: Path, path: Path, lang: str = "fr") -> list[tuple[Any, ...]]:
    """Return what `accords check FILE` finds in a file as it is saved."""
    command: list[str | Path] = [
        Path(sys.executable).parent / "accords",
        "--root",
        project,
        "check",
        path,
        "--format",
        "json",
        "--lang",
        lang,
    ]
    environment = {key: value for key, value in os.environ.items() if key != "ACCORDS_ARCHIVE"}
    environment["ACCORDS_CACHE"] = str(cache)
    done = subprocess.run(command, capture_output=True, env=environment, check=False, timeout=120)
    assert done.returncode in {0, 1}, done.stderr
    lines = turtle.Lines(text := path.read_text(encoding="utf-8"))
    return sorted(
        (
            row["code"],
            GRAVITY[row["severity"]],
            row["message"],
            *place(text, lines.offset(row["line"], row["column"])).values(),
        )
        for row in json.loads(done.stdout)["findings"]
    )


def seen(found: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Return findings as `checked` gives them."""
    rows = [(one["code"], one["severity"], one["message"], *one["range"]["start"].values()) for one in found]
    assert {one["source"] for one in found} <= {"accords"}
    return sorted(rows)


# Findings


def test_what_is_found_while_typing_is_what_check_finds(
    editor: Editor, uri: str, project: Path, cache: Path
) -> None:
    assert seen(editor.findings(uri)) == checked(project, cache, project / AGREEMENT)
    broken = editor.texts[uri].replace(
        "act:wld-chambre-port-sarcelle , act:wld-office ;", "act:wld-office ;", 1
    )
    editor.write(uri, broken)
    found = editor.findings(uri)
    assert "AG-03" in {one["code"] for one in found}
    other = project / "data/agreements/zz-draft.ttl"
    other.write_text(broken, encoding="utf-8")
    before = (project / AGREEMENT).read_text(encoding="utf-8")
    try:
        other.unlink()
        (project / AGREEMENT).write_text(broken, encoding="utf-8")
        assert seen(found) == checked(project, cache, project / AGREEMENT)
    finally:
        (project / AGREEMENT).write_text(before, encoding="utf-8")


def test_a_finding_is_gone_when_the_text_is_mended(editor: Editor, uri: str) -> None:
    clean = seen(editor.findings(uri))
    at = editor.texts[uri].index("agreement-type:cooperation-protocol")
    editor.type(uri, at, "wrong-")
    assert seen(editor.findings(uri)) != clean
    editor.type(uri, at, "", removed=6)
    assert seen(editor.findings(uri)) == clean


def test_the_range_of_a_finding_is_the_token_that_it_is_about(editor: Editor, uri: str) -> None:
    at = editor.texts[uri].index("act:wld-office ;")
    editor.type(uri, at, "act:wld-nobody", removed=len("act:wld-office"))
    found = [one for one in editor.findings(uri) if "wld-nobody" in one["message"]]
    expected = {
        "start": place(editor.texts[uri], at),
        "end": place(editor.texts[uri], at + len("act:wld-nobody")),
    }
    assert expected in [one["range"] for one in found]


def test_every_syntax_error_is_told(editor: Editor, uri: str) -> None:
    text = editor.texts[uri].replace("ae:theme", "aee:theme").replace("a ae:Excerpt", "a bee:Excerpt", 1)
    editor.write(uri, f"{text}\nagr:x a ae:Agreement ; skos:prefLabel .\n")
    said = [one["message"] for one in editor.findings(uri) if one["code"] == "FI-01"]
    assert len(said) == 3
    assert all(any(word in message for message in said) for word in ("aee:", "bee:", "valeur"))


def test_findings_are_cleared_when_the_file_is_closed(editor: Editor, project: Path) -> None:
    path = project / "data/agreements/wld-golden.ttl"
    uri = editor.open(path, path.read_text(encoding="utf-8") + "\nagr:wrong\n")
    assert editor.findings(uri)
    shut(editor, uri)
    editor.until(lambda: editor.marks[uri]["diagnostics"] == [])


def test_the_unsaved_text_of_another_open_file_counts(editor: Editor, uri: str, project: Path) -> None:
    at = editor.texts[uri].index("act:wld-office ;")
    editor.type(uri, at, "act:wld-tout-neuf", removed=len("act:wld-office"))
    unknown = {"WF-03"}  # described nowhere
    assert unknown <= {one["code"] for one in editor.findings(uri)}
    path = project / "data/actors/operators.ttl"
    record = (
        '\nact:wld-tout-neuf a ae:PublicOperator ; skos:prefLabel "Tout neuf"@fr , "Brand new"@en ;'
        " ae:actorType actor-type:employment-operator .\n"
    )
    other = editor.open(path, path.read_text(encoding="utf-8") + record)
    editor.until(lambda: not unknown & {one["code"] for one in editor.marks[uri]["diagnostics"]})
    shut(editor, other)


def test_a_finding_that_a_change_brings_about_in_a_closed_file_is_shown_there(
    editor: Editor, project: Path
) -> None:
    path = project / "data/actors/operators.ttl"
    text = path.read_text(encoding="utf-8")
    uri = editor.open(path)
    editor.findings(uri)
    editor.write(uri, text.replace("act:wld-office a ", "act:wld-bureau a ", 1))
    told = (project / AGREEMENT).as_uri()
    editor.until(lambda: bool(editor.marks.get(told, {}).get("diagnostics")))
    assert all("wld-office" in one["message"] for one in editor.marks[told]["diagnostics"])
    editor.write(uri, text)
    editor.until(lambda: not editor.marks[told]["diagnostics"])
    shut(editor, uri)


def test_findings_are_said_in_the_language_of_the_editor(english: Editor, project: Path, cache: Path) -> None:
    path = project / AGREEMENT
    uri = english.open(path)
    assert seen(english.findings(uri)) == checked(project, cache, path, "en")
    english.write(
        uri, english.texts[uri].replace("agreement-type:cooperation-protocol", "agreement-type:nothing")
    )
    assert any("To do: " in one["message"] for one in english.findings(uri))
    shut(english, uri)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_places_are_counted_as_the_client_asks(encoding: str, project: Path, cache: Path) -> None:
    path = project / AGREEMENT
    text = path.read_text(encoding="utf-8").replace(
        STATEMENT, 'agr:wld-chambre-2024 skos:note "😀 fête à Noël"@fr ; a ae:Agreement ;\n'
    )
    line = next(line for line in text.split("\n") if "😀" in line)
    before = line[: line.index("ae:Agreement")]
    width = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[encoding]
    character = len(before.encode("utf-8" if width == 1 else f"{encoding}-le")) // width
    with Editor(project, cache, encodings=(encoding,)) as editor:
        assert editor.able["capabilities"]["positionEncoding"] == encoding
        uri = editor.open(path, text)
        where = {"line": text.split("\n").index(line), "character": character + 2}
        shown = editor.ask("textDocument/hover", {"textDocument": {"uri": uri}, "position": where})
        assert "**accord**" in shown["contents"]["value"]
        assert shown["range"]["start"]["character"] == character
        assert shown["range"]["end"]["character"] == character + len("ae:Agreement")


def test_an_edit_behind_an_emoji_lands_where_it_was_made(editor: Editor, uri: str) -> None:
    at = editor.texts[uri].index("Protocole de coopération")
    editor.type(uri, at, "😀é ")
    editor.type(uri, at + 3, "x")
    editor.type(
        uri, editor.texts[uri].index("é de la Chambre") if "é de la Chambre" in editor.texts[uri] else at, ""
    )
    shown = editor.ask("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    assert any(one["name"].startswith("😀é xProtocole") for one in shown)


# Hover


def test_a_term_a_record_a_concept_and_an_excerpt_are_told_under_the_pointer(
    editor: Editor, uri: str
) -> None:
    def shown(words: str) -> str:
        return str(editor.ask("textDocument/hover", editor.on(uri, words, 3))["contents"]["value"])

    term = shown("ae:Agreement ;")
    assert term.startswith("**accord**\n\n`ae:Agreement` · classe")
    assert term.index("Entente formalisée") < term.index("Formalised understanding")
    record = shown(STATEMENT)
    assert "**Protocole de coopération de la Chambre de Port-Sarcelle**" in record
    assert "> « Un avenant" in record or "> « " in record
    assert "- Parties : " in record
    assert "a pris fin le 30 juin 2025" in shown("exc:wld-chambre-fin a")
    assert "agreement-type:cooperation-protocol" in shown("agreement-type:cooperation-protocol")


def test_the_reader_s_language_comes_first(english: Editor, project: Path) -> None:
    uri = english.open(project / AGREEMENT)
    shown = english.ask("textDocument/hover", english.on(uri, "ae:Agreement ;", 3))["contents"]["value"]
    assert shown.startswith("**agreement**")
    assert shown.index("Formalised understanding") < shown.index("Entente formalisée")
    shut(english, uri)


def test_a_concept_is_told_with_its_path(editor: Editor, project: Path) -> None:
    path = project / "data/agreements/wld-golden.ttl"
    uri = editor.open(path, path.read_text(encoding="utf-8") + "\nagr:wld-x ae:theme theme:data-sharing .\n")
    shown = editor.ask("textDocument/hover", editor.on(uri, "theme:data-sharing", 8))["contents"]["value"]
    assert "gouvernance et pilotage › partage de données" in shown
    shut(editor, uri)


def test_nothing_that_a_label_says_can_act(editor: Editor, uri: str) -> None:
    text = editor.texts[uri].replace("Protocole de coopération de la Chambre de Port-Sarcelle", HOSTILE)
    editor.write(uri, text)
    shown = editor.ask("textDocument/hover", editor.on(uri, STATEMENT, 3))["contents"]["value"]
    assert "clic" in shown
    assert not re.search(r"(?<!\\)(?:\]\(|<|`x)", shown)
    assert "\u202e" not in shown


def test_nothing_is_told_inside_a_text_or_a_comment(editor: Editor, uri: str) -> None:
    assert editor.ask("textDocument/hover", editor.on(uri, "Protocole de coopération", 3)) is None
    editor.type(uri, 0, "# ae:Agreement\n")
    assert editor.ask("textDocument/hover", editor.at(uri, 5)) is None


def test_a_client_without_markdown_is_sent_plain_text(project: Path, cache: Path) -> None:
    able = {"textDocument": {"hover": {"contentFormat": ["plaintext"]}}}
    with Editor(project, cache, capabilities=able) as editor:
        uri = editor.open(project / AGREEMENT)
        shown = editor.ask("textDocument/hover", editor.on(uri, "ae:Agreement ;", 3))["contents"]
        assert shown["kind"] == "plaintext"
        assert shown["value"].startswith("accord\n")


# Completion


def offered(editor: Editor, uri: str, offset: int) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = editor.ask("textDocument/completion", editor.at(uri, offset))["items"]
    return items


def test_the_properties_of_a_class_are_offered_the_missing_ones_first(editor: Editor, uri: str) -> None:
    end = len(editor.texts[uri])
    editor.type(uri, end, '\nagr:wld-neuf a ae:Agreement ;\n  skos:prefLabel "Neuf"@fr ;\n  ')
    labels = [item["label"] for item in offered(editor, uri, len(editor.texts[uri]))]
    assert labels[0] == "ae:agreementType"
    assert "skos:prefLabel" not in labels
    assert labels.index("ae:hasParty") < labels.index("ae:theme")
    first = offered(editor, uri, len(editor.texts[uri]))[0]
    assert first["detail"] == "type d'accord (obligatoire)"


def test_the_concepts_of_the_scheme_that_a_property_takes_are_offered_by_label(
    editor: Editor, uri: str
) -> None:
    at = editor.texts[uri].index("agreement-type:cooperation-protocol")
    items = offered(editor, uri, at)
    assert items
    assert {item["label"].partition(":")[0] for item in items} == {"agreement-type"}
    editor.type(uri, at, "COOPERATION", removed=len("agreement-type:cooperation-protocol"))
    first = offered(editor, uri, at + 11)[0]
    assert (
        first["textEdit"]["newText"] == "agreement-type:cooperation-agreement"
        or "cooperation" in first["label"]
    )
    assert first["filterText"].startswith("COOPERATION")
    told = editor.ask("completionItem/resolve", first)["documentation"]["value"]
    assert "concept" in told


def test_the_records_of_the_class_that_a_property_takes_are_offered_by_label(
    editor: Editor, uri: str
) -> None:
    at = editor.texts[uri].index("ter:wld-sarcelle ;")
    editor.type(uri, at, "sarc", removed=len("ter:wld-sarcelle"))
    labels = [item["label"] for item in offered(editor, uri, at + 4)]
    assert labels[0].startswith("ter:")
    assert "ter:wld-sarcelle" in labels


def test_what_is_typed_with_a_prefix_is_completed(editor: Editor, uri: str) -> None:
    at = editor.texts[uri].index("agreement-status:terminated")
    editor.type(uri, at, "agreement-status:term", removed=len("agreement-status:terminated"))
    items = offered(editor, uri, at + len("agreement-status:term"))
    assert [item["label"] for item in items] == ["agreement-status:terminated"]
    assert items[0]["textEdit"]["range"]["start"] == place(editor.texts[uri], at)


def test_a_prefix_that_is_not_declared_comes_with_its_declaration(editor: Editor, uri: str) -> None:
    text = "\n".join(line for line in editor.texts[uri].split("\n") if "@prefix theme:" not in line)
    text = text.replace("ae:legalBasis", "ae:theme partage de donn ;\n  ae:legalBasis", 1)
    editor.write(uri, text)
    item = next(
        one
        for one in offered(editor, uri, text.index("de donn ;") + 7)
        if one["label"] == "theme:data-sharing"
    )
    edit = item["additionalTextEdits"][0]
    assert edit["newText"].strip() == "@prefix theme: <https://w3id.org/accords-emploi/concept/theme/> ."
    applied = applied_to(applied_to(text, [item["textEdit"]]), [edit])
    assert not turtle.read(applied).problems


def test_classes_are_offered_behind_a(english: Editor, project: Path) -> None:
    uri = english.open(project / AGREEMENT)
    english.type(uri, len(english.texts[uri]), "\nagr:wld-neuf a agree")
    items = offered(english, uri, len(english.texts[uri]))
    assert items[0]["label"] == "ae:Agreement"
    assert items[0]["detail"] == "agreement"
    shut(english, uri)


def test_nothing_is_offered_in_a_text_a_comment_or_behind_a_value(editor: Editor, uri: str) -> None:
    assert offered_or_none(editor, uri, editor.texts[uri].index("Protocole de coopération") + 4) == []
    assert offered_or_none(editor, uri, 5) == []


def offered_or_none(editor: Editor, uri: str, offset: int) -> list[dict[str, Any]]:
    return offered(editor, uri, offset)


# Finding, renaming, layout


def test_a_name_leads_to_where_it_is_described(editor: Editor, uri: str, project: Path) -> None:
    [there] = editor.ask("textDocument/definition", editor.on(uri, "act:wld-office ;", 5))
    path = project / "data/actors/operators.ttl"
    assert there["uri"] == path.as_uri()
    line = path.read_text(encoding="utf-8").split("\n")[there["range"]["start"]["line"]]
    assert line.startswith("act:wld-office a ")
    [term] = editor.ask("textDocument/definition", editor.on(uri, "ae:Agreement ;", 5))
    assert term["uri"].endswith("ontology/agreements.ttl")


def test_every_place_that_names_a_thing_is_found_unsaved_text_included(editor: Editor, uri: str) -> None:
    asked = {**editor.on(uri, "act:wld-office ;", 5), "context": {"includeDeclaration": True}}
    before = editor.ask("textDocument/references", asked)
    editor.type(uri, len(editor.texts[uri]), "\nagr:wld-x ae:hasParty act:wld-office .\n")
    after = editor.ask("textDocument/references", asked)
    assert len(after) == len(before) + 1
    assert len({one["uri"] for one in after}) > 2
    without = editor.ask("textDocument/references", {**asked, "context": {"includeDeclaration": False}})
    assert len(without) == len(after) - 1


def test_the_records_of_a_file_and_of_the_project_are_listed_by_label(editor: Editor, uri: str) -> None:
    outline = editor.ask("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    assert ("Protocole de coopération de la Chambre de Port-Sarcelle", "agr:wld-chambre-2024") in [
        (one["name"], one["detail"]) for one in outline
    ]
    found = editor.ask("workspace/symbol", {"query": "PORT sarcelle"})
    assert "act:wld-chambre-port-sarcelle" in {one["containerName"] for one in found}


def test_a_text_is_laid_out_as_fmt_does(editor: Editor, uri: str) -> None:
    untidy = (
        editor.texts[uri]
        .replace(" ;\n  ", ";\n      ")
        .replace("agr:wld-chambre-2024 a", "agr:wld-chambre-2024    a")
    )
    editor.write(uri, untidy)
    options = {"tabSize": 2, "insertSpaces": True}
    edits = editor.ask("textDocument/formatting", {"textDocument": {"uri": uri}, "options": options})
    assert applied_to(untidy, edits) == formatting.of_bytes(untidy.encode(), "x").after.decode()
    assert edits


def test_a_faulty_text_is_not_laid_out_and_the_reader_told(editor: Editor, uri: str) -> None:
    editor.write(uri, editor.texts[uri] + "\nagr:wrong   a\n")
    options = {"tabSize": 2, "insertSpaces": True}
    assert editor.ask("textDocument/formatting", {"textDocument": {"uri": uri}, "options": options}) == []
    messages = [one["params"]["message"] for one in editor.told if one["method"] == "window/showMessage"]
    assert any("laissé tel quel" in message and AGREEMENT in message for message in messages)


# Whatever happens


def test_random_edits_end_with_what_check_finds(editor: Editor, project: Path, cache: Path) -> None:
    chance = random.Random(2024)  # noqa: S311  # the same edits at every run
    path = project / "data/agreements/wld-convention-2023.ttl"
    saved = path.read_text(encoding="utf-8")
    uri = editor.open(path)
    try:
        for round_ in range(4):
            for _ in range(12):
                at = chance.randrange(len(editor.texts[uri]))
                if chance.random() < 0.4:
                    editor.type(uri, at, "", removed=min(chance.randrange(1, 4), len(editor.texts[uri]) - at))
                else:
                    for letter in chance.choice(
                        ["😀", "é", " ;", '"', "\n", "ae:theme", " .", "<", "act:x , "]
                    ):
                        editor.type(uri, at, letter)
                        at += 1
            path.write_text(editor.texts[uri], encoding="utf-8")
            assert seen(editor.findings(uri)) == checked(project, cache, path), round_
            editor.write(uri, saved)
    finally:
        path.write_text(saved, encoding="utf-8")
        shut(editor, uri)


def test_files_that_are_none_of_its_business_do_no_harm(editor: Editor, tmp_path: Path) -> None:
    for name, text in (
        ("notes.txt", "words"),
        ("x.ttl", "<urn:a> a <urn:b> ."),
        ("binary.ttl", "\0\x01PK"),
        ("half.ttl", "\ud800"),
    ):
        path = tmp_path / name
        uri = editor.open(path, text)
        shown = editor.ask("textDocument/hover", editor.at(uri, 0))
        assert (shown is None) == (name != "x.ttl")
        if name.endswith(".ttl"):
            assert isinstance(editor.findings(uri), list)
        shut(editor, uri)
    editor.open(Path("/nowhere/at/all.ttl"), "a")
    assert editor.ask("workspace/symbol", {"query": "zzzzzz"}) == []


def test_a_file_that_is_deleted_while_it_is_open_is_still_checked(editor: Editor, project: Path) -> None:
    path = project / "data/agreements/zz-gone.ttl"
    path.write_text(
        "@prefix agr: <https://w3id.org/accords-emploi/id/agreement/> .\nagr:wld-gone a agr:Wrong .\n",
        encoding="utf-8",
    )
    uri = editor.open(path)
    before = seen(editor.findings(uri))
    path.unlink()
    editor.say("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri, "type": 3}]})
    editor.type(uri, 0, "\n")
    assert [row[:2] for row in seen(editor.findings(uri))] == [row[:2] for row in before]
    shut(editor, uri)


def test_a_file_that_changes_on_disk_is_read_again(editor: Editor, project: Path) -> None:
    path = project / "data/actors/zz-new.ttl"
    assert editor.ask("workspace/symbol", {"query": "apparition soudaine"}) == []
    path.write_text(
        "@prefix act: <https://w3id.org/accords-emploi/id/actor/> .\n@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        'act:wld-apparu skos:prefLabel "Apparition soudaine"@fr .\n',
        encoding="utf-8",
    )
    try:
        editor.say("workspace/didChangeWatchedFiles", {"changes": [{"uri": path.as_uri(), "type": 1}]})
        assert [
            one["containerName"] for one in editor.ask("workspace/symbol", {"query": "apparition soudaine"})
        ] == ["act:wld-apparu"]
    finally:
        path.unlink()
        editor.say("workspace/didChangeWatchedFiles", {"changes": [{"uri": path.as_uri(), "type": 3}]})


def test_a_file_of_five_megabytes_is_checked_and_the_server_answers(
    editor: Editor, uri: str, project: Path
) -> None:
    one = '<urn:x:{}> <urn:p> "words and more words, so that the line is long enough to count" .\n'
    text = "".join(one.format(number) for number in range(60_000))
    large = editor.open(project / "data/zz-large.ttl", text)
    assert editor.ask("textDocument/hover", editor.on(uri, "ae:Agreement ;", 3)) is not None
    assert editor.ask("textDocument/hover", editor.at(large, 3)) is None
    editor.findings(large)
    shut(editor, large)


def test_a_request_that_is_unknown_or_senseless_does_not_end_the_server(editor: Editor, uri: str) -> None:
    with pytest.raises(Refused):
        editor.ask("textDocument/unheardOf", {})
    far = {"textDocument": {"uri": uri}, "position": {"line": 10_000, "character": 10_000}}
    assert editor.ask("textDocument/hover", far) is None
    editor.say(
        "textDocument/didChange",
        {"textDocument": {"uri": "file:///not/open.ttl", "version": 2}, "contentChanges": [{"text": "x"}]},
    )
    assert editor.ask("textDocument/hover", editor.on(uri, "ae:Agreement ;", 3)) is not None


@pytest.mark.parametrize(("locale", "said"), [("fr", "aucun projet"), ("en", "no project")])
def test_a_folder_without_project_is_told_once(tmp_path: Path, locale: str, said: str) -> None:
    with Editor(tmp_path, tmp_path, locale=locale) as editor:
        uri = editor.open(tmp_path / "a.ttl", "<urn:a> a <urn:b> .")
        assert editor.ask("textDocument/hover", editor.at(uri, 1)) is None
        told = [one["params"]["message"] for one in editor.told if one["method"] == "window/showMessage"]
        assert len(told) == 1
        assert said in told[0]


def test_an_editor_that_leaves_without_a_word_gets_code_1(project: Path, cache: Path) -> None:
    for farewell in ("exit", "end of input"):
        editor = Editor(project, cache)
        if farewell == "exit":
            editor.say("exit", None)
        else:
            assert editor.server.stdin is not None
            editor.server.stdin.close()
        assert editor.end() == 1


def test_the_server_and_its_child_end_when_the_editor_is_gone(project: Path, cache: Path) -> None:
    someone = subprocess.Popen(["sleep", "600"])
    editor = Editor(project, cache, process=someone.pid)
    uri = editor.open(project / AGREEMENT)
    editor.findings(uri)
    children = (
        Path(f"/proc/{editor.server.pid}/task/{editor.server.pid}/children")
        .read_text(encoding="ascii")
        .split()
    )
    assert children
    someone.kill()
    someone.wait(10)
    assert editor.end() == 1
    deadline = time.monotonic() + 30
    while any(Path(f"/proc/{child}").exists() for child in children) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(Path(f"/proc/{child}").exists() for child in children)


def test_a_check_that_dies_is_started_again(project: Path, cache: Path) -> None:
    with Editor(project, cache) as editor:
        uri = editor.open(project / AGREEMENT)
        clean = seen(editor.findings(uri))
        children = Path(f"/proc/{editor.server.pid}/task/{editor.server.pid}/children").read_text(
            encoding="ascii"
        )
        for child in children.split():
            os.kill(int(child), 9)
        editor.type(uri, 0, "\n")
        editor.type(uri, 0, "", removed=1)
        assert seen(editor.findings(uri)) == clean


@pytest.mark.parametrize(("lang", "said"), [("fr", "n'est pas installé"), ("en", "is not installed")])
def test_without_the_extra_the_reader_is_told_what_to_install(
    lang: str, said: str, call: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    left = call("lsp", lang=lang)  # type: ignore[arg-type]  # one of the two
    assert left.code == 3
    assert said in left.err
    assert "pip install 'accords-emploi[lsp]'" in left.err
