"""The release as search engines look for it: a Dataset of schema.org."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .described import KEYWORDS, LICENCE, NAME, TITLE, TOLD
from .describing import beside

if TYPE_CHECKING:
    from .described import Described


def dataset(it: Described) -> dict[str, object]:
    """Return the release as schema.org describes a dataset; the context is inside, nothing is fetched."""
    return {
        "@context": {"@vocab": "https://schema.org/"},
        "@type": "Dataset",
        "@id": it.iri,
        "name": [{"@value": said, "@language": tag} for tag, said in TITLE._asdict().items()],
        "description": [{"@value": said, "@language": tag} for tag, said in TOLD._asdict().items()],
        "identifier": it.iri,
        "version": it.edition.version,
        "datePublished": it.edition.day.isoformat(),
        "license": {"@id": LICENCE},
        "isAccessibleForFree": True,
        "inLanguage": ["fr", "en"],
        "keywords": sorted({word for words in KEYWORDS for word in words}),
        "creator": {"@type": "Organization", "name": NAME},
        "publisher": {"@type": "Organization", "name": NAME},
        "spatialCoverage": {"@type": "Country", "name": "France"},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": one.artefact.title.fr,
                "encodingFormat": one.artefact.media,
                "contentUrl": {"@id": beside(one.artefact.path).name},
                "contentSize": f"{one.size} B",
                "sha256": one.digest,
            }
            for one in it.exports
        ],
    }
