"""Search: an index made from records, and the engine that answers from it.

`build_index` writes the files of the index, `search` answers from the same files; `site/static/search.js` is the same
engine for the browser, and a test holds the two to equal answers.
"""

from spojnik.search.doc import STATES, Answer, Doc, Hit, IndexMissing
from spojnik.search.index import build_index
from spojnik.search.query import search

__all__ = ["STATES", "Answer", "Doc", "Hit", "IndexMissing", "build_index", "search"]
