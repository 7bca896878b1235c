"""What the program does next, as a list of rules read from the top.

`decide` gives the next event the program itself adds to a session, or None when it is the user's turn. Each rule looks
at where the session stands and either speaks or stays silent; the first that speaks is heard. Every decision says why
in `because`, in words a user can read. Nothing here writes, prints or remembers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from assistant.conversation import events as e
from assistant.conversation.observed import Danger, Noticing
from assistant.conversation.prompts import STAGES, Journey, JourneyQuestion, Prompts, Question, Theme, question_id
from assistant.conversation.state import AgendaItem, State
from assistant.retrieval.model import SearchResult


@dataclass(frozen=True)
class Knowledge:
    """What the rules may look things up in. All of it answers the same words in the same way every time."""

    prompts: Prompts
    search: Callable[[str], SearchResult]
    """The learning that bears on some words."""
    notice: Callable[[str], Noticing]
    """What an account shows and leaves out."""
    card: Callable[[Danger], str]
    """The text of an act-now card."""


@dataclass(frozen=True)
class Situation:
    """Everything a rule may look at."""

    state: State
    knowledge: Knowledge
    now: datetime

    @property
    def journey(self) -> Journey:
        """The journey this session is on."""
        return self.knowledge.prompts.journeys[self.state.started.journey]

    @property
    def asked(self) -> frozenset[str]:
        """Ids of every question asked so far."""
        return frozenset(turn.asked.question for turn in self.state.turns)

    @property
    def concepts(self) -> frozenset[str]:
        """Concepts of the learning offered so far: what the account has been about."""
        offered = [turn.offered for turn in self.state.turns if turn.offered]
        return frozenset(concept for offer in offered for hit in offer.hits for concept in hit.concepts)


Rule = Callable[[Situation], e.Event | None]


def decide(state: State, knowledge: Knowledge, now: datetime) -> e.Event | None:
    """The next event the program adds, or None when it waits for the user or the session is over."""
    if state.finished or state.card:
        return None
    situation = Situation(state, knowledge, now)
    turn = state.current
    if turn is not None and turn.answer is not None:
        for rule in AFTER_AN_ANSWER:
            if event := rule(situation):
                return event
    if turn is not None and not turn.settled:
        return None
    return next(event for rule in NEXT_QUESTION if (event := rule(situation)))


def notice_the_answer(situation: Situation) -> e.Event | None:
    """Look at the words before anything else happens."""
    turn = situation.state.current
    if turn is None or turn.answer is None or turn.noticing is not None:
        return None
    noticing = situation.knowledge.notice(turn.answer)
    return e.Noticed(at=situation.now, question=turn.asked.question, noticing=noticing)


def interrupt_for_danger(situation: Situation) -> e.Event | None:
    """A sign of immediate danger comes before every question."""
    turn = situation.state.current
    if turn is None or turn.answer is None or turn.noticing is None:
        return None
    met = {
        card.shown.danger.kind
        for card in situation.state.cards
        if card.shown.question == turn.asked.question or (card.answered and card.answered.answer == "done")
    }
    for danger in turn.noticing.act_now:
        if danger.kind not in met:
            words = " … ".join(turn.answer[start:end] for start, end in danger.spans)
            text = situation.knowledge.card(danger)
            return e.CardShown(at=situation.now, question=turn.asked.question, danger=danger, words=words, text=text)
    return None


def offer_learning(situation: Situation) -> e.Event | None:
    """Set beside the answer what reviews learned about it, or say that nothing bears on it."""
    turn = situation.state.current
    if turn is None or turn.answer is None or turn.offered is not None:
        return None
    found = situation.knowledge.search(turn.answer)
    because = "this bears on the words you wrote" if found.hits else "nothing in the library bears on what you wrote"
    return e.Offered(at=situation.now, question=turn.asked.question, hits=found.hits, because=because)


def open_the_session(situation: Situation) -> e.Event | None:
    """Agree what the session is for before the themes."""
    return _journey_question(situation, situation.journey.opening, "opening")


def plan_the_agenda(situation: Situation) -> e.Event | None:
    """The themes met in every session come first, then those this account calls for."""
    planned = {item.theme for item in situation.state.agenda}
    for theme in situation.journey.always:
        if theme not in planned:
            because = "every session meets this theme"
            return e.Planned(at=situation.now, theme=theme, because=because)
    depth = situation.journey.depth(situation.state.started.minutes)
    room = len(situation.journey.always) + depth.more_themes - len(situation.state.agenda)
    first_theme_met = situation.journey.always and not _unasked_in(situation, situation.journey.always[0])
    if room <= 0 or not first_theme_met:
        return None
    best = max(
        (theme for theme in situation.knowledge.prompts.themes.values() if theme.id not in planned),
        key=lambda theme: len(situation.concepts.intersection(theme.concepts)),
        default=None,
    )
    if best is None or not situation.concepts.intersection(best.concepts):
        return None
    return e.Planned(at=situation.now, theme=best.id, because="your account speaks of it")


def ask_about_the_theme(situation: Situation) -> e.Event | None:
    """Each theme goes through the stages in order, so that nobody is led from what happened straight to what to do."""
    for item in situation.state.agenda:
        if item.parked:
            continue
        for stage_questions in _unasked_in(situation, item.theme):
            return _theme_question(situation, item, stage_questions)
    return None


def close_the_session(situation: Situation) -> e.Event | None:
    """What to take away, and how the worker is."""
    return _journey_question(situation, situation.journey.closing, "closing")


def finish(situation: Situation) -> e.Event | None:
    """Nothing is left to ask."""
    return e.Finished(at=situation.now, by="journey")


AFTER_AN_ANSWER: tuple[Rule, ...] = (notice_the_answer, interrupt_for_danger, offer_learning)
NEXT_QUESTION: tuple[Rule, ...] = (
    open_the_session,
    plan_the_agenda,
    ask_about_the_theme,
    close_the_session,
    finish,
)


@dataclass(frozen=True)
class _Candidate:
    id: str
    stage: e.Stage
    question: Question


def _unasked_in(situation: Situation, theme_id: str) -> Iterator[tuple[_Candidate, ...]]:
    """For each stage of a theme that is not yet full, the questions of it not yet asked."""
    theme: Theme | None = situation.knowledge.prompts.themes.get(theme_id)
    if theme is None:  # its file has been taken away since the session began
        return
    wanted = situation.journey.depth(situation.state.started.minutes).questions_per_stage
    for stage in STAGES:
        all_of_stage = tuple(
            _Candidate(question_id(theme_id, stage, ordinal), stage, question)
            for ordinal, question in enumerate(theme.questions.at(stage), start=1)
        )
        unasked = tuple(candidate for candidate in all_of_stage if candidate.id not in situation.asked)
        if unasked and len(all_of_stage) - len(unasked) < wanted:
            yield unasked


def _theme_question(situation: Situation, item: AgendaItem, candidates: tuple[_Candidate, ...]) -> e.Asked:
    """The candidate that most speaks to the account; the first in the file where they are even."""
    chosen = max(candidates, key=lambda c: len(situation.concepts.intersection(c.question.concepts)))
    shared = situation.concepts.intersection(chosen.question.concepts)
    name = situation.knowledge.prompts.themes[item.theme].name
    because = f"{name}: {item.because}"
    if shared:
        because += ", and your words touch on " + " and ".join(sorted(shared)[:2]).replace("-", " ")
    return _asked(situation, chosen, item.theme, because)


def _journey_question(situation: Situation, questions: tuple[JourneyQuestion, ...], part: e.Stage) -> e.Asked | None:
    for ordinal, question in enumerate(questions, start=1):
        candidate = _Candidate(f"{part}/{ordinal}", part, question)
        if candidate.id not in situation.asked and question.least_minutes <= situation.state.started.minutes:
            return _asked(situation, candidate, part, f"part of every {situation.journey.name.lower()}")
    return None


def _asked(situation: Situation, candidate: _Candidate, theme: str, because: str) -> e.Asked:
    question = candidate.question
    return e.Asked(
        at=situation.now,
        question=candidate.id,
        theme=theme,
        stage=candidate.stage,
        text=question.text,
        type=question.type,
        intent=question.intent,
        because=because,
    )
