"""What danger is learnt from: answers by independent writers, and single sentences."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.noticing.danger_columns import KINDS
from assistant.noticing.observations import DangerKind
from tools.labelled_sentences import TRAINING, own_sentences, read_sentences

ANSWERS = TRAINING / "answers"
TALKERS = (12, 13, 14)
"""Writers of answers to any question of supervision, hardly one of which tells of danger."""
WRITERS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, *TALKERS, 15)
LEFT_OUT = (3, 8, 9, 10, 11)
"""Writers on whom it is set how far each source is trusted, and the edges, by what was learnt from the others."""
LEFT_OUT_FIGURES = TRAINING / "left-out.npy"
"""What a reader that knows only the others makes of each answer of the writers left out, in order."""
SENTENCES = TRAINING / "act-now-sentences.tsv"
OWN = ("own-act-now.txt", "own-act-now-second.txt", "own-act-now-third.txt")


@dataclass(frozen=True)
class Answer:
    """One answer as typed; `kind` where a child is in danger now, else `manner`: what its words of danger are."""

    writer: int
    words: str
    asked: str
    kind: DangerKind | None
    level: str | None
    manner: str | None


def answers_file(writer: int) -> Path:
    return ANSWERS / f"{writer}.jsonl.xz"


def answers(*writers: int) -> list[Answer]:
    """Everything some writers wrote, in order."""
    return [answer for writer in writers for answer in _read(writer)]


def _read(writer: int) -> Iterator[Answer]:
    for line in lzma.decompress(answers_file(writer).read_bytes()).decode("utf-8").splitlines():
        row = json.loads(line)
        yield Answer(writer, row["t"], row["q"], row.get("k"), row.get("l"), row.get("c"))


def single_sentences() -> list[tuple[str, DangerKind | None]]:
    """Sentences written to show a danger, or to come close and show none."""
    own = [
        (row["text"], row["kind"] if row["label"] == "danger" else None) for name in OWN for row in own_sentences(name)
    ]
    pairs = [(text, label) for label, text in read_sentences(SENTENCES)] + own
    return [(text, next((kind for kind in KINDS if kind == label), None)) for text, label in pairs]
