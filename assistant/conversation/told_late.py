"""What is told as the themes give way to the end, or after: stayed with before the course goes on.

Before a decision the strongest thing said has a question or two, though the plan of minutes has none left: people keep
what matters most for last. After it only what follows far better than the course does, and never the plan itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.conversation import events as e
from assistant.conversation.filing import PLACES, filed, kept_spans
from assistant.conversation.journeys import ScenesStep, ThemesStep
from assistant.conversation.page_turns import SPEAKS_OF_LINES, is_page, of_the_page, parts_of
from assistant.conversation.reranker import GIVEN_BACK, Candidate
from assistant.conversation.said_before import wants_the_plan
from assistant.conversation.situation import Situation, quoted
from assistant.conversation.state import State, Turn
from assistant.conversation.threads import (
    TOO_STRONG_TO_LEAVE,
    FollowUp,
    follow_ups,
    pressing,
    strongest_thread,
    values_of,
)
from assistant.language.lazy_patterns import late
from assistant.language.sentences import spoken_sentences
from assistant.language.spans import overlaps
from assistant.noticing.observations import Span
from assistant.noticing.reading import PLANNING, PartKind

MOST_BEFORE_DECIDING, MOST_AFTER = 2, 1
"""Closer looks once the themes are over and every question has its place."""
LATELY = 2
"""Answers in which something that presses is still waiting to be taken up."""
STAYS = 0.5
"""Log odds by which a closer look may follow worse than what the course asks next, before anything is decided."""
PRESSING = 1.0
"""By which it must follow better after that."""
_OF_THE_PAGE: frozenset[PartKind] = SPEAKS_OF_LINES | {"told", "decision", "review", "question"}
"""What is said of the page, and tells nothing new."""
_NO_NEWS: frozenset[str | None] = frozenset({"child-told", "next-date"})
"""What is asked for where an answer is words to be said or a day."""
_HARM = (
    r"(?:marks?|bruis\w*|burns?|burnt|scratch\w*|swollen|bleeding|broken|hits?|slap\w*|kick(?:s|ed)?|punch\w*|strangl\w*"
    r"|chok(?:ed|ing)|lock(?:ed|s)?|bolt(?:ed)?|tied|touch(?:es|ed)|hurts?|hurting|kill\w*|knife|scared|frightened|terrified"
    r"|goodbye|cupboard)"
)
_VITAL = late(rf"\b{_HARM}\b", re.IGNORECASE)
_DENIED = late(rf"(?:\b(?:no|not|never|without|nobody)|n['’]t)\s+(?:[\w’']+\s+){{0,3}}{_HARM}\b", re.IGNORECASE)
_SUPPOSED = late(
    r"['’]ll\b|['’]d\b(?!\s+(?:got|been|had|a|this)\b)|\b(?:will|would|should|could|might|if(?!\s+i['’]?m\s+honest)|going\s+to|ask|check|look\s+(?:for|at)|what['’]?s\s+wrong)\b|\?",
    re.IGNORECASE,
)
_OF_ONESELF = late(
    r"\bmakes?\s+me\s+(?:\w+\s+)?(?:scared|frightened|terrified)\b|\bi(?:['’]m|\s+am|\s+was|\s+feel|\s+felt|\s+get|\s+got)\s+(?:\w+\s+)?(?:scared|frightened|terrified)\b(?!\s+of\s+(?:him|her|them)\b)",
    re.IGNORECASE,
)
"""A feeling, which is met as one."""
FEWEST_WORDS = 5
"""Of a sentence that tells something: "cos of the bolt" only says why."""
LEAST_STRENGTH = 3.0
"""Weaker than this nothing was told."""
LEAST_MINUTES = 3.0
"""With less left nothing more is gone into."""


def stay_with_what_is_told_at_the_page(situation: Situation) -> e.Asked | None:
    """What can't wait, told while the page is put right, comes before the page as it stands then."""
    turn = situation.state.current
    if turn is None or turn.answer is None or not of_the_page(turn.asked.question):
        return None
    return _vital(situation, turn, at_the_page=True)


def follow_what_was_told_late(situation: Situation, course: e.Event | None) -> e.Asked | None:
    """A closer look at the last answer, outside the themes, which weigh it against their own questions."""
    turn, state = situation.state.current, situation.state
    if turn is None or situation.journey.subject is not None or turn.asked.stage == "opening":
        return None
    if _in_the_themes(situation, turn.asked) and not (situation.in_a_hurry and _leaves_them(situation, course)):
        return None
    deciding = not _decided(state)
    weighed = not situation.in_a_hurry and isinstance(course, e.Asked) and _in_the_themes(situation, course)
    if deciding and (weighed or wants_the_plan(state)):
        return None  # what was just said has been weighed against it, or has had its time
    if not deciding and (turn.asked.probes or turn.asked.keeps in _NO_NEWS):
        return None
    most = MOST_BEFORE_DECIDING if deciding else MOST_AFTER
    if (
        sum(1 for _ in _followed(situation, deciding=deciding)) >= most
        or state.minutes_left(situation.now) <= LEAST_MINUTES
    ):
        return None
    if urgent := (_pressing_lately(situation) if deciding else None) or _vital(situation, turn):
        return _outside_the_themes(situation, urgent, course)
    if not deciding and situation.short_of_time:
        return None
    of_the_worker = turn.asked.source in {"shaken", "felt"}
    found = _best(situation, turn, course, margin=STAYS if deciding and not of_the_worker else -PRESSING)
    return _outside_the_themes(situation, found.asked, course) if found else None


def _outside_the_themes(situation: Situation, look: e.Asked, course: e.Event | None) -> e.Asked:
    """It belongs to what comes after the themes, so that those look no fuller than they were."""
    if isinstance(course, e.Asked) and _in_the_themes(situation, look):
        return look.model_copy(update={"theme": course.theme})
    return look


def _pressing_lately(situation: Situation) -> e.Asked | None:
    """What was said to press most in the last answers, and nothing has taken up: no decision is asked for over it."""
    lately = [turn for turn in reversed(situation.state.turns[-LATELY:]) if turn.answer is not None]
    return next((look.asked for turn in lately for look in pressing(situation, turn)), None)


def _vital(situation: Situation, turn: Turn, *, at_the_page: bool = False) -> e.Asked | None:
    """What can't wait, in a sentence that tells it and neither denies nor plans anything."""
    probes, answer = situation.knowledge.prompts.listening.vital, turn.answer or ""
    number = situation.times_asked("thread/vital/")
    if number >= len(probes) or (turn.asked.keeps in _NO_NEWS | {"outcome", "step-gap"} and not at_the_page):
        return None
    steps = [step.span for step in turn.reading.steps] if turn.reading else []
    about_it = [part.span for part in parts_of(turn) if part.kind in _OF_THE_PAGE] if at_the_page else []
    for span in spoken_sentences(answer):
        words, whole = quoted(answer, span), answer[slice(*span)]
        otherwise = _DENIED.search(whole) or _SUPPOSED.search(whole) or _OF_ONESELF.search(whole)
        found = _VITAL.search(whole) if not otherwise and len(whole.split()) >= FEWEST_WORDS else None
        if found is None or overlaps(span, *steps) or situation.was_given_back(words):
            continue
        at = span[0] + found.start()
        if any(re.search(rf"\b{found[0]}\b", one, re.IGNORECASE) for one in situation.given_back) or overlaps(
            (at, at + 1), *about_it
        ):
            continue
        wording = probes[number].filled({**situation.people_in_words, "{words}": words})
        name, because = f"thread/vital/{number + 1}", f"you wrote “{words}”"
        return situation.asks(name, wording, because=because, probes=turn.asked.probes or turn.asked.question)
    return None


def _best(situation: Situation, turn: Turn, course: e.Event | None, *, margin: float) -> FollowUp | None:
    """The look that follows best, where the course's next question doesn't follow better by more than the margin."""
    if isinstance(course, e.Asked) and not is_page(course.question):
        held = tuple(_planned(turn))
        looks = [
            one for one in follow_ups(situation, at_least=LEAST_STRENGTH, late=True) if not overlaps(one.span, *held)
        ]
        values = values_of(situation, looks)
        fits = situation.fits_after(turn, [Candidate(GIVEN_BACK.sub("it", course.text), None)])
        if fits is not None:
            value, place = max(zip(values or (), range(len(looks)), strict=True), default=(0.0, -1))
            return looks[place] if place >= 0 and value > fits[0].value - margin else None
    return strongest_thread(situation, at_least=TOO_STRONG_TO_LEAVE, late=True)


def _planned(turn: Turn) -> Iterator[Span]:
    """What the record keeps of an answer: a plan isn't asked about as if it were news."""
    if turn.asked.keeps in PLACES:
        yield from kept_spans(turn)
    if turn.asked.keeps in PLACES | PLANNING and turn.reading:
        yield from (step.span for step in turn.reading.steps)


def _in_the_themes(situation: Situation, asked: e.Asked) -> bool:
    return asked.theme in situation.knowledge.prompts.themes


def _leaves_them(situation: Situation, course: e.Event | None) -> bool:
    return isinstance(course, e.Asked) and not _in_the_themes(situation, course)


def _decided(state: State) -> bool:
    return any(_decides(turn) for turn in state.turns)


def _decides(turn: Turn) -> bool:
    """Steps are asked for after it, and after an answer that decides something; "nothing's decided" doesn't."""
    return turn.asked.keeps == "action" or (turn.asked.keeps == "decision" and bool(filed(turn)))


def _followed(situation: Situation, *, deciding: bool) -> Iterator[Turn]:
    """The closer looks after the themes, on this side of the decision."""
    steps = situation.journey.steps
    themes = next((place for place, step in enumerate(steps) if isinstance(step, ThemesStep)), len(steps))
    parts = {step.part for step in steps[themes:] if not isinstance(step, ThemesStep | ScenesStep)}
    decided = False
    for turn in situation.state.turns:
        decided = decided or _decides(turn)
        if turn.asked.source == "thread" and turn.asked.theme in parts and decided is not deciding:
            yield turn
