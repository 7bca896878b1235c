"""Who somebody is that was named, where the worker says it in so many words and the sketch didn't take it in.

"Shelley (his sw)", "Daz is mum's new partner", "mum's partner … I'll call him Dean", "Marek and I are on shift". The
words are the worker's own. Knows nothing of what a sketch makes of anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_WHOSE = (
    r"(?:(?:the|a|his|her|their|my|our|your|(?:mum|dad|mam|mom)['’]?s|[A-Z]\w+['’]s)\s+)?"
    r"(?:(?:new|ex|old|own|day|night|on-call|named|supervising|family|school|learning|deputy|foster|key|big"
    r"|little|older|younger)\s+)*"
)
_PARTNERS = r"partner|boyfriend|fella|bloke|fiancé|ex"
_AT_HOME = (
    r"husband|hubby|wife|girlfriend|sister|brother|cousin|aunt(?:ie)?|uncle|"
    r"nan|nana|gran|grandmother|grandad|grandfather"
)
_PARENTS = r"dad|father|mum|mother|stepdad|step-dad"
_AT_WORK = (
    r"sw|social worker|manager|head|headteacher|deputy|depute|teacher|nurse|midwife|doctor|gp|guardian|solicitor|"
    r"health visitor|mentor|dsl|lead|staff|worker|key ?worker|colleague|foster carer|counsellor|advocate"
)
_ROLE = rf"(?P<role>{_WHOSE}(?P<noun>{_PARTNERS}|{_AT_HOME}|{_PARENTS}|{_AT_WORK}))\b"
_NOBODY = frozenset({"i", "he", "she", "they", "it", "mum", "dad", "mrs", "mr", "ms", "miss", "nan", "gran"})
_OF_WHOM = r"(?:the|a|his|her|their|my|our|your|(?:mum|dad|mam|mom)['’]?s)\s"
_NO_CHILD = r"(?:(?!\b(?:girl|boy|child|baby|lad|little|kid|one)\b)[^.;!?])"
_CALL = r"i['’]?(?:ll|d|m)?\s+(?:will\s+)?call(?:ing)?"
_CALL_THEM = rf"{_CALL}\s+(?:him|her|them)"


@dataclass(frozen=True)
class Told:
    """Who somebody is, by the worker's words."""

    words: str
    """ "mums new partner", "his sw"."""
    nouns: frozenset[str]

    @property
    def is_partner(self) -> bool:
        """A man who is with a parent."""
        return any(re.fullmatch(_PARTNERS, noun) for noun in self.nouns) and not self.words.startswith("my ")

    @property
    def as_of_a_child(self) -> str:
        """The same, and that he is the father of one of them, where both are said."""
        return f"{self.words}; a child's dad" if self.is_partner and self.is_father else self.words

    @property
    def is_father(self) -> bool:
        """The father of one of the children."""
        return bool(self.nouns & {"dad", "father"}) and not self.words.startswith("my ")


def who_they_are(answers: Iterable[str], names: Iterable[str]) -> Mapping[str, Told]:
    """What is said of each of these names; nothing of whom nothing is said."""
    text = " \n ".join(answers)
    told = ((name, _told(text, name)) for name in names if name.casefold() not in _NOBODY)
    return {name: who for name, who in told if who is not None}


def _told(text: str, name: str) -> Told | None:
    found = [match for pattern in _ways(re.escape(name)) for match in pattern.finditer(text)]
    if not found:
        return None
    first = next((one for one in found if re.fullmatch(_PARTNERS, one["noun"], re.IGNORECASE)), found[0])
    words = re.sub(r"\s+", " ", first["role"]).strip()
    return Told(
        re.sub(r"\A(?:The|A) ", lambda the: the[0].lower(), words), frozenset(one["noun"].lower() for one in found)
    )


def _ways(name: str) -> Iterable[re.Pattern[str]]:
    named = rf"\b(?i:{name})\b"
    yield re.compile(rf"{named}\s*\({_ROLE}", re.IGNORECASE)
    yield re.compile(rf"{named}(?:['’]s\s+(?={_OF_WHOM})|\s+is\s+|\s+was\s+){_ROLE}", re.IGNORECASE)
    yield re.compile(rf"{_ROLE},?\s+(?:{_CALL_THEM}\s+|called\s+|named\s+)?(?-i:{name})\b", re.IGNORECASE)
    yield re.compile(rf"{_ROLE}\b{_NO_CHILD}{{0,45}}?\b{_CALL_THEM}\s+{named}", re.IGNORECASE)
    yield re.compile(rf"{_ROLE}\b{_NO_CHILD}{{0,45}}?[,.]\s*{named},?\s+{_CALL}\b", re.IGNORECASE)
    yield re.compile(rf"{named},?\s+(?P<role>the\s+(?:\w+\s+)?(?P<noun>{_AT_WORK}))\b", re.IGNORECASE)
    yield re.compile(
        rf"\b(?:me\s+and\s+)?{named}\s+(?:and\s+I\s+)?(?:is|are|was)\s+(?P<role>on\s+(?P<noun>shift|duty))\b",
        re.IGNORECASE,
    )
    yield re.compile(rf"{named},\s+(?P<role>s?he['’]s (?P<noun>new))\b", re.IGNORECASE)
