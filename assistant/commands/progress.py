"""`reflect progress`: across sessions, what was talked about and what the actions came to. Counts, never a grade."""

from __future__ import annotations

from contextlib import suppress

import click

from assistant.commands.unlocked import opened_workspace
from assistant.conversation.state import replay
from assistant.followup.over_time import counted
from assistant.store.store_errors import UnreadableSessionError


@click.command()
@click.option("--case", help="Only this case.")
@click.option("--worker", help="In a team's database: somebody you supervise. They can see that you looked.")
def progress(case: str | None, worker: str | None) -> None:
    """What was talked about and what never was, actions done and the difference they made."""
    workspace = opened_workspace()
    kept = [one for one in workspace.store.sessions(case=case) if (one.owner == worker if worker else one.mine)]
    actions = [one for one in workspace.follow_ups.actions_of(worker) if case is None or one.case == case]
    states = []
    for one in kept:
        with suppress(UnreadableSessionError, ValueError):
            states.append(replay(workspace.store.events(one.session)))
    counts = counted(states, actions, workspace.prompts)
    names = {theme.id: theme.name for theme in workspace.prompts.themes.values()}
    sessions = "1 session" if counts.sessions == 1 else f"{counts.sessions} sessions"
    if unread := len(kept) - len(states):
        click.echo(f"{unread} of the sessions cannot be read, and nothing of them is counted.")
    click.echo(f"{sessions}. {counts.actions_done} of {counts.actions} actions done; ", nl=False)
    click.echo(f"{counts.with_a_difference} of them say what changed for the child.")
    for theme, times in counts.themes_met:
        click.echo(f"{times:>4}  {names.get(theme, theme)}")
    if counts.themes_never_met:
        click.echo(f"Never talked about: {', '.join(names[theme] for theme in counts.themes_never_met)}.")
