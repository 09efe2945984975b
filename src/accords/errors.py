"""What stops us, told to the person who can act.

AccordsError                    message in two languages, hint; exit code
├── ProjectNotFound        2     searched: tuple[Path, ...]
├── ContentError           3     a file is not what it must be        -> its author acts
│   └── SyntaxProblem            location, reason                     (Turtle or SPARQL)
├── RequestError           2     what was asked cannot be done        -> the asker acts
│   ├── UnknownName              kind, name, close, cited: tuple[str, ...]
│   ├── Withdrawn                name, heirs: tuple[tuple[str, Words], ...]
│   ├── AmbiguousName            name, found: tuple[tuple[str, Words], ...]
│   ├── BadParameter             name, given, expected
│   ├── Several                  refusals: tuple[RequestError, ...]
│   └── FileRefused              name, problem; 3 when the name is right and the system refuses
├── MissingLibrary         3     library, package                     -> the asker installs it
└── LimitReached           3     which limit, what was running        -> the asker raises it or asks less

Findings are values (`findings.Finding`), not exceptions.
"""

from __future__ import annotations

import errno
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .language import LANGUAGES, Words, printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from .language import Language
    from .location import Location


class AccordsError(Exception):
    """Anything that stops a command, with the next thing to do where there is one."""

    exit_code = 3

    def __init__(self, message: Words, *, hint: Words | None = None) -> None:
        """Keep the sentence in both languages; `str()` gives the French one."""
        super().__init__(message.fr)
        self.message = message
        self.hint = hint
        if hint is not None:
            self.add_note(f"→ {hint.fr}")  # what Python prints below the message

    def __reduce__(self) -> tuple[object, ...]:
        """Let a child process hand its refusal to its parent, whatever the fields."""
        return _revived, (type(self), self.args, self.__dict__)


def _revived(
    kind: type[AccordsError], arguments: tuple[object, ...], fields: dict[str, object]
) -> AccordsError:
    refusal = kind.__new__(kind, *arguments)
    refusal.__dict__.update(fields)
    return refusal


class ProjectNotFound(AccordsError):
    """No folder with ontology/, data/, shapes/ and queries/ was found."""

    exit_code = 2

    def __init__(self, searched: tuple[Path, ...]) -> None:
        """Name the folders looked at."""
        places = ", ".join(printable(str(place), 300) for place in searched)
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

    def __init__(self, location: Location, reason: Words, *, hint: Words | None = None) -> None:
        """Say where, and what the parser met."""
        place = printable(str(location), 400)
        super().__init__(Words(f"{place}: error: {reason.fr}", f"{place}: error: {reason.en}"), hint=hint)
        self.location = location
        self.reason = reason


class RequestError(AccordsError):
    """What was asked cannot be done: the asker acts."""

    exit_code = 2
    about = ""  # the field of a record that it is about, as it was named


class UnknownName(RequestError):
    """A name that nothing bears."""

    def __init__(
        self, kind: Words, name: str, close: tuple[str, ...], *, cited: tuple[str, ...] = ()
    ) -> None:
        """Offer the close matches, if any; `cited` names the places that use what nothing describes."""
        shown = printable(name)
        offers, places = ", ".join(close), ", ".join(cited)
        hint = Words(f"noms proches : {offers}", f"close names: {offers}") if close else None
        if cited:
            hint = Words(
                f"cité dans {places}, mais décrit dans aucun fichier lisible",
                f"named in {places}, but described in no readable file",
            )
        super().__init__(Words(f"{kind.fr} introuvable : {shown}", f"unknown {kind.en}: {shown}"), hint=hint)
        self.kind, self.name, self.close, self.cited = kind, name, close, cited


class Withdrawn(RequestError):
    """The name of something that is not to be used any more."""

    def __init__(self, name: str, heirs: tuple[tuple[str, Words], ...]) -> None:
        """Name what replaces it, each with its CURIE and its label, for the asker to type."""
        shown, curies = printable(name), " · ".join(curie for curie, _ in heirs)
        fr, en = (
            ", ".join(f"{curie} ({printable(label.to(tongue), 80)})" for curie, label in heirs)
            for tongue in LANGUAGES
        )
        super().__init__(
            Words(
                f"{shown} n'est plus à employer"
                + (f" ; remplacé par {fr}" if heirs else ", et rien ne le remplace"),
                f"{shown} is not to be used any more"
                + (f"; replaced by {en}" if heirs else ", and nothing replaces it"),
            ),
            hint=Words(
                f"relancer avec {curies} ; l'ancienne fiche : accords show {shown}"
                if heirs
                else f"sa fiche : accords show {shown}",
                f"run again with {curies}; the old record: accords show {shown}"
                if heirs
                else f"its record: accords show {shown}",
            ),
        )
        self.name, self.heirs = name, heirs


class AmbiguousName(RequestError):
    """A name that several things bear."""

    def __init__(self, name: str, found: tuple[tuple[str, Words], ...]) -> None:
        """List the things, each with its CURIE and what it is, so that the asker can take one."""
        shown = printable(name)
        curies = ", ".join(curie for curie, _ in found)
        rows = [Words(*(f"\n      {curie}  {said}" for said in what)) for curie, what in found]
        super().__init__(
            Words(
                f"plusieurs choses s'appellent « {shown} » : {curies}",
                f"several things are called “{shown}”: {curies}",
            ),
            hint=Words(
                "taper l'un de ces noms courts :" + "".join(row.fr for row in rows),
                "type one of these short names:" + "".join(row.en for row in rows),
            ),
        )
        self.name, self.found = name, found


class BadParameter(RequestError):
    """A value that an option or an argument cannot take."""

    def __init__(self, name: str | Words, given: str, expected: Words) -> None:
        """Say what was given and what would do."""
        shown, called = printable(given), Words(name, name) if isinstance(name, str) else name
        super().__init__(
            Words(
                f"{called.fr} : « {shown} » ne convient pas ; attendu : {expected.fr}",
                f"{called.en}: “{shown}” will not do; expected: {expected.en}",
            )
        )
        self.name, self.given, self.expected = name, given, expected


class Several(RequestError):
    """Several things of one call that cannot be done, told together."""

    def __init__(self, refusals: Sequence[RequestError]) -> None:
        """Number the refusals, each with its hint."""
        count = len(refusals)
        super().__init__(
            Words(
                f"{count} erreurs" + "".join(_numbered(refusals, "fr")),
                f"{count} mistakes" + "".join(_numbered(refusals, "en")),
            )
        )
        self.refusals = tuple(refusals)


def _numbered(refusals: Sequence[RequestError], language: Language) -> Iterator[str]:
    told: Words | None = None
    for number, refusal in enumerate(refusals, 1):
        yield f"\n  {number}. {refusal.message.to(language)}"
        if refusal.hint is not None and refusal.hint != told:  # the same hint once
            yield f"\n     → {refusal.hint.to(language)}"
        told = refusal.hint


@dataclass(frozen=True, slots=True)
class Refusals:
    """Gathers the refusals of one call, so that all are told at once."""

    found: list[RequestError] = field(default_factory=list)

    @contextmanager
    def gathered(self, about: str = "", place: str = "") -> Iterator[None]:
        """Keep the refusal that the block ends with, if any: about which field it is, where that is written."""
        try:
            yield
        except Several as several:
            self.found.extend(several.refusals)
        except RequestError as refusal:
            kept = refusal
            if place:
                said = refusal.message
                kept = RequestError(Words(f"{place} : {said.fr}", f"{place}: {said.en}"), hint=refusal.hint)
            kept.about = about
            self.found.append(kept)

    def tell(self) -> None:
        """Raise what was gathered: the refusal itself when it is alone, Several for more; nothing for none."""
        different = list({refusal.message: refusal for refusal in self.found}.values())
        if len(different) > 1:
            raise Several(different)
        if different:
            raise different[0]


class MissingLibrary(AccordsError):
    """A library that only some answers need is not installed."""

    def __init__(self, library: str, package: str) -> None:
        """Name the library, and what to install."""
        super().__init__(
            Words(f"{library} n'est pas installé", f"{library} is not installed"),
            hint=Words(f"pip install '{package}'", f"pip install '{package}'"),
        )
        self.library, self.package = library, package


_SYSTEM = {
    errno.ENOENT: "il n'existe pas",
    errno.EACCES: "accès refusé",
    errno.EPERM: "accès refusé",
    errno.ELOOP: "le lien tourne en rond",
    errno.EISDIR: "c'est un dossier",
    errno.ENAMETOOLONG: "nom trop long",
    errno.ENOSPC: "plus de place sur le disque",
    errno.EDQUOT: "plus de place : le quota est atteint",
    errno.EFBIG: "fichier trop grand pour la place permise",
    errno.EIO: "le support est en panne",
    errno.EROFS: "le support ne s'écrit pas",
}


def system_words(problem: OSError) -> Words:
    """Return what the system says of a file.

    >>> system_words(FileNotFoundError(errno.ENOENT, "No such file or directory")).fr
    "il n'existe pas"
    """
    said = printable(problem.strerror or str(problem), 200)
    return Words(_SYSTEM.get(problem.errno or 0, said), said)


_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_RIGHTS = Words(
    "il faut le droit d'écrire dans ce fichier et dans son dossier (de lire, pour un fichier à lire)",
    "the right to write to this file and its folder is needed (to read it, for a file to be read)",
)
_MISNAMED = frozenset({errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.ELOOP})


class FileRefused(RequestError):
    """A file that the system does not read or write: its name is wrong, or the system could not."""

    def __init__(self, name: str, problem: OSError) -> None:
        """Say which file, and what the system says."""
        said, shown = system_words(problem), printable(name, 200)
        hint = _RIGHTS if problem.errno in _FORBIDDEN else None
        super().__init__(Words(f"{shown} : {said.fr}", f"{shown}: {said.en}"), hint=hint)
        self.name, self.problem = name, problem
        self.exit_code = 2 if problem.errno in _MISNAMED else 3


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

    def during(self, running: str) -> LimitReached:
        """Return the same, what was running named otherwise."""
        return LimitReached(self.limit, running, self.hint or Words("", ""))
