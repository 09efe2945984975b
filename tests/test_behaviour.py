"""What the command does under faults, hostile input and load, seen from outside the process.

A refusal says file and line, nothing is fetched or written, no traceback, no crash, no flood; limits and
signals end the run with their own code and leave nobody behind.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, parse

from accords import loading, shacl
from accords import store as stores
from accords.shapes import Shapes
from calling import Caller
from laying import ROOT, WORLD
from rights import powerless
from small import HEAD, SHAPES_HEAD, Small, small

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from accords.shacl import Engine

PROGRAM = [sys.executable, "-c", "from accords.cli import run; run()"]
COULD_NOT, INTERRUPTED, TERMINATED = 3, 130, 143
ENDLESS = "^(a+)+$"
RULE = (
    "aesh:S a sh:NodeShape ; sh:targetClass e:C ; sh:property aesh:ZZ-01-p .\n"
    'aesh:ZZ-01-p a sh:PropertyShape ; sh:path e:p ; sh:message "ZZ-01 : faux."@fr , "ZZ-01: wrong."@en ;\n  '
)


@pytest.fixture
def project(tmp_path: Path) -> Small:
    return small(tmp_path / "project")


@pytest.fixture
def call(project: Small, capsys: pytest.CaptureFixture[str]) -> Caller:
    return Caller(project.root, capsys)


def environment(**changes: str) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("ACCORDS", "LC_", "LANG"))
    }
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1", **changes}


def run(
    project: Small, *words: str, prefix: tuple[str, ...] = (), changes: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [*prefix, *PROGRAM, "--root", str(project.root), *words],
        env=environment(**(changes or {})),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=100,
    )


def started(project: Small, *words: str, **changes: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*PROGRAM, "--root", str(project.root), *words],
        env=environment(**changes),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def children(pid: int) -> list[int]:
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(number) for number in told.split()]


def gone(pid: int) -> bool:
    """Tell whether a process has ended; one that nobody has buried yet has."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def endless(project: Small) -> None:
    """Give the project a rule that the reference engine never comes back from."""
    project.write("shapes/f.ttl", f'{SHAPES_HEAD}{RULE}sh:pattern "{ENDLESS}" .')
    project.write("data/f.ttl", f'{HEAD}e:a a e:C ; e:p "{"a" * 60}b" .')


# Refusals: file and line, all of them, one line each, the exit code of findings.


def test_every_error_of_every_file_is_a_line_with_its_place_and_the_code_is_one(
    call: Caller, project: Small
) -> None:
    project.write("data/a.ttl", f"{HEAD}e:a e:b ! .\ne:a e:b 'c .\n")
    project.write("data/b.ttl", "<<<<<<< HEAD\n")
    project.write("ontology/c.ttl", b"\xff\xfe")
    done = call("check", lang="en")
    assert (done.code, done.err) == (1, "")
    places = [line.partition(": error: ")[0] for line in done.out.splitlines() if ": error: " in line]
    assert places == ["data/a.ttl:2:9", "data/a.ttl:3:9", "data/b.ttl:1:1", "ontology/c.ttl:1:1"]
    assert "Not checked: the rules and the coverage" in done.out


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_refusal_says_what_is_wrong_and_what_to_do(call: Caller, project: Small, lang: str) -> None:
    project.write("data/a.ttl", "agr:a agr:b agr:c .")
    line = call("check", lang="fr" if lang == "fr" else "en").out.splitlines()[0]
    assert line.endswith("@prefix agr: <https://w3id.org/accords-emploi/id/agreement/> . [FI-01]")
    assert ("À faire : ajoutez" if lang == "fr" else "To do: add") in line


def test_a_name_with_a_line_end_or_a_direction_stays_on_its_line(call: Caller, project: Small) -> None:
    project.write("data/a\nerror: fake:1:1\u202e.ttl", "!")
    done = call("check")
    assert done.out.splitlines()[0].startswith("data/a\\u000aerror: fake:1:1\\u202e.ttl:1:1: error: ")


def test_a_name_that_is_not_utf_8_is_shown_in_every_form(project: Small) -> None:
    (project.root / "data" / os.fsdecode(b"caf\xe9.ttl")).write_text("!")
    text = run(project, "check").stdout.decode()
    assert "data/caf\\udce9.ttl:1:1" in text
    made = json.loads(run(project, "check", "--format", "json").stdout)
    assert ascii(made["findings"][0]["file"]) == r"'data/caf\udce9.ttl'"
    sarif = json.loads(run(project, "check", "--format", "sarif").stdout)
    location = sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "data/caf%E9.ttl"


def test_unseen_characters_of_labels_and_addresses_are_escaped_in_messages(
    call: Caller, project: Small
) -> None:
    project.write("shapes/f.ttl", f"{SHAPES_HEAD}{RULE}sh:in ( e:ok ) .")
    label = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    project.write(
        "data/f.ttl",
        f'{label}{HEAD}e:a a e:C ; skos:prefLabel "Nan\u202etes\u200b"@fr ; e:p <http://e/\u2066x> , "\u202ey\\u0007" .',
    )
    done = call("check")
    assert {line.rpartition("[")[2] for line in done.out.splitlines() if ": error: " in line} == {
        "FI-07]",
        "ZZ-01]",
    }
    assert "« Nan\\u202etes\\u200b »" in done.out
    assert not set(done.out) & set("\u202e\u200b\u2066\x07")
    said = "".join(row["message"] for row in json.loads(call("check", "--format", "json").out)["findings"])
    assert not set(said) & set("\u202e\u200b\u2066\x07")


# Rules: what would fetch is refused where it is written, nothing is ever fetched.

LISTENER = (
    "import socket, sys\n"
    "listening = socket.create_server(('127.0.0.1', 0))\n"
    "print(listening.getsockname()[1], flush=True)\n"
    "while True:\n"
    "    caller, _ = listening.accept()\n"
    "    open(sys.argv[1], 'a').write('called\\n')\n"
    "    caller.close()\n"
)


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """Yield the port of a server of this machine, and the file that grows when somebody calls it."""
    heard = tmp_path / "heard"
    server = subprocess.Popen([sys.executable, "-c", LISTENER, str(heard)], stdout=subprocess.PIPE)
    assert server.stdout is not None
    yield int(server.stdout.readline()), heard
    server.kill()
    server.wait()
    server.stdout.close()


TRAPS = {
    "SERVICE": 'aesh:S sh:sparql aesh:ZZ-02-q . aesh:ZZ-02-q sh:select "SELECT $this WHERE { SERVICE <%s> { } }" .',
    "glued": 'aesh:S sh:sparql aesh:ZZ-02-q . aesh:ZZ-02-q sh:select "SELECT $this WHERE { $this a ?x . SERVICEe:x { } }" .',
    "FROM": 'aesh:S sh:sparql aesh:ZZ-02-q . aesh:ZZ-02-q sh:select "SELECT $this FROM <%s> WHERE { $this a ?x }" .',
    "target": 'aesh:S sh:target aesh:T . aesh:T a sh:SPARQLTarget ; sh:select "SELECT ?this { SERVICE <%s> { } }" .',
    "sh:js": 'aesh:S sh:js [ sh:jsLibrary [ sh:jsLibraryURL "%s" ] ; sh:jsFunctionName "f" ] .',
}


@pytest.mark.parametrize("engine", ["fast", "reference"])
def test_a_rule_that_would_fetch_is_refused_at_its_line_and_nothing_is_fetched(
    engine: str, call: Caller, project: Small, listener: tuple[int, Path]
) -> None:
    port, heard = listener
    address = f"http://127.0.0.1:{port}/x"
    head = SHAPES_HEAD.replace("http://example.org/", address)
    body = f"{head}{RULE}sh:minCount 0 .\n"
    line = body.count("\n") + 1
    project.write("data/f.ttl", f"@prefix e: <{address}> .\ne:a a e:C .")
    for trap in TRAPS.values():
        project.write("shapes/f.ttl", body + trap.replace("%s", address))
        done = call("check", "--engine", engine, lang="en")
        found = [said for said in done.out.splitlines() if said.startswith(f"shapes/f.ttl:{line}:")]
        assert (done.code, done.err) == (1, "")
        assert found
        assert all(said.endswith("[FI-13]") for said in found)
        assert "Not checked: the rules" in done.out
    assert not heard.exists()


def test_links_and_questions_of_a_project_fetch_nothing(
    call: Caller, project: Small, listener: tuple[int, Path]
) -> None:
    port, heard = listener
    address = f"http://127.0.0.1:{port}/x"
    project.write(
        "data/f.ttl",
        f"<{address}> <http://www.w3.org/2002/07/owl#imports> <{address}> ;"
        f" <http://www.w3.org/ns/shacl#shapesGraph> <{address}> .",
    )
    done = call("check")
    assert done.code == 0
    assert Counter(line.rpartition("[")[2] for line in done.out.splitlines() if ": warning: " in line) == {
        "FI-11]": 2
    }
    project.write("queries/coverage/requirements.rq", f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}")
    done = call("check")
    assert (done.code, done.out) == (COULD_NOT, "")
    assert done.err.startswith("accords: queries/coverage/requirements.rq:1:1: error: SERVICE irait chercher")
    assert not heard.exists()


def offline() -> tuple[str, ...]:
    """Return what runs a command without any network, not even this machine's own."""
    for prefix in (("unshare", "-rn"), ("unshare", "-n")):
        if shutil.which("unshare") and subprocess.run([*prefix, "true"], check=False).returncode == 0:
            return prefix
    pytest.skip("NOT TESTED: this machine lets nobody run without a network (unshare -n)")


def test_the_same_is_found_without_any_network(project: Small) -> None:
    shutil.copytree(WORLD / "data", project.root / "data", dirs_exist_ok=True)
    for folder in ("ontology", "shapes"):
        shutil.copytree(ROOT / folder, project.root / folder, dirs_exist_ok=True)
    here, apart = run(project, "check"), run(project, "check", prefix=offline())
    assert here.returncode == apart.returncode == 0
    assert here.stdout == apart.stdout
    assert apart.stderr == b""


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ('sh:sparql aesh:ZZ-02-q . aesh:ZZ-02-q sh:select "SELECT $this WHERE { $this a" .', "expected"),
        ("sh:property aesh:ZZ-03-p . aesh:ZZ-03-p a sh:PropertyShape ; sh:minCount 1 .", "sh:path"),
        ('sh:property aesh:ZZ-03-p . aesh:ZZ-03-p sh:path e:p ; sh:minCount "x" .', "sh:minCount"),
        ("sh:property aesh:ZZ-03-p . aesh:ZZ-03-p sh:path e:p ; sh:minCuont 1 .", "sh:minCuont"),
        ('sh:property aesh:ZZ-03-p . aesh:ZZ-03-p sh:path e:p ; sh:pattern "(" .', "unterminated"),
    ],
)
@pytest.mark.parametrize("engine", ["fast", "pyshacl", "reference"])
def test_a_rule_that_does_not_run_is_a_finding_at_its_place_whatever_the_engine(
    engine: str, rule: str, said: str, call: Caller, project: Small
) -> None:
    project.write("shapes/f.ttl", f"{SHAPES_HEAD}aesh:S a sh:NodeShape ; sh:targetClass e:C ;\n  {rule}")
    project.write("data/f.ttl", f"{HEAD}e:a a e:C ; e:p 1 .")
    done = call("check", "--engine", engine)
    lines = [line for line in done.out.splitlines() if line.startswith("shapes/f.ttl:")]
    assert (done.code, done.err) == (1, "")
    assert len(lines) == 1
    assert lines[0].endswith("[FI-13]")
    assert said.lower() in lines[0].lower() or engine != "fast"
    assert int(lines[0].split(":")[1]) in {SHAPES_HEAD.count("\n") + 1, SHAPES_HEAD.count("\n") + 2}


# Values that engines stumble over: told once, before an engine can change them, by every engine alike.

ODD = {
    '"2023-02-30"^^xsd:date': 1, '"abc"^^xsd:integer': 1, '"yes"^^xsd:boolean': 1, '"0000"^^xsd:gYear': 0,
    '"P1YT"^^xsd:duration': 1, '"zz"^^xsd:hexBinary': 1, '"2023-13"^^xsd:gYearMonth': 1, '"5,6"^^xsd:decimal': 1,
    '"-0044-03-15"^^xsd:date': 0, '"12023-01-01"^^xsd:date': 0, '"2023-01-01T24:00:00"^^xsd:dateTime': 0,
    '"10:00:00+14:00"^^xsd:time': 0, '"P100000000000000000D"^^xsd:dayTimeDuration': 0, "9" * 5000: 0,
    "-" + "9" * 5000: 0, "9" * 5000 + ".5": 0, "1e999999": 0, "007": 0, "1.50": 0, '"a"@fr-FR-x-abc': 0,
    '"<a"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral>': 0, "<http://e:99999/>": 0,
}  # fmt: skip


@pytest.mark.parametrize("engine", ["fast", "pyshacl", "reference"])
def test_an_odd_value_is_told_once_and_ends_no_engine(engine: str, project: Small) -> None:
    xsd = "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
    values = "".join(f"e:v{number} a e:C ; e:p\n  {value} .\n" for number, value in enumerate(ODD))
    count = "@prefix ae: <https://w3id.org/accords-emploi/def#> .\ne:n a ae:DeclaredCount ; ae:countedIn e:a ; ae:countedKind e:k ;"
    project.write("data/f.ttl", f"{HEAD}{xsd}{values}{count} ae:declaredValue {'9' * 5000} .\n")
    typed = (
        "sh:or ( [ sh:datatype xsd:date ] [ sh:datatype xsd:integer ] [ sh:datatype xsd:boolean ]"
        " [ sh:datatype xsd:duration ] [ sh:datatype xsd:decimal ] [ sh:nodeKind sh:IRIOrLiteral ] ) ."
        "\naesh:S sh:property aesh:ZZ-02-p . aesh:ZZ-02-p sh:path e:p ; sh:minInclusive -5 ; sh:message 'ZZ-02: x.'@en ."
        '\naesh:S sh:sparql aesh:ZZ-03-q . aesh:ZZ-03-q sh:message "ZZ-03: y."@en ; sh:select """'
        "SELECT $this ?path ?value WHERE { $this <http://example.org/p> ?value FILTER(STRLEN(STR(?value)) < 9)"
        ' BIND(<http://example.org/p> AS ?path) }""" .'
    )
    project.write("shapes/f.ttl", f"{SHAPES_HEAD}{RULE}{typed}")
    done = run(project, "check", "--engine", engine, "--format", "json", "--lang", "en", "--timeout", "90")
    assert done.stderr == b""
    made = json.loads(done.stdout)
    assert made["checked"]["whole"]
    first = HEAD.count("\n") + 3
    told = Counter(row["line"] for row in made["findings"] if row["code"] == "FI-03")
    for number, (value, expected) in enumerate(ODD.items()):
        line = first + 2 * number
        assert told[line] == expected, value[:40]
        if expected:
            assert [row["code"] for row in made["findings"] if row["line"] == line] == ["FI-03"], value
    assert any(row["code"] == "ZZ-02" for row in made["findings"])
    assert {row["value"] for row in made["findings"] if row["code"] == "ZZ-03"} >= {
        '"007"^^xsd:integer',
        '"1.50"^^xsd:decimal',
    }


@pytest.mark.parametrize("engine", ["fast", "pyshacl", "reference"])
def test_engines_say_nothing_of_their_own(
    engine: Engine, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    xsd = "<http://www.w3.org/2001/XMLSchema#"
    values = f'"yes"^^{xsd}boolean> , "x"^^{xsd}integer> , {"9" * 5000} , "2023-02-30"^^{xsd}date>'
    graph = tuple(quad.triple for quad in parse(f"{HEAD}e:a a e:C ; e:p {values} .", format=RdfFormat.TURTLE))
    rules = parse(f"{SHAPES_HEAD}{RULE}sh:datatype xsd:string .", format=RdfFormat.TURTLE)
    shapes = Shapes(tuple(quad.triple for quad in rules))
    assert len(shacl.validate(graph, stores.build(graph), shapes, engine=engine)) == 4
    assert (capfd.readouterr(), caplog.records) == (("", ""), [])


# Limits: said with what was running and where it is written; the child does not outlive them.


def test_a_pattern_without_end_is_a_warning_and_no_trouble_for_the_fast_engine(
    call: Caller, project: Small
) -> None:
    endless(project)
    done = call("check", lang="en")
    line = SHAPES_HEAD.count("\n") + 3
    assert f"shapes/f.ttl:{line}:14: warning: this pattern repeats a repetition" in done.out
    assert done.code == 1


def test_the_time_limit_stops_a_pattern_without_end_and_names_the_rule_and_its_place(project: Small) -> None:
    endless(project)
    child = started(project, "check", "--engine", "pyshacl", "--timeout", "3", "--lang", "en")
    worker = worker_of(child)
    out, err = child.communicate(timeout=60)
    assert (child.returncode, out) == (COULD_NOT, b"")
    line = SHAPES_HEAD.count("\n") + 1
    assert err.decode().splitlines() == [
        f"accords: limit reached (3 s) while running: aesh:S (shapes/f.ttl:{line}:1)",
        "  → allow more time: --timeout SECONDS",
    ]
    assert gone(worker)


def test_the_memory_limit_is_told_with_what_was_running(project: Small) -> None:
    project.write("data/f.ttl", HEAD + "".join(f"e:a{n} a e:C ; e:p {n} .\n" for n in range(2000)))
    project.write("shapes/f.ttl", f"{SHAPES_HEAD}{RULE}sh:minCount 2 .")
    done = run(project, "check", "--memory", "16", "--lang", "fr")
    assert (done.returncode, done.stdout) == (COULD_NOT, b"")
    first, hint = done.stderr.decode().splitlines()
    assert first.startswith("accords: limite atteinte (16 Mio de mémoire) pendant : ")
    assert not first.endswith(": ")
    assert "--memory" in hint


def worker_of(parent: subprocess.Popen[bytes]) -> int:
    """Return the child that asks the rules, once it works."""
    for _ in range(600):
        for pid in children(parent.pid) if parent.poll() is None else ():
            used = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
            if int(used[11]) > 20:  # hundredths of a second at work
                return pid
        time.sleep(0.05)
    raise AssertionError(parent.communicate())


@pytest.mark.parametrize(
    ("number", "everybody", "code"),
    [
        (signal.SIGINT, True, INTERRUPTED),  # Ctrl-C: the terminal tells the child too
        (signal.SIGINT, False, INTERRUPTED),
        (signal.SIGTERM, False, TERMINATED),
        (signal.SIGKILL, False, -signal.SIGKILL),
    ],
)
def test_an_interrupted_run_ends_with_its_code_and_leaves_nobody_and_nothing(
    number: int, everybody: bool, code: int, project: Small, tmp_path: Path
) -> None:
    endless(project)
    (tmp_path / "scratch").mkdir()
    before = digest(project.root)
    parent = started(project, "check", "--engine", "pyshacl", TMPDIR=str(tmp_path / "scratch"))
    worker = worker_of(parent)
    (os.killpg if everybody else os.kill)(parent.pid, number)
    out, err = parent.communicate(timeout=30)
    assert parent.returncode == code
    assert b"Traceback" not in out + err
    for _ in range(100):
        if gone(worker):
            break
        time.sleep(0.05)
    assert gone(worker)
    assert list((tmp_path / "scratch").iterdir()) == []
    assert digest(project.root) == before


def test_a_long_run_shows_itself_on_a_terminal_and_gives_the_cursor_back_when_interrupted(
    project: Small,
) -> None:
    endless(project)
    ours, theirs = pty.openpty()
    parent = subprocess.Popen(
        [*PROGRAM, "--root", str(project.root), "check", "--engine", "pyshacl", "--lang", "en"],
        env=environment(TERM="xterm"),
        stdout=subprocess.PIPE,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    shown = b""
    while b"Checking : S" not in shown:
        shown += os.read(ours, 4096)
    parent.send_signal(signal.SIGINT)
    with contextlib.suppress(OSError):  # how a terminal ends
        while more := os.read(ours, 4096):
            shown += more
    os.close(ours)
    assert parent.communicate(timeout=30)[0] == b""
    assert parent.returncode == INTERRUPTED
    assert shown.rindex(b"\x1b[?25h") > shown.rindex(b"\x1b[?25l")  # shown again after it was hidden
    assert b"Traceback" not in shown


# Nothing is written, whatever may not be read or listed is told.


def digest(folder: Path) -> dict[str, tuple[int, int, str]]:
    """Return what a folder holds: kinds, times, contents."""
    return {
        path.relative_to(folder).as_posix(): (
            path.lstat().st_mode,
            path.lstat().st_mtime_ns,
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
        )
        for path in sorted(folder.rglob("*"))
    }


@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_checking_writes_nothing_into_the_project(form: str, call: Caller, project: Small) -> None:
    project.write("data/f.ttl", f"{HEAD}e:a e:b '2023-02-30'^^<http://www.w3.org/2001/XMLSchema#date> .")
    before = digest(project.root)
    assert call("check", "--format", form).code == 1
    assert digest(project.root) == before


def test_what_the_user_may_not_read_is_an_error_and_a_read_only_project_is_none(project: Small) -> None:
    secret = project.write("data/secret.ttl", HEAD)
    project.write("data/shut/a.ttl", HEAD)
    secret.chmod(0)
    (project.root / "data" / "shut").chmod(0)
    for folder in (project.root, *(path for path in project.root.iterdir())):
        folder.chmod(0o555)
    done = subprocess.run(
        [*PROGRAM, "--root", str(project.root), "check", "--lang", "en"],
        env=environment(),
        preexec_fn=powerless,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    for path in (project.root, *project.root.rglob("*")):
        path.chmod(0o755)
    if "data/secret.ttl:1:1: error" not in done.stdout:
        pytest.skip("NOT TESTED: root's right to read everything cannot be given up here")
    assert (done.returncode, done.stderr) == (1, "")
    assert "data/secret.ttl:1:1: error: this file cannot be read: Permission denied." in done.stdout
    assert "data/shut:1:1: error: this file cannot be read: Permission denied." in done.stdout


# The terminal: whatever it can take, however early it goes.


def flood(project: Small, count: int) -> None:
    project.write(
        "data/f.ttl",
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        + HEAD
        + "".join(f'e:a{n} e:p "x{n}"^^xsd:integer .\n' for n in range(count)),
    )


@pytest.mark.parametrize("lines", [0, 1])
@pytest.mark.parametrize(("gravity", "code"), [("error", 1), ("warning", 0)])
def test_a_reader_who_leaves_early_gets_no_traceback_and_the_code_stays(
    gravity: str, code: int, lines: int, project: Small
) -> None:
    flood(project, 2000)
    if gravity == "warning":
        project.write("data/f.ttl", HEAD + "".join(f"e:a{n} e:p 'x\u200b' .\n" for n in range(2000)))
    parent = started(project, "check", "--most", "0")
    assert parent.stdout is not None
    assert parent.stderr is not None
    if lines:
        assert parent.stdout.readline().startswith(b"data/f.ttl:")
    parent.stdout.close()
    assert parent.stderr.read() == b""
    assert parent.wait(60) == code
    parent.stderr.close()


def test_many_findings_do_not_flood_the_terminal_and_all_stand_in_the_data(
    call: Caller, project: Small
) -> None:
    flood(project, 3000)
    lines = call("check", "--most", "50").out.splitlines()
    assert sum(": error: " in line for line in lines) == 50
    assert lines[50] == "… et 2\u202f950 autres (tout lister : --most 0)"
    assert sum(": error: " in line for line in call("check").out.splitlines()) == 1000
    assert len(json.loads(call("check", "--format", "json").out)["findings"]) == 3000


SHELL = {
    "closed": (">&-", 0, ""),
    "full": (
        "> /dev/full",
        COULD_NOT,
        "accords: lecture ou écriture impossible (plus de place sur le disque)\n",
    ),
    "errors closed": ("2>&- > /dev/null", 0, ""),
    "both closed": (">&- 2>&-", 0, ""),
}


@pytest.mark.parametrize("name", SHELL)
def test_a_stream_that_is_closed_or_full_is_no_crash(name: str, project: Small) -> None:
    redirected, code, said = SHELL[name]
    done = subprocess.run(
        ["sh", "-c", f'"$@" {redirected}', "sh", *PROGRAM, "--root", str(project.root), "check"],
        env=environment(LC_ALL="C.UTF-8"),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (code, "", said)


@pytest.mark.parametrize(
    "changes",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "POSIX"},
    ],
    ids=str,
)
def test_a_terminal_that_is_not_utf_8_gets_all_it_can_show_and_data_stay_utf_8(
    changes: dict[str, str], project: Small
) -> None:
    project.write("data/f.ttl", f"{HEAD}e:é e:b « 𝒳 » .")
    text = run(project, "check", changes=changes)
    assert (text.returncode, text.stderr) == (1, b"")
    assert b"[FI-01]" in text.stdout
    made = run(project, "check", "--format", "json", changes=changes)
    assert (made.returncode, made.stderr) == (1, b"")
    assert "guillemet typographique «" in json.loads(made.stdout.decode("utf-8"))["findings"][0]["message"]


# Wrong use, empty places, our own faults.


def test_a_place_without_the_four_folders_is_wrong_use_with_the_places_looked_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for place in (tmp_path / "nowhere", tmp_path):
        done = Caller(place, capsys)("check")
        assert (done.code, done.out) == (2, "")
        assert str(place) in done.err
        assert "Traceback" not in done.err


def test_a_project_without_any_file_is_fine_and_says_that_nothing_was_looked_at(
    call: Caller, project: Small
) -> None:
    for folder in ("data", "ontology", "shapes"):
        shutil.rmtree(project.root / folder)
        (project.root / folder).mkdir()
    done = call("check", lang="en")
    assert (done.code, done.err) == (0, "")
    assert "Checked: 0 files, 0 triples, 0 records, 0 rules" in done.out


def test_an_empty_file_is_a_file(call: Caller, project: Small) -> None:
    project.write("data/empty.ttl", "")
    project.write("data/deep/er/comment.ttl", "# nothing yet\n")
    done = call("check", lang="en")
    assert done.code == 0
    assert "Checked: 5 files" in done.out


def test_a_file_asked_for_that_is_no_file_is_refused_and_does_not_block(call: Caller, project: Small) -> None:
    pipe = project.root / "pipe.ttl"
    os.mkfifo(pipe)
    done = call("check", str(pipe))
    assert done.code == 1
    assert (
        "pipe.ttl:1:1: error: ce fichier ne peut pas être lu : ce n'est pas un fichier ordinaire" in done.out
    )
    assert call("check", str(project.root / "nowhere.ttl")).code == 2
    device = project.root / "device.ttl"
    device.symlink_to("/dev/zero")
    assert call("check", str(device)).code == 1


def test_a_file_outside_the_project_is_checked_when_it_is_asked_for(
    call: Caller, project: Small, tmp_path: Path
) -> None:
    outside = tmp_path / "draft, v1.ttl"
    outside.write_text(f"{HEAD}e:a e:b ! .")
    project.write("data/other.ttl", "!")
    done = call("check", str(outside))
    assert done.code == 1
    assert [line.partition(": error: ")[0] for line in done.out.splitlines() if ": error: " in line] == [
        f"{outside}:2:9",
        "data/other.ttl:1:1",  # it too keeps the rules from running
    ]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_our_own_fault_is_one_line_and_a_traceback_only_when_asked_for(
    language: str, call: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        message = "a fault\nof two lines"
        raise KeyError(message)

    monkeypatch.setattr(loading, "load", fail)
    done = call("check", lang="fr" if language == "fr" else "en")
    assert (done.code, done.out) == (COULD_NOT, "")
    assert len(done.err.splitlines()) == 2
    assert "KeyError" in done.err
    assert "--debug" in done.err
    assert "Traceback" not in done.err
    debugged = call("--debug", "check")
    assert debugged.code == COULD_NOT
    assert "Traceback" in debugged.err
    assert "test_behaviour.py" in debugged.err


def test_a_fault_in_the_child_is_one_line_and_its_traceback_comes_when_asked_for(
    call: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        message = "deep inside"
        raise IndexError(message)

    monkeypatch.setattr(shacl, "validate", fail)
    done = call("check")
    assert (done.code, done.out) == (COULD_NOT, "")
    assert len(done.err.splitlines()) == 1
    assert "IndexError: deep inside" in done.err
    assert "in fail" in call("--debug", "check").err


@pytest.mark.parametrize("engine", ["fast", "pyshacl", "reference"])
def test_blank_nodes_of_two_files_are_two_things_for_every_engine(
    engine: Engine, call: Caller, project: Small
) -> None:
    project.write("shapes/f.ttl", f"{SHAPES_HEAD}{RULE}sh:maxCount 1 .")
    for name in ("a", "b"):
        project.write(f"data/{name}.ttl", f"{HEAD}_:b a e:C ; e:p '{name}' .")
    assert "[ZZ-01]" not in call("check", "--engine", engine).out


@pytest.mark.parametrize("engine", ["fast", "pyshacl", "reference"])
@pytest.mark.parametrize("one", [False, True])
def test_what_is_wrong_with_each_thing_without_a_name_is_told_where_it_is_written(
    engine: Engine, *, one: bool, call: Caller, project: Small
) -> None:
    project.write("shapes/f.ttl", f"{SHAPES_HEAD}{RULE}sh:minCount 1 .")
    nameless = "[] a e:C .\n_:b a e:C .\n[ a e:C ] e:q 1 .\ne:other e:q\n  [ a e:C ] .\n"
    project.write("data/a.ttl", f"{HEAD}e:named a e:C ; e:p 1 .\n\n{nameless}")
    asked = [str(project.root / "data" / "a.ttl")] if one else []
    done = call("check", *asked, "--engine", engine)
    assert [line.partition(" error")[0] for line in done.out.splitlines() if "[ZZ-01]" in line] == [
        "data/a.ttl:4:1:",
        "data/a.ttl:5:1:",
        "data/a.ttl:6:1:",
        "data/a.ttl:8:3:",
    ]


@pytest.mark.parametrize("one", [False, True])
def test_a_text_too_long_for_the_patterns_of_the_fast_engine_is_judged_by_the_other(
    *, one: bool, call: Caller, project: Small
) -> None:
    project.write(
        "shapes/f.ttl",
        f"{SHAPES_HEAD}{RULE}sh:not [ sh:pattern '(^ )|( $)|( {{2}})|[\\\\t\\\\r]' ] .",
    )
    project.write("data/a.ttl", f"{HEAD}e:a a e:C ; e:p '{'a' * 300_000}' .\ne:b a e:C ; e:p 'b  b' .\n")
    asked = [str(project.root / "data" / "a.ttl")] if one else []
    done = call("check", *asked, "--engine", "fast")
    assert done.code == 1, done.err
    assert [line.partition(" error")[0] for line in done.out.splitlines() if "[ZZ-01]" in line] == [
        "data/a.ttl:3:17:"
    ]


def test_the_shipped_project_copied_with_other_line_ends_is_found_the_same(
    project: Small, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    reports = []
    for end in ("\n", "\r\n", "\r"):
        copy = small(tmp_path / repr(end))
        text = f'{HEAD}\n# é\ne:a a e:C ;\n  e:p "2023-02-30"^^<http://www.w3.org/2001/XMLSchema#date> .\n'
        copy.write("data/f.ttl", text.replace("\n", end))
        made = Caller(copy.root, capsys)("check", "--format", "json")
        reports.append(
            [(row["code"], row["line"], row["column"]) for row in json.loads(made.out)["findings"]]
        )
    assert reports == [[("FI-03", 5, 7)]] * 3
    assert project.root.is_dir()
