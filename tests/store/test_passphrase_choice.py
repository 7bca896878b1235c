"""How hard a passphrase is to guess, where it comes from, and the key that is made of it; no store is opened."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import keyring
import pytest
from keyring.errors import KeyringError

from assistant.store.key_derivation import Key, forms
from assistant.store.passphrase_choice import (
    SHORTEST,
    accepted,
    from_file,
    from_keyring,
    into_keyring,
    out_of_keyring,
    strength,
)
from assistant.store.store_errors import PassphraseError


@pytest.mark.parametrize(
    ("passphrase", "said"),
    [
        ("", ""),
        ("kettlew", "Too short: at least 8 characters."),
        ("kettlewo", "Fair."),
        ("kettle wo Bog", "Fair."),
        ("kettle wolf bog", "Fair."),
        ("kettle kettle bog", "Strong."),
        ("fog dim owl ash", "Strong."),
        ("fog fog owl ash", "Fair."),
        ("Fog fog owl ash", "Fair."),
        ("kettlewolfbogsur", "Strong."),
        ("kettlewolfbogsu", "Fair."),
        ("abcaabcaabcaabca", "Easy to guess."),
        ("AaBbCcDdAaBbCcDd", "Easy to guess."),
        ("kettabrkettabr", "Fair."),
        ("my pass word of old", "Easy to guess."),
        ("my PassPhrase of old", "Easy to guess."),
        ("my Welcome of old", "Easy to guess."),
        ("zzzz kettle wolf bog", "Easy to guess."),
        ("zzz kettle wolf bog surf", "Strong."),
    ],
)
def test_a_passphrase_is_as_hard_to_guess_as_it_is_said_to_be(passphrase, said):
    assert strength(passphrase).startswith(said)
    assert (strength(passphrase) == "") is (said == "")
    weak = said in {"Fair.", "Easy to guess."}
    assert strength(passphrase).endswith("Four ordinary words that don't belong together are stronger.") is weak


def test_the_shortest_passphrase_is_taken_as_it_is_and_a_shorter_one_refused():
    assert accepted("x" * SHORTEST) == "x" * SHORTEST
    with pytest.raises(
        PassphraseError, match=r"^A passphrase has at least 8 characters; four ordinary words make a good one\.$"
    ):
        accepted("x" * (SHORTEST - 1))


def kept(folder: Path, content: bytes, mode: int = 0o600) -> dict[str, str]:
    path = folder / "words"
    path.write_bytes(content)
    path.chmod(mode)
    return {"REFLECT_PASSPHRASE_FILE": str(path)}


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (b"kettle wolf\n", "kettle wolf"),
        (b"kettle wolf\r\n", "kettle wolf"),
        (b"kettle wolf", "kettle wolf"),
        (b" kettle wolf \n\n", " kettle wolf \n"),
        ("\ufeffkéttle\n".encode(), "kéttle"),
    ],
)
def test_one_line_end_of_a_file_is_no_part_of_its_passphrase_and_everything_else_is(tmp_path, content, read):
    assert from_file(kept(tmp_path, content)) == read


def test_without_a_file_that_is_named_there_is_no_passphrase():
    assert from_file({}) is None
    assert from_file({"REFLECT_PASSPHRASE_FILE": ""}) is None


@pytest.mark.parametrize("content", [b"", b"\n", b"\r\n"])
def test_an_empty_file_is_said_to_be_empty(tmp_path, content):
    where = kept(tmp_path, content)
    with pytest.raises(PassphraseError) as raised:
        from_file(where)
    named = where["REFLECT_PASSPHRASE_FILE"]
    assert str(raised.value) == f"The file {named}, which REFLECT_PASSPHRASE_FILE names, is empty."


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_file_that_is_not_there_or_is_no_text_is_named(tmp_path, content):
    where = kept(tmp_path, content or b"")
    named = where["REFLECT_PASSPHRASE_FILE"]
    if content is None:
        Path(named).unlink()
    with pytest.raises(PassphraseError) as raised:
        from_file(where)
    assert str(raised.value) == (f"The passphrase cannot be read from {named}, which REFLECT_PASSPHRASE_FILE names.")


@pytest.mark.skipif(os.name != "posix", reason="only there have files such rights")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o610, 0o601, 0o620, 0o602])
def test_a_file_that_anybody_else_may_touch_is_refused_with_what_to_do(tmp_path, mode):
    where = kept(tmp_path, b"kettle wolf\n", mode)
    named = where["REFLECT_PASSPHRASE_FILE"]
    with pytest.raises(PassphraseError) as raised:
        from_file(where)
    assert str(raised.value) == f"Others can read the passphrase in {named}; run `chmod 600 {named}` first."


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    """A keyring that holds what it is given."""
    held: dict[tuple[str, str], str] = {}
    monkeypatch.setattr(keyring, "get_password", lambda service, name: held.get((service, name)))
    monkeypatch.setattr(keyring, "set_password", lambda service, name, words: held.update({(service, name): words}))
    monkeypatch.setattr(keyring, "delete_password", lambda service, name: held.pop((service, name)))
    return held


def test_the_keyring_holds_a_passphrase_for_each_folder_until_it_is_taken_out(ring, tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    out_of_keyring(one)
    into_keyring(one, "kettle wolf")
    assert ring == {("reflect", str(one)): "kettle wolf"}
    assert (from_keyring(one), from_keyring(other)) == ("kettle wolf", None)
    out_of_keyring(other)
    out_of_keyring(one)
    assert ring == {}


def test_a_keyring_that_fails_has_no_passphrase_and_says_what_to_do(monkeypatch, tmp_path):
    def fails(*_: str) -> None:
        raise KeyringError

    for name in ("get_password", "set_password", "delete_password"):
        monkeypatch.setattr(keyring, name, fails)
    assert from_keyring(tmp_path) is None
    said: list[tuple[Callable[[], None], str]] = [
        (
            lambda: into_keyring(tmp_path, "kettle wolf"),
            "This computer has no keyring to keep the passphrase in; type it each time.",
        ),
        (
            lambda: out_of_keyring(tmp_path),
            "The keyring would not let go of the passphrase; take the entry “reflect” out of it by hand.",
        ),
    ]
    for done, sentence in said:
        with pytest.raises(PassphraseError) as raised:
            done()
        assert str(raised.value) == sentence


def test_a_key_is_the_one_that_these_words_this_salt_and_as_many_rounds_make():
    """Figures of 2026: another way to make them would open no records that are kept."""
    key = Key.derive("kettle wolf", bytes(range(16)), 7)
    assert key == Key(
        "527707a32bd3c803d12e46442b29def90b88a7b2c3b240e1ee94a6c42c08872a", "000102030405060708090a0b0c0d0e0f"
    )
    assert key.check == "6d3b4679f5e0f4cdb098184dd6b8f2556fa2ec1656953fc77fb94e86bbd48556"
    assert Key.derive("kettle wolf", bytes(range(16)), 8).raw != key.raw
    assert Key.derive("kettle wolg", bytes(range(16)), 7).check != key.check


def test_a_passphrase_is_tried_composed_and_then_as_it_was_typed():
    assert forms("cafe\u0301") == ["caf\u00e9", "cafe\u0301"]
    assert forms("caf\u00e9") == ["caf\u00e9"]
