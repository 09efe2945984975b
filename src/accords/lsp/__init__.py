"""The language server: what an editor shows of a project while its files are being written.

Only `server` knows the protocol; the other modules take texts, offsets and a `Library` and give values.
"""
