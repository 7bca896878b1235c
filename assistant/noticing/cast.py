"""Everybody an answer is read against, and those it has spoken of so far.

Owns what is kept while an answer is walked through: who there is, whom it spoke of last, the ages and sexes it gives.
Knows nothing of how a word is tied to somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, get_args

from assistant.noticing.households import expecting, parents_told
from assistant.noticing.observations import Person, Span
from assistant.noticing.person import SPEAKS, Candidate, PersonWords, Somebody, like_of, years_of
from assistant.noticing.reading import Known, KnownPerson, Mention, Role, Sex
from assistant.noticing.stances import Answer

FROM_A_PRONOUN = "the child"
"""How a child is called whom nobody has named yet."""
_COUNTED: Mapping[Role, tuple[Person, ...]] = {
    "child": ("child",),
    "mother": ("mother",),
    "father": ("father",),
    "man": ("father",),
    "wider-family": ("wider-family",),
    "carer": ("professional",),
    "professional": ("professional",),
}
_AND = re.compile(r"\s*(?:,|,?\s*and|&)\s*", re.IGNORECASE)
_EXPECTING = re.compile(r"\b(?:pregnan\w+|bump|unborn|expecting|scan|\d\d\s?(?:wks|weeks)\b(?!\s+old))", re.IGNORECASE)
_KIN = re.compile(r"\b(?:Mum|Dad|Nan|Gran|Grandad)\Z")
"""What stands for a name and is none: "Dad" may still turn out to be called Marcus."""
_SEX_OF: Mapping[Role, Sex] = {"mother": "female", "father": "male", "man": "male"}


class Cast:
    """Who there is, in one walk through an answer."""

    def __init__(
        self, answer: Answer, known: Known, names: Sequence[Span] = (), introduced: Sequence[Span] = ()
    ) -> None:
        self.answer = answer
        self.known = known
        self.text = answer.characters
        self.row_of = {span: row for row in rows_of(answer.characters, names) for span in row}
        """The names that each name stands in a row with: "Ash, Billie and Cody"."""
        self.people = {
            person.person: Somebody(
                person.person,
                person.role,
                person.sex or _SEX_OF.get(person.role),
                list(person.names),
                person.age,
                person.several,
                "unborn" if person.unborn else like_of(person.names),
                any(name[:1].isupper() and not _KIN.search(name) for name in person.names),
            )
            for person in known.people
        }
        self.recent = [who for who in reversed(known.last_spoken_of) if who in self.people]
        self.mentions: list[Mention] = []
        self.here: set[str] = set()
        """Whom the answer has spoken of so far."""
        self.ages: list[tuple[str, Span]] = []
        self.sexes: list[tuple[str, Sex, Span]] = []
        self._sex_known = {person.person for person in known.people if person.sex}
        self.unborn: list[tuple[str, Span]] = []
        self.recast: list[tuple[str, str, Span]] = []
        self.others_at = -1
        """Where a professional, or somebody who can't be known, was last named; "she" after it may be them."""
        self.group_at: tuple[Span, Sex | None] | None = None
        """Where "the twins" or "two boys" was last said."""
        self.in_rows: set[str] = set()
        """Children named one after the other."""
        self.untied: list[tuple[str, Span]] = []
        """Names that nothing says are a child's or a grown-up's."""
        self.told = parents_told(answer.characters, names)
        """Names that a household is told of by, and as what."""
        self.expecting = expecting(answer.characters)
        self.introduced = frozenset(introduced)
        """Names by which the account introduces the child, or the children, it is about."""
        self.roles: list[tuple[str, Role, Span]] = []
        """Parents of whom it is now known which of the two they are."""
        self.own: tuple[int, Sex | None] | None = None
        """Where the worker last named somebody of their own family; "she" after it may be them."""
        self.guessed = {person.person for person in known.people if is_a_guess(person)}

    # Who there is

    def add(self, role: Role, sex: Sex | None = None, *, several: bool = False, like: str = "") -> Somebody:
        number = 1 + max((int(who.rpartition("-")[2]) for who in self.people if who.startswith(f"{role}-")), default=0)
        person = Somebody(f"{role}-{number}", role, sex, several=several, like=like)
        self.people[person.id] = person
        return person

    def children(self, sex: Sex | None = None) -> list[Somebody]:
        return [
            person
            for person in self.people.values()
            if person.role == "child" and not person.several and (sex is None or person.sex in {sex, None})
        ]

    def latest(self, among: Sequence[Somebody]) -> Somebody | None:
        ids = {person.id for person in among}
        return next((self.people[who] for who in reversed(self.recent) if who in ids), None)

    def mention(self, person: Somebody, span: Span, by: Literal["name", "noun", "pronoun"], called: str = "") -> None:
        if called and called not in person.names:
            person.names.append(called)
        if by == "name":
            person.named = True
        if by == "noun":
            self.guessed.discard(person.id)
        if (
            person.sex
            and person.id not in self._sex_known
            and person.role in {"child", "wider-family"}
            and not person.several
        ):
            self._sex_known.add(person.id)
            self.sexes.append((person.id, person.sex, span))
        self.mentions.append(
            Mention(person=person.id, role=person.role, span=span, by=by, called=called, several=person.several)
        )
        self.here.add(person.id)
        if person.id in self.recent:
            self.recent.remove(person.id)
        self.recent.append(person.id)

    def nobodys(self, name: str, span: Span) -> None:
        """A name that is tied to nobody, for now."""
        self.others_at = span[0]
        self.untied.append((name, span))

    def take_name(self, person: Somebody, sentence: Span) -> None:
        """The name that a sentence says before "she's ten", where nobody had it: "He picks Grace up and she's ten"."""
        free = [(name, span) for name, span in self.untied if sentence[0] <= span[0] < sentence[1]]
        if len(free) == 1 and not person.named:
            self.untied.remove(free[0])
            self.mention(person, free[0][1], "name", free[0][0])

    def sexed(self, person: Somebody, sex: Sex | None, span: Span | None = None) -> None:
        if sex is not None and person.sex is None and not person.several:
            person.sex = sex
            if person.role == "family" and span is not None:
                self.is_a(person, "mother" if sex == "female" else "father", span)

    def is_a(self, person: Somebody, role: Role, span: Span) -> None:
        """A parent of whom it is now said which."""
        person.role, person.sex = role, _SEX_OF.get(role, person.sex)
        self.roles.append((person.id, role, span))

    def named(self) -> dict[Person, int]:
        counts = dict.fromkeys(get_args(Person), 0)
        for mention in self.mentions:
            known = self.people.get(mention.person)
            for counted in _COUNTED.get(mention.role, ()):
                counts[counted] += 1
            if known is not None and known.role == "wider-family" and known.sex == "male":
                counts["father"] += 1
        return counts

    def babies(self) -> frozenset[str]:
        return frozenset(
            person.id
            for person in self.people.values()
            if person.role == "child"
            and (person.like in {"baby", "unborn"} or ((years := years_of(person.age)) is not None and years < SPEAKS))
        )

    def aged(self, person: Somebody, span: Span, age: str) -> None:
        """The age the answer gives somebody; what was known before stays."""
        self.guessed.discard(person.id)
        if not person.age:
            person.age = age
            self.ages.append((person.id, span))

    def recast_as(self, person: Somebody, noun: PersonWords | None, span: Span) -> Somebody | None:
        """Somebody taken for a child is put right, for good; one whose age was told, and whom the question doesn't
        name, stays a child: "I'll ring Sandra, she's a DSL" says nothing of them."""
        if noun is not None and person.age and not any(name in self.known.question for name in person.names):
            return person
        self.recast.append((person.id, noun.role if noun else "", span))
        self.guessed.discard(person.id)
        if noun is None:
            del self.people[person.id]
            self.recent = [who for who in self.recent if who != person.id]
            return None
        person.role, person.sex = noun.role, noun.sex
        return person

    def grown_up(self, person: Somebody, span: Span, *, parent: bool = False) -> Somebody:
        """Somebody taken for a child is of age, and so of the wider family, or a parent."""
        known = any(one.person == person.id for one in self.known.people)
        self.guessed.discard(person.id)
        if known:
            role: Role = "wider-family" if not parent else "father" if person.sex == "male" else "mother"
            self.recast.append((person.id, role, span))
            person.role, who = role, person
        else:
            del self.people[person.id]
            expecting = person.sex != "male" and _EXPECTING.search(self.text) is not None
            who = self.add("mother" if expecting or parent else "wider-family", person.sex)
            who.names, who.named = person.names, person.named
        self.mentions = [
            one.model_copy(update={"person": who.id, "role": who.role}) if one.person == person.id else one
            for one in self.mentions
        ]
        self.here = {who.id if one == person.id else one for one in self.here}
        self.sexes = [(who.id if one == person.id else one, sex, at) for one, sex, at in self.sexes]
        self.recent = [who.id if one == person.id else one for one in self.recent]
        return who

    def asked_about(self, sex: Sex | None = None) -> Somebody | None:
        """The child that the question asked about, of whom "she's not a child" is said."""
        children = self.children(sex)
        named = [
            one for one in children if any(name[:1].isupper() and name in self.known.question for name in one.names)
        ]
        return (
            named[0]
            if len(named) == 1
            else self.latest(named or children) or (children[0] if len(children) == 1 else None)
        )

    def sentence(self, found: Candidate) -> Span:
        """The characters of the sentence it stands in."""
        return self.answer.sentence_spans[self.answer.account.words[found.first].sentence]

    def determiner(self, found: Candidate) -> str:
        """The word before it in its clause."""
        words = self.answer.account.words
        before = words[found.first - 1] if found.first else None
        return before.text if before and before.clause == words[found.first].clause else ""


def rows_of(text: str, names: Sequence[Span]) -> Iterator[tuple[Span, ...]]:
    """The names with nothing but "and" or a comma between them."""
    row: list[Span] = []
    for span in sorted(names):
        if row and not _AND.fullmatch(text[row[-1][1] : span[0]]):
            yield tuple(row)
            row = []
        row.append(span)
    yield tuple(row)


def is_a_guess(person: KnownPerson) -> bool:
    """A child that nothing but "he", or a name that may be a grown-up's, has spoken of."""
    return person.role == "child" and not called_by_a_noun(person.names) and not person.age


def called_by_a_noun(names: Iterable[str]) -> bool:
    """ "The boy", and not only a name or "he"."""
    return any(name.startswith("the ") and name != FROM_A_PRONOUN for name in names)
