from __future__ import annotations

import os

import pytest

from assistant.app.web.doors import LEAST_TOKEN, Address, Doorkeeper, ServeError, checked, signed_in_before

LOCAL = Address("127.0.0.1", 8765, behind_tls=False)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.9", "localhost", "::1"])
def test_this_computer_alone_needs_no_token_file(host):
    assert checked(Address(host, 80, behind_tls=False), None) is None


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "reflect.example", ""])
@pytest.mark.parametrize("behind_tls", [False, True])
def test_a_public_address_without_a_token_file_is_refused_and_the_message_says_why(host, behind_tls):
    with pytest.raises(ServeError, match=r"can be reached from other computers.*--token-file.*--behind-tls"):
        checked(Address(host, 80, behind_tls=behind_tls), None)


def test_a_public_address_without_tls_is_refused_even_with_a_token_file(tmp_path):
    file = tmp_path / "token"
    file.write_text("x" * 40)
    file.chmod(0o600)
    with pytest.raises(ServeError, match="--behind-tls"):
        checked(Address("0.0.0.0", 80, behind_tls=False), file)
    assert checked(Address("0.0.0.0", 80, behind_tls=True), file) == "x" * 40


TEAM = "postgresql://db.example.org/reflect"
BEHIND_TLS = Address("127.0.0.1", 8765, behind_tls=True)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://pat@db.example.org/reflect",
        "postgresql://pat:secret@db.example.org/reflect",
        "postgresql:///reflect?host=db.example.org&user=pat",
        "postgresql://db.example.org/reflect?passfile=/etc/passwords",
    ],
)
def test_where_several_are_served_no_account_is_shared(url):
    for address in (BEHIND_TLS, Address("0.0.0.0", 80, behind_tls=True)):
        with pytest.raises(ServeError, match="Each person signs in as themselves"):
            signed_in_before(None, (), url, address)
    assert signed_in_before(None, (), url, LOCAL) is None  # one person, on their own computer
    assert signed_in_before(None, (), TEAM, BEHIND_TLS) is None


def test_who_somebody_is_is_believed_of_the_server_in_front_alone():
    before = signed_in_before("X-Remote-User", ["10.0.0.5", "::1"], TEAM, BEHIND_TLS)
    assert before is not None
    assert before.person("10.0.0.5", [" pat@example.org "]) == "pat@example.org"
    refused: list[tuple[str | None, list[str]]] = [
        ("10.0.0.6", ["pat"]),
        (None, ["pat"]),
        ("10.0.0.5", []),
        ("10.0.0.5", [""]),
        ("10.0.0.5", ["pat/sam"]),
        ("10.0.0.5", ["pat sam"]),
        ("10.0.0.5", ["x" * 64]),
        ("10.0.0.5", ["sam", "pat"]),  # a server that adds its own to what the browser sent
    ]
    for came_from, said in refused:
        assert before.person(came_from, said) is None


@pytest.mark.parametrize(
    ("header", "addresses", "url", "address"),
    [
        ("X-Remote-User", (), TEAM, BEHIND_TLS),
        (None, ("10.0.0.5",), TEAM, BEHIND_TLS),
        ("X-Remote-User", ("10.0.0.5",), None, BEHIND_TLS),
        ("X-Remote-User", ("10.0.0.5",), TEAM, LOCAL),
    ],
)
def test_the_word_of_a_server_in_front_needs_its_address_tls_and_a_database(header, addresses, url, address):
    with pytest.raises(ServeError, match="--person-header needs --proxy"):
        signed_in_before(header, addresses, url, address)
    with pytest.raises(ServeError, match="address in numbers"):
        signed_in_before("X-Remote-User", ("proxy.example.org",), TEAM, BEHIND_TLS)


def test_a_server_in_front_takes_the_place_of_the_token_file():
    public = Address("0.0.0.0", 80, behind_tls=True)
    assert checked(public, None, signed_in_before("X-Remote-User", ["10.0.0.5"], TEAM, public)) is None


def test_a_cookie_is_good_for_whom_it_was_given_to_alone():
    doors = Doorkeeper("right", once=True)
    pat = doors.let_in("pat")
    assert doors.knows(pat.cookie, "pat") and doors.opens(pat.cookie, pat.key, "pat")
    for other in ("", "sam"):
        assert not doors.knows(pat.cookie, other) and not doors.opens(pat.cookie, pat.key, other)


def test_a_token_just_long_enough_is_taken_and_one_a_letter_shorter_is_not(tmp_path):
    file = tmp_path / "token"
    file.touch(0o600)
    file.write_text("a" * LEAST_TOKEN)
    assert checked(LOCAL, file) == "a" * LEAST_TOKEN
    file.write_text("a" * (LEAST_TOKEN - 1))
    with pytest.raises(ServeError, match="too short"):
        checked(LOCAL, file)


def test_a_short_or_missing_token_file_is_refused(tmp_path):
    file = tmp_path / "token"
    file.write_text("short\n")
    file.chmod(0o600)
    with pytest.raises(ServeError, match="too short"):
        checked(LOCAL, file)
    with pytest.raises(ServeError, match="cannot be read"):
        checked(LOCAL, tmp_path / "none")


def test_a_printed_token_opens_once_and_one_from_a_file_again():
    once = Doorkeeper("right", once=True)
    assert once.enter("wrong") is None
    let_in = once.enter("right")
    assert let_in is not None
    assert once.enter("right") is None
    assert once.knows(let_in.cookie)
    often = Doorkeeper("right", once=False)
    assert often.enter("right") != often.enter("right")


def test_the_socket_opens_with_a_cookie_and_its_own_key_and_with_nothing_less():
    doors = Doorkeeper("right", once=False)
    first, second = doors.enter("right"), doors.enter("right")
    assert first is not None and second is not None
    assert doors.opens(first.cookie, first.key) and doors.opens(second.cookie, second.key)
    for cookie, key in [
        (first.cookie, second.key),
        (first.cookie, None),
        (first.cookie, ""),
        (first.cookie, first.cookie),
        (None, first.key),
    ]:
        assert not doors.opens(cookie, key)


@pytest.mark.skipif(os.name != "posix", reason="who may read a file is said in another way there")
def test_a_token_file_that_others_can_read_is_refused(tmp_path):
    file = tmp_path / "token"
    file.write_text("x" * 40)
    file.chmod(0o640)
    with pytest.raises(ServeError, match="chmod 600"):
        checked(LOCAL, file)
    file.chmod(0o600)
    assert checked(LOCAL, file) == "x" * 40


@pytest.mark.parametrize("cookie", [None, "", "made up", "ünïcode"])
def test_a_cookie_that_was_not_given_here_is_not_known(cookie):
    assert not Doorkeeper("right", once=True).knows(cookie)


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("127.0.0.1:8765", True),
        ("localhost:8765", True),
        ("attacker.example:8765", False),
        ("127.0.0.1:9999", False),
        ("127.0.0.1", False),
    ],
)
def test_a_name_that_somebody_made_to_point_here_is_not_ours(name, ours):
    assert LOCAL.is_named(name) is ours


def test_the_origin_is_the_scheme_the_browser_sees():
    assert LOCAL.origin("127.0.0.1:8765") == "http://127.0.0.1:8765"
    assert Address("10.0.0.1", 80, behind_tls=True).origin("reflect.example") == "https://reflect.example"
