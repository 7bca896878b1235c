"""What the program does next, as a list of rules read from the top.

`decide` gives the next event the program itself adds to a session, or None when it is the user's turn. Each rule looks
at where the session stands and either speaks or stays silent; the first that speaks is heard. Every decision says why
in `because`, in words a user can read. Nothing here writes, prints or remembers.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from assistant.conversation import events as e
from assistant.conversation.closer import ask_after_the_missing, hold_against_the_review, look_closer, show_the_mirror
from assistant.conversation.easier import (
    ask_something_smaller,
    close_early,
    meet_a_refusal,
    with_a_word_for_a_refusal,
)
from assistant.conversation.knowledge import Knowledge
from assistant.conversation.observed import DangerKind
from assistant.conversation.situation import Situation
from assistant.conversation.state import State
from assistant.conversation.steps import next_of_the_journey, untold_review

Rule = Callable[[Situation], e.Event | None]

MOST_LEARNING = 3
"""Learning points beside one answer: what two people can read and still go on talking."""
MOST_WORDS_OF_A_CHOICE = 4
"""A closed question answered so shortly is a choice ("in place and evidenced"), and no learning bears on a choice."""
MOST_WEAK_LEARNING = 1
"""Beside an answer on which little bears; more would be noise."""


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
    return with_a_word_for_a_refusal(situation, next(event for rule in NEXT_QUESTION if (event := rule(situation))))


def notice_the_answer(situation: Situation) -> e.Event | None:
    """Look at the words before anything else happens."""
    turn = situation.state.current
    if turn is None or turn.answer is None or turn.noticing is not None:
        return None
    noticing = situation.knowledge.notice(turn.answer, situation.background)
    return e.Noticed(at=situation.now, question=turn.asked.question, noticing=noticing)


def interrupt_for_danger(situation: Situation) -> e.Event | None:
    """A sign of immediate danger comes before every question."""
    turn = situation.state.current
    if turn is None or turn.answer is None or turn.noticing is None:
        return None
    here = [card for card in situation.state.cards if card.shown.question == turn.asked.question]
    done = [card for card in situation.state.cards if card.answered and card.answered.answer == "done"]
    met = {card.shown.danger.kind for card in (*here, *done)}
    acted_on = any(card in done for card in here)
    for danger in turn.noticing.act_now:
        words = " … ".join(turn.answer[start:end] for start, end in danger.spans)
        # Whoever has just rung about this answer is not asked what else it might have meant.
        settled = danger.confirm and (acted_on or _denied(situation, danger.kind, words))
        if danger.kind not in met and not settled:
            text = situation.knowledge.card(danger, words)
            title = text.splitlines()[0]
            if situation.journey.training:
                text = f"For training: in a real case this card would stop the session.\n{text}"
            return e.CardShown(
                at=situation.now, question=turn.asked.question, danger=danger, words=words, title=title, text=text
            )
    return None


def _denied(situation: Situation, kind: DangerKind, words: str) -> bool:
    """The same words, or some of them, were asked about before, and it was not so."""
    now = words.casefold()
    before = [
        card.shown.words.casefold()
        for card in situation.state.cards
        if card.happening is False and card.shown.danger.kind == kind
    ]
    return any(now in then or then in now for then in before)


def offer_learning(situation: Situation) -> e.Event | None:
    """Set beside the answer what reviews learned about it, or say that nothing bears on it."""
    turn = situation.state.current
    if turn is None or turn.answer is None or turn.offered is not None:
        return None
    manner = turn.noticing.manner if turn.noticing else None
    chosen = turn.asked.type == "closed" and len(turn.answer.split()) <= MOST_WORDS_OF_A_CHOICE
    if chosen or manner in {"empty", "refusal"}:
        because = "nothing was looked for: the answer tells nothing that a review could bear on"
        return e.Offered(at=situation.now, question=turn.asked.question, hits=(), because=because, looked=False)
    found = situation.knowledge.search(turn.answer)
    untold = untold_review(situation)
    told = [hit for hit in found.hits if hit.review != untold]
    if manner == "feelings" or turn.asked.keeps == "wellbeing":  # another family's story is no answer to a feeling
        told = [hit for hit in told if hit.kind != "case-fact"]
    bearing = [hit for hit in told if not hit.weak][:MOST_LEARNING]
    hits = tuple(bearing or told[:MOST_WEAK_LEARNING])
    because = "this bears on the words you wrote" if hits else "nothing in the library bears on what you wrote"
    return e.Offered(at=situation.now, question=turn.asked.question, hits=hits, because=because)


def finish(situation: Situation) -> e.Event | None:
    """Nothing is left to ask."""
    return e.Finished(at=situation.now, by="journey")


AFTER_AN_ANSWER: tuple[Rule, ...] = (notice_the_answer, interrupt_for_danger, offer_learning)
NEXT_QUESTION: tuple[Rule, ...] = (
    close_early,
    meet_a_refusal,
    ask_something_smaller,
    look_closer,
    hold_against_the_review,
    show_the_mirror,
    ask_after_the_missing,
    next_of_the_journey,
    finish,
)
