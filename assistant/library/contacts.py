"""The tools, panels, telephone numbers and links that a point names, as printed.

Owns the wordings by which they are known. Whether a number still answers is not for a program to say: whoever shows
them adds "as printed in the bulletin; check it is current".
"""

from __future__ import annotations

import re

from assistant.library.points import LINK

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\])]+[^\s<>\]).,;:]")
_DIGITS = r"(?<![\w/.-])(?:\+44\s?|0)\d{2,4}[\s-]?\d{3,4}[\s-]?\d{3,4}(?![\w/-])"
_TELEPHONE = re.compile(rf"\b[A-Z]{{2,6}} \({_DIGITS}\)|{_DIGITS}")
_HEAD = (
    r"[Tt]ool ?kits?|[Tt]ools?|[Mm]atrix|[Pp]anels?|[Pp]rotocols?|[Pp]athways?|[Cc]hecklists?|[Cc]onsultation"
    r"|[Gg]enograms?|[Cc]hronolog(?:y|ies)|[Hh]ub|[Pp]ortal|[Ll]eaflets?|Frameworki?|[Gg]olden [Rr]ules|Assessments?"
    r"|[Hh]elpline|[Pp]rocedures|[Dd]ocument|substance misuse worker"
)
_PROPER = re.compile(
    r"\b(?!(?:Use|The|In|An?|Ensure|Utilise|Promote|For|Our|This)\b)[A-Z][\w’'-]*(?:\s+(?:[A-Z(][\w’')-]*|(?:of|for|and|&)(?=\s+[A-Z]))){0,6}"
    rf"\s+(?:{_HEAD})\b(?:\s\([A-Z]{{2,6}}\))?"
)
_COMMON = re.compile(
    r"\b(?:(?:neglect|drug and alcohol screening|multi-agency|chronology practitioner|risk assessment|screening|legal"
    r"|complex case|bruising|escalation|information[- ]sharing|parental substance misuse|child protection)\s+)+"
    r"(?:tool ?kits?|tools?|panels?|protocols?|chronolog(?:y(?! practitioner)|ies)|portal|checklists?|matrix)\b"
    r"|\bgenograms?\b|'[A-Z][^'\n]{8,80}' protocol",
)
_MODEL = re.compile(r"\bModel of (?:[A-Z][\w-]+\s?)+(?<!\s)|\bSeven Golden Rules for (?:[A-Z]\w+\s?)+(?<!\s)")


def resources_named(text: str) -> tuple[str, ...]:
    """What a point names that somebody could use, in the order it is named, each once."""
    found = [match.span("label") for match in LINK.finditer(text) if match["label"]]
    rest = LINK.sub(lambda match: " " * len(match[0]), text)
    for pattern in (_ADDRESS, _TELEPHONE, _MODEL, _PROPER, _COMMON):
        found += [match.span() for match in pattern.finditer(rest)]
        rest = pattern.sub(lambda match: " " * len(match[0]), rest)
    return tuple(dict.fromkeys(" ".join(text[start:end].split()) for start, end in sorted(found)))
