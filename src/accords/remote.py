"""A SPARQL endpoint: the SPARQL 1.1 Protocol over HTTP, through SPARQLWrapper.

Takes the address and a query; gives Solutions. Runs in a worker, which holds the deadline of the whole
exchange (a timeout of HTTP is one of each read).

1. Connect within CONNECT seconds, to the address that was given: no redirect is followed.
2. Ask for SPARQL XML (some servers are slow with JSON, or write other JSON than the Recommendation's),
   or for Turtle where the query makes a graph.
3. Only the status 200 is an answer. What a server says otherwise is repeated, cut.
4. Read at most LARGEST bytes, as many as were announced; a graph whose length nothing tells is refused,
   since its end does not show. So is XML without its last tag, which the parser would take for the whole,
   and a table that the server says it cut (Virtuoso, status 200 notwithstanding).
5. Read what came by its media type, XML without a document type: nothing is expanded.
"""

from __future__ import annotations

import html
import re
import socket
import ssl
import sys
import urllib.request
import warnings
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, IncompleteRead
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.parse import urlsplit

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results

from .errors import AccordsError, BadParameter
from .language import Words, printable
from .solutions import BOOLEAN_COLUMN, TRIPLE_COLUMNS, Solutions, TooManyRows, truth
from .sparql import form

if TYPE_CHECKING:
    from .terms import Term

LARGEST = 512 * 2**20  # bytes of one answer
CONNECT = 5.0  # seconds, to be connected
_PIECE = 2**20
_SAID = 4096  # bytes of what a server says of a refusal
_SHOWN = 200  # characters of it that a message repeats
_GRAPHS = frozenset({"CONSTRUCT", "DESCRIBE"})
_TABLE_TYPES = {
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
    "text/xml": QueryResultsFormat.XML,
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
}
_GRAPH_TYPES = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/plain": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "application/turtle": RdfFormat.TURTLE,  # Virtuoso's
    "application/x-turtle": RdfFormat.TURTLE,
}
_LAST_TAG = re.compile(rb"</(?:[\w.-]+:)?sparql\s*>\s*(?:<!--.*?-->\s*)*\Z", re.DOTALL)
_DECLARES = re.compile(rb"<!(?!--)")  # a document type; CDATA too, which the parser does not read
_PAGE = re.compile(r"<(?:!doctype\s+)?html", re.IGNORECASE)
_TAGS = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_ADDRESS = re.compile(r"[!-~]+")
_MOST = "x-sparql-maxrows"  # sent by Virtuoso with an answer that it cuts
_OPTION = "--endpoint"
_OK, _BAD_REQUEST = 200, 400
_STATUS = {
    **dict.fromkeys((401, 403), Words("accès refusé", "access denied")),
    **dict.fromkeys(
        (404, 405, 410),
        Words("pas de point d'accès SPARQL à cette adresse", "no SPARQL endpoint at this address"),
    ),
    **dict.fromkeys((500, 501, 502), Words("erreur de son côté", "an error of its own")),
    **dict.fromkeys((408, 504), Words("temps dépassé de son côté", "it ran out of time")),
    **dict.fromkeys((413, 414), Words("question trop longue pour lui", "a query too long for it")),
    **dict.fromkeys((429, 503), Words("occupé : réessayer plus tard", "busy: try again later")),
}


class EndpointFailed(AccordsError):
    """The endpoint did not answer as the protocol wants."""

    def __init__(self, url: str, reason: Words) -> None:
        """Say which endpoint, and what it did."""
        shown = printable(url, 200)
        super().__init__(Words(f"{shown} : {reason.fr}", f"{shown}: {reason.en}"))
        self.url, self.reason = url, reason


class QueryRefused(EndpointFailed):
    """The endpoint does not take the query: a mistake in it, most often."""

    def __init__(self, url: str, said: str) -> None:
        """Keep what the endpoint says of it."""
        super().__init__(url, Words(f"question refusée ({said})", f"query refused ({said})"))
        self.said = said


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An endpoint that answers queries, by its address."""

    url: str
    timeout: float  # seconds, of each exchange of bytes

    def __post_init__(self) -> None:
        """Refuse what is not an address of the web, or holds a password."""
        try:
            parts = urlsplit(self.url)
            parts.port  # noqa: B018  # read to be checked
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in {"http", "https"} or not parts.hostname or not _ADDRESS.fullmatch(self.url):
            expected = Words(
                "une adresse http:// ou https://, sans espace ni accent",
                "an http:// or https:// address, without spaces or accents",
            )
            raise BadParameter(_OPTION, re.sub("//.*@", "//", self.url), expected)
        if "@" in parts.netloc:
            bare = self.url.replace(parts.netloc, parts.netloc.rpartition("@")[2])
            raise BadParameter(
                _OPTION, bare, Words("une adresse sans mot de passe", "an address without a password")
            )

    def answer(self, query: str, most: int) -> Solutions:
        """Return what a query finds there.

        Raises QueryRefused when the endpoint does not take the query, EndpointFailed, or TooManyRows.
        """
        does = form(query) or "SELECT"
        received = self._received(query, does)
        try:
            found = _triples(received, most) if does in _GRAPHS else _rows(received, most, ask=does == "ASK")
        except KeyError:
            kind = printable(received.media or "?", 60)
            said = Words(f"réponse d'un type inattendu, {kind}", f"answer of an unexpected type, {kind}")
        except _Unfit as unfit:
            said = unfit.said
        except (SyntaxError, ValueError) as problem:
            reason = printable(str(problem), 120)
            said = Words(f"réponse illisible, {reason}", f"unreadable answer, {reason}")
        else:
            if len(found.rows) < received.most:
                return found
            said = Words(f"il coupe à {received.most} lignes", f"it cuts at {received.most} rows")
            raise self._failed(said)
        raise self._failed(said, received.said)

    def _received(self, query: str, does: str) -> _Received:
        """Send a query, return what comes back.

        Raises EndpointFailed.
        """
        from SPARQLWrapper import POST, TURTLE, URLENCODED, XML, SPARQLWrapper  # noqa: PLC0415  # 90 ms

        urllib.request.install_opener(  # of this child process
            urllib.request.build_opener(_Judge, _Connecting, _ConnectingSafely)
        )
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # what the library thinks of a query or type, we look at
                client = SPARQLWrapper(self.url, agent="accords-emploi")
                client.setQuery(query)
                client.queryType = does  # its own reading could send a query as an update
                client.setMethod(POST)
                client.setRequestMethod(URLENCODED)
                client.setOnlyConneg(True)  # the protocol's parameters and no others
                client.setReturnFormat(TURTLE if does in _GRAPHS else XML)
                client.setTimeout(max(1, round(self.timeout)))
                return self._read(client.query().response, graph=does in _GRAPHS)
        except (OSError, HTTPException, ValueError) as problem:
            raise self._failed(_reason(problem)) from problem

    def _read(self, response: HTTPResponse, *, graph: bool) -> _Received:
        """Return the type and the bytes of an answer: all of them."""
        media = response.headers.get_content_type() if "content-type" in response.headers else ""
        untold = response.length is None and not response.chunked
        pieces: list[bytes] = []
        size = 0
        while piece := response.read(_PIECE):
            size += len(piece)
            if size > LARGEST:
                limit = LARGEST // 2**20
                raise self._failed(
                    Words(f"réponse de plus de {limit} Mio", f"answer of more than {limit} MiB")
                )
            pieces.append(piece)
        most = response.headers.get(_MOST, "")
        received = _Received(
            media, b"".join(pieces), int(most) if most.isdecimal() and most.isascii() else sys.maxsize
        )
        if response.length:
            raise IncompleteRead(received.content, response.length)
        if graph and untold and media in _GRAPH_TYPES:
            raise self._failed(
                Words(
                    "réponse sans longueur : rien ne dit si elle est entière",
                    "answer without a length: nothing tells whether it is whole",
                )
            )
        return received

    def _failed(self, reason: Words, said: str = "") -> EndpointFailed:
        more = f" ({said})" if said else ""
        return EndpointFailed(self.url, Words(f"{reason.fr}{more}", f"{reason.en}{more}"))


@dataclass(frozen=True, slots=True)
class _Received:
    """What came back: the media type, empty when none was told, the bytes, the rows it was cut at if it was."""

    media: str
    content: bytes
    most: int

    @property
    def said(self) -> str:
        """Return what stands there instead of an answer; nothing for the beginning of one."""
        begins = self.content[:_SAID]
        return "" if b"sparql-results#" in begins else _plain(begins)


class _Unfit(Exception):
    """An answer that can be read, and will not do."""

    def __init__(self, said: Words) -> None:
        super().__init__(said.en)
        self.said = said


def _rows(received: _Received, most: int, *, ask: bool) -> Solutions:
    """Return the rows of a table, or one truth.

    Raises KeyError for a type that holds neither, _Unfit, SyntaxError or ValueError for what is no answer.
    """
    kind = _TABLE_TYPES[received.media]
    if kind == QueryResultsFormat.XML:
        _whole(received.content)
    found = parse_query_results(received.content, format=kind)
    if isinstance(found, QueryBoolean) != ask:
        told = Words("un tableau au lieu de vrai ou faux", "a table instead of true or false")
        other = Words("vrai ou faux au lieu d'un tableau", "true or false instead of a table")
        raise _Unfit(told if ask else other)
    if isinstance(found, QueryBoolean):
        return Solutions((BOOLEAN_COLUMN,), ((truth(bool(found)),),))
    assert isinstance(found, QuerySolutions)  # noqa: S101  # the two classes there are
    gathered: list[tuple[Term | None, ...]] = []
    for solution in found:
        gathered.append(tuple(solution))
        if len(gathered) > most:
            raise TooManyRows(most)
    return Solutions(tuple(variable.value for variable in found.variables), tuple(gathered))


def _whole(content: bytes) -> None:
    """Raise _Unfit for XML that ends too soon, or that declares what a parser would expand."""
    if _DECLARES.search(content):
        raise _Unfit(Words("réponse refusée : elle a un <!DOCTYPE", "answer refused: it has a <!DOCTYPE"))
    if not _LAST_TAG.search(content[-_SAID:]):
        why = _plain(content.rpartition(b">")[2])  # why it stops, if it says so
        more = f" ({why})" if why else ""
        raise _Unfit(Words(f"réponse incomplète{more}", f"incomplete answer{more}"))


def _triples(received: _Received, most: int) -> Solutions:
    """Return the triples of a graph.

    Raises KeyError for another type, SyntaxError or ValueError for what cannot be read.
    """
    gathered: list[tuple[Term | None, ...]] = []
    for quad in parse(received.content, format=_GRAPH_TYPES[received.media]):
        gathered.append((quad.subject, quad.predicate, quad.object))
        if len(gathered) > most:
            raise TooManyRows(most)
    return Solutions(TRIPLE_COLUMNS, tuple(gathered), triples=True)


class _Judge(urllib.request.HTTPErrorProcessor):
    """Let the status 200 pass, and no other; follow no redirect."""

    def http_response(self, request: urllib.request.Request, response: HTTPResponse) -> HTTPResponse:
        """Return an answer, raise why there is none."""
        if response.status == _OK:
            return response
        raise _refusal(request.full_url, response)

    https_response = http_response


def _refusal(url: str, response: HTTPResponse) -> EndpointFailed:
    """Return what an endpoint says instead of an answer."""
    status = response.status
    if status // 100 == 3:  # noqa: PLR2004  # a redirect
        leads = printable(response.headers.get("location") or "?", _SHOWN)
        return EndpointFailed(
            url,
            Words(
                f"renvoie vers {leads} ; donner cette adresse-là", f"redirects to {leads}; give that address"
            ),
        )
    try:
        said = _plain(response.read(_SAID))
    except (OSError, HTTPException):
        said = ""
    if status == _BAD_REQUEST:
        return QueryRefused(url, said or f"HTTP {status}")
    told, more = _STATUS.get(status), f" ({said})" if said else ""
    french, english = ("", "") if told is None else (f", {told.fr}", f", {told.en}")
    return EndpointFailed(url, Words(f"HTTP {status}{french}{more}", f"HTTP {status}{english}{more}"))


def _plain(said: bytes) -> str:
    """Return the first words of what a server says, without the tags of a page.

    >>> _plain(b"<html><title>Oups</title><p>Timed&nbsp;out"), _plain(b"<urn:a> ?")
    ('Oups Timed out', '<urn:a> ?')
    """
    text = said.decode("utf-8", "replace")
    if _PAGE.search(text):
        text = html.unescape(_TAGS.sub(" ", text))
    return printable(" ".join(text.split()), _SHOWN)


class _Connection(HTTPConnection):
    """A connection that is made within CONNECT seconds, or not at all."""

    def connect(self) -> None:
        """Connect."""
        patience = self.timeout
        self.timeout = min(CONNECT, patience or CONNECT)
        try:
            super().connect()
        except TimeoutError as late:
            raise _NotConnected from late
        self.sock.settimeout(patience)


class _SafeConnection(_Connection, HTTPSConnection):
    """The same, over TLS."""


class _NotConnected(OSError):
    """No connection in time."""


class _Connecting(urllib.request.HTTPHandler):
    def http_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(_Connection, req)


class _ConnectingSafely(urllib.request.HTTPSHandler):
    def https_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(_SafeConnection, req)


def _reason(problem: Exception) -> Words:
    """Return why there was no exchange of bytes, or not a whole one."""
    cause = problem.reason if isinstance(problem, URLError) else problem
    match cause:
        case _NotConnected():
            return Words(f"pas de connexion en {CONNECT:g} s", f"no connection within {CONNECT:g} s")
        case TimeoutError():
            return Words("pas de réponse dans le temps laissé", "no answer in the time left")
        case socket.gaierror():
            return Words("machine inconnue", "unknown host")
        case ssl.SSLCertVerificationError():
            said = printable(cause.verify_message, 120)
            return Words(f"certificat refusé ({said})", f"certificate refused ({said})")
        case ssl.SSLError():
            said = printable(cause.reason or "TLS", 120)
            return Words(f"pas de connexion chiffrée ({said})", f"no encrypted connection ({said})")
        case ConnectionRefusedError():
            return Words("rien n'écoute à cette adresse", "nothing listens at this address")
        case IncompleteRead():
            return Words("réponse incomplète", "incomplete answer")
        case ConnectionError():
            return Words("connexion coupée", "connection closed")
    said = printable(getattr(cause, "strerror", None) or str(cause) or type(problem).__name__, 120)
    return Words(f"échange impossible ({said})", f"no exchange possible ({said})")
