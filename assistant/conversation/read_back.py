"""What has been said so far, read back in the worker's own words, to be put right.

Quotes, and says what is still open and who has not been seen or spoken of. Says less rather than something false. The
sentences around the quotes are in `prompts/listening.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.conversation.events import Source
from assistant.conversation.filing import is_to_us
from assistant.conversation.known_facts import is_old_enough
from assistant.conversation.said_to_us import of_their_own, to_the_program
from assistant.conversation.situation import Situation, without_marks
from assistant.conversation.state import Turn
from assistant.conversation.threads import open_threads
from assistant.language.agreement import is_several
from assistant.language.clauses_around import clauses_around
from assistant.language.lazy_patterns import late
from assistant.language.sentences import spoken_sentences
from assistant.language.spans import holding, overlaps
from assistant.noticing.observations import Span
from assistant.noticing.step_wording import says_what_is_done

MOST_QUOTES = 2
FEWEST_QUOTES = 2
"""Of what was told: one alone reads as if it were all that was heard ("That's a funny bit to pick out")."""
LONGEST = 170
"""Characters of a sentence that is given back; of one that runs on longer, the clauses around what tells."""
MOST_MISSING = 2
_TOLD_AT_FIRST = 0.1
"""Taken from what somebody began with, and knows they said."""
_OF_THE_CHILD = 0.15
"""Added to how likely something is to be taken up that a child said or did."""
_OBSERVED = {"child-words": 0.5, "child-behaviour": 0.35}
_OWNED, _SEEN = 0.35, 0.1
"""The same of what was only noticed: between what's surely telling, 0.6, and what hardly is, 0.3."""
LEAST_OF_THE_MAIN = 0.5
"""How telling something is that was given back and is told once more."""
_UNSURE = 0.25
"""Taken from what somebody doesn't know: "Femi and Gary I think, I don't know the woman's name"."""
_PLANNED = late(r"\b(?:I|we)(?:['’]ll|\s+will|['’]m\s+going\s+to)\b", re.IGNORECASE)
FEWEST_WORDS = 4
"""Of a sentence that is given back; "Two boys." says too little."""
_OF_THE_CASE = frozenset({"child-unseen", "child-words", "date", "unmet"})
"""Kinds of threads that are about the case; "I don't know how you say that" is no gap in it."""
_SAID_TO_US = frozenset({"corrects-us", "asks-us", "elsewhere", "beside-the-point", "refuses", "already-answered"})
_OF_THE_WORKER = frozenset[Source](("asked-us", "shaken", "felt"))
"""What was answered there weighs both sides, or says how the worker is."""
_ASKED = late(r"(?:which|what|who|whose|why|how|when|where|eh)\b", re.IGNORECASE)
_NOT_KNOWN = late(
    r"\b(?:don['’]?t|do\s+not)\s+(?:really\s+)?know\b|\bdunno\b|\bnot\s+sure\b|\bno\s+idea\b", re.IGNORECASE
)
_MOST_OF_NOT_KNOWING = 7
"""Words of a sentence that says nothing but that it isn't known."""
_OF_BEING_ALONE = late(
    r"\balone\b|\bon (?:his|her|their) own\b|\bby (?:him|her|them)sel|\bwell away from\b", re.IGNORECASE
)
_ALONE = late(
    r"\b(?:alone|one\s+to\s+one|1:1|(?:on|by)\s+(?:his|her|their|its|theyre)\s+own|by\s+(?:him|her|them)sel\w+|just\s+(?:me\s+and|the\s+two)"
    r"|in\s+(?:his|her|their)\s+(?:bed)?room|in\s+(?:the|my)\s+car|(?:well\s+)?away\s+from\s+\w+|privately|in\s+private|(?:saw|seen|spoke\s+to|spoken\s+to|talked\s+to|chatted\s+to|sat\s+with)\s+(?:him|her|them|[A-Z]\w+)\b[^.?!]*\b(?:school|room|car))\b"
)
"""Seeing a child by themselves has been spoken of, whichever way."""
_OF_WHAT_WAS_SAID = late(r"\b(?:said|say|saying|words|tell|tells|told)\b", re.IGNORECASE)
_A_MAN = late(
    r"\b(?:grand(?:ad|dad|pa|father)|uncle|step[\s-]?(?:dad|father)|dad|father|boyfriend|fella|bloke|lodger|husband|men|man|chap|godfather)s?\b",
    re.IGNORECASE,
)
_NOT_TO_BE_TOLD = late(
    r"\b(?:don['’]?t|do\s+not|won['’]?t|not\s+going\s+to|rather\s+not|can['’]?t)\s+(?:want\s+to\s+)?(?:talk|speak|go\s+into|say\s+any\s+more|discuss)\b",
    re.IGNORECASE,
)
"""What somebody would rather leave isn't handed back to them."""

_NAMED = late(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b")
_NO_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december christmas easter mum dad nan gran child school year section".split()
)
_SOMEBODY_SAID = late(r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[A-Z][a-z]+)\s+(?:just\s+|only\s+)?(?:told|said|says|wrote|asked)\b")
"""Somebody's words, perhaps a child's: then less is said rather than something false."""


def read_back(situation: Situation) -> tuple[str, ...]:
    """The lines of a summary; none when there is nothing to say."""
    lines = situation.knowledge.prompts.listening.read_back
    waiting = _waiting(situation)[-MOST_QUOTES:]
    told = [words for words in _telling(situation) if not any(words in one or one in words for one in waiting)]
    missing = list(_missing(situation))[:MOST_MISSING]
    found = (
        lines.told.replace("{quotes}", _listed(told)) if len(told) >= FEWEST_QUOTES else "",
        lines.open.replace("{quotes}", _listed(waiting)) if waiting else "",
        lines.nobody.replace("{missing}", ", or ".join(missing)) if missing else "",
    )
    return tuple(line for line in found if line)


def still_open(situation: Situation) -> tuple[str, ...]:
    """What was said of the case and waits, in whole sentences; never a question to us or a correction."""
    threads = (one for one in open_threads(situation.state) if one.thread.kind in _OF_THE_CASE)
    return tuple(dict.fromkeys(words for one in threads if (words := _whole(one.turn, one.thread.span))))


def not_talked_of(situation: Situation) -> tuple[str, ...]:
    """For somebody who asks what was missed: what the account doesn't say, and the newest thing that still waits."""
    lines = situation.knowledge.prompts.listening.read_back
    missing, waiting = list(_missing(situation)), _waiting(situation)[-1:]
    found = (
        lines.nobody.replace("{missing}", ", or ".join(missing)) if missing else "",
        lines.open.replace("{quotes}", _listed(waiting)) if waiting else "",
    )
    return tuple(line for line in found if line)


def _waiting(situation: Situation) -> list[str]:
    return _unquoted(situation, still_open(situation))


def _unquoted(situation: Situation, words: Iterable[str]) -> list[str]:
    """Those that no question and no summary has given back."""
    return [one for one in words if not situation.was_given_back(one)]


def _telling(situation: Situation) -> list[str]:
    """What mattered most, in the order it was said: what would be taken up first, a child's own words before others.

    What a question has given back already is most often what the session is about, so the first of that is told too,
    once; without it people said that the summary had left out the main thing.
    """
    found: list[tuple[float, int, str]] = []
    for place, turn in enumerate(situation.state.turns):
        if turn.answer is None or turn.asked.source in _OF_THE_WORKER:
            continue
        at_first = _TOLD_AT_FIRST if turn.asked.keeps == "focus" else 0.0
        for matters, span in sorted(_spans(turn), reverse=True):
            words = _whole(turn, span)
            planned = says_what_is_done(words) or _PLANNED.search(words) is not None
            if words and not planned and not any(words == other for *_, other in found):
                unsure = _UNSURE if _NOT_KNOWN.search(words) else 0.0
                found.append((matters - at_first - unsure, place, words))
    in_order = sorted(found, key=lambda one: (-one[0], -one[1]))
    anew = [one for one in in_order if not situation.was_given_back(one[2])][:MOST_QUOTES]
    read_out = {line for turn in situation.state.turns for line in turn.asked.said_first}
    main = [
        one
        for one in in_order
        if one not in anew and one[0] >= LEAST_OF_THE_MAIN and not any(one[2] in line for line in read_out)
    ]
    return [words for *_, words in sorted((*main[:1], *anew), key=lambda one: one[1])]


def _spans(turn: Turn) -> Iterator[tuple[float, Span]]:
    """Where it tells something, and how much that matters; what is only planned doesn't."""
    planned = [step.span for step in turn.reading.steps] if turn.reading else []
    for telling in turn.reading.telling if turn.reading else ():
        if not overlaps(telling.span, *planned):
            yield (
                telling.strength + (_OF_THE_CHILD if telling.kind in {"child-said", "child-did"} else 0.0),
                telling.span,
            )
    for kind, matters in _OBSERVED.items():
        for one in turn.noticing.observations if turn.noticing else ():
            if one.kind == kind:
                yield from ((matters, span) for span in one.spans)
    if turn.reading:
        kept = (thread for thread in turn.reading.left_open if thread.kind in {"child-words", "admitted"})
        yield from (
            (_OBSERVED["child-words"] if thread.kind == "child-words" else _OWNED, thread.span) for thread in kept
        )
        yield from ((_SEEN, one.span) for one in turn.reading.statements if one.source == "seen")


def _whole(turn: Turn, span: Span) -> str:
    """The whole sentence around what was said; nothing where that is too long to give back, or is said to us."""
    answer = turn.answer or ""
    if turn.reading is not None and turn.reading.stance in _SAID_TO_US:
        return ""
    start, end = holding(spoken_sentences(answer), span[0], span)
    if end - start > LONGEST:
        start, end = clauses_around(answer, (start, end), span, LONGEST)
    words = " ".join(answer[start:end].split()).strip(" ,;")
    if words.endswith(("..", "…")):  # broken off: "Lola told me and I just..."
        return ""
    if (
        to_the_program(words)
        or is_to_us(turn, (start, end))
        or of_their_own(words)
        or _NOT_TO_BE_TOLD.search(words)
        or _stands_to_us(turn, (start, end))
    ):
        return ""
    if not len(words.split()) >= FEWEST_WORDS or len(words) > LONGEST or words.endswith("?") or _ASKED.match(words):
        return ""
    if _NOT_KNOWN.search(words) and len(words.split()) <= _MOST_OF_NOT_KNOWING:
        return ""
    return without_marks(words).rstrip(".")


def _stands_to_us(turn: Turn, sentence: Span) -> bool:
    """What shows that something is said to us is in this sentence."""
    stands = turn.reading.stands if turn.reading else ()
    return any(one.stance in _SAID_TO_US and sentence[0] <= one.span[0] < sentence[1] for one in stands)


def _missing(situation: Situation) -> Iterator[str]:
    """What hasn't been spoken of: neither asked about and answered, nor told unasked."""
    facts, talked = situation.facts, tuple(_talked_of(situation))
    if (
        "alone" not in talked
        and not facts & {"seen-alone-said", "about-a-baby"}
        and (seen := _never_seen_alone(situation))
    ):
        yield f"time alone with {seen}"
    quoted_child = any(_SOMEBODY_SAID.search(turn.answer or "") for turn in situation.state.turns)
    talks = situation.children_not("unborn", "not-talking")
    unsaid = not facts & {"child-words-known", "not-talking"} and "words" not in talked
    if talks and unsaid and not quoted_child:
        yield f"anything {talks} {'have' if is_several(talks) else 'has'} said"
    may_be_the_father = any(person.role == "family" and not person.several for person in situation.sketch.people)
    a_man = "men" in talked or any(_A_MAN.search(turn.answer or "") for turn in situation.state.turns)
    if "man-known" not in facts and not a_man and not may_be_the_father and not _somebody_unplaced(situation):
        yield "a father, or any other man"


def _never_seen_alone(situation: Situation) -> str:
    """The children of whom it's surely open: one is old enough and called by name, none is too small, and no answer
    says where or with whom anybody saw them."""
    if "child-met" not in situation.facts or any(_ALONE.search(turn.answer or "") for turn in situation.state.turns):
        return ""
    children = situation.sketch.children
    old_enough = [child for child in children if is_old_enough(child) and child.called[:1].isupper()]
    if not old_enough or any(child.unborn or (child.age and child not in old_enough) for child in children):
        return ""
    return situation.children_not("unborn", "baby")


def _talked_of(situation: Situation) -> Iterator[str]:
    """What a question asked about and an answer spoke of, whatever it said."""
    for turn in situation.state.turns:
        if turn.answer is None or (turn.noticing is not None and turn.noticing.manner == "refusal"):
            continue
        if _OF_BEING_ALONE.search(turn.asked.text):
            yield "alone"
        if turn.asked.theme == "voice-of-the-child" and _OF_WHAT_WAS_SAID.search(turn.asked.text):
            yield "words"
        if turn.asked.theme == "fathers-and-men":
            yield "men"


def _somebody_unplaced(situation: Situation) -> bool:
    """A name was said whose owner isn't known to be anybody: it may be a man's."""
    known = {word.casefold() for person in situation.sketch.people for name in person.names for word in name.split()}
    said = (found for turn in situation.state.turns for found in _NAMED.findall(turn.answer or ""))
    return any(name.casefold() not in known | _NO_NAMES for name in said)


def _listed(quotes: list[str]) -> str:
    return "; ".join(f"“{words}”" for words in quotes)
