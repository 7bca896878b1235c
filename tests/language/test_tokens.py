from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import DataFileError
from assistant.language.tokens import Tokenizer, read_spellings


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer(read_spellings(Path("no-such-folder")))


@given(st.text())
def test_any_text_gives_terms_whose_characters_are_its_own(tokenizer: Tokenizer, text: str) -> None:
    tokens = tokenizer.tokens(text)
    assert all(0 <= token.start < token.end <= len(text) and token.term for token in tokens)
    assert [token.start for token in tokens] == sorted(token.start for token in tokens)


@given(st.text())
def test_case_changes_nothing(tokenizer: Tokenizer, text: str) -> None:
    # a few letters have no one lower case ("ẞ", "İ"); people who write English do not type them
    plain = "".join(letter for letter in text if len(letter.upper()) == 1 and letter.upper().lower() == letter.lower())
    assert tokenizer.terms(plain.upper()) == tokenizer.terms(plain.lower())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("organisation", "organization"),
        ("behaviour", "behavior"),
        ("paediatrician", "pediatrician"),
        ("counselling", "counseling"),
        ("practising", "practicing"),
        ("judgement", "judgment"),
        ("multi-agency", "multiagency"),
        ("multi agency", "multiagency"),
        ("Multi–Agencies", "multi-agency"),
        ("co-ordinated", "coordinated"),
        ("safe guarding", "safeguarding"),
        ("dv", "domestic violence"),
        ("hv", "health visitor"),
        ("cp plan", "child protection plan"),
        ("bf", "boyfriend"),
        ("s47", "section 47"),
        ("asessment", "assessment"),
        ("didnt", "didn't"),
        ("didn’t", "didn't"),
        ("mum’s", "mums"),
        ("died", "death"),
    ],
)
def test_two_ways_of_writing_give_the_same_terms(tokenizer: Tokenizer, one: str, other: str) -> None:
    assert tokenizer.terms(one) == tokenizer.terms(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("consultant", "consultation"),
        ("police", "policy"),
        ("important", "import"),
        ("organ", "organise"),
        ("universal", "university"),
        ("emergency", "emerging"),
        ("informal", "information"),
    ],
)
def test_words_of_different_meaning_stay_apart(tokenizer: Tokenizer, one: str, other: str) -> None:
    assert tokenizer.terms(one) != tokenizer.terms(other)


@pytest.mark.parametrize("denied", ["no", "not", "never", "nobody", "hasn't", "isnt", "cannot", "without"])
def test_negation_is_kept(tokenizer: Tokenizer, denied: str) -> None:
    assert "not" in tokenizer.terms(f"{denied} seen")


def test_the_parts_of_a_compound_share_its_characters(tokenizer: Tokenizer) -> None:
    text = "a multi-agency plan"
    assert [(text[start:end]) for _, start, end in tokenizer.tokens(text)] == ["multi-agency", "multi-agency", "plan"]


def test_words_that_carry_nothing_give_nothing(tokenizer: Tokenizer) -> None:
    assert tokenizer.terms("what would they have about it") == []


def test_mistakes_in_the_spellings_are_reported_at_their_lines(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    file = tmp_path / "corpus" / "spellings.yaml"
    file.write_text(
        "abbreviations:\n  dv: domestic violence\n  two words: x\nmisspellings:\n  dv: dove\n  same: same\n",
        encoding="utf-8",
    )
    with pytest.raises(DataFileError) as raised:
        read_spellings(tmp_path)
    assert str(raised.value).replace(str(file), "FILE").splitlines() == [
        "FILE:3: 'two words' is not one word in lower case",
        "FILE:5: 'dv' is already given under abbreviations",
        "FILE:6: 'same' stands for itself; leave the line out",
    ]


def test_a_compound_must_be_two_words(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "spellings.yaml").write_text("compounds:\n  - multi agency work\n", encoding="utf-8")
    with pytest.raises(DataFileError, match="'multi agency work' is not two words"):
        read_spellings(tmp_path)
