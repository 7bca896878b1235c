"""The words of an act-now card, with the telephone numbers of the place it is used in.

Owns what a card holds and how it is laid out as plain lines. A number left blank says so, because a card that leaves
it out looks complete. Knows nothing of how danger is found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import Field

from assistant.packs import PackModel, read_pack
from assistant.resources import laid_over

BLANK = "fill in your local number"
OPEN_CASES = "This holds for open cases too: a strategy discussion can be held at any time."
ANSWERS = "Then say: done, not what I meant, or carry on."


class Number(PackModel):
    """One place to ring."""

    name: str = Field(min_length=1)
    number: str
    """Blank until somebody fills it in."""


class LocalNumbers(PackModel):
    """`prompts/local-numbers.yaml`."""

    numbers: dict[str, Number]


class Card(PackModel):
    """What one act-now card says."""

    title: str = Field(min_length=1)
    now: tuple[str, ...] = Field(min_length=1)
    who: tuple[str, ...] = Field(min_length=1)
    """Keys of the local numbers."""
    do_not: tuple[str, ...] = Field(min_length=1)
    write_down: tuple[str, ...] = Field(min_length=1)

    def text(self, words: str, numbers: Mapping[str, Number]) -> str:
        """The whole card for `words` that showed the danger."""
        return "\n".join(self._lines(words, numbers))

    def _lines(self, words: str, numbers: Mapping[str, Number]) -> Iterator[str]:
        yield self.title
        yield f"You wrote “{words}”."
        yield from _part("Do now", self.now)
        yield from _part("Who", (_line(numbers[key]) if key in numbers else f"{key}: {BLANK}" for key in self.who))
        yield from _part("Do not", self.do_not)
        yield from _part("Write down", self.write_down)
        yield ""
        yield OPEN_CASES
        yield ANSWERS


def read_numbers(home: Path) -> Mapping[str, Number]:
    """The local numbers, as shipped or as filled in. Raises DataFileError when the file is wrong."""
    (path,) = laid_over("prompts", suffix="local-numbers.yaml", home=home)
    return read_pack(path, LocalNumbers)[0].numbers


def _part(heading: str, lines: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    yield ""
    yield heading
    yield from (f"- {line}" for line in lines)


def _line(number: Number) -> str:
    return f"{number.name}: {number.number or BLANK}"
