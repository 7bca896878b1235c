"""Stretches of an answer without what stands around them, and where one is cut. Knows nothing of what they say."""

from __future__ import annotations

import re

from assistant.language.lazy_patterns import late
from assistant.language.spans import Span

_ENDS = late(
    r",?\s+(?:and\s+)?not\s+|,\s*(?:that['’]?s|thats|it['’]?s|its|i['’]ve|i['’]m|i|put|third|second|please|he|she|they|you|we|because|cos|same|which)\b"
    r"|\s+(?:because|cos|please)\b|,\s*(?:(?-i:[A-Z])\w+\s+){1,2}(?:isn|aren|doesn|won)['’]?t\b",
    re.IGNORECASE,
)
"""Where what a line should say is over."""


def cut_at(joint: re.Pattern[str], answer: str, span: Span) -> list[Span]:
    """A stretch in pieces, without what joins them."""
    joints = [cut.span() for cut in joint.finditer(answer, *span)]
    firsts, lasts = [span[0], *(last for _, last in joints)], [*(first for first, _ in joints), span[1]]
    return list(zip(firsts, lasts, strict=True))


def plain(answer: str, span: Span, *, cut: bool = True) -> Span:
    """Without stops and joints at its ends, or what is only said about it."""
    start, end = span
    if cut and (found := _ENDS.search(answer, start + 1, end)):
        end = found.start()
    while start < end and not (answer[start].isalnum() or answer[start] in "\"“'‘"):
        start += 1
    while end > start and answer[end - 1] in " ,.;:!-–\n":
        end -= 1
    return start, end
