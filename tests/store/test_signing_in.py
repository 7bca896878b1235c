"""Each person signs in to a team's database as themselves, and comes back as themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.cli import reflect
from assistant.store.store_errors import LockedError, NotLetInError
from assistant.store.unlocking import Unlocking
from assistant.store.where_kept import SEVERAL
from assistant.workspace.workspace import Workspace
from tests.stores import PASSWORDS, asked, keep, started

Open = Callable[..., Unlocking]


@pytest.fixture
def opened(open_file: Open) -> Iterator[Open]:
    """Open a store in this environment; whatever was opened is shut at the end."""
    openings: list[Unlocking] = []

    def opening(**environment: str) -> Unlocking:
        openings.append(open_file(**environment))
        return openings[-1]

    yield opening
    for each in openings:
        each.lock()


@pytest.fixture
def nobody(team: Callable[[str], str]) -> str:
    """The address with nobody's name in it."""
    return team("pat").replace("pat@", "")


def test_somebody_whom_the_server_asks_for_a_password_types_it_and_keeps_records_of_their_own(
    team: Callable[[str], str], opened: Open
):
    opening = opened(REFLECT_DATABASE_URL=team("ann"))
    with pytest.raises(LockedError, match="asks who you are"):
        opening.store()
    assert (opening.login, opening.opens_by_itself) == ("ann", True)
    for password in ("", "a wrong one", PASSWORDS["ben"]):
        with pytest.raises(NotLetInError):
            opening.sign_in("ann", password)
    opening.sign_in("ann", PASSWORDS["ann"])
    keep(opening.store(), started(f"s1{opening.store().mark}"), asked())
    assert [kept.owner for kept in opening.store().sessions()] == ["ann"]
    opening.lock()
    assert opening.asks_again and not opening.opens_by_itself
    with pytest.raises(LockedError):
        opening.store()


def test_only_who_was_there_comes_back_to_what_is_on_screen(nobody: str, opened: Open):
    opening = opened(REFLECT_DATABASE_URL=nobody, **{SEVERAL: "1"})
    opening.sign_in("ann", PASSWORDS["ann"])
    opening.lock()
    with pytest.raises(NotLetInError, match="ann signs in here"):
        opening.sign_in("ben", PASSWORDS["ben"])
    opening.sign_in("ann", PASSWORDS["ann"])
    assert opening.store().mark == "@ann"


def test_where_several_are_served_nobody_is_anybody_until_they_have_said_so(nobody: str, opened: Open):
    opening = opened(REFLECT_DATABASE_URL=nobody, **{SEVERAL: "1"})
    with pytest.raises(LockedError):
        opening.store()
    for name in ("ann", "ben"):
        other = opened(REFLECT_DATABASE_URL=nobody, **{SEVERAL: "1"})
        other.sign_in(name, PASSWORDS[name])
        assert other.store().mark == f"@{name}"
        other.lock()


def test_a_name_alone_opens_nothing_even_where_the_server_trusts_whoever_comes_or_a_file_has_the_password(
    nobody: str, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    opening = opened(REFLECT_DATABASE_URL=nobody, **{SEVERAL: "1"})
    with pytest.raises(NotLetInError):
        opening.sign_in("pat", "whatever")  # the server asks pat for none
    passwords = tmp_path / "pgpass"
    passwords.write_text(f"*:*:*:ann:{PASSWORDS['ann']}\n", encoding="utf-8")
    passwords.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    with pytest.raises(NotLetInError):
        opening.sign_in("ann", "")
    with pytest.raises(NotLetInError):
        opening.sign_in("ann", "a wrong one")


def test_a_file_of_passwords_opens_for_whom_the_server_in_front_names(
    team: Callable[[str], str], opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    passwords = tmp_path / "pgpass"
    passwords.write_text("".join(f"*:*:*:{name}:{words}\n" for name, words in PASSWORDS.items()), encoding="utf-8")
    passwords.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    for name in PASSWORDS:
        opening = opened(REFLECT_DATABASE_URL=team(name), **{SEVERAL: "1"})
        assert opening.store().mark == f"@{name}"
        opening.lock()


def test_each_wrong_password_makes_the_next_try_wait_longer(team: Callable[[str], str], tmp_path: Path):
    waited: list[float] = []
    environment = {"REFLECT_DATABASE_URL": team("ann")}
    opening = Unlocking(tmp_path, lambda: started().at, environment=environment, sleep=waited.append)
    for _ in range(4):
        with pytest.raises(NotLetInError):
            opening.sign_in("ann", "a wrong one")
    assert waited == [1, 2, 4]


def test_at_a_terminal_the_name_and_the_password_are_asked_for(nobody: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("REFLECT_DATABASE_URL", nobody)
    monkeypatch.setenv(SEVERAL, "1")
    monkeypatch.setattr("assistant.commands.unlocked.somebody_there", lambda: True)
    monkeypatch.setattr("time.sleep", lambda _: None)
    workspaces: list[Workspace] = []

    def workspace(home: Path) -> Workspace:
        workspaces.append(Workspace(home))
        return workspaces[-1]

    monkeypatch.setattr("assistant.commands.unlocked.Workspace", workspace)
    typed = f"ann\na wrong one\nann\n{PASSWORDS['ann']}\n"
    listed = CliRunner().invoke(reflect, ["record", "list"], input=typed)
    workspaces[0].opening.lock()  # a process lets go of its connection when it ends
    assert listed.exit_code == 0, listed.exception
    assert "check the name and password" in listed.output
    assert PASSWORDS["ann"] not in listed.output
