"""What the steps just agreed leave out: a name, a day, or anything that somebody could be seen doing; and the answer.

Looks at steps as they were read. The two worst are asked about together, once; the words are in
`prompts/listening.yaml`. What is answered fills those steps (`step_answers.py`); what is said of the last page puts
them right (`put_right.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.conversation.listening import StepGaps
from assistant.conversation.page_grammar import said_of_lines
from assistant.conversation.page_lines import Line
from assistant.conversation.page_steps import by_their_numbers, points_back, same_step, steps_put_right
from assistant.conversation.situation import Situation
from assistant.conversation.state import State, Turn
from assistant.conversation.step_answers import filled_in, given_to
from assistant.conversation.typed_parts import overlap
from assistant.conversation.whose_steps import claims
from assistant.language.late_patterns import late
from assistant.noticing.reading import Step

MOST_AT_ONCE = 2
_VAGUE, _NOBODY, _NO_DAY = 4, 2, 1
"""How bad each gap is: a step that nobody could be seen doing is worse than one without a name, and that than a day."""
_DONE = late(r"\b(?:done|sorted)\W*\Z", re.IGNORECASE)
"""At its end: "ring the school, done" needs nobody's name."""
_LONGEST_STEP = 120


def steps_of(state: State) -> tuple[Step, ...]:
    """The steps agreed in a session, in order, with what was said of their gaps and of the page they stand on.

    Those put down at any moment come last.
    """
    agreed = _read_as(state, "action")
    decided = (one for one in _read_as(state, "decision") if one.by and not any(same_step(one, two) for two in agreed))
    steps = (*decided, *agreed, *(step for added in state.added for step in added.steps))
    for turn in state.turns:
        if turn.asked.keeps == "step-gap" and turn.reading is not None:
            steps = _answered(turn, steps)
    return steps_put_right(state, _taken_on(state, steps))


def _answered(turn: Turn, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps after their gaps were asked about: what names one is read as on the page."""
    lines = tuple(Line(number, step.text, step.who, step.by) for number, step in enumerate(steps, start=1))
    said = said_of_lines(turn.answer or "", turn.asked.at.date(), lines)
    named = [one for one in said if one.does in {"says", "strike"}]
    more = [
        step
        for step in (turn.reading.steps if turn.reading else ())
        if not _only_takes_on(turn, step) and not any(overlap(step.span, one.span) for one in named)
    ]
    named_last = next((one.numbers[-1] - 1 for one in reversed(named) if one.numbers), None)
    now = list(steps)
    if named_last is not None and 0 <= named_last < len(now):
        for step in [one for one in more if points_back(one)]:  # "the nursery's Cath, I'll ring her Thursday"
            more.remove(step)
            before = now[named_last]
            now[named_last] = before.model_copy(
                update={"by": before.by or step.by, "by_words": before.by_words or step.by_words}
            )
    steps = tuple(now)
    waiting = [place for step in _worst(steps) for place, one in enumerate(steps) if one is step]
    now = by_their_numbers(steps, steps, named)
    if len(now) != len(steps):
        return filled_in(now, _worst(now), more)
    return filled_in(now, [now[place] for place in waiting], more)


def _taken_on(state: State, steps: Sequence[Step]) -> tuple[Step, ...]:
    """With what was said of whose they are where their gaps were asked about: "they're all me"."""
    now = list(steps)
    for turn in state.turns:
        if turn.asked.keeps in {"step-gap", "action"} and turn.answer:
            for claim in claims(turn.answer, turn.asked.at.date()):
                for place in claim.places(now):
                    by = claim.day.day if claim.day else None
                    now[place] = given_to(now[place], "me", by, claim.by_words)
    return tuple(now)


def gaps_in_words(situation: Situation) -> tuple[str, ...]:
    """The worst gaps, a line each; none when every step has what it needs."""
    words = situation.knowledge.prompts.listening.step_gaps
    return tuple(gap(step, words) for step in _worst(steps_of(situation.state)))


def gap(step: Step, words: StepGaps) -> str:
    """The worst gap of one step, in words; empty when it has none."""
    text = step.text if len(step.text) <= _LONGEST_STEP else step.text[:_LONGEST_STEP].rsplit(" ", 1)[0] + " …"
    line = words.vague if step.vague else words.nobody if not step.who else words.no_day if step.by is None else ""
    return line.replace("{step}", text.rstrip(".")).replace("{word}", step.vague)


def _worst(steps: Sequence[Step]) -> tuple[Step, ...]:
    return tuple(step for step in sorted(steps, key=lambda step: -_badness(step))[:MOST_AT_ONCE] if _badness(step))


def _badness(step: Step) -> int:
    if _DONE.search(step.text):
        return 0
    return _VAGUE * bool(step.vague) + _NOBODY * (not step.who) + _NO_DAY * (step.by is None)


def _read_as(state: State, keeps: str) -> tuple[Step, ...]:
    return tuple(
        step
        for turn in state.turns
        if turn.reading is not None and turn.asked.keeps == keeps
        for step in turn.reading.steps
        if not _only_takes_on(turn, step)
    )


def _only_takes_on(turn: Turn, step: Step) -> bool:
    """ "Me for all of them", "the phone's me": it says whose the steps are that stand already."""
    if turn.asked.keeps == "decision":
        return False
    taken = claims(turn.answer or "", turn.asked.at.date())
    whole = (claim for claim in taken if claim.everything or turn.asked.keeps == "step-gap")
    return any(overlap(span, step.span) for claim in whole for span in claim.spans)
