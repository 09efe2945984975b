"""The project as a static website: every record, list and reference as pages in French and in English.

An edition goes in, files come out: two trees of pages, `fr/` and `en/`, and beside them what has no language.
No page needs a script, none fetches anything from elsewhere, every link is relative.

1. A `Section` (`sections`) has pages of one kind, and the addresses of the IRIs that they are about.
2. A `Page` (`page`) is a path, a title and what its template is told, in the reader's language.
3. `frame` makes a file of each page in each language; `templating` is the one place that knows Jinja2.
"""
