"""Names in typed lines: at a terminal, asks what to keep in the place of each before its line goes on."""

from __future__ import annotations

from collections.abc import Iterator

import click

from assistant.records.desk import Desk


def asking_for_stand_ins(desk: Desk, case: str, typed: Iterator[str]) -> Iterator[str]:
    """The same lines, with what was chosen for this case in the place of names; the answers are lines too."""
    for line in typed:
        noticed = desk.before_keeping(case, line)
        for text, suggestion in {one.text: one.suggestion for one in noticed.identifiers}.items():
            click.echo(
                f"“{text}” could show who somebody is. Type what to keep instead ({suggestion}), or press Enter."
            )
            desk.choose_stand_in(case, text, next(typed, "").strip() or text)
        kept = desk.before_keeping(case, line)
        for text, stand_in in kept.put_in:
            click.echo(f"“{text}” is kept as “{stand_in}”.")
        yield kept.words
