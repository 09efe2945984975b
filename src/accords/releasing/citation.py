"""How to cite a release, as programs read it: `CITATION.cff`, Citation File Format 1.2.

No person is named: the project is an entity. Texts are written as JSON has them, which YAML reads.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from accords.language import Words
from accords.publishing.artefacts import Artefact, content

from .described import KEYWORDS, NAME, TITLE, TOLD
from .executable import dataset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accords.publishing.edition import Edition

PATH = "CITATION.cff"
FORMAT = "https://github.com/citation-file-format/citation-file-format/releases/tag/1.2.0"
_ASKED = Words("Pour citer ces données, reprenez ces éléments.", "To cite these data, use these elements.")
_NAMED = Words(
    "Nom de cette version ; il ne répond pas encore.", "Name of this release; it does not resolve yet."
)


def citation(edition: Edition) -> Artefact:
    """Return the file."""
    said = Words("Pour citer cette version", "To cite this release")
    return Artefact(
        PATH, "application/yaml", said, content("\n".join([*_lines(edition), ""]).encode()), FORMAT
    )


def _lines(edition: Edition) -> Iterator[str]:
    rows = {
        "cff-version": "1.2.0",
        "message": " ".join(_ASKED),
        "type": "dataset",
        "title": f"{NAME} – {TITLE.fr} – {TITLE.en}",
        "abstract": " ".join(TOLD),
        "version": edition.version or "",
        "date-released": edition.day.isoformat(),
        "license": "etalab-2.0",
        **({"url": edition.address} if edition.address else {}),
    }
    yield from (f"{key}: {_text(value)}" for key, value in rows.items())
    yield from ("authors:", f"  - name: {_text(NAME)}")
    yield from ("identifiers:", "  - type: other", f"    value: {_text(dataset(edition))}")
    yield f"    description: {_text(' '.join(_NAMED))}"
    yield "keywords:"
    yield from (f"  - {_text(word)}" for words in KEYWORDS for word in words)


def _text(said: str) -> str:
    return json.dumps(said, ensure_ascii=False)
