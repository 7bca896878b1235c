"""The words of an act-now card, with the telephone numbers of the place it is used in.

Owns what a card holds, how it is laid out as plain lines, and the local numbers: the shipped ones with the user's own
in their place, one by one. A number nobody has set is left out, or its national one is shown. Whom somebody rings first
depends on their job: a social worker isn't told to ring social care. Knows nothing of how danger is found.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from assistant.errors import ReflectError
from assistant.resources import shipped
from assistant.yaml_files import PackModel, closest, read_pack

LOCAL_NUMBERS = "local-numbers.yaml"
MOST_NUMBERS = 4
"""On one card: more would push what was done off a screen of 24 lines."""
LONGEST_NUMBER = 40


class Number(PackModel):
    """One place to ring."""

    name: str = Field(min_length=1)
    number: str
    """Blank until somebody sets it."""
    otherwise: str = ""
    """Whom to ring anywhere in the country where it isn't set."""

    def line(self) -> str:
        """As a card shows it; empty where there is nothing to ring."""
        return f"{self.name}: {self.number}" if self.number else self.otherwise


class LocalNumbers(PackModel):
    """`prompts/local-numbers.yaml`."""

    numbers: dict[str, Number]


ByJob = dict[str, dict[int, str]]
"""For a job, the steps that are other ones, by their numbers."""


class Job(PackModel):
    """People who are told to ring somebody else than most."""

    are: tuple[str, ...] = Field(min_length=1)
    """How they name their job."""
    rings_too: tuple[str, ...] = ()
    """Keys of local numbers that their cards have as well."""
    leaves_out: tuple[str, ...] = ()
    """Keys of those that they don't need: a social worker's own office."""


def job_called(said: str, jobs: Mapping[str, Iterable[str]]) -> str:
    """The one of the `jobs` that somebody says is theirs, by its longest naming; empty where it's none of these."""
    namings = [
        (len(naming), name)
        for name, are in jobs.items()
        for naming in are
        if re.search(rf"\b{re.escape(naming)}s?\b", said, re.IGNORECASE)
    ]
    return max(namings, default=(0, ""))[1]


class Steps(PackModel):
    """What else a card says to do where the account says some vocabulary."""

    said: str
    now: tuple[str, ...] = Field(min_length=1, max_length=3)
    by_job: ByJob = Field(default_factory=dict)
    do_not: str = Field(min_length=1)


@dataclass(frozen=True)
class CardWords:
    """A card as it is shown."""

    title: str
    """What the sign is, in one sentence."""
    first: str
    """When to ring 999: shown first and largest."""
    rest: str
    """Everything after it, as plain lines."""


class Card(PackModel):
    """What one act-now card says."""

    title: str = Field(min_length=1)
    first: str = Field(pattern="^999 ")
    now: tuple[str, ...] = Field(min_length=1, max_length=3)
    by_job: ByJob = Field(default_factory=dict)
    who: tuple[str, ...] = Field(min_length=1)
    """Keys of the local numbers."""
    do_not: str = Field(min_length=1)
    instead: tuple[Steps, ...] = ()

    def for_job(self, name: str, job: Job) -> Card:
        """The card for somebody of that job."""
        own = self.by_job.get(name, {})
        steps = tuple(own.get(number, step) for number, step in enumerate(self.now, start=1))
        who = tuple(key for key in dict.fromkeys((*self.who, *job.rings_too)) if key not in job.leaves_out)
        return self.model_copy(update={"now": steps, "who": who})

    def words(self, numbers: Mapping[str, Number], *, also: Iterable[Card] = (), opening: str = "") -> CardWords:
        """The card as it is shown, other signs in the same words standing on it too."""
        others = tuple(also)
        keys = dict.fromkeys(key for card in (self, *others) for key in card.who)
        lines = [line for key in keys if key in numbers and (line := numbers[key].line())]
        rest = [
            *([opening] if opening else []),
            self.title,
            *(f"Also: {card.title}" for card in others),
            *(f"{number}. {step}" for number, step in enumerate(self.now, start=1)),
            *lines[:MOST_NUMBERS],
            self.do_not,
        ]
        return CardWords(title=self.title, first=self.first, rest="\n".join(rest))


def read_numbers(home: Path) -> dict[str, Number]:
    """The shipped numbers with the user's own in their place. Raises DataFileError when a file is wrong."""
    numbers = dict(read_pack(shipped("prompts") / LOCAL_NUMBERS, LocalNumbers)[0].numbers)
    for key, own in _own_numbers(home).items():
        national = numbers[key].otherwise if key in numbers else ""
        numbers[key] = own if own.otherwise else own.model_copy(update={"otherwise": national})
    return numbers


def has_own_numbers(home: Path) -> bool:
    """Whether somebody has set any. Raises DataFileError when their file is wrong."""
    return any(one.number for one in _own_numbers(home).values())


def known_number(home: Path, key: str) -> Number:
    """One number by its key. Raises ReflectError for a name no card has."""
    known = read_numbers(home)
    if key not in known:
        raise ReflectError(f"There is no number called '{key}'{closest(key, known)}.")
    return known[key]


def set_number(home: Path, key: str, number: str) -> None:
    """Keep a number in the user's own file; an empty one takes it away again.

    Raises ReflectError for a name no card has, and for what is no telephone number.
    """
    number_there = known_number(home, key)
    said = " ".join(number.split())
    if said and (not any(letter.isdigit() for letter in said) or len(said) > LONGEST_NUMBER):
        raise ReflectError(f"“{said}” doesn't look like a telephone number.")
    own = {**_own_numbers(home), key: number_there.model_copy(update={"number": said})}
    path = home / "prompts" / LOCAL_NUMBERS
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_text("\n".join(_as_yaml(own)) + "\n", encoding="utf-8")
    beside.replace(path)


def _own_numbers(home: Path) -> Mapping[str, Number]:
    path = home / "prompts" / LOCAL_NUMBERS
    return read_pack(path, LocalNumbers)[0].numbers if path.exists() else {}


def _as_yaml(numbers: Mapping[str, Number]) -> Iterator[str]:
    yield "# Your own numbers on act-now cards. `reflect settings` writes this file."
    yield "numbers:"
    for key, number in numbers.items():
        parts = ", ".join(f"{name}: {json.dumps(words, ensure_ascii=False)}" for name, words in number if words)
        yield f"  {key}: {{{parts}}}" if number.number else f'  {key}: {{{parts}, number: ""}}'
