"""The fields of one record in YAML: texts, lists of texts, or a text a language; every value as it is written.

Nothing is guessed and nothing is built: `non`, 2023-06-01 and 012 stay texts, tags and anchors serve nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml
from yaml import MappingNode, Node, ScalarNode, SequenceNode

from .language import Words, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOTHING = "tag:yaml.org,2002:null"


class Unreadable(ValueError):
    """The text is not what a record in YAML looks like; the line says where."""

    def __init__(self, line: int, reason: Words) -> None:
        """Keep the line and the reason."""
        super().__init__(f"line {line}: {reason.en}")
        self.line, self.reason = line, reason


def rows(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield each field, its value and its line; a text in a language has the field `name@en`.

    Raises Unreadable.

    >>> list(rows("titre: {fr: Accord, en: Agreement}"))
    [('titre@fr', 'Accord', 1), ('titre@en', 'Agreement', 1)]
    """
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as problem:
        mark = getattr(problem, "problem_mark", None)
        line = 1 if mark is None else mark.line + 1
        raise Unreadable(line, Words("ce n'est pas du YAML", "it is not YAML")) from problem
    if root is None:
        return
    seen: set[str] = set()
    for key, value in _pairs(root):
        if key in seen:
            shown = printable(key)
            twice = Words(f"le champ « {shown} » est donné deux fois", f"the field “{shown}” is given twice")
            raise Unreadable(_line(value), twice)
        seen.add(key)
        yield from _values(key, value)


def _values(key: str, node: Node) -> Iterator[tuple[str, str, int]]:
    if isinstance(node, SequenceNode):
        for one in node.value:
            yield key, _scalar(one), _line(one)
    elif isinstance(node, MappingNode):
        for language, one in _pairs(node):
            yield f"{key}@{language}", _scalar(one), _line(one)
    elif node.tag != _NOTHING and node.value:
        yield key, _scalar(node), _line(node)


def _pairs(node: Node) -> Iterator[tuple[str, Node]]:
    if not isinstance(node, MappingNode):
        raise Unreadable(_line(node), Words("il faut « champ: valeur »", "“field: value” is needed"))
    for key, value in node.value:
        yield _scalar(key), value


def _scalar(node: Node) -> str:
    if not isinstance(node, ScalarNode):
        raise Unreadable(_line(node), Words("il faut un texte ici", "a text is needed here"))
    return str(node.value)


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1
