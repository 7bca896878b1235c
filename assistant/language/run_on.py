"""Where one clause ends and another begins in talk that is typed without a stop.

Owns that judgement, by the words alone: "and" or "but" before somebody who does something, or somebody and their verb
in one ("hes", "theres") that hang on nothing said before. Knows nothing of what the clauses say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

RUNS_ON = 20
"""Words without any mark between them after which turns are looked for."""
_LEAST = 4
"""Words of a clause, and one fewer after the last turn."""
_JOINS = frozenset("and but so because cos coz cuz then when while although though anyway plus nd n".split())
_SOMEBODY = frozenset(
    "he she they i we it you there this that mum dad mam nan gran grandma grandad uncle auntie stepdad carer carers "
    "baby the a her his my our their one both no all nobody nothing everyone everybody somebody someone school nursery "
    "police said says told".split()
)
_DOES = frozenset(
    "hes shes theyre ive im weve theres thats its theyve theyd he's she's they're i've i'm it's that's".split()
)
_HANGS_ON = _JOINS | frozenset(
    "that who if as what how where which than like whether until till before after since said think thinks thought "
    "know knows reckon reckons told hope hoped believe sure mean wish feel felt bet guess suppose".split()
)
"""Before "hes" these make it a part of what they say."""


def turns(words: Sequence[str]) -> Iterator[int]:
    """The places, in order, of the words that begin another clause."""
    last = 0
    for place in range(_LEAST, len(words) - _LEAST + 2):
        if place - last < _LEAST:
            continue
        word, after, before = words[place].lower(), words[place + 1].lower(), words[place - 1].lower()
        joined = word in _JOINS and (after in _SOMEBODY or after in _DOES)
        if joined or (word in _DOES and before not in _HANGS_ON):
            yield place
            last = place
