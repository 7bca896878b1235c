"""What was talked about, for the record: which answers belong there, how many of their words, and in what order.

Answers with a place of their own in a document are left out, but for what was said beside them; the rest is shortened
by whole sentences. Knows nothing of what is the worker's own: that is taken out before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from assistant.conversation.events import Keeps, Source
from assistant.conversation.filing import PLACES, filed, left_over
from assistant.conversation.page_turns import is_page, says_anew
from assistant.conversation.prompts import Prompts
from assistant.conversation.put_right import adds_something, said_of_the_page
from assistant.conversation.said_to_us import questions_to_us, to_the_program
from assistant.conversation.state import Turn
from assistant.export.handover import WORDS_OF_AN_ANSWER, Part, Said
from assistant.export.shortening import shortened
from assistant.followup.corrected import Corrections
from assistant.language.sentences import spoken_sentences

WORDS_OF_TALK = {15: 280, 30: 560, 60: 850}
"""How many of the worker's words a record keeps of what was talked about, by the session's minutes: with the rest of
the record, three pages after half an hour and four after an hour."""
_PLACED: frozenset[str | None] = frozenset(
    {"last-action", "explanation", "decision", "action", "step-gap", "outcome", "seen-or-heard", "contingency",
     "escalation", "risk", "child-told", "next-date", "to-supervision", "review-status", "review-evidence",
     "review-plan"}
)  # fmt: skip
"""Answers with a place of their own in the record, and so not among what was talked about."""
_GAPS = "actions/gaps"
"""The question about steps with nobody or no day; where its answer fills none of them, it stands under them."""
_READ_BACK = frozenset({"read-back", "ending"})
"""The parts in which what was said is read back, to be put right."""
_FOLLOWS = frozenset[Source](("thread", "probe", "steer", "still-open"))
"""Questions that take up what was just said, whatever part of the session that was."""
_STEPS: Mapping[str, str] = {"decision": "While deciding", "act-now": "While danger was spoken of"}
"""What is called otherwise than in the journey: none of it is a decision, nor a thing to do."""
_TO_A_CARD = "Said when danger was asked about"
_BROUGHT = "What was brought"
"""The heading of what a session opens with."""
_WHY = re.compile(
    r"\b(?:tip(?:s|ped)? (?:it|me)|because|cos|cause|the reason|that['’]?s why|rests? on|comes? down to)\b",
    re.IGNORECASE,
)
"""A sentence that says what a decision rests on, which is part of it."""
_HEARS = re.compile(r"\b(?:told|tells?|telling|hears?|explain\w*)\b", re.IGNORECASE)
_OF_A_LINE = re.compile(
    r"^\W*(?:(?:and|no|so|oh|please|nearly)\W+)*(?:(?:put|take|swap|move|strike|cross|leave|change"
    r"|get)\b.{0,25}?\b(?:that|it|them|those|\d+)\b"
    r"|(?:number |no\.? ?)?\d+ (?:is|isn['’]?t|was|should|goes|still|and|only)\b|[\"“]?decided[\"”]? should\b)"
    r"|\bdone already\b|\btake (?:it|that|them) off\b|\bis still (?:there|wrong|missing)\b|\byou['’]?(?:ve"
    r"| have)? (?:lost|left|missed|put|got)\b",
    re.IGNORECASE,
)
"""About a line of the page by its number or place: it says nothing to whoever reads the record without that page."""
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
KEPT_AS: Mapping[str, Keeps] = {"risk/risk-direction": "risk", "risk/shown-by": "risk"}
"""What answers are kept as whose questions did not say so in earlier versions."""


def in_brief(
    of_case: Iterable[tuple[Turn, Said]],
    minutes: int,
    put_right: Corrections,
    instead: Collection[Keeps] = (),
) -> list[tuple[Turn, Said]]:
    """What was talked about, in about as many words as a record of that length has room for.

    In whichever places the page says something `instead`, what was said first is among it.
    """
    talked = [
        (turn, said)
        for turn, said in ((turn, _beside_what_is_filed(turn, said, instead)) for turn, said in of_case)
        if said.answer
        and (turn.asked.keeps not in _PLACED or turn.asked.keeps in PLACES)
        and turn.asked.question not in {_GAPS, *KEPT_AS}
        and (turn.asked.theme not in _READ_BACK or turn.asked.source in _FOLLOWS)
    ]
    room = WORDS_OF_TALK[max((length for length in WORDS_OF_TALK if length <= minutes), default=min(WORDS_OF_TALK))]
    brief = shortened([said.answer for _, said in talked], room, [said.question for _, said in talked])
    short = [put_right.marked(words) for words in brief]
    return [(turn, Said(said.question, words)) for (turn, said), words in zip(talked, short, strict=True) if words]


def as_filed(turn: Turn, said: Said) -> Said:
    """What of it belongs where its question keeps it."""
    kept = filed(turn)
    if kept.split() == (turn.answer or "").split():
        return said
    more = _BELONGS_TOO.get(turn.asked.keeps) if kept else None
    if more or turn.asked.keeps == "decision" or said.answer != turn.answer:  # without what they said of themselves
        kept = " ".join(words for words in _sentences(said.answer) if words in kept or (more and more(words)))
    return replace(said, answer=kept)


def _says_why(words: str) -> bool:
    return _WHY.search(_QUOTED.sub("", words)) is not None


def _says_who_hears(words: str) -> bool:
    return _HEARS.search(words) is not None and not to_the_program(words) and not questions_to_us(words)


_BELONGS_TOO: Mapping[Keeps | None, Callable[[str], bool]] = {"decision": _says_why, "child-told": _says_who_hears}
"""What of an answer stands in its place besides what is filed there."""


def why(said: Said) -> Said:
    """What of an answer about the decision says what it rests on."""
    return Said("What it rests on", " ".join(words for words in _sentences(said.answer) if _says_why(words)))


def _beside_what_is_filed(turn: Turn, said: Said, instead: Collection[Keeps]) -> Said:
    """Of an answer that has a place of its own, what was said beside it."""
    keeps = turn.asked.keeps
    if keeps not in PLACES:
        return said
    beside = said.answer if keeps in instead else left_over(turn)
    sentences = (words for words in _sentences(said.answer) if words in beside)
    return replace(said, answer=" ".join(one for one in sentences if keeps != "decision" or not _says_why(one)))


def _sentences(words: str) -> Iterator[str]:
    return (words[start:end] for start, end in spoken_sentences(words))


def fills_no_step(turn: Turn) -> bool:
    read = turn.asked.keeps == "step-gap" and turn.reading is not None and turn.reading.steps
    return turn.asked.question == _GAPS and not read


def put_right_in(of_case: Iterable[tuple[Turn, Said]]) -> Iterator[Said]:
    for turn, said in of_case:
        of_page = is_page(turn.asked.question)
        if (
            turn.asked.theme not in _READ_BACK
            or says_anew(turn.asked.question)  # it stands among the steps
            or turn.asked.source in _FOLLOWS
            or (turn.asked.keeps == "next-date" and not of_page)
        ):
            continue
        words = said.answer
        if of_page:
            of_it = (one for one in _sentences(said_of_the_page(turn)) if one in said.answer)
            lines = [one for one in _sentences(said.answer) if _OF_A_LINE.search(one)]
            words = " ".join(one for one in of_it if not any(one in line for line in lines))
        if words and adds_something(words):
            yield replace(said, answer=shortened([words], WORDS_OF_AN_ANSWER)[0])


def in_parts(settled: Iterable[tuple[Turn, Said]], prompts: Prompts) -> Iterable[Part]:
    name, gathered = "", list[Said]()
    for turn, said in settled:
        theme = prompts.themes.get(turn.asked.theme)
        here = theme.name if theme else _STEPS.get(turn.asked.theme, turn.asked.theme.replace("-", " "))
        here = here[:1].upper() + here[1:]
        if here != name and gathered:
            yield Part(name, tuple(gathered))
            gathered = []
        name = here
        gathered.append(said)
    if gathered:
        yield Part(name, tuple(gathered))


def by_theme(parts: Iterable[Part]) -> Iterator[Part]:
    """Everything of one theme together, where it was first talked about."""
    together: dict[str, tuple[Said, ...]] = {}
    for part in parts:
        together[part.name] = (*together.get(part.name, ()), *part.said)
    return (Part(_BROUGHT if name == "Opening" else name, said) for name, said in together.items())


def with_danger(parts: Iterable[Part], beside: str) -> Iterator[Part]:
    """The same with what was said to a card of anything but the danger, where danger was spoken of."""
    name, told = _STEPS["act-now"], Said(_TO_A_CARD, shortened([beside], WORDS_OF_AN_ANSWER)[0])
    waiting = bool(told.answer)
    for part in parts:
        here = part.name == name and waiting
        yield replace(part, said=(told, *part.said)) if here else part
        waiting = waiting and not here
    if waiting:
        yield Part(name, (told,))
