"""The encoder as it is published, for programs that can do nothing without it."""

from __future__ import annotations

from pathlib import Path

from assistant.retrieval.encoder import Encoder, find_model


def published_weights() -> Path:
    """The folder of its weights. Ends the program where they are not installed."""
    folder = find_model()
    if folder is None:
        raise SystemExit("The encoder's weights are not installed.")
    return folder


def published_encoder() -> Encoder:
    """The encoder. Ends the program where its weights are not installed."""
    return Encoder(published_weights())
