"""The lexicon of practice language: every concept with the ways people say it.

Owns what `lexicon.yaml` may hold and the finding of mistakes in it, each with its line. A trainer's own
`corpus/lexicon.yaml` adds concepts, or replaces one by giving its id. Knows nothing of matching or ranking.

A pattern is words in order, with at most two other words between them: `miss appointment`. `a|b` is either word,
`~` in front means any order within seven words, `?` that it only hints. Words match in all their forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from assistant import resources
from assistant.errors import DataFileError, Problem
from assistant.yaml_files import Marks, PackModel, closest, read_pack

FILE_NAME = "lexicon.yaml"

ConceptId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Phrase = Annotated[str, StringConstraints(min_length=1)]

_PATTERN = re.compile(r"\??~?(?P<words>[^\s|?~]+(\|[^\s|?~]+)*( [^\s|?~]+(\|[^\s|?~]+)*)*)\Z")
_EXPECTED = "expected lower-case words, 'a|b' for either word, '~' first for any order, '?' first for a hint"


class Concept(PackModel):
    """One idea of practice, with all the ways people say it."""

    id: ConceptId
    name: str
    """As a person reads it: "Not brought to appointments"."""
    outside: bool = False
    """Nothing to do with practice: a query nearest to such an entry bears on nothing."""
    everyday_word: bool = False
    """A person, a place or a routine that every account names: it brings learning by itself only when it is surely what
    is talked about."""
    everyday: tuple[Phrase, ...] = ()
    """What tired people say."""
    professional: tuple[Phrase, ...] = ()
    """What reviews and procedures say."""
    abbreviations: tuple[Phrase, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    """Short patterns that need structure."""
    excluded: tuple[Phrase, ...] = Field(default=(), alias="not")
    """The same words meaning another thing; nothing is taken from words that one of these covers."""
    broader: tuple[ConceptId, ...] = ()
    near: tuple[ConceptId, ...] = ()
    sentences: tuple[str, ...] = ()
    """Invented things a practitioner might say or a review might find; meaning search learns the concept from them."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way of saying a concept: for each place, the words any of which will do."""

    concept: str
    places: tuple[tuple[str, ...], ...]
    any_order: bool = False
    weak: bool = False
    excluded: bool = False


def patterns_of(concept: Concept) -> Iterator[Pattern]:
    """Every pattern of the concept, as written."""
    for kind, written in _written(concept):
        for pattern in written:
            yield Pattern(
                concept.id,
                tuple(tuple(place.split("|")) for place in pattern.lstrip("?~").split()),
                any_order="~" in pattern[:2],
                weak=pattern.startswith("?"),
                excluded=kind == "not",
            )


def lexicon_paths(home: Path) -> list[Path]:
    """The shipped file and then the user's own, if there is one."""
    shipped, own = resources.shipped("corpus") / FILE_NAME, home / "corpus" / FILE_NAME
    return [path for path in (shipped, own) if path.is_file()]


def open_lexicon(home: Path) -> tuple[Concept, ...]:
    """The shipped concepts with the user's own in their place, in the order of their ids.

    Raises DataFileError with every mistake of both files.
    """
    return read_lexicon(lexicon_paths(home))


def read_lexicon(paths: Sequence[Path]) -> tuple[Concept, ...]:
    """Concepts of several files, later ones replacing earlier ones of the same id."""
    problems: list[Problem] = []
    files: list[tuple[tuple[Concept, ...], Marks]] = []
    for path in paths:
        try:
            files.append(read_pack(path, tuple[Concept, ...]))
        except DataFileError as error:
            problems += error.problems
    known = {concept.id for concepts, _ in files for concept in concepts}
    for concepts, marks in files:
        problems += _mistakes(concepts, marks, known)
    if problems:
        raise DataFileError(problems)
    overlaid = {concept.id: concept for concepts, _ in files for concept in concepts}
    return tuple(overlaid[name] for name in sorted(overlaid))


def _mistakes(concepts: Sequence[Concept], marks: Marks, known: set[str]) -> Iterator[Problem]:
    first_id: dict[str, int] = {}
    first_sentence: dict[str, int] = {}
    for row, concept in enumerate(concepts):
        line = marks.line((row, "id"))
        if concept.id in first_id:
            message = f"concept '{concept.id}' is given twice, first at line {first_id[concept.id]}"
            yield marks.problem(message, (row, "id"))
        first_id.setdefault(concept.id, line)
        for kind, others in (("broader", concept.broader), ("near", concept.near)):
            for place, other in enumerate(others):
                if other not in known:
                    yield marks.problem(f"{kind}: no concept '{other}'{closest(other, known)}", (row, kind, place))
                elif other == concept.id:
                    yield marks.problem(f"{kind}: a concept cannot be {kind} to itself", (row, kind, place))
        for kind, written in _written(concept):
            for place, pattern in enumerate(written):
                if not _PATTERN.match(pattern) or pattern != pattern.lower():
                    yield marks.problem(f"{kind}: '{pattern}' is not a pattern; {_EXPECTED}", (row, kind, place))
        for place, sentence in enumerate(concept.sentences):
            where = (row, "sentences", place)
            if sentence in first_sentence:
                message = f"the sentence '{sentence}' is given twice, first at line {first_sentence[sentence]}"
                yield marks.problem(message, where)
            first_sentence.setdefault(sentence, marks.line(where))


def _written(concept: Concept) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "everyday", concept.everyday
    yield "professional", concept.professional
    yield "abbreviations", concept.abbreviations
    yield "phrases", concept.phrases
    yield "not", concept.excluded
