"""Releases: one immutable folder, the same bytes wherever it is built, that anyone can verify.

`build` makes it of a project; `verify` reads one again, with nothing but the folder at hand.
"""
