from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import DataFileError
from assistant.retrieval.baseline import plain_bm25
from assistant.retrieval.evaluation import (
    Found,
    JudgedQuery,
    Measures,
    Passage,
    PlainCollection,
    evaluate,
    measure,
    read_judged,
    read_qrels,
)
from assistant.retrieval.index_building import build
from assistant.retrieval.ranking import Retriever
from tests.retrieval.made_up import TOKENIZER

QUERY = JudgedQuery(
    id="q1",
    query="nobody met dad",
    relevant=(
        Passage(any_of=("fathers’ role", "men in *families*"), grade=2),
        Passage(any_of=("evening visits",), grade=1),
    ),
)


def hits(*texts: str) -> list[Found]:
    return [Found(f"h{at}", text) for at, text in enumerate(texts)]


def test_a_perfect_answer_scores_one_throughout() -> None:
    assert measure(QUERY, hits("The fathers' role", "evening  visits")) == Measures(1, 1, 1, 1)


def test_quotes_case_white_space_and_emphasis_do_not_matter() -> None:
    assert measure(QUERY, hits("**The FATHERS'\nrole**")).recall == 1
    assert measure(QUERY, hits("men in families")).recall == 1


def test_a_passage_counts_once_and_a_hit_satisfies_one_passage() -> None:
    both = measure(QUERY, hits("fathers' role and evening visits", "men in families"))
    assert both.ndcg == pytest.approx(3 / (3 + 1 / math.log2(3)))


def test_rank_counts_as_the_judgements_say() -> None:
    found = measure(QUERY, hits("x", "y", "evening visits", "z", "fathers' role"))
    assert found.mrr == pytest.approx(1 / 3)
    assert found.success == 1
    assert found.ndcg == pytest.approx((1 / math.log2(4) + 3 / math.log2(6)) / (3 + 1 / math.log2(3)))


def test_what_stands_below_the_tenth_does_not_count() -> None:
    assert measure(QUERY, hits(*["x"] * 10, "fathers' role")) == Measures(0, 0, 0, 0)


def test_a_query_without_a_squarely_answering_passage_recalls_by_its_first_hit() -> None:
    helped = JudgedQuery(id="q", query="q", relevant=(Passage(any_of=("a",), grade=1),))
    assert measure(helped, hits("a")).recall == 1
    assert measure(helped, hits("b")).recall == 0


@given(st.lists(st.sampled_from(["fathers' role", "evening visits", "x"]), max_size=12))
def test_measures_lie_between_nothing_and_all(texts: Sequence[str]) -> None:
    found = measure(QUERY, hits(*texts))
    assert all(0 <= value <= 1 for value in (found.ndcg, found.recall, found.mrr, found.success))


def test_queries_on_which_nothing_bears_are_not_measured() -> None:
    assert evaluate([JudgedQuery(id="x", query="car park")], lambda _: []) == {}


def test_wrong_lines_of_a_file_of_queries_are_reported(tmp_path: Path) -> None:
    file = tmp_path / "queries.jsonl"
    file.write_text('{"id": "a", "query": "b"}\n{"id": "a"}\n{"id": 1, "query": "b"}\n', encoding="utf-8")
    with pytest.raises(DataFileError) as raised:
        read_judged(file)
    assert [problem.line for problem in raised.value.problems] == [2, 3]
    file.write_text('{"id": "a", "query": "b"}\nnot json\n', encoding="utf-8")
    with pytest.raises(DataFileError, match=r":2: not JSON"):
        read_judged(file)


def collection(folder: Path) -> Path:
    """Sixty documents on twelve subjects, and a query for each subject, in BEIR's layout."""
    subjects = "enzyme kinase tumour neuron protein insulin retina plasma marrow statin vaccine tendon".split()
    documents = [
        {
            "_id": f"{subject}-{n}",
            "title": f"{subject} study {n}",
            "text": f"We measured {subject} {'again ' * n}in mice.",
        }
        for subject in subjects
        for n in range(5)
    ]
    queries = [{"_id": str(at), "text": f"does {subject} change in mice"} for at, subject in enumerate(subjects)]
    folder.joinpath("corpus.jsonl").write_text("\n".join(map(json.dumps, documents)), encoding="utf-8")
    folder.joinpath("queries.jsonl").write_text("\n".join(map(json.dumps, queries)), encoding="utf-8")
    judged = [f"{at}\t{subject}-{n}\t1" for at, subject in enumerate(subjects) for n in range(5)]
    folder.joinpath("qrels.tsv").write_text("\n".join(["query-id\tcorpus-id\tscore", *judged]), encoding="utf-8")
    return folder


def test_a_plain_collection_is_searched_by_words_alone(tmp_path: Path) -> None:
    folder = collection(tmp_path)
    documents, queries = PlainCollection(folder), read_qrels(folder)
    retriever = Retriever(documents, build(documents, tokenizer=TOKENIZER), tokenizer=TOKENIZER)
    found = evaluate(queries, lambda q: [Found(hit.id, hit.text) for hit in retriever.search(q, limit=10).hits])
    assert len(found) == 12
    assert Measures.mean(found.values()) == Measures(1, 1, 1, 1)
    assert Measures.mean(evaluate(queries, plain_bm25(documents, TOKENIZER)).values()).ndcg == 1


def test_judgements_may_stand_in_a_folder_of_their_own(tmp_path: Path) -> None:
    folder = collection(tmp_path)
    before = read_qrels(folder)
    (folder / "qrels").mkdir()
    (folder / "qrels.tsv").rename(folder / "qrels" / "test.tsv")
    assert read_qrels(folder) == before


def test_a_collection_without_judgements_or_with_wrong_ones_says_where(tmp_path: Path) -> None:
    folder = collection(tmp_path)
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n0 a 1\n", encoding="utf-8")
    with pytest.raises(DataFileError, match=r"qrels.tsv:2: expected query, document and score"):
        read_qrels(folder)
    (folder / "qrels.tsv").unlink()
    with pytest.raises(DataFileError, match="a collection needs its judgements"):
        read_qrels(folder)
