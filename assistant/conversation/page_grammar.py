"""What is said of the steps on the last page: "take off 2 and 3", "4 is me", "the school one's Bel's", "swap them".

Owns the one grammar of what is said of a step, whichever way it was named: by its number, or by words for which
`page_lines.py` puts its mark. Of a step named by words only what can be said of nothing else is read. Knows nothing of
which steps there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from assistant.conversation import page_words as w
from assistant.conversation.page_lines import DOING, IT, LEADS_IN, Line, marked, meant
from assistant.conversation.page_rewording import Rewritten, each_of_them, of_a_step_in_words, rewritten, who_and_when
from assistant.conversation.said_to_us import to_the_program
from assistant.conversation.typed_parts import names
from assistant.language.late_patterns import late
from assistant.language.sentences import spoken_sentences
from assistant.noticing.observations import Span

Does = Literal[
    "strike",
    "done",
    "same",
    "swap",
    "swap-days",
    "first",
    "last",
    "before",
    "after",
    "split",
    "says",
    "right",
    "unclear",
    "undo",
]

_ORDERED: tuple[tuple[Does, re.Pattern[str]], ...] = (
    (
        "before",
        late(
            rf"\b{w.PUT}\s+(?:before|above|ahead\s+of)\s+(?:i\s+|we\s+)?(?P<other>{w.ONE})|{w.OUGHT}(?:before|above|ahead\s+of)\s+(?:i\s+|we\s+)?(?P<those>{w.ONE})",
            re.IGNORECASE,
        ),
    ),
    (
        "after",
        late(
            rf"\b{w.PUT}\s+(?:after|below|under)\s+(?:i\s+|we\s+)?(?P<other>{w.ONE})|{w.OUGHT}(?:after|below|under)\s+(?:i\s+|we\s+)?(?P<those>{w.ONE})",
            re.IGNORECASE,
        ),
    ),
    ("first", late(rf"\b{w.PUT}\s+{w.TOP}|{w.OUGHT}{w.TOP}", re.IGNORECASE)),
    ("last", late(rf"\b{w.PUT}\s+{w.BOTTOM}|{w.OUGHT}{w.BOTTOM}", re.IGNORECASE)),
    ("after", late(rf"{w.OUGHT}(?:afterwards|after|second)\W*\Z", re.IGNORECASE)),
)
"""What stands where; "then telling her comes after" is after what was spoken of before it."""

_PHRASES: tuple[tuple[Does, re.Pattern[str]], ...] = (
    ("same", w.SAME),
    ("swap", w.SWAP),
    *_ORDERED,
    ("strike", w.BEFORE),
)

_OUTRIGHT: tuple[tuple[Does, re.Pattern[str]], ...] = (
    ("split", w.TWO_THINGS),
    ("strike", w.NO_STEP),
    ("done", w.DONE_ALREADY),
    ("right", w.RIGHT),
)

_TELLING = names("ring tell speak call email text phone")
"""Whoever was to be told may have been rung."""
_NEEDED: Mapping[Does, int] = {"swap": 2, "swap-days": 2, "same": 2, "before": 2, "after": 2}
"""Steps that it takes."""


@dataclass(frozen=True)
class OfLines:
    """Something said of numbered steps."""

    span: Span
    does: Does
    numbers: tuple[int, ...] = ()
    """Counted from one; -1 is the last. None where two alike are meant and it isn't said which."""
    says: tuple[Rewritten, ...] = ()
    """What the one step becomes, or what each of several gets."""


@lru_cache(maxsize=64)
def said_of_lines(answer: str, today: date, lines: tuple[Line, ...] = ()) -> tuple[OfLines, ...]:
    """Everything an answer says of the steps that were shown, in order."""
    found: list[OfLines] = []
    spoken_of: tuple[int, ...] = ()
    for sentence in spoken_sentences(answer):
        held = marked(answer, sentence, lines, today)
        said = list(_by_phrase(held.words))
        said += list(_clause_by_clause(held.words, [one.span for one in said], lines, today))
        said = [one for one in said if not _explains_a_swap(one, said) and _may_be_done(one, held.words, lines)]
        if (instead := w.INSTEAD_OF_THEM.search(held.words)) and _spoken_of(held.words):
            says = (Rewritten(who=instead["who"].strip()),)
            said.append(OfLines(instead.span(), "says", _spoken_of(held.words), says))
        if not said and spoken_of and (bare := _bare(held.words, today)):
            said = [OfLines((0, len(held.words)), "says", (IT,), (bare,))]
        for one in sorted(said, key=lambda one: one.span):
            points_to = _it(held.words, one) or spoken_of
            numbers = tuple(dict.fromkeys(_without_it(one.numbers, points_to, _NEEDED.get(one.does, 1), len(lines))))
            if one.does == "undo" and found:
                found[-1] = replace(found[-1], does="right")
                found.append(replace(one, does="right", span=held.span(*one.span)))
                spoken_of = ()
            elif numbers or (one.does == "same" and not one.numbers):
                found.append(replace(one, span=held.span(*one.span), numbers=numbers))
            spoken_of = numbers or spoken_of
        spoken_of = _spoken_of(held.words) or spoken_of
    return tuple(found)


def _explains_a_swap(one: OfLines, said: Sequence[OfLines]) -> bool:
    """ "Swap the first two, Ash first" is one change."""
    return one.does in {"first", "before"} and any(other.does == "swap" for other in said)


def _may_be_done(one: OfLines, sentence: str, lines: Sequence[Line]) -> bool:
    """ "Mr Webb's rung" says nothing of a step of his that is no call."""
    does = names(sentence[slice(*one.span)]) & DOING
    does |= _TELLING if does & _TELLING else frozenset()
    texts = [line.text for line in lines if line.number in one.numbers]
    return one.does != "done" or not does or not texts or any(does & names(text) for text in texts)


def _bare(sentence: str, today: date) -> Rewritten | None:
    """Somebody or a day and nothing else, right after a step was spoken of: "Monday's a bank holiday. Tuesday"."""
    said = who_and_when(w.DO_THE.sub("", re.sub(LEADS_IN, "", sentence, count=1, flags=re.IGNORECASE)), today)
    return said if not said.text and (said.who or said.by) and "⟦" not in sentence else None


def _without_it(numbers: Sequence[int], spoken_of: Sequence[int], needed: int, shown: int) -> Iterator[int]:
    """With what "it" and "them" point to; "swap them" is of two, where there are two."""
    for number in numbers:
        if number != IT:
            yield number
        elif len(numbers) + len(spoken_of) - 1 >= needed:
            yield from spoken_of
        elif shown == needed:
            yield from range(1, shown + 1)


def _it(sentence: str, said: OfLines) -> tuple[int, ...]:
    """What "it" points to in a sentence that names another line: before it, or "two things in the school one"."""
    start, end = said.span
    inside = tuple(number for number in _spoken_of(sentence[start:end]) if number not in said.numbers)
    return _spoken_of(sentence[:start]) or inside


def _spoken_of(sentence: str) -> tuple[int, ...]:
    """What the next sentence's "it" points to, also where nothing was read of it."""
    named = [number for mark in re.findall(w.MARK, sentence) if (number := int(mark[1]))]
    return tuple(named[-1:])


def _by_phrase(sentence: str) -> Iterator[OfLines]:
    """What is asked for in so many words: to come off, to change places, to be one."""
    taken: list[Span] = []
    for does, pattern in _PHRASES:
        for found in pattern.finditer(sentence):
            numbers = tuple(
                dict.fromkeys(
                    number
                    for name, group in found.groupdict().items()
                    if group and name != "days"
                    for number in _numbers(group)
                )
            )
            if does in {"before", "after"} and len(numbers) == 1:
                numbers = (*numbers, IT)
            enough = len(numbers) > 1 or does in {"strike", "first", "last"} or (does == "swap" and IT in numbers)
            if not enough or any(start < found.end() and found.start() < end for start, end in taken):
                continue
            just = w.JUST.match(sentence[found.end() :]) if does == "strike" and len(numbers) == 1 else None
            if just:
                taken.append((found.start(), found.end() + just.end()))
                yield OfLines(taken[-1], "says", numbers, (Rewritten(just["what"].strip()),))
                continue
            because = w.BECAUSE.match(sentence[found.end() :]) if does == "strike" else None
            taken.append((found.start(), found.end() + (because.end() if because else 0)))
            of_days = does == "swap" and found.groupdict().get("days")
            yield OfLines(taken[-1], "swap-days" if of_days else does, numbers)
    if not taken and w.TWICE.search(sentence):
        yield OfLines((0, len(sentence)), "same")


def _clause_by_clause(sentence: str, taken: Sequence[Span], lines: Sequence[Line], today: date) -> Iterator[OfLines]:
    """What is said of a step in a clause that begins with it, or that says what was done since."""
    held = list(taken)
    for span in _clauses(sentence, taken):
        if said := _said_of(sentence, span, today):
            held.append(said.span)
            yield said
    for found in re.finditer(rf"(?:\A|[,;.]\s+|\s[-–—]\s|\b(?:and|so|but)\s+){LEADS_IN}", sentence, re.IGNORECASE):
        done, start = w.I_HAVE.match(sentence, found.end()), found.end()
        if done and not any(first <= start < last for first, last in held):
            mark = re.search(w.MARK, done["what"]) or w.IT_ALONE.fullmatch(done["what"])
            about = int(mark[0][1]) if mark and "⟦" in mark[0] else meant(done[0], lines, today, by_doing=True)
            if about or mark:
                held.append((start, done.end()))
                yield OfLines((start, done.end()), "done", (about,))
        elif (undo := w.UNDO.match(sentence[found.start() :].lstrip(" ,;"))) and not held:
            held.append((found.start(), len(sentence)))
            yield OfLines((found.start(), found.start() + undo.end()), "undo", ())


def _clauses(sentence: str, taken: Sequence[Span]) -> Iterator[Span]:
    """From each place where a clause begins with a step to the next."""
    begins: list[int] = []
    named_until = -1
    for found in w.OPENS.finditer(sentence):
        start, end = found.span("numbers") if found["numbers"] else found.span("mark")
        joined = w.TAIL_OF_A_LIST.search(sentence[:start]) and not w.VERB.match(sentence[end:])
        if (
            start >= named_until
            and not joined
            and not w.INSIDE.search(sentence[:start])
            and not any(first <= start < last for first, last in taken)
        ):
            begins.append(start)
            named_until = end
    stops = sorted((*begins, *(start for start, _ in taken), len(sentence)))
    before = 0
    for start in begins:
        stop = next(one for one in stops if one > start)
        if w.AT_ITS_HEAD.sub("", sentence[start:stop], count=1).strip(" .,!?;"):
            yield start, stop
        elif w.FOR_IT.fullmatch(sentence[before:stop]):
            yield before, stop
        before = stop


def _said_of(sentence: str, span: Span, today: date) -> OfLines | None:
    """What a clause says of the step it begins with; None where that was named by words that may say anything."""
    clause = sentence[slice(*span)]
    if said_before := w.FOR_IT.fullmatch(clause):
        clause = f"{said_before['mark']} {said_before['rest']}"
    named = w.AT_ITS_HEAD.match(clause)
    numbers, rest = (_numbers(named[0]), clause[named.end() :]) if named else ((), clause)
    in_words = named is not None and "⟦" in named[0]
    rest = w.LEADS_ON.sub("", rest)
    if outright := _outright(rest):
        return OfLines(span, outright, numbers)
    if (two := w.TWO_THINGS.match(rest)) and (parts := tuple(each_of_them(rest[two.end() :], today))):
        return OfLines(span, "says", numbers, parts)
    if called := w.CALLED.match(rest):
        return OfLines(span, "says", numbers, (replace(rewritten(called["when"], today), text="", who=called["who"]),))
    wrong, instead = w.WRONG.match(rest), w.INSTEAD.match(rest)
    rest = rest[wrong.end() :] if wrong else rest[instead.end() :] if instead else rest
    if wrong and (not rest.strip(" .,!;") or to_the_program(rest)):
        return OfLines(span, "unclear", numbers)
    anew = wrong is not None or w.SAYS_ANEW.match(rest) is not None
    says = _becomes(w.SAYS.sub("", rest, count=1), today, anew=anew, in_words=in_words)
    if in_words and not says:
        return None
    return OfLines(span, "says" if says else "unclear", numbers, says)


def _outright(rest: str) -> Does | None:
    """What needs no more than its own words: "isn't a step", "is done", "is two things"."""
    two = w.TWO_THINGS.match(rest)
    if two and len(w.AND_THEN.split(rest[two.end() :].strip(" .,;:"))) > 1:
        return None
    not_mine = w.INSTEAD.match(rest) and w.NOT_MINE.match(rest)
    for does, pattern in _OUTRIGHT:
        if pattern.match(rest) and not not_mine:
            return does
    return "done" if w.AND_ITS_DONE.search(rest) else None


def _becomes(words: str, today: date, *, anew: bool, in_words: bool) -> tuple[Rewritten, ...]:
    """What the step becomes, and the steps that are said after it."""
    first, *others = w.ANOTHER.split(words)
    said = of_a_step_in_words(first, today, anew=anew) if in_words else rewritten(first, today)
    more: list[Rewritten] = []
    for part in others:
        besides, new = who_and_when(part, today), rewritten(part, today)
        if in_words and said == Rewritten() and (mine := w.I_WILL.fullmatch(part)):
            said = replace(rewritten(mine["when"] or "", today), text="", who="me")
        elif in_words and not besides.text:
            said = _with(said, besides)
        elif new.text and not w.REFUSED.match(part) and names(new.text) - DOING - w.WHEN:
            more.append(new)
        elif said != Rewritten():  # "the GP's Dr Shah, I'll email her tomorrow"
            said = _with(said, replace(new, who=""))
    if said == Rewritten():
        return () if in_words else tuple(more)
    return (replace(said, adds=not anew and w.SAYS_HOW.match(said.text) is not None), *more)


def _with(said: Rewritten, besides: Rewritten) -> Rewritten:
    who, by, by_words = said.who or besides.who, said.by or besides.by, said.by_words or besides.by_words
    return replace(said, who=who, by=by, by_words=by_words)


def _numbers(words: str) -> tuple[int, ...]:
    """The numbers in these words; -1 for the last, `IT` for what "it" points to."""
    if two := w.TWO_OF.search(words):
        return (1, 2) if two[1].lower() == "first" else (-2, -1)
    bare = w.THE_ORDINAL_ONE.sub(r"\1", words)
    found = (one.strip("⟦⟧") for one in w.ANY_NUMBER.findall(bare))
    return tuple(int(one) if one.isdigit() else w.NAMES[one.lower()] for one in found)
