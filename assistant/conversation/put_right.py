"""What the worker puts right on the last page besides its steps: the decision, the day to look again, what is added.

Owns the few words in which a page is put right. What was said first stays in the session; what is said of the page
counts instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.conversation.events import Keeps
from assistant.conversation.filing import filed, filed_last
from assistant.conversation.page_remarks import put_in
from assistant.conversation.page_turns import is_page, page_turns, said_of_page, steps_said
from assistant.conversation.said_to_us import questions_to_us
from assistant.conversation.state import State, Turn
from assistant.conversation.struck import KEPT, without_struck
from assistant.conversation.typed_parts import names, overlap, sentences_and_clauses
from assistant.language.late_patterns import late
from assistant.language.sentences import spoken_sentences
from assistant.language.stems import stems
from assistant.noticing.steps import LOOK_AGAIN

_ALL_WRONG = late(
    r"\W*(?:(?:no|well|um|er|oh|nearly|just|it['’]?s|that['’]?s)\W+)*(?:all\s+(?:of\s+)?(?:that|it|this|them)|everything|the\s+(?:whole\s+)?lot|all\s+wrong"
    r"|none\s+of\s+(?:that|it|this|those)(?:\s*['’]?s|\s+is|\s+are)?(?:\s+(?:right|true|mine|what\s+i\s+said))?)(?:['’]?s\s+wrong|\s+is\s+wrong)?\W*",
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
_SHOULD_SAY = late(
    r"\b(?:decided|decision)\b[^.!?\n]*?(?:,\s*(?:it|that)(?:['’]?s|\s+is)\s*:?|\bshould\s+(?:be|say|read)\s*:?|\bmake\s+it\b|:)\s+(?P<what>\w.+)",
    re.IGNORECASE | re.DOTALL,
)
""" "That decided bit is me going on, it's: we refer today"."""
_IS_THE_DECISION = late(
    r"(?:\A|[,;]\s+)(?P<what>[^,;]{8,}?),?\s+(?:that['’]?s|that\s+is|is)\s+(?:the|my|our)\s+decision\b", re.IGNORECASE
)
""" "Ring MASH today, that's the decision"."""
_BARELY = 3
"""Words of a sentence that says only that something was decided; what it is comes in the next."""

_ALL_RIGHT = late(
    r"^\W*(?:(?:no|nothing|none|yes|ok(?:ay)?|that['’]?s|it['’]?s|this|that|looks?|sounds?|is|all|about|right|fine|good|"
    r"correct|it|to|me|thanks|i think|wrong|missing|else|nothing['’]?s|really|so|think|i|now|much|better|yeah|great"
    r"|lovely)\W+)*"
    r"(?:no|nothing|none|yes|ok(?:ay)?|it|right|fine|good|correct|me|thanks|wrong|missing|else|really|so"
    r"|now|better|yeah|great|lovely|you)\W*$",
    re.IGNORECASE,
)
"""An answer to a reading back that adds nothing."""
_A_DAY = late(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|weeks?|fortnight|month|the\s+\d{1,2}(?:st|nd|rd|th)"
    r"|half[-\s]term|easter|christmas|end\s+of\s+term|\d{1,2}(?:st|nd|rd|th)?\s+(?-i:[A-Z][a-z]{2,8}))\b"
    r"|^\W*(?:whenever|when|after|once|as\s+soon\s+as|at\s+(?:the|our)\s+next)\b",
    re.IGNORECASE,
)
MOST_WORDS_OF_A_DAY = 8
_DAYS = late(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|week|fortnight|month|morning|afternoon|evening)s?\b",
    re.IGNORECASE,
)
_NO_CALENDAR = late(r"^\W*(?:whenever|when|after|once|as\s+soon\s+as|at\s+(?:the|our)\s+next)\b", re.IGNORECASE)
_WHEN_THEY_MEET = names("look meet review supervision next time date day end start half term again back better")
_NOT_THEN = late(r"[,;]?\s+not\s+[^,;.]+\W*\Z", re.IGNORECASE)
""" "Next Friday, not the 1st"."""
_TO_BE_CHANGED = late(r"^\W*(?:(?:and|no|so|please)\W+)*(?:take|put|swap|move|drop|cross|add)\b", re.IGNORECASE)
_OF_SOMETHING_ELSE = late(
    r"\A\W*(?:(?:and|no|so|but|oh|well)\W+)*(?!it\b|that\b|let|next\b|the\s+(?:next|review|date|day)\b|review\b)(?:the\s+)?[\w-]+(?:['’]s|\s+(?:is|was|are))\b",
    re.IGNORECASE,
)
""" "Jas is tomorrow": of Jas."""

_BUT_RATHER = late(
    r"\b(?:but|although|though)\s+(?P<rather>.*\b(?:sooner|earlier|later|rather|instead|before\s+then|prefer|want)\b.*)",
    re.IGNORECASE | re.DOTALL,
)


def adds_something(answer: str) -> bool:
    """More than that it is right as it was read back."""
    return bool(answer) and _ALL_RIGHT.match(answer) is None


def decision(state: State) -> str:
    """What was decided, as it stands after what was said of the page; empty where nothing was."""
    of_the_page = decision_put_right(state)
    return without_struck(state, filed_last(state, "decision") if of_the_page is None else of_the_page)


def put_right_there(state: State, keeps: Keeps) -> str | None:
    """What the page was made to say in some place, empty where that was struck; None where it stands."""
    if keeps == "decision":
        return decision_put_right(state)
    stands: str | None = None
    for turn in _as_answered(state):
        if is_page(turn.asked.question):
            said = (words for place, words in said_of_page(turn).said_instead if place == KEPT.get(keeps))
            stands = next(said, stands)
        elif turn.asked.keeps == keeps:
            stands = None
    return stands


def in_its_place(state: State, keeps: Keeps) -> str:
    """What stands on the page in some place."""
    there = put_right_there(state, keeps)
    return without_struck(state, filed_last(state, keeps)) if there is None else there


def _as_answered(state: State) -> list[Turn]:
    answered = (turn for turn in state.turns if turn.answer)
    return sorted(answered, key=lambda turn: turn.answered_at or turn.asked.at)


def decision_put_right(state: State) -> str | None:
    """What the page was made to say of it, empty where it was struck; None where it stands."""
    stands: str | None = None
    for turn in _as_answered(state):
        answer = turn.answer or ""
        if turn.asked.keeps == "decision":
            stands = None
        if not is_page(turn.asked.question):
            continue
        said = _decided_there(answer)
        if not said:
            said = _instead_of(filed_last(state, "decision") if stands is None else stands, answer)
        if said:
            stands = " ".join(said)
        elif all_wrong(answer) or _NO_DECISION.search(answer):
            stands = ""
    return stands


def _decided_there(answer: str) -> list[str]:
    """The sentences of an answer about the page that say what was decided, or the parts of them that do."""
    said: list[str] = []
    barely = False
    for (start, end), clauses in sentences_and_clauses(answer):
        words = answer[start:end]
        denied = next((place for place, one in enumerate(clauses) if _NO_DECISION.search(answer[slice(*one)])), None)
        if barely:
            said.append(words)
        elif found := _IS_THE_DECISION.search(words) or _SHOULD_SAY.search(words):
            said.append(found["what"])
        elif denied is not None and _DECISION.search(words, min(clauses[denied][1], end) - start):
            said.append(answer[clauses[denied + 1][0] : end])
        elif denied is None and _DECISION.search(words):
            said.append(words)
        barely = (
            bool(said) and words == said[-1] and len(words.split()) <= _BARELY and _DECISION.search(words) is not None
        )
        if barely:
            said.pop()
    return said


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
    of_the_page = is_page(turn.asked.question)
    if of_the_page and (found := LOOK_AGAIN.search(answer)):
        sentence = next(span for span in spoken_sentences(answer) if span[0] <= found.start() < span[1])
        if _A_DAY.search(answer, found.start(), sentence[1]):
            return answer[found.start() : sentence[1]]
    if turn.asked.keeps != "next-date":
        return ""
    if not of_the_page:
        return _rather(filed(turn))
    return " ".join(_NOT_THEN.sub("", words) for words in _beside_the_steps(turn) if _says_when(words))


def _says_when(words: str) -> bool:
    """A few words with a day in them; a day in a longer sentence, or of something else, is of the case."""
    words = _NOT_THEN.sub("", words)
    if words.endswith("?") or any(pattern.search(words) for pattern in (_NOT_SO, _OF_SOMETHING_ELSE, _TO_BE_CHANGED)):
        return False
    beside = names(_DAYS.sub(" ", words)) - _WHEN_THEY_MEET
    only_when = len(beside) <= 1 or _NO_CALENDAR.match(words) is not None
    return _A_DAY.search(words) is not None and only_when and len(words.split()) <= MOST_WORDS_OF_A_DAY


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
    again, decided = look_again(turn), _decided_there(turn.answer or "")
    for words in _beside_the_steps(turn):
        if any(words in one or one in words for one in decided) or _asks(words):
            continue
        if words in again or (again and again in words) or _DECISION.search(words) or _ALL_WRONG.fullmatch(words):
            continue
        if adds_something(words) and not _NO_DECISION.search(words):
            yield words


def _asks(words: str) -> bool:
    """A question, which is answered; whoever asks to have something put in says what."""
    return bool(questions_to_us(words)) or words.rstrip(" )”\"'").endswith("?")


def said_of_the_page(turn: Turn) -> str:
    """What else was said of it: of the case, and neither a step, the decision nor the day."""
    return " ".join(_said_of_the_case(turn))


def _beside_the_steps(turn: Turn) -> Iterator[str]:
    steps = steps_said(turn)
    for span, words in said_of_page(turn).beside:
        held = [step.span for step in steps if overlap(step.span, span)]
        if not held:
            yield words
        elif put := put_in((turn.answer or "")[span[0] : held[0][0]]):
            yield re.sub(r"[\s,;]+and\Z", "", put)


def puts_right(turn: Turn) -> bool:
    """The answer changes what the page says of the decision or the steps."""
    answer = turn.answer or ""
    said = bool(steps_said(turn)) or _DECISION.search(answer) or _NO_DECISION.search(answer)
    return bool(said or all_wrong(answer) or said_of_page(turn).of_the_page)


def all_wrong(answer: str) -> bool:
    """Everything that stands there is said to be wrong."""
    return any(_ALL_WRONG.fullmatch(answer[slice(*span)]) for span in spoken_sentences(answer))
