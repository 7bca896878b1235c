"""Work out `models/asked-us.learnt` afresh: the places of the examples in `prompts/asked-us.yaml` (half a minute).

    .venv/bin/python -m tools.place_asked_us

Nothing is learnt; it only saves the first question of a session the time. Run after changing an example.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from assistant.conversation.prompts import load_prompts
from assistant.conversation.question_kinds import LEARNT, examples_of, grained, key_of
from assistant.resources import shipped
from assistant.retrieval import index_file
from tools.manifests import record
from tools.published import published_encoder


def main() -> None:
    encoder = published_encoder()
    with tempfile.TemporaryDirectory() as home:
        bank = load_prompts(Path(home)).asked_us
    examples = list(dict.fromkeys(words for _, words in examples_of(bank)))
    keys = np.frombuffer(b"".join(map(key_of, examples)), dtype=np.uint8).reshape(-1, 16)
    places = grained(encoder.encode(examples))
    index_file.write(shipped("models") / LEARNT, {"keys": keys, "places": places}, {"encoder": encoder.checksum})
    record(LEARNT)


if __name__ == "__main__":
    main()
