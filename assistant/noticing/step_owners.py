"""Who does a step, as its own words say: a person or a job, never a clause.

Owns the few forms in which it's said outright, which count before whatever was read. Knows nothing of which words are a
step, or of the page.
"""

from __future__ import annotations

import re

from assistant.language.lazy_patterns import late

DOES = (
    r"(?:ring|phone|call|text|email|write|log|record|see|visit|meet|speak|talk|tell|ask|say|refer|report|book|arrange|check|chase|request"
    r"|send|go|get|find|look|weigh|review|order|bring|take|keep|complete|decide|agree|sit|do|make|put|give|sort|raise|watch|read|fill|draft|convene"
    r"|chair|attend|contact|confirm|collect|pick|let|drop|stop|start|sign|update|share|challenge|escalate|add|amend|move|change|set|work|help|hold|catch|pop|push|notify|message)"
)
"""What is done in steps."""
THOUGHT = r"(?:suppose|think|thought|guess|reckon|feel|believe|know|mean|wonder|hope|said|say|was|had|did)"
"""What somebody says of themselves and that is nothing they'll do."""
_SOMEBODY = r"(?:(?:the|my|our|her|his|their|another|an?)\s+)?[\w’'.&-]+(?:\s+[\w’'.&-]+){0,3}?"
_ME = late(
    r"(?:\A|[,;:.(–]\s*|\s-\s)(?:(?:and|so|that['’]?s|thats|it['’]?s|its|all|both|by|from|for|mostly)\s+)*"
    r"(?P<who>me(?:\s+(?:and|n|&)\s+(?!(?:then|i|the\s+\w+day)\b)(?:(?:the|my|our|an?)\s+)?[\w’'-]+(?:\s+(?:aider|worker|nurse|head|visitor|manager|tutor|officer))?)?)"
    r"(?:\s+to\s+do(?:\s+(?:it|them|that|this))?)?(?=\s*(?:[,;.)]|\Z)|\s+(?:today|tonight|tomorrow|by|on|this|next|first|before|as\s+well|too|\w+day)\b)",
    re.IGNORECASE,
)
""" "…, me, Tuesday", "…, from me", "me to do them"."""
_FROM_ME = late(
    r"\b(?:from|by)\s+me\b|\b(?:today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\s+me\W*\Z|\bme\s+to\s+do\s+(?:it|them|that)\b|\ball\s+me\b",
    re.IGNORECASE,
)
_NOBODYS = (
    r"(?!(?:i|im|ill|id|ive|me|we|well|right|ok|okay|yeah|it|that|this|there|what|who|how|need|needs|want|got|have|has|going|able|ready|due|how|when|where|not|nothing|something|someone|somebody"
    rf"|nobody|before|after|once|while|until|till|if|and|then|so|but|also|to|by|on|at|in|for|with|about|from|no|{DOES[3:-1]})\b)"
)
_SOMEBODY_TO = late(
    rf"\A\W*(?:(?:and|then|also|plus)\s+)*{_NOBODYS}(?P<who>{_SOMEBODY})\s+(?:to|will|should|must)\s+(?:(?:please|also|then|just)\s+)?{DOES}\b",
    re.IGNORECASE,
)
""" "Year head to ring dad", "registrar to order"."""
_WITH_ME = late(rf"\A\W*{_NOBODYS}(?P<who>{_SOMEBODY})\s+(?:and|n|&)\s+(?:I|me)\b", re.IGNORECASE)
""" "Social worker and I do a joint visit"."""
_ON_A_DAY_WITH_ME = late(
    r"\A\W*(?:(?:and|then)\s+)*(?:on\s+)?(?:today|tonight|tomorrow|\w+day)\s+(?P<who>me\s+(?:and|n|&)\s+[\w’'-]+)\b",
    re.IGNORECASE,
)
""" "Friday me and Jo go round"."""
_LEFT_TO = late(rf",\s*(?:and\s+)?{_NOBODYS}(?P<who>{_SOMEBODY})\s+to\s+[a-z]+\W*\Z", re.IGNORECASE)
""" "Bloods tonight, registrar to order"."""
_WANTS_OF = late(
    rf"\A\W*i(?:['’]d|\s+would)?\s+(?:like|want|need)\s+(?P<who>(?!to\b){_SOMEBODY})\s+to\s+{DOES}\b", re.IGNORECASE
)
""" "I'd like the school nurse to see her"."""
_I_DO = late(
    r"(?:\A\W*(?:(?:well|so|and|then|ok|right|oh|basically|yes|no|but)\W+)*(?:(?:if|unless|when|once|in|on|at|after|before|for)\b[^.;]{1,90}?[,\s]\s*|(?:(?:today|tonight|tomorrow|first\s+thing)\s+))?"
    r"|[,;:]\s*(?:(?:and|then|so|but)\s+)*|\b(?:and|so)\s+(?:then\s+)?)"
    rf"(?<!what\s)(?<!that\s)(?<!before\s)(?<!until\s)(?<!as\s)(?:i['’]?(?:ll|m|d|ve)?|il)\s+(?!{THOUGHT}\b|not\s+sure)[a-z]+",
    re.IGNORECASE,
)
""" "In supervision I'll raise it", "if she says no I go to the DCI"."""
_I_WILL = late(
    rf"\A(?:and\s+|so\s+|then\s+)*(?:i|we)(?:['’]ll|['’]d|['’]m\s+going\s+to|\s+will|\s+need\s+to|\s+have\s+to)?\s+(?={DOES}\b)",
    re.IGNORECASE,
)
_BEGINS_DOING = late(r"\W*(?:gonna|going\s+to|need\s+to|got\s+to|gotta)\b", re.IGNORECASE)
_THOUGHT_OF = late(
    rf"\A\W*(?:well\s+)?i\s+(?:just\s+|do\s+)?{THOUGHT}\s+(?:that\s+)?(?:some(?:one|body)|we|they|he|she|it)\b",
    re.IGNORECASE,
)
_ENDS_IN_I = late(r"\b(?:I|i)(?:['’](?:m|ll|d|ve))?(?:\s+(?:need|want|have|will|can|must))?\Z")
_HAS = late(r"[’']s\Z")
""" "Pete's to do the benefits"."""
_CLAUSE = late(r"\s+(?:to\s+(?:do|be)|who|that|which|is|are|was|as\s+well|too)\b.*|\s*[,;:].*", re.IGNORECASE)
_LISTED = re.compile(r"\A\d{1,2}[.):]?\s+")
""" "3 mum to keep his phone"."""
_NO_OWNER = late(
    rf"(?:{DOES}|view|s?he|they|it|(?:some|any|no|every)\s?(?:one|body)|(?:to|mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|tonight|refer|by|on|if|when|before|after|because|cc|right|gonna|not|about|and|or|no|in|with|without)\b",
    re.IGNORECASE,
)
_MOST_WORDS = 6


def without_speaker(words: str) -> str:
    """What is done, where the words begin with who says so: "I'll ring Dawn" is "ring Dawn"."""
    return _I_WILL.sub("", words)


def owner_of(words: str, read: str = "") -> str:
    """Who does it, as its words say outright, else as it was `read`; empty where that's nobody."""
    if _THOUGHT_OF.match(words):
        return ""
    if (alone := _ME.search(words)) or _FROM_ME.search(words):
        return alone["who"] if alone and alone["who"].casefold() != "me" else "me"
    if on_a_day := _ON_A_DAY_WITH_ME.match(words):
        return on_a_day["who"]
    if together := _WITH_ME.match(words):
        return f"{together['who']} and me"
    for pattern in (_SOMEBODY_TO, _WANTS_OF):
        if found := pattern.match(words):
            return somebody(_HAS.sub("", found["who"]))
    if left_to := _LEFT_TO.search(words):
        return left_to["who"]
    if _I_DO.search(words) or _BEGINS_DOING.match(words):
        return "me"
    return somebody(read)


def somebody(read: str) -> str:
    """The person or the job that a name is, without the clause around it: "me to do them", "Social care I'm"."""
    if _ENDS_IN_I.search(read):
        return "me"
    who = _LISTED.sub("", _CLAUSE.sub("", read.strip())).strip(" .-–")
    return "" if _NO_OWNER.match(who) or len(who.split()) > _MOST_WORDS else who
