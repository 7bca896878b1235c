"""Which of the facts that questions need or are ruled out by hold in a session.

Reads the case sketch, and what was noticed where the sketch is silent; says less rather than something false. The names
and their meanings are `case_facts.py`'s.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from assistant.conversation.agreed_steps import steps_of
from assistant.conversation.case_facts import CaseFact
from assistant.conversation.case_sketch import CaseSketch, Person
from assistant.conversation.said_before import decided_before, told_before
from assistant.conversation.state import State, Turn
from assistant.language.ages import NUMBERS
from assistant.language.lazy_patterns import late

_SCHOOL = ("school", "teacher", "dsl", "designated", "nursery", "head")
_HEALTH = ("health", "midwife", "nurse", "gp", "doctor", "paediatrician")
_VISITING = ("social worker", "health visitor", "midwife", "family support")
"""Whose job takes them into the home, unless they say otherwise."""
_AWAY = (
    "foster",
    "placement",
    "care home",
    "children's home",
    "residential",
    "unit",
    "hospital",
    "nan",
    "gran",
    "aunt",
)
_ENDING = ("step", "clos", "ending", "rehab", "return home", "going home", "discharge")
_DISPUTED = frozenset({"escalation", "complex-panel", "challenge", "thresholds", "repeat-referrals"})
_TALKS_FROM = 2.0
_SCHOOL_FROM, _SCHOOL_TO = 4.0, 17.0
_TEENAGER_FROM = 11.0
_ALONE_FROM = 4.0
_A_YEAR = {"d": 365.0, "w": 52.0, "m": 12.0, "y": 1.0}
_AGE = late(rf"\b(?P<number>\d+|{'|'.join(NUMBERS)})\b(?:[\s-]*(?P<unit>[dwmy])\w*)?")
_MARK = late(
    r"\b(?:mark|marks|bruis\w*|graze\w*|scratch\w*|swelling|swollen|burn|burns|burnt|fracture\w*|black\s+eye)\b",
    re.IGNORECASE,
)
_NO_MARK = late(
    r"(?:\b(?:no|not|never|any|without|what|which)|n['’]?t)\s+(?:(?:actual|real|visible|obvious|such|other|a|any|seen|see|seeing|have|has|had|got|sign\s+of|signs\s+of)\s+)*\Z",
    re.IGNORECASE,
)
"""Before a mark that isn't there: "no marks on him", "what mark?"."""
_NEAR = 40
"""Characters before a word that turn it."""
_END_IT = late(
    r"\b(?:suicid\w*|overdos\w*|self[\s-]?harm\w*|cut(?:s|ting)?\s+(?:her|him|them)sel\w+|kill\w*\s+(?:her|him|them)sel\w+|want\w*\s+to\s+die|ligature\w*)\b",
    re.IGNORECASE,
)
_HURT = late(
    r"\b(?:(?:dv|da)\b|domestic\s+(?:abuse|violence)|violen(?:t|ce)|strangl\w+|chok(?:ed|ing)|black\s+eye|fingermarks?|(?:scared|frightened|terrified|afraid)\s+of\s+(?:him|her|dad|mum)"
    r"|(?:hit|hits|hitting|punch\w*|slap\w*|kick\w*|push\w*|shov\w*|grabbed|hurt|hurts|hurting|beat\w*|threaten\w*|controls?|controlling)\s+(?:her|mum|mam|him|dad)\b(?!\s+(?:own|little)))",
    re.IGNORECASE,
)
_AFAR = late(
    r"\b(?:rang|phoned|called|texted|messaged|emailed|voicemail|over\s+the\s+phone|on\s+the\s+phone|in\s+the\s+car\s+outside)\b",
    re.IGNORECASE,
)
_NO_WORDS = late(
    r"\b(?:non[\s-]?verbal|(?:hasn|haven|has|have)(?:['’]?t|\s+not|\s+no)\s+(?:got\s+|any\s+)?words|(?:doesn|can|isn)['’]?t\s+(?:talk|speak|talking)\s+yet"
    r"|can['’]?t\s+(?:talk|speak)|pre[\s-]?verbal)\b",
    re.IGNORECASE,
)
_SINCE = late(
    r"\b(?:since|for)\s+(?:about\s+|around\s+|the\s+last\s+|the\s+past\s+|over\s+)?(?:\w+\s+)?"
    r"(?:weeks?|months?|years?|january|february|march|april|may|june|july|august|september|october|november|december|easter|christmas|summer|half\s+term)\b",
    re.IGNORECASE,
)
_WILL_TELL = late(
    r"(?:['’]ll|\b(?:will|to|going\s+to|gonna))\s+(?:tell|explain\s+(?:it|this|that)?\s*to|sit\s+down\s+with|let)\s+(?:him|her|them|the\s+(?:child|boy|girl|boys|girls|kids|children))\b",
    re.IGNORECASE,
)
"""Of a child, as far as can be known without asking."""
_TWINS = late(r"\btwins\b[^.]{0,24}\b(?:weeks|months)\b|\b(?:weeks|months)[\s-]old\s+twins\b", re.IGNORECASE)
_HARM_TOLD = frozenset({"suicide-or-serious-self-harm", "sexual-abuse-disclosure"})


_OF_ONE_CHILD: frozenset[CaseFact] = frozenset(
    ("unborn", "baby", "not-talking", "about-a-baby", "school-age", "teenager")
)


def suits(child: Person, needs: Iterable[CaseFact], not_for: Iterable[CaseFact]) -> bool:
    """Whether a question that needs and rules out these may name this child."""
    years = _years(child)
    facts: set[CaseFact] = {"unborn", "baby", "not-talking"} if child.unborn else set()
    if years is not None:
        facts |= {"baby"} if years < 1 else set()
        facts |= {"not-talking"} if years < _TALKS_FROM else set()
        facts |= {"school-age"} if _SCHOOL_FROM <= years < _SCHOOL_TO else set()
        facts |= {"teenager"} if years >= _TEENAGER_FROM else set()
    elif _is_called_a_baby(child):
        facts |= {"baby", "not-talking"}
    elif not child.unborn:  # nothing says that they aren't
        facts |= {"school-age", "teenager"}
    if "not-talking" in facts:
        facts |= {"about-a-baby"}
    return facts.issuperset(_OF_ONE_CHILD.intersection(needs)) and not facts.intersection(
        _OF_ONE_CHILD.intersection(not_for)
    )


def is_no_baby(child: Person) -> bool:
    """Whether somebody's age is known, and it's a year or more."""
    years = _years(child)
    return years is not None and years >= 1


def is_about_a_baby(sketch: CaseSketch) -> bool:
    """Whether a baby is spoken of, and no child who goes to school."""
    ages = [years for child in sketch.children if (years := _years(child)) is not None]
    babies = any(_is_called_a_baby(child) and not child.unborn for child in sketch.children) or any(a < 1 for a in ages)
    return babies and not any(age >= _SCHOOL_FROM for age in ages)


def is_old_enough(child: Person) -> bool:
    """Whether somebody's age is known, and they can be seen and talked with by themselves."""
    years = _years(child)
    return years is not None and years >= _ALONE_FROM and not child.unborn


def known_facts(state: State, sketch: CaseSketch, about: Iterable[str] = ()) -> frozenset[CaseFact]:
    """Everything that holds now; `about` are the ids of those that the account is about."""
    facts = frozenset((*_of_the_children(sketch, state), *_of_the_family(sketch, state), *_of_the_work(sketch, state)))
    meant = [child for child in sketch.children if child.id in frozenset(about)]
    of_a_baby = "not-talking" in facts or (bool(meant) and not any(_can_be_told(child) for child in meant))
    if of_a_baby:
        facts |= {"about-a-baby"}
    return facts | {"words-given"} if told_before(state, of_a_baby=of_a_baby) else facts


def _can_be_told(child: Person) -> bool:
    """Nothing says that a child is too small for it."""
    return suits(child, (), ("not-talking",)) and not child.unborn


def _of_the_children(sketch: CaseSketch, state: State) -> Iterator[CaseFact]:
    children = sketch.children
    years = [age for child in children if not child.unborn and (age := _years(child)) is not None]
    if sketch.all_unborn:
        yield "unborn"
    babies = [child for child in children if _is_called_a_baby(child)]
    all_babies = sketch.all_unborn or bool(babies and len(babies) == len(children) and not years)
    all_babies = all_babies or (not years and _answered(state, _TWINS))
    if all_babies or (years and max(years) < 1):
        yield "baby"
    if all_babies or (years and max(years) < _TALKS_FROM) or (children and _answered(state, _NO_WORDS)):
        yield "not-talking"
    if any(_SCHOOL_FROM <= age < _SCHOOL_TO for age in years):
        yield "school-age"
    if any(age >= _TEENAGER_FROM for age in years):
        yield "teenager"
    if len(children) > 1 or any(child.several for child in children):
        yield "several-children"
    elif len(children) == 1:
        yield "one-child"
    if any(_says(child.says("lives"), _AWAY) for child in children):
        yield "away-from-home"
    if not any(child.met is False for child in children) and not sketch.all_unborn:
        yield "child-met"
    if any(child.seen_alone for child in children) or _noticed(state, "child-seen-alone"):
        yield "seen-alone"
    if any(child.seen_alone is not None for child in children) or _noticed(state, "child-seen-alone"):
        yield "seen-alone-said"
    if _noticed(state, "child-words"):
        yield "child-words-known"


def _of_the_family(sketch: CaseSketch, state: State) -> Iterator[CaseFact]:
    people = {person for turn in _read(state) if turn.noticing for person, n in turn.noticing.people.items() if n}
    roles = {person.role for person in sketch.people}
    if "father" in roles:
        yield "father-known"
    if roles & {"father", "man"} or "father" in people:
        yield "man-known"
    if roles >= {"mother", "father"}:
        yield "two-parents"
    if any(_says(man.says("lives"), ("dead", "died", "no contact")) for man in sketch.men if man.role == "father"):
        yield "father-dead-or-gone"


def _of_the_work(sketch: CaseSketch, state: State) -> Iterator[CaseFact]:
    job = sketch.job.casefold()
    at_school = _says(job, _SCHOOL)
    if at_school:
        yield "school-staff"
    elif _says(job, _HEALTH):
        yield "health-staff"
    if sketch.home_visited or (sketch.home_visited is None and _says(job, _VISITING)):
        yield "home-visited"
    concepts = {concept for turn in _read(state) if turn.reading for concept in turn.reading.concepts}
    if sketch.plan or concepts & {"cp-plan", "cin", "core-group", "cp-conference", "smart-planning", "court"}:
        yield "a-plan"
    if _says(sketch.stage, _ENDING) or concepts & {"step-down", "closure", "reunification"}:
        yield "stepping-down"
    if concepts & _DISPUTED:
        yield "in-dispute"
    if _noticed(state, "worker-distress"):
        yield "worker-shaken"
    told = sketch.told
    if told.startswith("nobody"):
        yield "told-nobody"
    elif told or concepts & {"repeat-referrals", "strategy"} or sketch.stage in {"referral", "strategy discussion"}:
        yield "told-somebody"
    if concepts & {"triangulation"}:
        yield "source-checked"
    yield from _of_what_is_planned(state)
    dangers = {kind for card in state.cards if not card.denied for kind in card.kinds}
    yield from _of_what_was_told(state, dangers)
    if "injury-non-mobile-baby" in dangers or any(tells_of_a_mark(turn.answer or "") for turn in _read(state)):
        yield "marked"
    if "suicide-or-serious-self-harm" in dangers or concepts & {"suicide", "self-harm"} or _answered(state, _END_IT):
        yield "suicide-spoken-of"
    if sketch.since or _answered(state, _SINCE):
        yield "since-said"
    if dangers & _HARM_TOLD or concepts & {"disclosure", "suicide"}:
        yield "child-told-of-harm"


def _of_what_was_told(state: State, dangers: Container[str]) -> Iterator[CaseFact]:
    if "violence-or-threat-now" in dangers or _answered(state, _HURT):
        yield "adult-hurt"
    last = next((turn.answer for turn in reversed(state.turns) if turn.answer is not None), "")
    if _AFAR.search(last or ""):
        yield "told-from-afar"


def _of_what_is_planned(state: State) -> Iterator[CaseFact]:
    if decided_before(state):
        yield "decision-said"
    since = next((n for n, turn in enumerate(state.turns) if turn.asked.keeps == "decision"), len(state.turns))
    told = [turn for turn in state.turns[since:] if turn.answer is not None]
    if steps_of(state):
        yield "steps-said"
    if any(_WILL_TELL.search(turn.answer or "") for turn in told if turn.asked.keeps != "child-told"):
        yield "child-will-be-told"


def tells_of_a_mark(answer: str) -> bool:
    """It names one that isn't only denied or asked after."""
    return any(
        not _NO_MARK.search(answer, max(0, found.start() - _NEAR), found.start()) for found in _MARK.finditer(answer)
    )


def _is_called_a_baby(child: Person) -> bool:
    return any("baby" in name or "newborn" in name for name in child.names)


def _years(child: Person) -> float | None:
    """An age as it was said ("8", "fourteen weeks", "nearly three")."""
    found = _AGE.search(child.age.casefold())
    if found is None:
        return None
    return float(NUMBERS.get(found["number"], found["number"])) / _A_YEAR[found["unit"] or "y"]


def _says(words: str, any_of: tuple[str, ...]) -> bool:
    lowered = words.casefold()
    return any(word in lowered for word in any_of)


def _read(state: State) -> tuple[Turn, ...]:
    return tuple(turn for turn in state.turns if turn.answer is not None)


def _answered(state: State, said: re.Pattern[str]) -> bool:
    return any(said.search(turn.answer or "") for turn in _read(state))


def _noticed(state: State, kind: str) -> bool:
    return any(seen.kind == kind for turn in _read(state) if turn.noticing for seen in turn.noticing.observations)
