"""`reflect progress`: across sessions, which themes were met and what the actions came to. Counts, never a grade."""

from __future__ import annotations

import click

from assistant.commands.desk import opened_desk
from assistant.conversation.state import replay
from assistant.records.over_time import counted


@click.command()
@click.option("--case", help="Only this case.")
@click.option("--worker", help="In a team's database: somebody you supervise. They can see that you looked.")
def progress(case: str | None, worker: str | None) -> None:
    """Themes met and never met, actions done and the difference they made."""
    desk = opened_desk()
    kept = [one for one in desk.store.sessions(case=case) if (one.owner == worker if worker else one.mine)]
    actions = [one for one in desk.follow_ups.actions_of(worker) if case is None or one.case == case]
    counts = counted([replay(desk.store.events(one.session)) for one in kept], actions, desk.prompts)
    names = {theme.id: theme.name for theme in desk.prompts.themes.values()}
    click.echo(f"{counts.sessions} sessions. {counts.actions_done} of {counts.actions} actions done; ", nl=False)
    click.echo(f"of {counts.with_a_difference} it is written what changed for the child.")
    for theme, times in counts.themes_met:
        click.echo(f"{times:>4}  {names[theme]}")
    if counts.themes_never_met:
        click.echo(f"Never met: {', '.join(names[theme] for theme in counts.themes_never_met)}.")
