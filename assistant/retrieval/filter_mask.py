"""Which rows of an index some filters let through.

Owns how each choice is looked up in what was worked out beforehand. The choices are `filter_choices.py`'s.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.filter_choices import EVERYTHING, Filters
from assistant.retrieval.index_building import AUDIENCES, KINDS, Collection, Prepared
from assistant.retrieval.weighted_terms import CONCEPT


def mask_of(filters: Filters, collection: Collection, prepared: Prepared) -> NDArray[np.bool_] | None:
    """A place for every point of the collection; None where nothing is filtered out."""
    if filters == EVERYTHING:
        return None
    mask = np.ones(len(collection), dtype=np.bool_)
    reviews = [collection.reviews[name] for name in sorted(collection.reviews)]
    if filters.reviews:
        mask &= np.array([review.id in filters.reviews for review in reviews])[prepared.reviews]
    if filters.publishers:
        mask &= np.array([review.publisher in filters.publishers for review in reviews])[prepared.reviews]
    if filters.years is not None:
        first, last = filters.years
        years = [int(review.published[:4]) if review.published else None for review in reviews]
        mask &= np.array([year is not None and first <= year <= last for year in years])[prepared.reviews]
    if filters.audiences:
        mask &= np.array([audience in filters.audiences for audience in AUDIENCES])[prepared.audiences]
    if filters.kinds:
        mask &= np.array([kind in filters.kinds for kind in KINDS])[prepared.kinds]
    if filters.concepts:
        carries = np.zeros(len(mask), dtype=np.bool_)
        for concept in filters.concepts:
            carries[prepared.index.postings(CONCEPT + concept)[0]] = True
        mask &= carries
    return mask
