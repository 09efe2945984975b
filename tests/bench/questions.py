"""The time of each question on generated graphs, beside pyoxigraph alone and rdflib, in one run.

    python tests/bench/questions.py --triples 10000 100000 1000000 [--only NAME …] [--runs 3]

For each size a graph is generated (seeded), then in one process:

- `load`: the files into a store, by pyoxigraph alone (`Store.bulk_load`, file by file) and by us;
- for each question, as its defaults ask it, or about a generated thing where a default names a real one:
  `alone`, pyoxigraph on the loaded store, rows read; `ours`, the same with what `accords ask` adds (values,
  lists, labels); `rdflib`, up to 100,000 triples, in a child that is given a minute;
- `ask`: the ratio of the whole of `accords ask` (load and answer) to the whole of pyoxigraph alone, less 150 ms.

Times are processor seconds, the median of the runs. The last lines say which questions are over the budget:
at 1 M triples, 1.2 times pyoxigraph alone plus 150 ms, both with their loading. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pyoxigraph import NamedNode, RdfFormat, Store

from accords import catalogue, graphs, loading, worker
from accords.answering import Asking, Request
from accords.choosing import ANYTHING
from accords.errors import AccordsError
from accords.project import Project
from accords.vocab import DEF, RECORD
from generate import generate

if TYPE_CHECKING:
    from collections.abc import Callable

    from accords.catalogue import Question

RDFLIB_UP_TO = 100_000
PATIENCE = 60.0  # seconds for one question in rdflib
Given = TypeVar("Given")
AGREEMENT = f"{DEF}Agreement"
BUDGET, MARGIN = 1.2, 0.150


@dataclass(frozen=True, slots=True)
class Timed:
    """One question on one graph: rows, and processor seconds."""

    name: str
    rows: int
    alone: float
    ours: float
    rdflib: float | None = None


def main() -> None:
    """Generate, measure, print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--triples", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    asked.add_argument("--only", nargs="*", default=[])
    asked.add_argument("--runs", type=int, default=3)
    asked.add_argument("--no-rdflib", action="store_true")
    given = asked.parse_args()
    for triples in given.triples:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "root"
            generate(root, triples, seed=1)
            measure(Project(root.resolve()), triples, given)


def measure(project: Project, triples: int, given: argparse.Namespace) -> None:
    """Measure every question on one generated graph and print the table."""
    paths = files(project)
    alone, loaded = spent(lambda: alone_load(paths))
    ours, _ = spent(lambda: graphs.store_of(project))
    print(f"\n{len(loaded):,} triples; load: pyoxigraph alone {alone:.3f} s, ours {ours:.3f} s")
    known = catalogue.load(project)
    asking = Asking(graphs.Stored(loaded), project, known, graphs.Limits(rows=10_000_000))
    with_rdflib = triples <= RDFLIB_UP_TO and not given.no_rdflib
    print(f"{'question':<48}{'rows':>8}{'alone s':>10}{'ours s':>10}{'rdflib s':>10}{'ask':>7}")
    over = []
    for question in known.questions:
        if given.only and question.short not in given.only:
            continue
        timed = bounded(question, asking, loaded, paths if with_rdflib else None, given.runs)
        if timed is None:
            print(
                f"{question.name:<48}{'more than ' + str(round(PATIENCE)) + ' s in pyoxigraph':>35}",
                flush=True,
            )
            over.append(question.name)
            continue
        ratio = max(ours + timed.ours - MARGIN, 0) / (alone + timed.alone)
        slow = (
            ""
            if timed.rdflib is None
            else f"{timed.rdflib:10.3f}"
            if timed.rdflib < PATIENCE
            else "      > 60"
        )
        print(
            f"{timed.name:<48}{timed.rows:>8}{timed.alone:>10.4f}{timed.ours:>10.4f}{slow:>10}{ratio:>7.2f}",
            flush=True,
        )
        if ratio > BUDGET:
            over.append(timed.name)
    print(f"over {BUDGET} times pyoxigraph alone plus {MARGIN * 1000:.0f} ms: {', '.join(over) or 'none'}")


def bounded(
    question: Question, asking: Asking, store: Store, paths: list[Path] | None, runs: int
) -> Timed | None:
    """Return the times of one question, measured in a child; None when patience ends first."""
    if paths is not None:
        _rdflib_graph(tuple(paths))  # loaded here once, the children have it

    def task(tell: worker.Tell) -> Timed:
        tell(question.name)
        return one(question, asking, store, runs)

    try:
        timed = worker.start(task, timeout=PATIENCE, memory=8192).result()
    except AccordsError:
        return None
    return timed if paths is None else replace(timed, rdflib=in_rdflib(paths, query_of(question, asking)))


def query_of(question: Question, asking: Asking) -> str:
    """Return the query that is measured."""
    return asking.query(Request(question, met(question, asking), "fr"))


def one(question: Question, asking: Asking, store: Store, runs: int) -> Timed:
    """Return the times of one question."""
    request = Request(question, met(question, asking), "fr")
    query = query_of(question, asking)
    rows = len(read(store, query))
    alone = statistics.median(spent(lambda: read(store, query))[0] for _ in range(runs))
    ours = statistics.median(spent(lambda: asking.answer(request, lambda _: None))[0] for _ in range(runs))
    return Timed(question.name, rows, alone, ours)


def met(question: Question, asking: Asking) -> dict[str, list[str]]:
    """Return, for each parameter whose default names a thing of the real data, one of the generated graph."""
    values: dict[str, list[str]] = {}
    for parameter in question.parameters:
        kind = asking.prefixes.expand(parameter.kind)
        named = asking.prefixes.expand(parameter.default.partition(" ")[0])
        if kind is None or named is None or not named.startswith(RECORD):
            continue
        choices = asking.choices(NamedNode(AGREEMENT if parameter.kind == ANYTHING else kind)).names
        if choices:
            values[parameter.name] = [asking.prefixes.show(list(choices)[len(choices) // 2])]
    return values


def read(store: Store, query: str) -> list[object]:
    """Ask a query of pyoxigraph and read all that it finds."""
    found = store.query(query)
    return [tuple(row) if hasattr(found, "variables") else row for row in found]  # type: ignore[union-attr]  # what is asked for has it


def in_rdflib(paths: list[Path], query: str) -> float:
    """Return the seconds of a query in rdflib, its graph being loaded; as long as patience lasts."""

    def task(tell: worker.Tell) -> float:
        tell("rdflib")
        graph = _rdflib_graph(tuple(paths))
        return spent(lambda: list(graph.query(query)))[0]  # type: ignore[attr-defined]  # the library has it

    try:
        return worker.start(task, timeout=PATIENCE, memory=8192).result()
    except AccordsError:
        return PATIENCE


_GRAPHS: dict[tuple[Path, ...], object] = {}


def _rdflib_graph(paths: tuple[Path, ...]) -> object:
    import rdflib  # noqa: PLC0415  # only where it is measured

    if paths not in _GRAPHS:
        _GRAPHS.clear()
        rdflib.NORMALIZE_LITERALS = False
        graph = rdflib.Graph()
        for path in paths:
            graph.parse(path, format="turtle")
        _GRAPHS[paths] = graph
    return _GRAPHS[paths]


def files(project: Project) -> list[Path]:
    """Return the files of the graph."""
    return [
        path
        for folder, skip in ((project.data, frozenset()), (project.ontology, loading.NOT_CONTENT))
        for path, refused in loading.content_files(project, folder, skip=skip)
        if refused is None
    ]


def alone_load(paths: list[Path]) -> Store:
    """Load files as a script with pyoxigraph alone would."""
    store = Store()
    for path in paths:
        store.bulk_load(path=path, format=RdfFormat.TURTLE)
    return store


def spent(task: Callable[[], Given]) -> tuple[float, Given]:
    """Return the processor seconds of a task, and what it gives."""
    begun = time.process_time()
    given = task()
    return time.process_time() - begun, given


if __name__ == "__main__":
    main()
