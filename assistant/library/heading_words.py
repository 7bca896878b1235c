"""What a heading that no known wording fits still promises, by the shape of it: what its question asks after, or the
noun it ends in.

Owns those shapes. The wordings that boards use over and over are for `sections`, which asks here last.
"""

from __future__ import annotations

import re
from typing import Literal

from assistant.library.points import Kind

Promise = Kind | Literal["standing"]
_LONGEST = 9
_NOT = re.compile(r"\b(?:not|no|never|nobody|without)\b|n[’']t\b", re.IGNORECASE)
_MIGHT = re.compile(
    r"\b(?:should|must|can|could|will|would|shall|need|needs|have to|has to|ought|please)\b", re.IGNORECASE
)
_TO_KNOW = re.compile(r"\b(?:know|knew|(?:look|watch) (?:out )?for|spot)(?: now)?\Z", re.IGNORECASE)
_IN_THE_WAY = re.compile(r"\b(?:gets?|got|getting|stands?|stood) in (?:the|our|your) way\Z|\bstops us\b", re.IGNORECASE)
_SHOULD_HAVE = re.compile(r"\b(?:could|should|might|would) have\b", re.IGNORECASE)
_WHO_IT_WAS = re.compile(
    r" (?:is|are|was|were) (?:(?-i:[A-Z])|the (?:(?:two|three|four|five|six|seven|eight|nine|ten|young) )?"
    r"(?:child|children|bab(?:y|ies)|people|adults?|famil(?:y|ies)|brothers|sisters|siblings|young people)\Z)"
)
_LOOKS_LIKE = re.compile(r"\blooks? like\Z", re.IGNORECASE)
_ASKS = re.compile(r"(?:and |so |now )?(?P<asked>who|what[’']?s?|how|where|which|why)\b(?P<rest>.*)", re.IGNORECASE)
_ASKED_AFTER: tuple[tuple[Promise, str], ...] = (
    ("case-fact", r"\b(?:happen(?:ed|ing)?|went on)\b"),
    (
        "finding",
        r"\b(?:raised|harder|alarm|flags?|miss(?:ed|ing)?|wrong|difficult|gaps?|hinder\w*|got in the way"
        r"|worr\w+|(?:get|got) lost)\b",
    ),
    (
        "strength",
        r"\b(?:well|liked|impress\w+|work(?:ed|ing)|good|helped|made (?:a|the) difference|proud|positive|strong)\b",
    ),
    (
        "finding",
        r"\b(?:learn\w*|taught|teach(?:es)?|found|show\w*|told|tells?|says?|said|heard|saw|seen|emerged)\b",
    ),
    ("learning-point", r"\b(?:expect\w*|(?:to )?change\Z|differently|next|now\Z)"),
)
_ASKED = tuple((kind, re.compile(wording, re.IGNORECASE)) for kind, wording in _ASKED_AFTER)
_HEAD_NOUNS: tuple[tuple[Promise, str], ...] = (
    (
        "standing",
        r"housekeeping|hello|(?:close|end) of (?:the )?meeting|(?:opening|closing) (?:remarks|comments)"
        r"|items for information"
        r"|condolences|limitations|rationale|governance(?: arrangements)?|monitoring(?: arrangements)?|compliance"
        r"|queries"
        r"|who to contact|conference|next (?:session|event|audit)|re-?audit|updates? on (?:current|ongoing|other) \w+"
        r"|reasons? for (?:the|this) (?:\w+ )?(?:review|audit)|before we (?:start|begin)"
        r"|looking after (?:ourselves|yourself)"
        r"|(?:requests?|refer|reporting|report) an? (?:review|case|concern)|media(?: enquiries)?|ground rules|about you"
        r"|stay connected|evaluation forms?|(?:team|staff|member|service) spotlight|scope|sample|coverage|areas covered"
        r"|next (?:edition|issue|meeting)|competition|quiz"
        r"|awards?|actions? from (?:the )?(?:last|previous) \w+|thanks|thank you|learning and development|close"
        r"|editorial"
        r"|questions about (?:this|the) \w+",
    ),
    (
        "case-fact",
        r"(?:narrative|portrait|life|events|incidents?|circumstances|background|synopsis|story|chronology|vignette)"
        r"(?! review)",
    ),
    ("question", r"reflections?|(?:\A)(?:scenarios?(?: discussion)?|discuss|over to you)(?=\Z)"),
    (
        "learning-point",
        r"pointers?|(?:top )?tips?|actions|messages|take[- ]?(?:home|away)s?|prompts|checklist|next steps|asks",
    ),
    ("strength", r"(?:good|effective|positive|excellent|strong) (?:work|practice|responses?|examples?)"),
    ("finding", r"headlines|(?:emerging|early|headline) (?:learning|themes|messages)|results|observations|trends"),
    ("resource", r"(?:\A)(?:more|read more|resources|links|reading|helplines?)(?=\Z)"),
)
_NOUNS = tuple(
    (
        kind,
        re.compile(
            rf"(?:[\w’'-]+ ){{0,3}}?(?:{nouns})(?:(?: (?:taken|agreed|identified|found|made|given|so far|for|to|of"
            rf"|from|in|about"
            r"|on|by|after|which|that|over)\b|[:,]| [–—-]| and\b).*)?\Z",
            re.IGNORECASE,
        ),
    )
    for kind, nouns in _HEAD_NOUNS
)
_SAYS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|can|could|will|would|should|must|needs?|means|begins?|makes?"
    r"|\w{3,}s"
    r" (?:the|a|an))\b",
    re.IGNORECASE,
)
"""Makes a sentence of a heading: it names a subject, whatever its words."""
_NO_NAMES = frozenset(
    """Summary Briefing Bulletin Overview Report Executive Practitioner Learning Neglect Exploitation Bruising Adults
    Children Audit Review Update Minutes Notes Lessons Findings Recommendations Action Actions Practice""".split()
)
"""Parts of a title that are nobody's name."""
_FAMILY = frozenset(
    """a about background circumstances home life lives meet experience experiences adult and are baby brother
    brothers child children dad family father her his household infant is meet
    mother mum parents person sibling siblings sister sisters story of the their was were who with young""".split()
)
_A_FAMILY = re.compile(r"\b[Tt]he (?P<name>[A-Z][\w-]+) (?:children|family|brothers|sisters|siblings|twins)\b")
_PART_OF_A_TITLE = re.compile(r"(?:\s*:\s+|\s+[–—-]\s+)")
_NAMED = re.compile(
    r"\b(?:Child(?:ren)?|Baby|Infant|Adult|Family|Siblings?|Young Person"
    r"|Case) (?P<name>[A-Z][\w-]*)(?: and (?P<other>[A-Z]\w*))?"
)


def promised(heading: str) -> Promise | None:
    """What a heading promises by its shape alone; None where it names a subject of its own."""
    words = heading.rstrip("?!. ")
    if len(words.split()) > _LONGEST:
        return None
    asks = _ASKS.match(words)
    if asks is not None and asks["asked"].lower() != "why":
        return _asked(asks["asked"].lower(), asks["rest"])
    if _SAYS.search(words):
        return None
    return next((kind for kind, wording in _NOUNS if wording.match(words)), None)


def _asked(word: str, rest: str) -> Promise | None:
    if word == "who":
        return "case-fact" if _WHO_IT_WAS.match(rest) else None
    if _IN_THE_WAY.search(rest) or _SHOULD_HAVE.search(rest):
        return "finding"
    if _TO_KNOW.search(rest):
        return "finding"
    if _MIGHT.search(rest) or _LOOKS_LIKE.search(rest):
        return "learning-point"
    found = next((kind for kind, wording in _ASKED if wording.search(rest)), None)
    return "finding" if found == "strength" and _NOT.search(rest) else found


def names_the_subject(heading: str, title: str) -> bool:
    """Whether a heading is whom the document is about, and their family: "Ivy", "Saffron and her family"."""
    names = {name for found in _NAMED.finditer(title) for name in found.groups() if name}
    names |= {found["name"] for found in _A_FAMILY.finditer(title)}
    parts = [part.strip() for part in _PART_OF_A_TITLE.split(title)[1:]]
    names |= {part for part in parts if re.fullmatch(r"[A-Z][a-z]{2,}", part) and part not in _NO_NAMES}
    words = re.findall(r"[\w-]+", re.sub(r"[’']s\b", "", heading))
    named = [word for word in words if word in names]
    return bool(named) and all(word in names or word.lower() in _FAMILY for word in words)
