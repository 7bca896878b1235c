"""The last page after it was spoken of: shown as it stands now, and asked about again only where it may still be wrong.

Whatever an answer changed is shown before anything else is asked, and nobody leaves on a change they haven't seen.
Whoever asks us something there is answered, and whoever says what can't be read is asked which line is meant. The words
are in `prompts/listening.yaml`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.conversation import events as e
from assistant.conversation.agreed_steps import steps_of
from assistant.conversation.answering import asks_us, reply_alone
from assistant.conversation.ending import agreed, ending, open_struck, step_lines
from assistant.conversation.line_called import Called, number_given
from assistant.conversation.page_turns import (
    AGAIN,
    LINE,
    is_page,
    line_called,
    lines_shown,
    of_the_page,
    page_turns,
    parts_of,
    says_anew,
    shown_again,
    speaks_of_the_page,
)
from assistant.conversation.put_right import adds_something, in_its_place, look_again
from assistant.conversation.said_to_us import questions_to_us
from assistant.conversation.situation import Situation
from assistant.conversation.state import State, Turn
from assistant.conversation.unplaced import lets_be, line_meant, unplaced
from assistant.language.lazy_patterns import late
from assistant.language.sentences import spoken_sentences
from assistant.noticing.reading import PartKind

_ALL_RIGHT: frozenset[PartKind] = frozenset({"keep", "enough", "aside"})
MOST_LEFT = 2
MOST_SHOWN_AGAIN = 12
"""Nobody leaves without having seen what came of the last they said; after so many there is the record itself."""
_ACCEPTS = late(
    r"\A\W*(?:(?:ok(?:ay)?|well|no|right|oh|all)\W+)*(?:good\s+enough|(?:that['’]?s|it['’]?s)\s+(?:it|right|fine|good|great|perfect|all|the\s+lot|better|done)|yes+|yeah|yep|aye|fine|perfect|lovely|spot\s+on|great|all\s+good"
    r"|(?:that|it)(?:['’]?ll|\s+will)\s+do|looks?\s+(?:right|good|fine))\b(?!\W+(?:but|except|apart|only|bar)\b)",
    re.IGNORECASE,
)
"""How an answer begins that takes the page as it stands, whatever is said after it."""
_NO_BUT = late(
    r"\W*(?:no+|nah|nope)\b(?!\W+(?:nothing|none|that|it|all|more|else|thank\w*|ta|fine|good|leave|i['’]?m|i\s+think|\Z))",
    re.IGNORECASE,
)
""" "No, the visit's not Wednesday anymore"."""
_STILL_WRONG = late(
    r"\W*(?:(?:no+|nope|nah|not\s+(?:really|quite|yet)|still|it['’]?s|that['’]?s|wrong|not\s+right|sorry|worse)\W*)+",
    re.IGNORECASE,
)
"""An answer to whether it's right now that says only that it isn't."""


def ask_about_a_line(situation: Situation) -> e.Asked | None:
    """The line whose number was given, or of which something was said that wasn't understood, to be said as it ought
    to stand."""
    turn = situation.state.current
    if turn is None or not is_page(turn.asked.question):
        return None
    if (called := line_called(turn)) is not None:
        shown = lines_shown(turn.asked.said_first, turn.asked.keeps)
        line = shown[called - 1] if isinstance(called, int) else ""
        return _asked(situation, called, line, "you gave the number of a line")
    meant = line_meant(turn)
    line = _unchanged(situation, turn, meant) if meant is not None else ""
    if meant is None or not line or _was_asked(situation, line):
        return None
    return _asked(situation, meant, line, "you spoke of that line")


def _unchanged(situation: Situation, turn: Turn, called: int | Called) -> str:
    """A line of the page as it stands now, whichever have gone since, where the answer hasn't changed it."""
    if isinstance(called, int):
        before = lines_shown(turn.asked.said_first, turn.asked.keeps)[called - 1].partition(" ")[2]
        now = step_lines(situation, steps_of(situation.state))
        return next((line for line in now if line.partition(" ")[2] == before), "")
    stands = in_its_place(situation.state, called)
    return called if stands == in_its_place(_before_it(situation), called) else ""


def _was_asked(situation: Situation, called: str) -> bool:
    """Once is enough: whoever speaks of it again after that is quoted."""
    asked = [turn.asked for turn in situation.state.turns if says_anew(turn.asked.question)]
    return any(called in one.said_first or one.question.rpartition("-")[2] == called.partition("-")[0] for one in asked)


def _asked(situation: Situation, called: int | Called, line: str, because: str) -> e.Asked:
    shown: tuple[str, ...] = (line,)
    if isinstance(called, int):
        name = line.partition(".")[0]
    else:
        now, name = in_its_place(situation.state, called), called.partition("-")[0]
        shown = (f"“{now}”",) if now else ()
    return situation.asks(
        f"{LINE}/{situation.times_asked(f'{LINE}/') + 1}-{name}",
        situation.knowledge.prompts.listening.ending.line,
        because=because,
        theme="ending",
        stage="closing",
        said_first=shown,
        in_other_words="",
    )


def show_the_page_again(situation: Situation) -> e.Asked | None:
    """The page as it was put right, or as it stands, with a line on what couldn't be done or was asked."""
    turn = situation.state.current
    if turn is None or turn.answer is None:
        return None
    before_it = situation.turns.get(turn.asked.probes or "")
    if says_anew(turn.asked.question) or (before_it is not None and of_the_page(before_it.asked.question)):
        return _shown(situation, (), line_by_line=True)
    return _after_the_page(situation, turn, turn.answer) if is_page(turn.asked.question) else None


def show_what_changed(situation: Situation) -> e.Asked | None:
    """The page once more for somebody who is leaving, where what they said last changed it."""
    turn = situation.state.current
    of_page = turn is not None and (is_page(turn.asked.question) or says_anew(turn.asked.question))
    return _shown(situation, ()) if of_page and _changed(situation) else None


def _after_the_page(situation: Situation, turn: Turn, answer: str) -> e.Asked | None:
    ending_words, parts = situation.knowledge.prompts.listening.ending, parts_of(turn)
    if number_given(answer) is not None:  # of a line that isn't there: the others are asked about already
        return _shown(situation, (ending_words.unread,))
    again = turn.asked.question.startswith(AGAIN)
    changed = _changed(situation) or (again and bool(look_again(turn)))
    enough = any(part.kind == "enough" for part in parts) and not _objects(turn, answer)
    let_be = enough and parts[-1].kind == "enough" and all(part.kind in _ALL_RIGHT for part in parts)
    accepted = enough or _ACCEPTS.match(answer) is not None
    if not changed and (let_be or (again and accepted)):
        return None
    lines = reply_alone(situation, turn) if _asks(turn) else ()
    if left := _left(situation, turn):
        lines = (*lines, ending_words.unplaced.replace("{words}", "; ".join(left)))
    elif not changed and not lines and _unread(situation, turn):
        asks = any(questions_to_us(answer)) or any(part.kind == "question" for part in parts)
        lines = (ending_words.asked if asks else ending_words.unread,)
    return _shown(situation, lines) if changed or lines else None


def _changed(situation: Situation) -> bool:
    """The last answer changed the page."""
    before = replace(situation, state=_before_it(situation))
    return agreed(situation.state) != agreed(before.state) or open_struck(situation) != open_struck(before)


def _before_it(situation: Situation) -> State:
    """Where the session stood before the last answer."""
    return replace(situation.state, turns=situation.state.turns[:-1])


def _objects(turn: Turn, answer: str) -> bool:
    """It puts the page right, whatever else it was read as."""
    corrects = turn.reading is not None and turn.reading.stance == "corrects-us"
    return corrects or _NO_BUT.match(answer) is not None


def _asks(turn: Turn) -> bool:
    return asks_us(turn) is not None and ("?" in (turn.answer or "") or bool(questions_to_us(turn.answer or "")))


def _left(situation: Situation, turn: Turn) -> tuple[str, ...]:
    """What wasn't understood of what was asked for; the second time running it's left."""
    before = situation.knowledge.prompts.listening.ending.unplaced.split("{words}")[0]
    if any(line.startswith(before) for line in turn.asked.said_first):
        return ()
    left = (words for words in unplaced(turn) if not _STILL_WRONG.fullmatch(words))
    return tuple(f"“{words.rstrip('.')}”" for words in left)[:MOST_LEFT]


def _unread(situation: Situation, turn: Turn) -> bool:
    """Something was said of the page and nothing came of it; said twice running it's left."""
    words = situation.knowledge.prompts.listening.ending
    answer = turn.answer or ""
    if {words.unread, words.asked} & {*turn.asked.said_first} or any(
        lets_be(answer[slice(*span)]) for span in spoken_sentences(answer)
    ):
        return False
    if look_again(turn) or (all(part.kind in _ALL_RIGHT for part in parts_of(turn)) and not adds_something(answer)):
        return False
    stance = turn.reading.stance if turn.reading else None
    says_more = stance in {"answers", "corrects-us"} and _ACCEPTS.match(answer) is None
    return turn.asked.question.startswith(AGAIN) or says_more or speaks_of_the_page(turn) or any(unplaced(turn))


def _what_is_new(situation: Situation) -> tuple[str, ...]:
    """The steps, and of the rest what didn't stand so when the page was shown last: nobody reads the same five lines
    six times over."""
    lines = ending(situation)
    last = next((turn.asked for turn in reversed(situation.state.turns) if is_page(turn.asked.question)), None)
    shown = last.said_first if last and last.question.startswith(AGAIN) else ()
    steps = lines_shown(lines, None)
    return tuple(line for line in lines if line in steps or line not in shown) if shown else lines


def _shown(situation: Situation, before: tuple[str, ...], *, line_by_line: bool = False) -> e.Asked | None:
    times = shown_again(situation.state)
    by_talk = times - sum(says_anew(turn.asked.question) for turn in situation.state.turns)
    if by_talk >= MOST_SHOWN_AGAIN and not line_by_line:
        return None
    again = situation.knowledge.prompts.listening.ending.again
    pages = page_turns(situation.state)
    return situation.asks(
        f"{AGAIN}-{times + 1}" if times else AGAIN,
        again[-1] if line_by_line else again[min(times, len(again) - 1)],
        because="you put the page right, or asked about it",
        theme="ending",
        stage="closing",
        said_first=(*before, *_what_is_new(situation)),
        keeps=pages[-1].asked.keeps if pages else None,
        in_other_words="",
    )
