"""A family as data for a genogram: who is in it, in which generation, in the home or not, and who is not known.

Drawn from the case sketches of every session and from what was put right by hand. It says less rather than something
false: nobody is put in the home who was not said to live there, and a man nobody has met is shown as not known.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.conversation.case_sketch import Person, sketch_of
from assistant.conversation.state import State
from assistant.followup.children import each_once, is_of_another_home
from assistant.language.dates import format_date
from assistant.language.lazy_patterns import late
from assistant.language.paragraphs import sentences_in
from assistant.language.spans import Span, holding

Symbol = Literal["square", "circle", "diamond"]
"""A man or a boy, a woman or a girl, somebody of whom that was not said."""
Generation = Literal["grandparents", "parents", "children"]
GENERATIONS: tuple[Generation, ...] = ("grandparents", "parents", "children")
_GRAND = late(
    r"\b(?:nan|nana|nanny|nanna|gran\w*|grand\w*|great[- ]\w+|"
    r"\w+['’]s (?:step[- ]?)?(?:mum|mam|mother|dad|father|parents))\b",
    re.IGNORECASE,
)
_A_PARENTS = late(r"(?P<whose>.+)['’]s (?:step[- ]?)?(?:mum|mam|mummy|mother|dad|daddy|father|parents)", re.IGNORECASE)
_DIED = late(r"\b(?:dead|died)\b", re.IGNORECASE)
_CHILD = late(r"\b(?:cousin|niece|nephew)s?\b", re.IGNORECASE)
_WOMAN = late(
    r"\b(?:mum\w*|mam|mother|nan|nana|nanny|gran|granny|grandma|grandmother|aunt\w*|sister|stepmum|girl|girls|"
    r"daughter|niece|"
    r"she|her|woman|girlfriend)\b",
    re.IGNORECASE,
)
_MAN = late(
    r"\b(?:dad\w*|father|grandad|grandpa|grandfather|uncle|brother|stepdad|stepfather|boyfriend|boy|boys|son|"
    r"nephew|man|men|"
    r"partner|lodger|he|him|ex)\b",
    re.IGNORECASE,
)
_ELSEWHERE = late(
    r"\b(?:away|elsewhere|own place|next door|round the corner|prison|hospital|foster\w*|care|weekends?|nan['’]?s|"
    r"dad['’]?s|"
    r"with (?:nan|gran|dad))\b",
    re.IGNORECASE,
)
_HOME = late(r"\b(?:home|mum['’]?s?|with mum|mother|here|same house|in the house|moved in|yes)\b", re.IGNORECASE)
_HIS = late(r"\b(?:he|him|his)\b", re.IGNORECASE)
_HERS = late(r"\b(?:she|her|hers)\b", re.IGNORECASE)
_PRONOUN = late(r"he|him|his|she|her|hers", re.IGNORECASE)
_SURELY = 0.75
"""How much of what was said of somebody's sex must agree."""


class Member(BaseModel):
    """Somebody in the family."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)

    id: str
    case: str
    called: str
    symbol: Symbol = "diamond"
    generation: Generation = "parents"
    parent: bool = False
    """A mother or a father of the children."""
    parent_of: str = ""
    """Whose parent or step-parent they are, in the generation of the parents, by what those are called."""
    age: str = ""
    in_the_home: bool | None = None
    """Nothing where it was not said."""
    known: bool = True
    """False for somebody of whom little more is known than that they are there."""
    unborn: bool = False
    died: bool = False
    note: str = ""
    source: str = ""
    """The session it comes from, or that it was put in by hand."""
    struck: bool = False


def members_of(states: Iterable[State], edits: Iterable[Member] = ()) -> tuple[Member, ...]:
    """Everybody, the newest session last and so counting most; what was put right by hand counts before all."""
    found: dict[str, Member] = {}
    sexes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    met: dict[str, bool] = {}
    for state in states:
        sketch = sketch_of(state)
        sketched, children = sketch.people, each_once(sketch.children)
        for person in sketched:
            if person.role in {"professional", "worker"} or not person.called or not _is_one(person):
                continue
            if person.role == "child" and (person not in children or is_of_another_home(state, person)):
                continue
            member = _member(person, state, _whose_parent(person, sketched))
            before = found.get(member.id)
            found[member.id] = _together(before, member) if before else member
            sexes[member.id].update(_sexes_said(state, person.id))
            if person.met is not None:
                met[member.id] = person.met
    found = {name: _known(one, met.get(name), sexes[name]) for name, one in found.items()}
    for member in edits:
        found[member.id] = member
    named = any(one.generation == "children" and not _only_described(one) for one in found.values())
    every = [one for one in found.values() if not one.struck and not (named and _nobody_new(one))]
    return tuple(sorted(every, key=lambda one: GENERATIONS.index(one.generation)))


def _is_one(person: Person) -> bool:
    """Not "the parents" nor "a carer in at night": a parent by name, a carer of whom something is known."""
    named = any(name[:1].isupper() for name in person.names)
    return named or person.role not in {"family", "carer"} or (person.role == "carer" and bool(person.entries))


def _only_described(member: Member) -> bool:
    return member.called.casefold().startswith("the ")


def _nobody_new(member: Member) -> bool:
    """ "The brother", where the children have names and nothing else is known of him: one of them."""
    child = member.generation == "children" and not member.unborn and not member.source.startswith("put")
    return child and _only_described(member) and not member.note


def member_id(case: str, called: str) -> str:
    """One person of one case, however often they are spoken of."""
    return f"{case}/family/{' '.join(called.casefold().removeprefix('the ').split())}"


def _whose_parent(person: Person, sketched: Iterable[Person]) -> str:
    """ "Kerry", of "Kerry's stepdad" or of "Mum's stepdad" where Mum is Kerry."""
    found = next(filter(None, map(_A_PARENTS.fullmatch, person.names)), None)
    whose = (one.called for one in sketched if one is not person and found and found["whose"] in one.names)
    return next(whose, "") if person.role == "wider-family" else ""


def _member(person: Person, state: State, parent_of: str) -> Member:
    lives = person.says("lives")
    home = True if _HOME.search(lives) and not _ELSEWHERE.search(lives) else False if _ELSEWHERE.search(lives) else None
    return Member(
        id=member_id(state.started.case, person.called),
        case=state.started.case,
        called=person.called,
        symbol=_symbol(person),
        generation=_generation(person),
        parent=person.role in {"mother", "father", "family"},
        parent_of=parent_of,
        age=person.age,
        in_the_home=home,
        unborn=person.unborn,
        died=_DIED.search(lives) is not None,
        note=lives_in_words(lives),
        source=f"session of {format_date(state.started.at)}",
    )


def _symbol(person: Person) -> Symbol:
    if person.role == "mother":
        return "circle"
    if person.role in {"father", "man"}:
        return "square"
    if _WOMAN.search(person.called):
        return "circle"
    return "square" if _MAN.search(person.called) else "diamond"


def lives_in_words(lives: str) -> str:
    """Where somebody lives, as the case sketch has it, so that it can stand behind a comma."""
    if _DIED.search(lives):
        return "has died"
    if not lives or lives.startswith(
        ("live", "living", "stay", "sleep", "placed", "is ", "are ", "been ", "in ", "no ")
    ):
        return lives
    return f"lives {lives}"


def _sexes_said(state: State, person: str) -> list[str]:
    """Every time that somebody was said to be a boy or a girl, a man or a woman."""
    return [
        fact.value
        for turn in state.turns
        if turn.reading and turn.answer
        for fact in turn.reading.facts
        if fact.of == person and fact.subject == "sex" and not _may_be_another(turn.answer, fact.span)
    ]


def _may_be_another(answer: str, span: Span) -> bool:
    """ "It was Kezia who opened the door with him on her hip": of a boy and a girl in one sentence a pronoun may be
    either's."""
    start, end = holding(sentences_in(answer), span[0], span)
    both = _HIS.search(answer, start, end) and _HERS.search(answer, start, end)
    return bool(both) and _PRONOUN.fullmatch(answer[slice(*span)]) is not None


def _known(member: Member, met: bool | None, sexes: Counter[str]) -> Member:
    """With what every session together says of them; a sex only where hardly anything speaks against it."""
    symbol = member.symbol
    if symbol == "diamond" and sexes:
        (sex, times), *_ = sexes.most_common(1)
        surely = times >= _SURELY * sexes.total()
        symbol = ("circle" if sex == "female" else "square") if surely else "diamond"
    return member.model_copy(
        update={"symbol": symbol, "known": met is not False or member.generation == "children" or symbol == "circle"}
    )


def _generation(person: Person) -> Generation:
    if person.role == "child" or _CHILD.search(person.called):
        return "children"
    called = (person.called, *(person.names if person.role == "wider-family" else ()))
    return "grandparents" if any(map(_GRAND.search, called)) else "parents"


def _together(before: Member, now: Member) -> Member:
    """What the later session says, and what only the earlier one said."""
    return now.model_copy(
        update={
            "age": now.age or before.age,
            "note": now.note or before.note,
            "in_the_home": before.in_the_home if now.in_the_home is None else now.in_the_home,
            "symbol": before.symbol if before.generation != "children" or now.symbol == "diamond" else now.symbol,
            "generation": before.generation if before.generation != "children" else now.generation,
            "parent": before.parent or now.parent,
            "parent_of": now.parent_of or before.parent_of,
            "died": before.died or now.died,
        }
    )
