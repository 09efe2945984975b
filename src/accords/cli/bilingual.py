"""click in two languages: commands and options carry both texts, the reader's language picks."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING, Any

import click

from accords.errors import UnknownName
from accords.language import LANGUAGES, Language, Words, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


@dataclass(slots=True)
class Settings:
    """What holds for a whole call: language, the project's folder if given, debugging, the code to come."""

    language: Language = "fr"
    root: Path | None = None
    debug: bool = False
    code: int = 0  # the exit code once it is known, for a reader who leaves before the end


def language_of(context: click.Context) -> Language:
    """Return the reader's language of a call."""
    settings = context.find_object(Settings)
    return settings.language if settings is not None else "fr"


class Option(click.Option):
    """An option whose help is a pair of sentences."""

    def __init__(self, *arguments: Any, words: Words, **keywords: Any) -> None:
        """Take what click takes, and the words."""
        super().__init__(*arguments, **keywords)
        self.words = words

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the row of the help page, in the reader's language."""
        record = super().get_help_record(ctx)
        language = language_of(ctx)
        return None if record is None else (_stand_ins(record[0], language), self.words.to(language))


_FRENCH_STAND_INS = {  # the words in capitals that stand for what a person types
    "ARGS": "ARGUMENTS",
    "COMMAND": "COMMANDE",
    "FIELD": "CHAMP",
    "FILE": "FICHIER",
    "FIRST": "PREMIERS",
    "FOLDER": "DOSSIER",
    "INPUT": "ENTRÉE",
    "KIND": "SORTE",
    "LAST": "DERNIERS",
    "MIB": "MIO",
    "NAME": "NOM",
    "NEW": "NOUVEAU",
    "OLD": "ANCIEN",
    "PATH": "CHEMIN",
    "SECONDS": "SECONDES",
    "TABLE": "TABLEAU",
    "TERM": "TERME",
    "TEXT": "TEXTE",
    "VALUE": "VALEUR",
    "WORDS": "MOTS",
    "OUTPUT": "SORTIE",
}


def _stand_ins(usage: str, language: Language) -> str:
    if language == "en":
        return usage
    return re.sub(r"\b[A-Z]{3,}\b", lambda word: _FRENCH_STAND_INS.get(word[0], word[0]), usage)


def option(*names: str, words: Words, **keywords: Any) -> Callable[..., Any]:
    """Declare an option with its words."""
    return click.option(*names, cls=Option, words=words, **keywords)


def _common() -> list[click.Parameter]:
    return [
        Option(
            ["--lang"],
            type=click.Choice(LANGUAGES),
            expose_value=False,
            words=Words(
                "Langue des messages (par défaut celle du système, sinon le français).",
                "Language of the messages (the system's by default, else French).",
            ),
        ),
        Option(
            ["--help"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_help,
            words=Words("Afficher cette aide.", "Show this help."),
        ),
    ]


def _show_help(context: click.Context, _parameter: click.Parameter, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        click.echo(context.get_help(), color=context.color)
        context.exit()


class _Bilingual(click.Command):
    """What commands and groups share: help in the reader's language."""

    words: Words

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        language = language_of(ctx)
        pieces = _stand_ins(" ".join(self.collect_usage_pieces(ctx)), language)
        formatter.write_usage(ctx.command_path, pieces, Words("Usage : ", "Usage: ").to(language))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the description."""
        formatter.write_paragraph()
        with formatter.indentation():
            for paragraph in self.words.to(language_of(ctx)).split("\n\n"):
                formatter.write_text(paragraph)
                formatter.write_paragraph()

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options under their heading."""
        found = (parameter.get_help_record(ctx) for parameter in self.get_params(ctx))
        records = [record for record in found if record and record[1]]  # the usage line names the arguments
        if records:
            with formatter.section("Options"):
                formatter.write_dl(records)


class Command(_Bilingual):
    """A command whose help is a pair of texts."""

    def __init__(self, *arguments: Any, words: Words, **keywords: Any) -> None:
        """Take what click takes, and the words."""
        super().__init__(*arguments, **keywords)
        self.add_help_option = False  # ours speaks two languages
        self.words = words
        self.params.extend(_common())


class Group(_Bilingual, click.Group):
    """A group whose commands are imported when they are called: `lazy` maps names to (module, words)."""

    def __init__(
        self, *arguments: Any, words: Words, lazy: Mapping[str, tuple[str, Words]], **keywords: Any
    ) -> None:
        """Take what click takes, the words, and where the commands are."""
        keywords.setdefault("no_args_is_help", False)  # a command that is missing is told as such
        super().__init__(*arguments, **keywords)
        self.add_help_option = False
        self.words = words
        self.lazy = lazy
        self.params.extend(_common())

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return sorted({*super().list_commands(ctx), *self.lazy})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, importing its module."""
        if cmd_name in self.lazy:
            module, _ = self.lazy[cmd_name]
            found = getattr(import_module(module), f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name)
            return found if isinstance(found, click.Command) else None
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command asked for. Raises UnknownName with the close ones."""
        unknown = bool(args) and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None
        if unknown and not ctx.resilient_parsing:  # a shell that completes is told nothing
            close = difflib.get_close_matches(args[0], self.list_commands(ctx), n=3)
            raise UnknownName(Words("commande", "command"), args[0], tuple(close))
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands, none of them imported."""
        super().format_options(ctx, formatter)
        language = language_of(ctx)
        eager = {
            name: command.words for name, command in self.commands.items() if isinstance(command, _Bilingual)
        }
        known = {name: words for name, (_, words) in self.lazy.items()} | eager
        with formatter.section(Words("Commandes ", "Commands").to(language)):
            formatter.write_dl(
                [(name, known[name].to(language).partition("\n\n")[0]) for name in sorted(known)]
            )


def said_of(wrong: click.UsageError) -> Words:
    """Return what is wrong with a call, in both languages."""
    match wrong:
        case click.NoSuchOption() if wrong.option_name in {"--root", "--debug", "--version"}:
            name = wrong.option_name
            return Words(
                f"{name} se met avant la commande : accords {name} …",
                f"{name} comes before the command: accords {name} …",
            )
        case click.NoSuchOption():
            close = ", ".join(sorted(wrong.possibilities or ()))
            name = printable(wrong.option_name)
            return Words(
                f"option inconnue : {name}" + (f" (proches : {close})" if close else ""),
                f"unknown option: {name}" + (f" (close: {close})" if close else ""),
            )
        case click.MissingParameter():
            name = wrong.param.make_metavar(wrong.ctx) if wrong.param and wrong.ctx else str(wrong.param_hint)
            if isinstance(wrong.param, click.Option):
                name = f"{wrong.param.opts[0]} {name}"
            return Words(f"il manque : {_stand_ins(name, 'fr')}", f"missing: {name}")
        case click.BadParameter():
            name = (
                wrong.param.get_error_hint(wrong.ctx) if wrong.param and wrong.ctx else str(wrong.param_hint)
            )
            reason = printable(wrong.message, 200)
            name = _ARGUMENT.sub(r"\1", name)
            shown = Words(_stand_ins(name, "fr").replace("|", " ou "), name.replace("|", " or "))
            french = f"valeur refusée pour {shown.fr} : {_french(reason)}"
            return Words(french, f"value refused for {shown.en}: {reason}")
        case click.BadOptionUsage() | click.BadArgumentUsage() | _:
            reason = printable(wrong.format_message(), 200)
            return Words(_french(reason), reason)


_ARGUMENT = re.compile(r"'\[?([\w|]+)\]?(?:\.{3})?'")  # as click names one: '[FILE]...'
_FRENCH = (  # click's sentences that a reader can meet, and ours
    ("No such command", "commande inconnue :"),
    ("Got unexpected extra argument", "argument en trop :"),
    ("requires an argument", "demande une valeur"),
    ("does not take a value", "ne prend pas de valeur"),
    ("does not exist", "n'existe pas"),
    ("is not one of", "n'est pas parmi"),
    ("is not a valid float range", "n'est pas un nombre permis"),
    ("is not a valid float", "n'est pas un nombre"),
    ("is not a valid integer range", "n'est pas un nombre entier permis"),
    ("is not a valid integer", "n'est pas un nombre entier"),
    ("is not in the range", "n'est pas dans l'intervalle"),
    ("is a directory", "est un dossier"),
    ("is a file", "est un fichier"),
    ("is not readable", "n'est pas lisible"),
    ("Missing command", "il manque une commande"),
    ("Did you mean", "Peut-être"),
    ("Directory", "Dossier"),
    ("File", "Fichier"),
    ("Path", "Chemin"),
    ("Option", "Option"),
)


def _french(sentence: str) -> str:
    for english, french in _FRENCH:
        sentence = sentence.replace(english, french)
    return sentence
