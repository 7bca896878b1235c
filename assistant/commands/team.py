"""`reflect team`: a team's shared database, for whoever looks after it, and its numbers."""

from __future__ import annotations

import os

import click

from assistant.errors import ReflectError


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
    from assistant.store.postgres import prepare  # SQLAlchemy takes 0.25 s

    prepare(_url())
    click.echo("The database is ready. Add people with `reflect team add`.")


@team.command()
@click.argument("login")
@click.option("--role", type=click.Choice(["practitioner", "supervisor", "trainer", "manager"]), required=True)
@click.option("--supervisor", help="The login of the one who supervises them.")
def add(login: str, role: str, supervisor: str | None) -> None:
    """Let LOGIN, a role that exists in the database, take part."""
    from assistant.store.postgres import ROLES, add_account

    add_account(_url(), login, ROLES[ROLES.index(role)], supervisor)
    click.echo(f"{login} may sign in as {role}.")


@team.command()
def readers() -> None:
    """Who has read what you kept."""
    from assistant.store.postgres import readers as who_read

    for at, reader, what in who_read(_url()):
        click.echo(f"{at}  {reader}  {what}")


@team.command()
def counts() -> None:
    """For a manager: sessions by kind and month, and not a word of what was said."""
    from assistant.store.postgres import counts as counted

    for journey, month, held, finished in counted(_url()):
        click.echo(f"{month}  {journey:<12} {held} held, {finished} finished")
