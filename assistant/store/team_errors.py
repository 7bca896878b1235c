"""What a team's server said, in one sentence that says what is wrong and what to do.

Owns which of its words mean what. A login it does not take is not a server that is away, and a certificate that cannot
be verified is neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlalchemy.exc import DBAPIError

from assistant.store.store_errors import NoPasswordError, NotLetInError, ServerGoneError, StoreError

_SLOW = frozenset({"57014", "55P03", "25P03"})
"""A statement, a lock or an idle transaction took too long."""
MAY_NOT = "42501"
_GONE = "The team's database could not be reached or written; try again, or ask who looks after it."
_SAID: tuple[tuple[str, Callable[[str], StoreError], str], ...] = (
    (
        r"no password supplied|empty password",
        NoPasswordError,
        "The team's database wants a password; sign in with your own.",
    ),
    (
        r"root certificate|certificate verify failed|server certificate for|unable to get local issuer",
        StoreError,
        "The certificate of the team's database could not be verified, so nothing was sent to it; name the file of "
        "your own authority's certificate in REFLECT_DATABASE_URL, as sslrootcert=FILE, or ask who looks after it.",
    ),
    (
        r"does not support SSL|SSL was required",
        StoreError,
        "The team's database does not speak TLS, so nothing was sent to it; ask who looks after it.",
    ),
    (
        r"could not translate host name|failed to resolve host|Name or service not known|nodename nor servname",
        ServerGoneError,
        "There is no server of the name in REFLECT_DATABASE_URL, or this computer is not connected.",
    ),
    (
        r"database \"[^\"]*\" does not exist",
        StoreError,
        "The team's server has no database of that name; check the end of REFLECT_DATABASE_URL.",
    ),
    (
        r"authentication failed|authentication method|no pg_hba\.conf entry|certificate"
        r"|role \"[^\"]*\" (?:does not exist|is not permitted)",
        NotLetInError,
        "The team's database didn't let you in; check the name and password, or ask who looks after it.",
    ),
    (
        r"too many connections for role",
        StoreError,
        "You have as many windows open on the team's database as it allows one person; close one and try again.",
    ),
    (
        r"too many connections|remaining connection slots",
        ServerGoneError,
        "The team's database has as many people as it takes just now; try again in a moment.",
    ),
)


def in_plain_words(error: DBAPIError) -> StoreError:
    """What went wrong."""
    state = getattr(error.orig, "sqlstate", None) or ""
    if state == MAY_NOT:
        return StoreError("Your account may not do that; the record stays as it was.")
    if state in _SLOW:
        return StoreError("The team's database is slow just now, so this wasn't kept yet; wait a moment and try again.")
    said = str(error.orig)
    for pattern, kind, sentence in _SAID:
        if re.search(pattern, said, re.IGNORECASE):
            return kind(sentence)
    gone = not state or state[:2] in {"08", "57"} or error.connection_invalidated
    return ServerGoneError(_GONE) if gone else StoreError(_GONE)


def not_connected(error: DBAPIError) -> StoreError | None:
    """Why there was no connection at all, if that is what went wrong: what was to be done is not to blame."""
    return None if getattr(error.orig, "sqlstate", None) else in_plain_words(error)
