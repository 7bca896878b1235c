"""The child and the family as the worker tells them in so many words, where the sketch left something open.

A name is somebody's ("his sw"), a described partner has a name, twins are of one age. Says less rather than something
false. Knows nothing of earlier sessions, nor of when anybody was seen (`seen_told.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from assistant.conversation.state import State
from assistant.export.agencies import said_in
from assistant.export.family import ChildLine, Family, OtherLine
from assistant.export.one_person import each_one_person
from assistant.export.seen_told import seen_as_told
from assistant.export.who_they_are import Told, who_they_are
from assistant.language.lazy_patterns import late

_NAME = late(
    r"(?<=[a-z,(] )[A-Z][a-z]{2,}\b(?!['’]s\s+[A-Z])|(?<=[(])[A-Z][a-z]{2,}\b"
    r"|(?:\A|(?<=[.!?] )|(?<=\n))[A-Z][a-z]{2,}\b(?=['’]s the|, (?:the|my|his|her) | (?:I['’]ll call|is|was) )"
)
_NO_NAME = late(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:jan|febr)uary|march|april|may|june|july|august|september"
    r"|october"
    r"|november|december|christmas|easter|mum|dad|nan|gran|mrs|miss|the|and|but|scotland|wales|england",
    re.IGNORECASE,
)
_DESCRIBED = late(r"(?:the |a |mum['’]?s |her )?(?:new )?(?:partner|boyfriend|fella|bloke|man|ex)", re.IGNORECASE)
_A_PAIR = 2
_ARE_TWINS = late(r"\btwins\b", re.IGNORECASE)


def as_told(found: Family, state: State) -> Family:
    """The same with what was said of whoever is in it."""
    said = said_in(state)
    known = {one.called.casefold().partition(" (")[0] for one in (*found.others, *found.men)}
    unsure = {*found.named, *(child.called for child in found.children)}
    names = {*unsure, *(name for words in said for name in _NAME.findall(words) if not _NO_NAME.fullmatch(name))}
    who = who_they_are(said, sorted(name for name in names if name.casefold() not in known))
    found, who = each_one_person(found, who, said)
    men, who = _named_men(found.men, who)
    children = _twins([child for child in found.children if child.called not in who and not _in(child, men)], said)
    return replace(
        found,
        children=seen_as_told(children, said, state),
        men=men,
        named=tuple(name for name in found.named if name not in who and not any(name in man.called for man in men)),
        who=tuple(
            f"{name[:1].upper()}{name[1:]} ({told.words})" for name, told in who.items() if not _is_there(told, found)
        ),
    )


def _twins(children: Sequence[ChildLine], said: Iterable[str]) -> list[ChildLine]:
    """Two children who are twins are of one age."""
    ages = [child.age for child in children if child.age]
    if len(children) == _A_PAIR and len(ages) == 1 and any(_ARE_TWINS.search(words) for words in said):
        return [replace(child, age=ages[0]) for child in children]
    return list(children)


def _is_there(told: Told, found: Family) -> bool:
    """Somebody of the family who stands in it by what they are: "Mum's sister"."""
    return any(other.called.casefold() == told.words.casefold() for other in found.others)


def _in(child: ChildLine, men: Iterable[OtherLine]) -> bool:
    return any(man.called.startswith(f"{child.called} (") for man in men)


def _named_men(men: Sequence[OtherLine], who: Mapping[str, Told]) -> tuple[tuple[OtherLine, ...], dict[str, Told]]:
    """Daz and "the boyfriend" are one man, where one man with a name is a partner; and whoever is left of the names."""
    named = {name: told for name, told in who.items() if told.is_partner or told.is_father}
    rest = {name: told for name, told in who.items() if name not in named}
    partners = [name for name, told in named.items() if told.is_partner]
    fathers = [name for name, told in named.items() if told.is_father]
    kept = [
        man
        for man in men
        if not (len(partners) == 1 and _DESCRIBED.fullmatch(man.called)) and not (fathers and man.called == "Dad")
    ]
    there = {man.called.partition(" (")[0] for man in kept}
    new = (OtherLine(f"{name} ({told.as_of_a_child})") for name, told in named.items() if name not in there)
    return (*kept, *new), rest
