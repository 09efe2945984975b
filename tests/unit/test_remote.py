"""`--endpoint`: the same answers from a real SPARQL server, and one clear message whatever a server does.

The real server is `oxigraph serve-read-only` on loopback, with the invented world. The faulty one is
`faulty.py`. Sockets lead to loopback only.
"""

from __future__ import annotations

import contextlib
import csv
import io
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import rdflib
from pyoxigraph import RdfFormat

import accords
from accords import citing, querying, remote
from accords.catalogue import LANG
from accords.choosing import ANYTHING
from accords.errors import BadParameter, LimitReached
from accords.language import LANGUAGES
from accords.remote import EndpointFailed, QueryRefused
from accords.render import answer_data
from accords.solutions import TooManyRows
from asked import parameters, questions, store
from faulty import TABLE, served
from laying import ARCHIVE, PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accords.catalogue import Question
    from accords.language import Language
    from accords.querying import Answer
    from calling import Called, Caller
    from faulty import Served

LOOPBACK = "127.0.0.1"
pytestmark = pytest.mark.allow_hosts([LOOPBACK])
OXIGRAPH = Path(sys.executable).with_name("oxigraph")
EVERY = pytest.mark.parametrize("question", questions(), ids=lambda one: one.name)
SIMPLE = "declared-commitments"  # a question that is asked in one exchange
PICK = "axes-in-order"  # one with a parameter that is an agreement
AE = "PREFIX ae: <https://w3id.org/accords-emploi/def#>\n"
START = 60.0  # seconds that the server may take to be there
Pairs = dict[tuple[str, "Language"], tuple["Answer", "Answer"]]


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", LOOPBACK)


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a SPARQL server that holds the invented world."""
    folder = tmp_path_factory.mktemp("endpoint")
    dumped, place = folder / "world.nq", folder / "store"
    store("world").dump(str(dumped), format=RdfFormat.N_QUADS)
    words = [str(OXIGRAPH), "load", "--location", str(place), "--file", str(dumped)]
    subprocess.run(words, check=True, capture_output=True, timeout=START)
    with socket.create_server((LOOPBACK, 0)) as taken:
        port = taken.getsockname()[1]
    words = [str(OXIGRAPH), "serve-read-only", "--location", str(place), "--bind", f"{LOOPBACK}:{port}"]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(port, server)
            yield f"http://{LOOPBACK}:{port}/query"
        finally:
            server.kill()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START
    while server.poll() is None and time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection((LOOPBACK, port), timeout=1):
            return
        time.sleep(0.05)
    pytest.fail("the server did not start")


@pytest.fixture
def faulty(tmp_path: Path) -> Iterator[Served]:
    """Yield a server that does what the path says."""
    with served(tmp_path / "heard") as server:
        yield server


# The same answers.


@pytest.fixture(scope="module")
def pairs(endpoint: str) -> Pairs:
    """Return the answers of every question in both languages: of the files, of the endpoint."""
    requests = {
        (question.name, language): querying.Request(
            question,
            _values(question),
            language,
            evidence=_cites(question),
            archive=ARCHIVE if _cites(question) else None,
            named=True,
        )
        for question in questions()
        for language in LANGUAGES
    }
    both = [
        querying.ask(where, PROJECT, list(requests.values()))
        for where in (querying.Local(PROJECT), querying.Remote(endpoint))
    ]
    return dict(zip(requests, zip(*both, strict=True), strict=True))


def _values(question: Question) -> dict[str, list[str]]:
    """Return what is asked for: what the expected answers of the world were asked with, else anything."""
    kinds = {one.name: one.kind for one in question.parameters}
    anything = {
        name: ["*"]
        for name, kind in kinds.items()
        if kind not in {LANG, ANYTHING} and not kind.startswith("xsd:")
    }
    chosen = parameters("world").get(question.name, {})
    return anything | {
        name: [one for one in ([given] if isinstance(given, str) else given) if one not in REPLACED]
        for name, given in chosen.items()
    }


REPLACED = {"agr:wld-vespree-2021"}  # a record that was replaced is no choice


def _cites(question: Question) -> bool:
    return any(column.name == citing.EXCERPTS for column in question.columns)


@EVERY
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_gives_the_same_table_with_labels_and_evidence_from_an_endpoint(
    question: Question, language: Language, pairs: Pairs
) -> None:
    local, asked = pairs[question.name, language]
    assert local.table.rows
    assert asked == local
    assert answer_data.as_csv(asked) == answer_data.as_csv(local)
    assert answer_data.as_json(asked) == answer_data.as_json(local)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("table", (SIMPLE, "--evidence")),
        ("csv", (PICK, "-p", "agreement=Protocole de préfiguration de Hautebrume")),
        ("json", ("agreements-inside-a-territory", "-p", "territory=ter:wld-hautebrume")),
        ("xml", ("in-force-on-a-date", "--as-of", "2024-06-30", "--lang", "en")),
        ("table", (PICK, "-p", "agreement=wld-golden", "--sparql")),
    ],
)
def test_the_command_line_prints_the_same_bytes_from_an_endpoint(
    form: str, words: tuple[str, ...], endpoint: str, call: Caller
) -> None:
    local = call("ask", *words, "--format", form)
    assert local.code == 0
    assert local.out
    assert call("ask", *words, "--format", form, "--endpoint", endpoint) == local


def test_from_python_the_table_is_the_same(endpoint: str, call: Caller) -> None:
    tables = [
        accords.ask(PICK, agreement="wld-golden", evidence=True, root=call.root, endpoint=where)
        for where in (None, endpoint)
    ]
    assert tables[0] == tables[1]
    assert len(tables[0]) == 2


def test_names_are_those_that_the_endpoint_knows(endpoint: str, call: Caller) -> None:
    call.write(
        "data/agreements/more.ttl",
        "@prefix agr: <https://w3id.org/accords-emploi/id/agreement/> .\n"
        "@prefix ae: <https://w3id.org/accords-emploi/def#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        'agr:wld-more a ae:Agreement ; skos:prefLabel "Nouveau venu"@fr .\n',
    )
    assert call("ask", PICK, "-p", "agreement=Nouveau venu").code == 0
    told = call("ask", PICK, "-p", "agreement=Nouveau venu", "--endpoint", endpoint)
    assert (told.code, told.out) == (2, "")
    assert "introuvable : Nouveau venu" in told.err


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("ASK { ?a a ae:Agreement }", "json"),
        ("ASK { ?a a ae:Nothing }", "csv"),
        (
            "# INSERT\nPREFIX insert: <urn:x>\nSELECT ?delete { ?delete a ae:Agreement } ORDER BY ?delete",
            "csv",
        ),
        ("SELECT ?a { ?a a ae:Nothing }", "json"),
        ("CONSTRUCT { ?a ae:hasParty ?party } WHERE { ?a ae:hasParty ?party }", "ttl"),
        ("CONSTRUCT { ?a ae:hasParty ?party } WHERE { ?a ae:noParty ?party }", "ttl"),
        ("DESCRIBE <https://w3id.org/accords-emploi/id/agreement/wld-golden>", "ttl"),
    ],
)
def test_a_query_of_ones_own_finds_the_same(
    text: str, form: str, endpoint: str, call: Caller, tmp_path: Path
) -> None:
    own = _own(tmp_path, AE + text)
    local = call("ask", "--file", own, "--format", form)
    asked = call("ask", "--file", own, "--format", form, "--endpoint", endpoint)
    assert (local.code, asked.code) == (0, 0)
    if form == "ttl":
        graphs = [rdflib.Graph().parse(data=one.out, format="turtle") for one in (local, asked)]
        assert set(graphs[0]) == set(graphs[1])
    else:
        assert asked == local


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "SELECT ?a {\n ?a ae:b ?c }",
            ("own.rq:2:5: error: préfixe « ae: » non déclaré", "ajouter : PREFIX ae:"),
        ),
        ("SELECT ?a {\n ?a a ?c FILTR(?a) }", ("own.rq:2:10: error: « FILTR »", "peut-être : FILTER")),
        ("SELECT ?a {\n\n  ?a a }", ("own.rq:3:9: error: http://127.0.0.1", "question refusée")),
        (
            "SELECT ?a { ?a a ?b } GROUP BY ?b",
            ("own.rq:1:34: error: une variable du SELECT", "unbound", "GROUP BY"),
        ),
    ],
)
def test_a_mistake_in_a_query_of_ones_own_is_wrong_use_told_with_its_place_and_what_the_endpoint_says(
    text: str, said: tuple[str, ...], endpoint: str, call: Caller, tmp_path: Path
) -> None:
    own = _own(tmp_path, text)
    told = call("ask", "--file", own, "--endpoint", endpoint)
    assert (told.code, told.out) == (2, "")
    assert [one for one in (*said, endpoint) if one not in told.err] == []


def test_a_long_answer_is_refused_and_not_cut(endpoint: str, call: Caller, tmp_path: Path) -> None:
    for words in (
        (SIMPLE, "--rows", "2"),
        ("--file", _own(tmp_path, "CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c }"), "--rows", "9"),
    ):
        told = call("ask", *words, "--endpoint", endpoint)
        assert (told.code, told.out) == (3, "")
        assert "limite atteinte" in told.err
        assert "--rows N" in told.err


def test_the_limit_is_of_the_answer_and_not_of_the_names_it_needs(endpoint: str, call: Caller) -> None:
    for where in ((), ("--endpoint", endpoint)):
        words = ("-p", "agreement=wld-golden", "--evidence", "--rows", "2")
        told = call("ask", PICK, *words, "--format", "csv", *where)
        assert told.code == 0, told.err
        assert len(list(csv.DictReader(io.StringIO(told.out)))) == 2


def test_a_runaway_query_is_left_at_the_deadline_and_the_message_names_the_endpoint(
    endpoint: str, call: Caller, tmp_path: Path
) -> None:
    own = _own(tmp_path, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . FILTER(?a != ?f) }")
    told = call("ask", "--file", own, "--timeout", "1", "--endpoint", endpoint)
    assert (told.code, told.out) == (3, "")
    assert "limite atteinte (1 s)" in told.err
    assert endpoint in told.err
    assert "--timeout SECONDES" in told.err


def test_a_query_that_would_fetch_goes_to_the_endpoint_named_and_nothing_is_fetched_here(
    faulty: Served, call: Caller, tmp_path: Path
) -> None:
    text = f"SELECT ?a {{ SERVICE <{faulty.address('fetched')}> {{ ?a ?b ?c }} }}"
    own = _own(tmp_path, text)
    assert call("ask", "--file", own, "--endpoint", faulty.address("fine")).code == 0
    assert [one["path"] for one in faulty.heard] == ["/fine"]
    header = "".join(f"#+ {one}: a\n" for one in ("title-fr", "title-en", "question-fr", "question-en"))
    for written in (text, f"{header}#+ for: a / a\n#+ keywords: a / a\n#+ column: a (text) = a / a\n{text}"):
        told = call("ask", "--file", _own(tmp_path, written))
        assert told.code == 2
        assert "SERVICE" in told.err
    assert len(faulty.heard) == 1


def test_what_is_sent_is_a_query_in_a_form_and_what_is_wanted_is_xml_or_turtle(
    faulty: Served, call: Caller, tmp_path: Path
) -> None:
    for text in ("# insert\nSELECT ?a { ?a a ?b }", "ASK {}", "DESCRIBE <a:b>"):
        own = _own(tmp_path, text)
        fault = {"#": "fine", "A": "asked", "D": "graph"}[text[0]]
        assert call("ask", "--file", own, "--endpoint", faulty.address(fault), "--format", "csv").code == 0
    assert [one["method"] for one in faulty.heard] == ["POST"] * 3
    assert [list(one["sent"]) for one in faulty.heard] == [["query"]] * 3
    assert ["turtle" in one["accept"] for one in faulty.heard] == [False, False, True]
    assert ["sparql-results+xml" in one["accept"] for one in faulty.heard] == [True, True, False]


# One clear message whatever a server does.

FAULTS = {  # path -> what is said in French, in English
    "500": ("HTTP 500, erreur de son côté (Stack overflow\\u001b[31m\\u202e)", "HTTP 500, an error of its own (Stack"),
    "400": ("question refusée (Mauvaise requête à la place 3)", "query refused (Mauvaise requête à la place 3)"),
    "400-empty": ("question refusée (HTTP 400)", "query refused (HTTP 400)"),
    "401": ("HTTP 401, accès refusé (Qui va là ? Passez !)", "HTTP 401, access denied (Qui va là ? Passez !)"),
    "403": ("HTTP 403, accès refusé\n", "HTTP 403, access denied\n"),
    "404": ("HTTP 404, pas de point d'accès SPARQL à cette adresse", "HTTP 404, no SPARQL endpoint at this address"),
    "413": ("HTTP 413, question trop longue pour lui", "HTTP 413, a query too long for it"),
    "503": ("HTTP 503, occupé : réessayer plus tard (Maintenance)", "HTTP 503, busy: try again later (Maintenance)"),
    "504": ("HTTP 504, temps dépassé de son côté", "HTTP 504, it ran out of time"),
    "204": ("HTTP 204", "HTTP 204"),
    "206": ("HTTP 206", "HTTP 206"),
    "html": ("réponse d'un type inattendu, text/html (Portail Connectez-vous)", "answer of an unexpected type, text/html"),
    "csv": ("réponse d'un type inattendu, text/csv (a x)", "answer of an unexpected type, text/csv (a x)"),
    "untyped": ("réponse d'un type inattendu, ?", "answer of an unexpected type, ?"),
    "graph": ("réponse d'un type inattendu, text/turtle (<http://e/a>", "answer of an unexpected type, text/turtle"),
    "empty": ("réponse incomplète", "incomplete answer"),
    "stops": ("réponse incomplète\n", "incomplete answer\n"),
    "cancelled": ("réponse incomplète (The SPARQL operation has been cancelled)", "incomplete answer (The SPARQL"),
    "entities": ("réponse refusée : elle a un <!DOCTYPE", "answer refused: it has a <!DOCTYPE"),
    "late-doctype": ("réponse refusée : elle a un <!DOCTYPE", "answer refused: it has a <!DOCTYPE"),
    "json-error": ('({"error": "query timed out"})', '({"error": "query timed out"})'),
    "json-stops": ("réponse illisible", "unreadable answer"),
    "latin-1": ("réponse illisible", "unreadable answer"),
    "error-xml": ("<error>Trop tard</error>)", "incomplete answer (<?xml"),
    "asked": ("vrai ou faux au lieu d'un tableau", "true or false instead of a table"),
    "shorter": ("réponse incomplète", "incomplete answer"),
    "chunks": ("réponse incomplète", "incomplete answer"),
    "hangs-up": ("connexion coupée", "connection closed"),
    "most": ("il coupe à 2 lignes", "it cuts at 2 rows"),
    "drip": ("limite atteinte (3 s)", "limit reached (3 s)"),
    "silent": ("limite atteinte (3 s)", "limit reached (3 s)"),
    "endless": ("réponse de plus de 2 Mio", "answer of more than 2 MiB"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_a_server_gets_one_message_in_the_readers_language_and_nothing_is_written(
    fault: str, faulty: Served, call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "LARGEST", 2 * 2**20)
    target = tmp_path / "out" / "answer.csv"
    target.parent.mkdir()
    target.write_text("before", encoding="utf-8")
    address = faulty.address(fault)
    limit = ("--timeout", "3") if fault in {"drip", "silent"} else ()
    for language, said in zip(LANGUAGES, FAULTS[fault], strict=True):
        words = ("--endpoint", address, "--output", str(target), "--format", "csv", *limit)
        told = call("ask", SIMPLE, *words, lang=language)
        assert (told.code, told.out) == (3, "")
        assert said in told.err
        _clear(told, address)
    assert target.read_text(encoding="utf-8") == "before"
    assert [path.name for path in target.parent.iterdir()] == ["answer.csv"]
    assert len(faulty.heard) <= 2  # each call asks once, and not again


GRAPH_FAULTS = {
    "graph-shorter": "réponse incomplète",
    "graph-unmeasured": "rien ne dit si elle est entière",
    "turtle-stops": "réponse illisible, ",
    "rdf-xml": "réponse d'un type inattendu, application/rdf+xml",
    "fine": "réponse d'un type inattendu, application/sparql-results+xml",
    "html": "(Portail Connectez-vous)",
}


@pytest.mark.parametrize("fault", GRAPH_FAULTS)
def test_a_graph_that_may_be_cut_or_is_none_is_refused(
    fault: str, faulty: Served, call: Caller, tmp_path: Path
) -> None:
    own = _own(tmp_path, "CONSTRUCT WHERE { ?a ?b ?c }")
    told = call("ask", "--file", own, "--endpoint", faulty.address(fault), "--format", "ttl")
    assert (told.code, told.out) == (3, "")
    assert GRAPH_FAULTS[fault] in told.err
    _clear(told, faulty.address(fault))


def _clear(told: Called, address: str) -> None:
    """Assert that a message is one line and at most one piece of advice, and names the endpoint."""
    first, *rest = told.err.splitlines()
    assert first.startswith("accords: ")
    assert address in first
    assert all(line.startswith("  → ") for line in rest)
    assert len(rest) <= 1
    assert "Traceback" not in told.err
    assert not set(told.err) & set("\x1b\u202e")


@pytest.mark.parametrize("fault", ["fine", "json", "unmeasured"])
def test_an_answer_that_is_whole_is_taken_as_it_comes(
    fault: str, faulty: Served, call: Caller, tmp_path: Path
) -> None:
    own = _own(tmp_path, "SELECT ?a { ?a ?b ?c }")
    told = call("ask", "--file", own, "--endpoint", faulty.address(fault), "--format", "csv")
    assert (told.code, told.out.split()) == (0, ["a", "x", "x"] if fault != "json" else ["a", "x"])


@pytest.mark.parametrize("end", range(len(TABLE) - len("</results></sparql>"), len(TABLE)))
def test_no_beginning_of_an_answer_is_taken_for_the_whole(end: int) -> None:
    received = remote._Received(remote_xml := "application/sparql-results+xml", TABLE[:end].encode(), 9)
    with pytest.raises(remote._Unfit):
        remote._rows(received, 9, ask=False)
    whole = replace(received, content=f"{TABLE}\n<!-- made in 3 ms -->\n".encode())
    assert (remote_xml, len(remote._rows(whole, 9, ask=False).rows)) == (whole.media, 2)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_refused_and_nothing_is_sent_where_it_leads(
    status: int, call: Caller, tmp_path: Path
) -> None:
    with served(tmp_path / "other") as other, served(tmp_path / "heard", other.port) as server:
        for language, said in zip(LANGUAGES, ("renvoie vers", "redirects to"), strict=True):
            told = call(
                "ask", SIMPLE, "--endpoint", server.address(f"redirect?{status}={status}"), lang=language
            )
            assert (told.code, told.out) == (3, "")
            assert f"{said} {other.address('fine')}" in told.err
            _clear(told, server.address("redirect"))
        assert other.heard == []
        assert len(server.heard) == 2


def test_a_refusal_of_a_query_of_ones_own_names_the_line_that_the_server_names(
    faulty: Served, call: Caller, tmp_path: Path
) -> None:
    own = _own(tmp_path, "SELECT ?a {\n  ?a bif:contains 'x' }".replace("bif:contains", "?b"))
    told = call("ask", "--file", own, "--endpoint", faulty.address("400-line"))
    assert told.code == 2
    assert "own.rq:2:7: error: " in told.err
    _clear(told, faulty.address("400-line"))


def test_a_name_that_must_be_looked_up_meets_the_same_refusals(faulty: Served, call: Caller) -> None:
    for fault in ("500", "400", "html", "stops"):
        told = call("ask", PICK, "-p", "agreement=x", "--endpoint", faulty.address(fault))
        assert (told.code, told.out) == (3, "")
        _clear(told, faulty.address(fault))


def test_nobody_listening_and_nobody_answering_are_told_apart(
    call: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "CONNECT", 0.5)
    with socket.create_server((LOOPBACK, 0)) as taken:
        closed = f"http://{LOOPBACK}:{taken.getsockname()[1]}/"
    for language, said in zip(LANGUAGES, ("rien n'écoute", "nothing listens"), strict=True):
        told = call("ask", SIMPLE, "--endpoint", closed, lang=language)
        assert (told.code, told.out) == (3, "")
        assert said in told.err
        _clear(told, closed)
    with _deaf() as address:
        for language, said in zip(
            LANGUAGES, ("pas de connexion en 0.5 s", "no connection within 0.5 s"), strict=True
        ):
            told = call("ask", SIMPLE, "--endpoint", address, lang=language)
            assert (told.code, told.out) == (3, "")
            assert said in told.err
            _clear(told, address)


@contextlib.contextmanager
def _deaf() -> Iterator[str]:
    """Yield the address of a port whose waiting room is full."""
    with contextlib.ExitStack() as held:
        listening = held.enter_context(socket.socket())
        listening.bind((LOOPBACK, 0))
        listening.listen(0)
        for _ in range(4):
            caller = held.enter_context(socket.socket())
            caller.setblocking(False)  # noqa: FBT003  # as the library names it
            with contextlib.suppress(BlockingIOError):
                caller.connect(listening.getsockname())
        yield f"http://{LOOPBACK}:{listening.getsockname()[1]}/"


def test_an_unknown_host_and_a_server_without_tls_are_told(
    faulty: Served, call: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    secure = faulty.address("fine").replace("http:", "https:")
    told = call("ask", SIMPLE, "--endpoint", secure)
    assert (told.code, told.out) == (3, "")
    assert "pas de connexion chiffrée (WRONG_VERSION_NUMBER)" in told.err
    _clear(told, secure)

    def unknown(*_words: object, **_more: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    told = call("ask", SIMPLE, "--endpoint", "http://nulle-part.invalid/", lang="en")
    assert (told.code, told.out) == (3, "")
    assert told.err == "accords: http://nulle-part.invalid/: unknown host\n"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "localhost:7878/query",
        "ftp://localhost/",
        "file:///etc/passwd",
        "http://",
        "http://[::1",
        "http://localhost:port/",
        "http://localhost:99999/",
        "http://local host/",
        "http://localhost/\u202e",
        "http://localhost/é",
        "http://moi:secret@localhost/",
        "http://secret@localhost:80/",
        "http://moi:secret@[::1/",
    ],
)
def test_what_is_no_address_is_wrong_use_and_no_password_is_printed(address: str, call: Caller) -> None:
    told = call("ask", SIMPLE, "--endpoint", address)
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("accords: --endpoint : « ")
    assert "secret" not in told.err
    assert "\u202e" not in told.err


def test_from_python_each_refusal_is_raised(endpoint: str, faulty: Served, call: Caller) -> None:
    for fault in ("500", "most"):
        with pytest.raises(EndpointFailed):
            accords.ask(SIMPLE, root=call.root, endpoint=faulty.address(fault))
    with pytest.raises(LimitReached):
        accords.ask(SIMPLE, root=call.root, endpoint=faulty.address("drip"), timeout=1)
    with pytest.raises(TooManyRows):
        accords.ask(SIMPLE, root=call.root, endpoint=endpoint, rows=1)
    with pytest.raises(BadParameter):
        accords.ask(SIMPLE, root=call.root, endpoint="nowhere")
    assert issubclass(QueryRefused, EndpointFailed)


def _own(folder: Path, text: str) -> str:
    written = folder / "own.rq"
    written.write_text(text, encoding="utf-8")
    return str(written)
