from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from assistant.retrieval.bm25 import Index, best, build_index

words = st.sampled_from(["baby", "bruise", "father", "plan", "school", "neglect", "é", "zz", "a"])
documents = st.lists(st.lists(words, max_size=12), min_size=1, max_size=25).filter(any)
queries = st.lists(st.one_of(words, st.just("unheard-of")), max_size=8)


def index_of(texts: list[list[str]]) -> Index:
    return build_index(Counter(text) for text in texts)


def digest(index: Index) -> str:
    arrays = (index.vocabulary.text, index.vocabulary.ends, index.starts, index.documents, index.impacts)
    return hashlib.sha256(b"".join(array.tobytes() for array in arrays)).hexdigest()


@given(documents, queries)
def test_scores_are_those_of_rank_bm25(texts: list[list[str]], query: list[str]) -> None:
    expected = BM25Okapi(texts).get_scores(query)
    matches = index_of(texts).ask(Counter(query)).score()
    assert np.allclose(matches.scores, expected[matches.positions], rtol=0, atol=1e-9)


@given(documents, queries)
def test_only_and_all_documents_that_hold_a_term_of_the_query_are_found(
    texts: list[list[str]], query: list[str]
) -> None:
    found = index_of(texts).ask(Counter(query)).score().positions.tolist()
    assert found == [at for at, text in enumerate(texts) if set(text) & set(query)]


@given(documents, queries)
def test_the_shares_of_the_terms_add_up_to_the_score(texts: list[list[str]], query: list[str]) -> None:
    index = index_of(texts)
    matches = index.ask(Counter(query)).score()
    shares = index.ask(Counter(query)).shares(matches.positions)
    assert np.allclose(np.nansum(shares, axis=0), matches.scores, rtol=0, atol=1e-12)
    for column, position in enumerate(matches.positions):
        held = [term for term, share in zip(Counter(query), shares[:, column], strict=True) if not np.isnan(share)]
        assert set(held) == set(texts[position]) & set(query)


@given(documents, st.data())
def test_each_document_keeps_its_score_when_documents_are_put_in_another_order(
    texts: list[list[str]], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(texts))))
    query = Counter(data.draw(queries))
    plain, shuffled = index_of(texts).ask(query).score(), index_of([texts[at] for at in order]).ask(query).score()
    assert {int(p): pytest.approx(s) for p, s in zip(plain.positions, plain.scores, strict=True)} == {
        order[int(p)]: s for p, s in zip(shuffled.positions, shuffled.scores, strict=True)
    }


@given(st.lists(st.integers(min_value=-3, max_value=3)), st.integers(min_value=-2, max_value=40))
def test_the_best_are_those_of_a_full_sort_with_ties_in_document_order(scores: list[int], count: int) -> None:
    expected = sorted(range(len(scores)), key=lambda at: (-scores[at], at))[: max(count, 0)]
    assert best(np.arange(len(scores)), np.array(scores, dtype=np.float64), count).positions.tolist() == expected


def test_a_weighted_term_counts_for_as_much_as_its_weight() -> None:
    index = build_index([{"baby": 1, "concept:fathers": 0.5}, {"baby": 1}, {"plan": 1}, {"visit": 1}, {"bruise": 1}])
    full, half = index.ask({"concept:fathers": 1.0}).score(), index.ask({"concept:fathers": 0.5}).score()
    assert full.positions.tolist() == [0]
    assert half.scores[0] == pytest.approx(full.scores[0] / 2)


def test_an_empty_library_an_empty_document_and_an_empty_query_find_nothing() -> None:
    assert len(build_index([]).ask({"baby": 1}).score().positions) == 0
    assert len(build_index([{}]).ask({"baby": 1}).score().positions) == 0
    assert len(build_index([{"baby": 1}]).ask({}).score().positions) == 0


def test_an_index_cannot_be_changed() -> None:
    index = build_index([{"baby": 1}])
    with pytest.raises(ValueError, match="read-only"):
        index.impacts[0] = 99


def test_the_same_documents_give_the_same_bytes_under_any_hash_seed() -> None:
    probe = (
        "from tests.retrieval.test_bm25 import digest, index_of;"
        "print(digest(index_of([list(set('the father of the baby was not seen at home'.split())) for _ in range(9)])))"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", probe],
            env=os.environ | {"PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("0", "1", "42")
    }
    assert len(digests) == 1
