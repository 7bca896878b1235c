"""Who is spoken of: each child by name, role, age or "he", parents, men, other carers and professionals.

Owns the cast through an answer that ties every naming and pronoun to somebody: first to those the answer has just
spoken of, then to those the case sketch knows, and to somebody new where it must be. Where that cannot be known it
ties a word to nobody, for a count that is short is better than one that is false. Knows nothing of what is said of
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.language.clauses import Said
from assistant.noticing.ages_said import give_age
from assistant.noticing.cast import Cast
from assistant.noticing.children_meant import meet_child
from assistant.noticing.grown_ups_meant import meet_grown_up
from assistant.noticing.households import born, is_somebody_elses, not_born, says_it_is_not_born
from assistant.noticing.introduced import introduced
from assistant.noticing.mentions import namings
from assistant.noticing.names import denies_that_it_was_a_child, leads_on, says_who
from assistant.noticing.names_meant import meet_name
from assistant.noticing.observations import Person, Span
from assistant.noticing.person import Candidate, PersonWords, Somebody, as_called
from assistant.noticing.pronouns import HE, deny, meet_pronoun
from assistant.noticing.reading import Known, Mention, Role, Sex
from assistant.noticing.stances import Answer

_OWN_SEX: Mapping[Sex, frozenset[str]] = {
    "male": frozenset("son lad boy dad father grandson nephew uncle brother husband grandad stepson".split()),
    "female": frozenset("daughter girl mum mother granddaughter niece aunt auntie sister wife nan gran nana".split()),
}


@dataclass(frozen=True)
class Spoken:
    """Everybody an answer speaks of, and the ages and sexes it gives them in naming them."""

    mentions: tuple[Mention, ...]
    ages: tuple[tuple[str, Span], ...] = ()
    sexes: tuple[tuple[str, Sex, Span], ...] = ()
    unborn: tuple[tuple[str, Span], ...] = ()
    named: Mapping[Person, int] = field(default_factory=dict)
    """How often each is spoken of; a man of the wider family is counted as both."""
    guessed: frozenset[str] = frozenset()
    """Children known only by "he", where no man is known, or by a name that may be a grown-up's."""
    recast: tuple[tuple[str, str, Span], ...] = ()
    """Those known as a child who turn out to be something else: a role, or nothing where it isn't said what."""
    roles: tuple[tuple[str, str, Span], ...] = ()
    """Parents of whom it is now known which of the two they are."""
    own_life: tuple[Span, ...] = ()
    """Sentences about the worker's own family that name nobody of the case."""
    born: tuple[tuple[str, Span], ...] = ()
    """Children that were awaited, and have come."""
    babies: frozenset[str] = frozenset()
    """Children too young to tell anything in words."""

    def nearest(self, at: int, roles: frozenset[Role], *, within: Span) -> Mention | None:
        """Who of these roles is named nearest before `at` in a stretch, or else first after it."""
        inside = [m for m in self.mentions if m.role in roles and within[0] <= m.span[0] < within[1]]
        before = [mention for mention in inside if mention.span[0] <= at]
        return before[-1] if before else inside[0] if inside else None


def people_of(
    answer: Answer, known: Known, kinds: Sequence[PersonWords], names: Sequence[Span], not_people: Sequence[str]
) -> Spoken:
    """Everybody the answer speaks of."""
    names, candidates = namings(answer, known, kinds, names, not_people)
    cast = Cast(answer, known, names, introduced(answer.characters, names) if known.keeps == "focus" else ())
    are_names = set(names)
    own = answer.account.said("own-family") if "own-family" in not_people else ()
    told, waiting = -1, list(own)
    if (denied := denies_that_it_was_a_child(answer.characters)) is not None:
        deny(cast, cast.asked_about(), None, denied)
    for place, found in enumerate(candidates):
        if place == told:
            continue
        while waiting and waiting[0].end <= found.first:
            span = answer.account.characters(waiting.pop(0))
            cast.own = span[0], _sex_of_own(answer.characters, span)
        word = answer.account.words[found.first].text
        if found.words is not None and found.words.role == "child" and is_somebody_elses(cast.text, found.span):
            continue
        if found.words is not None:
            _noun(cast, found, found.words)
            give_age(cast)
            continue
        following = _whoever_follows(candidates[place + 1 : place + 3], answer)
        noun = following.words if following and _says_who(answer.characters, found, following) else None
        if noun is not None and following is not None and _is_of_the_next(candidates[place + 1 : place + 3], answer):
            noun = None
        if found.span in are_names:
            life = {life: _near(answer, life, found) for life in ("childs-life", "grown-ups-life")}
            subject = leads_on(answer.characters, found.span[1])
            told = place + 1 if noun is not None and noun.role != "child" else told
            meet_name(
                cast, found, childs_life=life["childs-life"] and subject, grown_up=life["grown-ups-life"], noun=noun
            )
            if noun is not None and following is not None and _is_the_same(cast, found, noun):
                told = place + 1
                cast.mention(
                    cast.people[cast.mentions[-1].person], following.span, "noun", _as_a_child(cast, following)
                )
        else:
            meet_pronoun(cast, found, "male" if word in HE else "female", noun)
        give_age(cast)
    return _spoken(cast, own)


def _spoken(cast: Cast, own: Sequence[Said]) -> Spoken:
    """All that the walk has found."""
    came = list(_born(cast))
    _await(cast)
    return Spoken(
        tuple(cast.mentions),
        tuple(cast.ages),
        tuple(cast.sexes),
        tuple(cast.unborn),
        cast.named(),
        frozenset(cast.guessed),
        tuple(cast.recast),
        tuple(cast.roles),
        tuple(_own_life(cast, own)),
        tuple(came),
        cast.babies(),
    )


def _sex_of_own(text: str, span: Span) -> Sex | None:
    """Of the worker's own somebody: "my sister's lad" is a boy."""
    last = text[slice(*span)].lower().split()[-1]
    for sex, words in _OWN_SEX.items():
        if last.rstrip("s'’") in words:
            return sex
    return None


def _own_life(cast: Cast, own: Sequence[Said]) -> Iterator[Span]:
    """Each sentence about somebody of the worker's own."""
    for said in own:
        start, end = cast.answer.sentence_spans[cast.answer.account.sentence(said)]
        if not any(start <= one.span[0] < end and one.role not in {"worker", "professional"} for one in cast.mentions):
            yield start, end


def _await(cast: Cast) -> None:
    """A child that isn't born yet is known as one, whatever it is called."""
    no_birth = not_born(cast.text)
    said = no_birth or cast.expecting
    if said is None:
        return
    everyone = [person for person in cast.people.values() if person.role == "child"]
    known = {person.person for person in cast.known.people}
    babies = [
        one
        for one in everyone
        if not (one.several or one.age)
        and (one.like == "unborn" or _may_be_awaited(one) or _is_said_of(cast, one, no_birth))
    ]
    babies = babies if no_birth else [one for one in babies if one.id not in known or one.like == "unborn"]
    others = [one for one in everyone if one not in babies and not one.several]
    if not babies and not others:
        babies = [cast.add("child", like="unborn")]
        cast.mention(babies[0], said.span(), "noun", "the unborn baby")
    for baby in babies[:1]:
        baby.like = "unborn"
        if not any(who == baby.id for who, _ in cast.unborn):
            cast.unborn.append((baby.id, said.span()))


def _is_said_of(cast: Cast, child: Somebody, no_birth: re.Match[str] | None) -> bool:
    """ "Wren, who isn't born yet"."""
    ends = [one.span[1] for one in cast.mentions if one.person == child.id]
    return no_birth is not None and any(says_it_is_not_born(cast.text[end : no_birth.start()]) for end in ends)


def _may_be_awaited(child: Somebody) -> bool:
    return child.like == "baby" and not child.named


def _born(cast: Cast) -> Iterator[tuple[str, Span]]:
    """The child that was awaited, where it is said to have come."""
    awaited = [person.person for person in cast.known.people if person.unborn]
    came = born(cast.text) if len(awaited) == 1 else None
    if came is not None and cast.expecting is None and not_born(cast.text) is None:
        cast.people[awaited[0]].like = "baby"
        cast.unborn = [one for one in cast.unborn if one[0] != awaited[0]]
        yield awaited[0], came.span()


def _is_the_same(cast: Cast, found: Candidate, noun: PersonWords) -> bool:
    """The child just named is who the noun after the name says: "Elin, that's the eight year old"."""
    last = cast.mentions[-1] if cast.mentions else None
    return last is not None and last.span == found.span and last.role == noun.role == "child" and not noun.several


def _as_a_child(cast: Cast, found: Candidate) -> str:
    return as_called(cast.text[slice(*found.span)], article="the")


def _noun(cast: Cast, found: Candidate, words: PersonWords) -> None:
    if words.role == "child":
        meet_child(cast, found, words)
    else:
        meet_grown_up(cast, found, words)


def _says_who(text: str, found: Candidate, following: Candidate) -> bool:
    """The noun that follows says who the name or pronoun is: "Paula, my manager", "she's my manager"."""
    named = text[slice(*found.span)]
    end = found.span[1] - (len(named) - len(re.sub(r"['’]s?$", "", named)))
    return following.words is not None and says_who(text[end : following.span[0]])


def _whoever_follows(two: Sequence[Candidate], answer: Answer) -> Candidate | None:
    """The next naming: the partner, in "Dean, the mum's partner"."""
    first, second = (*two, None, None)[:2]
    owner = first is not None and re.search(r"['’]s\Z", answer.characters[slice(*first.span)])
    beside = first is not None and second is not None and answer.characters[first.span[1] : second.span[0]] == " "
    return second if owner and beside and second is not None and second.words is not None else first


def _is_of_the_next(two: Sequence[Candidate], answer: Answer) -> bool:
    """The noun is the next name's: "dad", in "mum Farida, dad Yusuf"."""
    if len(two) < 2 or two[1].words is not None:
        return False
    return answer.characters[two[0].span[1] : two[1].span[0]] == " " and answer.characters[two[1].span[0]].isupper()


def _near(answer: Answer, vocabulary: str, found: Candidate) -> bool:
    """Whether the vocabulary is said in the clause."""
    word = answer.account.words[found.first]
    return any(
        answer.account.clause(said) == word.clause for said in answer.account.in_sentence(vocabulary, word.sentence)
    )
