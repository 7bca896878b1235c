"""How a word that was broken at a line's end is written.

Owns the choice between a word with its hyphen and one without: as the rest of the document writes it, or as words are
written elsewhere in the field.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from assistant.resources import shipped

BROKEN = "\u00ad"
"""Stands where a line ended in a hyphen, until the whole text has told whether the word is written with one."""
HYPHEN_ENDS = re.compile(r"(?:[-\u00ad\u2010\ufffe\u0002])\Z")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_COMPOUND = re.compile(
    r"(?:multi|inter|intra|non|self|co|re|pre|post|anti|ante|well|high|low|long|short|decision|evidence|child|parent"
    r"|risk"
    r"|cross|front|follow|so|step|trauma|single|out|in|on|face|year|part|full|built|whole|solution|strength|hard|drop"
    r"|check|time|one|two|three|four|five|six|seven|eight|nine|ten|half|mid|cost|problem|information|fact|help"
    r"|person|ex|age|peer|drug|alcohol|school|hand)\Z",
    re.IGNORECASE,
)
_LONG_ENOUGH = 3


def hyphens_settled(text: str) -> str:
    """Each word broken at a line's end as the rest of the document writes it, or else as others do."""
    words = Counter(_WORDS.findall(text.lower()))

    def settled(match: re.Match[str]) -> str:
        before, after = match["before"], match["after"]
        return f"{before}-{after}" if _keeps(before.lower(), after.lower(), words) else before + after

    text = re.sub(rf"(?<=-)(?P<before>[^\W\d_]+){BROKEN}", r"\g<before>-", text)  # "up-to-" and "date"
    text = re.sub(rf"(?P<before>[^\W\d_]+){BROKEN}(?P<after>[^\W\d_]+)", settled, text)
    return text.replace(BROKEN, "-")


def _keeps(before: str, after: str, words: Counter[str]) -> bool:
    whole, parted = before + after, f"{before}-{after}"
    if words[whole] != words[parted]:
        return words[parted] > words[whole]
    known = _known()
    if (whole in known) != (parted in known):
        return parted in known
    if _COMPOUND.match(before) and (after in words or after in known):
        return True
    return False if whole in known else all(len(half) >= _LONG_ENOUGH and half in known for half in (before, after))


@cache
def _known() -> frozenset[str]:
    """The words of the shipped reviews and of the field's lexicon, read when one is in doubt."""
    texts = [*(shipped("corpus") / "reviews").glob("*.md"), *shipped("corpus").glob("*.yaml")]
    return frozenset(word for text in texts for word in _WORDS.findall(text.read_text(encoding="utf-8").lower()))
