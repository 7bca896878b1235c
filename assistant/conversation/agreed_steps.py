"""The steps agreed in a session, as they stand after everything that was said of them.

Owns what becomes of a step when it is given to somebody, moved, reworded, struck or said to be done, at whichever
question that was said. What was said first stays in the session. Knows nothing of how any of it is read
(`closing_reader.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.conversation.naming_words import names
from assistant.conversation.page_turns import is_page, is_read, lacking_step, lines_shown, parts_of
from assistant.conversation.state import State, Turn
from assistant.language.late_patterns import late
from assistant.language.sentences import spoken_sentences
from assistant.language.spans import holding, overlaps
from assistant.language.stems import alike, stems
from assistant.noticing.planned_steps import day_of, tidied, whose
from assistant.noticing.reading import Part, PartKind, Step
from assistant.noticing.steps import SPEAKER

_AS_FULL = 0.8
_FEW = 2
"""Telling words: so few say that two steps are one only on the same day."""
SAME_STEP = 0.5
"""Share of telling words from which on a step takes the place of one that stands there."""
_PLANNED: frozenset[str | None] = frozenset({"decision", "action", "step-gap"})
_ALL_WRONG = late(
    r"\W*(?:(?:no|well|um|er|oh|nearly|just|it['’]?s|that['’]?s)\W+)*(?:all\s+(?:of\s+)?(?:that|it|this|them)|everything|the\s+(?:whole\s+)?lot|all\s+wrong"
    r"|none\s+of\s+(?:that|it|this|those)(?:\s*['’]?s|\s+is|\s+are)?(?:\s+(?:right|true|mine|what\s+i\s+said))?)(?:['’]?s\s+wrong|\s+is\s+wrong)?\W*",
    re.IGNORECASE,
)
_AS_IT_WAS = late(
    r"\b(?:put|leave|have)\s+(?:it|them|that|those)\s+(?:back\s+)?(?:how|as|like|the\s+way)\s+(?:it|they)\s+w",
    re.IGNORECASE,
)
_LOST = late(
    r"\b(?:gone\s+back|dropped\s+off|lost|disappeared|vanished|gone\s+(?:missing|altogether))\b", re.IGNORECASE
)
"""A complaint about the page, which takes nothing off it."""
_SHOULD_SAY = late(
    r"\b(?:say|says|read|reads|put|make\s+it|change\s+(?:it|that)\s+to|call\s+it|should\s+be)\W*\Z", re.IGNORECASE
)
"""Before words that stand in the place of those that were there."""
_FEWEST_WORDS_OF_A_STEP = 3
_ADDS = late(r"(?:by|on|at|before|after|with|to|from|in|until|till|not|only|even|also|and)\b", re.IGNORECASE)
"""What adds to a step and is none by itself: "by dinnertime even if she's not in"."""
_SOMEBODY_OFF = late(r"\btake\s+[A-Z]\w+\s+off\b")
_DOES_TO_IT = late(r"(?:put|take|move|make|give|join|swap)\s+(?:it|that|them|this|those)\b", re.IGNORECASE)
""" "Put it in with 1": done to a step, and no words of one."""
_ONE = late(r"\b(?:same|together|one|join\w*|both)\b", re.IGNORECASE)
MOST_WORDS_OF_A_NAME = 6
_FEWEST_WORDS_OF_A_TIME = 2
_TWO_IN_ONE = (
    late(r"[,;]?\s+(?:and\s+)?then\s+", re.IGNORECASE),
    late(r"[,;]\s+and\s+", re.IGNORECASE),
    late(r"[,;]\s+(?!me\s*(?:[,.]|\Z))(?=\w+\s+\w)", re.IGNORECASE),
    late(r"\s+and\s+(?=\w+\s+\w)", re.IGNORECASE),
)
"""Where a step that is said to be two is cut: the first of these that it has."""
_NOT_DONE = late(
    r"\b(?:not(?:hing)?|never|haven['’]?t|hasn['’]?t|isn['’]?t|aren['’]?t|will|going\s+to)\b", re.IGNORECASE
)
"""Said of what somebody takes for done: "nothing's done already"."""
_DOING = late(r"\b(?:see|ring|call|visit|ask|tell|write|meet|check|send|book|refer|speak)\b")
_SWAPS = late(r"\b(?:swap|switch|other\s+way)", re.IGNORECASE)
_TO_THE_END = late(r"\b(?:last|bottom|end)\b", re.IGNORECASE)
_BEFORE, _AFTER = late(r"\b(?:before|above)\b", re.IGNORECASE), late(r"\b(?:after|below|under)\b", re.IGNORECASE)
_SOMEONE_TO = late(
    r"\A(?:maybe|perhaps|i\s+think|i\s+suppose)?\s*(?:someone|somebody|no\s*one|nobody|anyone)\s+"
    r"(?:to|should|needs\s+to|has\s+to|ought\s+to|must|will|could|can)\s+",
    re.IGNORECASE,
)
Slots = list[list[Step]]
"""For each step that was shown, what stands in its place."""


def steps_of(state: State) -> tuple[Step, ...]:
    """The steps agreed in a session, in order. Those put down at any moment come last but for what was said later."""
    now: list[Step] = []
    before = now
    put_down = [step for added in state.added for step in added.steps]
    for turn in state.turns:
        on_page = is_page(turn.asked.question)
        if not turn.answer or not (on_page or turn.asked.keeps in _PLANNED):
            continue
        if on_page and put_down:
            now, put_down = [*now, *put_down], []
        if on_page and _AS_IT_WAS.search(turn.answer):
            now = before
        if on_page and all_wrong(turn.answer):
            now = []
        before, now = list(now), after(now, turn)
    return (*now, *put_down)


def done_in(state: State) -> tuple[tuple[str, Turn], ...]:
    """The steps that were said to be done already, as they stood, and where that was said."""
    found: list[tuple[str, Turn]] = []
    for place, turn in enumerate(state.turns):
        if is_page(turn.asked.question) and any(part.kind == "done" for part in parts_of(turn)):
            stood = steps_of(replace(state, turns=state.turns[:place]))
            found += [
                (stood[one].text, turn)
                for part in parts_of(turn)
                if _meant(part, _Words(turn, part)) == "done"
                for one in part.lines
                if one < len(stood)
            ]
    return tuple(found)


def after(steps: Sequence[Step], turn: Turn) -> list[Step]:
    """The steps after one answer."""
    asked_of = _asked_of(steps, turn)
    slots: Slots = [[step] for step in steps]
    for part in parts_of(turn):
        places = [asked_of[line] for line in part.lines if line in asked_of]
        if places:
            words = _Words(turn, part)
            if (kind := _meant(part, words)) in _DOES:
                _DOES[kind](slots, places, words)
    now = [step for slot in slots for step in slot]
    for step in _new_in(turn):
        same = next((place for place, one in enumerate(now) if same_step(one, step)), None)
        if same is None:
            now.append(step)
        else:
            now[same] = _drafted_again(now[same], step)
    return now


def _asked_of(steps: Sequence[Step], turn: Turn) -> Mapping[int, int]:
    """For each line that stood before the question the place of its step now; without those whose step is gone."""
    lines = lines_shown(turn.asked.said_first, turn.asked.keeps)
    if turn.asked.keeps != "step-gap":
        return {line: line for line in range(min(len(lines), len(steps)))}
    found: dict[int, int] = {}
    for line, shown in enumerate(lines):
        words = lacking_step(shown).removesuffix(" …")
        place = next((place for place, step in enumerate(steps) if step.text.startswith(words)), None)
        if place is not None:
            found[line] = place
    return found


def _new_in(turn: Turn) -> Iterator[Step]:
    steps = turn.reading.steps if turn.reading else ()
    if turn.asked.keeps == "decision" and not any(step.who or step.by or step.by_words for step in steps):
        return  # what was decided, in other words
    of_lines = [part.span for part in parts_of(turn) if part.lines]
    by_words_alone = not is_read(turn) and turn.asked.keeps == "decision"
    for step in steps:
        if not overlaps(step.span, *of_lines) and (step.by or not by_words_alone):
            yield step


def _numbers(words: str) -> list[int]:
    """The lines whose numbers stand there: "1" is the first, at 0."""
    return [int(one) - 1 for one in re.findall(r"\b\d\b", words)]


class _Words:
    """One part of an answer with what stands before it."""

    def __init__(self, turn: Turn, part: Part) -> None:
        answer = turn.answer or ""
        self.said = answer[slice(*part.span)].strip()
        self.before = answer[: part.span[0]]
        sentence = holding(spoken_sentences(answer), part.span[0], part.span)
        self.sentence = answer[sentence[0] : max(sentence[1], part.span[1])]
        self.today: date = turn.asked.at.date()


def _meant(part: Part, words: _Words) -> PartKind:
    """What a part does to its lines; "keep" where what it says changes none."""
    if part.kind == "drop" and (_SOMEBODY_OFF.search(words.said) or _LOST.search(words.said)):
        return "keep"  # "take Bev off it" gives it to nobody else
    if part.kind == "done" and _NOT_DONE.search(words.sentence):
        return "keep"
    if part.kind == "keep" or (part.kind == "join" and not _ONE.search(words.said)):
        # "3, 4 and 5 are tomorrow as well" neither keeps them nor makes them one
        return "when" if day_of(words.said, words.today)[0] is not None else part.kind
    return part.kind


def _give(slots: Slots, places: Sequence[int], words: _Words) -> None:
    who = whose(words.said)
    if len(who.split()) > MOST_WORDS_OF_A_NAME:
        return
    for place in places:
        slots[place] = [given_to(step, who) if who else step for step in slots[place]]


def _on_a_day(slots: Slots, places: Sequence[int], words: _Words) -> None:
    by, by_words = day_of(words.said, words.today)
    if by is None and len(words.said.split()) < _FEWEST_WORDS_OF_A_TIME:
        return  # "before"
    for place in places:
        slots[place] = [_moved(step, by, by_words or tidied(words.said)) for step in slots[place]]


def _moved(step: Step, by: date | None, by_words: str) -> Step:
    text = step.text
    if step.by_words:  # the old day at its end would gainsay the new one
        ends = rf"[\s,]*(?:\b(?:by|on|before)\s+)?{re.escape(step.by_words)}\W*\Z"
        text = tidied(re.sub(ends, "", text, flags=re.IGNORECASE)) or text
    return step.model_copy(update={"text": text, "by": by, "by_words": by_words})


def _reword(slots: Slots, places: Sequence[int], words: _Words) -> None:
    said = tidied(words.said.strip("'\"“”‘’"))
    if _DOES_TO_IT.match(said):
        with_others = _numbers(said)
        if with_others:
            _make_one(slots, [*places, *(one for one in with_others if 0 <= one < len(slots))], words)
        return
    instead = _SHOULD_SAY.search(words.before) is not None and len(said.split()) >= _FEWEST_WORDS_OF_A_STEP
    instead = instead and not _ADDS.match(said)
    for place in places:
        slots[place] = [
            step.model_copy(update={"text": said if instead else f"{step.text.rstrip('.')}: {said}", "vague": ""})
            for step in slots[place]
        ]


def _strike(slots: Slots, places: Sequence[int], _: _Words) -> None:
    for place in places:
        slots[place] = []


def _order(slots: Slots, places: Sequence[int], words: _Words) -> None:
    first, last = places[0], places[-1]
    numbers = _numbers(words.sentence)
    other = last if last != first else next((one for one in numbers if one != first and one < len(slots)), None)
    if _SWAPS.search(words.sentence):
        if other is not None:
            slots[first], slots[other] = slots[other], slots[first]
        return
    moved, slots[first] = slots[first], []
    if _TO_THE_END.search(words.said):
        slots[-1] = [*slots[-1], *moved]
    elif other is not None and _BEFORE.search(words.said):
        slots[other] = [*moved, *slots[other]]
    elif other is not None and _AFTER.search(words.said):
        slots[other] = [*slots[other], *moved]
    else:
        slots[0] = [*moved, *slots[0]]


def _cut(slots: Slots, places: Sequence[int], _: _Words) -> None:
    for place in places:
        for step in slots[place]:
            joint = next((found for pattern in _TWO_IN_ONE if (found := pattern.search(step.text))), None)
            if joint is None:
                continue
            halves = (step.text[: joint.start()].strip(), step.text[joint.end() :].strip())
            slots[place] = [_half(step, half) for half in halves if half]


def _half(step: Step, words: str) -> Step:
    """A day belongs to the half that says it."""
    day = {} if step.by_words and step.by_words in words else {"by": None, "by_words": ""}
    return step.model_copy(update={"text": words, **(day if step.by_words in step.text else {})})


def _make_one(slots: Slots, places: Sequence[int], words: _Words) -> None:
    """The fullest of them, where the first stood, with what the others say besides."""
    numbers = _numbers(words.sentence)
    places = sorted({*places, *(one for one in numbers if len(places) == 1 and 0 <= one < len(slots))})
    held = [step for place in places for step in slots[place]]
    if len(held) < len(places) or len(places) == 1:
        return
    whole = max(held, key=lambda step: len(step.text))
    for other in held:
        whole = _drafted_again(whole, other)
    _strike(slots, places, words)
    slots[min(places)] = [whole]


_DOES: Mapping[PartKind, Callable[[Slots, Sequence[int], _Words], None]] = {
    "who": _give,
    "when": _on_a_day,
    "words": _reword,
    "drop": _strike,
    "done": _strike,
    "order": _order,
    "split": _cut,
    "join": _make_one,
}


def given_to(step: Step, who: str) -> Step:
    """The step with who does it; then it is no longer "someone" who should."""
    return step.model_copy(update={"who": who, "text": _SOMEONE_TO.sub("", step.text).rstrip(" ?")})


def _drafted_again(step: Step, other: Step) -> Step:
    """The later of two drafts of one step, or the first where it says far more, with what the other adds."""
    later = len(other.text) >= _AS_FULL * len(step.text)
    fuller, less = (other, step) if later else (step, other)
    return fuller.model_copy(
        update={
            "who": other.who or step.who,
            "by": other.by or step.by,
            "by_words": (other.by_words if other.by else "") or step.by_words or other.by_words,
            "vague": fuller.vague and less.vague,
        }
    )


def same_step(one: Step, other: Step) -> bool:
    """Two drafts of one: in the same words, or nearly, or the same thing done by the same person on the same day."""
    if one.text.casefold() == other.text.casefold():
        return True
    apart = bool(one.who and other.who) and _doer(one) != _doer(other)
    if not apart and one.by is not None and one.by == other.by and _does(one) & _does(other):
        return True
    less = min(names(one.text), names(other.text), key=len)
    held = less <= names(one.text) & names(other.text)
    holds = held and (len(less) > _FEW or (len(less) == _FEW and one.by == other.by))
    return not apart and (holds or alike(stems(one.text), stems(other.text)) >= SAME_STEP)


def _does(step: Step) -> frozenset[str]:
    return frozenset(_DOING.findall(step.text.casefold()))


def _doer(step: Step) -> str:
    who = step.who.casefold()
    return "me" if who in SPEAKER else who


def all_wrong(answer: str) -> bool:
    """Everything that stands there is said to be wrong."""
    return any(_ALL_WRONG.fullmatch(answer[slice(*span)]) for span in spoken_sentences(answer))
