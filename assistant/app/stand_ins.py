"""What is put into the box for each thing by which somebody could be recognised, to be changed or taken as it is.

A name becomes its first letter, which reads well wherever the name stood; a school or a home becomes what it is. Knows
nothing of widgets, and replaces nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.noticing.identifier_shapes import Identifier

KINDS_OF_SETTING = {
    "nursery": "nursery",
    "preschool": "nursery",
    "pre-school": "nursery",
    "playgroup": "playgroup",
    "home": "children's home",
    "college": "college",
    "childminding": "childminder",
}


def put_in(found: Sequence[Identifier]) -> dict[str, str]:
    """By the text of each thing: what could stand for it. Two names that begin alike are told apart by more letters."""
    stand_ins: dict[str, str] = {}
    for one in found:
        if one.text not in stand_ins:
            stand_ins[one.text] = _for(one, stand_ins)
    return stand_ins


def _for(one: Identifier, taken: Mapping[str, str]) -> str:
    if one.kind == "setting":
        last = one.text.split()[-1].casefold()
        return f"the {KINDS_OF_SETTING.get(last, 'school')}"
    if one.kind != "name":
        return one.suggestion
    first = one.text.split()[0]
    if before := next((stand_in for text, stand_in in taken.items() if text.split()[0] == first), ""):
        return before  # somebody named once in full
    letters = (one.text[:length] for length in range(1, len(one.text)))
    return next((some for some in letters if some not in taken.values()), one.text)
