"""What the closing asks for, where it was said already: a decision told with the account, words that a child will hear.

Owns the few words that show it, and is sure of them or silent. Knows nothing of how it's asked about then
(`course.py`), or of the record beside it (`filing.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.conversation.said_to_us import to_the_program
from assistant.conversation.state import State, Turn
from assistant.language.lazy_patterns import late
from assistant.language.sentences import spoken_sentences

LATELY = 6
"""Answers before the decision in which it may have been said; what was meant before has been thought about since."""
FEWEST_WORDS = 6
"""Of a sentence that decides something: "I'll ring her" doesn't say whom, or why."""
LONGEST = 170
"""Characters of one that is read back, since it's never cut."""
_TO_DO = (
    r"(?:ring(?:ing)?|phon(?:e|ing)|call(?:ing)?|refer(?:ring)?|escalat(?:e|ing)|mak(?:e|ing)|see(?:ing)?|go(?:ing)?"
    r"|tell(?:ing)?|speak(?:ing)?|talk(?:ing)?|ask(?:ing)?|email(?:ing)?|writ(?:e|ing)|tak(?:e|ing)|book(?:ing)?|visit(?:ing)?"
    r"|stop(?:ping)?|keep(?:ing)?|send(?:ing)?|put(?:ting)?|get(?:ting)?)"
)
_DECIDES = late(
    r"\b(?:I|we)(?:['’]?ve|\s+have)\s+(?:just\s+)?decided\b(?!\s+(?:nothing|anything))"
    rf"|\b(?:I['’]?m|I\s+am|we['’]?re)\s+(?:just\s+|definitely\s+)?(?:not\s+)?(?:going\s+to\s+|gonna\s+)?(?!going\s+to\b){_TO_DO}\b"
    rf"|\b(?:I|we)(?:['’]ll|\s+will)\s+(?:just\s+|definitely\s+)?{_TO_DO}\b",
    re.IGNORECASE,
)
_HAS_DECIDED = late(
    r"\W*(?:(?:right|ok|okay|well|so|then|yes|no)\W+)*(?:(?:I|we)(?:['’]?ve|\s+have)?\s+(?:just\s+|now\s+)?decided|(?:my\s+|the\s+)?decision)\W*",
    re.IGNORECASE,
)
_WHEN = late(
    r"\b(?:today|tonight|tomorrow|now|straight\s+(?:after|away)|this\s+(?:morning|afternoon|evening|week)|first\s+thing"
    r"|as\s+soon\s+as|before\s+(?:I|we|they|he|she|\d)|(?:mon|tues|wednes|thurs|fri|satur|sun)day|at\s+(?:\d|half|quarter|lunch|one|two|three|four|five|six|nine|ten|dinner)"
    r"|decided)\b",
    re.IGNORECASE,
)
"""A decision has a time to it, or says that it's one."""
_UNSURE = late(
    r"\?|\b(?:if\s+I(?!['’]?m\s+honest)|whether|would(?:n['’]?t)?|might|could|should|maybe|perhaps|probably|suppose|dunno|not\s+sure|(?:don['’]?t|do\s+not)\s+(?:know|think)"
    r"|call(?:ing)?\s+(?:him|her|them|it|the\s+\w+)\s+(?-i:[A-Z])\w+|it\s+says|wish|meant\s+to|was\s+going|keep\s+(?:going|thinking)|mad|insane|always|every\s+(?:week|time|day)|be\s+honest|you)\b|['’]d\b",
    re.IGNORECASE,
)
_WILL_SAY = late(
    r"\bI(?:['’]d|['’]ll|\s+would|\s+will|['’]m\s+going\s+to)\s+(?:\w+\s+){0,2}(?:say|tell)\s+(?:to\s+)?(?:him|her|them|the\s+(?:boys|girls|kids|children)|[A-Z]\w+)\b",
)
_WANTS_THE_PLAN = late(
    r"(?:\A|[.!?]\s)\W*(?:(?:ok|okay|right|well|so|then|now)\W+)*(?:my\s+|the\s+)?decision\s*[.:,–-]\s|"
    r"\b(?:can|could|shall|should)\s+we\s+(?:just\s+|please\s+)?(?:do|get\s+(?:on\s+)?(?:to|with)|go\s+(?:on\s+)?to|move\s+on\s+to|come\s+to|start|write)\s+"
    r"(?:the\s+|some\s+|a\s+)?(?:plan|steps|decision|actions?|list)\b"
    r"|\b(?:plan|steps|decision)\W+please\b|\bthat['’]?s\s+(?:it\W+that['’]?s\s+)?what\s+I['’]?ve\s+decided\b"
    r"|\b(?:get|go|move)\s+on\s+(?:with|to)\s+the\s+(?:plan|steps|decision|actions?)\b"
    r"|\bI(?:['’]ve|\s+have)?\s+(?:really\s+)?(?:need|got|have)\s+to\s+(?:get\s+on\s+the\s+phone|go\s+(?:in\s+a\s+minute|soon|now)\b|make\s+(?:that|this|the)\s+(?:call|phone\s*call))"
    r"|\bI(?:['’]?d|['’]?ve|['’]?m)?\s+(?:just\s+|really\s+)?(?:want|need|better|going|off|got)\s+(?:to\s+)?(?:go|get\s+off)\s+and\s+(?:ring|phone|call)\b"
    r"|\bI['’]?m\s+(?:off\s+to\s+(?:ring|phone|call)\b|(?:ringing|phoning|calling)\s+(?:\w+\s+){0,2}(?:right\s+)?now\b)",
    re.IGNORECASE,
)
_SPOKEN = late(r"[\"“][^\"”]*(?:\s\S+){3}[^\"”]*[\"”]|\byou\w*", re.IGNORECASE)
"""Words as they will be said, between marks or to somebody's face."""
_ASKS_THE_PARENTS = late(
    r"\b(?:how|what)\s+(?:will|would|could)\s+you\s+(?:tell|say\s+to)\s+(?:the\s+)?(?:parents?|mum|mam|dad|mother|father)\b",
    re.IGNORECASE,
)
FEWEST_WORDS_TO_HEAR = 10


def wants_the_plan(state: State) -> bool:
    """Somebody has asked to come to the decision or the steps, or has to go: no theme is opened after that."""
    return any(asks_for_the_plan(turn.answer or "") for turn in state.turns)


def asks_for_the_plan(answer: str) -> bool:
    """An answer asks for it, however else it was read."""
    return _WANTS_THE_PLAN.search(answer) is not None


def decided_before(state: State) -> str:
    """The sentence that last decided something, before a decision was asked for; empty where none surely did."""
    told = [turn for turn in _before_deciding(state) if turn.answer is not None][-LATELY:]
    for turn in reversed(told):
        said = [
            turn.answer or "",
            *(words for card in state.cards if _on(card.shown.question, turn) for words in card.said),
        ]
        for words in reversed(said):
            told_in = list(_sentences(words))
            for place, sentence in reversed(list(enumerate(told_in))):
                if _decides(sentence) or (
                    place and _HAS_DECIDED.fullmatch(told_in[place - 1]) and _says_what(sentence)
                ):
                    return sentence.rstrip(".")
    return ""


def told_before(state: State, *, of_a_baby: bool) -> str:
    """What a child will hear, or of a baby its parents, in the words that were said before they were asked for."""
    decided = False
    for turn in state.turns:
        if turn.asked.keeps == "child-told":
            return ""
        if turn.answer is None:
            continue
        if of_a_baby and _ASKS_THE_PARENTS.search(turn.asked.text) and _gives_words(turn.answer):
            return " ".join(turn.answer.split())
        decided = decided or turn.asked.keeps == "decision"
        found = _WILL_SAY.search(turn.answer) if decided and not of_a_baby else None
        words = turn.answer[found.start() :] if found else ""
        if found and _gives_words(words[found.end() - found.start() :]):
            return " ".join(words.split())
    return ""


def _gives_words(said: str) -> bool:
    return len(said.split()) >= FEWEST_WORDS_TO_HEAR and _SPOKEN.search(said) is not None


def _before_deciding(state: State) -> Iterator[Turn]:
    for turn in state.turns:
        if turn.asked.keeps == "decision":
            return
        yield turn


def _on(question: str, turn: Turn) -> bool:
    return question == turn.asked.question


def _sentences(words: str) -> Iterator[str]:
    yield from (" ".join(words[start:end].split()) for start, end in spoken_sentences(words))


def _says_what(sentence: str) -> bool:
    """After "I've decided." """
    few = len(sentence.split()) < FEWEST_WORDS or len(sentence) > LONGEST
    return not few and not to_the_program(sentence) and _UNSURE.search(sentence) is None


def _decides(sentence: str) -> bool:
    if not len(sentence.split()) >= FEWEST_WORDS or len(sentence) > LONGEST or to_the_program(sentence):
        return False
    found = _DECIDES.search(sentence)
    return found is not None and _WHEN.search(sentence) is not None and _UNSURE.search(sentence) is None
