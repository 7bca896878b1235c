"""A query cut where it turns to another thing: "house is filthy again, we've been told for years it'll get better".

Owns where that is. Read whole, the loudest subject drowns the others; read in parts, each is heard. Knows nothing of
concepts or of ranking.
"""

from __future__ import annotations

import re
from typing import Final

LEAST_WORDS: Final = 3
MOST_PARTS: Final = 4
"""Each part is read by the encoder, together with the whole: three short ones add 6 ms."""
_TURN: Final = re.compile(
    r"[,;.:!?–—\n]+|\b(?:and|but|so|because|cos|cause|then|when|while|until|till|after|before|although|though|yet)\b",
    re.IGNORECASE,
)


def parts_of(query: str) -> list[str]:
    """The parts of a query that say something by themselves; none where it has only one."""
    parts = [part.strip() for part in _TURN.split(query)]
    parts = [part for part in parts if len(part.split()) >= LEAST_WORDS][:MOST_PARTS]
    return parts if len(parts) > 1 else []
