"""People who stand in the sketch twice or as nobody's: who is one, whose partner a man is, who isn't of this family.

Goes by the worker's own words and says less rather than something false. Knows nothing of when anybody was seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from assistant.export.family import ChildLine, Family, OtherLine
from assistant.export.who_they_are import Told
from assistant.language.lazy_patterns import late
from assistant.language.paragraphs import sentences_in
from assistant.noticing.person import same_age, years_of

_BY_AGE = late(r"(?:the |an? )?(?P<age>\d{1,2})[ -]?(?:yr|year)s?[ -]?olds?", re.IGNORECASE)
_NEGATED = late(r"\b(?:not|never|no|nobody|without)\b|n['’]?t\b", re.IGNORECASE)
_ANOTHER_FAMILY = late(
    r"\b(?:another|a different|other) (?:family|case|child|boy|girl)\b|\bI (?:referred|had) a (?:family|case|child)\b"
    r"|\b(?:last|a previous) (?:year|job|case)\b.{0,40}\bI (?:referred|had|reported)\b"
)
_PARTNER = late(r"(?:the |her )?(?P<what>boyfriend|partner|fella|bloke)", re.IGNORECASE)
_SOMEBODY_S = late(r"\b(?:boyfriend|partner|fella|fiancé)\b", re.IGNORECASE)
_CALLS_ME = late(r"\bcall(?:s|ed)? me (?:auntie|aunty|aunt|uncle)\b", re.IGNORECASE)
_SIBLING = late(r"\b(?:baby|little|wee|younger|older|big|half)?[ -]?(?:brother|sister)\b", re.IGNORECASE)
_YOUNG = 18
_AN_AGE = late(
    r"\b(?P<age>(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen)"
    r" (?:week|month|year)s?)\b",
    re.IGNORECASE,
)
_BABY = late(r"(?:the |a |his |her )?baby", re.IGNORECASE)
_OF_A_BABY = late(r"\bbaby\b[^.?!]{0,30}", re.IGNORECASE)
_MOTHER_S_MOTHER = frozenset({"grandmother", "gran", "nan", "nana"})
_RELATION = late(r"(?P<whose>\w+)['’]s (?P<what>mum|mam|mother|sister|brother|dad|father)", re.IGNORECASE)


def each_one_person(found: Family, who: Mapping[str, Told], said: Sequence[str]) -> tuple[Family, Mapping[str, Told]]:
    """The family with everybody once, and whoever of the others named isn't of it."""
    sentences = [words[start:end] for words in said for start, end in sentences_in(words)]
    siblings = {name: child for name, told in who.items() if (child := _sibling(name, told, sentences, found))}
    rest = {name: told for name, told in who.items() if name not in siblings}
    named_twice = [_merged(child, siblings.pop(child.called, child)) for child in found.children]
    children = [_with_age(child, sentences) for child in _by_age((*named_twice, *siblings.values()))]
    others, named = [], set[str]()
    for other in (one for one in found.others if not _is_the_worker(one, sentences)):
        name = next((name for name, told in rest.items() if _is(other, told, found)), "")
        named |= {name} if name else set()
        others.append(replace(other, called=f"{name[:1].upper()}{name[1:]} ({other.called})") if name else other)
    names = {*rest, *found.named, *(one.called.partition(" (")[0] for one in found.others)}
    men = [_whose(man, sentences, names) for man in found.men if _is_of_this(man, sentences)]
    people = replace(found, children=tuple(children), men=tuple(men), others=tuple(others))
    return people, {name: told for name, told in rest.items() if name not in named}


def _merged(known: ChildLine, told: ChildLine) -> ChildLine:
    return replace(known, age=known.age or told.age)


def _sibling(name: str, told: Told, sentences: Iterable[str], found: Family) -> ChildLine | None:
    """ "A baby brother, Alfie, ten months" is one of the children."""
    if not _SIBLING.search(told.words) or told.words.startswith("my ") or not found.children:
        return None
    for one in sentences:
        age = _AN_AGE.search(one)
        if re.search(rf"\b{re.escape(name)}\b", one) and _SIBLING.search(one) and age:
            years = years_of(age["age"])
            return ChildLine(name[:1].upper() + name[1:], age["age"]) if years is not None and years < _YOUNG else None
    return None


def _by_age(children: Sequence[ChildLine]) -> list[ChildLine]:
    """ "The 11 yr old" is whoever is eleven, or the only one of whom no age is said."""
    described = [child for child in children if _BY_AGE.fullmatch(child.called)]
    kept = [child for child in children if child not in described]
    for child in described:
        same = [one for one in kept if one.age and child.age and same_age(one.age, child.age)]
        unsaid = [one for one in kept if not one.age]
        meant = same[:1] or (unsaid if len(unsaid) == 1 else [])
        if not meant:
            kept.append(child)
            continue
        known = {key: value for key, value in vars(meant[0]).items() if value}
        kept[kept.index(meant[0])] = ChildLine(**{**vars(child), **known})
    return kept


def _with_age(child: ChildLine, sentences: Iterable[str]) -> ChildLine:
    """ "He's a baby, about ten month": the baby's age, where only one is told."""
    if child.age or not _BABY.fullmatch(child.called):
        return child
    told = {age["age"] for one in sentences for baby in _OF_A_BABY.finditer(one) for age in _AN_AGE.finditer(baby[0])}
    return replace(child, age=told.pop()) if len(told) == 1 else child


def _is(other: OtherLine, told: Told, found: Family) -> bool:
    """Donna who is "her sister" is Mum's sister, and Bronwen, the grandmother, is Carys's mum where Carys is Mum."""
    relation = _RELATION.fullmatch(other.called)
    if not relation or told.words.startswith("my "):
        return False
    of_mum = relation["whose"].casefold() in {"mum", "mam", *_mothers(found)}
    mothers = relation["what"].casefold() in {"mum", "mam", "mother"}
    return of_mum and (relation["what"].casefold() in told.nouns or (mothers and bool(told.nouns & _MOTHER_S_MOTHER)))


def _is_the_worker(other: OtherLine, sentences: Iterable[str]) -> bool:
    """ "He calls me auntie": she's nobody's aunt."""
    return other.called.casefold() in {"the aunt", "the uncle"} and any(_CALLS_ME.search(one) for one in sentences)


def _mothers(found: Family) -> set[str]:
    return {one.called.partition(" (")[0].casefold() for one in found.others if one.called.endswith("(Mum)")}


def _whose(man: OtherLine, sentences: Iterable[str], names: Iterable[str]) -> OtherLine:
    """ "The boyfriend" is Donna's where that is said: beside Mum he'd be taken for hers."""
    what = _PARTNER.fullmatch(man.called)
    if not what:
        return man
    whose = {
        match["whose"].casefold()
        for one in sentences
        for match in re.finditer(rf"\b(?P<whose>[a-z]+?)['’]?s {what['what']}\b", one, re.IGNORECASE)
    }
    meant = [name for name in names if name.casefold() in whose]
    return replace(man, called=f"{meant[0]}'s {what['what'].lower()}") if len(meant) == len(whose) == 1 else man


def _is_of_this(man: OtherLine, sentences: Iterable[str]) -> bool:
    """Neither a man who was only denied ("I hadn't mentioned a man") nor one of another family."""
    bare = re.sub(r"^(?:the|a) ", "", man.called, flags=re.IGNORECASE)
    if man.called.casefold() == "the boyfriend":  # "a nice bloke" is nobody's boyfriend
        return any(_SOMEBODY_S.search(one) for one in sentences)
    if man.called.casefold() not in {"the man", "dad", "a man"}:
        return True
    there = [one for one in sentences if re.search(rf"\b(?<!only ){bare}\b", one, re.IGNORECASE)]
    return not there or not all(
        _ANOTHER_FAMILY.search(one) or (bare == "man" and _NEGATED.search(one)) for one in there
    )
