"""Whom "he" and "she" mean, and that somebody taken for a child is none ("she's my manager").

Owns the order in which a pronoun looks for its person: who was spoken of last with that sex. Where that cannot be
known it means nobody.
"""

from __future__ import annotations

import re
from itertools import islice, takewhile

from assistant.language.words_before import just_before
from assistant.noticing.ages_said import age_after, is_of_age
from assistant.noticing.cast import FROM_A_PRONOUN, Cast
from assistant.noticing.households import HAS_SEVERAL
from assistant.noticing.names import denies_a_child, is_of_the_workers, leads_on, says_something
from assistant.noticing.observations import Span
from assistant.noticing.person import Candidate, PersonWords, Somebody, same_age, years_of
from assistant.noticing.reading import Role, Sex

HE = frozenset(("he", "him", "his", "himself"))
SHE = frozenset(("she", "her", "hers", "herself"))
_IS_A_MAN = re.compile(
    r"\s*(?:is|was)?\s*(?:a|an|the|her|my|their)\s+(?:\w+\s+){0,2}(?:dad|father|stepdad|man|bloke|fella|guy|uncle|grandad)\b",
    re.IGNORECASE,
)
_SAYS = re.compile(r"\b(?:says?|said|thinks?|thought|reckons?|claims?|told\s+\w+)\s+(?:that\s+)?\Z", re.IGNORECASE)
"""Before what somebody else says of them: "the hotel says he's an adult"."""
_GOES_ON = re.compile(r"\s*[,(–-]\s*(?:and\s+)?", re.IGNORECASE)
_NOT_FAMILY: frozenset[Role] = frozenset(("professional", "worker"))
_HAS_A_PARTNER = re.compile(
    r"\s+(?:new\s+|last\s+|current\s+|ex[\s-]?)?(?:boyfriend|girlfriend|partner|husband|wife|fella|ex|fiancée?)\b",
    re.IGNORECASE,
)
""" "Her boyfriend": hers who is old enough to have one."""
_TEENAGER = 12
_DOES_TO = re.compile(
    r",?\s+(?!(?:and|but|so|then|or|with|to|from|of|for|by|at|about)\b)[\w’']+(?:\s+(?!(?:and|but|so|then|or)\b)[\w’']+){0,4}\s+"
)
"""Between a doer and whom it's done to: "came in to change"."""
_ANOTHER = re.compile(r"\s+s?he\b", re.IGNORECASE)
"""After a pronoun that the age after it is not of: "we haven't told her he's 41"."""
MOST_IN_A_SENTENCE = 12
"""Namings; where there are more it isn't looked back who began it, or the time would grow with their square."""


def meet_pronoun(cast: Cast, found: Candidate, sex: Sex, noun: PersonWords | None) -> None:
    """`noun` says who they are, straight after it: "she's my manager"."""
    end = found.span[0] + len(cast.answer.account.words[found.first].text)
    denied = denies_a_child(cast.text, end) and not _SAYS.search(just_before(cast.text, found.span[0]))
    if not denied and _of_a_name(cast, found):  # "I'll ring Bev, she's our named nurse"
        return
    if denied or (noun is not None and noun.role == "professional" and is_of_the_workers(cast.text, end)):
        deny(cast, cast.asked_about(sex), noun, found.span)
        return
    if _goes_on_about_a_grown_up(cast, found) or _of_the_workers_own(cast, found, sex):
        return
    if _of_a_grown_up_s_age(cast, found, sex) or _of_a_child_s_age(cast, found, sex):
        return
    if (last := _of_the_last(cast, found, sex) or _begins_with(cast, found, sex)) is not None:
        cast.sexed(last, sex)
        cast.mention(last, found.span, "pronoun")
        return
    fits = [p for p in cast.people.values() if not p.several and p.role != "professional" and p.sex in {sex, None}]
    if (doer := _does_it(cast, found, sex)) is not None and len(fits) > 1:
        fits = [person for person in fits if person is not doer]
    if _HAS_A_PARTNER.match(cast.text, found.span[1]):
        fits = [person for person in fits if person.role != "child" or _is_a_teenager(person)] or fits
    sure = [person for person in fits if person.sex == sex]
    person = cast.latest(sure) or cast.latest(fits)
    unsexed = cast.latest([p for p in fits if p.sex is None and p.role == "child"])
    if person is None:
        person = next(iter(sure or fits), None) if len(sure or fits) == 1 else None
    # A man of an answer gone by gives way to a baby nobody has called "he" or "she" yet; Mum does not
    if unsexed is not None and (not sure or (sex == "male" and cast.here.isdisjoint(man.id for man in sure))):
        person = unsexed
    grown_up = _IS_A_MAN.match(cast.text, found.span[1]) is not None
    nobody_yet = not any(one.role == "child" for one in cast.people.values())
    if person is None and not fits and sex == "male" and not grown_up and nobody_yet:
        person = cast.add("child", "male")
        cast.guessed.add(person.id)
    if person is not None:
        cast.sexed(person, sex, found.span)
        cast.mention(person, found.span, "pronoun", _unnamed(person))


def _of_a_grown_up_s_age(cast: Cast, found: Candidate, sex: Sex) -> bool:
    """ "He's 34": met, if that is said."""
    if _ANOTHER.match(cast.text, found.span[1]) is not None or not is_of_age(cast.text, found.span):
        return False
    if (grown := _of_that_age(cast, sex)) is None:
        return True
    if grown.role == "child":
        parent = HAS_SEVERAL.match(cast.text, found.span[1]) is not None
        grown = cast.grown_up(grown, found.span, parent=parent)
    cast.sexed(grown, sex, found.span)
    cast.mention(grown, found.span, "pronoun")
    return True


def _of_a_child_s_age(cast: Cast, found: Candidate, sex: Sex) -> bool:
    """ "She's four": met, if that is said and not of whoever was named last."""
    if (aged := age_after(cast.text, found.span)) is None:
        return False
    reported = _SAYS.search(just_before(cast.text, found.span[0])) is not None and _a_grown_up_here(cast, sex)
    if reported or _of_the_last(cast, found, sex):
        return False
    same = [child for child in cast.children(sex) if not child.age or same_age(child.age, aged["age"])]
    same = [child for child in same if child.age] or same
    before = cast.mentions[-1] if cast.mentions else None
    if before is not None and _GOES_ON.fullmatch(cast.text[before.span[1] : found.span[0]]):
        same = [child for child in same if child.id == before.person] or same  # "the baby, she's 8 months"
    child = cast.latest(same) or (same[0] if len(same) == 1 else None) or cast.add("child", sex)
    cast.sexed(child, sex)
    cast.take_name(child, cast.sentence(found))
    cast.mention(child, found.span, "pronoun", _unnamed(child))
    return True


def _of_the_workers_own(cast: Cast, found: Candidate, sex: Sex) -> bool:
    """ "My grandson's nine, he never stops": he is the worker's, until somebody of the case is named again."""
    if cast.own is None or cast.own[1] not in {sex, None}:
        return False
    at = cast.own[0]
    near = cast.answer.account.words[found.first].sentence - cast.answer.account.words[_word_at(cast, at)].sentence
    return near <= 1 and not any(m.span[0] > at for m in cast.mentions if m.by != "pronoun")


def _of_that_age(cast: Cast, sex: Sex) -> Somebody | None:
    """Who "she's 34" is said of: whoever was spoken of last that may be so old."""
    fits = [p for p in cast.people.values() if p.sex in {sex, None} and p.role != "professional" and not p.several]
    return cast.latest(
        [p for p in fits if not (p.role == "child" and (p.age or p.like in {"baby", "unborn", "younger"}))]
    )


def _of_a_name(cast: Cast, found: Candidate) -> bool:
    """A name that is nobody's we know stands straight before."""
    end = cast.untied[-1][1][1] if cast.untied else 0
    return bool(end) and _GOES_ON.fullmatch(cast.text[end : found.span[0]]) is not None


def _a_grown_up_here(cast: Cast, sex: Sex) -> bool:
    """The answer has spoken of a grown-up of that sex, as in "a man, she says he's 17"."""
    here = {one.person for one in cast.mentions}
    return any(one.id in here and one.sex == sex and one.role != "child" for one in cast.people.values())


def _of_the_last(cast: Cast, found: Candidate, sex: Sex) -> Somebody | None:
    """Mum, in "Mum's Shan, she is 17 herself": a grown-up named straight before."""
    last = cast.mentions[-1] if cast.mentions else None
    person = cast.people.get(last.person) if last else None
    if last is None or person is None or person.role in {"child", "professional"} or person.sex != sex:
        return None
    return person if _GOES_ON.fullmatch(cast.text[last.span[1] : found.span[0]]) else None


def _is_a_teenager(person: Somebody) -> bool:
    years = years_of(person.age)
    return years is not None and years >= _TEENAGER


def _does_it(cast: Cast, found: Candidate, sex: Sex) -> Somebody | None:
    """The man, in "a man came in to change him": whoever does something to somebody isn't who it's done to, or it would
    be "himself". Only where the sentence has spoken of another of that sex before."""
    if cast.answer.account.words[found.first].text != "him":
        return None
    start = cast.sentence(found)[0]
    here = list(islice(takewhile(lambda one: one.span[0] >= start, reversed(cast.mentions)), MOST_IN_A_SENTENCE))
    last = here[0] if here else None
    doer = cast.people.get(last.person) if last else None
    if last is None or doer is None or doer.sex != sex or last.by == "pronoun":
        return None
    between = cast.text[last.span[1] : found.span[0]]
    other = any(one.person != doer.id and cast.people[one.person].sex == sex for one in here[1:])
    return doer if other and _DOES_TO.fullmatch(between) is not None else None


def _begins_with(cast: Cast, found: Candidate, sex: Sex) -> Somebody | None:
    """Bryony, in "Bryony's 11 and she is brilliant": the one its sentence names, before anybody else."""
    start = cast.sentence(found)[0]
    here = list(islice(takewhile(lambda one: one.span[0] >= start, reversed(cast.mentions)), MOST_IN_A_SENTENCE + 1))
    if len(here) > MOST_IN_A_SENTENCE:
        return None
    here = [one for one in reversed(here) if one.role not in _NOT_FAMILY]
    person = cast.people.get(here[0].person) if len({one.person for one in here}) == 1 else None
    if person is None or here[0].by != "name" or person.role != "child" or person.several:
        return None
    if leads_on(cast.text, here[0].span[1]) is False or cast.others_at > here[0].span[0]:
        return None
    return person if person.sex in {sex, None} and cast.text[start : here[0].span[0]].strip() == "" else None


def deny(cast: Cast, person: Somebody | None, noun: PersonWords | None, span: Span) -> None:
    """Whoever was asked about is no child; said twice, it is of the same."""
    if cast.recast:
        who, role, at = cast.recast[-1]
        cast.recast[-1] = (who, noun.role if noun and not role else role, at)
    elif person is not None and not _said_here(cast, person):
        cast.recast_as(person, noun, span)


def _said_here(cast: Cast, person: Somebody) -> bool:
    """The child is named in this very answer, so somebody else is meant."""
    return any(mention.person == person.id and mention.by != "pronoun" for mention in cast.mentions)


def _goes_on_about_a_grown_up(cast: Cast, found: Candidate) -> bool:
    """ "Paula wants it closed. She's not read it": she is Paula, whoever Paula is, until somebody else is named."""
    if cast.others_at < 0 or any(m.span[0] > cast.others_at for m in cast.mentions if m.role not in _NOT_FAMILY):
        return False
    opens = cast.answer.opens_sentence(found.first)
    index = _word_at(cast, cast.others_at)
    index -= index > 0 and cast.answer.account.words[index - 1].text in {"my", "our", "the", "a", "his", "her"}
    begins = cast.answer.opens_sentence(index)
    return (opens and begins) or says_something(cast.text, found.span[1])


def _word_at(cast: Cast, place: int) -> int:
    return next(index for index, word in enumerate(cast.answer.account.words) if word.end > place)


def _unnamed(person: Somebody) -> str:
    """How a child nobody has named yet is called."""
    return "" if person.names else FROM_A_PRONOUN
