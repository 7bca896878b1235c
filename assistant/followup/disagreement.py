"""Whether words state a disagreement between professionals, and which step of the ladder they mean.

A worry, a risk that does not fall or a parent who refuses is no professional disagreement: only where another agency or
a manager sees it differently is there anything to take further. Knows the local ladder and nothing of sessions.
"""

from __future__ import annotations

import re

from assistant.conversation.prompts import Ladder
from assistant.language.lazy_patterns import late
from assistant.language.paragraphs import sentences_in

_NONE = late(
    r"^\W*(?:no|none|nothing|nobody|n/?a|not)\b(?:\W+(?:really|at all|today|here|us|me|now|yet|much|"
    r"that i know of))*\W*$"
    r"|\b(?:no|not (?:really )?(?:a|any|in)|isn['’]?t (?:a|any)) (?:real |professional )?(?:dispute|disagreement)\b"
    r"|\b(?:we|everyone|everybody|all of us)(?:['’]re| are| do)?(?: all)? agree[ds]?\b|\bnobody disagrees\b"
    r"|^\W*(?:nothing|nobody)(?:['’]s| is| was)? (?:really )?(?:stuck|in dispute|disputed)\b",
    re.IGNORECASE,
)
_OTHERS = (
    r"(?:social care|social workers?|children['’]?s services|mash|front door|duty|school|head|dsl|"
    r"health visitors?|hv|gp|"
    r"doctors?|nurses?|midwi(?:fe|ves)|paediatricians?|consultants?|ward|hospital|camhs|police|officers?|housing|court|"
    r"judge|cafcass|iro|chair|conference|panel|legal|managers?|seniors?|leads?|heads? of service|director|agency|"
    r"agencies|"
    r"team|service|probation|placement|foster carers?|nursery|trust|council|early help|referral|they|them)"
)
_FAMILY = late(
    r"\b(?:mum|mam|dad|mother|father|parents?|nan|gran|nana|grandad|family|partner|boyfriend|step-?dad|uncle|aunt|"
    r"he|she|child|children|boys?|girls?|baby)\b",
    re.IGNORECASE,
)
_OTHER = late(rf"\b{_OTHERS}\b", re.IGNORECASE)
_OPENLY = late(
    r"\b(?:disagree\w*|dispute[sd]?|nfa\w*|no further action|thresholds?|challeng(?:e|ed|ing)|overrul\w+)\b",
    re.IGNORECASE,
)
_TURNED_DOWN = late(
    r"\b(?:refus\w+|reject\w+|turn(?:ed|s|ing)? (?:it |us |me )?down|clos(?:ed|ing)|sen[dt] (?:it )?back|"
    r"knocked (?:it )?back|declin\w+|won['’]?t|will not|wouldn['’]?t|(?:do|does|did)(?:n['’]?t| not) (?:agree|"
    r"accept|think|see|"
    r"believe)|say(?:s|ing)? (?:no|it|that|he|she|this|there|each|every|we)|said (?:no|it|that|there)|"
    r"think(?:s)? (?:it|that|"
    r"he|she|we|this)|wants? to|want(?:ed)? us to|(?:no|not|n['’]t|never) (?:repl\w+|respon\w+|answer\w*|come back|"
    r"called back|rung back|heard|acted|moved)|hasn['’]?t|haven['’]?t)\b",
    re.IGNORECASE,
)


def stated(words: str) -> bool:
    """Whether another professional or agency sees it differently, by these words."""
    if _NONE.search(words):
        return False
    return any(_differs(words[start:end]) for start, end in sentences_in(words))


def _differs(sentence: str) -> bool:
    if _OPENLY.search(sentence):
        return True
    found = _TURNED_DOWN.search(sentence)
    if found is None:
        return False
    nearest = [*_OTHER.finditer(sentence, 0, found.start())][-1:]
    family = [*_FAMILY.finditer(sentence, 0, found.start())][-1:]
    if not nearest:
        return False
    return not family or family[0].start() < nearest[0].start()


_OWN = late(
    r"\b(?:I|we) (?:still |really )?(?:do not|don['’]t|didn['’]t|can['’]t) agree\b|\b(?:I|we) (?:still |openly )?"
    r"(?:disagree\w*|dispute\w*|challenged?)\b|\bI (?:think|told \w+|said) "
    r"(?:s?he|they)(?:['’]s| is| are|['’]re) wrong\b",
    re.IGNORECASE,
)
_MOST_SAID = 4
"""Sentences that say what is disputed."""


def openly(words: str) -> bool:
    """The speaker says that they see it differently from another professional."""
    return _OWN.search(words) is not None and stated(words)


def what_is_disputed(answers: list[str]) -> str:
    """The sentences that say it, as they were said; what else was answered is none of it."""
    said = list[str]()
    for answer in answers:
        whole = [answer[start:end] for start, end in sentences_in(answer)]
        said += [one for one in whole if _differs(one) or _OWN.search(one)]
    return " ".join(list(dict.fromkeys(said))[:_MOST_SAID])


_ROLES = (
    (r"service managers?|heads? of service|mash managers?", "service manager"),
    (r"named (?:doctor|nurse|midwife|gp|professional)s?", "named professional"),
    (r"designated (?:doctor|nurse|professional)s?", "designated professional"),
    (r"(?:assistant )?directors?|senior leads?", "senior lead"),
    (r"partnership|scrutineer|safeguarding board", "partnership"),
    (r"managers?|head ?teachers?|heads?|supervisors?|dsl|safeguarding leads?", "line manager"),
    (r"worker to worker|(?:their|the|her|his) (?:social )?worker", "worker to worker"),
)
"""What people call those whom the common ladder names otherwise; the first that fits a rung of the local one counts."""
_WHO = late(
    r"\b(?:my|our|the|her|his|their|your|a)\s+(?:[\w’'-]+\s){0,2}?"
    r"(?:managers?|head ?teacher|head of (?:service|mash|safeguarding)|head|leads?|doctor|nurse|midwife|gp|"
    r"professional|"
    r"director|officer|chair|dsl|supervisor|partnership|scrutineer)\b",
    re.IGNORECASE,
)
_COUNTED = {
    word: place
    for place, words in enumerate(
        (("1", "one", "first"), ("2", "two", "second"), ("3", "three", "third"), ("4", "four", "fourth"),
         ("5", "five", "fifth"), ("6", "six", "sixth"), ("7", "seven", "seventh"))
    )
    for word in words
}  # fmt: skip
_UNITS = r"(?!\s*(?:hour|day|week|month|year|time|time|child|kid|visit|call|referral|people)\w*\b)"
_DIGIT = late(rf"(?<![\d/.:])\b(?P<n>[1-7])\b(?![/.:]\d){_UNITS}")
_PLACES = "|".join(_COUNTED)
_IN_WORDS = late(
    r"^\W*(?:so |the |i['’]?d say |probably )*(?:step |rung |number |level |stage )?"
    rf"(?P<first>{_PLACES})\b{_UNITS}"
    rf"|\b(?:step|rung|number|level|stage) (?P<named>{_PLACES})\b",
    re.IGNORECASE,
)


def rung_named(words: str, ladder: Ladder, *, by_number: bool = True) -> str:
    """The rung that somebody means: by the number they were shown, by its name, or by who stands on it; or nothing.

    The lowest of several, because a disagreement starts there.
    """
    if by_number and (place := _numbered(words)) is not None and place < len(ladder.rungs):
        return ladder.rungs[place].name
    said = words.casefold()
    for rung in ladder.rungs:
        name = rung.name.casefold().removeprefix("the ")
        if name in said or name.removesuffix("s") in said:
            return rung.name
    return _by_role(said, ladder)


def role_named(words: str) -> str:
    """Whom they would go to, as they put it: "my head", "the named doctor"; or nothing."""
    found = _WHO.search(words)
    return found[0] if found else ""


def _numbered(words: str) -> int | None:
    found = _IN_WORDS.search(words)
    if found:
        return _COUNTED[(found["first"] or found["named"]).casefold()]
    digit = _DIGIT.search(words)
    return _COUNTED[digit["n"]] if digit else None


def _by_role(said: str, ladder: Ladder) -> str:
    for pattern, stands_for in _ROLES:
        if re.search(rf"\b(?:{pattern})\b", said):
            for rung in ladder.rungs:
                if stands_for in f"{rung.name} {rung.who}".casefold():
                    return rung.name
    return ""
