"""`reflect forget`: everything of one case deleted for good."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.commands.unlocked import opened_workspace
from assistant.errors import ReflectError
from assistant.store.encrypted_file import clear_errors, write_privately
from assistant.store.store_errors import FileThereError
from assistant.to_type import to_type

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("case")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--receipt", type=FILE, help="A file to keep the receipt in; it holds nothing of the case.")
def forget(case: str, receipt: Path | None, *, yes: bool) -> None:
    """Delete everything of one CASE for good, with the backups that hold it."""
    workspace = opened_workspace()
    if receipt is not None and receipt.exists():
        raise FileThereError(f"There is already a file {receipt}; name another for the receipt. Nothing was deleted.")
    follow_ups = workspace.follow_ups
    if not (workspace.store.sessions(case=case) or follow_ups.actions(case=case) or follow_ups.escalations(case=case)):
        raise ReflectError(f"There is no case of that name; `{to_type('record list')}` shows what is kept.")
    if not yes:
        click.confirm("It cannot be brought back. Delete everything of this case?", abort=True, err=True)
    said = str(workspace.deletion.forget_case(case))
    click.echo(said)
    if receipt is not None:
        with clear_errors(receipt.parent):
            write_privately(receipt, f"{said}\n".encode())
