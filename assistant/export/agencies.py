"""The agencies at the head of a record: those the worker names in the session, each once, and not their own.

Knows words, and of a session only what was said in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.conversation.state import State
from assistant.language.lazy_patterns import late

_NO_AGENCY = frozenset(
    {"manager", "team manager", "supervisor", "social worker", "worker", "colleague", "doctor's", "on-call manager"}
)
"""Of the supervision itself, or nobody's in particular."""
_SCHOOLS = frozenset({"dsl", "teacher", "head", "head teacher", "headteacher", "ta", "senco"})
_BY_NUMBER: Mapping[str, re.Pattern[str]] = {
    "police": late(r"\b(?:101|999|police)\b", re.IGNORECASE),
    "children's services": late(r"\b(?:children['’]?s|social) services\b", re.IGNORECASE),
    "NSPCC": late(r"\bnspcc\b", re.IGNORECASE),
    "out-of-hours social work": late(r"\b(?:out of hours|emergency duty|edt)\b(?! legal| line)", re.IGNORECASE),
}
"""Called by their number or in other words."""
_AN_ASSISTANT = late(r"\bTAs?\b|\b(?:[Tt]he|[Hh]is|[Hh]er|[Aa]) ta\b")
"""A teaching assistant, and not thanks."""
_A_DOOR = r"\b(?:that|his|her|their|the house['’]?s|my|our|own|mum['’]?s|at the)\s+"
_OWN = late(r"\bI (?:manage|run|own|work (?:in|at)) (?:a|an|the|this) (?P<place>\w+)", re.IGNORECASE)


def said_in(state: State) -> tuple[str, ...]:
    """All that was typed: the answers and what was typed to cards."""
    answers = (turn.answer for turn in state.turns if turn.answer)
    return (*answers, *(words for card in state.cards for words in card.said))


def agencies(sketched: Sequence[str], job: str, said: Sequence[str]) -> tuple[str, ...]:
    """Each once; whoever works in a school is the school, and a team is its service."""
    text = "\n".join(said)
    named = [one for one in sketched if one.casefold() != "ta" or _AN_ASSISTANT.search(text)]
    named = ["school" if one.casefold() in _SCHOOLS else one for one in named]
    named = [one for one in named if not _is_somebody_s_job(one, text)]
    named = [one for one in named if one.casefold() != "front door" or _is_a_service(one, text)]
    named += [name for name, words in _BY_NUMBER.items() if words.search(text)]
    own = {job.casefold(), *(found["place"].casefold() for found in _OWN.finditer(text))}
    once = {one.casefold(): one for one in reversed(named) if one.casefold() not in _NO_AGENCY | own}
    kept = [
        one for one in named if once.get(one.casefold()) is one and not job.casefold().endswith(f" {one.casefold()}")
    ]
    return tuple(dict.fromkeys(one for one in kept if not _is_in_another(one, kept)))


def _is_a_service(words: str, text: str) -> bool:
    """The front door of a service, and not somebody's."""
    every = len(re.findall(rf"\b{words}\b", text, re.IGNORECASE))
    return every > len(re.findall(rf"{_A_DOOR}{words}\b", text, re.IGNORECASE))


def _is_somebody_s_job(words: str, text: str) -> bool:
    """ "Nursery" and "nurse" where only a nursery nurse is spoken of."""
    every = len(re.findall(rf"\b{re.escape(words)}\b", text, re.IGNORECASE))
    there = len(re.findall(r"\bnursery nurse\b", text, re.IGNORECASE))
    return words.casefold() in {"nursery", "nurse"} and 0 < there == every


def _is_in_another(one: str, every: Sequence[str]) -> bool:
    """ "Duty" beside "duty team"."""
    return any(other != one and re.search(rf"\b{re.escape(one)}\b", other, re.IGNORECASE) for other in every)
