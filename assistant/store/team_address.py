"""The address of a team's database: what may stand in `REFLECT_DATABASE_URL`, and how the connection is made.

A connection that leaves this computer is encrypted and the server's certificate is verified; nobody waits for ever.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from assistant.store.store_errors import StoreError

_UNREADABLE = "REFLECT_DATABASE_URL cannot be read; it looks like postgresql://name@server/reflect."
CONNECT_S = 10
STATEMENT_S, LOCK_S, IDLE_S = 20, 5, 60
"""A statement, a wait for somebody else's lock, and a transaction in which nothing happens take no longer."""
_TYPED: Mapping[str, str | int] = {"require_auth": "password,md5,scram-sha-256", "passfile": os.devnull}
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


def engine(
    url: str | URL, *, patient: bool = False, typed: bool = False, environment: Mapping[str, str] = os.environ
) -> Engine:
    """An engine for `REFLECT_DATABASE_URL`; a `patient` one lets statements take as long as they need.

    With a password that somebody `typed`, a server that lets in whoever comes is refused, and no file of passwords is
    looked into: otherwise a name alone might open another person's records.

    Raises StoreError when it is no PostgreSQL address, the connection could be read or redirected on its way, or the
    driver is not installed.
    """
    try:
        address = readable(url)
        if address.get_backend_name() != "postgresql":
            raise StoreError(
                "REFLECT_DATABASE_URL is a PostgreSQL address, for example postgresql://name@server/reflect."
            )
        wanted = connecting(address, environment, patient=patient) | (dict(_TYPED) if typed else {})
        bare = address.set(drivername="postgresql+psycopg").difference_update_query(
            ["options", "sslmode", "gssencmode"]
        )
        return create_engine(bare, pool_pre_ping=True, connect_args=wanted)
    except ModuleNotFoundError as error:
        raise StoreError("For a team's database install `reflective-supervision[postgres]`.") from error


def readable(url: str | URL) -> URL:
    """The address in its parts.

    Raises StoreError when it cannot be read.
    """
    try:
        return make_url(url)
    except (ArgumentError, ValueError) as error:  # a port that is no number
        raise StoreError(_UNREADABLE) from error


def signed_in(url: str | URL, login: str, password: str | None = None) -> URL:
    """The address with somebody's own name in it, and their password.

    Raises StoreError when it cannot be read.
    """
    return readable(url).set(username=login, password=password)


def login_in(url: str) -> str:
    """Whose name stands in the address, if anybody's."""
    try:
        return make_url(url).username or ""
    except (ArgumentError, ValueError):
        return ""


def connecting(address: URL, environment: Mapping[str, str], *, patient: bool = False) -> dict[str, str | int]:
    """What the driver is told beside the address.

    Raises StoreError when the connection could be read or redirected on its way.
    """
    options = [str(address.query.get("options", "")), "-c search_path=public,pg_temp"]
    if not patient:
        options += [
            f"-c statement_timeout={STATEMENT_S}s",
            f"-c lock_timeout={LOCK_S}s",
            f"-c idle_in_transaction_session_timeout={IDLE_S}s",
        ]
    wanted: dict[str, str | int] = {
        "connect_timeout": CONNECT_S,
        "tcp_user_timeout": STATEMENT_S * 1000,
        "options": " ".join(filter(None, options)),
    }
    mode = str(address.query.get("sslmode", "")) or environment.get("PGSSLMODE", "")
    if _on_this_computer(address, environment):
        return wanted | ({"sslmode": mode} if mode else {})
    if mode not in {"", "verify-full"}:
        raise StoreError(
            f"The connection to the team's database has to be verified, and sslmode={mode} does not do that; "
            "put sslmode=verify-full into REFLECT_DATABASE_URL, or leave it out."
        )
    # with a ticket in hand libpq would take GSSAPI instead of TLS, and look at no certificate
    return wanted | {"sslmode": "verify-full", "gssencmode": "disable"}


def _on_this_computer(address: URL, environment: Mapping[str, str]) -> bool:
    """Whatever libpq would take into account: an address by number wins over a name, wherever it comes from."""
    if _said(address, "service") or environment.get("PGSERVICE"):
        return False
    names = [address.host or "", *_said(address, "host")]
    numbers = _said(address, "hostaddr") or (environment.get("PGHOSTADDR", ""),)
    if not any(names):
        names = [environment.get("PGHOST", "")]
    hosts = [host for host in ",".join(filter(None, [*names, *numbers])).split(",") if host]
    return all(host in _HERE or host.startswith(("/", "@")) for host in hosts)


def _said(address: URL, name: str) -> tuple[str, ...]:
    value = address.query.get(name, ())
    return (value,) if isinstance(value, str) else tuple(value)
