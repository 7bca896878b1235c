"""However long an account is and whatever it is made of, it is read in a time that grows with it and not faster."""

from __future__ import annotations

import gc
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.language.clauses import Account, Text, typed_as
from assistant.language.phrases import Phrases
from assistant.language.tokens import Tokenizer, read_spellings
from assistant.noticing.reading import Known
from tests.shipped import danger_finder, finder, reader
from tests.stores import START

HOME = Path("/nonexistent")
READER = reader()
FINDER = finder()
DANGER = danger_finder()
TOKENIZER = Tokenizer(read_spellings(HOME))
SIGNS = (
    *(".", ",", "-", "a-", "“", "1", "1/", "Aa.", "? ", "\n", "’", "@", "a@b.c "),
    *("he ", "she said ", "he hit her ", "no ", "not ", "Mum and ", "I'll ", "it's ", "his mum’s ", 'she said "no" '),
    *('"he said" ', "He came. I'll ring. "),
    *("Jo’s ", "Jo ", "Mary Ann Smith ", "3 weeks old ", "in 2019 ", "yesterday ", "07700 900123 ", "if "),
)


def seconds(read: Callable[[str], object], text: str) -> float:
    gc.disable()
    try:
        begun = time.thread_time()
        read(text)
        return time.thread_time() - begun
    finally:
        gc.enable()


@pytest.mark.slow
def test_a_word_of_any_length_is_looked_for_in_a_time_that_grows_with_it():
    phrases = Phrases({"hurt": ("bruised", "bitten")})

    def read(text: str) -> bool:
        return bool(Account(Text(text, typed_as({})), phrases).said("hurt"))

    assert read("He was briused.")
    assert seconds(read, "1" * 100_000) < 0.5, "with the square of its length it takes three seconds"


@pytest.mark.slow
@pytest.mark.parametrize(
    "read",
    [
        lambda text: READER.read(text, Known(today=START.date())),
        FINDER.notice,
        lambda text: DANGER.look(DANGER.read(text)),
        TOKENIZER.tokens,
    ],
    ids=["reading", "names", "danger", "words"],
)
def test_four_times_as_much_of_anything_takes_nothing_like_sixteen_times_as_long(read: Callable[[str], object]):
    read("warm")
    for sign in SIGNS:
        text, quarter = (sign * (length // len(sign)) for length in (12_000, 3_000))
        long = seconds(read, text)
        # what takes less is quick enough whatever its growth, and its ratio would be chance
        if long > 0.15:
            assert min(long, seconds(read, text)) < 10 * seconds(read, quarter), sign


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such measure")
def test_four_pages_of_anything_take_less_than_a_hundred_megabytes(tmp_path: Path):
    probe = """
import resource, sys
from pathlib import Path
from assistant.workspace.read_beforehand import begun
from assistant.workspace.open_folder import OpenFolder

folder, most, grown = OpenFolder(Path(sys.argv[1])), resource.RUSAGE_SELF, []
begun(folder).answer("He was asleep upstairs, and mum said that all was well.")
for sign in ("he was asleep when we came and dad rang school ", "is it? "):
    before = resource.getrusage(most).ru_maxrss
    begun(folder).answer(sign * (12_000 // len(sign)))
    grown.append((resource.getrusage(most).ru_maxrss - before) // 1000)
print([took for took in grown if took >= 100])
"""
    done = subprocess.run(
        [sys.executable, "-c", probe, str(tmp_path)], capture_output=True, text=True, check=True, timeout=600
    )
    assert done.stdout == "[]\n"
