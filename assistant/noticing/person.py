"""One person while an answer is read, and the words by which a kind of person is named.

Owns the shapes, how somebody is called by what was typed, and how their age is reckoned. Knows nothing of who is meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from assistant.language.ages import NUMBERS
from assistant.language.lazy_patterns import late
from assistant.noticing.observations import Span
from assistant.noticing.reading import Role, Sex
from assistant.yaml_files import PackModel

AGE = late(rf"\b(?:\d{{1,2}}|{'|'.join(NUMBERS)})\b", re.IGNORECASE)
UP_TO_17 = "|".join(["1[0-7]", r"\d", *list(NUMBERS)[1:18]])
_BABY = 3.0
"""Years. An older child is not "the baby"."""
SPEAKS = 2.0
"""Years from which a child tells things in words."""


class PersonWords(PackModel):
    """One kind of person and the words for them."""

    words: str
    """The vocabulary that names them."""
    role: Role
    sex: Sex | None = None
    called: str = ""
    """As a question names them, where every word of the vocabulary means the same person ("Mum")."""
    several: bool = False
    like: Literal["", "older", "younger", "unborn", "sibling", "baby"] = ""
    """For a child: how the words pick one out among the others."""


@dataclass
class Somebody:
    """Somebody spoken of, by the id they have in the case sketch."""

    id: str
    role: Role
    sex: Sex | None = None
    names: list[str] = field(default_factory=list)
    age: str = ""
    several: bool = False
    like: str = ""
    named: bool = False


@dataclass(frozen=True)
class Candidate:
    """A naming or a pronoun, which may be somebody."""

    span: Span
    first: int
    end: int
    words: PersonWords | None = None
    """None for a name or a pronoun."""


def as_called(typed: str, article: str = "") -> str:
    """As a question would name them: "the little one", "Nan"."""
    words = re.sub(r"['’]s$|(?<=\bbaby)s$", "", " ".join(typed.split()))
    lowered = words if words.isupper() else words.lower()
    lowered = lowered.removeprefix("my ")
    return f"{article} {lowered}" if article and not lowered.startswith("the ") else lowered


def like_of(names: Sequence[str]) -> str:
    """How the names of a child pick them out among the others."""
    said = " ".join(names).lower()
    for like, words in _LIKES.items():
        if any(word in said for word in words):
            return like
    return ""


_LIKES: Mapping[str, tuple[str, ...]] = {
    "older": ("older", "eldest", "oldest"),
    "younger": ("younger", "youngest", "little one", "littlest"),
    "unborn": ("unborn", "bump"),
    "baby": ("baby", "newborn", "infant"),
    "sibling": ("brother", "sister"),
}


def years_of(age: str) -> float | None:
    """An age as it was said, in years."""
    found = AGE.search(age)
    if found is None:
        return None
    number = float(NUMBERS.get(found[0].lower(), found[0])) if found[0].lower() in NUMBERS else float(found[0])
    unit = age[found.end() :].strip(" -").lower()
    return number / (52 if unit.startswith("w") else 12 if unit.startswith("m") else 365 if unit.startswith("d") else 1)


def same_age(said: str, again: str) -> bool:
    """Whether two ages, as they were said, are the same."""
    first = years_of(said)
    return first is not None and first == years_of(again)


def may_be_a_baby(age: str) -> bool:
    """Nothing says that they are too old."""
    years = years_of(age)
    return years is None or years < _BABY
