"""Accords emploi: the graph of French employment agreements, and the tool that keeps it true."""

from .api import ask, bars, query, questions, timeline, write

__all__ = ["ask", "bars", "query", "questions", "timeline", "write"]
