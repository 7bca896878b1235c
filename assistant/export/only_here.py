"""What of an answer says something only in the session it was typed in, and nothing to whoever reads the record.

A line of the page by its number, our own question thrown back, a question to the program, and a request to it to write
something down. How an answer was read tells the most of it; owns the few words that show the rest. Knows nothing of
where in a document a sentence would stand.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.conversation.said_to_us import questions_to_us
from assistant.conversation.state import Turn
from assistant.export.shortening import is_quoted
from assistant.language.lazy_patterns import late
from assistant.language.paragraphs import sentences_of
from assistant.language.quotations import without_quoted
from assistant.language.spans import nearly_all_within

_OF_TIME = r"o['’]?clock|am|pm|years?|months?|weeks?|days?|of (?:them|us)|kids|children|cases"
_BY_NUMBER = late(
    r"^\W*(?:(?:but|and|so|no|oh|well|also)\W+)*(?:number |no\.? ?|line )?\d{1,2}"
    r"(?:['’]s|\W+(?:is|isn['’]?t|was|must|should|has|can|goes|stays|and|only)\b)"
    rf"(?! ?(?:{_OF_TIME}))"
    r"|\bnumber \d{1,2}\b(?=[^.!?]*\b(?:is|['’]?s|must|should|says?|me)\b)|^\W*(?:take|cross|strike) (?:off|out) \d"
    r"|\b(?:show|read|give|see) (?:me |us )?(?:the|my) (?:list|steps|page)\b|^\W*the list:"
    r"|\bput (?:me )?down (?:the|those|my) (?:\w+ )?(?:things|steps)\b|^\W*put (?:that|it|this) (?:in|down)\W*\Z"
    r"|\bif that['’]?s what you(?:['’]?re| are| mean)\b|^\W*can we get (?:what|that|this|it|them)\b.*\bwritten\b",
    re.IGNORECASE,
)
"""A line of the page, or the page: "3 must be first"."""
_LEADS_BY_NUMBER = late(r"^\W*(?:(?:but|and|so)\W+)?number \d{1,2}\W+(?=[A-Z])", re.IGNORECASE)
_AFTERWARDS = late(
    r"^\W*(?:never mind|hold on|hang on|go on|anyway|(?:please )?just (?:say|tell me|answer)(?: please)?"
    r"|(?:ok(?:ay)?,? )?thank(?:s| you)|that['’]?s useful(?: actually)?|"
    r"(?:aye|yes|yeah),? ok,? that['’]?s useful)\W*\Z",
    re.IGNORECASE,
)
_LONGEST_ECHO = 9
"""Words of our question thrown back: "Keeping what from coming down, the risk?"."""
_NEW = late(r"(?<=[a-z,] )[A-Z][a-z]{2,}")


def without_what_is_only_here(turn: Turn, words: str, quoted: Collection[str] = ()) -> str:
    """The words of its answer without such sentences; what a later question quoted stays, for it says nothing else."""
    lines = list[str]()
    for paragraph in sentences_of(words):
        whole = [words[start:end] for start, end in paragraph]
        kept = [
            one
            for place, one in enumerate(whole)
            if is_quoted(one, quoted) or not _is_only_here(turn, one, first=place == 0 and not lines and len(whole) > 1)
        ]
        lines += [" ".join(kept)] if kept else []
    return "\n".join(lines)


def without_a_number(sentence: str) -> str:
    """ "But number 3, Marianne's my manager": the number is of a list that the reader hasn't got."""
    return _LEADS_BY_NUMBER.sub("", sentence)


def _is_only_here(turn: Turn, sentence: str, *, first: bool) -> bool:
    if _BY_NUMBER.search(without_quoted(sentence)) or _AFTERWARDS.match(sentence):
        return True
    return _asks_us(turn, sentence) or (first and _is_thrown_back(turn, sentence))


def _asks_us(turn: Turn, sentence: str) -> bool:
    """It's read as a question to the program, or sounds like one."""
    at = (turn.answer or "").find(sentence)
    read = [stand.span for stand in turn.reading.stands if stand.stance == "asks-us"] if turn.reading else []
    asks = sentence.rstrip(" \"”'").endswith("?")
    return asks and (bool(questions_to_us(sentence)) or nearly_all_within((at, at + len(sentence)), read))


def _is_thrown_back(turn: Turn, sentence: str) -> bool:
    """The answer begins with a short question of its own that names nobody."""
    short = len(sentence.split()) <= _LONGEST_ECHO and sentence.endswith("?") and '"' not in sentence
    return short and all(name in turn.asked.text for name in _NEW.findall(sentence))
