"""Work out `models/bears.learnt` afresh from `tools/training/next-questions/` (seconds; nothing to install).

    .venv/bin/python -m tools.count_called_learning [--without WRITER ...]

How likely each learning point of the shipped reviews is to be chosen after an answer, where each question of the bank
was chosen to be asked next. Run after changing a shipped review or a question. `--without` leaves writers out, to
measure on them.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.conversation.called_learning import LEARNT, text_key
from assistant.conversation.prompts import load_prompts
from assistant.conversation.question_bank import QuestionBank
from assistant.conversation.question_finder import key_of
from assistant.conversation.themes import Question
from assistant.library.library import open_library
from assistant.library.points import LearningPoint, reading_text
from assistant.resources import shipped
from assistant.retrieval import index_file
from tools.manifests import record
from tools.written_lines import written_lines

FOLDER = Path(__file__).parent / "training" / "next-questions"
USUAL = 2.0
"""Answers, at the usual rate, counted beside those in which a question was chosen. One and three do as well."""


@dataclass(frozen=True)
class Chosen:
    """What was chosen after an answer: questions and learning, in words."""

    questions: tuple[str, ...]
    learning: tuple[str, ...]


def chosen(without: Collection[str] = ()) -> Iterator[Chosen]:
    """All answers for which both were looked for."""
    for _, one in written_lines(FOLDER):
        if "bears" in one and one["writer"] not in without:
            yield Chosen(tuple(one.get("chosen", ())), tuple(one["bears"]))


def counted(
    everything: Sequence[Chosen], questions: Sequence[Question], shelf: Sequence[LearningPoint]
) -> dict[str, Any]:
    """The arrays that are kept; `shelf` are the points of the shipped reviews."""
    ids = {reading_text(point.text): point.id for point in reversed(shelf)}
    texts = {point.id: text_key(point) for point in shelf}
    if strange := {text for one in everything for text in one.learning if text not in ids}:
        raise SystemExit("No shipped review says (any more): " + " | ".join(sorted(strange)))
    place = {question.text: row for row, question in enumerate(questions)}
    points = sorted({ids[text] for one in everything for text in one.learning})
    column = {point: number for number, point in enumerate(points)}
    both, asked, usual = np.zeros((len(questions), len(points))), np.zeros(len(questions)), np.zeros(len(points))
    for one in everything:
        rows = [place[text] for text in one.questions if text in place]
        columns = [column[ids[text]] for text in one.learning]
        both[np.ix_(rows, columns)] += 1
        asked[rows] += 1
        usual[columns] += 1
    usual /= len(everything)
    return {
        "keys": np.array([np.frombuffer(key_of(question), dtype=np.uint8) for question in questions]),
        "points": np.frombuffer("\n".join(points).encode(), dtype=np.uint8),
        "texts": np.array([np.frombuffer(texts[point], dtype=np.uint8) for point in points]),
        "chosen": ((both + USUAL * usual) / (asked[:, None] + USUAL)).astype(np.float16),
        "usual": usual.astype(np.float32),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--without", nargs="+", default=[], metavar="WRITER")
    without = parser.parse_args().without
    with tempfile.TemporaryDirectory() as home:
        questions = [one.question for one in QuestionBank(load_prompts(Path(home)).themes).questions]
        shelf = list(open_library(Path(home)))
    path = shipped("models") / LEARNT
    index_file.write(path, counted(list(chosen(without)), questions, shelf), {})
    path.chmod(0o644)
    if not without:
        record(LEARNT)


if __name__ == "__main__":
    main()
