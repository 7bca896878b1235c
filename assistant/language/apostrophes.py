"""Apostrophes that tired people leave out: "hes" is "he's".

Owns the words and their spelling with one. What is another word without ("its", "mums") is read so only by whoever
types none. Knows nothing of what is said.
"""

from __future__ import annotations

from assistant.language.lazy_patterns import late

_WORD = late(r"[A-Za-z]+(?:['’][A-Za-z]+)*")


def _without(words: str) -> dict[str, str]:
    return {word.replace("'", ""): word for word in words.split()}


_ALWAYS = _without(
    "he's she's they're they've they'd he'd i've i'm we've there's that's what's who's you're you've they'll he'll "
    "don't can't didn't isn't wasn't doesn't won't couldn't wouldn't shouldn't hasn't haven't hadn't weren't aren't"
)
_BY_WHO_TYPES_NONE = _ALWAYS | _without("it's mum's dad's baby's let's")


def with_apostrophes(words: str, *, typed: bool) -> str:
    """Words as somebody with time to spare would have typed them; `typed` where they type apostrophes elsewhere."""
    known = _ALWAYS if typed else _BY_WHO_TYPES_NONE
    return _WORD.sub(lambda found: known.get(found[0].lower(), found[0]), words)
