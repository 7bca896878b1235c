"""The child and the family of a session with what only earlier sessions of the case said.

What this session says counts; of earlier ones the newest. Somebody who was a man or a mother before stays one, and
"the brother", of whom nothing certain is said, is nobody new where a child known from before isn't named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from assistant.export.family import ChildLine, Family, OtherLine

Line = TypeVar("Line", ChildLine, OtherLine)


def with_earlier(now: Family, earlier: Sequence[Family]) -> Family:
    """Fill in from `earlier`, the newest first."""
    for before in earlier:
        now = _filled(now, before)
    return now


def _filled(now: Family, before: Family) -> Family:
    grown = {_name(one) for one in (*before.men, *before.others)}
    children = [child for child in now.children if _name(child) not in grown]
    named = {_name(child) for child in now.children}
    missing = [child for child in before.children if _name(child) not in named and not _only_described(child)]
    described = [child for child in children if _only_described(child)]
    if len(missing) == len(described) == 1:  # "the brother" can only be him
        meant = replace(described[0], called=missing[0].called, age=missing[0].age or described[0].age)
        children, missing = [meant if child is described[0] else child for child in children], []
    if missing:
        children = [child for child in children if not (_only_described(child) and _says_nothing(child))]
    men = _together(now.men, before.men)
    taken = {_name(one) for one in men}
    return replace(
        now,
        children=_together(children, before.children if not now.children else _of_the_named(before, children, missing)),
        men=men,
        others=tuple(one for one in _together(now.others, before.others) if _name(one) not in taken),
        plan=now.plan or before.plan,
        since=now.since if now.plan else before.since,
        agencies=tuple(dict.fromkeys((*now.agencies, *before.agencies))),
        job=now.job or before.job,
    )


def _of_the_named(before: Family, now: Iterable[ChildLine], missing: Iterable[ChildLine]) -> list[ChildLine]:
    names = {_name(child) for child in (*now, *missing)}
    return [child for child in before.children if _name(child) in names]


def _together(now: Iterable[Line], before: Iterable[Line]) -> tuple[Line, ...]:
    """Everybody once; of the earlier line only what the later one leaves out, and no day, which was another time's."""
    found = {_name(one): one for one in now}
    for one in before:
        said = {name: value for name, value in vars(one).items() if name != "day"}
        later = {name: value for name, value in vars(found[_name(one)]).items() if value} if _name(one) in found else {}
        found[_name(one)] = type(one)(**{**said, **later})
    return tuple(found.values())


def _name(one: ChildLine | OtherLine) -> str:
    return one.called.casefold().removeprefix("the ").partition(" (")[0]


def _only_described(child: ChildLine) -> bool:
    return child.called.casefold().startswith(("the ", "a ", "my ", "his ", "her ", "their "))


def _says_nothing(child: ChildLine) -> bool:
    return not (child.age or child.lives or child.last_seen or child.seen_alone)
