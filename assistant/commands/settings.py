"""`reflect settings`: the local telephone numbers on act-now cards, shown and set."""

from __future__ import annotations

import click

from assistant.noticing.act_now_cards import Number, known_number, read_numbers, set_number
from assistant.resources import data_dir


@click.command()
@click.argument("name", required=False)
@click.argument("number", required=False)
def settings(name: str | None, number: str | None) -> None:
    """Show the numbers on act-now cards, or set one: reflect settings childrens-social-care "01632 960000".

    With "" for NUMBER it is taken away again.
    """
    home = data_dir()
    if name is not None:
        known_number(home, name)
        if number is not None:
            set_number(home, name, number)
    for key, one in read_numbers(home).items():
        if name in {None, key}:
            click.echo(f"{key}: {_standing(one)}")


def _standing(number: Number) -> str:
    if number.number:
        return f"{number.name}, {number.number}"
    instead = f"; cards show {number.otherwise}" if number.otherwise else ""
    return f"{number.name}, not set{instead}"
