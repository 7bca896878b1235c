"""From the lexicon's files to a reader of concepts, learnt once and kept.

Owns what is learnt when, and where it is kept. The directions of concepts that are as shipped were learnt beforehand
(shipped_vectors.py), so a trainer's change costs the encoding of the changed concepts only: 0.2 s each, against half a
minute for all. The compiled lexicon is kept beside the search index and opened without reading the YAML.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.language.tokens import NOT, Spellings, Tokenizer
from assistant.retrieval import index_file
from assistant.retrieval.code_checksum import CONCEPTS, WEIGHTS, code_checksum
from assistant.retrieval.concept_classifier import Chooser, Sentences, features, kept, learn_chooser, unkept
from assistant.retrieval.concept_vectors import (
    MeaningModel,
    WordModel,
    as_reviews_say,
    checksum_of,
    learn_meaning,
    learn_professional,
    learn_words,
    sentences_of,
    telling_words,
    texts_of,
)
from assistant.retrieval.concepts import ConceptReader, neighbours_of
from assistant.retrieval.lexicon import Concept, lexicon_paths, read_lexicon
from assistant.retrieval.lexicon_patterns import CompiledLexicon, PatternFinder, compile_patterns
from assistant.retrieval.protocols import Encoder, Vectors
from assistant.retrieval.shipped_vectors import learnt


def open_concepts(home: Path, spellings: Spellings, encoder: Encoder | None) -> ConceptReader:
    """The reader for the shipped lexicon and the user's own in `home`; compiled anew when either changed.

    Raises DataFileError with every mistake in them.
    """
    tokenizer = every_word(spellings)
    made_from = {
        "lexicon": _checksum(path.read_bytes() for path in lexicon_paths(home)),
        "spellings": tokenizer.checksum,
        "encoder": encoder.checksum if encoder else "none",
        "program": code_checksum((*CONCEPTS, *WEIGHTS)),
    }
    path = home / "index" / "lexicon"
    try:
        return _from_arrays(index_file.read(path, made_from), tokenizer, made_from)
    except index_file.UnusableIndexError:
        arrays = _learn(read_lexicon(lexicon_paths(home)), tokenizer, Tokenizer(spellings), encoder)
    # Only quicker with it: where the folder cannot be written, the search index says so.
    with contextlib.suppress(OSError):
        index_file.write(path, arrays, made_from)
    return _from_arrays(arrays, tokenizer, made_from)


def every_word(spellings: Spellings) -> Tokenizer:
    """A tokenizer that ignores no word: "would not let me in" hangs on its small ones."""
    return Tokenizer(spellings.model_copy(update={"ignored": ()}))


def learn_meanings(concepts: Sequence[Concept], tokenizer: Tokenizer, encoder: Encoder) -> index_file.Arrays:
    """What is to be kept of the meaning of some concepts, learnt afresh."""
    texts = [texts_of(concept) for concept in concepts]
    vectors = [encoder.encode(lines) for lines in texts]
    model = learn_meaning(vectors)
    chooser = learn_chooser(vectors, [[tokenizer.terms(text) for text in lines] for lines in texts])
    said = [len(sentences_of(concept)) for concept in concepts]
    return {
        "centre": model.centre.astype(np.float32),
        "whitening": model.whitening.astype(np.float16),
        "directions": model.directions.astype(np.float16),
        "sums": np.frombuffer("".join(map(checksum_of, texts)).encode(), dtype=np.uint8),
        "vocabulary": np.frombuffer("\n".join(chooser.rows).encode(), dtype=np.uint8),
        "word_rarity": chooser.rarity,
        "by_words": chooser.words.astype(np.float16),
        "by_meaning": chooser.meaning.astype(np.float16),
        "between": chooser.centre,
        "sentences": np.concatenate([kept(model.unit(v[:n])) for v, n in zip(vectors, said, strict=True)]),
        "professional": np.stack([_professional(concept, encoder) for concept in concepts]).astype(np.float16),
        "said": np.array(said, dtype=np.int64),
    }


def _professional(concept: Concept, encoder: Encoder) -> Vectors:
    sentences, phrases = as_reviews_say(concept)
    vectors = encoder.encode([*sentences, *phrases])
    return learn_professional(vectors[: len(sentences)], vectors[len(sentences) :] if phrases else None)


def _learn(
    concepts: Sequence[Concept], tokenizer: Tokenizer, of_index: Tokenizer, encoder: Encoder | None
) -> index_file.Arrays:
    """`of_index` is the tokenizer of the search index, which ignores the smallest words."""
    said = [as_reviews_say(concept) for concept in concepts]
    texts = [texts_of(concept) for concept in concepts]
    terms = [[tokenizer.terms(text) for text in lines] for lines in texts]
    words = learn_words(terms)
    compiled = {
        "ids": [concept.id for concept in concepts],
        "names": [concept.name for concept in concepts],
        "outside": [concept.outside for concept in concepts],
        "everyday": [concept.everyday_word for concept in concepts],
        "words": list(words.rows),
        "telling": telling_words(
            [([_telling(s, of_index) for s in one], [_telling(p, of_index) for p in other]) for one, other in said]
        ),
        "patterns": compile_patterns(concepts, tokenizer),
    }
    arrays: index_file.Arrays = {
        "lexicon": np.frombuffer(json.dumps(compiled).encode(), dtype=np.uint8),
        "neighbours": neighbours_of(concepts),
        "rarity": words.rarity,
        "weights": words.weights.astype(np.float32),
    }
    known = _known(encoder, [checksum_of(lines) for lines in texts])
    vectors: dict[int, Vectors] = {}
    if encoder is not None:
        vectors = {at: encoder.encode(texts[at]) for at, row in enumerate(known) if row is None}
        model = _meaning(known, vectors, encoder.checksum)
        arrays |= {"centre": model.centre, "whitening": model.whitening, "directions": model.directions}
        arrays["professional"] = _directions(concepts, known, encoder)
        if any(row is not None for row in known):
            arrays |= _sentences(concepts, known, vectors, model, encoder.checksum)
    if any(row is not None for row in known):
        arrays |= _chooser(known, vectors, terms, encoder.checksum if encoder else None)
    return arrays


def _telling(text: str, tokenizer: Tokenizer) -> list[str]:
    return [term for term in tokenizer.terms(text) if term != NOT]


def _directions(concepts: Sequence[Concept], known: Sequence[int | None], encoder: Encoder) -> Vectors:
    shipped = learnt(encoder.checksum, "professional")
    rows = [
        _professional(concept, encoder) if row is None or not shipped else shipped["professional"][row]
        for concept, row in zip(concepts, known, strict=True)
    ]
    return np.stack(rows).astype(np.float32)


def _known(encoder: Encoder | None, sums: Sequence[str]) -> list[int | None]:
    """Where each concept stands among those learnt beforehand, if it is as shipped."""
    shipped = learnt(encoder.checksum if encoder else None, "sums")
    if not shipped:
        return [None] * len(sums)
    kept_sums = shipped["sums"].tobytes().decode()
    row = {kept_sums[at : at + 64]: at // 64 for at in range(0, len(kept_sums), 64)}
    return [row.get(total) for total in sums]


def _meaning(known: Sequence[int | None], vectors: Mapping[int, Vectors], encoder: str) -> MeaningModel:
    """The shipped directions where a concept is as shipped; the others placed beside them."""
    shipped = learnt(encoder, "centre", "whitening", "directions")
    if not shipped:
        return learn_meaning([vectors[at] for at in range(len(known))])
    centre, whitening = shipped["centre"].astype(np.float64), shipped["whitening"].astype(np.float64)
    directions = np.empty((len(known), len(whitening)))
    for at, row in enumerate(known):
        if row is None:
            direction = (vectors[at].mean(axis=0, dtype=np.float64) - centre) @ whitening
            directions[at] = direction / np.linalg.norm(direction)
        else:
            directions[at] = shipped["directions"][row]
    return MeaningModel(centre, whitening, directions)


def _sentences(
    concepts: Sequence[Concept],
    known: Sequence[int | None],
    vectors: Mapping[int, Vectors],
    model: MeaningModel,
    encoder: str,
) -> index_file.Arrays:
    shipped = learnt(encoder, "sentences", "said")
    ends = np.cumsum(shipped["said"])
    said = [len(sentences_of(concept)) for concept in concepts]
    directions = [
        kept(model.unit(vectors[at][: said[at]]))
        if row is None
        else shipped["sentences"][ends[row] - said[at] : ends[row]]
        for at, row in enumerate(known)
    ]
    return {"sentences": np.concatenate(directions), "said": np.array(said, dtype=np.int64)}


def _chooser(
    known: Sequence[int | None],
    vectors: Mapping[int, Vectors],
    terms: Sequence[Sequence[Sequence[str]]],
    encoder: str | None,
) -> index_file.Arrays:
    """The shipped regression; a concept it does not know is given its mean, as far from nothing as the others are."""
    shipped = learnt(encoder, "vocabulary", "word_rarity", "by_words", "by_meaning", "between")
    rows = _rows(shipped["vocabulary"])
    tables = {}
    for name in ("by_words", "by_meaning"):
        learned = shipped[name].astype(np.float32)
        usual = np.linalg.norm(learned, axis=0).mean()
        table = tables[name] = np.zeros((len(learned), len(known)), dtype=np.float32)
        for at, row in enumerate(known):
            if row is not None:
                table[:, at] = learned[:, row]
            elif name == "by_words" or at in vectors:
                own = features(terms[at], rows, shipped["word_rarity"]) if name == "by_words" else vectors[at]
                mean = own.mean(axis=0) - (0 if name == "by_words" else shipped["between"])
                table[:, at] = usual * mean / (np.linalg.norm(mean) or 1)
    return {name: shipped[name] for name in ("vocabulary", "word_rarity", "between")} | tables


def _rows(vocabulary: NDArray[np.uint8]) -> dict[str, int]:
    return {term: row for row, term in enumerate(vocabulary.tobytes().decode().split("\n"))}


def _from_arrays(arrays: index_file.Arrays, tokenizer: Tokenizer, made_from: index_file.MadeFrom) -> ConceptReader:
    compiled = json.loads(arrays["lexicon"].tobytes())
    rows = {term: row for row, term in enumerate(compiled["words"])}
    words = WordModel(rows, arrays["rarity"], arrays["weights"])
    meaning = (
        MeaningModel(arrays["centre"], arrays["whitening"], arrays["directions"]) if "directions" in arrays else None
    )
    chooser, sentences = None, None
    if "by_words" in arrays:
        tables = (arrays[name] for name in ("word_rarity", "by_words", "between", "by_meaning"))
        chooser = Chooser(_rows(arrays["vocabulary"]), *tables)
    if "sentences" in arrays:
        said = arrays["said"]
        sentences = Sentences(unkept(arrays["sentences"]), np.cumsum(said) - said)
    outside: NDArray[np.bool_] = np.array(compiled["outside"], dtype=np.bool_)
    return ConceptReader(
        ids=tuple(compiled["ids"]),
        names=tuple(compiled["names"]),
        outside=outside,
        everyday=np.array(compiled["everyday"], dtype=np.bool_),
        neighbours=arrays["neighbours"],
        finder=PatternFinder(CompiledLexicon(*compiled["patterns"]), tokenizer),
        words=words,
        meaning=meaning,
        chooser=chooser,
        sentences=sentences,
        telling=compiled["telling"],
        directions=arrays.get("professional"),
        tokenizer=tokenizer,
        checksum=_checksum(f"{name} {value}".encode() for name, value in sorted(made_from.items())),
    )


def _checksum(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()
