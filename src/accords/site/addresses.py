"""Where pages stand: from the IRI of a thing to the path of its page, and from one path to another.

A path of a page stands below the folder of a language: `id/actor/etat.html`. Whatever an IRI holds, its path
is made of letters, digits, `-`, `_`, `.` and `~`: the same as a file name and in a link.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from accords.vocab import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable

PAGE = ".html"
_PLAIN = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*")
_KEPT = re.compile(r"[A-Za-z0-9_-]")
_TAKEN = frozenset({"index", "con", "prn", "aux", "nul"})  # by lists, and by systems of files
_LONGEST = 120  # characters of a name
_SCHEMES = frozenset({"http", "https", "mailto"})


def path_of(iri: str, *, below: str = BASE) -> str | None:
    """Return the path of what one of our IRIs names, without an ending; None for an IRI of somebody else.

    >>> path_of(BASE + "id/actor/etat"), path_of(BASE + "def#Agreement"), path_of("https://e.example/a")
    ('id/actor/etat', 'def/Agreement', None)
    >>> path_of(BASE + "id/actor/../é"), path_of(BASE + "concept/theme/index")
    ('id/actor/~2E~2E/~C3~A9', 'concept/theme/index~')
    """
    if not iri.startswith(below) or iri == below:
        return None
    return "/".join(named(part) for part in re.split("[/#]", iri.removeprefix(below)))


def named(part: str) -> str:
    """Return one part of an IRI as the name of a file or a folder.

    >>> named("region-52"), named("con"), named("a b")
    ('region-52', 'con~', 'a~20b')
    """
    plain = part if _PLAIN.fullmatch(part) else "".join(map(_spelt, part)) or "~"
    if plain.casefold().split(".")[0] in _TAKEN:
        plain += "~"
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}~"


def _spelt(letter: str) -> str:
    if _KEPT.fullmatch(letter):
        return letter
    return "".join(f"~{byte:02X}" for byte in letter.encode("utf-8", "surrogatepass"))


def apart(paths: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return a path for each IRI, no two alike where letters of both cases are one.

    The first keeps its own, those in small letters before the others: ours are.

    >>> apart([("e:A", "x/A"), ("e:a", "x/a"), ("e:b", "x/b")])
    {'e:a': 'x/a', 'e:b': 'x/b', 'e:A': 'x/A~2'}
    """
    found: dict[str, str] = {}
    taken: dict[str, int] = {}
    for iri, path in sorted(paths, key=lambda row: row[1] != row[1].lower()):
        count = taken[path.casefold()] = taken.get(path.casefold(), 0) + 1
        found.setdefault(iri, path if count == 1 else f"{path}~{count}")
    return found


def relative(origin: str, target: str) -> str:
    """Return the link from one file of the site to another; both paths are from its root.

    >>> relative("fr/id/actor/etat.html", "site/style.css"), relative("fr/index.html", "fr/lists.html")
    ('../../../site/style.css', 'lists.html')
    """
    top, slash, below = origin.partition("/")
    if slash and target.startswith(top + slash):  # in the same tree
        return "../" * below.count("/") + target[len(top) + 1 :]
    return "../" * origin.count("/") + target


def outside(iri: str) -> str | None:
    """Return an address that a page may link to; None for any other scheme than the web's and mail's.

    >>> outside("https://e.example/a"), outside("javascript:alert(1)"), outside("mailto:a@b.example")
    ('https://e.example/a', None, 'mailto:a@b.example')
    """
    try:
        return iri if urlsplit(iri).scheme.lower() in _SCHEMES else None
    except ValueError:  # no address at all
        return None
