"""Accords emploi: the graph of French employment agreements, and the tool that keeps it true."""

TYPE_CHECKING = False  # not imported from `typing`: the command starts here too, and has to start at once
if TYPE_CHECKING:
    from .api import ask, bars, query, questions, timeline, write

__all__ = ["ask", "bars", "query", "questions", "timeline", "write"]


def __getattr__(name: str) -> object:
    """Return what Python offers, imported when it is first asked for."""
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from . import api  # noqa: PLC0415  # not before it is asked for

    return getattr(api, name)
