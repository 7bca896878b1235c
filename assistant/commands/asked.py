"""Words of a case that a command takes at a prompt or on standard input, where no shell keeps them.

What is given as an argument stands in the shell's history and in the list of processes that everybody can read.
"""

from __future__ import annotations

import sys

import click

from assistant.commands.piped import within_reason


def asked(what: str) -> str:
    """One line that somebody types, or that is piped in.

    Raises UsageError when there is none.
    """
    from assistant.commands.unlocked import somebody_there  # with the workspace: 0.3 s that help and a search can spare

    if somebody_there():
        return within_reason(click.prompt(what, err=True))
    line = sys.stdin.readline()
    if not line:
        raise click.UsageError(f"Nothing was given on standard input for: {what}")
    return within_reason(line.rstrip("\r\n"))


class Words(click.ParamType):  # type: ignore[type-arg]  # generic in the newest versions of click alone
    """Words of an option; for `-` they are asked for, in the order in which the options stand on the line."""

    name = "text or -"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        """The words, asked for where they are not given."""
        if value != "-":
            return value
        return asked(getattr(param, "help", None) or "Words")


WORDS = Words()
