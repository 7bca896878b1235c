"""`reflect notice`: what an account shows and leaves out, and whether it shows danger, by its words alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from assistant.conversation.noticing import Noticer, open_noticer
from assistant.conversation.observed import Noticing
from assistant.resources import data_dir


@click.command()
@click.argument("text", metavar="TEXT|-")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def notice(text: str, *, as_json: bool) -> None:
    """Say what is noticed in TEXT; with - for TEXT, in each line of what is piped in."""
    noticer = open_noticer(data_dir())
    for words in _accounts(text):
        noticed = noticer.notice(words)
        click.echo(noticed.model_dump_json() if as_json else "\n".join(_lines(noticer, words, noticed)))


def _accounts(text: str) -> Iterator[str]:
    if text != "-":
        yield text
        return
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    for line in sys.stdin:
        yield line.rstrip("\n")


def _lines(noticer: Noticer, words: str, noticed: Noticing) -> Iterator[str]:
    for danger in noticed.act_now:
        card = noticer.danger.cards[danger.kind]
        quoted = " … ".join(words[start:end] for start, end in danger.spans)
        yield f"{'Is this so now?' if danger.confirm else 'ACT NOW.'} {card.title} You wrote “{quoted}”."
    named = ", ".join(f"{person.replace('-', ' ')} {count}" for person, count in noticed.people.items())
    yield f"Who is named: {named}."
    for observation in noticed.observations:
        kind = observation.kind.replace("-", " ").capitalize()
        yield f"{kind}: {', '.join(f'“{words[start:end]}”' for start, end in observation.spans)}."
    if noticed.themes:
        yield f"Themes: {', '.join(theme.replace('-', ' ') for theme in noticed.themes)}."
