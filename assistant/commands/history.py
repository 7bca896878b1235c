"""`reflect chronology` and `reflect genogram`: the history of a case and its family, as lists to put right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

import click

from assistant.commands.asked import WORDS
from assistant.commands.unlocked import opened_workspace
from assistant.errors import ReflectError
from assistant.export.genogram_drawing import in_words, text_tree
from assistant.followup.chronology import Entry, entries_of, rows
from assistant.followup.genogram import GENERATIONS, Member, Symbol, member_id, members_of
from assistant.language.dates import format_date, parse_date
from assistant.language.plain_text import in_a_line
from assistant.workspace.workspace import Workspace

CASE = click.argument("case", metavar="CASE")


@dataclass(frozen=True)
class _Case:
    """A case's two lists as they stand."""

    workspace: Workspace
    name: str

    @property
    def entries(self) -> list[Entry]:
        history = self.workspace.documents.history(self.name)
        return entries_of(history.states, history.entries)

    @property
    def members(self) -> tuple[Member, ...]:
        history = self.workspace.documents.history(self.name)
        return members_of(history.states, history.members)


@click.group()
def chronology() -> None:
    """What happened when in a case, from all its sessions."""


@chronology.command("list")
@CASE
def list_(case: str) -> None:
    """Every entry by date, with long gaps marked. `reflect record export --as chronology` hands it over."""
    for number, row in enumerate(rows(_Case(opened_workspace(), case).entries), start=1):
        if row.weeks_without:
            click.echo(f"    {row.weeks_without} weeks without an entry")
        entry = row.entry
        day = "no day" if entry.day is None else f"{entry.day:%B %Y}" if entry.whole_month else format_date(entry.day)
        meaning = f" For the child: {entry.significance}" if entry.significance else ""
        click.echo(in_a_line(f"{number}. {day} (“{entry.said}”): {entry.event} [{entry.source}]{meaning}"))


@chronology.command("add")
@CASE
@click.option("--event", type=WORDS, required=True, help="What happened, plainly.")
@click.option(
    "--when", type=WORDS, required=True, help="The day, for example 12 March 2026; other words stay as they are."
)
@click.option("--source", type=WORDS, default="", help="Who says so.")
@click.option("--significance", type=WORDS, default="", help="What it means for the child.")
def add(case: str, event: str, when: str, source: str, significance: str) -> None:
    """Put in an entry."""
    workspace = opened_workspace()
    day = parse_date(when, workspace.now().date())
    entry = Entry(
        id=f"{workspace.new_id()}/when",
        case=case,
        day=day,
        said=when,
        event=event,
        source=source,
        significance=significance,
    )
    workspace.follow_ups.put_right(entry)


@chronology.command("set")
@CASE
@click.argument("number", type=int)
@click.option("--event", type=WORDS, help="What happened, plainly.")
@click.option("--when", type=WORDS, help="The day, for example 12 March 2026.")
@click.option("--source", type=WORDS, help="Who says so.")
@click.option("--significance", type=WORDS, help="What it means for the child.")
@click.option("--remove", is_flag=True, help="Take it out.")
def set_(case: str, number: int, when: str | None, *, remove: bool, **said: str | None) -> None:
    """Put an entry right, by its number in the list, or take it out."""
    workspace = opened_workspace()
    entry = _numbered(_Case(workspace, case).entries, number)
    changes: dict[str, Any] = {name: words for name, words in said.items() if words is not None}
    if when is not None:
        changes |= {"day": parse_date(when, workspace.now().date()), "said": when, "whole_month": False}
    workspace.follow_ups.put_right(entry.model_copy(update={**changes, "struck": remove}))


@click.group()
def genogram() -> None:
    """Who is in the family of a case, from all its sessions."""


@genogram.command("list")
@CASE
@click.option("--tree", is_flag=True, help="As three generations.")
def list_members(case: str, *, tree: bool) -> None:
    """Everybody, one a line. `reflect record export --as genogram` draws it."""
    members = _Case(opened_workspace(), case).members
    if tree:
        click.echo(text_tree(members))
        return
    for number, member in enumerate(members, start=1):
        click.echo(f"{number}. {in_words(member)} ({member.generation})")


_ABOUT_A_PERSON = (
    click.option(
        "--symbol", type=click.Choice(get_args(Symbol)), help="Square: male; circle: female; diamond: not said."
    ),
    click.option("--generation", type=click.Choice(GENERATIONS), help="Which generation they're in."),
    click.option("--age", help="An age or an age band."),
    click.option("--note", type=WORDS, help="A few words, such as where they live."),
    click.option("--parent/--not-parent", default=None, help="A mother or a father of the children."),
    click.option("--parent-of", type=WORDS, help="Whose mother or father they are, where that's a grown-up."),
    click.option("--in-the-home/--not-in-the-home", default=None, help="Whether they live there."),
    click.option("--known/--not-known", default=None, help="Whether anybody has met them."),
)


def _about_a_person(command: Any) -> Any:
    for option in reversed(_ABOUT_A_PERSON):
        command = option(command)
    return command


@genogram.command("add")
@CASE
@click.argument("called", type=WORDS)
@_about_a_person
def add_member(case: str, called: str, **said: Any) -> None:
    """Put somebody in, by a made-up name or what they are to the child."""
    workspace = opened_workspace()
    changes = {name: value for name, value in said.items() if value is not None}
    member = Member(id=member_id(case, called), case=case, called=called, source="put in by hand", **changes)
    workspace.follow_ups.put_right(member)


@genogram.command("set")
@CASE
@click.argument("number", type=int)
@click.option("--called", type=WORDS, help="What to call them: a made-up name.")
@_about_a_person
@click.option("--remove", is_flag=True, help="Take them out.")
def set_member(case: str, number: int, *, remove: bool, **said: Any) -> None:
    """Put somebody right, by their number in the list, or take them out."""
    workspace = opened_workspace()
    member = _numbered(_Case(workspace, case).members, number)
    changes = {name: value for name, value in said.items() if value is not None}
    workspace.follow_ups.put_right(
        member.model_copy(update={**changes, "struck": remove, "source": "put right by hand"})
    )


def _numbered(listed: Any, number: int) -> Any:
    if not 1 <= number <= len(listed):
        raise ReflectError(f"There is no number {number}; the list has {len(listed)}.")
    return listed[number - 1]
