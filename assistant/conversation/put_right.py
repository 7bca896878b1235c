"""What the worker puts right on the last page: steps struck and added, the decision taken back or said, the day.

Owns the few words in which a page is put right. What was said first stays in the session; what is said of the page
counts instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.conversation.filing import filed, filed_last
from assistant.conversation.state import State, Turn
from assistant.language.sentences import spoken_sentences
from assistant.language.stems import alike, stems
from assistant.noticing.reading import Step
from assistant.noticing.steps import LOOK_AGAIN, SPEAKER

AGAIN = ("ending/page-again", "ending/page-once-more")
"""The same page as it was put right: twice, so that somebody whose correction went wrong can say so."""
PAGE = frozenset({"ending/page", "ending/page-and-date", *AGAIN})
"""The questions that put the page before the worker."""
SAME_STEP = 0.5
"""Share of telling words from which on a step said of the page takes the place of one that stands there."""
_ALL_WRONG = re.compile(
    r"\W*(?:(?:no|well|um|er|oh|nearly|just|it['’]?s|that['’]?s)\W+)*(?:all\s+(?:of\s+)?(?:that|it|this|them)|everything|the\s+(?:whole\s+)?lot|all\s+wrong"
    r"|none\s+of\s+(?:that|it|this|those)(?:\s*['’]?s|\s+is|\s+are)?(?:\s+(?:right|true|mine|what\s+i\s+said))?)(?:['’]?s\s+wrong|\s+is\s+wrong)?\W*",
    re.IGNORECASE,
)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_NUMBERED = re.compile(r"\b(?:step|number|no\.?)\s*(?P<number>\d|one|two|three|four|five|six)\b", re.IGNORECASE)
_STRUCK = re.compile(
    r"\b(?:isn|wasn|not)(?:['’]?t)?\s+(?:a|really\s+a|one|mine|my)\b|\b(?:take|cross|leave|strike)\b.*\bout\b|\b(?:delete|remove|drop|scrap)\b",
    re.IGNORECASE,
)
_STRUCK_OFF = re.compile(
    r"\W*(?:\d[.)]\s*)?(?:and|also|please|no|oh)?\W*(?:strike|delete|remove|drop|scrap|take\s+out|cross\s+out)\b",
    re.IGNORECASE,
)
_NOT_SO = re.compile(r"n['’]?t\b|\bnot\b", re.IGNORECASE)
_IT_IS = re.compile(r"\W*(?:it['’]?s|it\s+is|that\s+(?:we|i)|to\b)", re.IGNORECASE)
_BUT_THIS = re.compile(r"[,;–—-]\s*(?:but\s+)?(?:it['’]?s|it\s+is|rather)\b", re.IGNORECASE)
_SAYS_SO = 2
"""Telling words of the decision that a sentence must say again to be about it."""
_NAMES = re.compile(r"(?<!\A)(?<![.!?]\s)\b[A-Z][a-z]{2,}\b|\A[A-Z][a-z]{2,}(?=['’]s\b)")
_NO_DECISION = re.compile(
    r"\b(?:isn|wasn|not)(?:['’]?t)?\s+(?:a|the|my|our|what\s+(?:I|we))\s+(?:decision|decided)\b|\b(?:didn['’]?t|haven['’]?t|never)\s+decided?\b",
    re.IGNORECASE,
)
_DECISION = re.compile(
    r"\b(?:(?:I|we)(?:['’]ve|\s+have)?\s+(?:\w+\s+)?decided|decision\b[^.!?\n]{0,40}?(?:\bis\b(?!n)|\bwas\b(?!n)|\bshould\s+be\b|:)|decided\s*:)",
    re.IGNORECASE,
)

_DOING = re.compile(r"\b(?:see|ring|call|visit|ask|tell|write|meet|check|send|book|refer|speak)\b")
_MINE = re.compile(r"\b(?:is|are)\s+(?:mine|me|for\s+me|down\s+to\s+me)\b", re.IGNORECASE)
_OF_THE_PAGE_ITSELF = re.compile(
    r"\bsteps?\s+(?:is|are)\s+missing\b|\bchopped\b|\bit['’]?ll\s+do\b|\bthat['’]?s\s+(?:just\s+)?what\s+I\s+said\b|\byou\s+(?:asked|got|put|left|missed|wrote)\b"
    r"|\bI\s+(?:asked|was\s+asking|meant)\b|\bthere\s+isn['’]?t\s+a\b|\b(?:isn|wasn)['’]?t\s+(?:a|the|my)\s+(?:step|decision)\b|\bcorrecting\s+you\b"
    r"|^\W*(?:no|yes|yeah|nothing|fine|ok|okay|all\s+good|that['’]?s\s+(?:right|fine|it|all)|looks?\s+(?:right|fine|good))\W*$",
    re.IGNORECASE,
)
"""What is said of how the page was made, and nothing of the case."""
_ALL_RIGHT = re.compile(
    r"^\W*(?:(?:no|nothing|none|yes|ok(?:ay)?|that['’]?s|it['’]?s|this|that|looks?|sounds?|is|all|about|right|fine|good|"
    r"correct|it|to|me|thanks|i think|wrong|missing|else|nothing['’]?s|really|so|think|i)\W+)*"
    r"(?:no|nothing|none|yes|ok(?:ay)?|it|right|fine|good|correct|me|thanks|wrong|missing|else|really|so)\W*$",
    re.IGNORECASE,
)
"""An answer to a reading back that adds nothing."""
_A_DAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|weeks?|fortnight|month|the\s+\d{1,2}(?:st|nd|rd|th))\b",
    re.IGNORECASE,
)

_BUT_RATHER = re.compile(
    r"\b(?:but|although|though)\s+(?P<rather>.*\b(?:sooner|earlier|later|rather|instead|before\s+then|prefer|want)\b.*)",
    re.IGNORECASE | re.DOTALL,
)


def adds_something(answer: str) -> bool:
    """More than that it is right as it was read back."""
    return bool(answer) and _ALL_RIGHT.match(answer) is None


def page_turns(state: State) -> tuple[Turn, ...]:
    """Where the page was answered."""
    return tuple(turn for turn in state.turns if turn.asked.question in PAGE and turn.answer)


def steps_put_right(state: State, steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps as they stand after what was said of the page."""
    now = list(steps)
    for turn in page_turns(state):
        shown = list(now)
        answer = turn.answer or ""
        said = turn.reading.steps if turn.reading else ()
        if _all_wrong(answer):
            now = []
        for number in _mine(answer):
            if number <= len(shown) and shown[number - 1] in now:
                now[now.index(shown[number - 1])] = shown[number - 1].model_copy(update={"who": "me"})
        for number in _struck(answer):
            if number <= len(shown) and shown[number - 1] in now:
                now.remove(shown[number - 1])
        now = [step for step in now if not _struck_by_name(step, answer)]
        for step in said:
            same = next((one for one in now if _same_step(one, step)), None)
            if same is None:
                now.append(step)
            else:
                now[now.index(same)] = step
    return tuple(now)


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
    return filed_last(state, "decision") if of_the_page is None else of_the_page


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
        return answer[found.start() : sentence[1]]
    if turn.asked.keeps != "next-date":
        return ""
    if not of_the_page or not puts_right(turn):
        return _rather(filed(turn))
    return " ".join(words for words in _beside_the_steps(turn) if _A_DAY.search(words))


def _rather(words: str) -> str:
    """ "Supervision's a fortnight Friday but I'd want to do it sooner, next Friday" is next Friday."""
    found = _BUT_RATHER.search(words)
    return found["rather"] if found else words


def added_to_the_page(state: State) -> tuple[str, ...]:
    """What was said to be wrong or missing and has no other place on the page, sentence by sentence."""
    return tuple(dict.fromkeys(words for turn in page_turns(state) for words in _said_of_the_case(turn)))


def _said_of_the_case(turn: Turn) -> Iterator[str]:
    again = look_again(turn)
    for words in _beside_the_steps(turn):
        if words in again or (again and again in words) or _DECISION.search(words) or _ALL_WRONG.fullmatch(words):
            continue
        if adds_something(words) and not _OF_THE_PAGE_ITSELF.search(words) and not _NUMBERED.search(words):
            yield words


def said_of_the_page(turn: Turn) -> str:
    """What else was said of it: of the case, and neither a step, the decision nor the day."""
    return " ".join(_said_of_the_case(turn))


def _beside_the_steps(turn: Turn) -> Iterator[str]:
    steps = turn.reading.steps if turn.reading else ()
    for start, end in spoken_sentences(turn.answer or ""):
        if not any(step.span[0] < end and start < step.span[1] for step in steps):
            yield (turn.answer or "")[start:end]


def puts_right(turn: Turn) -> bool:
    """The answer changes what the page says of the decision or the steps."""
    answer = turn.answer or ""
    said = bool(turn.reading and turn.reading.steps) or _DECISION.search(answer) or _NO_DECISION.search(answer)
    return bool(said or _all_wrong(answer) or _struck(answer) or _mine(answer))


def _all_wrong(answer: str) -> bool:
    return any(_ALL_WRONG.fullmatch(answer[slice(*span)]) for span in spoken_sentences(answer))


def _mine(answer: str) -> list[int]:
    """The numbers of steps that somebody says are theirs."""
    sentences = (answer[slice(*span)] for span in spoken_sentences(answer))
    return [
        _NUMBERS.get(found["number"].lower(), 0) or int(found["number"])
        for words in sentences
        if _MINE.search(words)
        for found in _NUMBERED.finditer(words)
    ]


def _struck_by_name(step: Step, answer: str) -> bool:
    """ "Strike Mick, he isn't a step": what is named of a step, and of nothing else that is said to be done."""
    sentences = (answer[slice(*span)] for span in spoken_sentences(answer))
    struck = (words for words in sentences if _STRUCK_OFF.match(words) and not _NUMBERED.search(words))
    return any(frozenset(_NAMES.findall(words)) & frozenset(_NAMES.findall(step.text)) for words in struck)


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
                numbers.append(_NUMBERS.get(found["number"].lower(), 0) or int(found["number"]))
    return numbers
