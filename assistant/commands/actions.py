"""`reflect actions`, `reflect escalations` and `reflect due`: what goes on after a session."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import click

from assistant.commands.asked import WORDS
from assistant.commands.unlocked import opened_workspace
from assistant.errors import ReflectError
from assistant.followup.actions import STATUSES, Action, concerns, plan_concerns
from assistant.followup.disagreement import rung_named
from assistant.followup.escalations import due as due_at
from assistant.followup.escalations import end_of, next_rung, tried
from assistant.language.dates import parse_date
from assistant.language.plain_text import in_a_line
from assistant.noticing.plan_words import read_plan_words
from assistant.workspace.workspace import Workspace

CASE = click.option("--case", help="Only this case.")
JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")


@click.group()
def actions() -> None:
    """Who does what by when, and what became of it."""


@actions.command("list")
@CASE
@click.option("--all", "every", is_flag=True, help="Those that are done, too.")
@JSON
def list_(case: str | None, *, every: bool, as_json: bool) -> None:
    """Actions that are open."""
    for action in opened_workspace().follow_ups.actions(case=case):
        if action.open or every:
            click.echo(action.model_dump_json() if as_json else _line(action))


@actions.command()
@CASE
def check(case: str | None) -> None:
    """Say gently what is missing or vague in the open actions. Nothing has to be changed."""
    workspace = opened_workspace()
    words, today = read_plan_words(workspace.home), workspace.now().date()
    waiting = [action for action in workspace.follow_ups.actions(case=case) if action.open]
    for action in waiting:
        click.echo(_line(action))
        for concern in concerns(action, words, today):
            click.echo(f"    {f'“{concern.words}”: ' if concern.words else ''}{concern.ask}")
    for concern in plan_concerns(waiting):
        click.echo(f"{concern.ask} ({concern.words})")


@actions.command("set")
@click.argument("action", metavar="ID")
@click.option("--text", type=WORDS, help="What is done.")
@click.option("--outcome", type=WORDS, help="What will be different for the child.")
@click.option("--person", help="Who does it; a role, never a name.")
@click.option("--by", help="The day, for example 12 March.")
@click.option("--seen-or-heard", type=WORDS, help="What you'll see or hear when it's done, and who will.")
@click.option("--review", help="The day it is looked at again.")
@click.option("--contingency", type=WORDS, help="What happens if it is not done.")
@click.option("--status", type=click.Choice(STATUSES), help="Where it's up to.")
@click.option("--evidence", type=WORDS, help="What shows that it was done.")
@click.option("--difference", type=WORDS, help="What became different for the child.")
def set_(action: str, **changes: str | None) -> None:
    """Complete or change one action."""
    workspace = opened_workspace()
    said: dict[str, Any] = {name: words for name, words in changes.items() if words is not None}
    for name in ("by", "review"):
        if name in said:
            said[name] = _day(workspace, said[name])
    changed = workspace.follow_ups.action(action).model_copy(update=said)
    workspace.follow_ups.save_action(changed)
    click.echo(_line(changed))


@click.group()
def escalations() -> None:
    """Disagreements taken further, rung by rung."""


@escalations.command("list")
@CASE
@click.option("--all", "every", is_flag=True, help="Those that are settled, too.")
@JSON
def list_escalations(case: str | None, *, every: bool, as_json: bool) -> None:
    """Disagreements that are not settled, and when each goes further."""
    workspace = opened_workspace()
    ladder = workspace.prompts.ladder
    for one in workspace.follow_ups.escalations(case=case):
        if as_json and (one.open or every):
            click.echo(one.model_dump_json())
        elif one.open or every:
            goes = (
                f"to {next_rung(one, ladder).name} by {due_at(one, ladder):%d %b %Y, %H:%M}" if one.open else "settled"
            )
            click.echo(
                f"{one.id}  {one.case}: {' '.join(one.disputed.split()) or 'not said yet what it is about'}  ({goes})"
            )
            if one.missing:
                click.echo(f"    Still to add: {'; '.join(one.missing)}.")


@escalations.command("set")
@click.argument("escalation", metavar="ID")
@click.option("--disputed", type=WORDS, help="What the disagreement is about, in one sentence.")
@click.option("--agencies", type=WORDS, help="Which agencies.")
@click.option("--child-risk", type=WORDS, help="What it means for the child if it isn't settled.")
@click.option("--evidence", type=WORDS, help="What it's based on.")
@click.option("--source", type=WORDS, help="Where that comes from.")
@click.option("--outcome-sought", type=WORDS, help="What is asked for.")
@click.option("--rung", help="The step it goes to next, by name or number.")
@click.option("--who", help="Who it goes to; a role, never a name.")
@click.option("--deadline", help="The day by which an answer is needed, for example 12 March.")
@click.option("--interim-plan", type=WORDS, help="How the child is kept safe in the meantime.")
@click.option("--learning", type=WORDS, help="What the local procedure should learn from it.")
@click.option("--immediate", is_flag=True, default=None, help="Somebody may come to harm now: skip the rungs.")
@click.option("--recorded-on-both-files", is_flag=True, default=None, help="It's recorded on both agencies' files.")
@click.option("--closed", is_flag=True, help="It is settled.")
def set_escalation(escalation: str, *, closed: bool, **changes: str | bool | None) -> None:
    """Complete, change or close one disagreement."""
    workspace = opened_workspace()
    said: dict[str, Any] = {name: words for name, words in changes.items() if words is not None}
    if "rung" in said:
        said["next_rung"] = _rung(workspace, said.pop("rung"))
    if "deadline" in said:
        said["deadline"] = end_of(_day(workspace, said["deadline"]), workspace.now())
    if closed:
        said["closed"] = workspace.now()
    changed = workspace.follow_ups.escalation(escalation).model_copy(update=said)
    workspace.follow_ups.save_escalation(changed)
    if changed.missing:
        click.echo(f"Still to add: {'; '.join(changed.missing)}.")


@escalations.command("start")
@click.option("--case", required=True, help="The made-up name of the case.")
@click.option("--disputed", type=WORDS, required=True, help="What is disputed, in one sentence.")
@click.option("--agencies", type=WORDS, default="", help="Which agencies.")
def start(case: str, disputed: str, agencies: str) -> None:
    """Take a disagreement further that came up outside a session."""
    workspace = opened_workspace()
    begun = workspace.start_disagreement(case, disputed, agencies=agencies)
    click.echo(f"{begun.id}  next: {next_rung(begun, workspace.prompts.ladder).name}.")
    click.echo(f"Still to add: {'; '.join(begun.missing)}.")


@escalations.command("step")
@click.argument("escalation", metavar="ID")
@click.option("--rung", help="Which rung; the next one if not named.")
@click.option("--who", default="", help="The role that was contacted.")
@click.option("--response", type=WORDS, default="", help="What they said.")
@click.option("--agreed/--not-agreed", default=None, help="Whether it is settled.")
def step(escalation: str, rung: str | None, who: str, response: str, *, agreed: bool | None) -> None:
    """Note that a rung was tried, and what came of it."""
    workspace = opened_workspace()
    one, ladder, now = workspace.follow_ups.escalation(escalation), workspace.prompts.ladder, workspace.now()
    named = _rung(workspace, rung) if rung else ""
    changed = tried(one, ladder, now, rung=named, who=who, response=response, agreed=agreed)
    workspace.follow_ups.save_escalation(changed)
    if changed.open:
        click.echo(f"Next: {next_rung(changed, ladder).name}, by {due_at(changed, ladder):%d %b %Y, %H:%M}.")


@click.command()
@JSON
def due(*, as_json: bool) -> None:
    """What has waited too long: actions past their day, rungs past their time."""
    waiting = opened_workspace().follow_ups.due()
    for item in waiting:
        if as_json:
            fields = {"what": item.what, "id": item.id, "case": item.case, "words": item.words}
            click.echo(json.dumps({**fields, "since": item.since.isoformat()}, ensure_ascii=False))
        else:
            click.echo(in_a_line(f"{item.since:%d %b %Y}  {item.what:<10} {item.case}: {item.words}  [{item.id}]"))
    if not waiting and not as_json:
        click.echo("Nothing is late.")


def _line(action: Action) -> str:
    who = f"{action.person}: " if action.person and not action.text.startswith(action.person) else ""
    day = f", by {action.by:%d %b %Y}" if action.by else ""
    return in_a_line(f"{action.id}  {action.case}: {who}{action.text}{day} ({action.status})")


def _rung(workspace: Workspace, words: str) -> str:
    named = rung_named(words, workspace.prompts.ladder)
    if not named:
        raise ReflectError(f"There is no step “{words}”; there are: {workspace.prompts.ladder.in_words()}.")
    return named


def _day(workspace: Workspace, words: str) -> date:
    day = parse_date(words, workspace.now().date())
    if day is None:
        raise click.UsageError(f"“{words}” is not a day; write it as 12 March or 2026-03-12.")
    return day
