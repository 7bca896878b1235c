"""How long sessions are kept: the local policy, what is due by it, and a receipt for what was deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import PositiveInt

from assistant.language.dates import format_date
from assistant.resources import own_or_shipped
from assistant.store.store import Kept
from assistant.store.where_kept import HERE, WhereKept
from assistant.yaml_files import PackModel, read_packs

_DAY = timedelta(days=1)
"""Counted backwards: after any day that a clock once said there may be none to count on to."""


class Retention(PackModel):
    """`prompts/retention.yaml`: days by journey."""

    note: str
    days: Mapping[str, PositiveInt]


@dataclass(frozen=True)
class Receipt:
    """What was deleted, in numbers and nothing else, so that it can be kept when the case may not be."""

    at: datetime
    deleted: Mapping[str, int]
    where: WhereKept = HERE

    def __str__(self) -> str:
        counts = ", ".join(_counted(number, name) for name, number in self.deleted.items() if number) or "nothing"
        return (
            f"Deleted on {format_date(self.at)}, {self.at:%H:%M}: {counts}. {self.where.deleted} "
            "Files saved elsewhere, and stores that were set aside, are not reached from here."
        )


def _counted(number: int, names: str) -> str:
    first, _, rest = names.partition(" ")
    return f"{number} {first.removesuffix('s') if number == 1 else first} {rest}".rstrip()


def read_retention(home: Path) -> Retention:
    """The policy, the user's own file in place of the shipped one."""
    ((retention, _),) = read_packs([own_or_shipped("prompts", "retention.yaml", home)], Retention)
    return retention


def due_for_deletion(kept: Iterable[Kept], retention: Retention, now: datetime) -> list[Kept]:
    """Sessions kept longer than the policy says, oldest first; a journey it does not name is never due."""
    due = [
        session
        for session in kept
        if session.journey in retention.days
        and (now - (session.finished or session.started)) / _DAY > retention.days[session.journey]
    ]
    return sorted(due, key=lambda session: session.started)
