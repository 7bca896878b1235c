"""The children of a family, each once, out of everybody a session took for one.

"The four month old" is whoever of that age is named; "the lad" may be anybody once the children are known; and a name
that nothing says is a child's is only somebody who was named. Knows nothing of how a sketch is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.conversation.case_sketch import Person
from assistant.conversation.state import State
from assistant.language.lazy_patterns import late
from assistant.noticing.households import is_somebody_elses
from assistant.noticing.person import years_of
from assistant.noticing.reading import Subject

_TOLD: tuple[Subject, ...] = ("age", "lives", "seen", "seen-alone", "unborn")
"""What is only known of a child of the case."""
_ANYBODY = late(
    r"the (?:(?:child|children|sisters?|brothers?|siblings?)|"
    r"(?:(?:little|older|young|younger|same|other) )?(?:kids?|lads?|boys?|girls?))"
)
_BABY = late(r"the (?:baby|infant|newborn)")
_OF_A_BABY = 2.0
"""Years."""
_NEARLY = 0.08
"""Years by which two ways to say one age differ: "thirteen weeks", "three months"."""
_YOUNG = r"(?:lad|boy|girl|kid|child|baby|friend|mate|pal)"
_FRIEND = late(r"friend|mate|pal", re.IGNORECASE)


def each_once(children: Sequence[Person]) -> list[Person]:
    """The children that surely are some."""
    named = [child for child in children if _is_named(child)]
    sure = [child for child in children if _is_told_of(child)]
    return [child for child in children if not (_is_one_of(child, named) or _may_be_anybody(child, children, sure))]


def only_named(children: Sequence[Person]) -> tuple[str, ...]:
    """Whoever was named, and may be a child of the family or not."""
    there = each_once(children)
    return tuple(child.called for child in children if child not in there and _is_named(child))


def is_of_another_home(state: State, person: Person) -> bool:
    """Somebody young who is only named as a friend or as living next door: "the lad in the next room, Kai"."""
    if person.role != "child" or person.age or not _is_named(person):
        return False
    names = re.compile(
        rf"(?P<noun>\b{_YOUNG}\b)(?P<between>[^.!?]{{0,30}}?\W)\b{re.escape(person.called)}\b", re.IGNORECASE
    )
    return any(
        _FRIEND.match(found["noun"]) is not None or is_somebody_elses(turn.answer or "", found.span("noun"))
        for turn in state.turns
        for found in names.finditer(turn.answer or "")
    )


def _is_named(child: Person) -> bool:
    return child.called[:1].isupper()


def _is_told_of(child: Person) -> bool:
    return any(child.says(what) for what in _TOLD)


def _is_one_of(child: Person, named: Iterable[Person]) -> bool:
    """Only described, and in so many words somebody who is named."""
    if _is_named(child) or child.unborn:
        return False
    years = years_of(child.age)
    for one in named:
        theirs = years_of(one.age)
        if theirs is not None and years is not None and abs(theirs - years) <= _NEARLY:
            return True
        if theirs is not None and theirs < _OF_A_BABY and _BABY.fullmatch(child.called):
            return True
    return False


def _may_be_anybody(child: Person, everybody: Sequence[Person], sure: Sequence[Person]) -> bool:
    """Nothing is known of them that only a child of the case has, and somebody else is one."""
    if _is_told_of(child) or not any(one is not child for one in sure):
        return False
    if not _is_named(child):
        return _ANYBODY.fullmatch(child.called) is not None
    by_name_only = not any(name.startswith("the ") for name in child.names)
    return by_name_only and child is not everybody[0]
