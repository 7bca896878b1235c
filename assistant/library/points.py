"""What a review and a learning point are.

Owns the shapes that every other room reads; how they are cut from a document is the parser's business.
"""

from __future__ import annotations

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict

Kind = Literal["finding", "learning-point", "question", "theme", "strength", "case-fact", "resource"]
Audience = Literal["practitioner", "manager", "inter-agency", "system", "everyone"]
Span = tuple[int, int]

LINK = re.compile(r"\[(?P<label>[^\]\[]*)\]\((?:[^()\n]|\([^()\n]*\))*\)")
"""A link of the Markdown source. Neither half may hold the sign that opens it: a page of such signs would otherwise be
searched to its end from each of them."""
_EMPHASIS = re.compile(r"\*\*|__")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
"""Markdown drops a backslash before a sign only; any other is a person's own."""


class LearningPoint(BaseModel):
    """The smallest span of a review that stands alone as learning."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    id: str
    """`review/section-slug/ordinal`, e.g. `child-k/invisible-fathers/2`."""
    review: str
    text: str
    """The exact words of the source: its spans, joined by one space where there are several."""
    section: str
    """The heading it stands under, as printed."""
    path: tuple[str, ...] = ()
    """Every heading above it, outermost first, ending in `section`."""
    kind: Kind
    audience: Audience = "everyone"
    spans: tuple[Span, ...]
    """Character offsets in the source file, half open."""
    lines: tuple[int, int]
    """First and last line in the source file, counted from 1."""
    under: str | None = None
    """The point this one is a part of: a sub-bullet's bullet, a question's statement, a list's opening sentence."""
    questions: tuple[str, ...] = ()
    """Questions the review asks its reader about this point, word for word."""
    resources: tuple[str, ...] = ()
    """Tools, panels, numbers and links the point names, as printed."""
    also_in: tuple[str, ...] = ()
    """Points of other reviews that teach the same."""
    from_picture: bool = False
    """Read from a picture by text recognition: whoever quotes it checks it first."""


class Review(BaseModel):
    """One published document."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    id: str
    title: str
    subject: str
    publisher: str
    """Only what the document itself says."""
    published: str | None = None
    """As an ISO date or year, where the document prints one."""
    licence: str | None = None
    source: str
    """File name of the source it was read from."""
    text: str
    """The whole source file; spans are offsets into it."""
    points: tuple[LearningPoint, ...] = ()


def lines_in_words(lines: tuple[int, int]) -> str:
    """Where words stand in their source, as people say it: "line 63", "lines 3 to 5"."""
    first, last = lines
    return f"line {first}" if first == last else f"lines {first} to {last}"


def reading_text(text: str) -> str:
    """A point's words as a person reads them: emphasis marks and link targets of the Markdown source left out.

    For showing and for counting words only; what is quoted and stored is always the exact text.
    """
    return " ".join(_ESCAPED.sub(r"\1", _EMPHASIS.sub("", LINK.sub(r"\g<label>", text))).split())
