"""Which headings of a review say something.

Owns one judgement: "Invisible fathers" tells what the points under it are about, "Key learning points for managers"
only says that there are points. Points inherit the words of telling headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# The furniture of review bulletins.
_FURNITURE = frozenset(
    """
    a about action actions agency all an and are as background be brief briefing bulletin by case child's
    children common conclusion conclusions date details did do emerging finding findings following for from
    further general good guidance how if important in included indicators information inter introduction is
    issues it key know learned learning lesson lessons links local main manager managers message messages more
    national of offer on one only other our over overview part patterns point points practice practitioner
    practitioners published purpose question questions recommendation recommendations recommends report resource
    resources review reviewed reviews safeguarding section serious source strength strengths summary system
    systems take team teams that the theme themes these thing this time to today training useful was were what
    why with you your
    """.split()
)
TELLING = 0.2
"""The share of a heading that must be more than furniture: the name of one county in eight words tells nothing."""
_WORD = re.compile(r"[^\W\d_]+(?:['’]s)?")
_NAME_OF_A_CASE = re.compile(r"\b(?i:child|baby|family|young person)\s+[A-Z]{1,2}\d?\b")


def informative_headings_of(path: Sequence[str]) -> str:
    """The headings above a point that say what it is about, in order, as one text."""
    return ". ".join(heading for heading in path if _tells(heading))


def _tells(heading: str) -> bool:
    words = _WORD.findall(_NAME_OF_A_CASE.sub("", heading))
    told = sum(word.lower().replace("’", "'") not in _FURNITURE for word in words)
    return told > 0 and told >= TELLING * len(words)
