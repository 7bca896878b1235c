"""The signs people use for bullets, word processors' private ones among them, one list for all readers.

Owns which signs are bullets wherever they stand, and which only where several lines begin with one: a line may begin
with a dash or a star for other reasons.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Sequence

BULLETS = "•‣⁃∙●○◦◘◙❍❑❒❖★☆☐☑☒✓✔✗✘✚✦✧➔➜➢➣➤➥➨➲➽⇒⇨⮚⮞⯈\u25a0-\u25ff\ue000-\uf8ff"
"""To stand inside the brackets of a regular expression."""
WEAK_BULLET = re.compile(r"(?:[-–—−*>»›·+~§¤]|o|\\[-*+])(?=\s|\Z)\s*")
"""A sign that is a bullet only where others like it stand below or above it."""


def weak_bullets(lines: Sequence[str], edges: Sequence[Hashable] | None = None) -> set[int]:
    """The lines that a weak sign begins as a bullet: those of one edge that share it, two at least."""
    found = [WEAK_BULLET.match(line) for line in lines]
    places = edges if edges is not None else [None] * len(lines)
    keys = [(match[0].strip(), place) if match else None for match, place in zip(found, places, strict=True)]
    often = Counter(key for key in keys if key is not None)
    return {at for at, key in enumerate(keys) if key is not None and often[key] > 1}
