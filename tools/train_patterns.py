"""Learn `models/patterns.learnt` afresh from `tools/training/practice-patterns/` and `next-questions/` (ten minutes).

    .venv/bin/python -m pip install scikit-learn     # in the group `learn` of pyproject.toml
    .venv/bin/python -m tools.train_patterns

Which of the things that come back in every review an answer shows: those whose learning people chose beside it, of the
shipped reviews (`counted`) or of others (`also-chosen.jsonl`, by the file and the line of the answer). Run after a
change of either folder, and after the finder was taught anew. What is printed is measured on writers left out.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from assistant.conversation.prompts import load_prompts
from assistant.conversation.question_bank import QuestionBank
from assistant.conversation.question_finder import key_of
from assistant.library.library import open_library
from assistant.library.points import reading_text
from assistant.noticing.clause_vectors import Meaning
from assistant.resources import shipped
from assistant.retrieval import index_file
from assistant.retrieval.adapted_encoder import AdaptedEncoder
from assistant.retrieval.practice_patterns import LEARNT, SHOWN
from tools.manifests import record
from tools.published import published_encoder
from tools.train_reranker import written_down
from tools.written_lines import written_lines

Array = NDArray[Any]
FOLDER = Path(__file__).parent / "training" / "practice-patterns"
ANSWERS = Path(__file__).parent / "training" / "next-questions"
LOOSENESS = 0.4
"""Of the regressions. A tenth of it finds half as much."""
PARTS = 6
"""In which the writers are left out."""
LEAST_WORDS = 8
"""Of an answer that is measured on."""


def wanted(patterns: dict[str, Any]) -> tuple[list[int], list[str], Array]:
    """The places of all answers for which learning was looked for, who wrote each, and which patterns each shows."""
    ids = {reading_text(point.text): point.id for point in open_library(Path("no-such-home"))}
    of = {point: row for row, one in enumerate(patterns.values()) for point in one["counted"]}
    names = list(patterns)
    lines = (FOLDER / "also-chosen.jsonl").read_text(encoding="utf-8").splitlines()
    also = {(one["file"], one["line"]): one["patterns"] for one in map(json.loads, lines)}
    places, writers, rows = [], [], []
    line_of: dict[str, int] = {}
    for place, (file, one) in enumerate(written_lines(ANSWERS)):
        line = line_of[file] = line_of.get(file, -1) + 1
        others = also.get((int(file), line), ())
        if "bears" not in one and not others:
            continue
        row = np.zeros(len(names))
        row[[of[ids[text]] for text in one.get("bears", ()) if ids.get(text) in of]] = 1
        row[[names.index(name) for name in others]] = 1
        places.append(place)
        writers.append(one["writer"])
        rows.append(row)
    return places, writers, np.array(rows)


def learn(said: Array, shown: Array) -> tuple[Array, Array]:
    """How each direction speaks for each pattern, and from where."""
    head, bias = [], []
    for column in shown.T:
        found = LogisticRegression(C=LOOSENESS, max_iter=400).fit(said, column)
        head.append(found.coef_[0])
        bias.append(found.intercept_[0])
    return np.array(head), np.array(bias)


def measures(said: Array, shown: Array, writers: Sequence[str], enough: Array) -> dict[str, float]:
    """Of the likeliest in so many of a hundred answers, how many were chosen for, each writer left out in turn."""
    sure = np.zeros(shown.shape)
    names = sorted(set(writers))
    for part in range(PARTS):
        out = np.isin(writers, names[part::PARTS])
        head, bias = learn(said[~out], shown[~out])
        sure[out] = 1 / (1 + np.exp(-(said[out] @ head.T + bias)))
    first = sure.argmax(axis=1)
    right = shown[np.arange(len(shown)), first] > 0
    order = [row for row in np.argsort(-sure.max(axis=1)) if enough[row]]
    return {
        f"{share:.0%}": round(float(right[order[: int(share * len(order))]].mean()), 3) for share in (0.02, 0.05, 0.1)
    }


def main() -> None:
    patterns: dict[str, Any] = yaml.safe_load((FOLDER / "patterns.yaml").read_text(encoding="utf-8"))
    places, writers, shown = wanted(patterns)
    encoder = AdaptedEncoder(published_encoder())
    with tempfile.TemporaryDirectory() as home:
        bank = QuestionBank(load_prompts(Path(home)).themes, Meaning(Path(home)))
        exchanges = [exchange for _, exchange in written_down()]
        names = [one.id for one in bank.questions]
        said = []
        for place in places:
            called = bank.called(exchanges[place])
            fits = [called[name].fit if name in called else 0.0 for name in names]
            said.append(np.concatenate([fits, encoder.encode_both([exchanges[place].answer])[1][0]]))
    rows = np.array(said)
    measured = measures(
        rows, shown, writers, np.array([len(exchanges[p].answer.split()) >= LEAST_WORDS for p in places])
    )
    print(measured)
    head, bias = learn(rows, shown)
    lines = lambda texts: np.frombuffer("\n".join(texts).encode(), dtype=np.uint8)  # noqa: E731
    written = [sentence for one in patterns.values() for sentence in one["written"]]
    arrays = {
        "names": lines(patterns),
        "words": lines(one["words"] for one in patterns.values()),
        "counted": lines(" ".join(one["counted"]) for one in patterns.values()),
        "typical": lines(one["written"][0] for one in patterns.values()),
        "keys": np.array([np.frombuffer(key_of(one.question), dtype=np.uint8) for one in bank.questions]),
        "head": head.astype(np.float16),
        "bias": bias.astype(np.float32),
        "written": encoder.encode(written).astype(np.float16),
        "least": np.array([one.get("least", SHOWN) for one in patterns.values()], dtype=np.float32),
        "of": np.array([row for row, one in enumerate(patterns.values()) for _ in one["written"]], dtype=np.uint8),
    }
    path = shipped("models") / LEARNT
    index_file.write(path, arrays, {"encoder": encoder.checksum})
    path.chmod(0o644)
    record(LEARNT, measured=measured)


if __name__ == "__main__":
    main()
