"""Which child a noun means: "the older one", "my eldest", "her brother", "the 3 year old", "the boys".

Owns picking one out by age, sex, order and who was spoken of last, and when a noun means somebody new.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language.words_before import just_before
from assistant.noticing.ages_said import TWO_AGES
from assistant.noticing.cast import Cast
from assistant.noticing.grown_ups_meant import GROWN_UP, owner_of, sibling_of_a_grown_up
from assistant.noticing.person import (
    AGE,
    Candidate,
    PersonWords,
    Somebody,
    as_called,
    may_be_a_baby,
    same_age,
    years_of,
)
from assistant.noticing.reading import Mention

_NEW = frozenset(("a", "an", "another", "one", "some"))
_BEFORE_WHAT_SOMEBODY_IS = frozenset(("he", "she", "is", "was", "be", "being", "s", "such", "just", "it", "like", "as"))
_UNIT = re.compile(r"year|month|week|day|yr|mth|wk|yo\b", re.IGNORECASE)
_ELDERS = frozenset("nan nana gran grandma grandad aunt auntie uncle neighbour carer friend sister".split())
_NOBODYS = re.compile(r"\b(?:no|any|some)(?:body|one)['’]?s\s+\Z|\bnot\s+(?:\w+\s+)\Z", re.IGNORECASE)
_HAS_GOT_A = re.compile(r"(?:['’]?s|has)\s+got\s+(?:a|an|another|two|three)\s+(?:\w+\s+)?\Z", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\s+(?:up|down|over|out|somewhere|elsewhere|abroad|with\s+(?:his|her|an)\s+ex|by\s+(?:his|her|an))\b",
    re.IGNORECASE,
)
_NOT_YET_A_BABY = frozenset(("the unborn", "the bump", "the pregnancy", "the unborn one"))
_A_YEAR = 1.0
_LITTLE = 5.0
"""Years. An older only child is not "the little one"."""


def meet_child(cast: Cast, found: Candidate, words: PersonWords) -> None:
    """Tie the noun to the child it means, or to nobody."""
    typed = cast.text[slice(*found.span)]
    owner = owner_of(cast, found)
    if words.like == "sibling" and (grown_up := sibling_of_a_grown_up(cast, found, words, owner)):
        cast.mention(grown_up, found.span, "noun", grown_up.names[0])
        return
    if _NOBODYS.search(just_before(cast.text, found.span[0])):
        return
    if owner in _ELDERS or _of_an_elder(cast, found) or _says_what_somebody_is(cast, found):
        return
    if _of_somebody_else(cast, found, typed, owner):
        return
    if words.several and _strangers(cast, found):
        return
    if words.several:
        _children(cast, found, words)
        return
    person = _which_child(cast, found, words, typed)
    if person is None:
        cast.mentions.append(Mention(person="child", role="child", span=found.span, by="noun"))
        return
    cast.sexed(person, words.sex)
    if words.like == "unborn":
        cast.unborn.append((person.id, found.span))
    called = as_called(typed, article="the")
    cast.mention(person, found.span, "noun", "the unborn baby" if called in _NOT_YET_A_BABY else called)


def _of_somebody_else(cast: Cast, found: Candidate, typed: str, owner: str) -> bool:
    """ "Bel's son", where Bel is nobody we know, and "he's got a lad up in Hull", where there's a child already."""
    known = {name.lower() for person in cast.people.values() for name in person.names}
    if typed.lower() in {"son", "daughter", "sons", "daughters"} and owner and owner not in known | GROWN_UP:
        return bool(cast.children())
    before = just_before(cast.text, found.span[0])
    return _HAS_GOT_A.search(before) is not None and _ELSEWHERE.match(cast.text, found.span[1]) is not None


def _strangers(cast: Cast, found: Candidate) -> bool:
    """ "Older lads pick him up": others, and none of the family's."""
    words = cast.answer.account.words
    if cast.determiner(found) not in {"older", "other", "local", "big", "some", "more"}:
        return False
    return found.first < 2 or words[found.first - 2].text not in {
        "the",
        "his",
        "her",
        "their",
        "my",
        "our",
        "two",
        "three",
    }


def _of_an_elder(cast: Cast, found: Candidate) -> bool:
    """ "His daughter", said of Grandad: a grown-up, and perhaps the child's mother."""
    typed = cast.text[slice(*found.span)].lower()
    if typed not in {"son", "daughter", "sons", "daughters"} or cast.determiner(found) not in {"his", "her", "their"}:
        return False
    last = cast.latest([one for one in cast.people.values() if one.role != "professional"])
    return last is not None and last.role == "wider-family"


def _which_child(cast: Cast, found: Candidate, words: PersonWords, typed: str) -> Somebody | None:
    children = cast.children(words.sex)
    new = cast.determiner(found) in _NEW
    if same := next((p for p in children if as_called(typed, article="the") in p.names and not new), None):
        return same
    age = AGE.search(typed)
    if age and _UNIT.search(typed):
        aged = [child for child in children if same_age(child.age, age[0])]
        person = aged[0] if len(aged) == 1 else None
        if person is None:
            unaged = [child for child in children if not child.age]
            person = unaged[0] if len(unaged) == 1 and not new else cast.add("child", words.sex)
            cast.aged(person, (found.span[0] + age.start(), found.span[1]), typed[age.start() :])
        return person
    if words.like in {"older", "younger"}:
        return by_order(cast, children, words)
    if words.like == "sibling":
        return _sibling(cast, children, words)
    if words.like == "unborn":
        babies = [child for child in children if child.like == "unborn" or (child.like == "baby" and not child.age)]
        return babies[0] if babies else cast.add("child", like="unborn")
    if words.like == "baby":
        only = _the_only_baby(children)
        children, new = ([only], False) if only else (_may_be_the_baby(children), new)
    if not children or (new and (words.sex or words.like)):
        return cast.add("child", words.sex, like=words.like)
    return children[0] if len(children) == 1 else cast.latest(children)


def _sibling(cast: Cast, children: Sequence[Somebody], words: PersonWords) -> Somebody:
    last = cast.latest(cast.children())
    others = [child for child in children if (child.like == "sibling" or len(children) > 1) and child is not last]
    return others[0] if len(others) == 1 else cast.add("child", words.sex, like="sibling")


def _the_only_baby(children: Sequence[Somebody]) -> Somebody | None:
    """ "A baby", "the baby", where one child is a baby, or will be, and no other may be."""
    babies = [one for one in children if one.like in {"unborn", "baby"} or (years_of(one.age) or _A_YEAR) < _A_YEAR]
    return babies[0] if len(babies) == 1 else None


def _may_be_the_baby(children: Sequence[Somebody]) -> list[Somebody]:
    alone = len(children) == 1
    fits = (child for child in children if child.like in {"", "baby", "younger"} and may_be_a_baby(child.age))
    return [child for child in fits if alone or child.like or not child.named]


def by_order(cast: Cast, children: Sequence[Somebody], words: PersonWords) -> Somebody | None:
    """ "The older one": by their ages, where they are known."""
    if same := next((child for child in children if child.like == words.like), None):
        return same
    aged = sorted((years, child.id) for child in children if (years := years_of(child.age)) is not None)
    if len(aged) > 1:
        return cast.people[aged[-1 if words.like == "older" else 0][1]]
    if words.like == "younger" and len(children) == 1 and len(aged) == 1 and aged[0][0] < _LITTLE:
        return children[0]
    if not aged and len(children) == 1 and not children[0].like:
        return children[0]
    return cast.add("child", words.sex, like=words.like)


def _children(cast: Cast, found: Candidate, words: PersonWords) -> None:
    typed = cast.text[slice(*found.span)]
    called = "the children" if AGE.fullmatch(typed) else as_called(typed, article="the")
    cast.group_at = (found.span, words.sex)
    ages = TWO_AGES.match(cast.text, found.span[1])
    if ages and not cast.children():
        for age in AGE.finditer(cast.text, *ages.span("ages")):
            person = cast.add("child", words.sex)
            cast.aged(person, age.span(), age[0])
            cast.mention(person, found.span, "noun", f"the {age[0].lower()} year old")
        return
    all_of_them = cast.children(words.sex)
    if ages and len(all_of_them) == len(list(AGE.finditer(cast.text, *ages.span("ages")))):
        for child, age in zip(all_of_them, AGE.finditer(cast.text, *ages.span("ages")), strict=True):
            cast.aged(child, age.span(), age[0])
    if len(all_of_them) > 1:
        for child in all_of_them:
            cast.mention(child, found.span, "noun")
        return
    group = next((p for p in cast.people.values() if p.role == "child" and p.several), None)
    cast.mention(group or cast.add("child", words.sex, several=True), found.span, "noun", called)


def _says_what_somebody_is(cast: Cast, found: Candidate) -> bool:
    """ "He's a lovely boy" names nobody new."""
    words = cast.answer.account.words
    clause = words[found.first].clause
    for index in range(found.first - 1, max(-1, found.first - 4), -1):
        if words[index].clause != clause:
            return False
        if words[index].text in {"a", "an", "only", "the"}:
            before = words[index - 2].text if index > 1 else ""
            if words[index - 1].text in {"is", "was"} and before not in {"he", "she", "it"} and not cast.children():
                return False  # "My case is a young carer"
            return index > 0 and words[index - 1].text in _BEFORE_WHAT_SOMEBODY_IS and words[index].text != "the"
    return False
