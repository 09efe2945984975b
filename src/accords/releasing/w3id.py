"""The request for persistent addresses, ready for the day it is made: `w3id/accords-emploi/`.

w3id.org keeps, for each name, a file of redirections and a page that says whose they are. Both are made from the
table of prefixes, for a place that a release does not know: `HOST` stands for it until somebody says where the
releases stand. Each release stands there below its number, the newest below `latest` as well.

1. Versions come first: `def/1.2.0` and `dataset/1.2.0` lead into the release of that number.
2. A record or a concept leads to its page in the reader's language, or to its file in the form asked for.
3. The ontology, the rules and the files of the graph lead to theirs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from accords.language import LANGUAGES, Words
from accords.publishing.artefacts import Artefact, content
from accords.vocab import BASE, CONCEPT, RECORD

from .described import EXPORTS, SITE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accords.publishing.edition import Edition

FOLDER = "w3id/accords-emploi/"
HOST = "https://host.example/accords-emploi"  # stands for where the releases stand
_LATEST = f"{HOST}/latest/{SITE}"
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


def kit(edition: Edition) -> Iterator[Artefact]:
    """Yield the file of redirections and its page."""
    rules = Words("Règles de redirection pour w3id.org", "Rules of redirection for w3id.org")
    page = Words("Demande d'adresses pérennes", "Request for persistent addresses")
    yield Artefact(f"{FOLDER}.htaccess", "text/plain", rules, content(_rules(edition).encode()))
    yield Artefact(f"{FOLDER}README.md", "text/markdown", page, content(_PAGE.encode()))


def _rules(edition: Edition) -> str:
    namespaces = sorted(edition.knowledge.prefixes.table.values())
    types = [one.removeprefix(RECORD).rstrip("/") for one in namespaces if one.startswith(RECORD)]
    schemes = [
        one.removeprefix(CONCEPT).rstrip("/")
        for one in namespaces
        if one.startswith(CONCEPT) and one != CONCEPT
    ]
    return "\n".join([*_HEAD, *_versions(), *_things(types, schemes), *_vocabulary(), *_graphs()]) + "\n"


_HEAD = (
    "# /accords-emploi/",
    "#",
    "# https://w3id.org/accords-emploi/: employment actors and agreements in France, a knowledge graph.",
    f"# {HOST} stands for the address of the releases. Not registered yet.",
    "#",
    "# Contact: see README.md",
    "",
    "RewriteEngine on",
    "",
    f"RewriteRule ^$ {_LATEST}index.html [R=302,L]",
)


def _versions() -> Iterator[str]:
    at = f"{HOST}/$1/"
    yield from ("", "# A release by its number")
    yield from _asked(_FORMS[:2], f"^dataset/({_VERSION})$", f"{at}metadata/dcat")
    yield f"RewriteRule ^dataset/({_VERSION})$ {at}{SITE}index.html [R=303,L]"
    yield f"RewriteRule ^def/({_VERSION})$ {at}{SITE}def.ttl [R=303,L]"


def _things(types: list[str], schemes: list[str]) -> Iterator[str]:
    """Yield the rules for records, concepts and schemes: data by media type, else the page in the reader's language."""
    yield from ("", "# Records and concepts")
    for pattern in (
        f"^(id/(?:{'|'.join(types)})/{_SLUG})$",
        f"^(concept/(?:{'|'.join(schemes)})(?:/{_SLUG})?)$",
    ):
        yield from _asked(_FORMS, pattern, f"{_LATEST}$1")
        yield from _paged(pattern, "$1")


def _vocabulary() -> Iterator[str]:
    yield from (
        "",
        "# The ontology and the rules: their terms are named by what follows #, which no server sees",
    )
    for name, page in (("def", "def"), ("shape", "shape"), ("concept", "concepts")):
        yield from _asked(_FORMS[:2], f"^{name}/?$", f"{_LATEST}{name}")
        yield from _paged(f"^{name}/?$", page)
    yield f"RewriteRule ^def/context\\.jsonld$ {HOST}/latest/{EXPORTS}context.jsonld [R=303,L]"
    yield f"RewriteRule ^def/(?:team|reused)$ {_LATEST}def.ttl [R=303,L]"
    yield f"RewriteRule ^def/prefixes$ {HOST}/latest/ontology/prefixes.ttl [R=303,L]"


def _graphs() -> Iterator[str]:
    yield from ("", "# The graph of one file")
    parts = f"(?:data|ontology)(?:/{_SLUG})+"
    yield f"RewriteRule ^graph/({parts})$ {HOST}/latest/$1.ttl [R=303,L]"


def _asked(forms: tuple[tuple[str, str], ...], pattern: str, target: str) -> Iterator[str]:
    """Yield the rules for who asks for data, one a media type."""
    for media, ending in forms:
        yield f"RewriteCond %{{HTTP_ACCEPT}} {media}"
        yield _NOT_A_READER
        yield f"RewriteRule {pattern} {target}.{ending} [R=303,L]"


def _paged(pattern: str, path: str) -> Iterator[str]:
    """Yield the rules for who reads: English for those whose first language it is, else French."""
    yield "RewriteCond %{HTTP:Accept-Language} ^en [NC]"
    yield f"RewriteRule {pattern} {_LATEST}en/{path}.html [R=303,L]"
    yield f"RewriteRule {pattern} {_LATEST}fr/{path}.html [R=303,L]"


_PAGE = f"""# /accords-emploi/

**Pas encore enregistré : aucune de ces adresses ne répond.** Ce dossier est la demande prête à être déposée auprès du
registre w3id.org, par la personne qui s'en chargera.

Acteurs, comités, accords et engagements de l'emploi en France : un graphe de connaissances sous Licence Ouverte 2.0.

Avant de la déposer :

1. Poser chaque dossier de version entier sur un hébergement en https, sous son numéro (`1.2.0/`), et le plus récent
   aussi sous `latest/`.
2. Remplacer `{HOST}` par cette adresse dans `.htaccess`.
3. Écrire ci-dessous qui répond de ces adresses : le registre demande un nom de compte GitHub.

## Contact

À compléter par qui dépose la demande.

---

**Not registered yet: none of these addresses answers.** This folder is the request, ready to be handed to the registry
w3id.org by the person who will take it on.

Employment actors, committees, agreements and commitments in France: a knowledge graph under the Licence Ouverte 2.0.

Before handing it in:

1. Put each release folder, whole, on a host with https, below its number (`1.2.0/`), and the newest below `latest/`
   as well.
2. Put that address in the place of `{HOST}` in `.htaccess`.
3. Write below who answers for these addresses: the registry asks for a GitHub user name.

## Contact

To be filled in by whoever hands in the request.
"""
