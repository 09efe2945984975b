"""Which rules may run: what would fetch or start something, what cannot run, what may never end.

Takes the parsed files of the rules; gives file problems of the codes FI-12 and FI-13, each at its place.
Only the text of the rules is looked at: nothing runs here.
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from .findings import Severity
from .language import Words, printable
from .loading import FileProblem
from .location import Location
from .patterns import may_never_end
from .rulebook import SEVERITIES
from .shapes import fetching
from .vocab import SH, sh

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Triple

    from .loading import Document
    from .shapes import Shapes, ShapesProblem
    from .terms import Term

_PATTERN = sh("pattern")
_DECLARED = frozenset({sh("prefix"), sh("namespace")})
_KNOWN = frozenset(  # what SHACL 1.0 and its advanced features say with a property, JavaScript apart
    re.findall(
        r"\w+",
        """alternativePath and annotationProperty annotationValue annotationVarName ask class closed condition
        conforms construct count datatype deactivated declare defaultValue desc description detail disjoint
        distinct else entailment equals exists expression filterShape flags focusNode group hasValue if
        ignoredProperties in intersection inversePath labelTemplate languageIn lessThan lessThanOrEquals limit
        max maxCount maxExclusive maxInclusive maxLength message min minCount minExclusive minInclusive
        minLength minus name namespace node nodeKind nodeValidator nodes not object offset oneOrMorePath
        optional or order orderBy parameter path pattern predicate prefix prefixes property propertyValidator
        qualifiedMaxCount qualifiedMinCount qualifiedValueShape qualifiedValueShapesDisjoint result
        resultAnnotation resultMessage resultPath resultSeverity returnType rule select severity shapesGraph
        shapesGraphWellFormed sourceConstraint sourceConstraintComponent sourceShape sparql subject
        suggestedShapesGraph sum target targetClass targetNode targetObjectsOf targetSubjectsOf then this union
        uniqueLang update validator value xone zeroOrMorePath zeroOrOnePath""",
    )
)
_PARTS = (sh("select"), sh("ask"), sh("construct"))  # where the fault of a rule is written, as a rule


def problems(documents: tuple[Document, ...], rules: Shapes) -> tuple[FileProblem, ...]:
    """Return what keeps rules from running, or from ending."""
    return (
        *(problem for document in documents for problem in _of_document(document)),
        *(of_fault(fault, documents) for fault in rules.faults),
    )


def of_fault(fault: ShapesProblem, documents: tuple[Document, ...]) -> FileProblem:
    """Return the problem of a rule that cannot run, placed where the rule is written."""
    return FileProblem(place(fault.rule, documents), "FI-13-cannot-run", fault.reason)


def place(rule: str, documents: tuple[Document, ...]) -> Location:
    """Return where a rule is written, its SPARQL text first."""
    for document in documents:
        written = [triple for triple in document.triples if _named(triple.subject) == rule]
        for triple in written:
            if triple.predicate in _PARTS:
                return document.locate(triple.subject, triple.predicate, triple.object)
        if written:
            return document.locate(written[0].subject)
    return Location(documents[0].name if documents else "shapes")


def _named(term: Term) -> str:
    return term.value if isinstance(term, NamedNode | BlankNode) else ""


def _of_document(document: Document) -> Iterator[FileProblem]:
    for triple, word in fetching(document.triples):
        what = "FI-13-script" if word.lower().startswith("sh:js") else "FI-13-fetches"
        said = Words(word, word)
        if triple.predicate in _DECLARED:
            what = "FI-13-cannot-run"
            shown = printable(triple.object.value if isinstance(triple.object, Literal) else "")
            said = Words(f"{word} mal formé, « {shown} »", f"malformed {word}, “{shown}”")
        yield FileProblem(_at(document, triple), what, said)
    for triple in document.triples:
        if triple.predicate == _PATTERN and isinstance(triple.object, Literal):
            yield from _of_pattern(document, triple, triple.object.value)
        elif (unknown := _misspelt(triple)) is not None:
            yield FileProblem(_at(document, triple), "FI-13-unknown", unknown)


def _misspelt(triple: Triple) -> Words | None:
    """Return what SHACL does not know: engines pass over it in silence, or fall over it."""
    name = triple.predicate.value.removeprefix(SH)
    if name != triple.predicate.value and name not in _KNOWN and not name.startswith("js"):
        close = ", ".join(f"sh:{near}" for near in difflib.get_close_matches(name, _KNOWN, 3))
        shown = f"sh:{printable(name)}"
        return (
            Words(f"{shown} (proches : {close})", f"{shown} (close: {close})")
            if close
            else Words(shown, shown)
        )
    if triple.predicate == sh("severity") and triple.object not in SEVERITIES:
        shown = printable(str(triple.object))
        known = "sh:Violation, sh:Warning, sh:Info"
        return Words(f"sh:severity {shown} ; attendu : {known}", f"sh:severity {shown}; expected: {known}")
    return None


def _of_pattern(document: Document, triple: Triple, pattern: str) -> Iterator[FileProblem]:
    shown = printable(pattern)
    try:
        if may_never_end(pattern):
            yield FileProblem(
                _at(document, triple), "FI-12-nested", Words(f"« {shown} »", f"“{shown}”"), Severity.WARNING
            )
    except (re.error, RecursionError, OverflowError) as wrong:
        said = printable(str(wrong))
        yield FileProblem(
            _at(document, triple), "FI-13-pattern", Words(f"« {shown} » ({said})", f"“{shown}” ({said})")
        )


def _at(document: Document, triple: Triple) -> Location:
    return document.locate(triple.subject, triple.predicate, triple.object)
