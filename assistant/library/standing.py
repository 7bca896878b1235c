"""Sentences that are about the review or the bulletin, not about practice: never offered as learning.

Owns the wordings by which such a sentence is known wherever it stands.
"""

from __future__ import annotations

import re


def _any_of(*wordings: str) -> re.Pattern[str]:
    return re.compile("|".join(wordings), re.IGNORECASE)


_NUMBER = re.compile(r"\A\d{1,2}(?:\.\d{1,2}){0,2}[.)]?\s+")
_STANDING = (
    (
        "about this document",
        _any_of(
            r"this (?:\w+ |\d+[- ]minute )?(?:bulletin|briefing|summary|document|newsletter|note|letter)\b.{0,80}?"
            r"\b(?:summari[sz]es|outlines|focuses|collates|pulls|brings|sets out|aims|includes|provides|contains"
            r"|highlights|describes|captures|explains|shares|covers|is (?:intended|for|based|designed)"
            r"|(?:was|has been) (?:published|written|developed|prepared)|can be|should be (?:used|read|shared))\b",
            r".{0,60}\bexpects that this (?:bulletin|briefing)",
            r"we ask that you take time",
            r"this (?:joint )?(?:targeted area )?inspection (?:took place|was (?:carried out|conducted) by)\b",
            r"between \d.{0,300}\b(?:undertook|carried out) (?:an?|this) (?:joint )?(?:targeted area )?inspection\b",
            r"\S+(?: \S+)? produces this report\b",
        ),
    ),
    (
        "where the report is",
        _any_of(
            r"(?:the |a )?(?:full|overview|final|complete) (?:\w+ )?(?:report|review)\b.{0,120}"
            r"\b(?:published|found|accessed|read|available|here|download)",
            r"the report and (?:accompanying|learning)",
            r"the other .{0,30}\bscr will be published",
            r"more information about (?:scrs|serious case reviews)",
        ),
    ),
    ("what is being done about the review", _any_of(r"(?:a|the) response plan will be published")),
    ("about reviews in general", _any_of(r"a serious case review \(scr\) is not concerned")),
    (
        "rights and publication",
        _any_of(
            r".{0,300}©|\(c\) |copyright|crown copyright|isbn\b|version \d|page \d+ of",
            r"(?:date )?published(?: by\b| on\b| in\b|\W+\d|:)",
            r"(?:if you|to) (?:would like|require|request|receive)\b.{0,60}\b(?:copy|copies|document|email alerts)\b",
            r"you may (?:copy|re-?use)|any complaints about",
        ),
    ),
)


def standing_reason(sentence: str) -> str | None:
    """Why a sentence is standing text, or None when it is not."""
    bare = _NUMBER.sub("", sentence.strip(" *_\n"))
    return next((reason for reason, wording in _STANDING if wording.match(bare)), None)
