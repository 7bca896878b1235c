"""Which grown-up a noun means: Mum, her partner, the health visitor, Mum's own brother; or the worker themcast.

Owns whose they are ("Nan's son", "her own mum") and that "I'm the social worker" is the worker.
"""

from __future__ import annotations

import re

from assistant.language.words_before import just_before
from assistant.noticing.cast import Cast
from assistant.noticing.person import UP_TO_17, Candidate, PersonWords, Somebody, as_called
from assistant.noticing.reading import Mention, Sex

_OWNER = re.compile(r"(?P<owner>[\w’']+?)(?:['’]s|s['’])\s+(?:\w+\s+)?\Z")
_I_AM = re.compile(r"\bi(?:['’]?m|\s+am|['’]?ve\s+been|\s+have\s+been)\s+(?:\w+\s+){0,2}\Z", re.IGNORECASE)
_A_KIND = re.compile(r"\s+like\s+(?:that|this|him|her|them|mine)\b", re.IGNORECASE)
"""After "a grandad": nobody in particular."""
_PARENT = re.compile(r"(?:step[\s-]?)?(?:mum|mam|mother|dad|father)\b", re.IGNORECASE)
_A_CHILD_AFTER = re.compile(
    rf"(?:\s+[A-Z]\w+)?\s*(?:,\s*|\s+is\s+|\s+who['’]?s\s+|['’]s\s+|\s+aged\s+)(?:only\s+|nearly\s+)?(?:{UP_TO_17})\b"
)
_OWN = re.compile(r"(?P<whose>\w+(?P<of>['’]s)?)\s+own\s+\Z")
GROWN_UP = frozenset("mum dad mother father nan nana gran grandma grandad partner mums dads own".split())
_IS_A_PARENTS = re.compile(r"['’]s \S+\Z")
_FATHERS, _MOTHERS = re.compile(r"(?:dad|father)\Z"), re.compile(r"(?:mum|mam|mother)\Z")
_OF_A_PARENT = {
    "grandad": _FATHERS,
    "grandpa": _FATHERS,
    "grandfather": _FATHERS,
    "gran": _MOTHERS,
    "nan": _MOTHERS,
}
"""How a parent's parent is spoken of by the child, from the longest."""


def meet_grown_up(cast: Cast, found: Candidate, words: PersonWords) -> None:
    """Tie the noun to the grown-up it means."""
    if words.role == "professional" and _is_the_worker(cast, found):
        cast.mentions.append(Mention(person="worker", role="worker", span=found.span, by="noun"))
        return
    if cast.determiner(found) in {"a", "an"} and _A_KIND.match(cast.text, found.span[1]):
        return
    if words.role == "professional":
        cast.others_at = found.span[0]
    called = words.called or as_called(cast.text[slice(*found.span)])
    owner = owner_of(cast, found)
    if words.role in {"mother", "father"} and owner in {"mum", "dad", "mother", "father", "own"}:
        whose = _whose_own(cast, found) if owner == "own" else f"{owner.capitalize()}'s"
        words, called = words.model_copy(update={"role": "wider-family"}), f"{whose} {called}"
    if words.role in {"mother", "father"} and (child_of := _their_own(cast, found)) is not None:
        words, called = words.model_copy(update={"role": "wider-family"}), f"{child_of}'s {called.lower()}"
    if words.role in {"mother", "father"} and (of := _a_grown_ups(cast, found)) is not None:
        words, called = (
            words.model_copy(update={"role": "wider-family"}),
            f"{of}'s {called.removeprefix('the ').lower()}",
        )
    same = next((p for p in cast.people.values() if p.role == words.role and called in p.names), None)
    same = same or _parents_parent(cast, called)
    if same is None and words.role in {"mother", "father"} and words.called:
        same = next((p for p in cast.people.values() if p.role == words.role and not p.named), None)
    person = same or cast.add(words.role, words.sex, several=words.several)
    cast.sexed(person, words.sex)
    cast.mention(person, found.span, "noun", called)


def sibling_of_a_grown_up(cast: Cast, found: Candidate, words: PersonWords, owner: str) -> Somebody | None:
    """ "Mum's brother", "her brother" said of Mum, or "the brother" once he is known."""
    if _A_CHILD_AFTER.match(cast.text, found.span[1]):  # "his sister Lily is four"
        return None
    typed = as_called(cast.text[slice(*found.span)])
    known = next(
        (p for p in cast.people.values() if p.role != "child" and any(n.endswith(typed) for n in p.names)), None
    )
    whose = _grown_up_owner(cast, found)
    if owner not in GROWN_UP and whose is None:
        return known if not any(child.like == "sibling" for child in cast.children()) else None
    if known:
        return known
    person = cast.add("man" if words.sex == "male" else "wider-family", words.sex)
    called = (
        f"{owner.capitalize()}'s"
        if owner in GROWN_UP - {"own"}
        else f"{whose.names[0]}'s"
        if whose and whose.names
        else "the"
    )
    person.names.append(f"{called} {typed}")
    return person


def owner_of(cast: Cast, found: Candidate) -> str:
    """Whose they are: "Nan" in "Nan's son", "own" in "her own mum"."""
    if cast.determiner(found) == "own":
        return "own"
    if cast.determiner(found) in {"mums", "dads", "nans"}:
        return cast.determiner(found).removesuffix("s")
    so_far = just_before(cast.text, found.span[0])
    owner = _OWNER.search(so_far)
    return owner["owner"].lower() if owner and so_far.endswith((" ", "\n")) else ""


def _whose_own(cast: Cast, found: Candidate) -> str:
    """ "Mum's" in "Mum's own mum"; "her own" where only that is said."""
    before = _OWN.search(just_before(cast.text, found.span[0]))
    if before is None:
        return "Their own"
    return before["whose"].capitalize() if before["of"] else f"{before['whose'].capitalize()} own"


def _grown_up_owner(cast: Cast, found: Candidate) -> Somebody | None:
    """Mum, in "her brother" said of her; nobody where a child may be meant."""
    words = cast.answer.account.words
    if not found.first or words[found.first - 1].text not in {"her", "his"}:
        return None
    sex: Sex = "female" if words[found.first - 1].text == "her" else "male"
    last = cast.latest([p for p in cast.people.values() if p.sex == sex or (p.role == "child" and p.sex is None)])
    return last if last is not None and last.role in {"mother", "father", "man", "carer", "wider-family"} else None


def _a_grown_ups(cast: Cast, found: Candidate) -> str | None:
    """How whoever "her" is, in "her stepdad", is called, where no child is a girl: a grown-up, and he a grandfather."""
    determiner = cast.determiner(found)
    other: Sex = "male" if determiner == "her" else "female"
    children = [person for person in cast.people.values() if person.role == "child"]
    none_of_them = bool(children) and all(child.sex == other for child in children)
    if determiner not in {"her", "his"} or not none_of_them or not _PARENT.match(cast.text, found.span[0]):
        return None
    whose = _grown_up_owner(cast, found)
    return whose.names[-1] if whose is not None and whose.names else None


def _parents_parent(cast: Cast, called: str) -> Somebody | None:
    """ "Grandad", where "Kerry's stepdad" has been spoken of and nobody else of that age and sex."""
    kind = next((ends for begins, ends in _OF_A_PARENT.items() if called.lower().startswith(begins)), None)
    known = [
        one
        for one in cast.people.values()
        if kind
        and one.role == "wider-family"
        and any(_IS_A_PARENTS.search(name) and kind.search(name) for name in one.names)
    ]
    return known[0] if len(known) == 1 else None


def _their_own(cast: Cast, found: Candidate) -> str | None:
    """How whoever is meant by "his", in "his mum", is called, where every child is yet to be born: a grown-up."""
    children = [person for person in cast.people.values() if person.role == "child"]
    if not children or any(child.like != "unborn" for child in children):
        return None
    whose = _grown_up_owner(cast, found)
    return whose.names[-1] if whose is not None and whose.names else None


def _is_the_worker(cast: Cast, found: Candidate) -> bool:
    """ "I'm the social worker"."""
    words = cast.answer.account.words
    before = [
        word.text for word in words[max(0, found.first - 4) : found.first] if word.clause == words[found.first].clause
    ]
    while before and before[-1] in {"the", "a", "an", "only", "just", "her", "his", "their", "new", "been"}:
        before.pop()
    return (
        bool(before)
        and before[-1] in {"i", "im", "ive"}
        and _I_AM.search(just_before(cast.text, found.span[0])) is not None
    )
