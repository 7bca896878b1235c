"""Learn the shipped lexicon afresh and write `corpus/lexicon.learnt` (half a minute).

    .venv/bin/python -m tests.retrieval.learn_lexicon

Run after changing `corpus/lexicon.yaml` much. Without it everything still works: a concept that changed is learnt on
each machine when it is first opened, in the space that was learnt from the rest.
"""

from __future__ import annotations

from assistant import resources
from assistant.retrieval import persist
from assistant.retrieval.encoder import Encoder, find_model
from assistant.retrieval.learning import LEARNT, learn_shipped

if __name__ == "__main__":
    folder = find_model()
    if folder is None:
        raise SystemExit("The encoder's weights are not installed.")
    encoder = Encoder(folder)
    persist.write(resources.shipped("corpus") / LEARNT, learn_shipped(encoder), {"encoder": encoder.checksum})
