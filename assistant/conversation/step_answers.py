"""An answer to what some steps leave out, put into those steps: who does it, by which day, what it is.

Says less rather than something false: an answer that is about no step that was asked about is a step of its own, and
nothing that was said before is taken away.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.language.late_patterns import late
from assistant.noticing.reading import Step

_WORD = late(r"[a-zà-ÿ]{3,}", re.IGNORECASE)
_SAID_AGAIN = 2
"""Telling words that two drafts of one step share."""
_ONLY_SAYS_WHO = late(r"\W*(?:\Z|,|with\b|and\b)", re.IGNORECASE)
"""After a name, where nothing is done: "me, with my teacher in the room"."""
_WHO_THAT_IS = late(r"\s*,\s*(?!with\b|and\b)", re.IGNORECASE)
""" "The staff, Donna who runs it, by tomorrow"."""
_DOES_IT_ALL = late(
    r"\b(?:i['’]?ll\s+do|i\s+will\s+do|will\s+do|i['’]?m\s+doing|i\s+am\s+doing)\s+(?:it|that|them|both|all)\b|\bis\s+the\s+name\b",
    re.IGNORECASE,
)
_IS_A_STEP = late(r"(?:\b[\w’']+\s+(?:will|to)\b|['’]ll)\s+(?:\w+\s+){3,}", re.IGNORECASE)
"""Of one who was to name somebody and says the step anew instead."""
_SOMEONE_TO = late(
    r"\A(?:maybe|perhaps|i\s+think|i\s+suppose)?\s*(?:someone|somebody|no\s*one|nobody|anyone)\s+"
    r"(?:to|should|needs\s+to|has\s+to|ought\s+to|must|will|could|can)\s+",
    re.IGNORECASE,
)
_BEGINNING = 5
"""Letters by which two words are taken for one: "visit" and "visiting"."""
_SAYS_LITTLE = frozenset(
    "the and for her him his she its not was had has get got see ask our you who how all can did one two out now "
    "own tonight will with that this then them they from have about both make going before after next week today "
    "tomorrow morning afternoon monday tuesday wednesday thursday friday saturday sunday other another first "
    "second last january february march april june july august september october november december worker "
    "manager".split()
)
_DONE_TO_ANYBODY = frozenset("ring rings rang tell speak visit check write send meet talk email".split())
_THE_ONE = late(r"\b(?:it|that|this|these|those|the (?:first|second|last|other)|one)\b", re.IGNORECASE)
_ALL = late(r"\b(?:both|all(?: of (?:it|them))?|each|them|everything|the lot)\b", re.IGNORECASE)


def filled_in(steps: Sequence[Step], asked_about: Sequence[Step], answered: Sequence[Step]) -> tuple[Step, ...]:
    """The steps with what was answered in those that were `asked_about`; what is about none of them comes after."""
    now = list(steps)
    waiting = [place for step in asked_about for place, one in enumerate(steps) if one is step]
    more: list[Step] = []
    for piece in answered:
        places = _meant(piece, steps, waiting, alone=len(answered) == 1)
        for place in places:
            now[place] = _with(now[place], piece, surely=len(places) == 1)
        waiting = [place for place in waiting if place not in places]
        if not places and (again := _drafted_before(piece, now)) is not None:
            now[again] = _drafted_again(now[again], piece)
        elif not places:
            more.append(piece)
    return (*now, *more)


def _meant(piece: Step, steps: Sequence[Step], waiting: Sequence[int], *, alone: bool) -> Sequence[int]:
    """Which of the steps that wait one piece of the answer is about."""
    said = _says(piece.text) - _says(piece.who)
    if len(waiting) == 1 and alone and piece.by and not piece.who:
        return waiting  # the day that one step lacks, whatever is said with it
    telling = said - _DONE_TO_ANYBODY or said
    shared = {place: len(telling & _says(steps[place].text)) for place in waiting}
    best = max(waiting, key=lambda place: shared[place], default=None)
    if best is not None and shared[best]:
        return [best]
    if _ALL.search(piece.text) or (alone and not said):
        return waiting
    vague = [place for place in waiting if steps[place].vague]
    named = [place for place, step in enumerate(steps) if said and said <= _says(step.text)]
    if len(named) == 1:
        return named
    if (
        len(waiting) == 1
        and not steps[waiting[0]].who
        and _ONLY_SAYS_WHO.match(piece.text[len(piece.who) :])
        and _begins(piece)
    ):
        return waiting
    theirs = [place for place, step in enumerate(steps) if _says(piece.who) & _says(step.text)]
    if len(theirs) == 1:
        return theirs
    if not said - _says(piece.who) or _DOES_IT_ALL.search(piece.text):
        lacking = [place for place in waiting if not steps[place].who]
        return lacking if piece.who and not _THE_ONE.search(piece.text) else waiting[:1]
    return vague[:1]


def _begins(piece: Step) -> bool:
    return bool(piece.who) and piece.text.casefold().startswith(piece.who.casefold())


def _drafted_before(piece: Step, steps: Sequence[Step]) -> int | None:
    """The step that this one says once more."""
    said = _says(piece.text) - _says(piece.who)
    shared = {place: len(said & _says(step.text)) for place, step in enumerate(steps)}
    best = max(shared, key=lambda place: shared[place], default=None)
    if best is None or shared[best] < _SAID_AGAIN:
        return None
    theirs, ours = steps[best].who.casefold(), piece.who.casefold()
    return best if not theirs or not ours or theirs == ours else None


def _drafted_again(step: Step, piece: Step) -> Step:
    """The fuller of the two drafts, with what the other adds."""
    first, last = (step, piece) if len(step.text) >= len(piece.text) else (piece, step)
    return first.model_copy(
        update={
            "who": piece.who or step.who,
            "by": piece.by or step.by,
            "by_words": piece.by_words or step.by_words,
            "vague": first.vague and last.vague,
        }
    )


def _with(step: Step, piece: Step, *, surely: bool) -> Step:
    """What was said last counts where it is `surely` of this step; otherwise it fills what is missing."""
    adds = bool(_says(piece.text) - _says(piece.who) - _says(step.text)) and not _DOES_IT_ALL.search(piece.text)
    adds = adds and not (_begins(piece) and _WHO_THAT_IS.match(piece.text[len(piece.who) :]))
    said_anew = adds and surely and _IS_A_STEP.search(piece.text) is not None and not step.who
    text = f"{step.text.rstrip('.')}: {piece.text}" if adds else step.text
    if piece.who and not step.who and not said_anew:
        text = _SOMEONE_TO.sub("", text).rstrip(" ?")
    return step.model_copy(
        update={
            "text": piece.text if said_anew else text,
            "who": (surely and piece.who) or step.who or piece.who,
            "by": (surely and piece.by) or step.by or piece.by,
            "by_words": (surely and piece.by_words) or step.by_words or piece.by_words,
            "vague": piece.vague if adds else step.vague,
        }
    )


def given_to(step: Step, who: str, by: date | None = None, by_words: str = "") -> Step:
    """The step with who does it, and the day where one was said; then it is no longer "someone" who should."""
    day = {"by": by, "by_words": by_words} if by else {}
    return step.model_copy(update={"who": who, "text": _SOMEONE_TO.sub("", step.text).rstrip(" ?"), **day})


def _says(text: str) -> frozenset[str]:
    words = (word.lower() for word in _WORD.findall(text))
    return frozenset(word.rstrip("s")[:_BEGINNING] for word in words if word not in _SAYS_LITTLE)
