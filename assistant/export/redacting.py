"""A session without whoever could be recognised in it: each name and number out, the same way everywhere, and listed.

What published reviews say stays word for word. Finding is the finder's work, and it can miss somebody: that is why the
list is handed to whoever made the copy, to check.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from assistant.export.handover import Handover, Quotation
from assistant.noticing.identifier_shapes import IdentifierKind
from assistant.noticing.identifiers import Finder, choices, with_stand_ins

_CALLED: Mapping[IdentifierKind, str] = {
    "name": "person",
    "setting": "school or home",
    "nhs-number": "NHS number",
    "date-of-birth": "date of birth",
    "postcode": "postcode",
    "phone": "telephone number",
    "email": "e-mail address",
    "address": "address",
    "reference": "number",
    "username": "username",
}
_OURS = frozenset({"journey", "about", "session", "role", "themes", "id", "status", "stage", "next_rung"})
"""Fields in the program's own words."""


def redacted(of: Handover, finder: Finder, chosen: Mapping[str, str]) -> tuple[Handover, dict[str, str]]:
    """The session with stand-ins, and what each stands for; those `chosen` for the case before are used again."""
    stand_ins = {name: stand_in for name, stand_in in chosen.items() if stand_in != name}
    counted: Counter[str] = Counter()
    by_spelling = {name.casefold(): stand_in for name, stand_in in stand_ins.items()}
    case = {of.case.casefold(), *of.case.casefold().split()}
    for one in finder.notice("\n".join(_words(of))):
        known = by_spelling.get(one.text.casefold())
        if one.text.casefold() in case or one.text in stand_ins:
            continue
        if known is None:
            called = _CALLED[one.kind]
            counted[called] += 1
            known = f"[{called} {counted[called]}]"
        every = choices(one.text, known) if one.kind == "name" else {one.text: known}
        for name, stand_in in every.items():
            stand_ins.setdefault(name, stand_in)
            by_spelling.setdefault(name.casefold(), stand_in)
    used: dict[str, str] = {}

    def put_in(words: str) -> str:
        here = {name: stand_in for name, stand_in in stand_ins.items() if name in words}
        changed = with_stand_ins(words, here)
        if changed != words:
            used.update({name: stand_in for name, stand_in in here.items() if name not in changed})
        return changed

    return _changed(of, put_in), used


def _words(value: Any) -> Iterator[str]:
    """Everything that people said, in order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _words(one)
    elif not isinstance(value, Quotation):
        for name, one in _fields(value):
            if name not in _OURS:
                yield from _words(one)


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_changed(one, change) for one in value)
    if isinstance(value, dict):
        return {key: _changed(one, change) for key, one in value.items()}
    if isinstance(value, Quotation):
        return value
    changes = {name: _changed(one, change) for name, one in _fields(value) if name not in _OURS}
    if not changes:
        return value
    if isinstance(value, BaseModel):
        return value.model_copy(update=changes)
    return dataclasses.replace(value, **changes)


def _fields(value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, BaseModel):
        return list(dict(value).items())
    if dataclasses.is_dataclass(value):
        return [(one.name, getattr(value, one.name)) for one in dataclasses.fields(value)]
    return []
