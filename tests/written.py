"""Turtle to try: whole files as hypothesis writes them, what spoils them, and the files of others."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

from hypothesis import strategies as st

PREFIXES = ("e:", ":", "é.x:", "e-1:")
HEAD = "".join(f"@prefix {prefix} <http://e/{number}/> .\n" for number, prefix in enumerate(PREFIXES))
_LOCAL = st.sampled_from(
    [
        "",
        "a",
        "b.c",
        "1",
        "a:b",
        "_x",
        "%41",
        "\\~x",
        "\\/",
        "\\#a",
        "a..b",
        "é",
        "a-b",
        "x\\.",
        "\U00010000",
    ]
)
NAMES = st.builds(str.__add__, st.sampled_from(PREFIXES), _LOCAL)
IRIS = st.sampled_from(
    ["<http://e/a>", "<urn:x:y>", "<http://e/\\u00e9>", "<http://e/%20#f>", "<HTTP://e/?q=1>"]
)
BLANKS = st.sampled_from(["_:a", "_:b.c", "_:1", "_:turtle-1", "_:a-b"])
_INSIDE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\"'\\\r\n"), max_size=8)
_ESCAPES = st.sampled_from(["", "\\n", '\\"', "\\u00e9", "\\U0001F600", "\\\\", "\\t\\'"])
STRINGS = st.one_of(
    st.builds("{2}{0}{1}{2}".format, _INSIDE, _ESCAPES, st.sampled_from(['"', "'", '"""', "'''"])),
    st.sampled_from(
        [
            '"""a "b" ""c\n d"""',
            "'''x'\r\n'''",
            '""',
            "''",
            '""""""',
            '"#"',
            "'@prefix . '",
            f'"{"mot " * 20}"',
        ]
    ),
)
_SUFFIXES = st.sampled_from(["", "", "@fr", "@fr-FR", "@es-419", "@EN", "^^e:t", "^^<http://e/t>"])
NUMBERS = st.sampled_from(["1", "-2", "+3.5", ".5", "1.e5", "1E-3", "007", "true", "false", "-.5e+1"])
_LITERALS = st.one_of(st.tuples(STRINGS, _SUFFIXES).map(lambda pair: pair[0] + pair[1]), NUMBERS)
_SIMPLE: st.SearchStrategy[list[str]] = st.one_of(
    NAMES, IRIS, BLANKS, _LITERALS, st.just("[]"), st.just("()")
).map(lambda value: [value])


def _listed(items: list[list[str]]) -> list[str]:
    return ["(", *(word for item in items for word in item), ")"]


def _joined(rows: list[list[str]], mark: str) -> list[str]:
    return [word for number, row in enumerate(rows) for word in ([mark] if number else []) + row]


def _properties(values: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
    verbs = st.one_of(NAMES, IRIS, st.just("a"))
    one = st.tuples(verbs, st.lists(values, min_size=1, max_size=3)).map(
        lambda row: [row[0], *_joined(row[1], ",")]
    )
    ends = st.sampled_from([[], [";"], [";", ";"]])
    return st.tuples(st.lists(one, min_size=1, max_size=3), ends).map(
        lambda row: _joined(row[0], ";") + row[1]
    )


def _brackets(values: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
    return st.one_of(
        _properties(values).map(lambda inside: ["[", *inside, "]"]),
        st.lists(values, max_size=3).map(_listed),
    )


VALUES = st.recursive(_SIMPLE, _brackets, max_leaves=4)
_SUBJECTS = st.one_of(
    st.one_of(NAMES, IRIS, BLANKS, st.just("[]")).map(lambda word: [word]), _brackets(_SIMPLE)
)
_TRIPLES = st.one_of(
    st.tuples(_SUBJECTS, _properties(VALUES)).map(lambda row: [*row[0], *row[1], "."]),
    _properties(VALUES).map(lambda inside: ["[", *inside, "]", "."]),
)
_DIRECTIVES = st.sampled_from(
    [
        ["@prefix", "e:", "<http://f/>", "."],
        ["PREFIX", ":", "<http://g/x/>"],
        ["prefix", "é.x:", "<urn:x:>"],
        ["@base", "<http://b/c/d?q#f>", "."],
        ["BASE", "<http://b/>"],
    ]
)
_RELATIVE = st.sampled_from(
    ["<a>", "<../a/./b>", "<#f>", "<?q>", "<>", "<//h/x>", "</r>", "<x:../y>", "<;a/..>"]
)
_BASED = st.lists(st.one_of(NAMES, _RELATIVE, IRIS), min_size=3, max_size=3).map(
    lambda row: ["base", "<http://b/c/d?q>", *row, "."]
)
_GAPS = st.sampled_from([" ", "\n", "\r\n", "\t", " # c\n", "\r", "\n\n\n  ", " # e:a . 'x\r\n"])


@st.composite
def documents(draw: st.DrawFn, *, most: int = 4) -> tuple[str, ...]:
    """Return the words of a valid file, gaps between them included."""
    statements = draw(st.lists(st.one_of(_TRIPLES, _TRIPLES, _DIRECTIVES, _BASED), max_size=most))
    gaps = draw(st.sampled_from([_GAPS, st.just(" "), st.sampled_from([" ", " ", " ", "\n  "])]))
    words = [HEAD]
    for word in (word for statement in statements for word in statement):
        words += [word, draw(gaps)]
    return (*words, "\n")


_NOISE = st.one_of(
    st.sampled_from(
        [
            *".;,[]()'\"<>@^:_-+%#\\{}=!?&/|$*`",
            "e:",
            "a",
            "^^",
            "@fr",
            '"""',
            "1e",
            "\x00",
            "\ufeff",
            "é",
            "\n",
            "\\x",
        ]
    ),
    st.characters(exclude_categories=["Cs"]),
)


@st.composite
def spoiled(draw: st.DrawFn) -> str:
    """Return a file with a word or a character taken away, added or replaced, once to three times."""
    words = list(draw(documents()))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(words) - 1))
        match draw(st.sampled_from(["without", "with", "instead", "inside"])):
            case "without":
                words[at] = ""
            case "with":
                words.insert(at, draw(_NOISE))
            case "instead":
                words[at] = draw(_NOISE)
            case _:
                cut = draw(st.integers(0, len(words[at])))
                words[at] = words[at][:cut] + draw(_NOISE) + words[at][cut + draw(st.integers(0, 2)) :]
    return "".join(words) + "\n"


def installed() -> list[Path]:
    """Return every Turtle file that an installed package brings, our own included."""
    files = (file for package in metadata.distributions() for file in package.files or ())
    return sorted({Path(str(file.locate())) for file in files if file.suffix == ".ttl"})
