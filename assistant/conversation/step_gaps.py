"""Which gaps in the steps are spoken of: only those that are surely there; the two worst are asked about, once.

A step without an owner or a day may have had one a few words away, in the next breath or in the answer before; whoever
is told that their own name isn't there stops listening. So a gap counts only where nothing near the step names anybody,
or any time. Knows nothing of how steps are read (`agreed_steps.py` has them as they stand).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.conversation.agreed_steps import steps_of
from assistant.conversation.listening import StepGaps
from assistant.conversation.page_turns import may_plan
from assistant.conversation.situation import Situation
from assistant.conversation.state import State
from assistant.language.lazy_patterns import late
from assistant.language.sentences import spoken_sentences
from assistant.noticing.reading import PLANNING, Step

_SOMEBODY = late(
    r"\b(?:I|me|my|mine|myself|we|us|our|ours|he|him|she|her|hers|they|them|both|one\s+of\s+us|somebody\s+from)\b|\bi['’]?(?:ll|m|ve|d)\b"
    r"|\b(?:mum|mam|dad|nan|gran|grandad|aunt\w*|uncle|manager|lead|head|teacher|tutor|school|nursery|ta|senco|social\s+(?:care|worker)|worker|duty|edt|mash"
    r"|front\s+door|police|health|visitor|hv|midwife|nurse|gp|doctor|paed\w*|hospital|camhs|iro|chair|team|carers?|supervisor|pharmac\w+|probation|housing|court|solicitor)\b",
    re.IGNORECASE,
)
_NAMED = late(r"(?<=\w\s)[A-Z][a-z]+|^[A-Z][a-z]+(?=\s+(?:to|can|will|does|could|and|is)\b|['’]ll\b)")
_SOME_TIME = late(
    r"\b(?:now|today|tonight|tomorrow|tonite|morning|afternoon|evening|night|noon|dinner\s*time|lunch\w*|weekend|week|weeks|fortnight|month|months"
    r"|(?:mon|tue|tues|wed|weds|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?s?|straight\s+away|asap|as\s+soon|soon|first|next|then|later|same|when|once|until|till|before"
    r"|after|by|at|on\s+the|at\s+once|meeting|conference|review|visit|\d+(?:st|nd|rd|th)?|january|february|march|april|may|june|july|august|september"
    r"|october|november|december|easter|christmas|half\s+term)\b",
    re.IGNORECASE,
)
_GONE_BY = late(
    r"^\W*(?:and\s+|but\s+|so\s+)?(?:i|we|he|she|they|it)\s+(?:was|were|did|had|\w+ed|saw|said|told|went|thought|felt|knew|took|gave|made|left|rang|wrote)\b",
    re.IGNORECASE,
)
"""What happened is no step, whatever reads it as one."""
MOST_AT_ONCE = 2
_LONGEST_STEP = 120


def sure_gaps(situation: Situation) -> tuple[str, ...]:
    """The worst gaps that are surely there, a line each; what was said of danger, unasked for as a step, is for now."""
    words, state = situation.knowledge.prompts.listening.step_gaps, situation.state
    unasked = {one.text for turn in state.turns if turn.reading and may_plan(turn.asked) for one in turn.reading.steps}
    steps = [step for step in steps_of(state) if not _GONE_BY.search(step.text) and step.text not in unasked]
    lines = (gap(as_it_stands(step, state), words) for step in sorted(steps, key=lambda step: not step.vague))
    return tuple(line for line in lines if line)[:MOST_AT_ONCE]


def as_it_stands(step: Step, state: State) -> Step:
    """A step with whatever may have been said of who and when, so that only a sure gap is left."""
    near = " ".join(_near(step, state))
    somebody = step.who or (near if _SOMEBODY.search(near) or _NAMED.search(near) else "")
    some_time = step.by or (state.started.at.date() if _SOME_TIME.search(near) else None)
    return step.model_copy(update={"who": somebody, "by": some_time})


def _near(step: Step, state: State) -> Iterator[str]:
    """The step, and the sentences of the answers it came from that hold some of it or stand beside those."""
    yield step.text
    for turn in state.turns:
        if turn.answer is None or turn.asked.keeps not in PLANNING | {"decision"}:
            continue
        said = [turn.answer[start:end] for start, end in spoken_sentences(turn.answer)]
        at = [place for place, one in enumerate(said) if step.text[:40].casefold() in one.casefold()]
        yield from (one for place, one in enumerate(said) if any(abs(place - here) <= 1 for here in at))


def gap(step: Step, words: StepGaps) -> str:
    """The worst gap of one step, in words; empty when it has none."""
    text = step.text if len(step.text) <= _LONGEST_STEP else step.text[:_LONGEST_STEP].rsplit(" ", 1)[0] + " …"
    no_day = step.by is None and not step.by_words
    line = words.vague if step.vague else words.nobody if not step.who else words.no_day if no_day else ""
    return line.replace("{step}", text.rstrip(".")).replace("{word}", step.vague)
