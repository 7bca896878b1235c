"""What the program does next, as a list of rules read from the top.

`decide` gives the next event the program itself adds to a session, or None when it is the user's turn. Each rule looks
at where the session stands and either speaks or stays silent; the first that speaks is heard. Every decision says why
in `because`, in words a user can read. Nothing here writes, prints or remembers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from assistant.conversation import events as e
from assistant.conversation.act_now import (
    ask_about_the_faint,
    ask_about_what_was_not_shown,
    interrupt_for_danger,
    read_what_was_said_to_a_card,
    take_the_rest_for_an_answer,
    with_what_is_still_open,
)
from assistant.conversation.act_now_follow_up import stay_with_the_danger
from assistant.conversation.answering import answer_a_question, said_aside
from assistant.conversation.case_sketch import known_before
from assistant.conversation.corrections import (
    ask_about_the_right_person,
    back_to_the_question,
    leave_the_steps_for_now,
    take_up_what_was_left_out,
)
from assistant.conversation.course import next_of_the_journey
from assistant.conversation.holding_against import hold_against_the_review
from assistant.conversation.journeys import ThemesStep
from assistant.conversation.knowledge import Knowledge
from assistant.conversation.learning_choice import offer_learning
from assistant.conversation.long_answers import as_read, with_a_word_for_a_long_answer
from assistant.conversation.once_more import ask_once_more
from assistant.conversation.page_again import ask_about_a_line, show_the_page_again
from assistant.conversation.put_down import put_down_what_was_asked
from assistant.conversation.refusals import (
    ask_something_smaller,
    close_early,
    meet_a_refusal,
    with_a_word_for_a_refusal,
)
from assistant.conversation.replies import follow_elsewhere, stay_with_a_feeling, with_a_short_line
from assistant.conversation.situation import Situation
from assistant.conversation.state import State
from assistant.conversation.stopping import let_them_stop
from assistant.conversation.told_late import follow_what_was_told_late, stay_with_what_is_told_at_the_page
from assistant.language.side_by_side import side_by_side
from assistant.language.spans import nearly_all_within

if TYPE_CHECKING:
    from assistant.noticing.observations import Noticing, Span
    from assistant.noticing.reading import Reading, Telling

Rule = Callable[[Situation], e.Event | None]


def decide(state: State, knowledge: Knowledge, now: datetime) -> e.Event | None:
    """The next event the program adds, or None when it waits for the user or the session is over."""
    if state.finished:
        return None
    situation = Situation(as_read(state), knowledge, now)
    if event := read_what_was_said_to_a_card(situation):
        return event
    if state.card:
        return None
    turn = state.current
    if turn is not None and turn.answer is not None:
        for rule in AFTER_AN_ANSWER:
            if event := rule(situation):
                return event
    if turn is not None and not turn.settled:
        return None
    event = next(event for rule in NEXT_QUESTION if (event := rule(situation)))
    event = with_a_word_for_a_refusal(situation, with_what_is_still_open(situation, event))
    return with_a_word_for_a_long_answer(state, knowledge, with_a_short_line(situation, event))


def notice_the_answer(situation: Situation) -> e.Event | None:
    """Look at the words before anything else happens."""
    turn = situation.state.current
    if turn is None or turn.answer is None or turn.noticing is not None:
        return None
    answer, knowledge, training = turn.answer, situation.knowledge, situation.journey.training
    known = known_before(situation.state, turn, situation.now.date(), training=training)
    known = known.model_copy(update={"of_a_case": situation.journey.subject is None})
    background, exchange = situation.background, situation.exchange(turn)

    def notice() -> tuple[Noticing, tuple[Telling, ...]]:
        return knowledge.notice(answer, background), () if training else knowledge.telling(answer)

    def read() -> tuple[Reading, tuple[Span, ...]]:
        reading = knowledge.read(answer, known)
        if situation.journey.subject is None:
            knowledge.bank.called(exchange)  # kept, and wanted by nearly every rule that follows
        return reading, () if training else said_aside(situation, turn)

    (noticing, told), (reading, to_us) = side_by_side(notice, read)
    if not training:
        named = knowledge.names_concepts(answer) or reading.concepts
        of_the_case = (one for one in told if not nearly_all_within(one.span, to_us))
        telling = tuple(one for one in of_the_case if not _begins_in(one.span, reading.own_life))
        reading = reading.model_copy(update={"concepts": named, "telling": telling, "to_us": to_us})
    if reading.observations is not None:
        noticing = noticing.model_copy(update={"observations": reading.observations, "people": reading.named})
    return e.Noticed(at=situation.now, question=turn.asked.question, noticing=noticing, reading=reading)


def _begins_in(span: Span, stretches: Sequence[Span]) -> bool:
    return any(start <= span[0] < end for start, end in stretches)


def go_on(situation: Situation) -> e.Event | None:
    """What the course asks next, worked out once, or what comes before it."""
    course = next_of_the_journey(situation)
    return (
        follow_what_was_told_late(situation, course)
        or steer_without_themes(situation)
        or hold_against_the_review(situation)
        or course
    )


def steer_without_themes(situation: Situation) -> e.Event | None:
    """A faint sign of danger in a journey that has no themes to weigh its question against."""
    themes = any(isinstance(step, ThemesStep) for step in situation.journey.steps)
    return None if themes else ask_about_the_faint(situation)


def finish(situation: Situation) -> e.Event | None:
    """Nothing is left to ask."""
    return e.Finished(at=situation.now, by="journey")


AFTER_AN_ANSWER: tuple[Rule, ...] = (
    notice_the_answer,
    interrupt_for_danger,
    take_the_rest_for_an_answer,
    put_down_what_was_asked,
    offer_learning,
)
NEXT_QUESTION: tuple[Rule, ...] = (
    stay_with_the_danger,
    ask_about_what_was_not_shown,
    let_them_stop,
    close_early,
    meet_a_refusal,
    stay_with_what_is_told_at_the_page,
    ask_about_a_line,
    show_the_page_again,
    answer_a_question,
    ask_about_the_right_person,
    take_up_what_was_left_out,
    stay_with_a_feeling,
    follow_elsewhere,
    leave_the_steps_for_now,
    back_to_the_question,
    ask_once_more,
    ask_something_smaller,
    go_on,
    finish,
)
