"""Which learning is set beside an answer in a session: one point that bears, or none.

Owns when learning is looked for at all. Another family's story is no answer to a feeling, a plan or a date, and a
session that keeps quoting is not listening; so it is looked for only where the answer tells of the case, nothing is
quoted twice, and what does not clearly bear is left unsaid. Of the shipped reviews that bears which people would
choose (`called_learning.py`): surely, or likely, where the answer shows what the learning is about
(`retrieval/practice_patterns.py`) and reading it upon the answer bears it out (`reranker.py`). Of any other review that
bears which is about what the answer shows, or what the search judges to (`retrieval/bearing.py`), borne out likewise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from assistant.conversation import events as e
from assistant.conversation.act_now import on_a_grown_up
from assistant.conversation.course import untold_review
from assistant.conversation.known_facts import is_no_baby
from assistant.conversation.situation import Situation
from assistant.conversation.state import Turn
from assistant.language.lazy_patterns import late
from assistant.library.points import reading_text
from assistant.noticing.observations import Span
from assistant.noticing.reading import Stance
from assistant.retrieval.answer import Answer
from assistant.retrieval.results import Hit

SURE = 0.115
"""How likely learning must be to be chosen by people who know supervision. Of the 36 likeliest in 1,192 answers of six
writers nothing was counted from 30 bore, by each of two raters; of the next 36 a third. More likely still, fewer."""
LIKELY = 0.05
"""The same of learning that is about what the answer shows most surely, and is borne out. Likely and borne out alone,
half of 24 points bore."""
BORNE_OUT = -2.4
"""Log odds from which reading learning, or how a review would put it, upon the answer bears it out."""
AT_ONCE = 1
"""Learning points beside one answer."""
MOST_WORDS_OF_A_CHOICE = 4
"""A closed question answered so shortly is a choice ("in place and evidenced"), and no learning bears on a choice."""
BEARS = -1.9
"""Log odds from which on what clearly bears is set beside an answer: of a writer left out it kept both points that bore
and none of the ten others. By itself, without what clearly bears, the reading would be right once in four."""
_OF_MARKS = late(r"\b(?:bruis|injur|mark)", re.IGNORECASE)
_OF_BABIES = late(r"\b(?:non-mobile|immobile|bab(?:y|ies)|infants?|newborns?)\b", re.IGNORECASE)
HEARD_BEFORE = 4
"""Earlier answers that say what the session is about, beside the first of all."""

_TELL_OF_THE_CASE: frozenset[e.Stage] = frozenset({"opening", "experience", "reflection", "analysis"})
_TELL_OF_OTHER_THINGS: frozenset[e.Keeps] = frozenset(
    {
        "last-action",
        "action",
        "step-gap",
        "outcome",
        "seen-or-heard",
        "contingency",
        "escalation",
        "wellbeing",
        "take-away",
        "next-date",
        "to-supervision",
        "review-plan",
    }
)
"""Answers that are a plan, a choice, a date or how somebody is."""
_NOT_OF_THE_CASE: frozenset[Stance] = frozenset({"refuses", "feeling"})
_TO_US: frozenset[Stance] = frozenset({"asks-us", "corrects-us", "already-answered"})
LEAST_TOLD = 20
"""Words that must be left of an answer in which something is said to us too, for it to tell of the case."""


def offer_learning(situation: Situation) -> e.Event | None:
    """Set beside the answer the learning that bears on it, or say that none does."""
    turn = situation.state.current
    if turn is None or turn.answer is None or turn.offered is not None:
        return None
    if not _tells_of_the_case(turn, playing=situation.scenario is not None):
        because = "nothing was looked for: the answer tells nothing that a review could bear on"
        return e.Offered(at=situation.now, question=turn.asked.question, hits=(), because=because, looked=False)
    answer = _heard(situation, turn.answer)
    bank, absent = situation.knowledge.bank, tuple[str, ...]()
    likely = situation.knowledge.chosen(bank.called(situation.exchange(turn)))
    sure = {point: how for point, how in likely.items() if how >= SURE}
    told = _untold(situation, situation.knowledge.quoted(answer, sure) if sure else ())
    if not told and likely:
        told = _of_what_is_shown(situation, turn, answer, likely)
    if not told:
        # where people could choose out of a review, what they didn't choose doesn't bear
        found = situation.knowledge.bears(replace(answer, passed_over=bank.learning.reviews) if likely else answer)
        told, absent = _judged(situation, turn, _untold(situation, found.hits)), found.absent
    because = "this bears on the words you wrote" if told else _nothing(absent)
    return e.Offered(at=situation.now, question=turn.asked.question, hits=tuple(told[:AT_ONCE]), because=because)


def _of_what_is_shown(situation: Situation, turn: Turn, answer: Answer, likely: Mapping[str, float]) -> list[Hit]:
    """What is about a thing that comes back in every review and that the answer shows: what people would likely choose,
    else the nearest of any other review."""
    knowledge = situation.knowledge
    others = replace(answer, passed_over=knowledge.bank.learning.reviews)
    shown = knowledge.patterns(knowledge.bank.by_key(knowledge.bank.called(situation.exchange(turn))), answer)
    if not shown:
        return []
    surest = shown[0]
    counted = {point: likely[point] for point in surest.counted if likely.get(point, 0.0) >= LIKELY}
    told = _untold(situation, knowledge.quoted(answer, counted)) if counted else []
    borne_out = (hit for hit in told if _is_borne_out(situation, turn, hit.text))
    if first := list(islice(borne_out, AT_ONCE)):  # the others aren't read upon the answer: nobody would see them
        return first
    if not _is_borne_out(situation, turn, surest.written):
        return []
    return _untold(situation, knowledge.of_a_pattern(others, surest.name))


def _is_borne_out(situation: Situation, turn: Turn, text: str) -> bool:
    odds = situation.knowledge.judges(situation.exchange(turn), [" ".join(text.split())])
    return odds is not None and odds[0] >= BORNE_OUT


def _untold(situation: Situation, hits: Sequence[Hit]) -> list[Hit]:
    """Those that clearly bear, less what was shown before, what stands in a review kept back for now, and what is of
    babies where every child that's spoken of is older or a mark is a grown-up's."""
    shown, untold = {hit.id for hit in _shown(situation)}, untold_review(situation)
    children = situation.sketch.children
    no_baby = bool(children) and all(is_no_baby(child) for child in children)
    turn = situation.state.current
    signs = (*turn.noticing.act_now, *turn.noticing.faint) if turn and turn.noticing else ()
    no_mark = turn is not None and any(on_a_grown_up(turn, sign) for sign in signs)
    return [
        hit
        for hit in hits
        if hit.review != untold
        and not hit.weak
        and hit.id not in shown
        and not ((no_baby or no_mark) and _OF_BABIES.search(reading_text(hit.text)))
        and not (no_mark and _OF_MARKS.search(reading_text(hit.text)))
    ]


def _judged(situation: Situation, turn: Turn, clear: list[Hit]) -> list[Hit]:
    """Of what clearly bears, that which bears most when it is read upon the answer; all where that can't be done."""
    odds = situation.knowledge.judges(situation.exchange(turn), [" ".join(hit.text.split()) for hit in clear])
    if odds is None:
        return clear
    best = max(range(len(clear)), key=odds.__getitem__)
    return [clear[best]] if odds[best] >= BEARS else []


def _tells_of_the_case(turn: Turn, *, playing: bool) -> bool:
    """`playing`: a group plays a scenario, whose last part looks back on the case and closes nothing."""
    if turn.noticing is not None and turn.noticing.manner is not None:
        return False
    if turn.asked.type == "closed" and len((turn.answer or "").split()) <= MOST_WORDS_OF_A_CHOICE:
        return False
    if turn.asked.stage not in _TELL_OF_THE_CASE and not (playing and turn.asked.stage == "closing"):
        return False
    if turn.asked.keeps in _TELL_OF_OTHER_THINGS:
        return False
    stands = turn.reading.stands if turn.reading else ()
    if any(stand.stance in _NOT_OF_THE_CASE for stand in stands):
        return False
    to_us = [stand.span for stand in stands if stand.stance in _TO_US]
    return not to_us or len(_without(turn.answer or "", to_us).split()) >= LEAST_TOLD


def _without(text: str, spans: Sequence[Span]) -> str:
    """The letters of a text that are in none of some stretches."""
    return "".join(letter for at, letter in enumerate(text) if not any(start <= at < end for start, end in spans))


def _heard(situation: Situation, answer: str) -> Answer:
    """The answer with what the session has been about, and what it has seen."""
    current = situation.state.current
    before = [turn.answer for turn in situation.state.turns if turn.answer is not None and turn is not current]
    shown = _shown(situation)
    return Answer(
        words=answer,
        before=(*before[:1], *before[1:][-HEARD_BEFORE:]),
        shown=frozenset(hit.id for hit in shown),
        subjects_shown=tuple(hit.concepts[0] for hit in shown if hit.concepts),
    )


def _shown(situation: Situation) -> list[Hit]:
    return [hit for turn in situation.state.turns if turn.offered for hit in turn.offered.hits]


def _nothing(absent: tuple[str, ...]) -> str:
    if absent:
        return "your library holds nothing on " + " or ".join(f"“{name}”" for name in absent)
    return "nothing close in the reviews"
