"""Names and facts changed in files, token by token; everything else stays as its author wrote it.

Takes the files of a project (`editable`) and a `Change`; gives the files that change, each before and after.

1. Every name that changes is found by what it stands for, and written anew in its author's manner.
2. Facts join the record of their subject at its end, new records come behind an old one; a prefix that they
   need is declared among the others. A value that a list would say twice stands once.
3. A file that `accords fmt` would leave alone is laid out again, so that it still would.
4. Proof: what comes out is parsed, and must say what the file said with the change made, and nothing else;
   its comments are the same, in the same order. Otherwise nothing comes out (`proving`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from . import proving, querynames, turtle
from .spellings import Fact, Spelling
from .vocab import TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .editable import File
    from .terms import Term

Row = tuple["Term", NamedNode, "Term"]


@dataclass(frozen=True)
class Change:
    """What is to become of the names and the records of a project."""

    names: Mapping[NamedNode, NamedNode] = field(default_factory=dict)  # what takes the place of each
    keeping: frozenset[NamedNode] = frozenset()  # subjects whose own records keep the names
    only: frozenset[NamedNode] = frozenset()  # the properties whose values change; empty: all that is said
    said: Mapping[NamedNode, Sequence[Fact]] = field(default_factory=dict)  # further facts of a subject
    behind: Mapping[NamedNode, tuple[NamedNode, Sequence[Fact]]] = field(default_factory=dict)
    # a further record, its name and its facts, behind the record of a subject as it was called before
    values: Mapping[Row, Term] = field(default_factory=dict)  # what takes the place of a value

    def of(self, term: Term) -> Term:
        """Return a term under its new name."""
        if isinstance(term, NamedNode):
            return self.names.get(term, term)
        if isinstance(term, Literal) and term.datatype in self.names:
            return Literal(term.value, datatype=self.names[term.datatype])
        return term

    def row(self, row: Row, subject: Term | None) -> Row:
        """Return a triple as it will be; `subject` is that of its statement."""
        if row in self.values:
            return row[0], row[1], self.values[row]
        if subject in self.keeping:
            return row
        value = self.of(row[2]) if not self.only or row[1] in self.only else row[2]
        if self.only:
            return row[0], row[1], value
        predicate = self.names.get(row[1], row[1])
        return self.of(row[0]), predicate, value


@dataclass(frozen=True, slots=True)
class Changed:
    """A file that changes."""

    file: File
    after: bytes

    @property
    def name(self) -> str:
        """Return its name as printed."""
        return self.file.name

    @property
    def before(self) -> bytes:
        """Return what it held."""
        return self.file.raw


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


def edited(files: Sequence[File], change: Change, house: Mapping[str, str]) -> tuple[Changed, ...]:
    """Return the files that a change changes, proven. Raises AccordsError when one does not come out right."""
    homes = _homes(files, {*change.said, *change.behind})
    found: list[Changed] = []
    for file in files:
        if file.is_query:
            after = file.text if change.only else _query(file, change, house)
        else:
            at_home = {subject: place for subject, (home, place) in homes.items() if home is file}
            after = _turtle(file, change, at_home, house)
        if after != file.text:
            found.append(Changed(file, after.encode()))
    return tuple(found)


def _homes(files: Iterable[File], subjects: set[NamedNode]) -> dict[NamedNode, tuple[File, int]]:
    """Return the file and the statement that hold the record of each subject: where its class is said."""
    homes: dict[NamedNode, tuple[File, int]] = {}
    typed: set[NamedNode] = set()
    for file in files:
        if not any(triple.subject in subjects for triple in file.triples):
            continue
        for place, statement in enumerate(file.reading.statements):
            subject = statement.subject
            if not isinstance(subject, NamedNode) or subject not in subjects or subject in typed:
                continue
            homes.setdefault(subject, (file, place))
            if any(row.subject == subject and row.predicate == TYPE for row in statement.triples):
                homes[subject] = (file, place)
                typed.add(subject)
    return homes


def _query(file: File, change: Change, house: Mapping[str, str]) -> str:
    written = [name for name in querynames.names(file.text, house) if name.node in change.names]
    edits = [
        _Edit(name.token.start, name.token.end, name.respelt(change.names[name.node])) for name in written
    ]
    after = _applied(file.text, edits)
    if edits:
        proving.query(file, after, change.names, house)
    return after


def _turtle(file: File, change: Change, at_home: Mapping[NamedNode, int], house: Mapping[str, str]) -> str:
    if not at_home and not _concerned(file, change):
        return file.text
    work = _Work(file, change, house)
    work.rename()
    for subject, place in at_home.items():
        work.say(subject, place)
    work.declare()
    after = _applied(file.text, work.edits)
    if after != file.text and turtle.laid_out(file.reading) == file.text:
        after = turtle.laid_out(turtle.read(after))
    proving.turtle_file(file, after, work.rows())
    return after


def _concerned(file: File, change: Change) -> bool:
    """Tell whether a file names anything that changes."""
    for triple in file.triples:
        terms = (triple.subject, triple.predicate, triple.object)
        if any(change.of(term) != term for term in terms) or terms in change.values:
            return True
    return False


@dataclass
class _Work:
    """The edits of one Turtle file."""

    file: File
    change: Change
    house: Mapping[str, str]
    edits: list[_Edit] = field(default_factory=list)
    gone: list[turtle.Span] = field(default_factory=list)  # where values stand that go
    wanted: set[str] = field(default_factory=set)
    added: list[Row] = field(default_factory=list)

    def rename(self) -> None:
        """Write every name that changes anew."""
        statements = self.file.reading.statements
        allowed = {row.at[2].start for row in self.file.reading.triples if row.predicate in self.change.only}
        self._put_values()
        self._drop_repeated()
        for name in turtle.names(self.file.reading):
            start = name.token.start
            if name.node not in self.change.names or any(
                span.start <= start < span.end for span in self.gone
            ):
                continue
            if statements[name.statement].subject in self.change.keeping:
                continue
            if self.change.only and start not in allowed:
                continue
            written = name.respelt(self.change.names[name.node])
            if name.token.kind == "name" and written.startswith("<"):
                written = self._spelling(start).name(self.change.names[name.node])
            self.edits.append(_Edit(start, name.token.end, written))

    def _drop_repeated(self) -> None:
        """Take away the values that a list would say twice."""
        for statement in self.file.reading.statements:
            lists: dict[tuple[int, int], list[turtle.Triple]] = defaultdict(list)
            for row in statement.triples:
                if row.at[1].end > row.at[1].start:  # not the cells of a list
                    lists[row.at[0].start, row.at[1].start].append(row)
            for rows in lists.values():
                self._once([(row, self.change.row(row[:3], statement.subject)[2]) for row in rows])

    def _once(self, values: Sequence[tuple[turtle.Triple, Term]]) -> None:
        seen: dict[Term, turtle.Triple] = {}
        before: turtle.Triple | None = None
        for row, value in values:
            kept = seen.setdefault(value, row)
            if before is not None and kept is not row and kept.object != row.object and _is_name(row.object):
                self._drop(before.at[2].end, *row.at[2])
            before = row

    def _drop(self, behind: int, start: int, end: int) -> None:
        self.gone.append(turtle.Span(start, end))
        between = self.file.text[behind:start]
        if "#" not in between:
            self.edits.append(_Edit(behind, end, ""))
            return
        comma = next(
            token
            for token in self.file.reading.tokens
            if token.start >= behind and token.kind == "mark" and token.text == ","
        )
        self.edits += [_Edit(comma.start, comma.end, ""), _Edit(start, end, "")]

    def _put_values(self) -> None:
        """Write the values that take the place of others."""
        for row in self.file.reading.triples:
            if row[:3] in self.change.values:
                value = self._spelling(row.at[2].start).value(self.change.values[row[:3]])
                self.edits.append(_Edit(*row.at[2], value))
                self.gone.append(row.at[2])

    def say(self, subject: NamedNode, place: int) -> None:
        """Write the further facts of a subject, and the record behind its own."""
        spelling = self._spelling(self.file.reading.statements[place].start)
        if facts := self.change.said.get(subject, ()):
            called = subject if subject in self.change.keeping else self.change.of(subject)
            self.added += [(called, *fact) for fact in facts]
            self._join(subject, place, facts, spelling)
        if subject in self.change.behind:
            name, facts = self.change.behind[subject]
            self.added += [(name, *fact) for fact in facts]
            self._follow(place, spelling.record(name, facts, self.file.line_end))

    def _join(self, subject: NamedNode, place: int, facts: Sequence[Fact], spelling: Spelling) -> None:
        """Put facts into a record: values behind those of their property, other properties at its end."""
        statement = self.file.reading.statements[place]
        ends = {row.predicate: row.at[2].end for row in statement.triples if row.subject == subject}
        further = [fact for fact in facts if fact[0] not in ends or fact[0] == TYPE]
        for predicate, value in facts:
            if (predicate, value) not in further:
                self.edits.append(_Edit(ends[predicate], ends[predicate], f" , {spelling.value(value)}"))
        if further:
            self._end(place, spelling.properties(further))

    def _end(self, place: int, properties: Sequence[str]) -> None:
        """Put properties in front of the full stop of a record."""
        statement = self.file.reading.statements[place]
        *own, dot = self.file.reading.tokens[statement.first : statement.last]
        last = next(token for token in reversed(own) if token.kind not in turtle.TRIVIA)
        commented = any(token.kind == "comment" for token in own if token.start >= last.end)
        at = dot.start if commented else last.end
        end = self.file.line_end
        opening = "" if last.text == ";" and last.kind == "mark" else " ;" if not commented else "; "
        written = f" ;{end}  ".join(properties)
        closing = " " if commented else ""
        self.edits.append(_Edit(at, at, f"{opening}{end}  {written}{closing}"))

    def _follow(self, place: int, record: str) -> None:
        """Put a record behind another, and behind the comment at the end of its line."""
        statement, end = self.file.reading.statements[place], self.file.line_end
        at = statement.end
        for token in self.file.reading.tokens[statement.last :]:
            if token.kind == "comment":
                at = token.end
                break
            if token.kind != "space" or "\n" in token.text or "\r" in token.text:
                break
        self.edits.append(_Edit(at, at, f"{end}{end}{record}"))

    def declare(self) -> None:
        """Declare the prefixes that are missing, each where it sorts among those that open the file."""
        leading = []
        for statement in self.file.reading.statements:
            if statement.kind == "triples":
                break
            if statement.kind == "prefix" and statement.declares is not None:
                leading.append(statement)
        end = self.file.line_end
        for prefix in sorted(self.wanted):
            line = f"@prefix {prefix}: <{self.house[prefix]}> ."
            later = next((one for one in leading if one.declares and one.declares[0] > prefix), None)
            if later is not None:
                self.edits.append(_Edit(later.start, later.start, line + end))
            else:
                at = leading[-1].end if leading else 0
                self.edits.append(_Edit(at, at, end + line if leading else line + end))

    def _spelling(self, place: int) -> Spelling:
        """Return how names are written at a place."""
        declared = {
            statement.declares[0]
            for statement in self.file.reading.statements
            if statement.kind == "prefix" and statement.declares is not None
        }
        in_force = self.file.reading.prefixes_at(place)
        return Spelling(in_force, self.house, frozenset(declared), self.wanted)

    def rows(self) -> Iterator[Row]:
        """Yield the triples that the file must hold in the end."""
        for statement in self.file.reading.statements:
            for row in statement.triples:
                yield self.change.row(row[:3], statement.subject)
        yield from self.added


def _is_name(term: Term) -> bool:
    return isinstance(term, NamedNode)


def _applied(text: str, edits: Sequence[_Edit]) -> str:
    """Return a text with its edits made, in the order of their places."""
    out, at = [], 0
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        out += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*out, text[at:]])
