"""How a file is opened: three lines in Python, in R and in a shell, by the ending of its name."""

from __future__ import annotations

from dataclasses import dataclass

from accords.language import Words

TOOLS = ("Python", "R", "shell")


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to open a form of files; in each text, {file} stands for the name of the file."""

    title: Words
    python: str
    r: str
    shell: str

    def lines(self, file: str) -> tuple[tuple[str, str], ...]:
        """Return the name of each tool with what to type for a file."""
        texts = (self.python, self.r, self.shell)
        return tuple((tool, text.replace("{file}", file)) for tool, text in zip(TOOLS, texts, strict=True))


def _graph(title: str, r_name: str) -> Recipe:
    return Recipe(
        Words(
            f"{title} : des énoncés, à interroger en SPARQL", f"{title}: statements, to be asked in SPARQL"
        ),
        "from rdflib import Graph\n"
        'graph = Graph().parse("{file}")\n'
        'rows = graph.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")',
        f'library(rdflib)\ngraph <- rdf_parse("{{file}}", format = "{r_name}")\n'
        'rdf_query(graph, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")',
        "pip install oxigraph\noxigraph load --location store --file {file}\n"
        'oxigraph query --location store --query "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }" --results-format csv',
    )


def recipes() -> dict[str, Recipe]:
    """Return how to open each form, by ending."""
    return {
        ".csv": Recipe(
            Words("CSV : une table", "CSV: a table"),
            'import pandas\ntable = pandas.read_csv("{file}")\ntable.head()',
            'library(readr)\ntable <- read_csv("{file}")\nhead(table)',
            "pip install csvkit\ncsvstat {file}\ncsvlook {file} | head",
        ),
        ".xlsx": Recipe(
            Words("Classeur : toutes les tables", "Workbook: all tables"),
            'import pandas\ntables = pandas.read_excel("{file}", sheet_name=None)\nlist(tables)',
            'library(readxl)\nexcel_sheets("{file}")\ntable <- read_excel("{file}", sheet = 1)',
            "pip install xlsx2csv\nxlsx2csv --all {file} > tables.csv\nhead tables.csv",
        ),
        ".parquet": Recipe(
            Words("Parquet : une table à colonnes typées", "Parquet: a table of typed columns"),
            'import polars\ntable = polars.read_parquet("{file}")\ntable.head()',
            'library(arrow)\ntable <- read_parquet("{file}")\nhead(table)',
            "duckdb -c \"DESCRIBE SELECT * FROM '{file}'\"\n"
            "duckdb -c \"SELECT COUNT(*) FROM '{file}'\"\n"
            "duckdb -c \"SELECT * FROM '{file}' LIMIT 5\"",
        ),
        ".json": Recipe(
            Words("JSON : des objets simples", "JSON: plain objects"),
            'import json\nwith open("{file}", encoding="utf-8") as file:\n    held = json.load(file)',
            'library(jsonlite)\nheld <- fromJSON("{file}")\nstr(held, max.level = 1)',
            "jq type {file}\njq length {file}\njq keys {file}",
        ),
        ".ttl": _graph("Turtle", "turtle"),
        ".nt": _graph("N-Triples", "ntriples"),
        ".graphml": Recipe(
            Words("GraphML : un réseau", "GraphML: a network"),
            'import networkx\nnetwork = networkx.read_graphml("{file}")\nprint(network)',
            'library(igraph)\nnetwork <- read_graph("{file}", format = "graphml")\nsummary(network)',
            "xmllint --noout {file}\ngrep -c '<node ' {file}\ngrep -c '<edge ' {file}",
        ),
    }
