"""The steps as they stand after what was said of the last page: struck, added, given to somebody, moved, made one.

Numbers are those of the page as it was shown. What was said first stays in the session. Knows nothing of how any of it
is said (`page_remarks.py`, `page_grammar.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from assistant.conversation.page_grammar import OfLines
from assistant.conversation.page_lines import DOING
from assistant.conversation.page_remarks import nothing_to_do
from assistant.conversation.page_rewording import Rewritten
from assistant.conversation.page_turns import page_turns, said_of_page, steps_said
from assistant.conversation.put_right import all_wrong
from assistant.conversation.state import State, Turn
from assistant.conversation.step_answers import given_to
from assistant.conversation.struck import struck_steps
from assistant.conversation.typed_parts import names, overlap
from assistant.language.late_patterns import late
from assistant.language.stems import alike, stems
from assistant.noticing.reading import Step
from assistant.noticing.steps import SPEAKER

SAME_STEP = 0.5
"""Share of telling words from which on a step said of the page takes the place of one that stands there."""
_DOING = late(r"\b(?:see|ring|call|visit|ask|tell|write|meet|check|send|book|refer|speak)\b")
_TWO_IN_ONE = (
    late(r"[,;]?\s+(?:and\s+)?then\s+", re.IGNORECASE),
    late(r"[,;]\s+and\s+", re.IGNORECASE),
    late(r"[,;]\s+(?!me\s*(?:[,.]|\Z))(?=\w+\s+\w)", re.IGNORECASE),
    late(r"\s+and\s+(?=\w+\s+\w)", re.IGNORECASE),
)
"""Where a step that is said to be two is cut: the first of these that it has."""
_ME_AND_WHEN = late(
    r"\b(?:me|myself|today|tonight|tomorrow|morning|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b", re.IGNORECASE
)
_PRONOUN = late(r"\b(?:him|her|them|it)\b", re.IGNORECASE)
_DAY_WORDS = late(
    r"\b(?:today|tonight|tomorrow|morning|afternoon|evening|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_AS_IT_WAS = late(
    r"\b(?:put|leave|have)\s+(?:it|them|that|those)\s+(?:back(?:\W|\Z)|(?:back\s+)?(?:how|as|like|the\s+way)\s+(?:it|they)\s+w)",
    re.IGNORECASE,
)
Slots = list[list[Step]]
"""For each step that was shown, what stands in its place."""


def steps_put_right(state: State, steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps as they stand after everything that was said of the page."""
    now = list(steps)
    before = now
    for turn in page_turns(state):
        if _AS_IT_WAS.search(turn.answer or ""):
            now = before
        before, shown = list(now), list(now)
        said = steps_said(turn)
        if all_wrong(turn.answer or ""):
            now = []
        now = by_their_numbers(now, shown, said_of_page(turn).numbered)
        now = _taken_on(now, turn)
        now = [step for step in now if step not in struck_steps(state, turn, now)]
        said = tuple(step for step in said if not points_back(step))
        for step in (*(_new(one) for one in said_of_page(turn).adds), *said):
            same = next((one for one in now if same_step(one, step)), None)
            if same is None:
                now.append(step)
            else:
                now[now.index(same)] = step
    return tuple(now)


def by_their_numbers(now: Sequence[Step], shown: Sequence[Step], said: Sequence[OfLines]) -> list[Step]:
    """Numbers that were not on the page change nothing."""
    slots: Slots = [[step] if step in now else [] for step in shown]
    for one in said:
        numbers = [number % (len(shown) + 1) if number < 0 else number for number in one.numbers]
        places = [number - 1 for number in numbers if 0 < number <= len(shown)]
        if one.does == "same" and not one.numbers:
            places = _most_alike(slots)
        if len(places) >= _TAKES.get(one.does, 1) and one.does in _DOES:
            _DOES[one.does](slots, places, one.says)
    return [step for slot in slots for step in slot]


def _strike(slots: Slots, places: Sequence[int], _: Sequence[Rewritten]) -> None:
    for place in places:
        slots[place] = []


def _make_one(slots: Slots, places: Sequence[int], _: Sequence[Rewritten]) -> None:
    """The fullest of them, where the first stood, with what the others say besides."""
    held = [step for place in places for step in slots[place]]
    if len(held) < len(places) or len(places) == 1:
        return
    whole = max(held, key=lambda step: len(step.text))
    for other in held:
        update = {
            "who": whole.who or other.who,
            "by": whole.by or other.by,
            "by_words": whole.by_words or other.by_words,
        }
        whole = whole.model_copy(update={**update, "vague": whole.vague and other.vague})
    _strike(slots, places, ())
    slots[min(places)] = [whole]


def _swap(slots: Slots, places: Sequence[int], _: Sequence[Rewritten]) -> None:
    first, last = places[0], places[-1]
    slots[first], slots[last] = slots[last], slots[first]


def _swap_days(slots: Slots, places: Sequence[int], _: Sequence[Rewritten]) -> None:
    first, last = places[0], places[-1]
    if slots[first] and slots[last]:
        one, other = slots[first][0], slots[last][0]
        slots[first], slots[last] = [_on_day(one, other)], [_on_day(other, one)]


def _put_first(slots: Slots, places: Sequence[int], _: Sequence[Rewritten]) -> None:
    moved = _taken_up(slots, places[0])
    slots[0] = [*moved, *slots[0]]


def _put_last(slots: Slots, places: Sequence[int], _: Sequence[Rewritten]) -> None:
    moved = _taken_up(slots, places[0])
    slots[-1] = [*slots[-1], *moved]


def _put_before(slots: Slots, places: Sequence[int], _: Sequence[Rewritten]) -> None:
    first, other = places
    moved = _taken_up(slots, first)
    slots[other] = [*moved, *slots[other]]


def _put_after(slots: Slots, places: Sequence[int], _: Sequence[Rewritten]) -> None:
    last, other = places
    moved = _taken_up(slots, last)
    slots[other] = [*slots[other], *moved]


def _taken_up(slots: Slots, place: int) -> list[Step]:
    moved, slots[place] = slots[place], []
    return moved


def _cut(slots: Slots, places: Sequence[int], _: Sequence[Rewritten]) -> None:
    for place in places:
        for step in slots[place]:
            joint = next((found for pattern in _TWO_IN_ONE if (found := pattern.search(step.text))), None)
            halves = (step.text[: joint.start()], step.text[joint.end() :]) if joint else (step.text,)
            parts = [half.strip() for half in halves if half.strip()]
            slots[place] = [step.model_copy(update={"text": part, **_of_the_half(step, part)}) for part in parts]


def _of_the_half(step: Step, part: str) -> Mapping[str, object]:
    """A day and a name belong to the half that says them."""
    mine = part.split(maxsplit=1)[0].casefold() in SPEAKER
    theirs = bool(step.who) and re.search(rf"\b{re.escape(step.who)}\b", part, re.IGNORECASE) is not None
    who = "me" if mine else step.who if theirs else ""
    day = {} if step.by_words and step.by_words in part else {"by": None, "by_words": ""}
    return {"who": who, **day}


def _rewrite(slots: Slots, places: Sequence[int], says: Sequence[Rewritten]) -> None:
    """The first is what the step becomes; what comes after it are steps of their own."""
    says = [one for one in says if not nothing_to_do(one.text)]
    for place in places:
        if slots[place] and says:
            slots[place] = [_made_of(slots[place][0], says[0]), *(_new(one) for one in says[1:] if one.text)]


def _made_of(step: Step, says: Rewritten) -> Step:
    who, by, by_words = says.who or step.who, says.by or step.by, says.by_words if says.by else step.by_words
    if says.text:
        text = f"{step.text.rstrip('.')}: {says.text}" if says.adds else says.text
        return step.model_copy(update={"text": text, "who": who, "by": by, "by_words": by_words, "vague": ""})
    if says.by and step.by_words and step.by != says.by:
        step = step.model_copy(update={"text": _with_the_day(step, by_words)})
    return given_to(step, who, by, by_words)


def _new(says: Rewritten) -> Step:
    return Step(text=says.text, span=(0, 0), who=says.who, by=says.by, by_words=says.by_words)


_TAKES: Mapping[str, int] = {"before": 2, "after": 2}
_DOES: Mapping[str, Callable[[Slots, Sequence[int], Sequence[Rewritten]], None]] = {
    "strike": _strike,
    "done": _strike,
    "same": _make_one,
    "swap": _swap,
    "swap-days": _swap_days,
    "first": _put_first,
    "last": _put_last,
    "before": _put_before,
    "after": _put_after,
    "split": _cut,
    "says": _rewrite,
}


def _most_alike(slots: Slots) -> list[int]:
    """The two that say the same, where any do."""
    held = [(place, stems(slot[0].text)) for place, slot in enumerate(slots) if slot]
    pairs = [(alike(one, other), first, last) for first, one in held for last, other in held if first < last]
    most = max(pairs, default=(0.0, 0, 0))
    return list(most[1:]) if most[0] >= SAME_STEP / 2 else []


def _taken_on(steps: Sequence[Step], turn: Turn) -> list[Step]:
    """With whose they are said to be; what is taken on and stands nowhere is a step of its own."""
    now = list(steps)
    said = steps_said(turn)
    for claim in said_of_page(turn).claims:
        by = claim.day.day if claim.day else None
        places = claim.places(now)
        for place in places:
            now[place] = given_to(now[place], "me", by, claim.by_words)
        read_too = any(overlap(step.span, span) for step in said for span in claim.spans)
        if claim.what and not places and not read_too and not nothing_to_do(claim.what):
            span = claim.spans[0]
            now.append(Step(text=claim.what, span=span, who="me", by=by, by_words=claim.by_words))
    return now


def _on_day(step: Step, other: Step) -> Step:
    """On the other's day, in its words too, so that the step says nothing else."""
    by, words = other.by, other.by_words
    text = _with_the_day(step, words)
    return step.model_copy(update={"by": by, "by_words": words if words in text else "", "text": text})


def points_back(step: Step) -> bool:
    """It names nobody and nothing but "her" or "it"."""
    return not names(_DAY_WORDS.sub(" ", step.text)) - DOING and _PRONOUN.search(step.text) is not None


def _with_the_day(step: Step, words: str) -> str:
    """Its text with the day in other words."""
    if not (step.by_words and words):
        return step.text
    before, found, after = step.text.partition(step.by_words)
    if found and before.rstrip().lower().endswith((" by", " on")):
        words = re.sub(r"\A(?:by|on)\s+", "", words, flags=re.IGNORECASE)
    return f"{before}{words}{after}" if found else step.text


def same_step(one: Step, other: Step) -> bool:
    """Two drafts of one: in the same words, or the same thing done by the same person on the same day."""
    if _holds(one, other) or _holds(other, one):
        return True
    if one.text.casefold() == other.text.casefold() or alike(stems(one.text), stems(other.text)) >= SAME_STEP:
        return True
    same = _doer(one) == _doer(other) and one.by is not None and one.by == other.by
    return same and bool(_does(one) & _does(other))


def _holds(one: Step, other: Step) -> bool:
    """The other says nothing else, in fewer words, and of no other day or person."""
    said, less = names(one.text), names(_ME_AND_WHEN.sub(" ", other.text))
    apart = (one.by and other.by and one.by != other.by) or (one.who and other.who and _doer(one) != _doer(other))
    same_day = one.by is not None and one.by == other.by
    telling = bool(less - DOING) and (len(less) > 1 or same_day)
    return less <= said and not apart and (telling or (bool(less) and len(other.text.split()) == 1))


def _doer(step: Step) -> str:
    who = step.who.casefold()
    return "me" if who in SPEAKER else who


def _does(step: Step) -> frozenset[str]:
    return frozenset(_DOING.findall(step.text.casefold()))
