"""`reflect notice`: what an account shows and leaves out, and whether it shows danger, by its words alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import click

from assistant.commands.asked import asked
from assistant.commands.piped import piped_lines, within_reason
from assistant.noticing.noticer import Noticer, open_noticer
from assistant.noticing.observations import Noticing
from assistant.noticing.reader import open_reader
from assistant.noticing.reading import Known
from assistant.resources import data_dir


@click.command()
@click.argument("text", metavar="[TEXT|-]", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def notice(text: str | None, *, as_json: bool) -> None:
    """Say what is noticed in TEXT, which is asked for where it is not given; with -, in each line piped in."""
    noticer, reader = open_noticer(data_dir()), open_reader(data_dir())
    today = Known(today=datetime.now().astimezone().date())
    for words in _accounts(text):
        reading = reader.read(words, today)
        noticed = noticer.notice(words).model_copy(
            update={"observations": reading.observations or (), "people": reading.named}
        )
        click.echo(_json(noticed) if as_json else "\n".join(_lines(noticer, words, noticed)))


def _json(noticed: Noticing) -> str:
    """What is shown or asked about is borne out; only of a faint sign is it told."""
    return noticed.model_dump_json(exclude={"act_now": {"__all__": {"borne_out"}}})


def _accounts(text: str | None) -> Iterator[str]:
    if text == "-":
        yield from piped_lines()
    else:
        yield within_reason(text) if text else asked("Your words")


def _lines(noticer: Noticer, words: str, noticed: Noticing) -> Iterator[str]:
    for danger in noticed.act_now:
        card = noticer.danger.cards[danger.kind]
        quoted = " … ".join(words[start:end] for start, end in danger.spans)
        yield f"{'Is this happening now?' if danger.confirm else 'ACT NOW.'} {card.title} You wrote “{quoted}”."
    named = ", ".join(f"{person.replace('-', ' ')} {count}" for person, count in noticed.people.items())
    yield f"Who is mentioned: {named}."
    for observation in noticed.observations:
        kind = observation.kind.replace("-", " ").capitalize()
        yield f"{kind}: {', '.join(f'“{words[start:end]}”' for start, end in observation.spans)}."
    if noticed.themes:
        yield f"Themes: {', '.join(theme.replace('-', ' ') for theme in noticed.themes)}."
