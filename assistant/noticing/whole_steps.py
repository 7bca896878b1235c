"""Which pieces of what was said are one step: what only adds, names or supposes belongs to the step beside it.

Owns the rules by which pieces are put together, and how who and when are read of the whole. Knows nothing of how the
pieces were found (`planned_steps.py`), or of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.language.dates import dates, without
from assistant.language.lazy_patterns import late
from assistant.noticing.observations import Span
from assistant.noticing.planned_steps import day_of, tidied
from assistant.noticing.reading import Step
from assistant.noticing.step_owners import DOES, THOUGHT, owner_of
from assistant.noticing.step_wording import STOP, clause_begins

_NEXT_LINE = re.compile(r"\n|(?:^|\s)\d{1,2}[.):]\s")
_BESIDE = 40
"""Characters between two pieces of one step: a name or a day, and no more."""
_I = rf"(?:i['’]?(?:ll|m|d|ve)?|we(?:['’]ll)?|il)\s+(?!{THOUGHT}\b)"
_ADDS = late(
    r"\W*(?:via|failing\s+that|with|without|by|in|on|at|to|through|from|for|about|over|before|after|when|while|until|till|during|not|nor|no|alone|unannounced|copied|copying|cc"
    r"|(?:an?\s+)?(?:letter|email|call|text|form)\s+from|signed|face|same\s+day|straight|including|plus\s+the|as\s+well|preferably|properly|quietly|supervised|so\s+that|because|cos|which|who|\d+ish)\b",
    re.IGNORECASE,
)
"""Says how, to whom, in what way or when a thing is done that was named before it."""
_HOW = late(r"\W*(?:via|with|without|in|on|at|by|not|alone)\b(?!.*\b(?:i|we|she|he|they|is|are)\b)", re.IGNORECASE)
_MOST_OF_A_FRAGMENT = 6
""" "Ask Josh. On his own. Without his brother.": a sentence that says only how."""
_SUPPOSED = late(r"\W*(?:if|unless)\b", re.IGNORECASE)
_ACTS_ITSELF = late(
    rf"(?<!before\s)(?<!when\s)(?<!until\s)(?<!till\s)(?<!what\s)(?<!that\s)(?<!if\s)(?<!once\s)(?<!while\s)(?<!after\s)(?<!\w)"
    rf"(?:{_I}(?!(?:do|book|sort|arrange)\s+(?:that|it|this|them)\b)[a-z]+|me\s+to\s+{DOES}\b)",
    re.IGNORECASE,
)
_DOING = late(
    rf"\W*(?:(?:an|and|then|so|also|just)\s+)*(?:{_I}(?:(?:will|need\s+to|have\s+to|going\s+to|gonna|could|can|should|['’]ll)\s+)*)?(?P<does>{DOES}(?:ing)?)\b",
    re.IGNORECASE,
)
_GOES_TO_SOMEBODY = late(
    r"\b(?:ring|phone|call|text|email|message|catch|see|visit|meet|speak|talk|go|pop|grab|write|ringing|phoning|calling|seeing|going)\b",
    re.IGNORECASE,
)
_HOW_IT_GOES = late(
    r"\W*(?:(?:[\w’']+\s+){0,3}[\w’']+,\s+)?(?:(?:say|tell|ask|see|check|find\s+out|explain)\s+"
    r"(?:him|her|them|it|if|whether|(?:how|what|who|why|when|where)(?:['’]?s)?|about|for|that|he|hes|she|shes|they|there|i['’]?m|we|under|over)\b"
    r"|(?:take|bring)\s+(?:the|my|a|an|some)\s+\w+\W*\Z)",
    re.IGNORECASE,
)
""" "ring the surgery, say she's dropped two centiles": what is said there."""
_I_DO_THAT = late(
    rf"\W*(?:and\s+)?{_I}(?:(?:will|to)\s+)?[a-z]+\s+(?:that|it|them|this|those|both|all\s+of\s+(?:it|them))\b(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_I_GO_ON = late(
    rf"\W*(?:and\s+)?{_I}[a-z]+(?:\s+(?:back|again|on|up))*\s+(?!(?:the|an?|my|his|their|our|her\s+\w|(?-i:[A-Z]))\b)",
    re.IGNORECASE,
)
""" "Strategy meeting, I ask for it again": what I do to the thing that was named."""
_ANYBODY_ACTS = late(rf"\b(?:i['’]?(?:ll|m|d|ve)?|me|we|will|['’]ll|to\s+{DOES})\b", re.IGNORECASE)
_MOST_OF_A_THING = 10
_AND_THEN = late(r"[\s,;]*(?:an?d?\s+)?(?:then\s+)?\Z", re.IGNORECASE)
_AND_ALSO = late(r"\W*(?-i:And)\s+(?:also\s+)?", re.IGNORECASE)
_I_BEGIN = late(rf"\W*(?:(?:and|so|then|right|ok|well|yeah|basically)\s+)*(?:{_I}|gonna|going\s+to)", re.IGNORECASE)
_FINITE = late(r"\b(?:gets?|goes|is|are|was|has|have|comes|needs?|does|should|must)\b", re.IGNORECASE)
_A_NAME = late(r"(?:the\s+)?[\w’'-]+(?:\s+[\w’'-]+){0,2}", re.IGNORECASE)
_ONLY_WHO = late(r"\W*(?:[\w’'-]+\s+){1,3}to\s+(?P<does>[a-z]+)\W*\Z", re.IGNORECASE)
_ME = late(r"\bme\b", re.IGNORECASE)
_ONLY_ME = late(
    r"\W*(?:(?:that['’]?s|it['’]?s|all|both|by|and|on)\s+)*(?:me|myself)?\W*(?:by|on|before)?\W*", re.IGNORECASE
)
_CONDITION = late(
    r"(?:\A|(?<!see)(?<!ask)(?<!asks)(?<!check)(?<!know)(?<!out)(?<!say)(?<!sure)[\s,;.])(?P<condition>(?:if|unless)\b(?:(?!\b(?:then|ask|say)\b)(?:[^,.;!?\n]|\.(?=\d))){3,90}),?\s*(?:then\s+)?\Z",
    re.IGNORECASE,
)
_UNFINISHED = late(r"\b(?:to|with|by|from|for|at|on|in|of|the|my|about)\Z", re.IGNORECASE)
_ANOTHERS_TURN = late(
    rf",\s+(?:and\s+)?(?=(?!(?:me|i|need|want|how|what|him|her|them|it)\b)(?:the\s+|my\s+|our\s+)?[\w’'-]+(?:\s+[\w’'-]+)?\s+to\s+{DOES}\b)",
    re.IGNORECASE,
)
_TO_DO = late(rf"\A(?:\w+\s+){{1,3}}to\s+{DOES}\b", re.IGNORECASE)


def whole_steps(answer: str, steps: Sequence[Step], today: date) -> tuple[Step, ...]:
    """The steps, each whole: with what only adds to it, the condition it waits for, and whose it is."""
    steps = [
        _of(answer, (step.span[0], _end_of(answer, steps, place, today)), step) for place, step in enumerate(steps)
    ]
    pieces = [piece for step in steps for piece in _each_turn(answer, step)]
    whole: list[Step] = []
    for step in _with_conditions(answer, pieces):
        if whole and _is_of(answer, whole[-1], step, today):
            whole[-1] = _one(answer, whole[-1], step, today)
        else:
            mine = bool(whole) and _goes_on_with_mine(answer, whole[-1], step)
            whole.append(_read_anew(step.model_copy(update={"who": "me"}) if mine else step, today))
    return tuple(whole)


def _goes_on_with_mine(answer: str, before: Step, step: Step) -> bool:
    """ "I write it down and give it to Liz": it's mine too."""
    between = answer[before.span[1] : step.span[0]]
    return (
        not step.who
        and before.who == "me"
        and (
            _AND_ALSO.fullmatch(between) is not None
            or (
                _I_BEGIN.match(answer[clause_begins(answer, before.span[0]) :]) is not None
                and _AND_THEN.fullmatch(between) is not None
            )
        )
        and _DOING.match(step.text) is not None
    )


def _each_turn(answer: str, step: Step) -> Iterator[Step]:
    """ "registrar to order, consultant to review at 8": cut where it's somebody else's turn."""
    start, end = step.span
    if not _TO_DO.match(answer[start:end]):
        yield step
        return
    for cut in _ANOTHERS_TURN.finditer(answer, start, end):
        yield _of(answer, (start, cut.start()), step).model_copy(update={"by": None, "by_words": "", "who": ""})
        start = cut.end()
    yield step if start == step.span[0] else _of(answer, (start, end), step).model_copy(update={"who": ""})


def _of(answer: str, span: Span, step: Step) -> Step:
    if span == step.span:
        return step
    return step.model_copy(update={"text": tidied(answer[slice(*span)]), "span": span})


def _end_of(answer: str, steps: Sequence[Step], place: int, today: date) -> int:
    """Where a step ends: cut where somebody is named it goes on ("by email, to"), and "me, today" is part of it."""
    start, end = steps[place].span
    most = steps[place + 1].span[0] if place + 1 < len(steps) else len(answer)
    if most <= end:
        return end
    stop = STOP.search(answer, end, most)
    goes_on = answer[end : stop.start() if stop else most].rstrip(" ,.;")
    mine = _ME.search(goes_on) is not None and _is_only_who_and_when(goes_on, today)
    return end + len(goes_on) if mine or _UNFINISHED.search(answer, start, end) else end


def _with_conditions(answer: str, steps: Sequence[Step]) -> Iterator[Step]:
    """What a step waits for stands before it, also where it was read as the end of the step before."""
    steps = list(steps)
    for place, step in enumerate(steps):
        here = steps[place]
        least = steps[place - 1].span[0] if place else 0
        least = max([least, *(stop.end() for stop in STOP.finditer(answer, least, here.span[0]))])
        waits = _CONDITION.search(answer[least : here.span[0]])
        if waits is None:
            continue
        at = least + waits.start("condition")
        if place and at < steps[place - 1].span[1]:
            before = steps[place - 1]
            cut = len(re.sub(r"(?:[\s,;]|\band\b)*\Z", "", answer[:at]))
            if cut <= before.span[0]:
                continue
            steps[place - 1] = _of(answer, (before.span[0], cut), before)
        steps[place] = _of(answer, (at, step.span[1]), here)
    yield from steps


def _is_of(answer: str, before: Step, step: Step, today: date) -> bool:
    """The piece only adds to the step before it."""
    between, words = answer[before.span[1] : step.span[0]], answer[slice(*step.span)]
    if _NEXT_LINE.search(between) or before.span[1] > step.span[0] + 1 or len(between) > _BESIDE:
        return False
    if STOP.search(between + " "):
        few = len(words.split()) <= _MOST_OF_A_FRAGMENT and _HOW.match(words) is not None
        return few or (_is_only_who_and_when(words, today) and not (before.who and before.by))
    return (
        _only_adds(words)
        or _is_done_to_it(before, words)
        or _is_how_it_goes(before, step, words)
        or _goes_on_supposing(before, step, between, words)
        or re.search(r"\bgo\Z", before.text) is not None
        or (not before.who and _is_whose(before, words))
    )


def _only_adds(words: str) -> bool:
    acts = _ACTS_ITSELF.search(words)
    if _SUPPOSED.match(words):
        return acts is None and _DOING.search(words) is None
    return _ADDS.match(words) is not None and acts is None


def _is_done_to_it(before: Step, words: str) -> bool:
    """ "NRM referral, I get it in by tomorrow"; "…, I'll do that Wednesday"."""
    if _only_names(before.text) and not before.by and _I_GO_ON.match(words):
        return True
    return not (before.who == "me" and before.by) and _I_DO_THAT.match(words) is not None


def _only_names(words: str) -> bool:
    """A thing, and nothing that anybody does: "NRM referral"."""
    does = _ANYBODY_ACTS.search(words) or _DOING.match(words) or _FINITE.search(words)
    return not does and len(words.split()) <= _MOST_OF_A_THING


def _is_how_it_goes(before: Step, step: Step, words: str) -> bool:
    apart = before.by is not None and step.by is not None and before.by != step.by
    return not apart and _GOES_TO_SOMEBODY.search(before.text) is not None and _HOW_IT_GOES.match(words) is not None


def _goes_on_supposing(before: Step, step: Step, between: str, words: str) -> bool:
    """ "If he's not in, I ring mum and then I ring the police": both wait for it."""
    follows = _SUPPOSED.match(before.text) is not None and _AND_THEN.fullmatch(between) is not None
    return follows and not _SUPPOSED.match(words) and step.by is None and owner_of(words, step.who) in {"", "me"}


def _is_whose(before: Step, words: str) -> bool:
    """ "…, registrar to order", "Marker on the address today, control room"."""
    return _ONLY_WHO.fullmatch(words) is not None or (
        _only_names(before.text) and _A_NAME.fullmatch(words) is not None and _only_names(words)
    )


def _is_only_who_and_when(words: str, today: date) -> bool:
    return _ONLY_ME.fullmatch(without(words, dates(words, today))) is not None


def _one(answer: str, before: Step, step: Step, today: date) -> Step:
    span = (before.span[0], max(before.span[1], step.span[1]))
    whole = _of(answer, span, before)
    by, by_words = before.by, before.by_words
    named = before.who or (step.text if _is_whose(before, step.text) else step.who)
    if step.by and (not by or "by" in answer[slice(*step.span)].casefold().split()):
        by, by_words = step.by, step.by_words
    update = {"by": by, "by_words": by_words or step.by_words, "who": named, "vague": before.vague or step.vague}
    return _read_anew(whole.model_copy(update=update), today)


def _read_anew(step: Step, today: date) -> Step:
    """With whose it is as its words say, and the day they name where none was read."""
    update: dict[str, object] = {"who": owner_of(step.text, step.who)}
    day, day_words = day_of(step.text, today)
    if day is not None and (step.by is None or day < step.by):
        update |= {"by": day, "by_words": day_words}
    return step.model_copy(update=update)
