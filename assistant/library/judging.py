"""What some sentences are: what they say themselves, or else what the headings above them promise.

Owns the order in which a label, the sentence's own wording and the place are believed. The wordings are for
`addressing` and `sentence_cues`, the headings for `outline`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.library.addressing import asks_for_action, begins_with_a_command
from assistant.library.outline import Outline
from assistant.library.points import Kind
from assistant.library.sections import labelled, series_of
from assistant.library.sentence_cues import (
    gives_an_age,
    goes_on_about_the_case,
    introduces_the_case,
    names_who_it_is_about,
    praises,
    tells_what_was,
)

_SAYS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|can|could|will|would|may|might|cannot|n[’']t|remains?|needs?"
    r"|lacks?"
    r"|\w{3,}ed)\b",
    re.IGNORECASE,
)
"""A verb that tells how something is; a subject to be bettered has none."""
_ASKS = re.compile(
    r"\W*(?:how|what|who|when|where|why|which|whether|do|does|did|is|are|in (?:pairs|groups))\b", re.IGNORECASE
)
_LEARNT = re.compile(r"\b(?:learn\w*|lessons?)\b", re.IGNORECASE)
"""Heads a column of what was learnt: beside what is to be done about it that tells what was."""
_HELPLINE = re.compile(
    r"\W*if you (?:have|are|need)\b[^.]{0,120}\b(?:contact|call|ring|phone|telephone|email)\b.{0,120}(?:\d{3}|\S@\S"
    r"|www\.)",
    re.IGNORECASE,
)


def kind_of(texts: Sequence[str], outline: Outline, *, alone: bool = False, after: Kind | None = None) -> Kind:
    """The kind of some sentences that make sense together; `alone`, they are a whole block, and `after` is the kind of
    what stands before them in their paragraph."""
    first = texts[0]
    label = labelled(first)
    if label is not None and label.kind is not None:
        return label.kind
    if _HELPLINE.match(first):
        return "resource"
    if outline.column is not None and _LEARNT.search(outline.column.heading) and tells_what_was(first):
        return "learning-point" if asks_for_action(first) or begins_with_a_command(first) else "finding"
    if outline.column is None:
        if series_of(outline.section.heading) == "learning point" and tells_what_was(first):
            return _among_findings(texts, outline, alone=alone, after=after)
        if outline.kind == "finding":
            return _among_findings(texts, outline, alone=alone, after=after)
        if outline.kind == "strength" and introduces_the_case(first):
            return "case-fact"
        if outline.kind == "question" and _SAYS.search(first) and not asks_something(first):
            return _among_findings(texts, outline, alone=alone, after=after)
    return outline.kind


def asks_something(text: str) -> bool:
    """Whether a line where questions stand is one, or tells its reader what to think about."""
    return "?" in text or begins_with_a_command(text) or _ASKS.match(text) is not None


def _among_findings(texts: Sequence[str], outline: Outline, *, alone: bool, after: Kind | None) -> Kind:
    """What sentences are where findings stand, or where no heading says what does."""
    first, section = texts[0], outline.section
    if asks_for_action(first, of_somebody=True):
        return "learning-point"
    if gives_an_age(first):
        return "case-fact"
    if section.kind is None and (
        introduces_the_case(first)
        or names_who_it_is_about(first)
        or (after == "case-fact" and goes_on_about_the_case(first))
    ):
        return "case-fact"
    if not section.improves and praises(" ".join(texts)):
        return "strength"
    if section.kind == "finding" and not section.improves:
        return "finding"
    # What should be, said of nobody, stands in findings too: there the rest tells that it is not.
    asking = sum(map(asks_for_action, texts))
    if asks_for_action(first) and 2 * asking >= len(texts):
        return "learning-point"
    if section.improves and alone and not _SAYS.search(first):
        return "learning-point"
    return "finding"
