"""Plain BM25, to be better than: `rank-bm25` itself over the same stems, with nothing else that this engine knows."""

from __future__ import annotations

from rank_bm25 import BM25Okapi

from assistant.language.tokens import Tokenizer
from assistant.retrieval.evaluation import DEPTH, Found, Search
from assistant.retrieval.index_building import Collection
from assistant.retrieval.weighted_terms import point_text


def plain_bm25(collection: Collection, tokenizer: Tokenizer) -> Search:
    """A search of the collection by `rank_bm25.BM25Okapi`; documents without a word of the query are left out."""
    points = [collection.point(position) for position in range(len(collection))]
    texts = [point_text(point) for point in points]
    bm25 = BM25Okapi([tokenizer.terms(text) for text in texts])

    def search(query: str) -> list[Found]:
        scores = bm25.get_scores(tokenizer.terms(query))
        best = sorted(range(len(points)), key=lambda at: (-scores[at], at))[:DEPTH]
        return [Found(points[at].id, points[at].text) for at in best if scores[at] > 0]

    return search
