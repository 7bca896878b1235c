"""What the worker puts right on the last page: steps struck and added, the decision taken back or said, the day.

Owns the few words in which a page is put right. What was said first stays in the session; what is said of the page
counts instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.conversation.filing import filed, filed_last
from assistant.conversation.page_remarks import NewDay, Remarks, put_in
from assistant.conversation.page_turns import PAGE, page_turns, said_of_page, steps_said
from assistant.conversation.state import State, Turn
from assistant.conversation.step_answers import given_to
from assistant.conversation.struck import KEPT, struck_steps, without_struck
from assistant.conversation.whose_steps import NUMBERS, nearest
from assistant.language.late_patterns import late
from assistant.language.sentences import spoken_sentences
from assistant.language.stems import alike, stems
from assistant.noticing.observations import Span
from assistant.noticing.reading import Step
from assistant.noticing.steps import LOOK_AGAIN, SPEAKER

SAME_STEP = 0.5
"""Share of telling words from which on a step said of the page takes the place of one that stands there."""
_ALL_WRONG = late(
    r"\W*(?:(?:no|well|um|er|oh|nearly|just|it['’]?s|that['’]?s)\W+)*(?:all\s+(?:of\s+)?(?:that|it|this|them)|everything|the\s+(?:whole\s+)?lot|all\s+wrong"
    r"|none\s+of\s+(?:that|it|this|those)(?:\s*['’]?s|\s+is|\s+are)?(?:\s+(?:right|true|mine|what\s+i\s+said))?)(?:['’]?s\s+wrong|\s+is\s+wrong)?\W*",
    re.IGNORECASE,
)
_NUMBERED = late(r"\b(?:step|number|no\.?)\s*(?P<number>\d|one|two|three|four|five|six)\b", re.IGNORECASE)
_STRUCK = late(
    r"\b(?:isn|wasn|not)(?:['’]?t)?\s+(?:a|really\s+a|one|mine|my)\b|\b(?:take|cross|leave|strike)\b.*\bout\b|\b(?:delete|remove|drop|scrap)\b",
    re.IGNORECASE,
)
_NOT_SO = late(r"n['’]?t\b|\bnot\b", re.IGNORECASE)
_IT_IS = late(r"\W*(?:it['’]?s|it\s+is|that\s+(?:we|i)|to\b)", re.IGNORECASE)
_BUT_THIS = late(r"[,;–—-]\s*(?:but\s+)?(?:it['’]?s|it\s+is|rather)\b", re.IGNORECASE)
_SAYS_SO = 2
"""Telling words of the decision that a sentence must say again to be about it."""
_NO_DECISION = late(
    r"\b(?:isn|wasn|not)(?:['’]?t)?\s+(?:a|the|my|our|what\s+(?:I|we))\s+(?:decision|decided)\b|\b(?:didn['’]?t|haven['’]?t|hadn['’]?t|never)\s+decided?\b"
    r"|\bdecided\b[\"”']?\s+(?:is|was)\s+(?:all\s+|just\s+)?(?:wrong|nonsense|rubbish|not\s+right)\b",
    re.IGNORECASE,
)
_DECISION = late(
    r"\b(?:(?:I|we)(?:['’]ve|\s+have)?\s+(?:\w+\s+)?decided|decision\b[^.!?\n]{0,40}?(?:\bis\b(?!n)|\bwas\b(?!n)|\bshould\s+be\b|:)|decided\s*:)",
    re.IGNORECASE,
)

_DOING = late(r"\b(?:see|ring|call|visit|ask|tell|write|meet|check|send|book|refer|speak)\b")
_ALL_RIGHT = late(
    r"^\W*(?:(?:no|nothing|none|yes|ok(?:ay)?|that['’]?s|it['’]?s|this|that|looks?|sounds?|is|all|about|right|fine|good|"
    r"correct|it|to|me|thanks|i think|wrong|missing|else|nothing['’]?s|really|so|think|i)\W+)*"
    r"(?:no|nothing|none|yes|ok(?:ay)?|it|right|fine|good|correct|me|thanks|wrong|missing|else|really|so)\W*$",
    re.IGNORECASE,
)
"""An answer to a reading back that adds nothing."""
_A_DAY = late(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|weeks?|fortnight|month|the\s+\d{1,2}(?:st|nd|rd|th)"
    r"|half[-\s]term|easter|christmas|end\s+of\s+term|\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]{2,8})\b"
    r"|^\W*(?:whenever|when|after|once|as\s+soon\s+as|at\s+(?:the|our)\s+next)\b",
    re.IGNORECASE,
)
MOST_WORDS_OF_A_DAY = 8

_BUT_RATHER = late(
    r"\b(?:but|although|though)\s+(?P<rather>.*\b(?:sooner|earlier|later|rather|instead|before\s+then|prefer|want)\b.*)",
    re.IGNORECASE | re.DOTALL,
)


def adds_something(answer: str) -> bool:
    """More than that it is right as it was read back."""
    return bool(answer) and _ALL_RIGHT.match(answer) is None


def steps_put_right(state: State, steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps as they stand after what was said of the page."""
    now = list(steps)
    for turn in page_turns(state):
        shown = list(now)
        answer = turn.answer or ""
        said = steps_said(turn)
        if _all_wrong(answer):
            now = []
        now = _taken_on(now, turn)
        for number in _struck(answer):
            if number <= len(shown) and (step := _at(now, shown, number - 1)):
                now.remove(step)
        now = [step for step in now if step not in struck_steps(state, turn, now)]
        now = _on_their_days(now, said_of_page(turn))
        for step in said:
            same = next((one for one in now if _same_step(one, step)), None)
            if same is None:
                now.append(step)
            else:
                now[now.index(same)] = step
    return tuple(now)


def _at(now: Sequence[Step], shown: Sequence[Step], place: int) -> Step | None:
    """The step that was shown there, as it is now."""
    return next((one for one in now if one == shown[place] or one.text == shown[place].text), None)


def _taken_on(steps: Sequence[Step], turn: Turn) -> list[Step]:
    """With whose they are said to be; what is taken on and stands nowhere is a step of its own."""
    now = list(steps)
    said = steps_said(turn)
    for claim in said_of_page(turn).claims:
        by = claim.day.day if claim.day else None
        places = claim.places(now)
        for place in places:
            now[place] = given_to(now[place], "me", by, claim.by_words)
        read_too = any(_overlap(step.span, span) for step in said for span in claim.spans)
        if claim.what and not places and not read_too:
            span = claim.spans[0]
            now.append(Step(text=claim.what, span=span, who="me", by=by, by_words=claim.by_words))
    return now


def _on_their_days(steps: Sequence[Step], said: Remarks) -> list[Step]:
    now = list(steps)
    for first, second in said.swaps:
        days = {step.by.weekday(): step for step in steps if step.by}
        if first in days and second in days:
            pair = {first: days[second], second: days[first]}
            now = [_on_day(one, pair[one.by.weekday()]) if one.by and one.by.weekday() in pair else one for one in now]
    for moved in said.days:
        place = nearest(" ".join(moved.about), now) if moved.about else None
        if place is not None:
            now[place] = _on_day(now[place], moved)
    return now


def _on_day(step: Step, other: Step | NewDay) -> Step:
    """On the other's day, in its words too, so that the step says nothing else."""
    by, words = (other.by, other.by_words) if isinstance(other, Step) else (other.day, other.words)
    text = step.text.replace(step.by_words, words, 1) if step.by_words and words else step.text
    return step.model_copy(update={"by": by, "by_words": words if words in text else "", "text": text})


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _same_step(one: Step, other: Step) -> bool:
    """Two drafts of one: in the same words, or the same thing done by the same person on the same day."""
    if alike(stems(one.text), stems(other.text)) >= SAME_STEP:
        return True
    same = _doer(one) == _doer(other) and one.by is not None and one.by == other.by
    return same and bool(_does(one) & _does(other))


def _doer(step: Step) -> str:
    who = step.who.casefold()
    return "me" if who in SPEAKER else who


def _does(step: Step) -> frozenset[str]:
    return frozenset(_DOING.findall(step.text.casefold()))


def decision(state: State) -> str:
    """What was decided, as it stands after what was said of the page; empty where nothing was."""
    of_the_page = decision_put_right(state)
    return without_struck(state, filed_last(state, "decision") if of_the_page is None else of_the_page)


def decision_put_right(state: State) -> str | None:
    """What the page was made to say of it, empty where it was struck; None where it stands."""
    stands: str | None = None
    for turn in sorted(
        (turn for turn in state.turns if turn.answer), key=lambda turn: turn.answered_at or turn.asked.at
    ):
        answer = turn.answer or ""
        if turn.asked.keeps == "decision":
            stands = None
        if turn.asked.question not in PAGE:
            continue
        whole = (answer[slice(*span)] for span in spoken_sentences(answer))
        said = [one for one in whole if _DECISION.search(one) and not _NO_DECISION.search(one)]
        if not said:
            said = _instead_of(filed_last(state, "decision") if stands is None else stands, answer)
        if said:
            stands = " ".join(said)
        elif _all_wrong(answer) or _NO_DECISION.search(answer):
            stands = ""
    return stands


def _instead_of(decided: str, answer: str) -> list[str]:
    """ "I don't think it's keep an eye on bonding now, it's talk to him first": a sentence that says what was decided
    and that it isn't so, with what comes after where that says what it is instead."""
    sentences = [answer[slice(*span)] for span in spoken_sentences(answer)]
    for place, words in enumerate(sentences):
        says_so = len(stems(words) & stems(decided)) >= _SAYS_SO or re.search(r"\bdecision\b", words, re.IGNORECASE)
        if says_so and _NOT_SO.search(words):
            after = sentences[place + 1 : place + 2]
            return after if after and _IT_IS.match(after[0]) else [words] if _BUT_THIS.search(words) else []
    return []


def look_again(turn: Turn) -> str:
    """Of an answer to when they meet again, or about the page, the words that say when."""
    answer = turn.answer or ""
    of_the_page = turn.asked.question in PAGE
    if of_the_page and (found := LOOK_AGAIN.search(answer)):
        sentence = next(span for span in spoken_sentences(answer) if span[0] <= found.start() < span[1])
        if _A_DAY.search(answer, found.start(), sentence[1]):
            return answer[found.start() : sentence[1]]
    if turn.asked.keeps != "next-date":
        return ""
    if not of_the_page:
        return _rather(filed(turn))
    said = said_of_page(turn)
    bare = [moved.words for moved in said.days if not moved.about]
    return " ".join(bare or [words for words in _beside_the_steps(turn) if _says_when(words)])


def _says_when(words: str) -> bool:
    """A few words with a day in them; a day in a longer sentence is of the case."""
    if words.endswith("?") or _NOT_SO.search(words):
        return False
    return _A_DAY.search(words) is not None and len(words.split()) <= MOST_WORDS_OF_A_DAY


def _rather(words: str) -> str:
    """ "Supervision's a fortnight Friday but I'd want to do it sooner, next Friday" is next Friday."""
    found = _BUT_RATHER.search(words)
    return found["rather"] if found else words


def added_to_the_page(state: State) -> tuple[str, ...]:
    """What was said to be wrong or missing and has no other place on the page, sentence by sentence."""
    said = (words for turn in page_turns(state) for words in _said_of_the_case(turn))
    standing = " ".join(filed_last(state, place) for place in KEPT)
    return tuple(
        dict.fromkeys(words for words in said if words == without_struck(state, words) and words not in standing)
    )


def _said_of_the_case(turn: Turn) -> Iterator[str]:
    again = look_again(turn)
    for words in _beside_the_steps(turn):
        if words in again or (again and again in words) or _DECISION.search(words) or _ALL_WRONG.fullmatch(words):
            continue
        if adds_something(words) and not _struck(words) and not _NO_DECISION.search(words):
            yield words


def said_of_the_page(turn: Turn) -> str:
    """What else was said of it: of the case, and neither a step, the decision nor the day."""
    return " ".join(_said_of_the_case(turn))


def _beside_the_steps(turn: Turn) -> Iterator[str]:
    steps = steps_said(turn)
    for span, words in said_of_page(turn).beside:
        held = [step.span for step in steps if _overlap(step.span, span)]
        if not held:
            yield words
        elif put := put_in((turn.answer or "")[span[0] : held[0][0]]):
            yield re.sub(r"[\s,;]+and\Z", "", put)


def puts_right(turn: Turn) -> bool:
    """The answer changes what the page says of the decision or the steps."""
    answer = turn.answer or ""
    said = bool(steps_said(turn)) or _DECISION.search(answer) or _NO_DECISION.search(answer)
    return bool(said or _all_wrong(answer) or _struck(answer) or said_of_page(turn).of_the_page)


def _all_wrong(answer: str) -> bool:
    return any(_ALL_WRONG.fullmatch(answer[slice(*span)]) for span in spoken_sentences(answer))


def _struck(answer: str) -> list[int]:
    """The numbers of steps that are said to be none, or to be taken out."""
    numbers = []
    for start, end in spoken_sentences(answer):
        for found in _NUMBERED.finditer(answer, start, end):
            after = re.split(r"\b(?:and|but)\b|[.;]", answer[found.start() : end])[0]
            before = answer[start : found.start()]
            if _STRUCK.search(after) or re.search(
                r"\b(?:delete|remove|drop|scrap|take\s+out|cross\s+out)\W*\Z", before, re.IGNORECASE
            ):
                numbers.append(NUMBERS.get(found["number"].lower(), 0) or int(found["number"]))
    return numbers
