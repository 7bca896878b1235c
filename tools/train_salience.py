"""Learn `models/salience.learnt` afresh from `tools/training/salience/` (half a minute).

    .venv/bin/python -m pip install scikit-learn     # in the group `learn` of pyproject.toml
    .venv/bin/python -m tools.train_salience

One file a writer, one answer a line, each of its stretches with its kind and whether it would be taken up: 2 first, 1
worth coming back to, 0 let pass. What is printed is measured on each writer in turn with what the others taught.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from assistant.noticing.clause_vectors import Pieces, cut
from assistant.noticing.observations import Span
from assistant.noticing.salience import COLUMNS, LEARNT, features, speaks
from assistant.resources import shipped
from assistant.retrieval import index_file
from assistant.retrieval.encoder import Encoder
from tools.manifests import record
from tools.published import published_encoder

Array = NDArray[Any]
LEARNT_FROM = Path(__file__).parent / "training" / "salience"
LOOSENESS = 3.0
"""Of the regressions."""
_MOSTLY = 0.5
"""Share of a piece that a labelled stretch must hold for the piece to be of its kind."""


class Piece(NamedTuple):
    """One piece of one answer as it was labelled."""

    answer: int
    kind: int
    taken_up: int
    row: Array


def labelled(path: Path, encoder: Encoder) -> Iterator[Piece]:
    """The pieces of every answer in a file, each of the kind of the labelled stretch that holds most of it."""
    answers = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    cuts = [cut(answer["said"]) for answer in answers]
    texts = [
        answer["said"][start:end] for answer, (spans, _) in zip(answers, cuts, strict=True) for start, end in spans
    ]
    vectors = encoder.encode(texts)
    first = 0
    for number, (answer, (spans, sentences)) in enumerate(zip(answers, cuts, strict=True)):
        rows = features(answer["said"], Pieces(spans, sentences, vectors[first : first + len(spans)]))
        first += len(spans)
        for span, row in zip(spans, rows, strict=True):
            if (part := _held_by(span, answer)) is not None:
                yield Piece(number, COLUMNS.index(part["kind"]), part["take_up"], row)


def _held_by(span: Span, answer: dict[str, Any]) -> dict[str, Any] | None:
    """The labelled stretch that holds most of a piece."""
    start, end = span
    best, held = None, _MOSTLY * (end - start)
    for part in answer["parts"]:
        at = answer["said"].find(part["words"])
        within = min(end, at + len(part["words"])) - max(start, at)
        if at >= 0 and within > held and part["kind"] in COLUMNS:
            best, held = part, within
    return best


def learn(pieces: Sequence[Piece]) -> dict[str, Array]:
    """The two regressions, as they are kept."""
    rows = np.array([piece.row for piece in pieces])
    kinds = LogisticRegression(C=LOOSENESS, max_iter=80).fit(rows, [piece.kind for piece in pieces])
    weights = np.zeros((len(COLUMNS), rows.shape[1]), dtype=np.float32)
    bias = np.full(len(COLUMNS), -20.0, dtype=np.float32)
    weights[kinds.classes_], bias[kinds.classes_] = kinds.coef_, kinds.intercept_
    arrays: dict[str, Array] = {"kinds": weights, "kinds.bias": bias}
    nothing = {"taken-up": np.zeros(rows.shape[1] + len(COLUMNS)), "taken-up.bias": np.zeros(1)}
    likely, _ = speaks(rows, arrays | nothing)
    taken = LogisticRegression(C=LOOSENESS, max_iter=80).fit(
        np.hstack([rows, likely]), [piece.taken_up == 2 for piece in pieces]
    )
    return arrays | {
        "taken-up": taken.coef_[0].astype(np.float32),
        "taken-up.bias": taken.intercept_.astype(np.float32),
    }


def measures(pieces: Sequence[Piece], learnt: dict[str, Array]) -> dict[str, float]:
    """How often the kind is right, and how often what speaks loudest in an answer is what would be taken up."""
    kinds, taken_up = speaks(np.array([piece.row for piece in pieces]), learnt)
    right = [COLUMNS[int(row.argmax())] == COLUMNS[piece.kind] for row, piece in zip(kinds, pieces, strict=True)]
    first, worth, answers, its_kind = 0, 0, 0, 0
    for number in {piece.answer for piece in pieces}:
        of_it = [place for place, piece in enumerate(pieces) if piece.answer == number]
        if not any(pieces[place].taken_up == 2 for place in of_it):
            continue
        loudest = max(of_it, key=lambda place: taken_up[place])
        answers += 1
        first += pieces[loudest].taken_up == 2
        worth += pieces[loudest].taken_up >= 1
        its_kind += right[loudest]
    return {
        "kind": sum(right) / len(right),
        "first": first / answers,
        "worth taking up": worth / answers,
        "kind of the loudest": its_kind / answers,
        "answers": answers,
    }


def main() -> None:
    encoder = published_encoder()
    writers = {path.stem: list(labelled(path, encoder)) for path in sorted(LEARNT_FROM.glob("*.jsonl"))}
    measured = {}
    for writer, pieces in writers.items():
        others = [piece for name, of_it in writers.items() if name != writer for piece in of_it]
        measured[writer] = {name: round(value, 3) for name, value in measures(pieces, learn(others)).items()}
        print(writer, measured[writer])
    arrays = learn([piece for of_it in writers.values() for piece in of_it])
    path = shipped("models") / LEARNT
    kept = {name: values.astype(np.float16) for name, values in arrays.items()}
    index_file.write(path, kept, {"encoder": encoder.checksum})
    path.chmod(0o644)
    record(LEARNT, measured=measured)


if __name__ == "__main__":
    main()
