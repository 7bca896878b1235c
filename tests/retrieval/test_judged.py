from __future__ import annotations

from pathlib import Path

import pytest

from assistant.library.library import open_library
from assistant.retrieval.evaluation import JudgedQuery, folded, read_judged
from assistant.retrieval.lexicon import lexicon_paths, read_lexicon
from assistant.retrieval.open_search import open_search
from assistant.retrieval.ranking import Retriever

HERE = Path(__file__).parent
SETS = [HERE / f"{name}-queries.jsonl" for name in ("fresh", "second-fresh", "tuning")]


@pytest.fixture(scope="module")
def retriever(used_before: Path) -> Retriever:
    return open_search(open_library(used_before), used_before)


def judged() -> list[JudgedQuery]:
    return [query for path in SETS for query in read_judged(path)]


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_every_judged_passage_stands_in_the_reviews_and_every_id_is_its_own(path: Path, tmp_path: Path) -> None:
    library = open_library(tmp_path)
    corpus = " ".join(folded(library.point(at).text) for at in range(len(library)))
    queries = read_judged(path)
    assert len({query.id for query in queries}) == len(queries)
    missing = [
        (query.id, passage.any_of)
        for query in queries
        for passage in query.relevant
        if not any(folded(piece) in corpus for piece in passage.any_of)
    ]
    assert missing == []


def test_no_judged_query_is_one_of_the_sentences_the_lexicon_learns_from(tmp_path: Path) -> None:
    learnt_from = {folded(said) for concept in read_lexicon(lexicon_paths(tmp_path)) for said in concept.sentences}
    assert [query.id for query in judged() if folded(query.query) in learnt_from] == []


def test_nearly_everything_that_bears_on_nothing_finds_nothing(retriever: Retriever) -> None:
    lines = (HERE / "off-topic.txt").read_text(encoding="utf-8").splitlines()
    silent = sum(retriever.search(line).nothing_bears for line in lines)
    assert silent >= 0.85 * len(lines)


def test_hardly_a_judged_query_finds_nothing(retriever: Retriever) -> None:
    queries = judged()
    silent = sum(retriever.search(query.query).nothing_bears for query in queries)
    assert silent <= 0.02 * len(queries)
