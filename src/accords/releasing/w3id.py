"""The request for persistent addresses, ready for the day it is made: `w3id/accords-emploi/`.

w3id.org keeps, for each name, a file of redirections and a page that says whose they are. Both are made from the
table of prefixes. Where releases stand follows from the address of the website, when that is known (`places`);
until then `HOST` stands for it: each release below its number, the newest below `latest` as well.

1. Versions come first: `def/1.2.0` and `dataset/1.2.0` lead into the release of that number.
2. A record or a concept leads to its page in the reader's language, or to its file in the form asked for.
3. The ontology, the rules and the files of the graph lead to theirs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from accords.language import LANGUAGES, Words
from accords.publishing.artefacts import Artefact, content
from accords.vocab import BASE, CONCEPT, RECORD

from .described import EXPORTS, SITE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accords.publishing.edition import Edition

FOLDER = "w3id/accords-emploi/"
HOST = "https://host.example/accords-emploi"  # stands for where the releases stand
_LATEST = "latest"
_SLUG = "[A-Za-z0-9_-][A-Za-z0-9_.-]*"
_THING = re.compile(rf"id/[a-z-]+/{_SLUG}|concept/[a-z-]+(?:/{_SLUG})?")
_VERSION = "[0-9]+\\.[0-9]+\\.[0-9]+"
_FORMS = (("text/turtle", "ttl"), ("application/ld\\+json", "jsonld"), ("text/csv", "csv"))
_NOT_A_READER = "RewriteCond %{HTTP_ACCEPT} !^text/html"  # who asks for a page first gets a page


def leading(iri: str) -> tuple[str, ...]:
    """Return the files of a release that the address of a record or of a concept would lead to, one a form.

    >>> leading(RECORD + "actor/etat")[0], leading(BASE + "def")
    ('site/fr/id/actor/etat.html', ())
    """
    path = iri.removeprefix(BASE)
    if not iri.startswith((RECORD, CONCEPT)) or not _THING.fullmatch(path):
        return ()
    pages = (f"{SITE}{language}/{path}.html" for language in LANGUAGES)
    return (*pages, *(f"{SITE}{path}.{ending}" for _, ending in _FORMS))


@dataclass(frozen=True, slots=True)
class Places:
    """Where releases stand on the web, each with a slash at its end."""

    site: str  # the website of the newest
    folder: str  # the other folders of the newest: `exports/`, `ontology/`…
    numbered: str  # each release, whole, below its number


def places(address: str, version: str | None) -> Places:
    """Return where releases stand when the website of one is served at an address; nothing: not known.

    The other folders of a release stand beside its website, as the links of its pages have it.

    >>> places("https://a.example/0.1.0/site/", "0.1.0").site
    'https://a.example/latest/site/'
    >>> places("https://a.example/", "0.1.0").folder
    'https://a.example/'
    """
    folder = urljoin(address, "../")
    below = {f"/{name}/{SITE}" for name in (_LATEST, version)}
    if address and not any(address.endswith(one) for one in below):
        return Places(address, folder, folder)
    numbered = urljoin(folder, "../") if address else f"{HOST}/"
    return Places(f"{numbered}{_LATEST}/{SITE}", f"{numbered}{_LATEST}/", numbered)


def kit(edition: Edition) -> Iterator[Artefact]:
    """Yield the file of redirections and its page."""
    rules = Words("Règles de redirection pour w3id.org", "Rules of redirection for w3id.org")
    page = Words("Demande d'adresses pérennes", "Request for persistent addresses")
    at = places(edition.address, edition.version)
    yield Artefact(f"{FOLDER}.htaccess", "text/plain", rules, content(_rules(edition, at).encode()))
    yield Artefact(f"{FOLDER}README.md", "text/markdown", page, content(_page(edition, at).encode()))


def _rules(edition: Edition, at: Places) -> str:
    namespaces = sorted(edition.knowledge.prefixes.table.values())
    types = [one.removeprefix(RECORD).rstrip("/") for one in namespaces if one.startswith(RECORD)]
    schemes = [
        one.removeprefix(CONCEPT).rstrip("/")
        for one in namespaces
        if one.startswith(CONCEPT) and one != CONCEPT
    ]
    lines = (
        *_head(edition, at),
        *_versions(at),
        *_things(at, types, schemes),
        *_vocabulary(at),
        *_graphs(at),
    )
    return "\n".join(lines) + "\n"


def _head(edition: Edition, at: Places) -> Iterator[str]:
    stand = (
        f"Releases stand below {at.numbered}."
        if edition.address
        else f"{HOST} stands for the address of the releases."
    )
    yield from (
        "# /accords-emploi/",
        "#",
        "# https://w3id.org/accords-emploi/: employment actors and agreements in France, a knowledge graph.",
        f"# {stand} Not registered yet.",
        "#",
        "# Contact: see README.md",
        "",
        "RewriteEngine on",
        "",
        _rule("^$", f"{at.site}index.html", status=302),
    )


def _versions(at: Places) -> Iterator[str]:
    numbered = f"{at.numbered}$1/"
    yield from ("", "# A release by its number")
    yield from _asked(_FORMS[:2], f"^dataset/({_VERSION})$", f"{numbered}metadata/dcat")
    yield _rule(f"^dataset/({_VERSION})$", f"{numbered}{SITE}index.html")
    yield _rule(f"^def/({_VERSION})$", f"{numbered}{SITE}def.ttl")


def _things(at: Places, types: list[str], schemes: list[str]) -> Iterator[str]:
    """Yield the rules for records, concepts and schemes: data by media type, else the page in the reader's language."""
    yield from ("", "# Records and concepts")
    for pattern in (
        f"^(id/(?:{'|'.join(types)})/{_SLUG})$",
        f"^(concept/(?:{'|'.join(schemes)})(?:/{_SLUG})?)$",
    ):
        yield from _asked(_FORMS, pattern, f"{at.site}$1")
        yield from _paged(at, pattern, "$1")


def _vocabulary(at: Places) -> Iterator[str]:
    yield from (
        "",
        "# The ontology and the rules: their terms are named by what follows #, which no server sees",
    )
    for name, page in (("def", "def"), ("shape", "shape"), ("concept", "concepts")):
        yield from _asked(_FORMS[:2], f"^{name}/?$", f"{at.site}{name}")
        yield from _paged(at, f"^{name}/?$", page)
    yield _rule("^def/context\\.jsonld$", f"{at.folder}{EXPORTS}context.jsonld")
    yield _rule("^def/(?:team|reused)$", f"{at.site}def.ttl")
    yield _rule("^def/prefixes$", f"{at.folder}ontology/prefixes.ttl")


def _graphs(at: Places) -> Iterator[str]:
    yield from ("", "# The graph of one file")
    yield _rule(f"^graph/((?:data|ontology)(?:/{_SLUG})+)$", f"{at.folder}$1.ttl")


def _asked(forms: tuple[tuple[str, str], ...], pattern: str, target: str) -> Iterator[str]:
    """Yield the rules for who asks for data, one a media type."""
    for media, ending in forms:
        yield f"RewriteCond %{{HTTP_ACCEPT}} {media}"
        yield _NOT_A_READER
        yield _rule(pattern, f"{target}.{ending}")


def _paged(at: Places, pattern: str, path: str) -> Iterator[str]:
    """Yield the rules for who reads: English for those whose first language it is, else French."""
    yield "RewriteCond %{HTTP:Accept-Language} ^en [NC]"
    yield _rule(pattern, f"{at.site}en/{path}.html")
    yield _rule(pattern, f"{at.site}fr/{path}.html")


def _rule(pattern: str, target: str, *, status: int = 303) -> str:
    """Return a rule; a % of an address stays what it is, and is not spelt a second time (NE)."""
    spelt = "NE," if "%" in target else ""
    return f"RewriteRule {pattern} {target.replace('%', chr(92) + '%')} [{spelt}R={status},L]"


def _page(edition: Edition, at: Places) -> str:
    steps = _steps(at) if edition.address else _UNPLACED
    columns = zip(*(*steps, _WHO), strict=True)
    french, english = (
        "\n".join(f"{number}. {one}" for number, one in enumerate(said, 1)) for said in columns
    )
    return _PAGE.replace("{french}", french).replace("{english}", english)


def _steps(at: Places) -> tuple[Words, Words]:
    """Return where to put releases when the address is known."""
    whole = Words(
        f"Poser la version la plus récente, entière, à {at.folder}.",
        f"Put the newest release, whole, at {at.folder}.",
    )
    apart = Words(
        f"Poser la version la plus récente : `site/` à {at.site}, ses autres dossiers\n   (`exports/`, `metadata/`,"
        f" `ontology/`, `data/`…) à {at.folder}.",
        f"Put the newest release: `site/` at {at.site}, its other folders\n   (`exports/`, `metadata/`,"
        f" `ontology/`, `data/`…) at {at.folder}.",
    )
    each = Words(
        f"Poser aussi chaque version, entière, sous son numéro : {at.numbered}1.2.0/.",
        f"Put each release as well, whole, below its number: {at.numbered}1.2.0/.",
    )
    return (whole if at.site == at.folder + SITE else apart), each


_WHO = Words(
    "Écrire ci-dessous qui répond de ces adresses : le registre demande un nom de compte GitHub.",
    "Write below who answers for these addresses: the registry asks for a GitHub user name.",
)
_UNPLACED = (
    Words(
        "Poser chaque dossier de version entier sur un hébergement en https, sous son numéro (`1.2.0/`), et le plus récent\n"
        "   aussi sous `latest/`.",
        "Put each release folder, whole, on a host with https, below its number (`1.2.0/`), and the newest below `latest/`\n"
        "   as well.",
    ),
    Words(
        f"Remplacer `{HOST}` par cette adresse dans `.htaccess`.",
        f"Put that address in the place of `{HOST}` in `.htaccess`.",
    ),
)
_PAGE = """# /accords-emploi/

**Pas encore enregistré : aucune de ces adresses ne répond.** Ce dossier est la demande prête à être déposée auprès du
registre w3id.org, par la personne qui s'en chargera.

Acteurs, comités, accords et engagements de l'emploi en France : un graphe de connaissances sous Licence Ouverte 2.0.

Avant de la déposer :

{french}

## Contact

À compléter par qui dépose la demande.

---

**Not registered yet: none of these addresses answers.** This folder is the request, ready to be handed to the registry
w3id.org by the person who will take it on.

Employment actors, committees, agreements and commitments in France: a knowledge graph under the Licence Ouverte 2.0.

Before handing it in:

{english}

## Contact

To be filled in by whoever hands in the request.
"""
