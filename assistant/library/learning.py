"""Whether a document is about learning from work with children and families at all.

Owns the words that such documents cannot do without. It keeps an invoice or a recipe out of the library; it does not
judge what is learned.
"""

from __future__ import annotations

import re

_ENOUGH = 4
_WORDS = re.compile(
    r"\b(child(?:ren)?|bab(?:y|ies)|famil(?:y|ies)|parents?|mother|father|carers?|safeguarding|practitioners?"
    r"|professionals?|agenc(?:y|ies)|multi-agency|social work(?:ers?)?|health visitors?|neglect|abuse|harm|risks?"
    r"|assessments?|supervision|referrals?|review|learning|findings?|recommendations?|lessons|practice|police|school|domestic|vulnerab\w+"
    r"|early help|escalat\w+|adult|care|support)\b",
    re.IGNORECASE,
)
_ABOUT_PEOPLE = re.compile(
    r"\b(?:child(?:ren)?|bab(?:y|ies)|young (?:people|person)|famil(?:y|ies)|parents?|safeguarding|adult at risk)\b",
    re.IGNORECASE,
)
_ABOUT_WORK = re.compile(
    r"\b(?:practitioners?|professionals?|agenc(?:y|ies)|multi-agency|social work(?:ers?)?|health visitors?|supervision"
    r"|safeguarding|case review|practice review|learning (?:points?|from|for)|social care|referrals?|early help)\b",
    re.IGNORECASE,
)


def is_about_learning(text: str) -> bool:
    """Whether the words of children's safeguarding are there, about people and about work with them."""
    words = {word.lower() for word in _WORDS.findall(text)}
    return len(words) >= _ENOUGH and bool(_ABOUT_PEOPLE.search(text)) and bool(_ABOUT_WORK.search(text))
