"""When a child was last seen, and whether alone, where no sentence names a day: here at this moment, met, or not alone.

Goes by the worker's own words and says less rather than something false. Knows nothing of who is in the family.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from assistant.conversation.state import State
from assistant.export.family import ChildLine, with_capital
from assistant.followup.chronology import times_in
from assistant.language.dates import format_date
from assistant.language.lazy_patterns import late
from assistant.language.paragraphs import sentences_in
from assistant.noticing.reading import PLANNING

_WHO = "(?:him|her|them|[A-Z][a-z]+)"
_NOW = late(
    rf"\bI can see {_WHO}\b(?! (?:door|room|face))|\b(?:i['’]?m|i am) with {_WHO}\b"
    rf"|\b{_WHO}(?:['’]?s| is) (?:\w+ ){{0,3}}?with me (?:now|here)\b",
    re.IGNORECASE,
)
_UNDER_ONE_ROOF = late(
    r"\b(?:now |and )?(?:he|she) (?:is|['’]s) (?:\w+ ){0,2}?(?:in bed|asleep|sleeping|in the house)\b(?: now)?"
    r"|\b(?:he|she) sleeps in (?:his|her) room\b",
    re.IGNORECASE,
)
""" "He is sleeping now", by whoever keeps watch where the child lives."""
_KEEPS_WATCH = late(
    r"\bI work (?:the )?nights?\b|\bI(?:['’]m| am) (?:a |his |her |their )?(?:foster carer|night worker)\b",
    re.IGNORECASE,
)
_MET = late(
    r"\b(?:I|we)(?:['’]?ve)? (?:saw|seen|met|weighed|visited|examined)\b"
    r"|\bI(?:['’]ve)? (?:done|was doing) (?:his|her)\b"
    r"|\b(?:s?he['’]?s|comes?|came|sits?) (?:to|in) my (?:\w+ )?(?:room|office|class|bay)\b"
    r"|\bI open(?:ed)? the door to (?:him|her)\b|\bbrought in to me\b|\b(?:down )?with us in\b|\bopened the door\b",
    re.IGNORECASE,
)
"""The worker and the child met, whenever that was."""
_NOT_ALONE = late(
    r"\b(?:I|we)(?:['’]?ve| have)? ?(?:not|never|haven['’]?t|didn['’]?t) (?:seen|spoken to|met|see|sat with)"
    r" (?P<whom>\w+) "
    r"(?:alone|(?:on|by) (?:her|his|their) own)\b(?: since (?P<since>\w+))?"
    r"|\bthe not seeing (?P<who>\w+) (?:alone|on (?:her|his|their) own)\b",
    re.IGNORECASE,
)
_HOW_OFTEN = late(
    r"\b(?:most|every|some) (?:days?|weeks?|nights?|bedtimes?|mornings?)\b"
    r"|\b(?:last )?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|\bat (?:\d+|two|three|four|six|eight|ten|twelve|sixteen) (?:weeks|months)\b"
    r"|\bthis (?:morning|night|afternoon)\b",
    re.IGNORECASE,
)
_OF_A_CHILD = late(r"\b(?:him|her|his|them|he|she|child|boy|girl|baby)\b", re.IGNORECASE)
_THEM = late(r"\b(?:weighed|saw|met) (?:them|both)\b|\bbabies\b|\btwins\b", re.IGNORECASE)
_ALL = frozenset({"all of them"})
_BEFORE = 12
"""Characters in which a "not" stands before "seen"."""
_ALONE = late(
    r"\b(?:I|we)(?:['’]?ve| have) (?:talked|spoken|seen (?:him|her)|sat with (?:him|her)|been)\b"
    r"[^.!?]{0,20}\b(?:on (?:his|her) own|alone)\b",
    re.IGNORECASE,
)
_NOT = late(r"\bnot\b|n['’]t\b|\bnever\b", re.IGNORECASE)


def seen_as_told(children: Sequence[ChildLine], said: Sequence[str], state: State) -> tuple[ChildLine, ...]:
    """An only child who is with the worker as they speak, or whom they say they spoke to alone; and whoever was met."""
    met = _met(state)
    held = state.started.at.date()
    every = [
        replace(
            child,
            last_seen=child.last_seen or _when_met(child, children, met, held),
            seen_alone=child.seen_alone or _not_alone(child, children, state),
        )
        for child in children
    ]
    if len(every) != 1:
        return tuple(every)
    (child,) = every
    watched = any(_KEEPS_WATCH.search(words) for words in said)
    here = any(_NOW.search(words) or (watched and _UNDER_ONE_ROOF.search(words)) for words in said)
    if not children[0].last_seen and here:
        child = replace(child, last_seen=f"{format_date(held)}, during this session")
    alone = (found for words in said for found in [_ALONE.search(words)] if found and not _NOT.search(found[0]))
    if not child.seen_alone and any(alone):
        child = replace(child, seen_alone="yes; the day isn't noted")
    return (child,)


def _met(state: State) -> list[tuple[str, frozenset[str]]]:
    """Each sentence in which the worker and a child met, with the names of the children it speaks of."""
    every = [turn for turn in state.turns if turn.reading is not None and turn.asked.keeps not in PLANNING]
    people = [who for turn in every if turn.reading for who in turn.reading.people]
    called = {who.person: who.called for who in people if who.by == "name" and who.role == "child"}
    found = list[tuple[str, frozenset[str]]]()
    for turn in every:
        before = frozenset[str]()
        for start, end in sentences_in(turn.answer or ""):
            words = (turn.answer or "")[start:end]
            here = [who for who in turn.reading.people if start <= who.span[0] < end] if turn.reading else []
            names = frozenset(called[who.person] for who in here if who.person in called)
            if not names and all(who.by == "pronoun" for who in here):
                names = before  # "I've seen her" goes on with the child who was just named
            several = _ALL if any(who.several for who in here) or _THEM.search(words) else frozenset[str]()
            seeing = _MET.search(words)
            if seeing and not _NOT.search(words, max(0, seeing.start() - _BEFORE), seeing.end()):
                found.append((words, names | several))
            before = names
    return found


def _when_met(
    child: ChildLine, children: Sequence[ChildLine], met: Iterable[tuple[str, frozenset[str]]], held: date
) -> str:
    for words, names in met:
        if child.called in names or (len(children) == 1 and _OF_A_CHILD.search(words)) or names >= _ALL:
            often = _HOW_OFTEN.search(words)
            days = [
                when.day for when in times_in(words, held) if when.day and when.day <= held and not when.whole_month
            ]
            if days:
                return format_date(max(days))
            return f"seen “{often[0]}”; the day isn't noted" if often else "seen; the day isn't noted"
    return ""


def _not_alone(child: ChildLine, children: Sequence[ChildLine], state: State) -> str:
    """ "I've not seen her alone since September": of whom the sentence before it names, where it only says "her"."""
    names, said = {one.called for one in children}, list[str]()
    for turn in state.turns:
        before = set[str]()
        for start, end in sentences_in(turn.answer or ""):
            words = (turn.answer or "")[start:end]
            here = {name for name in names if re.search(rf"\b{re.escape(name)}\b", words)}
            found = _NOT_ALONE.search(words)
            if found and (child.called in (here or before) or len(children) == 1):
                said.append(f"not since {with_capital(found['since'])}" if found["since"] else "no")
            before = here
    return max(said, key=len, default="")
