"""The words by which somebody names a thing, without their endings.

Owns which words name nothing, and which are the same word. Knows nothing of what is done about any of it.
"""

from __future__ import annotations

import re

from assistant.language.lazy_patterns import late
from assistant.language.stems import without_ending

_WORD = late(r"[a-zà-ÿ]{3,}|\b(?:gp|ta|pc)\b", re.IGNORECASE)
_SHORT = {"hv": "health visitor", "sw": "social worker"}
_IN_FULL = late(r"\b(?:hv|sw)\b", re.IGNORECASE)
_OWNED = late(r"['’]s\b")
_SHORT_FORM = late(
    r"\b(?:isn|wasn|aren|don|didn|won|can|couldn|hasn|haven|hadn|doesn)['’]?t\b|['’](?:ll|ve|re|d|m)\b", re.IGNORECASE
)
_ENDINGS = ("ing", "ed", "es", "s")
_SHORTEST = 3
_SAME_VERB = {
    "rang": "ring", "rung": "ring", "told": "tell", "saw": "see", "seen": "see", "spoke": "speak", "spoken": "speak",
    "wrote": "write", "written": "write", "sent": "send", "met": "meet", "went": "go", "took": "take",
}  # fmt: skip
_NAMES_NOTHING = frozenset(
    "the and for but not its thats that this these those there theres they them their then than what whats which "
    "who whos whose anybody anyone anything everybody everyone was were are has had have been being her his him she "
    "hes shes you your our out off one two three all any can did does done dont isnt wasnt arent im ive ill id with "
    "from into about only just still please sorry says said say take taken put make made get got now too also "
    "either again already bit part line thing things stuff page list step steps wrong right missing nobody noone "
    "somebody someone named name mine myself yes nope okay well very really more here where when how why will would "
    "should could must might need needs want like some doing dropped bottom end twice over because cos though mean "
    "cross leave delete remove drop scrap strike".split()
)


def names(words: str) -> frozenset[str]:
    """The words that name something, without their endings: "my aunt's" and "aunts" both name an aunt."""
    plain = _IN_FULL.sub(lambda short: _SHORT[short[0].lower()], _SHORT_FORM.sub(" ", _OWNED.sub("", words)))
    return frozenset(_root(word) for word in map(str.lower, _WORD.findall(plain)) if word not in _NAMES_NOTHING)


def _root(word: str) -> str:
    word = _SAME_VERB.get(word, word)
    root = without_ending(word, _ENDINGS, _SHORTEST)
    return root if root == word and len(word) <= _SHORTEST else root.rstrip("e")
