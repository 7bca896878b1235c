"""A sentence written for one person, made to agree with several: "What does the boys have" is "What do the boys have".

Owns the few verbs that stand beside somebody in a question, and the possessive of a plural. Knows nothing of who they
are.
"""

from __future__ import annotations

import re

_SEVERAL = re.compile(r"the\s+(?:[\w-]+\s+)*(?:children|grandchildren|[a-z]+[^\Ws]s|siblings)", re.IGNORECASE)
_VERBS = {"does": "do", "has": "have", "is": "are", "was": "were"}
_SHORT_VERBS = {f"{one}n't": f"{several}n't" for one, several in _VERBS.items()}
_ALL_VERBS = {**_VERBS, **_SHORT_VERBS}
_NO_VERB = frozenset("as this us always sometimes perhaps towards across days others yes less besides".split())


def is_several(words: str) -> bool:
    """Whether a way to call somebody means more than one: "the boys", "the children"."""
    return _SEVERAL.fullmatch(words) is not None


def with_several(sentence: str, words: str) -> str:
    """The sentence, in which `words` stand where it was written for one."""
    them = re.escape(words)
    verbs = "|".join(map(re.escape, _ALL_VERBS))
    sentence = re.sub(rf"\b({verbs})(?=\s+{them}\b(?!['’]))", _agrees, sentence, flags=re.IGNORECASE)
    sentence = re.sub(rf"\b(What|Where|Who|How)['’]s(?=\s+{them}\b(?!['’]))", r"\1 are", sentence, flags=re.IGNORECASE)
    sentence = re.sub(
        rf"(?<={them}\s)((?:still|really|actually|just|only|never|ever)\s+)?((?:is|was|does|has)n['’]t|\w+)\b",
        lambda match: (match[1] or "") + _plural_verb(match[2]),
        sentence,
        flags=re.IGNORECASE,
    )
    return re.sub(rf"({them})['’]s\b", r"\1'" if words.endswith("s") else r"\1's", sentence)


def _agrees(match: re.Match[str]) -> str:
    return _cased(_ALL_VERBS[match[1].lower()], match[1])


def _plural_verb(verb: str) -> str:
    lowered = verb.lower().replace("’", "'")
    if lowered in _ALL_VERBS:
        return _ALL_VERBS[lowered]
    if lowered in _NO_VERB or not re.search(r"[^s]s\Z", lowered):
        return verb
    if lowered.endswith("ies"):
        return verb[:-3] + "y"
    return verb[:-2] if lowered.endswith(("oes", "shes", "ches")) else verb[:-1]


def _cased(verb: str, like: str) -> str:
    return verb.capitalize() if like[:1].isupper() else verb
