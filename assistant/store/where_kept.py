"""Where what is typed is kept, in sentences that are true of the store in use.

On one person's own computer it is encrypted; in a team's database it is plain text for whoever owns that; in a tab that
another computer may open, it is on the computer that serves it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class WhereKept:
    """The sentences of one kind of store."""

    everything: str
    record: str
    """Of the record, after a session."""
    deleted: str
    """After something was deleted for good."""


HERE = WhereKept(
    everything="Everything you write stays on this computer.",
    record="The record is kept here, encrypted.",
    deleted="The store was rewritten without them.",
)
WITH_A_TEAM = WhereKept(
    everything="Everything you write goes into your team's database. Whoever owns it can read it.",
    record="The record is in your team's database. Whoever owns it can read it.",
    deleted="Your team's database no longer shows them; its own backups and logs may still hold them.",
)
SERVED = WhereKept(
    everything="Everything you write stays on the computer that this page comes from.",
    record="The record is kept there, encrypted.",
    deleted=HERE.deleted,
)
SEVERAL = "REFLECT_SIGN_IN"
"""In the environment of a process that several people use: nobody is anybody until they have said so."""
SERVED_ELSEWHERE = "REFLECT_SERVED"
"""In the environment of a process behind a tab that other computers may open."""


def no_files_here(environment: Mapping[str, str] = os.environ) -> str:
    """Why no file is read or written for somebody in a tab that several people use; empty where it may be."""
    if not environment.get(SEVERAL):
        return ""
    return (
        "Other people use the computer that this page comes from, and could open the file. Copy the words instead, or "
        "do it in Reflect on your own computer."
    )


def where_kept(environment: Mapping[str, str] = os.environ) -> WhereKept:
    """The sentences for the store that this environment opens."""
    if environment.get("REFLECT_DATABASE_URL"):
        return WITH_A_TEAM
    return SERVED if environment.get(SERVED_ELSEWHERE) else HERE
