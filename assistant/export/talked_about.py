"""What was talked about, for the record: which answers belong there, how many of their words, and in what order.

Answers with a place of their own in a document are left out, but for what was said beside them; the rest is shortened
by whole sentences. Knows nothing of what is the worker's own: that is taken out before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.conversation.events import Keeps, Source
from assistant.conversation.filing import PLACES, filed, left_over
from assistant.conversation.page_turns import is_page, says_anew
from assistant.conversation.prompts import Prompts
from assistant.conversation.put_right import adds_something, said_of_the_page
from assistant.conversation.state import Turn
from assistant.export.handover import WORDS_OF_AN_ANSWER, Part, Said
from assistant.export.only_here import without_what_is_only_here
from assistant.export.shortening import plain, shortened
from assistant.export.weighed import gives_a_reason
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
_STEPS: Mapping[str, str] = {
    "decision": "While deciding",
    "act-now": "While danger was spoken of",
}
"""What is called otherwise than in the journey: none of it is a decision, nor a thing to do."""
_NOTHING: Mapping[Keeps, str] = {}
_TO_A_CARD = "Said when this was asked about:"
_IN_A_RECORD: Mapping[str, str] = {
    "Opening": "What was brought",
    "Actions": "While the steps were spoken of",
    "Risk": "While risk was spoken of",
}
"""Headings among what was talked about, where the record has a part of its own of that name."""
_HEARS = re.compile(r"\b(?:told|tells?|telling|hears?|explain\w*)\b", re.IGNORECASE)
_GOES_ON = re.compile(r"\W*(?:it|that|this|they|those)(?:['’]s|\b)", re.IGNORECASE)
_OF_A_LINE = re.compile(
    r"^\W*(?:(?:and|no|so|oh|please|nearly)\W+)*(?:(?:put|take|swap|move|strike|cross|leave|change"
    r"|get)\b.{0,25}?\b(?:that|it|them|those|\d+)\b"
    r"|(?:number |no\.? ?)?\d+ (?:is|isn['’]?t|was|should|goes|still|and|only)\b|[\"“]?decided[\"”]? should\b)"
    r"|\bdone already\b|\btake (?:it|that|them) off\b|\bis still (?:there|wrong|missing)\b|\byou['’]?(?:ve"
    r"| have)? (?:lost|left|missed|put|got)\b",
    re.IGNORECASE,
)
"""About a line of the page by its number or place: it says nothing to whoever reads the record without that page."""
_GIVEN_BACK = re.compile(r"“(?P<words>[^”]+)”")
_ONLY_THAT = 15
"""Words of a correction that says no more."""
_WORDS_OF_A_QUOTATION = 7
"""Enough to find again what stands above whole."""
KEPT_AS: Mapping[str, Keeps] = {"risk/risk-direction": "risk", "risk/shown-by": "risk"}
"""What answers are kept as whose questions did not say so in earlier versions."""


def in_brief(
    of_case: Iterable[tuple[Turn, Said]],
    minutes: int,
    put_right: Corrections,
    instead: Mapping[Keeps, str] = _NOTHING,
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
        and not _only_puts_us_right(turn)
    ]
    quoted = [words for _, said in talked if (words := _quoted_in(said.question))]
    told = [without_what_is_only_here(turn, said.answer, quoted) for turn, said in talked]
    room = WORDS_OF_TALK[max((length for length in WORDS_OF_TALK if length <= minutes), default=min(WORDS_OF_TALK))]
    brief = shortened(told, room, [said.question for _, said in talked], quoted)
    short = [put_right.marked(words) for words in brief]
    kept = [(turn, said.question, words) for (turn, said), words in zip(talked, short, strict=True) if words]
    before = [plain(" ".join(words for _, _, words in kept[:place])) for place in range(len(kept))]
    return [
        (turn, Said(_asked_shortly(question, there), words))
        for (turn, question, words), there in zip(kept, before, strict=True)
    ]


def _only_puts_us_right(turn: Turn) -> bool:
    """ "That's just their names. What are you asking me?": it says nothing but that we were wrong."""
    stance = turn.reading.stance if turn.reading is not None else "answers"
    answer = turn.answer or ""
    return stance in {"corrects-us", "asks-us"} and answer.endswith("?") and len(answer.split()) <= _ONLY_THAT


def _quoted_in(question: str) -> str:
    """The worker's own words that a question gives back, as `plain` has them."""
    found = _GIVEN_BACK.search(question)
    return plain(found["words"]) if found and len(found["words"].split()) > 1 else ""


def _asked_shortly(question: str, before: str) -> str:
    """A question without the quotation's end where the words stand above it, and without all of it where they don't."""
    found, words = _GIVEN_BACK.search(question), _quoted_in(question)
    if not found or not words:
        return question
    if words not in before:
        return _bare(question, found)
    said = found["words"].rstrip(" …").split()
    if len(said) <= _WORDS_OF_A_QUOTATION:
        return question
    start, end = found.span("words")
    return f"{question[:start]}{' '.join(said[:_WORDS_OF_A_QUOTATION]).rstrip(',.;:')} …{question[end:]}"


def _bare(question: str, found: re.Match[str]) -> str:
    rest = question[found.end() :].strip(" .")
    return rest if rest and rest[0].isupper() and not question[: found.start()].strip() else question


def as_filed(turn: Turn, said: Said) -> Said:
    """What of it belongs where its question keeps it."""
    kept = filed(turn)
    if kept.split() == (turn.answer or "").split():
        return said
    more = _BELONGS_TOO.get(turn.asked.keeps) if kept else None
    if more or turn.asked.keeps == "decision" or said.answer != turn.answer:  # without what they said of themselves
        kept = " ".join(words for words in _sentences(said.answer) if words in kept or (more and more(words)))
    if turn.asked.keeps == "decision":
        kept = _on_its_own_feet(kept, turn.answer or "")
    return replace(said, answer=kept)


def _on_its_own_feet(kept: str, answer: str) -> str:
    """Without a first sentence that only goes on with one that isn't kept: "It is not the important thing."."""
    whole, before = list(_sentences(kept)), list(_sentences(answer))
    if len(whole) > 1 and _GOES_ON.match(whole[0]) and not gives_a_reason(whole[0]) and whole[0] != before[0]:
        return " ".join(whole[1:])
    return kept


def _says_who_hears(words: str) -> bool:
    return _HEARS.search(words) is not None


_BELONGS_TOO: Mapping[Keeps | None, Callable[[str], bool]] = {"decision": gives_a_reason, "child-told": _says_who_hears}
"""What of an answer stands in its place besides what is filed there."""


def why(said: Said) -> Said:
    """What of an answer about the decision says what it rests on."""
    return Said("What it rests on", " ".join(words for words in _sentences(said.answer) if gives_a_reason(words)))


def _beside_what_is_filed(turn: Turn, said: Said, instead: Mapping[Keeps, str]) -> Said:
    """Of an answer that has a place of its own, what was said beside it."""
    keeps = turn.asked.keeps
    if keeps not in PLACES:
        return said
    beside = said.answer if keeps in instead and keeps != "child-told" else left_over(turn)
    there = plain(instead.get(keeps, "")) if keeps else ""
    sentences = (words for words in _sentences(said.answer) if words in beside and plain(words) not in there)
    return replace(said, answer=" ".join(one for one in sentences if keeps != "decision" or not gives_a_reason(one)))


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
    """What was asked together, under the name of its theme; an answer about another theme goes on where it stands."""
    name, gathered = "", list[Said]()
    for turn, said in settled:
        theme = prompts.themes.get(turn.asked.theme)
        here = theme.name if theme else _STEPS.get(turn.asked.theme, turn.asked.theme.replace("-", " "))
        here = here[:1].upper() + here[1:]
        if name and theme and _is_about_another(turn, prompts):
            here = name
        if here != name and gathered:
            yield Part(name, tuple(gathered))
            gathered = []
        name = here
        gathered.append(said)
    if gathered:
        yield Part(name, tuple(gathered))


def _is_about_another(turn: Turn, prompts: Prompts) -> bool:
    found = [theme for theme in turn.noticing.themes if theme in prompts.themes] if turn.noticing is not None else []
    return bool(found) and turn.asked.theme not in found


def by_theme(parts: Iterable[Part]) -> Iterator[Part]:
    """Everything of one theme together, where it was first talked about."""
    together: dict[str, tuple[Said, ...]] = {}
    for part in parts:
        together[part.name] = (*together.get(part.name, ()), *part.said)
    return (Part(_IN_A_RECORD.get(name, name), said) for name, said in together.items())


def with_danger(parts: Iterable[Part], beside: str, asked: Sequence[str]) -> Iterator[Part]:
    """The same with what was said to a card of anything but the danger, where danger was spoken of."""
    name = _STEPS["act-now"]
    told = Said(f"{_TO_A_CARD} {' '.join(asked)}", shortened([beside], WORDS_OF_AN_ANSWER)[0])
    waiting = bool(told.answer)
    for part in parts:
        here = part.name == name and waiting
        yield replace(part, said=(told, *part.said)) if here else part
        waiting = waiting and not here
    if waiting:
        yield Part(name, (told,))
