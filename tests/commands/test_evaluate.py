from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.cli import reflect
from tests.retrieval.test_evaluation import collection


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFLECT_DATA_DIR", str(tmp_path / "home"))


def run(*words: str) -> Result:
    return CliRunner().invoke(reflect, ["evaluate", *words], catch_exceptions=False)


def test_the_measures_are_shown_overall_by_topic_and_with_the_worst(tmp_path: Path) -> None:
    judged = [
        {
            "id": "a", "query": "bruise on a non-mobile baby", "topic": "bruising",
            "relevant": [{"any_of": ["all bruises and injuries to non-mobile babies"], "grade": 2}],
        },
        {"id": "b", "query": "bruise", "topic": "nowhere", "relevant": [{"any_of": ["no such passage"], "grade": 2}]},
        {"id": "c", "query": "qwertyuiop"},
    ]  # fmt: skip
    file = tmp_path / "queries.jsonl"
    file.write_text("\n".join(map(json.dumps, judged)), encoding="utf-8")
    lines = run("--queries", str(file), "--worst", "1", "--against", "bm25").stdout.splitlines()
    assert lines[0].split() == ["nDCG@10", "recall@10", "MRR@10", "success@3"]
    assert lines[1].startswith("All 2 queries")
    assert lines[2].split()[:2] == ["bruising", "(1)"]
    assert lines[3].split() == ["nowhere", "(1)", ".00", ".00", ".00", ".00"]
    assert lines[4] == "Silent on 1 of the 1 queries that have no relevant learning."
    assert lines[6:8] == ["Worst", "  .00  b  bruise"]
    assert lines[10].startswith("Plain BM25")


def test_a_collection_is_measured_by_words_alone(tmp_path: Path) -> None:
    lines = run("--collection", str(collection(tmp_path)), "--worst", "0").stdout.splitlines()
    assert lines[1].split() == ["All", "12", "queries", "1.00", "1.00", "1.00", "1.00"]


@pytest.mark.parametrize("words", [(), ("--queries", __file__, "--collection", str(Path(__file__).parent))])
def test_one_of_library_and_collection_must_be_chosen(words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert "Give one of --queries, --collection and --noticing." in result.stderr
