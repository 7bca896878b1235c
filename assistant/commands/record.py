"""`reflect record`: what was kept, to list, read, hand over and delete."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assistant.commands.desk import opened_desk, somebody_there
from assistant.conversation.state import replay
from assistant.records.errors import FileThereError
from assistant.records.handover import FORMATS, KINDS, DocumentKind, Format, private_lines
from assistant.records.store import Kept

AS = click.option("--as", "kind", type=click.Choice(KINDS), help="Which document; the journey's own if not named.")
LINES = click.option("--note-line", "lines", type=int, multiple=True, help="A line of the private note to hand over.")


@click.group()
def record() -> None:
    """What was thought and decided, kept."""


@record.command("list")
@click.option("--case", help="Only this case.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_(case: str | None, *, as_json: bool) -> None:
    """Every session, newest first."""
    show(opened_desk().store.sessions(case=case), as_json=as_json)


@record.command("show")
@click.argument("session", metavar="ID")
@AS
@LINES
def show_(session: str, kind: DocumentKind | None, lines: tuple[int, ...]) -> None:
    """Print one session as Markdown."""
    click.echo(opened_desk().document(session, kind=kind, note_lines=lines), nl=False)


@record.command("export")
@click.argument("session", metavar="ID")
@click.option("--format", "form", type=click.Choice(FORMATS), required=True, help="The kind of file.")
@click.option("--output", type=click.Path(path_type=Path), default=Path(), help="The file, or the folder for it.")
@click.option("--replace", is_flag=True, help="Replace a file that is there already.")
@AS
@LINES
def export_(
    session: str,
    form: Format,
    output: Path,
    kind: DocumentKind | None,
    lines: tuple[int, ...],
    *,
    replace: bool,
) -> None:
    """Write one session as a file that others can open."""
    desk = opened_desk()
    try:
        said = desk.export(session, form, output, kind=kind, note_lines=lines, overwrite=replace)
    except FileThereError as there:
        if not somebody_there():
            raise
        click.confirm(f"{there} Replace it?", abort=True, err=True)
        said = desk.export(session, form, output, kind=kind, note_lines=lines, overwrite=True)
    click.echo(said)


@record.command()
@click.argument("session", metavar="ID")
def note(session: str) -> None:
    """Print the private note, line by line, to choose what of it to hand over."""
    for number, line in enumerate(private_lines(replay(opened_desk().store.events(session))), start=1):
        click.echo(f"{number}  {line}")


@record.command()
@click.argument("session", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask.")
def delete(session: str, *, yes: bool) -> None:
    """Delete one session for good, with its backups."""
    desk = opened_desk()
    desk.store.events(session)
    if not yes:
        click.confirm("It cannot be brought back. Delete it?", abort=True, err=True)
    click.echo(str(desk.forget_session(session)))


@record.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def due(*, as_json: bool) -> None:
    """Sessions kept longer than your retention policy says."""
    show(opened_desk().due_for_deletion(), as_json=as_json)


def show(sessions: list[Kept], *, as_json: bool) -> None:
    """Print sessions, one a line."""
    for kept in sessions:
        if as_json:
            fields = {
                "id": kept.session,
                "case": kept.case,
                "journey": kept.journey,
                "started": kept.started.isoformat(),
                "finished": kept.finished.isoformat() if kept.finished else None,
            }
            click.echo(json.dumps(fields, ensure_ascii=False))
        else:
            state = "" if kept.finished else "  (not finished)"
            click.echo(f"{kept.session}  {kept.started:%d %b %Y}  {kept.journey:<12} {kept.case}{state}")
