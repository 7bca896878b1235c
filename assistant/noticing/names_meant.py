"""Who a name means: somebody known, whoever the noun before it means, each of a list, or somebody new.

What the words around a name say of it is `names.py`'s.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language.words_before import just_before
from assistant.noticing.ages_said import A_CHILDS_AGE
from assistant.noticing.cast import Cast
from assistant.noticing.children_meant import by_order
from assistant.noticing.introduced import A_GROWN_UP_SO_NAMED
from assistant.noticing.names import denies_a_child, whose_name
from assistant.noticing.observations import Span
from assistant.noticing.person import Candidate, PersonWords, Somebody
from assistant.noticing.reading import Mention, Sex

_CALLED = re.compile(
    r"(?:[^\w.!?]{0,3}(?:of\s+|aged\s+)?(?:\d{1,2}|[a-z]+teen|ten|eleven|twelve|[a-z]{3,5})(?=,))?[^\w.!?]{0,3}(?:(?:we['’]ll|i['’]ll|let['’]s|we|i['’]?m\s+going\s+to|(?:whom\s+)?i\s+(?:shall|will))\s+call(?:\s+(?:him|her|them))?|i['’]?m\s+calling(?:\s+(?:him|her|them))?|called|named|(?:let['’]s\s+)?say|that['’]s|who['’]s|is\s+called|is|was|are)?[^\w.!?]{0,3}",
    re.IGNORECASE,
)
_GOES_ON_CALLED = re.compile(
    r"(?:['’]?s?\s+[^.!?]{1,30}\b(?:called|named)|(?:['’]s)?\s+(?:first\s+)?name(?:['’]?s|\s+is))\s+", re.IGNORECASE
)
"""Between a noun and the name: "Mum's 34 weeks, called Jo", "Dad's name is Colin"."""
_SHE_IS_CALLED = re.compile(r"(?:\s+is|['’]s)?\s+(?:called|named)\s+", re.IGNORECASE)
"""Between a pronoun and the name: "She's called Zodwa"."""
_CALL_THEM = re.compile(r"\b(?:call|calling|called)\s+(?:him|her|them|it)\s+\Z", re.IGNORECASE)
_THEN_CALL_THEM = re.compile(
    r"\s+(?:(?:i|we)['’]?(?:ll|m)|let['’]?s)\s+call(?:ing)?\s+(?P<whom>him|her|them)\b", re.IGNORECASE
)
"""After a name: "he did ask me what day it was, Silas i'll call him"."""
_WHO_THEY_ARE = re.compile(r"[^.!?\n,]{1,40},\s*")
"""Between a noun and the name: "a lad in year nine, Sonny"."""
_A_SENTENCE_ON = re.compile(r"[^.!?\n]{0,60}[.!?]\s+")
"""Before a name that is a sentence of its own: "It was her partner who said so. Craig."."""
_SAID_AFTER = re.compile(r"(?:['’]s\b)?[^.!?\n]{0,45},\s*")
"""Between a grown-up and the name said at the end of it: "her stepdad's always there, Len"."""
_FAMILY = frozenset({"mother", "father", "man", "wider-family"})
_ENDS_THERE = re.compile(r"\s*(?:[,.;]|$)")
_ON_TO_THEM = re.compile(
    r"[^.!?\n]{0,40}?[,:(–-]\s*(?:(?:i['’]ll\s+|let['’]s\s+)?call\s+them\s+)?|\s*(?:are\s+)?|[.:]\s+"
)
"""Between "two girls" and the names of both."""
_OF_SEVERAL = re.compile(
    r"(?:\A|[.!?]\s*|\b(?:of\s+my\s+lot\b[^.!?]{0,40}|about|bring|got|for|with|are|call\s+them|on|discuss)\W+)\Z",
    re.IGNORECASE,
)
"""What an account of several children says before the first name."""
_BROTHERS = re.compile(
    r"\W{1,3}(?:they['’]?re\s+)?(?:the\s+)?(?:brothers|sisters|siblings|twins|both\b|\w+\s+and\s+\w+\b)", re.IGNORECASE
)
_SHORTEST = 3
"""Letters of a name that may have an s after it and no apostrophe."""
_WEEKS_PREGNANT = re.compile(r"(?:2\d|3\d|4[0-2]|twenty|thirty|forty)[\w\s-]*?(?:weeks|wks)(?!\s+old)", re.IGNORECASE)


def meet_name(cast: Cast, found: Candidate, *, childs_life: bool, grown_up: bool, noun: PersonWords | None) -> None:
    """`noun` says who the name is, straight after it: "Paula, my manager"."""
    name = re.sub(r"['’]s?$", "", cast.text[slice(*found.span)])
    end = found.span[0] + len(name)
    if same := next((p for p in cast.people.values() if name in p.names or _of_a_name(name, p)), None):
        name = name if name in same.names else name[:-1]
        if same.role == "child" and (denies_a_child(cast.text, end) or (noun and noun.role not in {"child", "family"})):
            same = cast.recast_as(same, noun, found.span)
        told = cast.told.get(found.span)
        if same is not None and told and same.role == "child":
            same = cast.recast_as(same, PersonWords(words="parents", role=told), found.span)
        if same is not None and same.role == "family" and told and told != "family":
            cast.is_a(same, told, found.span)
        elif same is not None and same.role == "family" and noun and noun.role in {"mother", "father", "man"}:
            cast.is_a(same, noun.role, found.span)
        if same is not None:
            cast.mention(same, found.span, "name", name)
        return
    if (role := cast.told.get(found.span)) is not None:
        unnamed_parent = (p for p in cast.people.values() if p.role == role and not (p.named or p.several))
        parent = next(unnamed_parent, None) or cast.add(role, "female" if role == "mother" else None)
        cast.mention(parent, found.span, "name", name)
        return
    before = next((m for m in reversed(cast.mentions) if m.span[1] <= found.span[0]), None)
    named_so = before and before.by in {"noun", "pronoun"} and before.person in cast.people
    unnamed = before and named_so and not (cast.people[before.person].named or cast.people[before.person].several)
    of_another = before is not None and before.role != "child" and found.span in cast.introduced
    if before and unnamed and not of_another and _says_their_name(cast, before, found, end):
        cast.mention(cast.people[before.person], found.span, "name", name)
        return
    if (called := _called(cast, before, found)) is not None:
        cast.mention(called, found.span, "name", name)
        return
    if (theirs := _another_of_the_kind(cast, before, found) or _said_after(cast, found, end)) is not None:
        cast.mention(theirs, found.span, "name", name)
        return
    if (listed := _in_a_row(cast, before, found)) is not None:
        cast.mention(listed, found.span, "name", name)
        return
    if name.endswith("s") and just_before(cast.text, found.span[0]).endswith("the "):  # a whole family
        return
    person = _named(cast, found, end, childs_life=childs_life, grown_up=grown_up, noun=noun)
    if person is None:
        cast.nobodys(name, found.span)
        return
    cast.mention(person, found.span, "name", name)


def _of_a_name(name: str, person: Somebody) -> bool:
    """ "Shays", of Shay: typed without its apostrophe."""
    return name.endswith("s") and len(name) > _SHORTEST and name[:-1] in person.names


def _another_of_the_kind(cast: Cast, before: Mention | None, found: Candidate) -> Somebody | None:
    """Uncle Mick, where the uncle spoken of so far is Tony."""
    if before is None or before.by != "noun" or before.role != "wider-family" or before.several:
        return None
    known = cast.people.get(before.person)
    beside = cast.text[before.span[1] : found.span[0]] == " "
    if known is None or not (known.named and beside) or "'" in cast.text[slice(*before.span)]:
        return None
    return cast.add(known.role, known.sex)


def _said_after(cast: Cast, found: Candidate, end: int) -> Somebody | None:
    """The grown-up whose name comes at the end of what is said of them, where it can be nobody else's."""
    if found.span in cast.introduced or not _ENDS_THERE.match(cast.text, end):
        return None
    start = cast.sentence(found)[0]
    nouns = [one for one in cast.mentions if one.by != "pronoun" and start <= one.span[0] < found.span[0]]
    if not nouns or nouns[-1].role not in _FAMILY or nouns[-1].several:
        return None
    person = cast.people.get(nouns[-1].person)
    between = _SAID_AFTER.fullmatch(cast.text[nouns[-1].span[1] : found.span[0]])
    return person if person is not None and between and not person.named else None


def _says_their_name(cast: Cast, before: Mention, found: Candidate, end: int) -> bool:
    """ "A baby called Noah", "Mum is Dawn", "a lad in year nine, Sonny, who …"."""
    between = cast.text[before.span[1] : found.span[0]]
    if before.by == "pronoun":  # "He's two and a bit, Finn, and …"
        if _SHE_IS_CALLED.fullmatch(between):
            return True
        return (
            before.role == "child"
            and _WHO_THEY_ARE.fullmatch(between) is not None
            and _ENDS_THERE.match(cast.text, end) is not None
        )
    if (
        _CALLED.fullmatch(between)
        or _GOES_ON_CALLED.fullmatch(between)
        or (_A_SENTENCE_ON.fullmatch(between) and re.match(r"\s*(?:\.|$)", cast.text[end:]))
    ):
        return True
    of_a_child = before.role == "child" and cast.known.keeps == "focus"
    return of_a_child and _WHO_THEY_ARE.fullmatch(between) is not None and _ENDS_THERE.match(cast.text, end) is not None


def _called(cast: Cast, before: Mention | None, found: Candidate) -> Somebody | None:
    """Whom "we'll call him Sonny" is about."""
    after = _THEN_CALL_THEM.match(cast.text, found.span[1])
    if before is None or not (after or _CALL_THEM.search(just_before(cast.text, found.span[0]))):
        return None
    person = cast.people.get(before.person)
    if after:
        sexes: dict[str, Sex] = {"him": "male", "her": "female"}
        sex = sexes.get(after["whom"].lower())
        person = cast.latest([one for one in cast.children(sex) if not one.named]) or person
    if person is None or person.named or person.several:
        return None
    before_it = just_before(cast.text, found.span[0])
    grown_up = not after and A_GROWN_UP_SO_NAMED.search(before_it) and found.span not in cast.introduced
    return person if person.role == "child" or (grown_up and not before_it.endswith("them ")) else None


def _in_a_row(cast: Cast, before: Mention | None, found: Candidate) -> Somebody | None:
    """Each of "two boys, Ethan and Callum", and of "Asa and Noor" where the account is about both."""
    row = cast.row_of.get(found.span, ())
    place = row.index(found.span) if row else 0
    if place:
        earlier = next((one for one in reversed(cast.mentions) if one.span == row[place - 1]), None)
        if earlier is None or earlier.person not in cast.in_rows:
            return None
        person = cast.add(earlier.role, cast.people[earlier.person].sex if earlier.role == "child" else None)
        cast.in_rows.add(person.id)
        return person
    if not row:
        return None
    start, end = row[0][0], row[-1][1]
    carers = before is not None and before.role in {"carer", "wider-family"} and before.by == "noun" and len(row) > 1
    if carers and before is not None and _ON_TO_THEM.fullmatch(cast.text[before.span[1] : start]):
        person = cast.add(before.role)
        cast.in_rows.add(person.id)
        return person
    grown_up = any(whose_name(cast.text, one, about_a_child=False) == "grown-up" for one in row)
    of_them = cast.group_at is not None and _goes_on_to(cast.text[cast.group_at[0][1] : start], row)
    about_both = (
        cast.known.keeps == "focus" and not cast.children() and _OF_SEVERAL.search(just_before(cast.text, start))
    )
    told_of = A_CHILDS_AGE.match(cast.text, end) or _BROTHERS.match(cast.text, end) or cast.known.keeps == "focus"
    if grown_up or not (of_them or (len(row) > 1 and about_both and told_of)):
        return None
    person = cast.add("child", cast.group_at[1] if of_them and cast.group_at else None)
    cast.in_rows.add(person.id)
    return person


def _goes_on_to(between: str, row: Sequence[Span]) -> bool:
    """From "two girls" straight to one name, or with a few words between to several."""
    return _CALLED.fullmatch(between) is not None or (len(row) > 1 and _ON_TO_THEM.fullmatch(between) is not None)


def _expecting(cast: Cast, end: int) -> Somebody | None:
    """ "Kelly's 24 weeks", where there is a child unborn: she is its mother."""
    aged = A_CHILDS_AGE.match(cast.text, end)
    unborn = cast.expecting is not None or any(child.like == "unborn" for child in cast.children())
    if not unborn or not (_WEEKS_PREGNANT.match(cast.text[end:].lstrip("'’s ")) or (aged and "week" in aged["age"])):
        return None
    mother = next((one for one in cast.people.values() if one.role == "mother" and not one.named), None)
    return mother or cast.add("mother", "female")


def _grown_up_just_told_of(cast: Cast) -> Somebody | None:
    """The boyfriend, in "It's the boyfriend. Scott's moved in": the only one spoken of, and not named yet;
    or the mother of a baby that is on the way, in "Zara had the scan"."""
    if cast.expecting is not None:
        mothers = [one for one in cast.people.values() if one.role == "mother"]
        return next((one for one in mothers if not one.named), None) or cast.add("mother", "female")
    family = [one for one in cast.people.values() if one.role != "professional"]
    grown = family[0] if len(family) == 1 else None
    return grown if grown is not None and grown.role != "child" and not grown.named else None


def _named(
    cast: Cast, found: Candidate, end: int, *, childs_life: bool, grown_up: bool, noun: PersonWords | None
) -> Somebody | None:
    """Whose name it is; nobody's where the words don't say so."""
    if noun is not None and noun.role != "child":
        called = (one for one in cast.people.values() if one.role == noun.role and noun.called in one.names)
        return next((one for one in called if not one.named), None) or cast.add(noun.role, noun.sex)
    introduced = found.span in cast.introduced
    if not introduced and (expecting := _expecting(cast, end)) is not None:
        return expecting
    unnamed = [child for child in cast.children() if not child.named]
    aged = A_CHILDS_AGE.match(cast.text, end) is not None
    says = whose_name(cast.text, (found.span[0], end), about_a_child=cast.known.keeps == "focus")
    a_child = introduced or aged or noun is not None or says == "child"
    if not a_child and (grown_up or says == "grown-up" or not (says or childs_life)):
        return None
    if says == "topic" and cast.children() and not (a_child or childs_life):
        return None
    if says == "topic" and not (a_child or cast.children()) and (grown := _grown_up_just_told_of(cast)):
        return grown
    if noun is not None and noun.like == "sibling":
        others = [child for child in unnamed if child.like == "sibling"]
        return others[0] if len(others) == 1 else cast.add("child", noun.sex, like="sibling")
    if noun is not None and noun.like in {"older", "younger"}:
        return by_order(cast, unnamed, noun)
    person = (
        unnamed[0]
        if len(unnamed) == 1 and not (aged and unnamed[0].age)
        else cast.add("child", noun.sex if noun else None)
    )
    if person not in unnamed and not aged and not introduced and noun is None and says != "child":
        cast.guessed.add(person.id)
    return person
