"""What kinds of learning points there are, and for whom, as people read them.

Owns the words alone, so that a command can offer them before anything of the library is opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.library.points import Audience, Kind

KIND_NAMES: Mapping[Kind, tuple[str, str]] = {
    "finding": ("finding", "findings"),
    "learning-point": ("learning point", "learning points"),
    "question": ("question", "questions"),
    "theme": ("theme", "themes"),
    "strength": ("strength", "strengths"),
    "case-fact": ("case fact", "case facts"),
    "resource": ("resource", "resources"),
}
"""Of one, and of several."""
AUDIENCE_NAMES: Mapping[Audience, str] = {
    "practitioner": "for practitioners",
    "manager": "for managers",
    "inter-agency": "for work between agencies",
    "system": "for the safeguarding system",
    "everyone": "for everyone",
}


def for_whom(audience: Audience) -> str:
    """For whom a point is, where it isn't for everyone."""
    return "" if audience == "everyone" else AUDIENCE_NAMES[audience]
