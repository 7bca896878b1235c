"""`reflect serve`: the app in a browser on this computer, or behind a server that speaks TLS."""

from __future__ import annotations

import os
import secrets
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.errors import ReflectError
from assistant.resources import data_dir

if TYPE_CHECKING:
    from assistant.app.web.doors import Address


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="0 takes any free one.")
@click.option("--token-file", type=click.Path(path_type=Path), help="A file with a long secret that opens the app.")
@click.option("--behind-tls", is_flag=True, help="A server in front speaks TLS with the browsers.")
@click.option("--most-tabs", default=4, show_default=True, type=click.IntRange(1, 64), help="Sessions open at once.")
@click.option("--person-header", metavar="NAME", help="The header in which a server in front says who has signed in.")
@click.option("--proxy", "proxies", multiple=True, metavar="ADDRESS", help="Where that server's requests come from.")
def serve(
    host: str,
    port: int,
    token_file: Path | None,
    most_tabs: int,
    person_header: str | None,
    proxies: tuple[str, ...],
    *,
    behind_tls: bool,
) -> None:
    """Open Reflect in a browser tab."""
    try:
        from assistant.app.web.server import ReflectServer  # aiohttp costs 0.3 s, and only this command needs it
    except ModuleNotFoundError as error:
        raise ReflectError(
            "The browser needs one thing more: pip install 'reflective-supervision[serve]', and run this again."
        ) from error
    from assistant.app.web.doors import Address, Doorkeeper, checked, signed_in_before

    address = Address(host, port or _free_port(host), behind_tls=behind_tls)
    before = signed_in_before(person_header, proxies, os.environ.get("REFLECT_DATABASE_URL"), address)
    token = checked(address, token_file, before)
    doorkeeper = Doorkeeper(token or secrets.token_urlsafe(24), once=token is None)
    if before is None:
        _say_where(address, None if token else doorkeeper.token)
    else:
        click.echo(f"Reflect is at http://{address.host}:{address.port}/ for whoever {', '.join(proxies)} says.")
    ReflectServer(data_dir(), address, doorkeeper, most_tabs=most_tabs, before=before).serve()


def _say_where(address: Address, token: str | None) -> None:
    place = f"http://{address.host}:{address.port}"
    if token is None:
        click.echo(f"Reflect is at {place}/enter?token= followed by the secret in your token file.")
    else:
        click.echo("Open this address in your browser. It works once, and only on this computer:")
        click.echo(f"{place}/enter?token={token}")
    click.echo("Press Ctrl+C here to stop.")


def _free_port(host: str) -> int:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port
