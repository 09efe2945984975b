"""The architecture as two tables: imports only go down, each heavy library has one home."""

from __future__ import annotations

import ast
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from laying import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = ROOT / "src" / "accords"

LAYERS = (  # a module imports from its own layer and those above it in this list
    {"errors", "findings", "language", "location", "terms", "vocab"},
    {
        "borrowed", "cache", "catalogue", "demands", "editable", "families", "files", "forms", "headers", "journal", "literals", "loading",
        "mentions", "mistakes", "parsing", "passages", "paths", "patterns", "periods", "project", "proving", "querynames", "rightly", "rulebook",
        "sameness", "solutions", "sparql", "spellings", "stamps", "syntax_places", "syntax_sentences", "syntax_slips", "syntax_values", "syntax_words", "turtle",
        "wording", "writing",
    },
    {"constraints", "machine", "merging", "remote", "revisions", "shacl", "shapes", "sights", "store", "walking", "worker"},
    {
        "adding", "answering", "archive", "authoring", "checking", "choosing", "citing", "communities", "comparing",
        "completing", "coverage", "dates", "deprecating", "diff", "durations", "editing", "elsewhere", "evidence", "explanation",
        "fieldnames", "fields", "filling", "formatting", "frames", "framing", "graphs", "headings", "importing", "inspection", "joining",
        "keeping", "kindnames", "kinds", "known", "ledger", "listing", "matrix", "measures", "measuring", "minting", "misnaming",
        "names", "naming", "near", "network", "network_large", "notebook",
        "pinning", "placing", "prepared", "querying", "quoting", "renames", "renaming", "requirements", "retiring", "runnable", "shifts", "sides", "snapshot",
        "speaking", "standing", "surroundings", "table", "tabular", "templates", "things", "ties", "tracing", "twins", "twinwords", "usage", "validation",
        "weaving", "wellformed", "workbooks", "written",
    },
    {"api", "render"},
    {"publishing"},
    {"site"},
    {"releasing"},
    {"cli", "lsp"},
    {"__main__"},
)  # fmt: skip

ONLY_IN = {  # the one place that may import a library
    "pyshacl": {"shacl"},
    "pyshacl_turbo": {"shacl"},
    "rdflib": {"shacl"},
    "rdflib_turbo": {"shacl"},
    "rich": {"cli", "render"},
    "openpyxl": {"render", "workbooks"},
    "pandas": {"frames", "table"},  # in `table` for types only
    "polars": {"frames", "table"},
    "click": {"cli"},
    "lsprotocol": {"lsp"},
    "pygls": {"lsp"},
    "multiprocessing": {"worker"},
    "networkx": {"network"},
    "igraph": {"network_large"},
    "SPARQLWrapper": {"remote"},
    "jinja2": {"site"},
    "markdown_it": {"site"},
    "yaml": {"listing"},
    "pyld": {"framing"},
}
LARGEST = 400  # lines: a longer module is two


def modules() -> dict[Path, str]:
    """Return each file of the package with the name of its module or sub-package."""
    return {
        path: path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.name != "__init__.py" or path.parent != PACKAGE
    }


def imported(path: Path) -> set[str]:
    """Return the dotted names that a file imports, ours as `accords.…`."""
    package = ["accords", *path.relative_to(PACKAGE).parent.parts]
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            stem = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*stem, *([node.module] if node.module else [])])
            names |= {f"{base}.{alias.name}" for alias in node.names} if base == "accords" else {base}
    return names


def layer(module: str) -> int:
    return next(place for place, names in enumerate(LAYERS) if module in names)


def test_every_module_has_a_layer_and_every_layer_has_its_modules() -> None:
    assert set(modules().values()) == set().union(*LAYERS)
    assert sum(len(names) for names in LAYERS) == len(set().union(*LAYERS))


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_only_go_down(path: Path) -> None:
    module = modules()[path]
    ours = {name.split(".")[1] for name in imported(path) if name.startswith("accords.")}
    assert {other for other in ours if layer(other) > layer(module)} == set()


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_heavy_library_is_imported_in_its_one_place(library: str) -> None:
    users = {
        module
        for path, module in modules().items()
        if any(name.split(".")[0] == library for name in imported(path))
    }
    assert users <= ONLY_IN[library]


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_is_one_thing(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LARGEST


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["check", "--help"], ["ask", "--help"]])
def test_start_up_imports_no_engine(arguments: list[str]) -> None:
    script = (
        "import sys\n"
        "from accords.cli import run\n"
        "try:\n    run(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "heavy = {'rdflib', 'pyshacl', 'pyshacl_turbo', 'networkx', 'rich', 'pyoxigraph', 'SPARQLWrapper', 'openpyxl', 'polars', 'pandas', 'igraph', 'pyld'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
