"""`reflect team`: a team's shared database, for whoever looks after it, and its numbers."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import click

from assistant.commands.unlocked import somebody_there, typed_unseen
from assistant.errors import ReflectError
from assistant.language.plain_text import in_a_line
from assistant.to_type import to_type

if TYPE_CHECKING:
    from sqlalchemy import URL

Done = TypeVar("Done")


def _signed_in(do: Callable[[URL], Done]) -> Done:
    """Do it as whoever the address names; their password is asked for where the server wants one."""
    from assistant.store.store_errors import NoPasswordError
    from assistant.store.team_address import readable, signed_in

    address = readable(_url())
    try:
        return do(address)
    except NoPasswordError:
        if not somebody_there():
            raise
    login = address.username or click.prompt("Your name in the database", err=True)
    return do(signed_in(address, login, typed_unseen(f"Password of {login}")))


def _url() -> str:
    url = os.environ.get("REFLECT_DATABASE_URL")
    if not url:
        raise ReflectError(
            "Set REFLECT_DATABASE_URL to the team's database, for example postgresql://name@server/reflect."
        )
    return url


@click.group()
def team() -> None:
    """A database that a team shares."""


@team.command()
def init() -> None:
    """Make the tables and the rules of who may see what, or bring them up to date. Sign in as the database's owner."""
    from assistant.store.postgres import may_log_words, prepare  # SQLAlchemy takes 0.25 s

    def do(address: URL) -> bool:
        prepare(address)
        return may_log_words(address)

    if _signed_in(do):
        click.echo(
            "The server may write what is typed into its log. To keep it out, set log_parameter_max_length = 0, "
            "log_parameter_max_length_on_error = 0 and log_error_verbosity = terse, and reload it.",
            err=True,
        )
    click.echo(f"The database is ready. Add people with `{to_type('team add')}`.")


@team.command()
@click.argument("login")
@click.option("--role", type=click.Choice(["practitioner", "supervisor", "trainer", "manager"]), required=True)
@click.option("--supervisor", help="The login of the one who supervises them.")
def add(login: str, role: str, supervisor: str | None) -> None:
    """Let LOGIN, a role that exists in the database, take part."""
    from assistant.store.postgres import ROLES, add_account

    _signed_in(lambda address: add_account(address, login, ROLES[ROLES.index(role)], supervisor))
    click.echo(f"{login} may sign in as {role}.")


@team.command()
def readers() -> None:
    """Who has read what you kept."""
    from assistant.store.postgres import readers as who_read

    if not (read := _signed_in(who_read)):
        click.echo("Nobody has read what you kept.", err=True)
    for at, reader, what in read:
        click.echo(in_a_line(f"{at}  {reader}  {what}"))


@team.command()
def counts() -> None:
    """For a manager: sessions by kind and month, and not a word of what was said."""
    from assistant.store.postgres import counts as counted

    for journey, month, held, finished in _signed_in(counted):
        click.echo(in_a_line(f"{month}  {journey:<12} {held} held, {finished} finished"))
