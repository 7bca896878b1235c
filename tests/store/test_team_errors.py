"""What a team's server says, and the sentence that is made of it."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError

from assistant.store.store_errors import NoPasswordError, NotLetInError, ServerGoneError, StoreError
from assistant.store.team_errors import in_plain_words, not_connected

AWAY = "The team's database could not be reached or written; try again, or ask who looks after it."
SLOW = "The team's database is slow just now, so this wasn't kept yet; wait a moment and try again."


class SaidError(Exception):
    """As the driver raises it."""

    def __init__(self, words: str, sqlstate: str | None = None) -> None:
        super().__init__(words)
        self.sqlstate = sqlstate


def error(words: str, sqlstate: str | None = None, *, broken: bool = False) -> DBAPIError:
    return DBAPIError("SELECT 1", {}, SaidError(words, sqlstate), connection_invalidated=broken)


@pytest.mark.parametrize(
    ("words", "kind", "begins"),
    [
        ("fe_sendauth: no password supplied", NoPasswordError, "The team's database wants a password; sign in"),
        ("empty password returned by client", NoPasswordError, "The team's database wants a password; sign in"),
        ("SSL error: certificate verify failed", StoreError, "The certificate of the team's database could not be"),
        ('root certificate file "x" does not exist', StoreError, "The certificate of the team's database could not be"),
        ('server certificate for "a" does not match', StoreError, "The certificate of the team's database could not"),
        ("unable to get local issuer certificate", StoreError, "The certificate of the team's database could not be"),
        ("server does not support SSL, but SSL was required", StoreError, "The team's database does not speak TLS, so"),
        ('could not translate host name "db" to address', ServerGoneError, "There is no server of the name in"),
        ("[Errno -2] Name or service not known", ServerGoneError, "There is no server of the name in"),
        ("failed to resolve host 'db'", ServerGoneError, "There is no server of the name in"),
        ('FATAL: database "teem" does not exist', StoreError, "The team's server has no database of that name; check"),
        ("password authentication failed for user", NotLetInError, "The team's database didn't let you in; check"),
        ("no pg_hba.conf entry for host", NotLetInError, "The team's database didn't let you in; check"),
        ('FATAL: role "sam" does not exist', NotLetInError, "The team's database didn't let you in; check"),
        ('FATAL: role "sam" is not permitted to log in', NotLetInError, "The team's database didn't let you in; check"),
        ("FATAL: sorry, TOO MANY CONNECTIONS", ServerGoneError, "The team's database has as many people as it takes"),
        ("remaining connection slots are reserved", ServerGoneError, "The team's database has as many people as it"),
        ("connection refused", ServerGoneError, AWAY),
    ],
)
def test_each_thing_a_server_says_before_anybody_is_in_is_called_what_it_is(words, kind, begins):
    told = in_plain_words(error(words))
    assert type(told) is kind
    assert str(told).startswith(begins)
    assert str(told).endswith(".")
    assert str(not_connected(error(words))) == str(told)


@pytest.mark.parametrize(
    ("sqlstate", "broken", "kind", "said"),
    [
        ("42501", False, StoreError, "Your account may not do that; the record stays as it was."),
        ("57014", False, StoreError, SLOW),
        ("55P03", False, StoreError, SLOW),
        ("25P03", False, StoreError, SLOW),
        ("08006", False, ServerGoneError, AWAY),
        ("57P01", False, ServerGoneError, AWAY),
        ("23505", False, StoreError, AWAY),
        ("23505", True, ServerGoneError, AWAY),
        ("", False, ServerGoneError, AWAY),
    ],
)
def test_what_goes_wrong_in_the_middle_of_the_work_is_told_by_its_number(sqlstate, broken, kind, said):
    told = in_plain_words(error("something", sqlstate, broken=broken))
    assert (type(told), str(told)) == (kind, said)
    if sqlstate:
        assert not_connected(error("something", sqlstate)) is None
