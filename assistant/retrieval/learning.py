"""From the lexicon's files to a reader of concepts, learnt once and kept.

Owns what is learnt when, and where it is kept. The directions of concepts that are as shipped were learnt beforehand
(learnt.py), so a trainer's change costs the encoding of the changed concepts only: 0.2 s each, against half a minute
for all. The compiled lexicon is kept beside the search index and opened without reading the YAML.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval import persist
from assistant.retrieval.concepts import ConceptReader, neighbours_of
from assistant.retrieval.learnt import learnt
from assistant.retrieval.lexicon import Concept, lexicon_paths, read_lexicon
from assistant.retrieval.meaning import (
    MeaningModel,
    WordModel,
    checksum_of,
    learn_meaning,
    learn_words,
    texts_of,
)
from assistant.retrieval.patterns import CompiledLexicon, PatternFinder, compile_patterns
from assistant.retrieval.signals import Encoder
from assistant.retrieval.tokens import Spellings, Tokenizer


def open_concepts(home: Path, spellings: Spellings, encoder: Encoder | None) -> ConceptReader:
    """The reader for the shipped lexicon and the user's own in `home`; compiled anew when either changed.

    Raises DataFileError with every mistake in them.
    """
    tokenizer = every_word(spellings)
    made_from = {
        "lexicon": _checksum(path.read_bytes() for path in lexicon_paths(home)),
        "spellings": tokenizer.checksum,
        "encoder": encoder.checksum if encoder else "none",
        "program": _code_checksum(),
    }
    path = home / "index" / "lexicon"
    try:
        return _from_arrays(persist.read(path, made_from), tokenizer, made_from)
    except persist.UnusableIndexError:
        arrays = _learn(read_lexicon(lexicon_paths(home)), tokenizer, encoder)
    # Only quicker with it: where the folder cannot be written, the search index says so.
    with contextlib.suppress(OSError):
        persist.write(path, arrays, made_from)
    return _from_arrays(arrays, tokenizer, made_from)


def every_word(spellings: Spellings) -> Tokenizer:
    """A tokenizer that ignores no word: "would not let me in" hangs on its small ones."""
    return Tokenizer(spellings.model_copy(update={"ignored": ()}))


def learn_directions(concepts: Sequence[Concept], encoder: Encoder) -> persist.Arrays:
    """What is to be kept of the meaning of some concepts, learnt afresh."""
    texts = [texts_of(concept) for concept in concepts]
    model = learn_meaning([encoder.encode(lines) for lines in texts])
    return {
        "centre": model.centre.astype(np.float32),
        "whitening": model.whitening.astype(np.float16),
        "directions": model.directions.astype(np.float16),
        "sums": np.frombuffer("".join(map(checksum_of, texts)).encode(), dtype=np.uint8),
    }


def _learn(concepts: Sequence[Concept], tokenizer: Tokenizer, encoder: Encoder | None) -> persist.Arrays:
    texts = [texts_of(concept) for concept in concepts]
    words = learn_words([[tokenizer.terms(text) for text in lines] for lines in texts])
    compiled = {
        "ids": [concept.id for concept in concepts],
        "outside": [concept.outside for concept in concepts],
        "words": list(words.rows),
        "patterns": compile_patterns(concepts, tokenizer),
    }
    arrays: persist.Arrays = {
        "lexicon": np.frombuffer(json.dumps(compiled).encode(), dtype=np.uint8),
        "neighbours": neighbours_of(concepts),
        "rarity": words.rarity,
        "weights": words.weights.astype(np.float32),
    }
    if encoder is not None:
        model = _meaning(texts, encoder)
        arrays |= {"centre": model.centre, "whitening": model.whitening, "directions": model.directions}
    return arrays


def _meaning(texts: Sequence[tuple[str, ...]], encoder: Encoder) -> MeaningModel:
    """The shipped directions where a concept is as shipped; the others encoded and placed beside them."""
    shipped = learnt(encoder.checksum, "centre", "whitening", "directions", "sums")
    if not shipped:
        return learn_meaning([encoder.encode(lines) for lines in texts])
    sums = shipped["sums"].tobytes().decode()
    row = {sums[at : at + 64]: at // 64 for at in range(0, len(sums), 64)}
    centre, whitening = shipped["centre"].astype(np.float64), shipped["whitening"].astype(np.float64)
    directions = np.empty((len(texts), len(whitening)))
    for at, lines in enumerate(texts):
        known = row.get(checksum_of(lines))
        if known is None:
            mean = encoder.encode(lines).mean(axis=0, dtype=np.float64)
            direction = (mean - centre) @ whitening
            directions[at] = direction / np.linalg.norm(direction)
        else:
            directions[at] = shipped["directions"][known]
    return MeaningModel(centre, whitening, directions)


def _from_arrays(arrays: persist.Arrays, tokenizer: Tokenizer, made_from: persist.MadeFrom) -> ConceptReader:
    compiled = json.loads(arrays["lexicon"].tobytes())
    rows = {term: row for row, term in enumerate(compiled["words"])}
    words = WordModel(rows, arrays["rarity"], arrays["weights"])
    meaning = (
        MeaningModel(arrays["centre"], arrays["whitening"], arrays["directions"]) if "directions" in arrays else None
    )
    outside: NDArray[np.bool_] = np.array(compiled["outside"], dtype=np.bool_)
    return ConceptReader(
        ids=tuple(compiled["ids"]),
        outside=outside,
        neighbours=arrays["neighbours"],
        finder=PatternFinder(CompiledLexicon(*compiled["patterns"]), tokenizer),
        words=words,
        meaning=meaning,
        tokenizer=tokenizer,
        checksum=_checksum(f"{name} {value}".encode() for name, value in sorted(made_from.items())),
    )


def _checksum(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def _code_checksum() -> str:
    return _checksum(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
