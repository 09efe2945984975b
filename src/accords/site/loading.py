"""How a file is opened: a few lines in Python, in a shell and, for tables, in R, by the ending of its name.

Each text begins with what has to be installed, and ends with something to see.
"""

from __future__ import annotations

from dataclasses import dataclass

from accords.language import Words
from accords.vocab import SKOS, ae

TOOLS = ("Python", "R", "shell")
SHEET = "agreements"  # the table that is shown, where there is one
_QUERY = (
    f"SELECT ?label WHERE {{ ?one a <{ae('Agreement').value}> ; <{SKOS}prefLabel> ?label "
    "FILTER(LANG(?label) = 'fr') }"
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to open a form of files; in each text, {file} stands for the name of the file. None is told untried."""

    title: Words
    python: str
    r: str
    shell: str

    def lines(self, file: str) -> tuple[tuple[str, str], ...]:
        """Return the name of each tool with what to type for a file."""
        texts = (self.python, self.r, self.shell)
        told = zip(TOOLS, texts, strict=True)
        return tuple((tool, text.replace("{file}", file)) for tool, text in told if text)


def _graph(title: str, *, several: bool = False) -> Recipe:
    """Return how statements are asked in SPARQL; those of `several` graphs, as one."""
    empty, union = ("Dataset(default_union=True)", " --union-default-graph") if several else ("Graph()", "")
    return Recipe(
        Words(
            f"{title} : des énoncés, à interroger en SPARQL", f"{title}: statements, to be asked in SPARQL"
        ),
        "# pip install rdflib\n"
        f"from rdflib import {empty.partition('(')[0]}\n"
        f'graph = {empty}\ngraph.parse("{{file}}")\n'
        f'for row in graph.query("{_QUERY}"):\n    print(row.label)',
        "",
        "# pip install oxigraph\n"
        "oxigraph load --location {file}.store --file {file}\n"
        f'oxigraph query --location {{file}}.store{union} --results-format csv --query "{_QUERY}"',
    )


def recipes() -> dict[str, Recipe]:
    """Return how to open each form, by ending."""
    return {
        ".csv": Recipe(
            Words("CSV : une table ; tout y est texte", "CSV: a table; all of it is text"),
            "# pip install pandas\n"
            'import pandas\ntable = pandas.read_csv("{file}", dtype=str)\nprint(table.head())',
            '# install.packages("readr")\n'
            'library(readr)\ntable <- read_csv("{file}", col_types = cols(.default = "c"))\nhead(table)',
            "# pip install csvkit\ncsvlook --snifflimit 0 --no-inference --max-columns 4 {file} | head",
        ),
        ".xlsx": Recipe(
            Words("Classeur : toutes les tables", "Workbook: all tables"),
            "# pip install pandas openpyxl\n"
            'import pandas\ntables = pandas.read_excel("{file}", sheet_name=None, dtype=str)\n'
            f'print(list(tables))\nprint(tables["{SHEET}"].head())',
            '# install.packages("readxl")\n'
            'library(readxl)\nexcel_sheets("{file}")\n'
            f'table <- read_excel("{{file}}", sheet = "{SHEET}", col_types = "text")\nhead(table)',
            f"# pip install xlsx2csv\nxlsx2csv --sheetname {SHEET} {{file}} {SHEET}-from-workbook.csv\n"
            f"head -n 3 {SHEET}-from-workbook.csv",
        ),
        ".parquet": Recipe(
            Words("Parquet : une table à colonnes typées", "Parquet: a table of typed columns"),
            '# pip install polars\nimport polars\ntable = polars.read_parquet("{file}")\nprint(table.head())',
            "",
            "# pip install duckdb-cli\n"
            "duckdb -c \"DESCRIBE SELECT * FROM '{file}'\"\n"
            "duckdb -c \"SELECT * FROM '{file}' LIMIT 5\"",
        ),
        ".json": Recipe(
            Words("JSON : des objets simples, fiche par fiche", "JSON: plain objects, record by record"),
            'import json\nwith open("{file}", encoding="utf-8") as file:\n'
            '    records = json.load(file)["records"]\n'
            'for record in records:\n    print(record["label"]["fr"])',
            '# install.packages("jsonlite")\n'
            'library(jsonlite)\nheld <- fromJSON("{file}")\nhead(held$records$label$fr)',
            "# apt install jq\njq --raw-output '.records[].label.fr' {file}",
        ),
        ".ttl": _graph("Turtle"),
        ".rdf": _graph("RDF/XML"),
        ".nt": _graph("N-Triples"),
        ".nq": _graph("N-Quads", several=True),
        ".trig": _graph("TriG", several=True),
        ".graphml": Recipe(
            Words("GraphML : un réseau", "GraphML: a network"),
            '# pip install networkx\nimport networkx\nnetwork = networkx.read_graphml("{file}")\n'
            'print(network)\nprint(*(name for _, name in network.nodes(data="label_fr")), sep="\\n")',
            '# install.packages("igraph")\n'
            'library(igraph)\nnetwork <- read_graph("{file}", format = "graphml")\n'
            "summary(network)\nhead(V(network)$label_fr)",
            "grep -c '<node ' {file}\ngrep -c '<edge ' {file}",
        ),
    }
