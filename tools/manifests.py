"""What each file of `models/` was made from: a manifest beside it, written by whatever makes it and held by a test.

    .venv/bin/python -m tools.manifests              # says which files are stale, and from what
    .venv/bin/python -m tools.manifests NAME …       # writes the manifest of a file that was made by hand, unmeasured

Owns the list of what is learnt from what. What a file holds row by row under a key made of its text (a question of the
bank, an example, a concept, a point) isn't here: the program looks at each key, and a row whose text has changed is
worked out again. The program itself leaves alone a file that its manifest doesn't name (`learnt_files.named`).
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from assistant.learnt_files import manifest_of, sum_of
from assistant.resources import shipped

ROOT = Path(__file__).resolve().parents[1]


class Made(NamedTuple):
    """How a file is made."""

    by: str
    """A program in this folder."""
    learnt_from: tuple[str, ...] = ()
    """Files and folders."""
    packages: tuple[str, ...] = ("numpy",)
    """Whose versions decide its bytes."""


_TORCH = ("numpy", "torch")
MADE = {
    "act-now.learnt": Made(
        "train_danger_model",
        (
            "tools/training/answers",
            "tools/training/act-now-sentences.tsv",
            "tools/training/left-out.npy",
            "tests/noticing/labelled/own-act-now.txt",
            "tests/noticing/labelled/own-act-now-second.txt",
            "tests/noticing/labelled/own-act-now-third.txt",
        ),
        ("numpy", "scikit-learn", "torch"),
    ),
    "adapted.learnt": Made("train_adapted_encoder", ("tools/training/said-and-written",), _TORCH),
    "asks.learnt": Made("train_asks", ("tools/training/asks", "tools/training/stances"), _TORCH),
    "bears.learnt": Made("count_called_learning", ("tools/training/next-questions",)),
    "closing.learnt": Made("train_closing", ("tools/training/closing-turns",), _TORCH),
    "concepts.learnt": Made("train_concepts", ("models/adapted.learnt",)),
    "finder.learnt": Made("train_finder", ("tools/training/next-questions", "models/reranker.learnt"), _TORCH),
    "lines.learnt": Made(
        "train_lines", ("tools/training/lines", "models/ordinary-words.txt"), ("numpy", "scikit-learn")
    ),
    # Leaves out what the finder of names knows already from the prompts, so any change of those changes it a little;
    # made anew it read every measured set of names alike.
    "ordinary-words.txt": Made("learn_ordinary_words"),
    "patterns.learnt": Made(
        "train_patterns",
        (
            "tools/training/practice-patterns",
            "tools/training/next-questions",
            "models/adapted.learnt",
            "models/finder.learnt",
        ),
        ("numpy", "scikit-learn"),
    ),
    "reranker.learnt": Made("train_reranker", ("tools/training/next-questions",), _TORCH),
    "stances.learnt": Made("train_stances", ("tools/training/stances", "tools/training/salience"), _TORCH),
    "salience.learnt": Made("train_salience", ("tools/training/salience",)),
}


def record(name: str, *, seed: int | None = None, measured: Any = None) -> None:
    """Write the manifest of a file that was just made."""
    made = MADE[name]
    manifest = {
        "sum": sum_of(shipped("models") / name),
        "made_by": f"tools.{made.by}",
        "learnt_from": checksums(made),
        "versions": {package: importlib.metadata.version(package) for package in made.packages},
        "seed": seed,
        "measured": measured,
    }
    path = manifest_of(shipped("models") / name)
    path.write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def measured_before(name: str) -> Any:
    """What was measured of a file, where nothing of it is learnt anew."""
    return json.loads(manifest_of(shipped("models") / name).read_text(encoding="utf-8"))["measured"]


def checksums(made: Made) -> dict[str, str]:
    """Of all that a file is learnt from, as it is now."""
    return {place: _checksum(ROOT / place) for place in made.learnt_from}


def stale(name: str) -> list[str]:
    """What has changed since a file was made, the file itself among it."""
    path = shipped("models") / name
    manifest = json.loads(manifest_of(path).read_text(encoding="utf-8"))
    now = checksums(MADE[name])
    changed = [place for place in now if manifest["learnt_from"].get(place) != now[place]]
    return changed if manifest["sum"] == sum_of(path) else [*changed, f"models/{name}"]


def _checksum(place: Path) -> str:
    """Of a file, or of all data in a folder with their names."""
    if place.is_file():
        return hashlib.sha256(place.read_bytes()).hexdigest()
    whole = hashlib.sha256()
    for path in sorted(place.iterdir()):
        if path.is_file() and path.suffix != ".md":
            whole.update(f"{path.name} {_checksum(path)}\n".encode())
    return whole.hexdigest()


def main(names: Sequence[str]) -> None:
    for name in names:
        record(name)
    for name in MADE:
        if changed := stale(name):
            print(f"models/{name} is stale: {', '.join(changed)} changed. Run python -m tools.{MADE[name].by}")


if __name__ == "__main__":
    main(sys.argv[1:])
