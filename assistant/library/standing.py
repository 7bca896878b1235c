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
            r"this (?:\w+ |\d+[- ]minute )?(?:bulletin|brief(?:ing)?|summary|document|newsletter|note|letter)\b.{0,80}?"
            r"\b(?:summari[sz]es|outlines|focuses|collates|pulls|brings|sets out|aims|includes|provides|contains"
            r"|highlights|describes|captures|explains|shares|covers|is (?:intended|for|based|designed)"
            r"|(?:was|has been) (?:published|written|developed|prepared)|can be|should be (?:used|read|shared))\b",
            r".{0,60}\bexpects that this (?:bulletin|briefing)",
            r"we ask that you take time",
            r"this (?:joint )?(?:targeted area )?inspection (?:took place|was (?:carried out|conducted) by)\b",
            r"between \d.{0,300}\b(?:undertook|carried out) (?:an?|this) (?:joint )?(?:targeted area )?inspection\b",
            r"\S+(?: \S+)? produces this report\b",
            r"(?:seven|\d)[- ]minute briefings? (?:is|are)\b",
            r"the following (?:recommendations|actions) (?:were|have been|are) (?:agreed|accepted|made|endorsed)\b",
            r"thank you (?:to|for)\b",
            r"(?:to tell us|please (?:tell us|let us know)) (?:how|what|if) you\b",
            r"if you (?:want|would like|wish) to (?:talk|discuss|know)\b.{0,60} please (?:call|contact|email|ring)\b",
            r"was this (?:page|briefing) (?:helpful|useful)",
            r"(?:download|print|share) this (?:page|briefing|bulletin|document)\b",
        ),
    ),
    (
        "how the review was made",
        _any_of(
            r"(?:an?|the|this)(?: local)?(?: serious case| rapid| (?:child safeguarding )?practice| learning| thematic)"
            r" review was (?:held|commissioned|undertaken|convened|carried out|conducted|led|initiated)\b",
            r"why this case was chosen",
            r"(?:this|the) review (?:used|followed|adopted)\b.{0,60}\b(?:model|method|methodology|approach|process)\b",
            r"(?:a|the) (?:review|case) (?:team|group|panel)\b.{0,60}\b(?:met|was (?:formed|made up|chaired))\b",
            r"this inspection (?:focused|looked|considered)\b|our evaluation of strategic\b",
            r"a joint inspection of\b.{0,120}\bwill\b|the inspectorates recogni[sz]e\b|we anticipate that these\b",
        ),
    ),
    (
        "where the report is",
        _any_of(
            r"(?:the |a )?(?:full|overview|final|complete) (?:\w+ )?(?:report|review)\b.{0,120}"
            r"\b(?:published|found|accessed|read|available|here|download)",
            r"the report and (?:accompanying|learning)",
            r"the other .{0,30}\bscr will be published",
            r".{0,120}\bthe (?:\w+ )?report,? (?:which )?will be published",
            r"more information about (?:scrs|serious case reviews)",
        ),
    ),
    (
        "what is being done about the review",
        _any_of(
            r"(?:a|the) response plan will be published",
            r"(?:the|this|these) (?:learning|recommendations?|findings|action plan)\b.{0,40}? will be"
            r" (?:taken forward|monitored|overseen|progressed|disseminated|tracked)\b",
            r"progress will be (?:monitored|reviewed|overseen|reported|tracked)",
        ),
    ),
    ("about reviews in general", _any_of(r"a serious case review \(scr\) is not concerned")),
    (
        "rights and publication",
        _any_of(
            r".{0,300}©|\(c\) |copyright|crown copyright|isbn\b|version \d|page \d+ of",
            r"(?:date )?published(?: by\b| on\b| in\b|\W+\d|:)",
            r"(?:if you|to) (?:would like|require|request|receive)\b.{0,60}\b(?:copy|copies|document|email alerts)\b",
            r"you may (?:copy|re-?use)|any complaints about",
            r"this (?:e-?mail|message)\b.{0,60}\b(?:confidential|intended)\b",
            r"if you have received this (?:e-?mail|message)\b",
        ),
    ),
)


def standing_reason(sentence: str) -> str | None:
    """Why a sentence is standing text, or None when it is not."""
    bare = _NUMBER.sub("", " ".join(sentence.split()).strip(" *_"))
    return next((reason for reason, wording in _STANDING if wording.match(bare)), None)
