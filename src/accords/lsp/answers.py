"""The answers to an editor's questions, in the terms of the protocol.

Each takes an `Asked` (the open file, the library with the open files, the reader's language) and the parameters
of a request, and gives its result. Pure: no server, no file is written.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from lsprotocol import types
from pyoxigraph import NamedNode

from accords import formatting
from accords.language import Words
from accords.render.leftovers import left
from accords.retiring import Workplace

from . import completion, finding, hovering, renaming, rewriting
from .cursor import inside, name_at
from .positions import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from accords.language import Language
    from accords.loading import Document
    from accords.parsing import FileProblem
    from accords.retiring import Plan
    from accords.turtle import Name

    from .desk import Open, Shelf
    from .finding import Place, Symbol
    from .library import Library
    from .marking import Marking
    from .positions import Encoding, Position, Range

_TEXTS = ("short", "long", "comment")
_COMPLETED = {
    "property": types.CompletionItemKind.Property,
    "class": types.CompletionItemKind.Class,
    "concept": types.CompletionItemKind.EnumMember,
    "record": types.CompletionItemKind.Reference,
}
_SYMBOLS = {
    "property": types.SymbolKind.Property,
    "class": types.SymbolKind.Class,
    "concept": types.SymbolKind.EnumMember,
    "record": types.SymbolKind.Object,
}


@dataclass(frozen=True)
class Asked:
    """Who asks, and what is open."""

    shelf: Shelf
    opened: tuple[Open, ...]
    current: Open | None  # the file asked about
    language: Language
    encoding: Encoding
    marking: Marking
    versions: bool = False  # the client takes edits by version
    queries: tuple[Open, ...] = ()  # open too

    @cached_property
    def library(self) -> Library:
        """Return the library with the open files."""
        return self.shelf.library(self.opened)

    @cached_property
    def uris(self) -> Mapping[str, Open]:
        """Return the open files by printed name."""
        return {one.name: one for one in (*self.opened, *self.queries)}

    def text(self) -> Text:
        """Return the text of the file asked about."""
        return Text("", self.encoding) if self.current is None else self.current.text

    def offset(self, position: types.Position) -> int:
        """Return the offset of a position in the file asked about."""
        return self.text().offset(position.line, position.character)

    def name(self, position: types.Position) -> Name | None:
        """Return the name at a position; none in a text, a comment or a large file."""
        if self.current is None or self.current.large:
            return None
        offset = self.offset(position)
        reading = self.text().reading
        return None if inside(reading, offset, _TEXTS) else name_at(reading, offset)

    def uri(self, document: Document) -> str:
        """Return the address of a file, as the client wrote it when it has it open."""
        held = self.uris.get(document.name)
        return document.path.as_uri() if held is None else held.uri

    def located(self, places: Iterable[Place]) -> list[types.Location]:
        """Return places as the client reads them."""
        texts: dict[str, Text] = {}
        found = []
        for place in places:
            text = texts.setdefault(place.document.name, Text(place.document.text, self.encoding))
            reach = ranged(text.range(place.start, place.end))
            found.append(types.Location(self.uri(place.document), reach))
        return found


def positioned(position: Position) -> types.Position:
    """Return a position of the protocol."""
    return types.Position(position.line, position.character)


def ranged(reach: Range) -> types.Range:
    """Return a range of the protocol."""
    return types.Range(positioned(reach.start), positioned(reach.end))


def hover(asked: Asked, params: types.HoverParams) -> types.Hover | None:
    """Return what to show of the name under the pointer."""
    name = asked.name(params.position)
    shown = name and hovering.hover(asked.library, name.node, asked.language, asked.marking)
    if name is None or not shown:
        return None
    reach = ranged(asked.text().range(name.token.start, name.token.end))
    return types.Hover(_marked(asked, shown), reach)


def _marked(asked: Asked, shown: str) -> types.MarkupContent:
    kind = types.MarkupKind.Markdown if asked.marking.markdown else types.MarkupKind.PlainText
    return types.MarkupContent(kind, shown)


def complete(asked: Asked, params: types.CompletionParams) -> types.CompletionList | None:
    """Return what may be typed; asked again at every letter, since accents and both languages count."""
    if asked.current is None or asked.current.large:
        return None
    offset = asked.offset(params.position)
    items = completion.complete(asked.library, asked.text(), offset, asked.language)
    return types.CompletionList(
        is_incomplete=True, items=[_item(asked, place, item) for place, item in enumerate(items)]
    )


def _item(asked: Asked, place: int, item: completion.Item) -> types.CompletionItem:
    text = asked.text()
    more = None
    if item.declaration is not None:
        at, line = item.declaration
        more = [types.TextEdit(ranged(text.range(at, at)), line)]
    sought = f"{item.insert} {item.label}"
    needed = Words("obligatoire", "required").to(asked.language)
    return types.CompletionItem(
        label=item.insert,
        label_details=types.CompletionItemLabelDetails(description=item.label),
        detail=f"{item.label} ({needed})" if item.required else item.label,
        kind=_COMPLETED[item.kind],
        sort_text=f"{place:04}",
        filter_text=sought if sought.startswith(item.typed) else f"{item.typed} {sought}",
        text_edit=types.TextEdit(ranged(text.range(item.start, item.end)), item.insert),
        additional_text_edits=more,
        data={"iri": item.node.value},
    )


def resolve(asked: Asked, item: types.CompletionItem) -> types.CompletionItem:
    """Return an offer with what it stands for."""
    iri = item.data.get("iri") if isinstance(item.data, dict) else None
    if isinstance(iri, str):
        shown = hovering.hover(asked.library, NamedNode(iri), asked.language, asked.marking)
        item.documentation = None if shown is None else _marked(asked, shown)
    return item


def definition(asked: Asked, params: types.DefinitionParams) -> list[types.Location] | None:
    """Return where the name under the pointer is described."""
    name = asked.name(params.position)
    return None if name is None else asked.located(finding.definitions(asked.library, name.node))


def references(asked: Asked, params: types.ReferenceParams) -> list[types.Location] | None:
    """Return every place that names what is under the pointer."""
    name = asked.name(params.position)
    if name is None:
        return None
    told = [*finding.references(asked.library, name.node)]
    if not params.context.include_declaration:
        described = {*finding.definitions(asked.library, name.node)}
        told = [place for place in told if place not in described]
    return asked.located(told)


def outline(asked: Asked, _params: types.DocumentSymbolParams) -> list[types.DocumentSymbol] | None:
    """Return the things that a file describes."""
    if asked.current is None or asked.current.large:
        return None
    found = finding.symbols(asked.library, asked.current.document, asked.language)
    return [_outlined(asked.text(), symbol) for symbol in found]


def _outlined(text: Text, symbol: Symbol) -> types.DocumentSymbol:
    return types.DocumentSymbol(
        symbol.name or symbol.curie,
        _SYMBOLS[symbol.kind],
        ranged(text.range(symbol.whole.start, symbol.whole.end)),
        ranged(text.range(symbol.named.start, symbol.named.end)),
        detail=symbol.curie,
    )


def named(asked: Asked, params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
    """Return the things of the project whose name holds what is typed."""
    found = [*finding.named(asked.library, params.query, asked.language)]
    places = asked.located(symbol.named for symbol in found)
    return [
        types.WorkspaceSymbol(place, symbol.name, _SYMBOLS[symbol.kind], container_name=symbol.curie)
        for symbol, place in zip(found, places, strict=True)
    ]


def prepare_rename(asked: Asked, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder:
    """Return the name to change. Raises RequestError for what cannot be called otherwise."""
    name = renaming.check(Workplace(asked.library.knowledge, ()), asked.name(params.position))
    reach = ranged(asked.text().range(name.token.start, name.token.end))
    return types.PrepareRenamePlaceholder(reach, name.token.text)


def rename(
    asked: Asked, params: types.RenameParams
) -> tuple[types.WorkspaceEdit, types.ShowMessageParams | None]:
    """Return the edits of `accords rename` in every file, and what it says besides. Raises AccordsError."""
    drafts = {one.name: one.text.text for one in (*asked.opened, *asked.queries)}
    project = replace(asked.shelf.project, drafts=drafts)
    plan = renaming.planned(project, asked.name(params.position), params.new_name)
    said = [words.to(asked.language) for words in (*plan.told, *left(plan.mentions))]
    message = types.ShowMessageParams(types.MessageType.Info, "\n".join(said)) if said else None
    return _edited(asked, plan, drafts), message


def _edited(asked: Asked, plan: Plan, drafts: Mapping[str, str]) -> types.WorkspaceEdit:
    made: dict[str, list[types.TextEdit]] = {}
    for one in plan.changed:
        held = asked.uris.get(one.name)
        uri = one.file.path.as_uri() if held is None else held.uri
        mark = "" if one.name in drafts else "\ufeff"  # an editor does not show it
        before, after = (raw.decode().removeprefix(mark) for raw in (one.before, one.after))
        made[uri] = _replaced(Text(before, asked.encoding), after)
    if not asked.versions:
        return types.WorkspaceEdit(changes=made)
    versions = {one.uri: one.version for one in asked.uris.values()}
    return types.WorkspaceEdit(
        document_changes=[
            types.TextDocumentEdit(
                types.OptionalVersionedTextDocumentIdentifier(uri, versions.get(uri)), [*edits]
            )
            for uri, edits in made.items()
        ]
    )


def _replaced(text: Text, after: str) -> list[types.TextEdit]:
    """Return what makes a text another, line by line."""
    return [
        types.TextEdit(ranged(text.range(one.start, one.end)), one.new)
        for one in rewriting.changes(text.text, after)
    ]


def layout(asked: Asked) -> tuple[list[types.TextEdit], tuple[FileProblem, ...]]:
    """Return the edits of `accords fmt`, or what is wrong with the file. Raises AccordsError."""
    if asked.current is None:
        return [], ()
    text = asked.text()
    made = formatting.of_bytes(text.text.encode("utf-8", "surrogatepass"), asked.current.name)
    if made.at_fault:
        return [], made.problems
    after = made.after.decode("utf-8")
    return _replaced(text, after), ()
