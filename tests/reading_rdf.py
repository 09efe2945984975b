"""Reading what was exported with other tools than ours: rdflib, PyLD, the `oxigraph` command; and comparing graphs.

Every reader gives N-Quads; `canonical` makes of them the canonical graph of RDFC-1.0, names of graphs left out.
"""

from __future__ import annotations

import json
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import rdflib
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, parse

OXIGRAPH = Path(sys.executable).parent / "oxigraph"
RDFLIB = {"ttl": "turtle", "nt": "nt", "nq": "nquads", "trig": "trig", "rdf": "xml", "jsonld": "json-ld"}


def canonical(quads: bytes) -> list[str]:
    """Return a graph in canonical form."""
    read = parse(quads, format=RdfFormat.N_QUADS)
    found = Dataset(Quad(quad.subject, quad.predicate, quad.object) for quad in read)
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(str(quad.triple) for quad in found)


def by_oxigraph(path: Path) -> bytes:
    """Return what the `oxigraph` command reads, whole processes away from ours."""
    done = subprocess.run(
        [OXIGRAPH, "convert", "--from-file", path, "--to-format", "nq"],
        capture_output=True,
        check=True,
        timeout=60,
    )
    return done.stdout


def by_rdflib(path: Path) -> bytes:
    """Return what rdflib reads, its rewriting of literals switched off."""
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # its own calls of its own old names
            found = rdflib.Dataset(default_union=True)
            text = path.read_bytes()
            found.parse(data=text, format=RDFLIB[path.suffix[1:]], publicID=path.as_uri())
        return b"".join(f"{s.n3()} {p.n3()} {_written(o)} .\n".encode() for s, p, o, _ in found.quads())
    finally:
        rdflib.NORMALIZE_LITERALS = before


def _written(term: Any) -> str:  # noqa: ANN401  # any node of rdflib
    """Return a term in N-Quads: n3 writes numbers without their datatype."""
    if not isinstance(term, rdflib.Literal):
        return str(term.n3())
    text = json.dumps(str(term))
    if term.language:
        return f"{text}@{term.language}"
    return f"{text}^^<{term.datatype}>" if term.datatype else text


def by_pyld(path: Path) -> bytes:
    """Return what PyLD reads of JSON-LD; it is given no way to fetch anything."""
    from pyld import jsonld  # noqa: PLC0415  # for some tests only

    def refused(url: str, options: object) -> object:
        message = f"fetched: {url} {options}"
        raise AssertionError(message)

    read = json.loads(path.read_text(encoding="utf-8"))
    made = jsonld.to_rdf(read, {"format": "application/n-quads", "documentLoader": refused})
    assert isinstance(made, str)
    return made.encode()
