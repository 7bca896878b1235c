"""The steps agreed in a session, as they stand after everything that was said of them.

Owns what becomes of a step when it is given to somebody, moved, reworded, struck or said to be done, at whichever
question that was said. What was said first stays in the session. Knows nothing of how any of it is read
(`closing_reader.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from assistant.conversation.given_to import given_to, somebody_else
from assistant.conversation.line_by_line import said_anew
from assistant.conversation.moved_steps import moved, time_in
from assistant.conversation.page_turns import (
    calls_a_line,
    is_page,
    is_read,
    lacking_step,
    line_asked,
    lines_shown,
    may_plan,
    parts_of,
)
from assistant.conversation.same_steps import only_names, same_step
from assistant.conversation.state import State, Turn
from assistant.language.lazy_patterns import late
from assistant.language.sentences import spoken_sentences
from assistant.language.spans import holding, overlaps
from assistant.language.stems import stems
from assistant.noticing.edits_in_words import IT_IS, WORDS_OUT
from assistant.noticing.line_edits import regions
from assistant.noticing.planned_steps import day_of, step_of, tidied, whose
from assistant.noticing.reading import PLANNING, Part, PartKind, Step
from assistant.noticing.step_wording import says_what_is_done
from assistant.noticing.whole_lines import is_a_list

_AS_FULL = 0.8
_MIGHT = late(r"\b(?:could|might|maybe|perhaps|i\s+suppose)\b", re.IGNORECASE)
""" "I could ring, I suppose" gives way to "I ring today"."""
_ALL_WRONG = late(
    r"\W*(?:(?:no|well|um|er|oh|nearly|just|it['’]?s|that['’]?s)\W+)*(?:all\s+(?:of\s+)?(?:that|it|this|them)|everything|the\s+(?:whole\s+)?lot|all\s+wrong"
    r"|none\s+of\s+(?:that|it|this|those)(?:\s*['’]?s|\s+is|\s+are)?(?:\s+(?:right|true|mine|what\s+i\s+said))?)(?:['’]?s\s+wrong|\s+is\s+wrong)?\W*",
    re.IGNORECASE,
)
_AS_IT_WAS = late(
    r"\b(?:put|leave|have)\s+(?:it|them|that|those)\s+(?:back\s+)?(?:how|as|like|the\s+way)\s+(?:it|they)\s+w",
    re.IGNORECASE,
)
_LOST = late(
    r"\b(?:gone\s+back|dropped\s+off|lost|disappeared|vanished|cut\s+(?:off|short)|gone\s+(?:missing|altogether))\b",
    re.IGNORECASE,
)
"""A complaint about the page, which takes nothing off it."""
_SHOULD_SAY = late(
    r"\b(?:say|says|read|reads|put|make\s+it|change\s+(?:it|that)\s+to|call\s+it|should\s+be)\W*\Z", re.IGNORECASE
)
"""Before words that stand in the place of those that were there."""
_THAT = late(r"\Athat\s+(?=(?:i|we|he|she|they|it|the|my|his|her)\b)", re.IGNORECASE)
_ONLY_ASKS_FOR = late(r"(?:whom?|when|where|which|why|how)\b(?!.*\b(?:is|it['’]?s)\s+[A-Z])", re.IGNORECASE)
_SHOULD_BE = late(r"\b(?:should|ought\s+to|needs?\s+to|has\s+to)\s+be\W*\Z", re.IGNORECASE)
_FEWEST_WORDS_OF_A_STEP = 3
_ADDS = late(r"(?:by|without|on|at|before|after|with|to|from|in|until|till|not|only|even|also|and)\b", re.IGNORECASE)
"""What adds to a step and is none by itself: "by dinnertime even if she's not in"."""
_ALSO = late(r"\b(?:and|also)\s+\Z", re.IGNORECASE)
_NOT_THAT = (
    late(r"\bnot\s+[\"“'‘](?P<word>\w+)[\"”'’]", re.IGNORECASE),
    late(r"[\"“'‘](?P<word>\w+)[\"”'’]\s+(?:is|means|should\s+be)\b", re.IGNORECASE),
)
""" "5 should say Mr Bassett, not "him"", "line 4, "her" is Ruth"."""
_IS_MEANT = late(
    rf"(?P<word>\w+)[\"”'’]?(?:\s+(?:is|are)|\s+(?:in|on|at)\b[^.;!?]*?){IT_IS}(?P<what>.+)", re.IGNORECASE
)
""" "him is. It's Darren", of a line that doesn't say who "him" is."""
_WORDS_OUT = late(WORDS_OUT, re.IGNORECASE)
_PUT_BACK = late(r"\bput\s+(?:it|that|them|those)\s+back\b(?!\s+(?:how|as|like|the\s+way)\b)", re.IGNORECASE)
_AT_THE_TOP = late(r"\b(?:top|first|number\s+(?:one|1))\b", re.IGNORECASE)
_SOMEBODY_OFF = late(r"\btake\s+[A-Z]\w+\s+off\b")
_DOES_TO_IT = late(r"(?:put|take|move|make|give|join|swap)\s+(?:it|that|them|this|those)\b", re.IGNORECASE)
""" "Put it in with 1": done to a step, and no words of one."""
_INTO = late(
    r"\b(?:(?P<same>same\s+(?:thing|step|job|one)?\s*as|that['’]?s(?:\s+just)?|is(?:\s+just)?(?=\s+\d\W(?!\d)))|part\s+of|(?:goes?|put|belongs?)\b.{0,12}?\bwith|belongs?\s+(?:in|to))"
    r"\s+(?:number\s+)?(?P<line>\d)\b",
    re.IGNORECASE,
)
"""Of which line another is a part, or the same."""
_ONE = late(r"\b(?:same|together|one|join\w*|both)\b", re.IGNORECASE)
MOST_WORDS_OF_A_NAME = 6
_FEWEST_WORDS_OF_A_TIME = 2
_TWO_IN_ONE = (
    late(r"[,;]?\s+(?:and\s+)?then\s+", re.IGNORECASE),
    late(r"[,;]\s+and\s+", re.IGNORECASE),
    late(r"[,;]\s+(?!me\s*(?:[,.]|\Z))(?=\w+\s+\w)", re.IGNORECASE),
    late(r"\s+and\s+(?=\w+\s+\w)", re.IGNORECASE),
)
"""Where a step that is said to be two is cut: the first of these that it has."""
_NOT_DONE = late(
    r"\b(?:not(?:hing)?|never|haven['’]?t|hasn['’]?t|isn['’]?t|aren['’]?t|will|going\s+to)\b", re.IGNORECASE
)
"""Said of what somebody takes for done: "nothing's done already"."""
_SAYS_DONE = late(
    r"\b(?:done|already|sorted|finished|rang|rung|sent|told|went|did|saw|booked|spoke|emailed|asked|phoned|called)\b|['’]ve\b",
    re.IGNORECASE,
)
"""Without one of these nothing is taken for done: a step that goes as done when it isn't is never done."""
_IN_IT_TOO = late(r"\b(?:needs?|wants?)\s+[^.,;]{1,40}?\s(?:in|on)\s+(?:it|there)\b", re.IGNORECASE)
""" "6 still needs the TA in it": whoever does it already stays."""
_SWAPS = late(r"\b(?:swap|switch|other\s+way)", re.IGNORECASE)
_TO_THE_END = late(r"\b(?:last|bottom|end)\b", re.IGNORECASE)
_BEFORE, _AFTER = late(r"\b(?:before|above)\b", re.IGNORECASE), late(r"\b(?:after|below|under)\b", re.IGNORECASE)
_TAKES_IT = late(
    r"\A\W*(?:(?:ok(?:ay)?|right)\W+)?(?:yes+|yeah|yep|aye|that['’]?s\s+(?:it|right|fine))\b", re.IGNORECASE
)
_OFF_TO_DO_IT = late(
    r"\W*(?:i\s*['’]?m|i\s+am)\s+(?:off\s+to|going\s+to|gonna|ringing|phoning|calling)\b|\W*(?:ringing|phoning|calling)\b",
    re.IGNORECASE,
)
"""What somebody gets up to do who has taken the page as it stands; it's on the list already."""
Slots = list[list[Step]]
"""For each step that was shown, what stands in its place."""


def steps_of(state: State) -> tuple[Step, ...]:
    """The steps agreed in a session, in order. Those put down at any moment come last but for what was said later."""
    now: list[Step] = []
    before, ever = now, list[Step]()
    put_down, shown = list(state.added), list[Step]()
    for turn in state.turns:
        on_page = is_page(turn.asked.question)
        if not turn.answer:
            continue
        listed = bool(lines_shown(turn.asked.said_first, turn.asked.keeps))
        while put_down and (on_page or (listed and put_down[0].at <= turn.asked.at)):
            now = [*now, *put_down.pop(0).steps]
        shown = list(now) if listed else shown
        if line_asked(turn.asked.question) is not None:
            before, now = list(now), said_anew(now, turn)
            continue
        if calls_a_line(turn):
            continue
        if not (on_page or turn.asked.keeps in PLANNING | {"decision"} or may_plan(turn.asked)):
            read_of_it = listed and is_read(turn)
            now = after(now, turn) if read_of_it else _put_right_by_number(now, shown, turn)
            continue
        if on_page and _AS_IT_WAS.search(turn.answer):
            now = before
        if on_page and all_wrong(turn.answer):
            now = []
        before, now = list(now), after(now, turn, gone=ever if on_page else ())
        ever += [step for step in before if step not in now]
    return (*now, *(step for added in put_down for step in added.steps))


def _put_right_by_number(now: Sequence[Step], shown: Sequence[Step], turn: Turn) -> list[Step]:
    """After what is said of lines by their numbers while something else is asked, as they were shown last."""
    edits = [part for _, parts in regions(turn.answer or "", len(shown)) for part in parts] if shown else []
    if not edits:
        return list(now)
    if list(now) == list(shown) and lines_shown(turn.asked.said_first, turn.asked.keeps):
        return _edited(now, turn, edits, {line: line for line in range(len(now))})
    off = [shown[line] for part in edits if part.kind == "drop" for line in part.lines]
    return [step for step in now if step not in off]


def done_in(state: State) -> tuple[tuple[str, Turn], ...]:
    """The steps that were said to be done already, as they stood, and where that was said."""
    found: list[tuple[str, Turn]] = []
    for place, turn in enumerate(state.turns):
        if is_page(turn.asked.question) and any(part.kind == "done" for part in parts_of(turn)):
            stood = steps_of(replace(state, turns=state.turns[:place]))
            found += [
                (stood[one].text, turn)
                for part in parts_of(turn)
                if _meant(part, _Words(turn, part)) == "done"
                for one in part.lines
                if one < len(stood)
            ]
    return tuple(found)


def after(steps: Sequence[Step], turn: Turn, gone: Sequence[Step] = ()) -> list[Step]:
    """The steps after one answer; of those that are `gone`, one that's named again comes back as it was."""
    now = _edited(steps, turn, parts_of(turn), _asked_of(steps, turn))
    for step in _new_in(turn):
        same = next((place for place, one in enumerate(now) if same_step(one, step)), None)
        if same is None and (named := only_names(now, step)) is not None:
            now[named] = now[named].model_copy(update=_filled(step, [now[named]]))
        elif same is None:
            before = next((one for one in reversed(gone) if same_step(one, step)), None)
            now.append(step if before is None else _drafted_again(before, step))
        else:
            now[same] = _drafted_again(now[same], step)
    back = _PUT_BACK.search(turn.answer or "")
    if back and gone and not any(same_step(gone[-1], one) for one in now):
        now.insert(0 if _AT_THE_TOP.search(turn.answer or "", back.end()) else len(now), gone[-1])
    return now


def _edited(steps: Sequence[Step], turn: Turn, parts: Sequence[Part], asked_of: Mapping[int, int]) -> list[Step]:
    """The steps after what parts of an answer do to its lines, whose places now are `asked_of`."""
    slots: Slots = [[step] for step in steps]
    made_one = {line for part in parts if part.kind == "join" for line in part.lines}
    for part in sorted(parts, key=lambda part: part.kind == "order"):  # the places hold until all else is done
        if part.kind == "drop" and made_one.issuperset(part.lines) and part.lines:
            continue  # "take off 3, it's part of 2"
        places = [asked_of[line] for line in part.lines if line in asked_of]
        if places:
            words = _Words(turn, part)
            if (kind := _meant(part, words)) in _DOES:
                _DOES[kind](slots, places, words)
    return [step for slot in slots for step in slot]


def _asked_of(steps: Sequence[Step], turn: Turn) -> Mapping[int, int]:
    """For each line that stood before the question the place of its step now; without those whose step is gone."""
    lines = lines_shown(turn.asked.said_first, turn.asked.keeps)
    if turn.asked.keeps != "step-gap":
        return {line: line for line in range(min(len(lines), len(steps)))}
    found: dict[int, int] = {}
    for line, shown in enumerate(lines):
        words = lacking_step(shown).removesuffix(" …")
        place = next((place for place, step in enumerate(steps) if step.text.startswith(words)), None)
        if place is not None:
            found[line] = place
    return found


def _new_in(turn: Turn) -> Iterator[Step]:
    steps = turn.reading.steps if turn.reading else ()
    if turn.asked.keeps == "decision" and not is_a_list(turn.answer or ""):  # what was decided, or why, in other words
        said_of = [step for step in steps if step.who or step.by or step.by_words]
        steps = tuple(step for step in steps if said_of and (step in said_of or says_what_is_done(step.text)))
    of_lines = [part.span for part in parts_of(turn) if part.lines]
    by_words_alone = not is_read(turn) and turn.asked.keeps == "decision"
    leaving = is_page(turn.asked.question) and _TAKES_IT.match(turn.answer or "") is not None
    for step in steps:
        if leaving and _OFF_TO_DO_IT.match(step.text):
            continue  # "Yes, that's it now. I'm going to ring her"
        if not overlaps(step.span, *of_lines) and (step.by or not by_words_alone):
            yield step


def _numbers(words: str) -> list[int]:
    """The lines whose numbers stand there: "1" is the first, at 0."""
    return [int(one) - 1 for one in re.findall(r"\b\d\b", words)]


class _Words:
    """One part of an answer with what stands before it."""

    def __init__(self, turn: Turn, part: Part) -> None:
        answer = turn.answer or ""
        self.said = answer[slice(*part.span)].strip()
        self.before = answer[: part.span[0]]
        sentence = holding(spoken_sentences(answer), part.span[0], part.span)
        self.sentence = answer[sentence[0] : max(sentence[1], part.span[1])]
        self.today: date = turn.asked.at.date()


def _meant(part: Part, words: _Words) -> PartKind:
    """What a part does to its lines; "keep" where what it says changes none."""
    if part.kind == "drop" and (_SOMEBODY_OFF.search(words.said) or _LOST.search(words.said)):
        return "keep"  # "take Bev off it" gives it to nobody else
    if part.kind == "done" and (_NOT_DONE.search(words.sentence) or not _SAYS_DONE.search(words.sentence)):
        return "keep"
    if part.kind == "keep" or (part.kind == "join" and not _ONE.search(words.said)):
        # "3, 4 and 5 are tomorrow as well" neither keeps them nor makes them one
        return "when" if day_of(words.said, words.today)[0] is not None else part.kind
    return part.kind


def _give(slots: Slots, places: Sequence[int], words: _Words) -> None:
    who = whose(words.said)
    if len(who.split()) > MOST_WORDS_OF_A_NAME:
        return
    besides = _IN_IT_TOO.search(words.sentence) is not None
    for place in places:
        slots[place] = [given_to(step, _with(step, who) if besides else who) if who else step for step in slots[place]]


def _with(step: Step, who: str) -> str:
    """Who does it together with those who do it already."""
    return f"{step.who} and {who}" if step.who and who.casefold() not in step.who.casefold() else who


def _on_a_day(slots: Slots, places: Sequence[int], words: _Words) -> None:
    by, by_words = time_in(words.said, words.today)
    if by is None and len(words.said.split()) < _FEWEST_WORDS_OF_A_TIME:
        return  # "before"
    for place in places:
        slots[place] = [moved(step, by, by_words or tidied(words.said)) for step in slots[place]]


def _reword(slots: Slots, places: Sequence[int], words: _Words) -> None:
    if meant := _IS_MEANT.match(words.said):
        _in_its_place(slots, places, meant["word"], meant["what"])
        return
    if out := _WORDS_OUT.match(words.said):
        _in_its_place(slots, places, out["word"], "")
        return
    said = _THAT.sub("", tidied(words.said.strip("'\"“”‘’")))
    if _ONLY_ASKS_FOR.match(said):
        return  # "line 1 should say whom I'm ringing" says nothing of whom
    if _SHOULD_BE.search(words.before) and (who := somebody_else(said)):
        for place in places:
            slots[place] = [given_to(step, who) if step.who else step for step in slots[place]]
        if all(step.who == who for place in places for step in slots[place]):
            return
    if _DOES_TO_IT.match(said):
        with_others = _numbers(said)
        if with_others:
            _make_one(slots, [*places, *(one for one in with_others if 0 <= one < len(slots))], words)
        return
    instead = _SHOULD_SAY.search(words.before) is not None and len(said.split()) >= _FEWEST_WORDS_OF_A_STEP
    instead = (instead or says_what_is_done(said)) and not (_ADDS.match(said) or _ALSO.search(words.before))
    not_that = next((found for pattern in _NOT_THAT if (found := pattern.search(words.sentence))), None)
    for place in places:
        slots[place] = [
            step.model_copy(update={"text": re.sub(rf"\b{not_that['word']}\b", lambda _: said, step.text, count=1)})
            if not_that and not_that["word"] in step.text
            else _said_afresh(step, said, words.today)
            if instead
            else step.model_copy(update={"text": f"{step.text.rstrip('.')}: {said}", "vague": ""})
            for step in slots[place]
        ]


def _in_its_place(slots: Slots, places: Sequence[int], word: str, said: str) -> None:
    """One word of a line for another: "him" is Darren."""
    for place in places:
        slots[place] = [
            step.model_copy(update={"text": tidied(_said_for(word, said, step.text))}) for step in slots[place]
        ]


def _said_for(word: str, said: str, text: str) -> str:
    return " ".join(
        re.sub(rf"\b{re.escape(word)}\b", lambda _: said.strip(), text, count=1, flags=re.IGNORECASE).split()
    )


def _said_afresh(step: Step, said: str, today: date) -> Step:
    """In other words, which may say who does it and when."""
    new = step_of(said, (0, len(said)), None, None, today)
    day = {"by": new.by, "by_words": new.by_words} if new.by else {}
    return step.model_copy(update={"text": new.text, "vague": "", **({"who": new.who} if new.who else {}), **day})


def _strike(slots: Slots, places: Sequence[int], _: _Words) -> None:
    for place in places:
        slots[place] = []


def _order(slots: Slots, places: Sequence[int], words: _Words) -> None:
    first, last = places[0], places[-1]
    numbers = _numbers(words.sentence)
    other = last if last != first else next((one for one in numbers if one != first and one < len(slots)), None)
    if _SWAPS.search(words.sentence):
        if other is not None:
            slots[first], slots[other] = slots[other], slots[first]
        return
    moved, slots[first] = slots[first], []
    if _TO_THE_END.search(words.said):
        slots[-1] = [*slots[-1], *moved]
    elif other is not None and _BEFORE.search(words.said):
        slots[other] = [*moved, *slots[other]]
    elif other is not None and _AFTER.search(words.said):
        slots[other] = [*slots[other], *moved]
    else:
        slots[0] = [*moved, *slots[0]]


def _cut(slots: Slots, places: Sequence[int], _: _Words) -> None:
    for place in places:
        for step in slots[place]:
            joint = next((found for pattern in _TWO_IN_ONE if (found := pattern.search(step.text))), None)
            if joint is None:
                continue
            halves = (step.text[: joint.start()].strip(), step.text[joint.end() :].strip())
            slots[place] = [_half(step, half) for half in halves if half]


def _half(step: Step, words: str) -> Step:
    """A day belongs to the half that says it."""
    day = {} if step.by_words and step.by_words in words else {"by": None, "by_words": ""}
    return step.model_copy(update={"text": words, **(day if step.by_words in step.text else {})})


def _make_one(slots: Slots, places: Sequence[int], words: _Words) -> None:
    """Where the first stood: of two that are "the same" the one the other is said to be, or the fuller, or both where
    they share no word; of one that goes in with another both."""
    numbers = [one for one in _numbers(words.sentence) if 0 <= one < len(slots)]
    places = sorted({*places, *(one for one in numbers if len(places) == 1)})
    held = {place: slots[place][0] for place in places if slots[place]}
    if len(held) < len(places) or len(places) == 1:
        return
    found = _INTO.search(words.sentence)
    into = _numbers(found["line"])[0] if found else -1
    if into in held:
        whole = held.pop(into)
        if not found or not found["same"]:
            whole = whole.model_copy(
                update={"text": "; ".join(step.text.rstrip(".") for step in (whole, *held.values()))}
            )
        whole = whole.model_copy(update=_filled(whole, held.values()))
    else:
        whole = max(held.values(), key=lambda step: len(step.text))
        for other in held.values():
            whole = _drafted_again(whole, other)
        if not any(stems(one.text) & stems(other.text) for one, other in pairwise(held.values())):
            whole = whole.model_copy(update={"text": "; ".join(step.text.rstrip(".") for step in held.values())})
    _strike(slots, places, words)
    slots[min(places)] = [whole]


def _filled(step: Step, others: Iterable[Step]) -> dict[str, object]:
    """Who and when of others, where the step says neither."""
    who = step.who or next((one.who for one in others if one.who), "")
    dated = step if step.by or step.by_words else next((one for one in others if one.by or one.by_words), step)
    return {"who": who, "by": dated.by, "by_words": dated.by_words}


_DOES: Mapping[PartKind, Callable[[Slots, Sequence[int], _Words], None]] = {
    "who": _give,
    "when": _on_a_day,
    "words": _reword,
    "drop": _strike,
    "done": _strike,
    "order": _order,
    "split": _cut,
    "join": _make_one,
}


def _drafted_again(step: Step, other: Step) -> Step:
    """The later of two drafts of one step, or the first where it says far more, with what the other adds."""
    firmer = _MIGHT.search(step.text) is not None and _MIGHT.search(other.text) is None
    later = firmer or len(other.text) >= _AS_FULL * len(step.text)
    fuller, less = (other, step) if later else (step, other)
    return fuller.model_copy(
        update={
            "who": other.who or step.who,
            "by": other.by or step.by,
            "by_words": (other.by_words if other.by else "") or step.by_words or other.by_words,
            "vague": fuller.vague and less.vague,
        }
    )


def all_wrong(answer: str) -> bool:
    """Everything that stands there is said to be wrong."""
    return any(_ALL_WRONG.fullmatch(answer[slice(*span)]) for span in spoken_sentences(answer))
