"""Every naming and pronoun of an answer, in order, before anybody knows whom it means.

Owns where names are found: by the finder, by those known, and where somebody is introduced by a word that may be a
name ("Ruby, she's 8").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.language.words_before import FAR
from assistant.noticing.households import counted_children
from assistant.noticing.introduced import shown_as_names
from assistant.noticing.observations import Span
from assistant.noticing.person import UP_TO_17, Candidate, PersonWords
from assistant.noticing.pronouns import HE, SHE
from assistant.noticing.reading import Known
from assistant.noticing.stances import Answer

_INTRODUCED = re.compile(
    rf"\b(?P<name>(?!\w+day\b)[A-Z][a-z]{{2,}})(?=\W{{1,3}}(?:s?he['’]s|who['’]s|is|aged)\s+(?:nearly\s+|only\s+|just\s+)?(?:{UP_TO_17})\b"
    rf"|\s+\((?:{UP_TO_17})\b|['’]s\s+(?:nearly\s+|only\s+|just\s+)?(?:{UP_TO_17})(?=\s*(?:[,.;&]|and\b|$)))"
    r"|\b(?P<owner>[A-Z][a-z]{2,})(?=['’]s\s+(?:class\s+|school\s+)?(?:teacher|school|class|nursery|foster|attendance|mum|dad)\b)"
    r"|\b(?P<then>[A-Z][a-z]+)(?=\s+(?:(?:I|i|we|We)['’]?(?:ll|m)\s+call(?:ing)?\s+(?:him|her|them)|let['’]?s\s+(?:say|call\s+(?:him|her|them))|shall\s+we\s+say)\b)"
    r"|\b[Ii]t['’]ll\s+be\s+(?P<focus>(?!\w+day\b)[A-Z][a-z]+)(?=\s*(?:[,.;]|\Z|[Ii]\s+suppose|really|again))"
    r"|\b(?:called|named|call\s+(?:him|her|them)|that['’]s)\s+(?P<called>[A-Z][a-z]+)\b"
    r"|\b(?:[Uu]ncle|[Aa]unt(?:ie|y)?|[Gg]randad)\s+(?P<kin>(?!\w+day\b)[A-Z][a-z]+)\b"
)
_KIN = (
    r"(?:mum|mam|dad|mother|father|nana?|gran|grandma|grandmother|grandad|aunt|auntie|uncle|brother|sister"
    r"|foster\s+carer|carer|manager|partner|boyfriend)"
)
_SAID_TO_BE = re.compile(
    rf"\b(?P<who>[A-Z][a-z]+)(?=(?:\s+(?:really|mainly|actually))?,\s+(?:the|his|her|their|my|mum['’]s|dad['’]s)\s+(?:\w+\s+)?{_KIN}\b)"
    rf"|(?:\A|[.!?]\s+)(?P<with>[A-Z][a-z]+)(?=\s+and\s+(?:his|her|their)\s+{_KIN}\b)"
    r"|\b(?:[Ll]et['’]?s\s+say|[Nn]ame(?:['’]s|\s+(?:for\s+today\s+)?is)|call\s+this\s+one)\s+(?P<say>[A-Z][a-z]+)\b"
)
_A_DAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?(?:['’]s)?")
_TO_DO = re.compile(r"(?:See|Ring|Ask|Tell|Call|Meet|Visit|Speak|Email|Get|Let|Take)\s+(?=[A-Z])")
_IN_A_LIST = re.compile(r"\b(?P<before>[A-Z][a-z]+)\s*(?:,|,?\s+and|&)\s*\Z")
_COMPACT_AGE = re.compile(rf"\b(?:{UP_TO_17})\s?(?:yo|y/o|yr\s?olds?)\b", re.IGNORECASE)
"""An age written as one word, which is whoever is of that age: "16yo asylum seeker"."""
_NAME_AND_AGE = re.compile(
    rf"\b(?P<name>[A-Za-z][a-z]{{2,}})\s+(?:aged\s+)?(?:{UP_TO_17})(?=\s*(?:[,.;&]|and\b|$))", re.IGNORECASE
)
"""One of "jade 13, tyler 8, bobby 2"."""
_LOWER_CASE = re.compile(
    rf"(?<![\w'’])(?P<name>[a-z]{{3,}})(?=\s+s?he['’]?s\s+(?:nearly\s+|only\s+|just\s+)?(?:{UP_TO_17})\b)"
)
_NO_NAME = frozenset(
    (
        "baby mum dad nan nana gran grandad she he they the this that one boy girl child youngest eldest "
        "oldest toddler because nothing well now then when but also think yes since although though whereas "
        "and who which what where everyone someone nobody somebody honestly actually apparently school police "
        "ha haha oh er um hm hmm ah aye yeah yep nope no hi hello listen blimey gosh god right so really there "
        "currently today still only even maybe look sorry okay "
    ).split()
)


_A_SOUND = re.compile(r"u+h*m+|h+m+|a+h+|o+h+|e+r+m*", re.IGNORECASE)
_SHORT = 3
"""Letters of a name that may be a word where it is written small: "may", "will", "jo" are left alone."""


def namings(
    answer: Answer, known: Known, kinds: Sequence[PersonWords], found: Sequence[Span], not_people: Sequence[str]
) -> tuple[list[Span], list[Candidate]]:
    """The names of the answer, and its names, nouns and pronouns together."""
    named = {*found, *_known_names(answer.characters, known), *_introduced(answer.characters)}
    if known.keeps == "focus":
        named |= set(shown_as_names(answer.characters))
    named |= set(_beside(answer.characters, sorted(named)))
    names = sorted({span for one in named if (span := _only_the_name(answer.characters, one))})
    return names, list(_candidates(answer, kinds, names, not_people))


def _only_the_name(text: str, span: Span) -> Span | None:
    """ "Kian", in "See Kian"; a day of the week is nobody."""
    name = text[slice(*span)]
    if _A_DAY.fullmatch(name):
        return None
    begins = _TO_DO.match(name)
    return (span[0] + begins.end(), span[1]) if begins else span


def _beside(text: str, names: Sequence[Span]) -> Iterator[Span]:
    """ "Asa", in "Asa and Noor": a word with a capital that stands in a row with a name."""
    known = set(names)
    for name, _ in names:
        start = name
        while found := _IN_A_LIST.search(text, max(0, start - FAR), start):
            start = found.start("before")
            if found["before"].lower() in _NO_NAME or found.span("before") in known:
                break
            yield found.span("before")


def _known_names(text: str, known: Known) -> Iterator[Span]:
    for person in known.people:
        for name in person.names:
            if name[:1].isupper() and " " not in name and len(name) > 1:
                yield from (match.span() for match in re.finditer(rf"\b{re.escape(name)}\b", text))
                if len(name) > _SHORT and name.lower() not in _NO_NAME:  # "ruta", of Ruta
                    yield from (match.span() for match in re.finditer(rf"\b{re.escape(name.lower())}\b", text))


def _introduced(text: str) -> Iterator[Span]:
    """Names that are words too, where somebody is introduced by them: "Ruby, she's 8"."""
    for match in (*_INTRODUCED.finditer(text), *_SAID_TO_BE.finditer(text)):
        group = next(name for name in match.groupdict() if match[name])
        if match[group].lower() not in _NO_NAME and not _A_SOUND.fullmatch(match[group]):
            yield match.span(group)


def named_by_age(text: str) -> Iterator[Span]:
    """What stands where a name would beside an age, also in small letters: "ruta shes thirteen", "jade 13, tyler 8"."""
    yield from (match.span("name") for match in _LOWER_CASE.finditer(text) if match["name"] not in _NO_NAME)
    for one, other in pairwise(list(_NAME_AND_AGE.finditer(text))):
        if re.fullmatch(r"\s*(?:[,;&]|,?\s*and\b)\s*", text[one.end() : other.start()]):
            yield one.span("name")
            yield other.span("name")


def _candidates(
    answer: Answer, kinds: Sequence[PersonWords], names: Sequence[Span], not_people: Sequence[str]
) -> Iterator[Candidate]:
    """Every naming and pronoun, in order; of those that overlap, the longest."""
    account = answer.account
    others = [said for name in not_people for said in account.said(name)]
    found = [
        Candidate(account.characters(said), said.first, said.end, kind)
        for kind in kinds
        for said in account.said(kind.words)
        if not any(said.mostly_in(other) for other in others)
    ]
    starts = {word.start: index for index, word in enumerate(account.words)}
    no_people = {index for other in others for index in range(other.first, other.end)}
    found += [
        Candidate((start, end), starts[start], starts[start] + 1)
        for start, end in names
        if start in starts and starts[start] not in no_people
    ]
    of_an_age = next((kind for kind in kinds if kind.words == "child-of-an-age"), None)
    for match in _COMPACT_AGE.finditer(answer.characters) if of_an_age else ():
        first = starts.get(match.start())
        if first is not None:
            found.append(Candidate(match.span(), first, first + 1, of_an_age))
    several = next((kind for kind in kinds if kind.words == "children"), None)
    for span in counted_children(answer.characters, names) if several else ():
        if (first := starts.get(span[0])) is not None:
            found.append(Candidate(span, first, first + 1, several))
    for index, word in enumerate(account.words):
        if word.text in HE or word.text in SHE:
            found.append(Candidate((word.start, word.end), index, index + 1))
    end = 0
    for one in sorted(found, key=lambda one: (one.first, -one.end, one.words is None)):
        if one.first >= end:
            yield one
            end = one.end
