"""What becomes of each judged set when one number of `assistant/retrieval/weights.py` is varied.

    .venv/bin/python -m tools.tune_weights [--only SHARPNESS CONCEPT] [--queries FILE ...]

Prints nDCG@10 / success@3 of each set, for the numbers as they are and with each a third down and half up. Choose by
`--queries`, `tuning` and `second-fresh`; of `fresh` only ever read this total.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from assistant.language.tokens import Tokenizer, read_spellings
from assistant.library.library import open_library
from assistant.retrieval import weights
from assistant.retrieval.adapted_encoder import AdaptedEncoder
from assistant.retrieval.encoder import Encoder
from assistant.retrieval.evaluation import Found, JudgedQuery, Measures, evaluate, read_judged
from assistant.retrieval.index_building import build, shipped_vectors
from assistant.retrieval.lexicon_reader import open_concepts
from assistant.retrieval.protocols import Vectors
from assistant.retrieval.ranking import Retriever
from tools.published import published_weights

HERE = Path(__file__).parents[1] / "tests" / "retrieval"
CHANGES = (0.67, 1.5)


class Remembering:
    """The encoder, which reads each text once however often it is asked."""

    def __init__(self, folder: Path) -> None:
        published = Encoder(folder)
        self._encoder = AdaptedEncoder(published)
        self._read: dict[str, tuple[Vectors, Vectors]] = {}
        self.checksum, self.of_points = published.checksum, self._encoder.checksum

    def encode(self, texts: Sequence[str]) -> Vectors:
        return self.encode_both(texts)[0]

    def encode_both(self, texts: Sequence[str], also: Sequence[str] = ()) -> tuple[Vectors, Vectors]:
        for text in (*texts, *also):
            if text not in self._read:
                self._read[text] = self._encoder.encode_both([text])
        read = [self._read[text] for text in (*texts, *also)]
        return np.concatenate([one for one, _ in read]), np.concatenate([other for _, other in read[: len(texts)]])

    def is_outside(self, vector: Vectors, adapted: Vectors) -> bool:
        return self._encoder.is_outside(vector, adapted)


def numbers() -> Iterator[tuple[str, float]]:
    """Every single number of the table."""
    for name, value in vars(weights).items():
        if name.isupper() and isinstance(value, (int, float)):
            yield name, value


def row(retriever: Retriever, sets: dict[str, list[JudgedQuery]]) -> str:
    """The measures of every set, as a line of a table."""

    def search(query: str) -> list[Found]:
        return [Found(hit.id, hit.text) for hit in retriever.search(query, limit=10).hits]

    measured = [Measures.mean(evaluate(queries, search).values()) for queries in sets.values()]
    return " | ".join(f"{of.ndcg:.3f} / {of.success:.2f}" for of in measured)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", help="Names of the numbers to vary.")
    parser.add_argument("--queries", nargs="+", type=Path, default=[], help="Further judged sets.")
    choices = parser.parse_args()
    encoder = Remembering(published_weights())
    with tempfile.TemporaryDirectory() as folder:
        library, spellings = open_library(Path(folder)), read_spellings(Path(folder))
        concepts = open_concepts(Path(folder), spellings, encoder)
    tokenizer = Tokenizer(spellings)
    known = shipped_vectors(encoder.of_points)

    def retriever() -> Retriever:
        prepared = build(library, tokenizer=tokenizer, concepts=concepts, encoder=encoder, known=known)
        return Retriever(library, prepared, tokenizer=tokenizer, concepts=concepts, encoder=encoder)

    paths = [*choices.queries, *sorted(HERE.glob("*-queries.jsonl"))]
    sets = {path.stem.removesuffix("-queries"): read_judged(path) for path in paths}
    print("| number | value | " + " | ".join(sets) + " |", "|---|---:|" + "---:|" * len(sets), sep="\n")
    print(f"| all | | {row(retriever(), sets)} |", flush=True)
    for name, value in list(numbers()):
        if choices.only and name not in choices.only:
            continue
        for change in CHANGES:
            setattr(weights, name, value * change)
            print(f"| {name} | {value * change:.3g} | {row(retriever(), sets)} |", flush=True)
        setattr(weights, name, value)


if __name__ == "__main__":
    main()
