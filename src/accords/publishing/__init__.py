"""What is published of a project: exports in every form, always made from the parsed files.

An `Edition` is what is published; a `Format` makes `Artefact`s of it, each a file with its media type and a
function that writes its bytes; `folders.publish` writes them, all or none. Formats know nothing of one another.
"""
