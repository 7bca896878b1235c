"""Work out `models/concepts.learnt` afresh from the shipped lexicon and reviews (two or three minutes).

    .venv/bin/python -m tools.train_concepts

Run after changing `corpus/lexicon.yaml` or the reviews. Without it everything still works: a concept or a point that
changed is encoded on each machine when it is first opened, in the space that was learnt from the rest.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from assistant.language.tokens import Tokenizer, read_spellings
from assistant.library.library import open_library
from assistant.retrieval.adapted_encoder import AdaptedEncoder
from assistant.retrieval.index_building import build
from assistant.retrieval.index_file import Arrays
from assistant.retrieval.lexicon import open_lexicon
from assistant.retrieval.lexicon_reader import every_word, learn_meanings
from assistant.retrieval.shipped_vectors import FILE_NAME, save_shipped_vectors
from tools.manifests import record
from tools.published import published_encoder


def main() -> None:
    encoder = published_encoder()
    with tempfile.TemporaryDirectory() as home:
        library, spellings = open_library(Path(home)), read_spellings(Path(home))
        concepts = open_lexicon(Path(home))
    adapted = AdaptedEncoder(encoder)
    points = build(library, tokenizer=Tokenizer(spellings), encoder=adapted)
    assert points.vectors is not None and points.adapted is not None
    read: Arrays = {"vectors": points.vectors, "adapted": points.adapted, "texts": points.texts}
    meanings = learn_meanings(concepts, every_word(spellings), encoder)
    save_shipped_vectors(encoder.checksum, adapted.checksum, {**meanings, **read})
    record(FILE_NAME)


if __name__ == "__main__":
    main()
