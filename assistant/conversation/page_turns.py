"""Answers that speak of steps: which they are, the lines they were asked of, and what in each of them is what.

Owns which questions put the last page before the worker, and how a line was shown. Knows nothing of what comes of the
answers (`agreed_steps.py`, `put_right.py`).
"""

from __future__ import annotations

import re

from assistant.conversation.events import Asked, Source
from assistant.conversation.line_called import Called, number_given, place_given
from assistant.conversation.state import State, Turn
from assistant.language.lazy_patterns import late
from assistant.noticing.closing_words import parts_by_words
from assistant.noticing.reading import Part, PartKind

_OF_DANGER: frozenset[Source] = frozenset(("card", "steer", "still-open"))
AGAIN = "ending/page-again"
"""The same page as it was put right; the second time and after, with a number."""
PAGE = "ending/page"
_PAGE = frozenset({PAGE, "ending/page-and-date"})
_NUMBERED = late(r"\d{1,2}\.\s+\S.*")
_LACKING = late(r"“(?P<step>.+)”\s.*")
LINE = "ending/line"
"""One line of the page, to be said anew: `ending/line/3-1` is the first, asked for as the third."""
SPEAKS_OF_LINES: frozenset[PartKind] = frozenset({"who", "when", "drop", "words", "order", "done", "split", "join"})
"""What changes a line of the page."""


def is_page(question: str) -> bool:
    """Whether a question puts the page before the worker."""
    return question in _PAGE or question.startswith(AGAIN)


def line_asked(question: str) -> int | None:
    """The place on the page, from 0, of the line that a question asks to be said anew."""
    last = question.rpartition("-")[2]
    return int(last) - 1 if question.startswith(f"{LINE}/") and last.isdigit() else None


def says_anew(question: str) -> bool:
    """It asks for one line of the page, or for what else stands there."""
    return question.startswith(f"{LINE}/")


def of_the_page(question: str) -> bool:
    """It puts the page before the worker, or asks for one line of it."""
    return is_page(question) or says_anew(question)


def may_plan(asked: Asked) -> bool:
    """Whether an answer may say what somebody will do, though it's no plan that was asked for: about danger, and in
    what is asked of a theme about acting."""
    return asked.keeps is None and (
        asked.source in _OF_DANGER or (asked.stage == "action" and asked.source == "journey")
    )


def shown_again(state: State) -> int:
    """How often the page was shown as it was put right."""
    return sum(turn.asked.question.startswith(AGAIN) for turn in state.turns)


def line_called(turn: Turn) -> int | Called | None:
    """The number of the line that its answer to the page gives, or what is called by the first words of its line, where
    it says nothing else: by itself that changes nothing."""
    answer = turn.answer or ""
    if not answer or not is_page(turn.asked.question):
        return None
    number = number_given(answer)
    if number is not None and 0 < number <= len(lines_shown(turn.asked.said_first, turn.asked.keeps)):
        return number
    return place_given(answer)


def calls_a_line(turn: Turn) -> bool:
    """Its answer only names a line of the page."""
    return line_called(turn) is not None


def page_turns(state: State) -> tuple[Turn, ...]:
    """Where the page was answered."""
    return tuple(
        turn for turn in state.turns if is_page(turn.asked.question) and turn.answer and not calls_a_line(turn)
    )


def lines_shown(said_first: tuple[str, ...], keeps: str | None) -> tuple[str, ...]:
    """The lines about steps that stood before a question: those with numbers, or those that lack something."""
    pattern = _LACKING if keeps == "step-gap" else _NUMBERED
    return tuple(line for line in said_first if pattern.fullmatch(line))


def lacking_step(line: str) -> str:
    """The words of a step that was shown as lacking something."""
    found = _LACKING.fullmatch(line)
    return found["step"] if found else re.sub(r"\A\d{1,2}\.\s+", "", line)


def parts_of(turn: Turn) -> tuple[Part, ...]:
    """What is what in an answer, by the words alone where nothing read it."""
    if calls_a_line(turn):
        return ()
    read, keeps = turn.reading.parts if turn.reading is not None else None, turn.asked.keeps
    if read is not None and (keeps != "step-gap" or any(part.lines for part in read)):
        return read
    if not turn.answer or (keeps not in {"action", "step-gap"} and not is_page(turn.asked.question)):
        return ()
    lines = lines_shown(turn.asked.said_first, keeps)
    return parts_by_words(turn.answer, len(lines), turn.asked.at.date(), asked_of_them=keeps == "step-gap")


def is_read(turn: Turn) -> bool:
    """Its answer was read in parts, and not by its words alone."""
    return turn.reading is not None and turn.reading.parts is not None


def words_of(turn: Turn, kind: PartKind) -> tuple[str, ...]:
    """The stretches of an answer that are of one kind."""
    return tuple((turn.answer or "")[slice(*part.span)].strip() for part in parts_of(turn) if part.kind == kind)


def speaks_of_the_page(turn: Turn) -> bool:
    """Something is said of the lines that are shown."""
    return any(part.kind in SPEAKS_OF_LINES for part in parts_of(turn))
