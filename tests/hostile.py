"""A file of facts that mean harm, or only look strange: what every export has to give back as it is, inert.

`lay` adds it to the data of a project of the invented world. `LITERALS` are its texts, one a property.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

BASE = "https://x.example/"
NAME = "data/hostile.ttl"
LITERALS = (
    r'"<script>alert(\"x\")</script>"@fr-FR',
    r'"<script>alert(\"x\")</script>"@en',
    '"=HYPERLINK(1)"',
    r'"\u202Etxt.exe\u200B\u00AD\u2028"',
    r'"]]> --> <!-- & &amp; &#x41; \u0085"',
    r'"line\nline\r\nline\rend\ttab"',
    r'"\\ backslash \\u0041 \" quote"',
    r'" .\n<https://x.example/a> <https://x.example/b> \"c\" .\n"',
    r'"} <https://x.example/g> { @prefix a: <b:> . PREFIX base BASE <x:> _:b0 [ ( "',
    r'"\"@fr-FR and \"@FR-x, said so"',
    '"@id"',
    '"_:b0"',
    '"javascript:alert(1)"',
    '"été"@zh-Hant-TW',
    '"été"@zh-hant-tw',
    '"007"^^xsd:integer',
    '"1.50"^^xsd:decimal',
    '"P1Y13M"^^xsd:duration',
    '"2023-06-01T00:00:00.000+01:00"^^xsd:dateTime',
    '"1.0E3"^^xsd:double',
    '"<b>"^^<https://x.example/type?a=1&b=2>',
    '"{}"^^rdf:JSON',
    '"<a/>"^^rdf:XMLLiteral',
    '""',
)
IRIS = (
    "<javascript:alert(1)>",
    "<act:etat>",  # an IRI whose scheme is a prefix of the house
    "<Agreement:x>",
    "<https://x.example/a?b&c='d'#e>",
    "<https://x.example/été/(x)/-.>",
    "<urn:x:_:y>",
)
HUGE = "9" * 5_000  # more digits than a program turns into a number unasked
XML_CONTROL = '"control \\u0001 here"'


def turtle() -> str:
    """Return the file."""
    values = [*LITERALS, *IRIS, "_:a-b.c", "[ x:in [ x:in 1 ] ]", "( 1 _:a-b.c ( ) )"]
    rows = " ;\n  ".join(f"x:p{number} {value}" for number, value in enumerate(values))
    return (
        "# PREFIX and @prefix in a comment } --\n"
        f"@prefix x: <{BASE}> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
        "@prefix ae: <https://w3id.org/accords-emploi/def#> .\n"
        f"x:h {rows} ;\n"
        f"  ae:position {HUGE} ; ae:value -{HUGE}.5 ;\n"
        '  ae:hasParty "a text for a record" , "un texte"@fr , x:h ; ae:declaredValue "a text for a number" , x:h , 7 ;\n'
        '  ae:quote x:h , "no language" , 1 .\n'  # values that no key announces
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"  # a prefix declared late
        'x:h skos:prefLabel "sans langue" , "avec"@fr , "deux"@fr ; a "a text as a class" , x:Class .\n'
        "_:a-b.c a <javascript:void(0)> .\n"
    )


def lay(root: Path) -> None:
    """Add the file to a project."""
    (root / NAME).write_text(turtle(), encoding="utf-8", newline="")
