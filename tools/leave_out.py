"""Whether the lexicon knows the field or the judged sets: each set is searched by a lexicon that has not seen its like.

    .venv/bin/python -m tools.leave_out FILE ...

For each set, every sentence of the lexicon that lies near one of its queries is left out, what is meant is learnt
again from the rest, and the set is searched. Some minutes a set.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

import numpy as np

from assistant.language.tokens import Tokenizer, read_spellings
from assistant.library.library import open_library
from assistant.retrieval import lexicon_reader
from assistant.retrieval.evaluation import JudgedQuery, read_judged
from assistant.retrieval.index_building import build, shipped_vectors
from assistant.retrieval.lexicon import Concept, open_lexicon
from assistant.retrieval.ranking import Retriever
from tools.published import published_weights
from tools.tune_weights import Remembering, row

NEAR = 0.6
"""Cosine from which a sentence is taken to say much the same as a query."""


def without(concepts: Sequence[Concept], queries: Sequence[JudgedQuery], encoder: Remembering) -> list[Concept]:
    """The lexicon less every sentence that lies near a query."""
    asked = encoder.encode([query.query for query in queries])
    rest = []
    for concept in concepts:
        said = concept.sentences
        nearest = (encoder.encode(said) @ asked.T).max(axis=1) if said else np.empty(0)
        kept = tuple(sentence for sentence, near in zip(said, nearest, strict=True) if near < NEAR)
        rest.append(concept.model_copy(update={"sentences": kept}))
    return rest


def searched_by(concepts: Sequence[Concept], encoder: Remembering) -> Retriever:
    """A retriever that has learnt from these concepts and no others."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        library, spellings = open_library(home), read_spellings(home)
        arrays = lexicon_reader.learn_meanings(concepts, lexicon_reader.every_word(spellings), encoder)
        known = shipped_vectors(encoder.of_points)
        with patch.multiple(
            lexicon_reader,
            read_lexicon=lambda paths: tuple(concepts),
            learnt=lambda encoder, *names: {name: arrays[name] for name in names},
        ):
            reader = lexicon_reader.open_concepts(home, spellings, encoder)
        tokenizer = Tokenizer(spellings)
        prepared = build(library, tokenizer=tokenizer, concepts=reader, encoder=encoder, known=known)
        return Retriever(library, prepared, tokenizer=tokenizer, concepts=reader, encoder=encoder)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=Path)
    encoder = Remembering(published_weights())
    with tempfile.TemporaryDirectory() as folder:
        concepts = open_lexicon(Path(folder))
    print("| set | sentences left out | nDCG@10 / success@3 |", "|---|---:|---:|", sep="\n")
    for path in parser.parse_args().sets:
        queries = read_judged(path)
        rest = without(concepts, queries, encoder)
        gone = sum(len(one.sentences) for one in concepts) - sum(len(one.sentences) for one in rest)
        print(f"| {path.stem} | {gone} | {row(searched_by(rest, encoder), {'': queries})} |", flush=True)


if __name__ == "__main__":
    main()
