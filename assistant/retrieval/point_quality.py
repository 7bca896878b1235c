"""How much a learning point is worth to somebody who reads it by itself.

Owns three judgements made on its words alone, so that any library is read in the same way: whether it says something
that stands alone, whether it is about the making of the document rather than about practice, and whether it tells of a
gap or of a strength. Knows nothing of queries or scores.
"""

from __future__ import annotations

import re
from typing import Literal

from assistant.language.lazy_patterns import late
from assistant.language.sentences import stands_alone
from assistant.library.points import LearningPoint, reading_text

Polarity = Literal["gap", "strength"]

_LEAST_WORDS = 7
"""Fewer are a heading: "Managerial oversight and supervision"."""
_LEAST_WORDS_OF_A_FACT = 20
"""Fewer tell a detail of one family ("Baby E had 3 older siblings"), more tell what happened."""

_FURNITURE = late(
    r"\binspectors (?:met|visited|reviewed|considered|evaluated|looked|spoke|would|were (?:also )?(?:able|made))\b"
    r"|\b(?:this|the) (?:letter|inspection|visit|report|bulletin|briefing|case study) (?:was|is|took|summari|sets|found"
    r"|has|will|considers?|focus|concerns?)"
    r"|\b(?:judged|graded|rated) (?:to be )?(?:good|outstanding|inadequate|requires)|requires improvement to be good"
    r"|\bthe (?:serious case|learning|review) (?:review )?(?:was|panel|report)\b|\bcommissioned a\b|\bpost.?mortem\b"
    r"|\binquir(?:y|ies) (?:concluded|were|was)\b|\bwould not engage with (?:the )?(?:scr|review)\b"
    r"|\b(?:has|have) been (?:updated|recognised|shared|circulated|refreshed|published)\b"
    r"|\bare being (?:held|developed)\b|\b(?:work|progress) (?:is|has been) (?:underway|made|ongoing|done)\b"
    r"|\bmuch work has been done\b|\bongoing work\b|\bprogress so far\b|\bnow available\b|\bfurther details became\b"
    r"|\bin (?:summary|response to this (?:case|review))\b|\bnext inspection\b|\bannual conversation\b",
    re.IGNORECASE,
)
_CONTACT = late(r"https?://|www\.|\bTel\b|@\w|\b0\d{2,4} ?\d{3} ?\d{3,4}\b")
_POINTS_ELSEWHERE = late(
    r"\b(?:this|these|those|such) (?:information|case|cases|children|families|tools?)\b|\bthem\b", re.I
)
_THEIRS = late(r"\b(?:they|their|it|its)\b", re.IGNORECASE)
_SHORT_QUESTION = 10
"""Words in which whoever "their" means is not named too."""
_OPENS_ON_SOMEBODY = late(r"(?:he|she|they|it|his|her|their|both|these|this(?! case))\b", re.IGNORECASE)
_FIGURE = late(r"\b\d[\d,.]*%?")

_GAP = late(
    r"\b(?:not|no|never|without|lack\w*|absen\w+|fail\w*|delay\w*"
    r"|too (?:long|late|often|many|few|little)|insufficient\w*|inconsisten\w+"
    r"|weak\w*|poor\w*|missed|limited|unclear|variab\w+|over.?relian\w+|over.?optimis\w+|drift\w*"
    r"|backlog\w*|wait(?:s|ing)?|gaps?|barriers?|unassessed|isolation|inadequate|incomplete|rarely|seldom|overly"
    r"|need(?:s|ed)? to|should|must|ensure|conflicting|risk of)\b|n['’]t\b",
    re.IGNORECASE,
)
_PRAISE = late(
    r"\b(?:effective\w*|strong\w*|well[- ]\w+|good|excellent|impressive|timely|swift\w*|prompt\w*|robust"
    r"|skilled|skilful\w*|sensitive\w*|benefit\w*|thorough\w*|clear|appropriate\w*|proactive\w*|valued|improv(?:ed|ing|ement)|successful\w*"
    r"|creative\w*|tenacious|child[- ]centred|highly|comprehensive|embedded|confident\w*|persistent\w*)\b",
    re.IGNORECASE,
)


def stands_alone_as_learning(point: LearningPoint) -> bool:
    """Whether somebody who has seen nothing else of the document learns something about practice from it."""
    text = reading_text(point.text)
    words = text.split()
    if point.kind in {"theme", "resource"} or len(words) < _LEAST_WORDS or text.rstrip().endswith(":"):
        return False
    if is_furniture(text):
        return False
    if point.kind == "case-fact":
        return len(words) >= _LEAST_WORDS_OF_A_FACT and not _OPENS_ON_SOMEBODY.match(text)
    if not stands_alone(text):
        return False
    if point.kind == "question" and len(words) <= _SHORT_QUESTION and _THEIRS.search(text):
        return False
    return not (point.kind == "question" and _POINTS_ELSEWHERE.search(text))


def is_furniture(text: str) -> bool:
    """Whether it speaks of the document, its making or its figures, or only says whom to ring."""
    words = len(text.split())
    many_figures = 4 * len(_FIGURE.findall(text)) >= words
    only_a_contact = bool(_CONTACT.search(text)) and words < 25
    return many_figures or only_a_contact or bool(_FURNITURE.search(text))


def polarity(point: LearningPoint) -> Polarity | None:
    """Whether it tells of what was missing or of what went well; None where the words do not say."""
    gaps, praise = len(_GAP.findall(point.text)), len(_PRAISE.findall(point.text))
    if point.kind == "strength":
        return "strength" if gaps <= praise or not gaps else None
    if gaps > praise:
        return "gap"
    return "strength" if praise > gaps else None
