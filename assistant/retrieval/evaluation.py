"""Whether people find what bears on their words: judged queries, four measures, and plain collections.

Owns the reading of judged queries (by a piece of the text that bears on them, so that judgements outlive any way of
cutting a review) and of collections in BEIR's layout (`corpus.jsonl`, `queries.jsonl`, `qrels.tsv`), and the
arithmetic of nDCG@10, recall@10, MRR@10 and success@3. Knows nothing of how a search is done.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import DataFileError, Problem
from assistant.library.points import LearningPoint, Review

DEPTH = 10
_SUCCESS = 3
_SQUARELY = 2
"""The grade of a passage that answers the query; 1 only helps."""
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "*": None, "_": None})


class Passage(BaseModel):
    """Something that bears on a query: any of these pieces of text, or the id of a document."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    any_of: tuple[str, ...] = ()
    document: str | None = None
    grade: int


class JudgedQuery(BaseModel):
    """What somebody might type, with everything that bears on it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    query: str
    topic: str = "all"
    relevant: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """One hit, as it is judged."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Measures:
    """How well one query, or several on average, found what bears on them."""

    ndcg: float
    recall: float
    mrr: float
    success: float

    @classmethod
    def mean(cls, several: Iterable[Measures]) -> Measures:
        """The mean over queries."""
        rows = [(one.ndcg, one.recall, one.mrr, one.success) for one in several]
        return cls(*(fmean(column) for column in zip(*rows, strict=True))) if rows else cls(0, 0, 0, 0)


Search = Callable[[str], Sequence[Found]]
"""The first ten hits for a query, best first."""


def evaluate(queries: Iterable[JudgedQuery], search: Search) -> dict[str, Measures]:
    """The measures of every judged query, by its id. Queries on which nothing bears are left out."""
    return {query.id: measure(query, search(query.query)) for query in queries if query.relevant}


def measure(query: JudgedQuery, hits: Sequence[Found]) -> Measures:
    """Walk the hits from the top: each satisfies at most one passage, the first it holds that none has satisfied."""
    waiting = list(query.relevant)
    grades: list[int] = []
    for hit in hits[:DEPTH]:
        text = folded(hit.text)
        passage = next((one for one in waiting if _satisfies(one, hit.id, text)), None)
        grades.append(passage.grade if passage else 0)
        if passage:
            waiting.remove(passage)
    ideal = sorted((passage.grade for passage in query.relevant), reverse=True)[:DEPTH]
    squarely = sum(passage.grade >= _SQUARELY for passage in query.relevant)
    first = next((rank for rank, grade in enumerate(grades, 1) if grade), None)
    return Measures(
        ndcg=_gain(grades) / _gain(ideal),
        recall=sum(grade >= _SQUARELY for grade in grades) / squarely if squarely else float(first is not None),
        mrr=1 / first if first else 0.0,
        success=float(first is not None and first <= _SUCCESS),
    )


def folded(text: str) -> str:
    """A text as judgements compare it."""
    return re.sub(r"\s+", " ", text.translate(_QUOTES)).strip().lower()


def _satisfies(passage: Passage, hit: str, text: str) -> bool:
    return passage.document == hit or any(folded(piece) in text for piece in passage.any_of)


def _gain(grades: Sequence[int]) -> float:
    return math.fsum((2**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))


def read_judged(path: Path) -> list[JudgedQuery]:
    """Judged queries, one JSON object a line. Raises DataFileError with the lines that are wrong."""
    queries: list[JudgedQuery] = []
    problems: list[Problem] = []
    for line, value in _json_lines(path):
        try:
            queries.append(JudgedQuery.model_validate(value))
        except ValidationError as error:
            where = ".".join(str(step) for step in error.errors()[0]["loc"])
            problems.append(Problem(path, line, f"{where}: {error.errors()[0]['msg'].lower()}"))
    if problems:
        raise DataFileError(problems)
    return queries


class PlainCollection:
    """A collection in BEIR's layout, a document a point, so that the engine can be held to published figures."""

    def __init__(self, folder: Path) -> None:
        self._points = [_document(value) for _, value in _json_lines(folder / "corpus.jsonl")]
        self.reviews: Mapping[str, Review] = {
            "collection": Review(
                id="collection", title=folder.name, subject="", publisher="", source=str(folder.name), text=""
            )
        }
        self.checksum = hashlib.sha256((folder / "corpus.jsonl").read_bytes()).hexdigest()

    def __len__(self) -> int:
        return len(self._points)

    def point(self, position: int, /) -> LearningPoint:
        """The document at a position."""
        return self._points[position]


def read_qrels(folder: Path) -> list[JudgedQuery]:
    """The queries of a collection in BEIR's layout that have judgements (`qrels.tsv`, or `qrels/test.tsv`)."""
    path = next((path for path in (folder / "qrels.tsv", folder / "qrels" / "test.tsv") if path.is_file()), None)
    if path is None:
        raise DataFileError([Problem(folder / "qrels.tsv", 1, "missing; a collection needs its judgements")])
    relevant: dict[str, list[Passage]] = {}
    for line, row in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        columns = row.split("\t")
        if line == 1 and columns[-1] == "score":
            continue
        if len(columns) != 3 or not columns[2].isdigit():
            raise DataFileError([Problem(path, line, "expected query, document and score, with tabs between")])
        if int(columns[2]):
            relevant.setdefault(columns[0], []).append(Passage(document=columns[1], grade=int(columns[2])))
    return [
        JudgedQuery(id=str(value["_id"]), query=value["text"], relevant=tuple(relevant[str(value["_id"])]))
        for _, value in _json_lines(folder / "queries.jsonl")
        if str(value.get("_id")) in relevant
    ]


def _document(value: Mapping[str, Any]) -> LearningPoint:
    text = " ".join(part for part in (value.get("title"), value.get("text")) if part)
    return LearningPoint(
        id=str(value["_id"]), review="collection", text=text, section="", kind="finding", spans=(), lines=(1, 1)
    )


def _json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise DataFileError([Problem(path, 1, f"cannot be read ({error.strerror})")]) from error
    for line, text in enumerate(lines, 1):
        if text.strip():
            try:
                value = json.loads(text)
            except ValueError as error:
                raise DataFileError([Problem(path, line, "not JSON; expected one object a line")]) from error
            if not isinstance(value, dict):
                raise DataFileError([Problem(path, line, "expected one JSON object a line")])
            yield line, value
