"""Words without what is quoted in them: somebody else's, and no sign of how whoever types stands.

Knows double marks alone; single ones are as often apostrophes.
"""

from __future__ import annotations

from assistant.language.lazy_patterns import late

_QUOTED = late(r"“[^”]*”|\"[^\"]*\"")


def without_quoted(words: str) -> str:
    """The words around quotations."""
    return _QUOTED.sub("", words)


def blanked(words: str) -> str:
    """The same with spaces in their place, so that every place stays where it is."""
    return _QUOTED.sub(lambda quoted: " " * len(quoted[0]), words)
