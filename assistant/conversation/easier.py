"""What the program does when an answer says nothing, or refuses: it makes answering easier instead of carrying on.

Two rules. A refusal is taken as it is, in one sentence that names the ways out, and a question that asks less of the
user stands in for the next one. After an answer that says nothing a smaller question is asked of the same thing, once;
after that the session moves on. What counts as either is noticed in the words (`prompts/noticing.yaml`).
"""

from __future__ import annotations

from assistant.conversation import events as e
from assistant.conversation.agenda import questions_left_for
from assistant.conversation.prompts import STAGES
from assistant.conversation.situation import Situation, quoted
from assistant.conversation.state import Turn

MOST_SMALLER = 3
"""In one session. Somebody who answers nothing four times does not want a fifth question about it."""


def meet_a_refusal(situation: Situation) -> e.Event | None:
    """The first refusals each get their own sentence and question."""
    turn = _refused(situation)
    if turn is None or turn.answer is None:
        return None
    choices = situation.knowledge.prompts.probes.refused
    met = sum(other.asked.question.startswith("refused/") for other in situation.state.turns)
    if met >= len(choices) or turn.asked.stage == "closing":
        return None
    words = quoted(turn.answer, (0, len(turn.answer)))
    return e.Asked(
        at=situation.now,
        question=f"refused/{met + 1}",
        theme=turn.asked.theme,
        stage=turn.asked.stage,
        text=choices[met].instead.text,
        type=choices[met].instead.type,
        intent=choices[met].instead.intent,
        because=f"you wrote “{words}”",
        said_first=(choices[met].said_first,),
    )


def with_a_word_for_a_refusal(situation: Situation, event: e.Event) -> e.Event:
    """The next question, opened with the ways out when it comes straight after a refusal."""
    word = situation.knowledge.prompts.probes.refused_again
    if not isinstance(event, e.Asked) or event.question.startswith("refused/") or not word or not _refused(situation):
        return event
    return event.model_copy(update={"said_first": (word, *event.said_first)})


def _refused(situation: Situation) -> Turn | None:
    """The question on the table, when it was just refused."""
    turn = situation.state.current
    return turn if turn and turn.noticing and turn.noticing.manner == "refusal" else None


def ask_something_smaller(situation: Situation) -> e.Event | None:
    """Once in a theme, and never after a closer look."""
    turn = situation.state.current
    if turn is None or turn.noticing is None or turn.noticing.manner != "empty" or situation.in_a_hurry:
        return None
    asked = turn.asked
    stage = next((stage for stage in STAGES if stage == asked.stage), None)
    if asked.theme not in situation.knowledge.prompts.themes or stage is None or asked.probes or asked.type == "closed":
        return None
    smaller = [other.asked for other in situation.state.turns if other.asked.question.startswith("smaller/")]
    if len(smaller) >= MOST_SMALLER or any(other.theme == asked.theme for other in smaller):
        return None
    choices = situation.knowledge.prompts.probes.smaller.get(stage, ())
    unasked = [probe for probe in choices if probe.text not in {other.text for other in smaller}]
    if not unasked or questions_left_for(situation, asked.theme) < 1:
        return None
    return e.Asked(
        at=situation.now,
        question=f"smaller/{len(smaller) + 1}",
        theme=asked.theme,
        stage=asked.stage,
        text=unasked[0].text,
        type=unasked[0].type,
        intent=unasked[0].intent,
        because="your answer was a short one, and a smaller question may be easier to answer",
        probes=asked.question,
    )
