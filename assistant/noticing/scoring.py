"""How well danger and the kinds of things said are noticed, by accounts that people have labelled.

Owns the reading of labelled accounts (one JSON object a line) and the counting. Two kinds of file: accounts that are
labelled `danger` or `trap`, and accounts labelled with what is said in them. Knows nothing of how anything is noticed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import DataFileError, Problem
from assistant.noticing.observations import Noticing

Notice = Callable[[str], Noticing]


@dataclass(frozen=True)
class Score:
    """Counts of one kind."""

    right: int
    wrong: int
    """Noticed and not there."""
    missed: int

    @property
    def precision(self) -> float:
        """Of what was noticed, the share that is there."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Of what is there, the share that was noticed."""
        return _share(self.right, self.right + self.missed)


@dataclass(frozen=True)
class DangerScores:
    """How danger was found. A real one is found when its kind is shown or asked about."""

    kinds: Mapping[str, Score]
    """By kind; traps belong to none, so `wrong` is nothing here."""
    shown: Score
    """Over all kinds; a trap counts as wrong where a card is shown at once."""
    shown_or_asked: Score
    """The same, where a trap also counts as wrong when one yes or no is asked."""


def read_labelled(path: Path) -> list[dict[str, Any]]:
    """Labelled accounts. Raises DataFileError for a line that is not a JSON object with a text."""
    rows, problems = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if isinstance(row, dict) and isinstance(row.get("text"), str):
            rows.append(row)
        elif line.strip():
            problems.append(Problem(path, number, "not a JSON object with a `text`"))
    if problems:
        raise DataFileError(problems)
    return rows


def danger_scores(rows: Iterable[Mapping[str, Any]], notice: Notice) -> DangerScores:
    """Score accounts labelled `danger` (with their `kind`) or `trap`."""
    found: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    shown = asked = 0
    for row in rows:
        raised = notice(row["text"]).act_now
        if row["label"] == "danger":
            (found if any(danger.kind == row["kind"] for danger in raised) else missed)[row["kind"]] += 1
        elif any(not danger.confirm for danger in raised):
            shown += 1
        elif raised:
            asked += 1
    right, lost = sum(found.values()), sum(missed.values())
    return DangerScores(
        kinds={kind: Score(found[kind], 0, missed[kind]) for kind in sorted({*found, *missed})},
        shown=Score(right, shown, lost),
        shown_or_asked=Score(right, shown + asked, lost),
    )


def said_scores(rows: Iterable[Mapping[str, Any]], notice: Notice) -> dict[str, Score]:
    """Score accounts labelled with their `observations` and `people`: each kind, and each person by exact count."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for row in rows:
        noticed = notice(row["text"])
        there = set(row["observations"])
        seen: set[str] = {observation.kind for observation in noticed.observations}
        right.update(seen & there)
        wrong.update(seen - there)
        missed.update(there - seen)
        for person, count in row["people"].items():
            named = noticed.people.get(person, 0)
            right[f"who: {person}"] += min(count, named)
            wrong[f"who: {person}"] += max(0, named - count)
            missed[f"who: {person}"] += max(0, count - named)
    return {kind: Score(right[kind], wrong[kind], missed[kind]) for kind in sorted({*right, *wrong, *missed})}


def report(danger: DangerScores | None, said: Mapping[str, Score] | None) -> list[str]:
    """The figures as lines of plain text."""
    lines: list[str] = []
    if danger is not None:
        lines += _table("Act now: kind", danger.kinds, with_precision=False)
        lines += _table(
            "Act now: all", {"shown": danger.shown, "shown or asked": danger.shown_or_asked}, with_precision=True
        )
    if said is not None:
        lines += _table("Said, and who", said, with_precision=True)
    return lines


def _table(head: str, scores: Mapping[str, Score], *, with_precision: bool) -> Sequence[str]:
    lines = [f"{head:<34}{'recall':>8}{'precision' if with_precision else '':>11}{'there':>8}"]
    for name, score in scores.items():
        precision = f"{score.precision:.2f}" if with_precision else ""
        lines.append(f"{name:<34}{score.recall:>8.2f}{precision:>11}{score.right + score.missed:>8}")
    return [*lines, ""]


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
