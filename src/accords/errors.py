"""What stops us, told to the person who can act.

AccordsError                    message in two languages, hint; exit code
├── ProjectNotFound        2     searched: tuple[Path, ...]
├── ContentError           3     a file is not what it must be        -> its author acts
│   └── SyntaxProblem            location, reason                     (Turtle or SPARQL)
├── RequestError           2     what was asked cannot be done        -> the asker acts
│   ├── UnknownName              kind, name, close: tuple[str, ...]
│   └── BadParameter             name, given, expected
└── LimitReached           3     which limit, what was running        -> the asker raises it or asks less

Findings are values (`findings.Finding`), not exceptions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .language import Words, printable

if TYPE_CHECKING:
    from pathlib import Path

    from .location import Location


class AccordsError(Exception):
    """Anything that stops a command, with the next thing to do where there is one."""

    exit_code = 3

    def __init__(self, message: Words, *, hint: Words | None = None) -> None:
        """Keep the sentence in both languages; `str()` gives the French one."""
        super().__init__(message.fr)
        self.message = message
        self.hint = hint


class ProjectNotFound(AccordsError):
    """No folder with ontology/, data/, shapes/ and queries/ was found."""

    exit_code = 2

    def __init__(self, searched: tuple[Path, ...]) -> None:
        """Name the folders looked at."""
        places = ", ".join(printable(str(place)) for place in searched)
        super().__init__(
            Words(
                f"aucun dossier avec ontology/, data/, shapes/ et queries/ (cherché : {places})",
                f"no folder with ontology/, data/, shapes/ and queries/ (looked at: {places})",
            ),
            hint=Words(
                "donner le dossier du projet : accords --root DOSSIER …",
                "name the project's folder: accords --root FOLDER …",
            ),
        )
        self.searched = searched


class ContentError(AccordsError):
    """A file is not what it must be: its author acts."""


class SyntaxProblem(ContentError):
    """A file that does not parse."""

    def __init__(self, location: Location, reason: Words) -> None:
        """Say where, and what the parser met."""
        super().__init__(Words(f"{location}: error: {reason.fr}", f"{location}: error: {reason.en}"))
        self.location = location
        self.reason = reason


class RequestError(AccordsError):
    """What was asked cannot be done: the asker acts."""

    exit_code = 2


class UnknownName(RequestError):
    """A name that nothing bears."""

    def __init__(self, kind: Words, name: str, close: tuple[str, ...]) -> None:
        """Offer the close matches, if any."""
        shown = printable(name)
        offers = ", ".join(close)
        super().__init__(
            Words(f"{kind.fr} inconnu(e) : {shown}", f"unknown {kind.en}: {shown}"),
            hint=Words(f"noms proches : {offers}", f"close names: {offers}") if close else None,
        )
        self.kind, self.name, self.close = kind, name, close


class BadParameter(RequestError):
    """A value that an option or an argument cannot take."""

    def __init__(self, name: str, given: str, expected: Words) -> None:
        """Say what was given and what would do."""
        shown = printable(given)
        super().__init__(
            Words(
                f"{name} : « {shown} » ne convient pas ; attendu : {expected.fr}",
                f"{name}: “{shown}” will not do; expected: {expected.en}",
            )
        )
        self.name, self.given, self.expected = name, given, expected


class LimitReached(AccordsError):
    """Time or memory ran out."""

    def __init__(self, limit: Words, running: str, hint: Words) -> None:
        """Say which limit, and what was running when it was reached."""
        super().__init__(
            Words(
                f"limite atteinte ({limit.fr}) pendant : {running}",
                f"limit reached ({limit.en}) while running: {running}",
            ),
            hint=hint,
        )
        self.limit, self.running = limit, running
