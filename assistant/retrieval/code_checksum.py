"""A checksum of the modules that decide what an index or a reader of concepts is.

Owns which files count. A saved index that was made by other code is made again; a change anywhere else costs nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
TERMS = ("language/ages.py", "language/tokens.py")
"""From a text to terms."""
INDEX = (
    *TERMS,
    *(
        f"retrieval/{name}.py"
        for name in ("bm25", "index_building", "informative_headings", "point_quality", "weighted_terms")
    ),
)
"""From learning points to the index."""
CONCEPTS = (
    *TERMS,
    *(
        f"retrieval/{name}.py"
        for name in (
            "concept_classifier",
            "concept_vectors",
            "concepts",
            "lexicon",
            "lexicon_patterns",
            "lexicon_reader",
        )
    ),
)
"""From the lexicon to a reader of concepts."""
WEIGHTS = ("retrieval/weights.py",)


def code_checksum(modules: Iterable[str]) -> str:
    """SHA-256 of the source of some modules, named by their path in the package."""
    digest = hashlib.sha256()
    for module in modules:
        digest.update(hashlib.sha256((PACKAGE / module).read_bytes()).digest())
    return digest.hexdigest()
