"""Accords emploi: the graph of French employment agreements, and the tool that keeps it true."""
