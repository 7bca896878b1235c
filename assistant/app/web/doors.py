"""Who may come in: the token, the cookie and the key it becomes, and where a request comes from. No sockets.

A cookie goes to every port of a computer, so another program that serves pages there can collect it. The key does not:
the browser keeps it for this address and port alone, and the socket opens only with both.

`textual-serve` by itself lets in any page that can reach the port, so these stand before every request.
"""

from __future__ import annotations

import ipaddress
import os
import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hmac import compare_digest
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from assistant.errors import ReflectError

_LOGIN = re.compile(r"[^\x00-\x20\x7f/]{1,63}")
"""What may be a login: PostgreSQL takes 63 bytes, and a stroke cannot stand in an id."""
LEAST_TOKEN = 24
"""Characters a token in a file must have: it may be tried over a network."""


class ServeError(ReflectError):
    """The app cannot be served like this; the message says why and what to do."""


@dataclass(frozen=True)
class Address:
    """Where the app is served, and how browsers reach it."""

    host: str
    port: int
    behind_tls: bool

    @property
    def is_local(self) -> bool:
        """Only this computer can reach it."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def origin(self, host_header: str) -> str:
        """The origin of pages that came from here under the name in `host_header`."""
        return f"{'https' if self.behind_tls else 'http'}://{host_header}"

    def is_named(self, host_header: str) -> bool:
        """The request was meant for here. A name that somebody else made to point here is not ours."""
        if not self.is_local or self.behind_tls:
            return True
        bracketed = f"[{self.host}]" if ":" in self.host else self.host
        return host_header in {f"{name}:{self.port}" for name in (bracketed, "localhost", "127.0.0.1", "[::1]")}


@dataclass(frozen=True)
class SignedInBefore:
    """A server in front that has people sign in, and says who each is in a header of the request."""

    header: str
    addresses: frozenset[str]
    """Whence its requests come; a header from anywhere else is anybody's word."""

    def person(self, came_from: str | None, said: Sequence[str]) -> str | None:
        """Whose request it is; None where that is not said, not by that server, or twice: one may be the browser's."""
        name = said[0].strip() if len(said) == 1 else ""
        return name if came_from in self.addresses and _LOGIN.fullmatch(name) else None


def signed_in_before(
    header: str | None, addresses: Sequence[str], url: str | None, address: Address
) -> SignedInBefore | None:
    """The server in front that people sign in to, if there is one.

    Raises ServeError when its word could be anybody's, or several people would share one account of a database.
    """
    if address.behind_tls and url and _names_somebody(url):
        raise ServeError(
            "Each person signs in as themselves, so where several are served REFLECT_DATABASE_URL names nobody: take "
            "the name and the password out of it, for example postgresql://server/reflect."
        )
    if header is None and not addresses:
        return None
    if not (header and addresses and url and address.behind_tls):
        raise ServeError(
            "--person-header needs --proxy with the address of the server that sends it, --behind-tls, and a team's "
            "database in REFLECT_DATABASE_URL, in which each person has a login of that name."
        )
    try:
        return SignedInBefore(header, frozenset(str(ipaddress.ip_address(one)) for one in addresses))
    except ValueError as error:
        raise ServeError("--proxy is an address in numbers, for example 10.0.0.5.") from error


def _names_somebody(url: str) -> bool:
    parts = urlsplit(url)
    return "@" in parts.netloc or bool({"user", "password", "passfile"} & parse_qs(parts.query).keys())


def checked(address: Address, token_file: Path | None, before: SignedInBefore | None = None) -> str | None:
    """The token to ask for, or None where a fresh one is to be made; refuses what would expose the records.

    Raises ServeError.
    """
    if not address.is_local and not (address.behind_tls and (token_file or before)):
        raise ServeError(
            f"{address.host} can be reached from other computers, and what is typed is about real children. "
            "Name a file with a long secret in --token-file, put a server that speaks TLS in front, "
            "and say so with --behind-tls; or leave --host out to serve this computer only."
        )
    if token_file is None:
        return None
    try:
        if os.name == "posix" and token_file.stat().st_mode & 0o077:
            raise ServeError(f"Others can read the token file {token_file}; run: chmod 600 {token_file}")
        token = token_file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ServeError(f"The token file {token_file} cannot be read ({error.strerror}).") from error
    if len(token) < LEAST_TOKEN:
        raise ServeError(f"The token in {token_file} is too short; use at least {LEAST_TOKEN} characters.")
    return token


@dataclass(frozen=True)
class LetIn:
    """What a browser that was let in is given."""

    cookie: str
    key: str
    person: str = ""
    """Who it was given to, where a server in front says who somebody is."""


@dataclass
class Doorkeeper:
    """Turns a token into a cookie and its key, and knows those it gave."""

    token: str
    once: bool
    """A token that was printed opens once; one from a file stays good."""
    new_secret: Callable[[], str] = field(default=lambda: secrets.token_urlsafe(32))
    _spent: bool = False
    _given: list[LetIn] = field(default_factory=list)

    def enter(self, token: str) -> LetIn | None:
        """A cookie and a key for the right token, None for any other."""
        if (self.once and self._spent) or not compare_digest(token.encode(), self.token.encode()):
            return None
        self._spent = True
        return self.let_in()

    def let_in(self, person: str = "") -> LetIn:
        """A cookie and a key for somebody who has shown who they are."""
        self._given.append(LetIn(self.new_secret(), self.new_secret(), person))
        return self._given[-1]

    def knows(self, cookie: str | None, person: str = "") -> bool:
        """The cookie was given here, and to this person."""
        return cookie is not None and any(_same(cookie, one.cookie) and one.person == person for one in self._given)

    def opens(self, cookie: str | None, key: str | None, person: str = "") -> bool:
        """The key was given with the cookie, and to this person."""
        if cookie is None or key is None:
            return False
        return any(_same(cookie, one.cookie) and _same(key, one.key) and one.person == person for one in self._given)


def _same(one: str, other: str) -> bool:
    return compare_digest(one.encode(), other.encode())
