"""`reflect record`: what was kept, to list, read, hand over and delete."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import click

from assistant.commands.unlocked import opened_workspace, somebody_there
from assistant.conversation.state import replay
from assistant.export.gathering import private_lines
from assistant.export.handover import FORMATS, KINDS, DocumentKind, Format, Wanted
from assistant.language.plain_text import in_a_line
from assistant.resources import where_people_look
from assistant.store.store import Kept
from assistant.store.store_errors import FileThereError

AS = click.option("--as", "kind", type=click.Choice(KINDS), help="Which document; the journey's own if not named.")
LINES = click.option("--note-line", "lines", type=int, multiple=True, help="A line of the private note to hand over.")

APPENDIX = click.option("--appendix", is_flag=True, help="With all that was said and shown, after the record.")


@click.group()
def record() -> None:
    """What was thought and decided, kept."""


@record.command("list")
@click.option("--case", help="Only this case.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_(case: str | None, *, as_json: bool) -> None:
    """Every session, newest first."""
    sessions = opened_workspace().store.sessions(case=case)
    if not sessions:
        click.echo("Nothing is kept yet." if case is None else "Nothing is kept of a case of that name.", err=True)
    show(sessions, as_json=as_json)


@record.command("show")
@click.argument("session", metavar="ID")
@AS
@LINES
@APPENDIX
def show_(session: str, kind: DocumentKind | None, lines: tuple[int, ...], *, appendix: bool) -> None:
    """Print one session as Markdown: the record, unless another document is named."""
    text = opened_workspace().documents.text(session, Wanted(kind, lines, appendix))
    click.echo(text, nl=False)


@record.command("export")
@click.argument("session", metavar="ID")
@click.option("--format", "form", type=click.Choice((*FORMATS, "svg")), required=True, help="The kind of file.")
@click.option("--output", type=click.Path(path_type=Path), help="The file, or its folder; else your documents.")
@click.option("--replace", is_flag=True, help="Replace a file that is there already.")
@AS
@LINES
@APPENDIX
@click.option("--redacted", is_flag=True, help="Without names and identifiers; it lists what was left out.")
def export_(
    session: str,
    form: Format,
    output: Path | None,
    kind: DocumentKind | None,
    lines: tuple[int, ...],
    *,
    replace: bool,
    appendix: bool,
    redacted: bool,
) -> None:
    """Write one session as a file that others can open.

    What the worker said of themselves is in none of the case's documents; `--as personal` writes it to its own file.
    """
    workspace = opened_workspace()
    target = output or where_people_look()
    write = partial(workspace.documents.export, session, form, target, Wanted(kind, lines, appendix, redacted))
    try:
        said = write(overwrite=replace)
    except FileThereError as there:
        if not somebody_there():
            raise
        click.confirm(f"{there} Replace it?", abort=True, err=True)
        said = write(overwrite=True)
    click.echo(said)


@record.command()
@click.argument("session", metavar="ID")
def note(session: str) -> None:
    """Print the private note, line by line, to choose what of it to hand over."""
    for number, line in enumerate(private_lines(replay(opened_workspace().store.events(session))), start=1):
        click.echo(f"{number}  {line}")


@record.command()
@click.argument("session", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask.")
def delete(session: str, *, yes: bool) -> None:
    """Delete one session for good, with its backups."""
    workspace = opened_workspace()
    workspace.store.events(session)
    if not yes:
        click.confirm("It cannot be brought back. Delete it?", abort=True, err=True)
    click.echo(str(workspace.deletion.forget_session(session)))


@record.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def due(*, as_json: bool) -> None:
    """Sessions kept longer than your retention policy says."""
    show(opened_workspace().deletion.due(), as_json=as_json)


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
            click.echo(in_a_line(f"{kept.session}  {kept.started:%d %b %Y}  {kept.journey:<12} {kept.case}{state}"))
